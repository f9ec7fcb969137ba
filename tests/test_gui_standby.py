"""The desk with a standby OBS: a word on it, and promoting it by two presses at two places."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.arming import STAYS_ARMED
from studio_console.core.presses import (
    AlignPressed,
    ArmPressed,
    Disarmed,
    Grave,
    PromotePressed,
    ReconnectPressed,
    StudioModeOffPressed,
)
from studio_console.core.reports import DriftSeen, StandbySeen
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text, same
from studio_console.core.units import Duration, PressId, SceneName, SurfaceId
from studio_console.gui.standby_row import StandbyRow
from tests.builders import PROGRAM, WALL
from tests.gui_story import AtDesk, FakeService, sit_down, small_service, small_studio

CONTROL = Qt.KeyboardModifier.ControlModifier


def seen(surface: SurfaceId = PROGRAM, scene: str | None = "holding", **said: object) -> StandbySeen:
    told = StandbySeen(surface, "10.0.0.6:4455", True, SceneName(scene) if scene is not None else None)
    return replace(told, **said)  # type: ignore[arg-type]


def paired_studio() -> Studio:
    studio = small_studio()
    surfaces = {name: replace(surface, standby_url="ws://10.0.0.6:4455") for name, surface in studio.surfaces.items()}
    return replace(studio, surfaces=surfaces)


@pytest.fixture
def service() -> FakeService:
    service = small_service()
    service.happen(seen())
    return service


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    return sit_down(qtbot, service, studio=paired_studio())


def row(desk: AtDesk, surface: SurfaceId = PROGRAM) -> StandbyRow:
    return desk.desk.surfaces.tiles[surface].standby


def click(desk: AtDesk, button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]
    desk.look()


def test_the_standby_is_below_its_surface_and_what_is_wrong_with_it_in_words(
    desk: AtDesk, service: FakeService
) -> None:
    assert row(desk).lines.words == "Standby ✓ in line"
    assert not row(desk, WALL).isVisible()
    lacking = tuple(same(f"scene ‘M{number}’ is missing") for number in range(1, 13))
    for event, word in (
        (DriftSeen(PROGRAM, 14, lacking), "Standby ▲ 14 differ"),
        (seen(scene="Scene 2"), "Standby ▲ other scene"),
        (seen(reason=same("no such scene")), "Standby ▲ did not take"),
        (seen(studio_mode=True), "Standby ▲ studio mode"),
        (seen(changing=True), "Standby ▲ collection"),
        (seen(scene=None, connected=False), "Standby ○ connecting"),
        (seen(scene=None, connected=False, reason=same("cut")), "Standby ✕ lost"),
    ):
        service.happen(event)
        desk.look()
        assert row(desk).lines.words == word
    assert not row(desk).arm_button.isVisible(), "nobody is there to be promoted"
    tip = row(desk).lines.toolTip()
    assert "10.0.0.6:4455" in tip
    assert "scene ‘M12’ is missing\n… and 2 more" in tip
    assert "standby OBS: no link" in desk.desk.problem_list.words


def test_one_press_brings_it_into_line(desk: AtDesk, service: FakeService) -> None:
    assert not row(desk).align_button.isVisible()
    service.happen(seen(scene="Scene 2"))
    desk.look()
    click(desk, row(desk).align_button)
    assert [event.surface for event in desk.posted(AlignPressed)] == [PROGRAM]


def test_its_studio_mode_and_its_wrong_password_are_mended_at_the_surface(desk: AtDesk, service: FakeService) -> None:
    button = desk.desk.surfaces.tiles[PROGRAM].button
    service.happen(seen(studio_mode=True))
    desk.look()
    click(desk, button)
    assert desk.posted(StudioModeOffPressed) == [StudioModeOffPressed(PROGRAM)]
    service.happen(seen(scene=None, connected=False, reason=same("wrong password"), final=True))
    desk.look()
    click(desk, button)
    assert desk.posted(ReconnectPressed) == [ReconnectPressed(PROGRAM)]
    assert not button.isVisible()


def test_promoting_is_armed_at_one_place_and_done_at_another(desk: AtDesk, service: FakeService) -> None:
    """The main OBS is lost: the desk says what can be done, and counts down while it is armed."""
    service.lose(PROGRAM)
    desk.look()
    assert "its standby OBS lives" in desk.desk.problem_list.words
    assert not row(desk).promote_button.isVisible()
    click(desk, row(desk).arm_button)
    assert row(desk).promote_button.text() == "Promote 15"
    service.clock.advance(Duration(3_500))
    desk.look()
    assert row(desk).promote_button.text() == "Promote 12"
    click(desk, row(desk).promote_button)
    assert [event.surface for event in desk.posted(PromotePressed)] == [PROGRAM]
    assert service.show.surfaces[PROGRAM].main == "10.0.0.6:4455"
    service.connect(PROGRAM)
    service.happen(seen(scene=None, connected=False, reason=same("cut"), former_main=True))
    desk.look()
    assert row(desk).lines.words == "Standby (was main) ✕ lost"
    assert "Switch the wall's or encoder's signal" in desk.desk.problem_list.words


def test_a_double_click_promotes_nothing(desk: AtDesk, service: FakeService) -> None:
    arm = row(desk).arm_button
    click(desk, arm)
    click(desk, arm)
    assert len(desk.posted(ArmPressed)) == len(desk.posted(Disarmed)) == 1
    assert desk.posted(PromotePressed) == []
    assert service.show.armed is None


def test_what_was_armed_runs_out_on_the_desk_too(desk: AtDesk, service: FakeService) -> None:
    click(desk, row(desk).arm_button)
    service.clock.advance(STAYS_ARMED)
    desk.look()
    assert not row(desk).promote_button.isVisible()
    assert row(desk).arm_button.text() == "Arm promote"


def test_the_keys_arm_the_one_that_needs_it_most_and_promote_what_is_armed(desk: AtDesk, service: FakeService) -> None:
    desk.press(Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert "Arm it first" in desk.notice
    service.happen(seen(WALL))
    service.lose(WALL)
    desk.look()
    for surface in (WALL, PROGRAM, WALL):
        desk.press(Qt.Key.Key_F11, CONTROL)
        assert service.show.armed is not None
        assert (service.show.armed.act, service.show.armed.subject) == (Grave.PROMOTE_STANDBY, surface)
    desk.press(Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert [event.surface for event in desk.posted(PromotePressed)] == [WALL]


def test_without_a_standby_the_key_says_so(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, small_service())
    desk.press(Qt.Key.Key_F11, CONTROL)
    assert "No standby OBS is connected" in desk.notice
    assert desk.posted(ArmPressed) == []


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_four_surfaces_with_a_standby_each_fit(qtbot: QtBot, size: tuple[int, int], language: Language) -> None:
    """Armed, behind, lost: nothing is cut, nothing lies over another."""
    studio = paired_studio()
    first = studio.surfaces[PROGRAM]
    more = {
        SurfaceId("ko"): replace(first, id=SurfaceId("ko"), title=Text("한국어", "Korean")),
        SurfaceId("en"): replace(first, id=SurfaceId("en"), title=Text("영어", "English")),
    }
    studio = replace(studio, surfaces={**studio.surfaces, **more})
    service = small_service()
    for surface in studio.surfaces:
        service.connect(surface)
        service.happen(seen(surface))
    service.happen(seen(WALL, "Scene 2"), ArmPressed(Grave.PROMOTE_STANDBY, PROGRAM, PressId("arm")))
    desk = sit_down(qtbot, service, studio=studio, language=language)
    desk.desk.resize(*size)
    desk.look()
    bar = desk.desk.surfaces
    tiles = [bar.tiles[name] for name in studio.surfaces]
    boxes = [tile.geometry() for tile in tiles]
    assert all(bar.rect().contains(box) for box in boxes)
    assert all(not one.intersects(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    for tile in tiles:
        lines, words = tile.standby.lines, tile.standby.lines.lines
        assert lines.fitting(lines.width(), lines.height()) == list(words)
        for button in (tile.standby.arm_button, tile.standby.align_button, tile.standby.promote_button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width()
                assert tile.standby.rect().contains(button.geometry())

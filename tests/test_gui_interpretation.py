"""The interpretation panel on the mayors' day: what each output hears, an operator's hand, and the booths' clocks.

The mayors speak English: the Korean stream hears its interpreter over a lowered floor, all others hear the floor.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.effects import SetSound
from studio_console.core.interpretation import Under
from studio_console.core.presses import InterpreterChanged, SoundOverridden, SoundReleased
from studio_console.core.reports import SoundSeen
from studio_console.core.show import Show
from studio_console.core.units import SurfaceId
from tests.builders import EN, KO, PROGRAM
from tests.gui_story import AtDesk, FakeService, sample_event, sample_service, sit_down, small_service
from tests.painted import painted_words

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def service() -> FakeService:
    event, studio = sample_event()
    service = sample_service(event, studio, 1)
    service.clock.set(service.show.plan.start[3])
    service.go(next(cue.id for cue in service.show.plan.cues if cue.number == "M4"))
    service.wait("0:02")
    return service


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService) -> AtDesk:
    event, studio = sample_event()
    made = sit_down(qtbot, service, event=event, studio=studio)
    made.desk.resize(QSize(1366, 768))
    made.look()
    return made


def words(desk: AtDesk) -> list[str]:
    desk.look()
    return desk.desk.interpretation.words.splitlines()


def click(desk: AtDesk, tip: str) -> None:
    """A click on what tells ``tip`` under the pointer."""
    panel = desk.desk.interpretation
    panel.grab()  # what is to be clicked is where it was painted
    place: QPointF = next(rect.center() for rect, _, told in panel._places if tip in told)
    QTest.mouseClick(panel, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.toPoint())
    desk.look()


def test_each_output_says_what_it_hears(desk: AtDesk, service: FakeService) -> None:
    assert words(desk) == [
        "Interpretation · floor EN",
        "Satellite broadcaster, Recording floor · ·",
        "YouTube Korean −18 dB interp. ·",
        "YouTube English floor · —",
        "KO 0:02 · hand over Ctrl+8",
        "EN –:– · hand over Ctrl+9",
    ]
    desk.desk.set_language("ko")
    assert "유튜브 한국어 −18 dB 통역 ·" in words(desk)
    service.lose(KO)
    assert "유튜브 한국어 ? ? ·" in words(desk)


def test_a_fader_moved_in_obs_is_seen_where_it_is_and_told_as_an_alarm(desk: AtDesk, service: FakeService) -> None:
    moved = {**service.show.sound.wanted[KO], "sound booth-ko": None}
    service.happen(SoundSeen(KO, moved))
    assert words(desk)[2] == "YouTube Korean −18 dB ▲ — ·"
    assert (
        "Korean: sound differs from the cue. Korean interpretation is muted, wanted 0 dB"
        in desk.desk.problem_list.words
    )


def test_the_floor_by_key_until_the_next_take(desk: AtDesk, service: FakeService) -> None:
    """The interpreter's line hums: I to its row, Ctrl+1 for the floor, Ctrl+5 to keep it, Ctrl+0 to give it back."""
    desk.press(Qt.Key.Key_I)
    desk.press(Qt.Key.Key_1, CONTROL)
    assert [(event.surface, event.voice, event.kept) for event in desk.posted(SoundOverridden)] == [(KO, "", False)]
    service.hear()
    assert words(desk)[2] == "YouTube Korean floor — · by hand · cue"
    desk.press(Qt.Key.Key_5, CONTROL)
    assert words(desk)[2].endswith("by hand · kept")
    desk.press(Qt.Key.Key_0, CONTROL)
    service.hear()
    assert desk.posted(SoundReleased) == [SoundReleased(KO, desk.posted(SoundReleased)[0].press)]
    assert words(desk)[2] == "YouTube Korean −18 dB interp. ·"


def test_interpreters_and_the_floor_under_them_by_key(desk: AtDesk, service: FakeService) -> None:
    for _ in range(2):
        desk.press(Qt.Key.Key_I)
    desk.press(Qt.Key.Key_3, CONTROL)
    desk.press(Qt.Key.Key_4, CONTROL)
    desk.press(Qt.Key.Key_4, CONTROL)
    chosen = [(event.surface, event.voice, event.under) for event in desk.posted(SoundOverridden)]
    assert chosen == [(EN, "en", Under.DUCKED), (EN, "en", Under.FULL), (EN, "en", Under.OFF)]
    service.hear()
    assert words(desk)[3] == "YouTube English — · interp. by hand · cue"


def test_what_cannot_be_is_said_at_the_buttons(desk: AtDesk) -> None:
    desk.press(Qt.Key.Key_2, CONTROL)
    assert "no booth for that language" in desk.notice
    desk.press(Qt.Key.Key_4, CONTROL)
    assert "No interpreter is heard" in desk.notice
    desk.press(Qt.Key.Key_5, CONTROL)
    assert "Nothing was set by hand" in desk.notice
    desk.press(Qt.Key.Key_0, CONTROL)
    assert "It follows the cue already" in desk.notice


def test_the_mouse_does_the_same(desk: AtDesk, service: FakeService) -> None:
    """A booth's cell turns it on and off, the floor's changes what is left of it, the cross takes it all back."""
    click(desk, "Korean interpretation")
    assert desk.posted(SoundOverridden)[-1].voice == ""
    service.hear()
    click(desk, "Korean interpretation")
    assert desk.posted(SoundOverridden)[-1].voice == "ko"
    service.hear()
    click(desk, "Programme sound: −18 dB")
    assert desk.posted(SoundOverridden)[-1].under is Under.FULL
    click(desk, "Keep")
    assert desk.posted(SoundOverridden)[-1].kept
    click(desk, "As the cue")
    assert [type(effect) for effect in service.effects[-1:]] == [SetSound]
    assert service.show.sound.overrides == {}


def test_the_hand_over_is_reminded_of_and_pressed(desk: AtDesk, service: FakeService) -> None:
    service.wait("30:00")
    assert "▲ KO 30:02 · hand over Ctrl+8" in words(desk)
    assert "Korean interpretation: the same interpreter for 30 min" in desk.desk.problem_list.words
    desk.press(Qt.Key.Key_8, CONTROL)
    assert [event.feed for event in desk.posted(InterpreterChanged)] == ["booth-ko"]
    assert "KO 0:00 · hand over Ctrl+8" in words(desk)
    click(desk, "Korean interpretation")
    assert len(desk.posted(InterpreterChanged)) == 1


@pytest.mark.parametrize("language", ["ko", "en"])
def test_in_a_narrow_panel_names_are_smaller_and_not_cut(desk: AtDesk, language: str) -> None:
    """Beside the guests on a desk screen: which output is chosen is read whole."""
    desk.desk.set_language(language)  # type: ignore[arg-type]
    panel = desk.desk.interpretation
    desk.desk.resize(QSize(1920, 1080))
    panel.setFixedSize(262, 140)
    desk.look()
    said = painted_words(panel)
    assert any("▸" in line for line in said)
    assert [line for line in said if "…" in line] == []


def test_a_hall_without_interpretation_has_no_panel(qtbot: QtBot) -> None:
    desk = sit_down(qtbot, small_service())
    assert not desk.desk.interpretation.isVisible()
    desk.press(Qt.Key.Key_1, CONTROL)
    assert "mixes the sound of no output" in desk.notice


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1920, 1080)])
def test_four_surfaces_and_the_panel_have_their_place(desk: AtDesk, language: str, size: QSize) -> None:
    """Nothing lies outside the bar that holds it, and no surface is left out."""
    window = desk.desk
    window.resize(size)
    window.set_language("ko" if language == "ko" else "en")
    desk.look()
    bar = window.surfaces
    assert list(bar.tiles) == list(_surfaces(desk.service.show))
    assert set(bar.tiles) >= {PROGRAM, KO, EN}
    for tile in bar.tiles.values():
        assert bar.rect().contains(tile.geometry())
        assert tile.lines.height() >= tile.font().pixelSize()
    panel = window.interpretation
    panel.grab()
    assert panel.height() >= panel.sizeHint().height()
    assert all(QPointF(panel.width(), panel.height()).y() >= rect.bottom() for rect, _, _ in panel._places)


def _surfaces(show: Show) -> tuple[SurfaceId, ...]:
    return tuple(show.surfaces)

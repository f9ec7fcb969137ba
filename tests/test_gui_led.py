"""The LED wall from the desk, with real keys: armed, changed, taken, covered, brought back; and the roll call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio_console.core.alarms import alarms
from studio_console.core.effects import ArrangeScene, WriteText
from studio_console.core.presses import (
    RollCallMarked,
    SkipSet,
    WallArmed,
    WallBackPressed,
    WallDisarmed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.reports import ArrangeFailed, SceneArranged, SceneSeen, Seen
from studio_console.core.roll_call import RollMark
from studio_console.core.rundown import Event
from studio_console.core.studio import Cabinets, Size, Studio
from studio_console.core.text import LANGUAGES, same
from studio_console.core.units import PersonId, SurfaceId
from studio_console.gui import theme
from studio_console.gui.guests.area import SIDE_IN_EMS
from studio_console.gui.guests.roll_list import COLUMN_IN_EMS
from studio_console.gui.keys import Act
from tests.gui_guests import AtWall, FakePreviews, sample_guests, sit_down_at_wall
from tests.gui_story import FakeService, sample_event
from tests.painted import painted_words

WALL = SurfaceId("wall")
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
DA_NANG, DELHI, DUBAI = (PersonId(city) for city in ("da-nang", "delhi", "dubai"))


@pytest.fixture(scope="module")
def sample() -> tuple[Event, Studio]:
    return sample_event()


@pytest.fixture
def desk(qtbot: QtBot, sample: tuple[Event, Studio]) -> Iterator[AtWall]:
    """M6: the forty-two cities on the wall, the mayor in the hall before it."""
    event, studio = sample
    service, guests = sample_guests(event, studio, 1)
    previews = FakePreviews(guests)
    for number in ("M5", "M6"):
        service.wait("0:10")
        service.go(next(cue.id for cue in service.show.plan.cues if cue.number == number))
    at_wall = sit_down_at_wall(qtbot, service, previews, event, studio)
    yield at_wall
    at_wall.desk.end()
    previews.close()


def build(desk: AtWall) -> None:
    """OBS has built what is armed."""
    armed = desk.service.show.walls[WALL].armed
    assert armed is not None
    desk.service.happen(SceneArranged(WALL, armed.scene, armed.press))
    desk.look()


def confirm(desk: AtWall) -> None:
    take = desk.service.show.walls[WALL].take
    assert take is not None
    desk.service.happen(SceneSeen(WALL, take.scene, Seen.TRANSITION_STARTED, take.press))
    desk.look()


def people(desk: AtWall) -> tuple[PersonId, ...]:
    armed = desk.service.show.walls[WALL].armed
    assert armed is not None
    return armed.arrangement.people


def arranged(service: FakeService) -> list[ArrangeScene]:
    return [effect for effect in service.effects if isinstance(effect, ArrangeScene)]


def test_armed_by_one_key_and_taken_by_another(desk: AtWall) -> None:
    """What is on the wall is armed as it is; two change places; nothing on air moves until Shift+W."""
    desk.press(Qt.Key.Key_F4)
    control = desk.area.control
    assert "M6" in control.led.now.words
    desk.press(Qt.Key.Key_A)
    assert len(desk.posted(WallArmed)) == 1
    assert len(control.led.next.guests) == 42
    assert "being built" in control.led.next.words
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_X)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_X)
    assert people(desk)[:3] == (DELHI, DA_NANG, DUBAI)
    assert "M6" in control.led.now.words
    desk.press(Qt.Key.Key_W, SHIFT)
    assert "being prepared" in desk.notice
    assert control.buttons[Act.WALL_TAKE].flashing
    build(desk)
    assert not control.buttons[Act.WALL_TAKE].flashing, "it is built: the same press would take it now"
    assert "Shift+W" in control.led.next.words
    desk.press(Qt.Key.Key_W, SHIFT)
    confirm(desk)
    assert len(desk.posted(WallTakePressed)) == 2
    assert "by hand" in control.led.now.words
    assert "NEXT" in control.led.next.words
    # The picture that was armed is what the simulated wall was asked to build, with every city in it.
    assert len({item.input for item in arranged(desk.service)[-1].scene.items}) >= 84


def test_one_large_other_layouts_pages_and_gaps(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_A)
    desk.press(Qt.Key.Key_L)
    assert "Choose a place" in desk.notice
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Down, ALT)
    chosen = desk.area.control.hand.selected
    assert chosen is not None
    assert people(desk).index(chosen) == 7  # below the first of seven
    desk.press(Qt.Key.Key_L)
    armed = desk.service.show.walls[WALL].armed
    assert armed is not None
    assert (armed.arrangement.layout, armed.arrangement.large) == ("spotlight-strip", chosen)
    desk.press(Qt.Key.Key_PageDown)
    assert "page 2/11" in desk.area.control.led.next.words
    desk.press(Qt.Key.Key_D, ALT)
    assert chosen not in people(desk)
    assert people(desk).count(PersonId("")) == 1
    count = len(people(desk))
    desk.press(Qt.Key.Key_D)
    assert len(people(desk)) == count - 1
    desk.press(Qt.Key.Key_A, ALT)
    assert desk.posted(WallDisarmed)
    assert desk.service.show.walls[WALL].armed is None


def test_a_seam_through_faces_is_seen_before_the_wall_is_taken(qtbot: QtBot, sample: tuple[Event, Studio]) -> None:
    """Cabinets that the cue's grid was not made for: the words count the faces, and each has its sign."""
    event, studio = sample
    wall = replace(studio.surfaces[WALL], cabinets=Cabinets(8, 8, Size(240, 135)))
    studio = replace(studio, surfaces={**studio.surfaces, WALL: wall})
    service, guests = sample_guests(event, studio, 1)
    previews = FakePreviews(guests)
    service.go(next(cue.id for cue in service.show.plan.cues if cue.number == "M6"))
    at_wall = sit_down_at_wall(qtbot, service, previews, event, studio)
    at_wall.press(Qt.Key.Key_F4)
    at_wall.press(Qt.Key.Key_A)
    led = at_wall.area.control.led.next
    assert led.picture is not None
    assert led.picture.cut > 1
    assert f"▲ {led.picture.cut} faces at seams" in led.words
    (cut, *_) = (place for place in led.picture.places if place.cut)
    (whole, *_) = (place for place in led.picture.places if place.person and not place.cut)
    shown = led.grab().toImage()

    def has_sign(rect: QRectF) -> bool:
        corner = QRectF(rect.right() - 12, rect.top(), 12, 12).toRect()
        return any(
            shown.pixelColor(x, y) == theme.AMBER
            for x in range(corner.left(), corner.right())
            for y in range(corner.top(), corner.bottom())
        )

    assert has_sign(led.place_rect(cut))
    assert not has_sign(led.place_rect(whole))
    at_wall.desk.end()
    previews.close()


def test_places_are_chosen_with_the_mouse_too(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_A)
    picture = desk.area.control.led.next
    assert picture.picture is not None
    place = next(place for place in picture.picture.places if place.person == DUBAI)
    spot = picture.place_rect(place).center()
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x()), round(spot.y())))
    assert desk.area.control.hand.selected == DUBAI


def test_the_holding_slide_and_the_way_back_from_anywhere(desk: AtWall) -> None:
    """Also while the cue sheet is seen: W and Alt+W are keys of the whole desk, and have buttons beside GO."""
    desk.press(Qt.Key.Key_W)
    confirm(desk)
    assert len(desk.posted(WallHoldingPressed)) == 1
    assert "wall-holding" in [alarm.code for alarm in alarms(desk.service.show)]
    desk.press(Qt.Key.Key_W, ALT)
    confirm(desk)
    assert len(desk.posted(WallBackPressed)) == 1
    assert not desk.service.show.walls[WALL].covered
    desk.press(Qt.Key.Key_W, ALT)
    assert "no picture to bring back" in desk.notice
    assert desk.desk.go_panel.buttons[Act.WALL_BACK].flashing


def test_what_could_not_be_built_is_said_where_it_was_pressed(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_A)
    armed = desk.service.show.walls[WALL].armed
    assert armed is not None
    desk.service.happen(ArrangeFailed(WALL, armed.press, same("OBS lacks feed-lima")))
    desk.look()
    assert "feed-lima" in desk.area.control.notice.words
    assert "not built" in desk.area.control.led.next.words


def test_one_key_leads_to_each_view_and_back(desk: AtWall) -> None:
    area = desk.area
    for key, view in ((Qt.Key.Key_F4, area.control), (Qt.Key.Key_F11, area.roll), (Qt.Key.Key_F3, area.wall)):
        desk.press(key)
        assert area.view is view
        desk.press(key)
        assert area.view is None
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_F3)
    assert area.view is area.wall
    desk.press(Qt.Key.Key_F11)
    desk.press(Qt.Key.Key_Escape)
    assert area.view is area.wall
    desk.press(Qt.Key.Key_F3)
    desk.press(Qt.Key.Key_A)  # dead while the cue sheet is seen
    assert desk.posted(WallArmed) == []


def test_the_roll_call_is_marked_with_two_keys(desk: AtWall) -> None:
    """M44 calls six; the same key again takes the mark back; the wall's list is written with every mark."""
    desk.press(Qt.Key.Key_F11)
    roll = desk.area.roll
    assert "M44" in roll.list.words
    assert roll.list.selected == DA_NANG
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_2)
    assert "Present 2/6 · agreed 1/6" in roll.list.words
    assert "✓ Da Nang" in roll.list.words
    assert "◎ Delhi" in roll.list.words
    written = [effect for effect in desk.service.effects if isinstance(effect, WriteText)]
    assert written[-1].text.splitlines()[1] == "◎ 델리 Delhi  동의 Agreed"
    desk.press(Qt.Key.Key_2)
    assert desk.posted(RollCallMarked)[-1] == RollCallMarked(DELHI, RollMark.AGREED, False, "technical director")
    assert "✓ Delhi" in roll.list.words
    desk.press(Qt.Key.Key_PageDown)
    assert "M45" in roll.list.words
    assert desk.posted(SkipSet) == []


def test_beside_the_roll_call_the_wall_is_large_and_its_captions_whole(desk: AtWall) -> None:
    """Six are called: their list leaves room for what the hall sees, and its rows are as tall as they may be."""
    desk.press(Qt.Key.Key_F11)
    area = desk.area
    for language in LANGUAGES:
        desk.desk.set_language(language)
        for width, height in ((1366, 768), (1600, 900), (1920, 1080)):
            desk.desk.resize(width, height)
            desk.look()
            letters = area.font().pixelSize()
            assert area.led.now.width() > 1.4 * SIDE_IN_EMS * letters
            painted = "".join(painted_words(area.led)).replace(" ", "")
            for picture in (area.led.now, area.led.next):
                assert picture.words.replace(" ", "") in painted
            rows = [area.roll.list.row_rect(place) for place in range(6)]
            assert all(row.width() >= COLUMN_IN_EMS * letters for row in rows)
            assert rows[0].height() > 2.5 * letters
            assert rows[5].bottom() <= area.roll.list.height()
    desk.press(Qt.Key.Key_F3)
    assert area.led.width() == round(SIDE_IN_EMS * area.font().pixelSize())

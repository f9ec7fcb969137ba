"""An evening at the wall of guests: live pictures, real keys, typed Hangul, nothing painted that has not moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.app.remembered import RememberedWord
from studio_console.core.ports import Load
from studio_console.core.presses import Check, GoPressed, GuestChecked, StandbyMoved, Verdict
from studio_console.core.reports import GuestSeen, SceneSeen, Seen, Signal, SurfaceLost
from studio_console.core.rundown import Event
from studio_console.core.studio import Studio
from studio_console.core.text import Text
from studio_console.core.units import PersonId, SceneName, SurfaceId
from studio_console.gui import theme
from studio_console.gui.guests.area import SIDE_IN_EMS
from studio_console.gui.guests.tile import EDGE
from studio_console.gui.guests.words import Air
from studio_console.gui.keys import WALL_ACTS, Act
from tests.builders import PROGRAM, WALL
from tests.gui_guests import (
    AtWall,
    FakePreviews,
    check_all,
    middle,
    pixel,
    sample_guests,
    seen,
    sit_down_at_wall,
    with_guests,
)
from tests.gui_story import FakeService, sample_event, small_event, small_service, small_studio

LONDON, LIMA, AUCKLAND = (PersonId(name) for name in ("london", "lima", "auckland"))
GUESTS = (LONDON, LIMA, AUCKLAND)
ALT = Qt.KeyboardModifier.AltModifier
RED, GREEN, BLUE = "#ff0000", "#00ff00", "#0000ff"


@pytest.fixture
def service() -> FakeService:
    service = small_service("22:00")
    with_guests(service, small_event(), small_studio())
    seen(service, Signal.LIVE, *GUESTS)
    return service


@pytest.fixture
def previews(qtbot: QtBot) -> Iterator[FakePreviews]:
    previews = FakePreviews(GUESTS)
    for guest in GUESTS:
        previews.write(guest, BLUE)
    yield previews
    previews.close()


@pytest.fixture
def desk(qtbot: QtBot, service: FakeService, previews: FakePreviews) -> AtWall:
    desk = sit_down_at_wall(qtbot, service, previews, small_event(), small_studio())
    desk.press(Qt.Key.Key_F3)
    desk.area.timer.stop()  # the test looks by itself
    desk.peek()
    return desk


# --- pictures


def test_the_newest_picture_is_in_the_tile(desk: AtWall, previews: FakePreviews) -> None:
    tile = desk.tile(LONDON)
    assert pixel(tile.grab(), *middle(tile.picture_rect())) == BLUE
    previews.write(LONDON, RED)
    desk.peek()
    assert pixel(tile.grab(), *middle(tile.picture_rect())) == RED


def test_a_picture_is_whole_with_black_around_it(desk: AtWall) -> None:
    tile = desk.tile(LONDON)
    room, image = tile.picture_rect(), tile.image_rect()
    assert abs(image.width() / image.height() - 16 / 9) < 0.01
    assert image.width() < room.width() - 4 or image.height() < room.height() - 4
    beside = (room.left() + 1, room.center().y()) if image.width() < room.width() - 4 else (
        room.center().x(), room.top() + 1)  # fmt: skip
    assert pixel(tile.grab(), *beside) == "#000000"


def test_nothing_is_painted_where_nothing_moved(desk: AtWall, previews: FakePreviews) -> None:
    before = {guest: desk.tile(guest).paints for guest in GUESTS}
    for _ in range(5):
        desk.peek()
    assert {guest: desk.tile(guest).paints for guest in GUESTS} == before
    previews.write(LIMA, RED)
    desk.peek()
    after = {guest: desk.tile(guest).paints for guest in GUESTS}
    assert after == {**before, LIMA: before[LIMA] + 1}


def test_the_sound_s_level_is_a_bar_that_alone_is_painted(desk: AtWall, previews: FakePreviews) -> None:
    tile = desk.tile(LONDON)
    previews.levels[LONDON] = -3.0
    desk.peek()
    bar = tile._meter()
    assert pixel(tile.grab(), bar.center().x(), bar.bottom() - 2) == "#45c46b"
    assert pixel(tile.grab(), bar.center().x(), bar.top() + bar.height() * 0.07) == "#ff6466"
    previews.levels[LONDON] = -50.0
    desk.peek()
    assert pixel(tile.grab(), bar.center().x(), bar.top() + bar.height() * 0.3) != "#45c46b"
    paints = tile.paints
    desk.peek()
    assert tile.paints == paints
    del previews.levels[LONDON]
    desk.peek()
    assert pixel(tile.grab(), bar.center().x(), bar.bottom() - 2) == "#000000"


def test_behind_the_cue_sheet_no_picture_is_asked_for(desk: AtWall, previews: FakePreviews) -> None:
    desk.press(Qt.Key.Key_F3)
    assert not desk.area.is_wall
    assert not desk.area.timer.isActive()
    previews.asked.clear()
    desk.peek()
    assert previews.asked == []
    assert desk.desk.sheet.isVisible()


@pytest.mark.parametrize("signal", [Signal.FROZEN, Signal.BLACK, Signal.LOST, Signal.CONNECTING])
def test_what_is_not_live_is_dimmed_and_says_since_when(desk: AtWall, service: FakeService, signal: Signal) -> None:
    tile = desk.tile(LONDON)
    seen(service, signal, LONDON, ago=7000)
    desk.look()
    room = tile.picture_rect()
    dimmed = tile.grab().toImage().pixelColor(room.center().x(), room.top() + 12)
    assert dimmed.blue() < 110
    assert "0:07" in tile.accessibleName()
    service.wait("0:03")
    desk.look()
    assert "0:10" in tile.accessibleName()
    seen(service, Signal.LIVE, LONDON)
    desk.look()
    assert pixel(tile.grab(), *middle(tile.picture_rect())) == BLUE


def test_the_last_look_is_let_go_of_before_the_memory_goes(desk: AtWall, previews: FakePreviews) -> None:
    """The fixture gives the memory back behind this; the window may still be painted."""
    desk.desk.end()
    assert all(desk.area.pictures.image(guest) is None for guest in GUESTS)
    desk.desk.grab()


# --- tally


def frame(desk: AtWall, guest: PersonId) -> str:
    return pixel(desk.tile(guest).grab(), 1, desk.tile(guest).height() / 2)


def test_tally_is_a_frame_a_word_and_a_place(desk: AtWall, service: FakeService) -> None:
    service.go(service.show.plan.cues[0].id)
    desk.look()
    assert frame(desk, LONDON) == "#45c46b"
    assert "NEXT" in desk.tile(LONDON).accessibleName()
    service.wait("0:05")
    service.go(service.show.plan.cues[1].id)
    desk.look()
    tile = desk.tile(LONDON)
    assert frame(desk, LONDON) == "#ff6466"
    assert pixel(tile.grab(), EDGE + 1, EDGE + 2) == "#b5181d"
    assert "ON AIR" in tile.accessibleName()
    assert frame(desk, LIMA) == frame(desk, AUCKLAND) == "#45c46b"


def test_on_air_that_is_not_certain_has_a_question_mark(desk: AtWall, service: FakeService) -> None:
    for place in (0, 1):
        service.go(service.show.plan.cues[place].id)
        service.wait("0:05")
    for surface in (PROGRAM, WALL):
        service.happen(SurfaceLost(surface, Text("응답 없음", "it does not answer")))
    desk.look()
    words = desk.tile(LONDON).words
    assert words is not None
    assert words.air is Air.PERHAPS
    assert "ON AIR ?" in desk.tile(LONDON).accessibleName()


# --- keys


def test_f3_goes_there_and_back_and_go_stays(desk: AtWall, service: FakeService) -> None:
    assert desk.area.is_wall
    assert desk.desk.go_panel.isVisible()
    assert desk.desk.on_air.isVisible()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1
    desk.press(Qt.Key.Key_F3)
    assert not desk.area.is_wall
    QTest.mouseClick(desk.area.bar.guests, Qt.MouseButton.LeftButton)
    assert desk.area.is_wall


def test_the_arrows_of_the_wall_never_move_the_standby(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_Right)
    assert desk.area.selected == LONDON
    desk.press(Qt.Key.Key_Right)
    assert desk.area.selected == LIMA
    desk.press(Qt.Key.Key_Left)
    desk.press(Qt.Key.Key_Down, ALT)
    assert desk.area.selected is not None
    desk.press(Qt.Key.Key_Up, ALT)
    assert desk.area.selected == LONDON
    assert desk.posted(StandbyMoved) == []
    desk.press(Qt.Key.Key_Down)
    assert len(desk.posted(StandbyMoved)) == 1
    assert desk.area.selected == LONDON


def test_keys_of_the_wall_are_dead_behind_the_cue_sheet(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_F3)
    assert not any(desk.desk.acts[act].isEnabled() for act in WALL_ACTS)
    for key in (Qt.Key.Key_1, Qt.Key.Key_P, Qt.Key.Key_F9, Qt.Key.Key_F8):
        desk.press(key)
    assert desk.posted(GuestChecked) == []
    assert desk.previews.listened == []


def test_the_tech_check_is_marked_by_key_and_by_button(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_1)
    assert desk.posted(GuestChecked) == []
    QTest.mouseClick(desk.tile(LIMA), Qt.MouseButton.LeftButton)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_3, ALT)
    QTest.mouseClick(desk.area.check.chips[Act.GOOD_SOUND], Qt.MouseButton.LeftButton)
    desk.look()
    desk.press(Qt.Key.Key_1)
    by = "technical director"
    assert desk.posted(GuestChecked) == [
        GuestChecked(LIMA, Check.PICTURE, Verdict.GOOD, by),
        GuestChecked(LIMA, Check.LIGHT, Verdict.BAD, by),
        GuestChecked(LIMA, Check.SOUND, Verdict.GOOD, by),
        GuestChecked(LIMA, Check.PICTURE, None, by),
    ]
    assert "22:00 TD" in desk.area.check.words
    words = desk.tile(LIMA).words
    assert words is not None
    assert words.marks == (None, Verdict.GOOD, Verdict.BAD, None, None)


# --- one of them large


def test_one_guest_large_with_sound_on_the_headphones(desk: AtWall, previews: FakePreviews) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_F9)
    assert desk.area.is_close
    assert desk.area.timer.interval() == 40
    desk.area.timer.stop()
    previews.write(LONDON, RED)
    desk.peek()
    tile = desk.area.close_view.tile
    assert tile.image_rect().width() > 400
    assert pixel(tile.grab(), *middle(tile.picture_rect())) == RED
    assert previews.wished[-1][LONDON].fast
    assert previews.wished[-1][LONDON].sound
    desk.press(Qt.Key.Key_P)
    desk.press(Qt.Key.Key_O)
    desk.press(Qt.Key.Key_Right)
    desk.qtbot.waitUntil(lambda: previews.listened[-1] == (LIMA, "Front jack"), timeout=40_000)
    desk.press(Qt.Key.Key_P)
    assert previews.listened == [(LONDON, ""), (LONDON, "Front jack"), (LIMA, "Front jack"), (None, "")]
    desk.press(Qt.Key.Key_Escape)
    assert not desk.area.is_close
    assert desk.area.is_wall
    assert desk.posted(StandbyMoved) == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.posted(StandbyMoved) == [StandbyMoved(None)]


def test_esc_says_what_it_will_do(desk: AtWall) -> None:
    button = desk.desk.go_panel.buttons[Act.FOLLOW]
    assert button.label == "In order"
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_F9)
    assert button.label == "To guests"
    desk.press(Qt.Key.Key_Escape)
    assert button.label == "In order"


def test_a_double_click_makes_a_guest_large_and_another_small(desk: AtWall) -> None:
    QTest.mouseDClick(desk.tile(LIMA), Qt.MouseButton.LeftButton)
    assert desk.area.is_close
    assert desk.area.selected == LIMA
    QTest.mouseDClick(desk.area.close_view.tile, Qt.MouseButton.LeftButton)
    assert not desk.area.is_close


def test_the_headphones_are_chosen_by_the_first_press_and_kept_for_the_next_time(
    qtbot: QtBot, service: FakeService, tmp_path: Path
) -> None:
    """Which there are was asked when the wall was opened; the console is started again, and plays on the same ones."""
    word = RememberedWord(tmp_path / "state" / "headphones.txt")
    for at_start, pressed in (("", "Front jack"), ("Front jack", "USB headset")):
        previews = FakePreviews(GUESTS)
        at_wall = sit_down_at_wall(qtbot, service, previews, small_event(), small_studio(), headphones=word)
        at_wall.press(Qt.Key.Key_F3)
        at_wall.press(Qt.Key.Key_Right)
        at_wall.press(Qt.Key.Key_P)
        assert previews.listened[-1] == (LONDON, at_start)
        at_wall.press(Qt.Key.Key_O)
        assert previews.listened[-1] == (LONDON, pressed)
        at_wall.desk.end()
        previews.close()


def test_who_is_walked_over_with_the_arrows_is_not_opened_closely(desk: AtWall, previews: FakePreviews) -> None:
    """Each of them would be cut off for a moment; F9 and P open at once whom they are pressed for."""
    desk.area.rest.setInterval(60_000)

    def looked_at() -> list[PersonId]:
        return [guest for guest, wish in previews.wished[-1].items() if wish.looked_at]

    asked = len(previews.wished)
    for _ in GUESTS:
        desk.press(Qt.Key.Key_Right)
    selected = desk.area.selected
    assert selected is not None
    assert looked_at() == []
    assert all(not wish.looked_at for wishes in previews.wished[asked:] for wish in wishes.values())
    desk.area.rest.setInterval(1)
    desk.qtbot.waitUntil(lambda: looked_at() == [selected], timeout=40_000)
    desk.area.rest.setInterval(60_000)
    desk.press(Qt.Key.Key_Left)
    assert looked_at() == [selected]
    desk.press(Qt.Key.Key_P)
    assert looked_at() == [desk.area.selected] != [selected]
    assert previews.listened[-1] == (desk.area.selected, "")
    desk.press(Qt.Key.Key_Right)
    assert looked_at() != [desk.area.selected]
    desk.press(Qt.Key.Key_F9)
    assert looked_at() == [desk.area.selected]


def test_behind_the_cue_sheet_nobody_is_heard(desk: AtWall, previews: FakePreviews) -> None:
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_P)
    desk.press(Qt.Key.Key_F3)
    assert previews.listened == [(LONDON, ""), (None, "")]


# --- finding


def compose(desk: AtWall, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QGuiApplication.sendEvent(desk.area.bar.search, event)
    desk.look()


def test_while_somebody_is_sought_keys_are_letters(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_Slash)
    search = desk.area.bar.search
    assert search.hasFocus()
    assert "Typing" in desk.area.notice.words
    for key in (Qt.Key.Key_L, Qt.Key.Key_I, Qt.Key.Key_M, Qt.Key.Key_Space):
        desk.press(key)
    assert desk.area.wall.guests == (LIMA,)
    desk.press(Qt.Key.Key_Return)
    assert not search.hasFocus()
    assert desk.area.wall.guests == (LIMA,)
    assert desk.service.posted == []
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1


def test_esc_forgets_who_was_sought(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_Slash)
    desk.press(Qt.Key.Key_X)
    assert desk.area.wall.guests == ()
    desk.press(Qt.Key.Key_Escape)
    assert desk.area.bar.search.text() == ""
    assert not desk.area.bar.search.hasFocus()
    assert len(desk.area.wall.guests) == 3
    assert desk.service.posted == []


def test_hangul_finds_while_it_is_composed_and_fires_nothing(desk: AtWall) -> None:
    desk.press(Qt.Key.Key_Slash)
    compose(desk, "ㄷ")
    assert set(desk.area.wall.guests) == {LONDON, AUCKLAND}  # 런던, 오클랜드
    compose(desk, "러")
    assert desk.area.wall.guests == (LONDON,)
    compose(desk, "런")
    assert desk.area.wall.guests == (LONDON,)
    desk.press(Qt.Key.Key_Space)
    compose(desk, "", "런")
    assert desk.area.bar.search.words.startswith("런")
    compose(desk, "", "ㄷ")
    assert desk.service.posted == []


def test_a_click_elsewhere_ends_the_typing(desk: AtWall) -> None:
    """Who turns to a tile means the keys that follow."""
    desk.press(Qt.Key.Key_Slash)
    QTest.mouseClick(desk.tile(LIMA), Qt.MouseButton.LeftButton)
    assert not desk.area.bar.search.hasFocus()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.posted(GoPressed)) == 1
    QTest.mouseClick(desk.area.bar.search, Qt.MouseButton.LeftButton)
    assert desk.area.bar.search.hasFocus()


# --- filters and pages


def test_where_there_is_little_room_the_field_says_less_and_not_half_of_it(desk: AtWall) -> None:
    search = desk.area.bar.search
    search.setMinimumWidth(10)
    said = set()
    for width in range(70, 261, 10):
        search.resize(width, search.height())
        said.add(search.placeholderText())
        assert search.fontMetrics().horizontalAdvance(search.placeholderText()) < width
    assert said == {"/ find", "/ find: london"}


def test_filters_by_key(desk: AtWall, service: FakeService) -> None:
    check_all(service, LIMA)
    desk.look()
    desk.press(Qt.Key.Key_F8)
    assert set(desk.area.wall.guests) == {LONDON, AUCKLAND}
    check_all(service, LONDON)
    check_all(service, AUCKLAND)
    desk.look()
    assert desk.area.wall.guests == ()
    desk.press(Qt.Key.Key_F7)
    assert len(desk.area.wall.guests) == 3
    desk.press(Qt.Key.Key_F5)
    assert desk.area.bar.filters[Act.TODAY].on
    QTest.mouseClick(desk.area.bar.filters[Act.SESSION], Qt.MouseButton.LeftButton)
    assert desk.area.bar.filters[Act.SESSION].on


@pytest.fixture(scope="module")
def sample() -> tuple[Event, Studio]:
    return sample_event()


def test_forty_two_guests_on_one_page_or_on_two(qtbot: QtBot, sample: tuple[Event, Studio]) -> None:
    event, studio = sample
    service, guests = sample_guests(event, studio, 1)
    previews = FakePreviews(guests)
    for guest in guests:
        previews.write(guest, BLUE)
    desk = sit_down_at_wall(qtbot, service, previews, event, studio, "ko")
    desk.desk.resize(1920, 1080)
    desk.press(Qt.Key.Key_F3)
    desk.area.timer.stop()
    desk.peek()
    assert len(guests) == len(desk.area.wall.tiles) == 42
    for tile in desk.area.wall.tiles:
        assert pixel(tile.grab(), *middle(tile.picture_rect())) == BLUE
    assert not desk.area.bar.page.isVisible()
    minute = [tile.words.time for tile in desk.area.wall.tiles if tile.words is not None]
    service.wait("1:00")
    for _ in range(7):  # clocks a few at a time
        desk.desk.tick()
    now = [tile.words.time for tile in desk.area.wall.tiles if tile.words is not None]
    assert not any(one == other for one, other in zip(minute, now, strict=True))
    desk.desk.resize(1366, 768)
    desk.peek()
    wall = desk.area.wall
    first = wall.visible_guests
    assert wall.page_count == 2
    desk.press(Qt.Key.Key_PageDown)
    desk.press(Qt.Key.Key_PageDown)
    assert wall.page == 1
    assert (*first, *wall.visible_guests) == wall.guests
    assert desk.area.pictures.image(first[0]) is None or first[0] in desk.area.led.guests
    desk.press(Qt.Key.Key_PageUp)
    assert wall.visible_guests == first
    desk.press(Qt.Key.Key_Right)
    for _ in first:
        desk.press(Qt.Key.Key_Right)
    assert wall.page == 1
    desk.press(Qt.Key.Key_F10)
    assert len(wall.tiles) == 42
    desk.desk.end()
    previews.close()


def test_the_names_of_a_page_are_written_in_one_size(qtbot: QtBot, sample: tuple[Event, Studio]) -> None:
    """Kuala Lumpur is long, Lima short: the same letters, none of them cut, and most roles beside them."""
    event, studio = sample
    service, guests = sample_guests(event, studio, 1)
    previews = FakePreviews(guests)
    desk = sit_down_at_wall(qtbot, service, previews, event, studio, "en")
    desk.press(Qt.Key.Key_F3)
    for width, height in ((1366, 768), (1600, 900), (1920, 1080)):
        desk.desk.resize(width, height)
        desk.look()
        tiles = desk.area.wall.tiles
        (size,) = {tile.names for tile in tiles}
        fits = [tile.names_fit(size) for tile in tiles]
        assert all(whole for whole, _ in fits)
        assert sum(role for _, role in fits) > len(tiles) / 2
    desk.desk.end()
    previews.close()


def test_the_tech_check_lies_below_its_heading_where_letters_never_change(
    qtbot: QtBot, service: FakeService, previews: FakePreviews
) -> None:
    """A window whose letters are the program's own: Qt tells nobody of them, and all is measured by them still."""
    before = QApplication.font()
    desk = sit_down_at_wall(qtbot, service, previews, small_event(), small_studio())
    letters = desk.desk.font().pixelSize()
    desk.desk.end()
    QApplication.setFont(theme.plain_font(letters))
    try:
        desk = sit_down_at_wall(qtbot, service, previews, small_event(), small_studio())
        desk.press(Qt.Key.Key_F3)
        area = desk.area
        assert area.font().pixelSize() == letters
        assert area.check.notes[Check.PICTURE].geometry().top() > 1.4 * letters
        assert area.check.parentWidget().width() == round(SIDE_IN_EMS * letters)
        assert area.bar.height() == 2 * letters
    finally:
        QApplication.setFont(before)


# --- the LED wall


def test_the_led_wall_is_seen_before_it_is_so(qtbot: QtBot, sample: tuple[Event, Studio]) -> None:
    """M6 puts the forty-two on the wall, the mayor in the hall first."""
    event, studio = sample
    service, guests = sample_guests(event, studio, 1)
    cues = {cue.number: cue for cue in service.show.plan.cues}
    previews = FakePreviews(guests)
    for guest in guests:
        previews.write(guest, RED)
    wall = next(surface.id for surface in studio.surfaces.values() if surface.role == "wall")
    service.go(cues["M5"].id)
    service.wait("0:10")
    desk = sit_down_at_wall(qtbot, service, previews, event, studio)
    assert "43 speakers · Seoul · Da" in desk.desk.next.words, "how many they are is said first and never cut"
    desk.press(Qt.Key.Key_F3)
    desk.area.timer.stop()
    led = desk.area.led
    for _ in range(3):
        desk.peek()
    assert led.next.picture is not None
    assert len(led.next.guests) == 42
    assert not led.now.guests
    place = next(place for place in led.next.picture.places if getattr(place.shows, "guest", "") == guests[0])
    spot = led.next.place_rect(place).center()
    assert pixel(led.next.grab(), spot.x(), spot.y()) == RED
    previews.write(guests[0], GREEN)
    for _ in range(3):
        desk.peek()
    assert pixel(led.next.grab(), spot.x(), spot.y()) == GREEN
    service.go(cues["M6"].id)
    desk.look()
    assert len(led.now.guests) == 42
    assert "M6" in led.now.words
    service.happen(SceneSeen(SurfaceId(wall), SceneName("Scene 2"), Seen.TRANSITION_STARTED))
    desk.look()
    assert led.now.picture is None
    assert "Scene 2" in led.now.words
    desk.desk.end()
    previews.close()


# --- what is wished for, and what is said


def test_previews_are_told_what_is_wanted_and_only_when_it_changes(
    desk: AtWall, service: FakeService, previews: FakePreviews
) -> None:
    assert set(previews.wished[-1]) == set(GUESTS)
    count = len(previews.wished)
    for _ in range(3):
        service.wait("0:01")
        desk.look()
    seen(service, Signal.FROZEN, LONDON)
    desk.look()
    assert len(previews.wished) == count
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Right)
    assert previews.wished[-1][LIMA].fast


def test_a_machine_that_is_full_says_so(desk: AtWall, service: FakeService, previews: FakePreviews) -> None:
    assert not desk.area.notice.isVisible()
    previews.not_heard = Text("소리 장치 없음", "no sound device")
    desk.look()
    assert "PFL is not heard: no sound device" in desk.area.notice.words
    previews.not_heard = None
    previews.load_now = Load.FEWER
    desk.look()
    assert "The computer is busy" in desk.area.notice.words
    assert "The computer is busy" in desk.desk.problem_list.words, "also for who looks at the cue sheet"
    previews.load_now = Load.KEYFRAMES
    desk.look()
    assert "only now and then" in desk.area.notice.words
    previews.load_now = Load.FULL
    desk.look()
    assert not desk.area.notice.isVisible()
    assert "computer" not in desk.desk.problem_list.words


def test_what_is_missing_is_said_above_the_wall(desk: AtWall, service: FakeService) -> None:
    reason = Text("VLC가 없습니다: apt install vlc", "There is no VLC: apt install vlc")
    service.happen(GuestSeen(LONDON, Signal.UNPLAYABLE, reason=reason))
    desk.look()
    assert "apt install vlc" in desk.area.notice.words


def test_a_guest_who_is_next_and_not_live_raises_an_alarm_as_time_goes_by(desk: AtWall, service: FakeService) -> None:
    """London is due at 22:05 and has to be live five minutes before."""
    service.until("21:55")
    seen(service, Signal.LOST, LONDON)
    desk.look()
    assert "London" not in desk.desk.problem_list.words
    service.until("22:01")
    desk.look()
    assert "Mayor, London" in desk.desk.problem_list.words
    seen(service, Signal.LIVE, LONDON)
    desk.look()
    assert "London" not in desk.desk.problem_list.words


def test_go_says_which_guest_is_not_ready(desk: AtWall, service: FakeService) -> None:
    service.go(service.show.plan.cues[0].id)
    seen(service, Signal.FROZEN, LONDON)
    desk.look()
    go = desk.desk.go_panel.go
    assert "London: frozen" in go.doubts
    assert go.doubts.startswith("▲")
    seen(service, Signal.LIVE, LONDON)
    desk.look()
    assert "London: no tech check yet" in go.doubts
    assert not go.doubts.startswith("▲")


def test_without_guests_the_desk_is_as_it_was(qtbot: QtBot) -> None:
    service = small_service("22:00")
    previews = FakePreviews()
    desk = sit_down_at_wall(qtbot, service, previews, small_event(), small_studio())
    assert not desk.area.bar.isVisible()
    desk.press(Qt.Key.Key_F3)
    assert "no remote guests today" in desk.area.wall._empty
    desk.desk.end()
    previews.close()

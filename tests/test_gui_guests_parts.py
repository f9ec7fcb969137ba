"""The parts of the wall by themselves: how tiles are laid out, what they say, how pictures are held."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.core.guests import Tally, guest_of, tally, turns
from studio_console.core.presses import Check, GuestChecked, Verdict
from studio_console.core.reports import Signal
from studio_console.core.studio import Fit
from studio_console.core.units import PersonId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.grid import GAP, Grid, arrange, place_of
from studio_console.gui.guests.led_picture import fit
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.tech_check import BAD_ACTS, GOOD_ACTS, verdict_after
from studio_console.gui.guests.tile import Tile, share_of
from studio_console.gui.guests.words import Air, Board, TileWords, air_of, checked_words, tile_words
from studio_console.gui.keys import Act
from tests.gui_guests import FakePreviews, seen, with_guests
from tests.gui_story import FakeService, small_event, small_service, small_studio

LONDON, LIMA, AUCKLAND = (PersonId(name) for name in ("london", "lima", "auckland"))

# --- the grid


@pytest.mark.parametrize(
    ("count", "grid"),
    [(1, Grid(1, 1)), (2, Grid(1, 2)), (4, Grid(2, 2)), (9, Grid(3, 3)), (16, Grid(4, 4)), (25, Grid(5, 5)),
     (42, Grid(7, 6))],
)  # fmt: skip
def test_as_many_tiles_as_there_are_guests(count: int, grid: Grid) -> None:
    assert arrange(count, 960, 715, 16, 30) == grid


def test_what_cannot_be_read_goes_to_another_page() -> None:
    grid = arrange(42, 640, 468, 13, 26)
    assert grid.places < 42
    place = place_of(grid, 0, 640, 468)
    assert place.width() >= 13 * 8.2 - 1
    assert place.height() >= 13 * 5.6 - 1


@given(st.integers(0, 200), st.integers(50, 3000), st.integers(50, 2000), st.integers(10, 36), st.floats(10, 60))
def test_tiles_lie_inside_and_do_not_touch(count: int, width: int, height: int, letters: int, words: float) -> None:
    grid = arrange(count, width, height, letters, words)
    places = [place_of(grid, number, width, height) for number in range(min(grid.places, 60))]
    if width > 2 * GAP * grid.columns and height > 2 * GAP * grid.rows:
        assert all(place.left() >= 0 and place.right() < width for place in places)
        assert all(place.top() >= 0 and place.bottom() < height for place in places)
        assert not any(one.intersects(other) for i, one in enumerate(places) for other in places[:i])


# --- words


@pytest.fixture
def service() -> FakeService:
    service = small_service("22:00")
    with_guests(service, small_event(), small_studio())
    return service


def board(service: FakeService, language: str = "en", heard: PersonId | None = None) -> Board:
    context = Context(small_event(), small_studio(), ZoneInfo("Asia/Seoul"), language, True)  # type: ignore[arg-type]
    guests = frozenset((LONDON, LIMA, AUCKLAND))
    return Board(context, service.show, service.clock.now(), tally(service.show), turns(service.show), guests, heard)


def test_a_tile_says_who_where_and_what_time_it_is_there(service: FakeService) -> None:
    """22:00 in Seoul is 14:00 in London, 08:00 in Lima and 01:00 of the 3rd in Auckland."""
    words = tile_words(board(service), LONDON)
    assert (words.city, words.role, words.time) == ("London", "Mayor", "14:00")
    assert tile_words(board(service, "ko"), LIMA).city == "리마"
    words = tile_words(board(service), AUCKLAND)
    assert words.time == "01:00 3 Jun"
    assert tile_words(board(service, "ko"), AUCKLAND).time == "01:00 6/3"


def test_the_date_of_the_day_before_is_said_too(service: FakeService) -> None:
    service.until("24:30")
    words = tile_words(board(service), LIMA)
    assert words.time == "10:30 2 Jun"


def test_a_tile_says_how_many_cues_are_left(service: FakeService) -> None:
    words = {guest: tile_words(board(service), guest) for guest in (LONDON, LIMA)}
    assert [words[guest].turn for guest in (LONDON, LIMA)] == ["in 2 cues", "in 3 cues"]
    service.go(service.show.plan.cues[0].id)
    assert tile_words(board(service), LONDON).air is Air.NEXT
    assert tile_words(board(service), LONDON).turn == ""
    assert tile_words(board(service), LIMA).turn == "in 2 cues"


def test_tally_is_what_is_known() -> None:
    both = Tally(frozenset((LONDON,)), True, frozenset((LIMA,)))
    assert [air_of(both, guest) for guest in (LONDON, LIMA, AUCKLAND)] == [Air.ON_AIR, Air.NEXT, Air.NONE]
    assert air_of(replace(both, certain=False), LONDON) is Air.PERHAPS


@pytest.mark.parametrize(
    ("signal", "dim", "word"),
    [
        (Signal.LIVE, False, "live"),
        (Signal.SILENT, False, "silent 0:07"),
        (Signal.FROZEN, True, "frozen 0:07"),
        (Signal.BLACK, True, "black 0:07"),
        (Signal.LOST, True, "lost 0:07"),
        (Signal.CONNECTING, True, "connecting 0:07"),
        (Signal.UNPLAYABLE, True, "cannot be played"),
        (Signal.STILL, True, "still picture"),
    ],
)
def test_only_a_good_picture_looks_live(service: FakeService, signal: Signal, dim: bool, word: str) -> None:
    seen(service, signal, LONDON, ago=5000)
    service.wait("0:02")
    words = tile_words(board(service), LONDON)
    assert (words.dim, words.state) == (dim, word)


def test_where_nothing_is_looked_at_the_tile_says_so(service: FakeService) -> None:
    bare = board(service)._replace(watched=frozenset())
    assert tile_words(bare, LONDON).state == "no preview"
    assert tile_words(bare, LONDON).dim


# --- the tech check


def test_the_same_key_again_takes_a_mark_away(service: FakeService) -> None:
    def press(act: Act) -> Verdict | None:
        check, verdict = verdict_after(guest_of(service.show, LONDON), act)
        service.happen(GuestChecked(LONDON, check, verdict, "technical director"))
        mark = guest_of(service.show, LONDON).checks.get(Check.LIGHT)
        return mark.verdict if mark is not None else None

    good, bad, gone = Verdict.GOOD, Verdict.BAD, None
    presses = [Act.GOOD_LIGHT, Act.BAD_LIGHT, Act.BAD_LIGHT, Act.GOOD_LIGHT, Act.GOOD_LIGHT]
    assert [press(act) for act in presses] == [good, bad, gone, good, gone]


def test_every_check_has_a_key_for_good_and_for_bad() -> None:
    assert list(GOOD_ACTS.values()) == list(BAD_ACTS.values()) == list(Check)


def test_a_mark_says_when_and_by_whom(service: FakeService) -> None:
    context = board(service).context
    service.happen(GuestChecked(LONDON, Check.SOUND, Verdict.GOOD, "technical director"))
    state = guest_of(service.show, LONDON)
    assert checked_words(context, state, Check.SOUND) == "22:00 TD"
    assert checked_words(context, state, Check.LIGHT) == ""
    service.happen(GuestChecked(LONDON, Check.SOUND, Verdict.GOOD, "sound engineer"))
    assert checked_words(context, guest_of(service.show, LONDON), Check.SOUND) == "22:00 sound engineer"


# --- pictures


@pytest.fixture
def previews(qapp: QApplication) -> FakePreviews:
    return FakePreviews((LONDON, LIMA))


def test_a_place_in_memory_is_wrapped_once(previews: FakePreviews) -> None:
    pictures = Pictures(previews)
    wrapped = []
    for colour in ("#ff0000", "#00ff00", "#0000ff", "#ff0000", "#00ff00", "#0000ff"):
        previews.write(LONDON, colour)
        assert pictures.look((LONDON, LIMA)) == {LONDON}
        assert pictures.look((LONDON, LIMA)) == set()
        image = pictures.image(LONDON)
        assert image is not None
        assert image.pixelColor(5, 5).name() == colour
        wrapped.append(image)
    assert [one is other for one, other in zip(wrapped[:3], wrapped[3:], strict=True)] == [True, True, True]
    pictures.close()
    previews.close()


def test_memory_can_be_given_back_while_pictures_of_it_are_kept(previews: FakePreviews) -> None:
    """A worker died: its memory goes, whatever the desk still has of it."""
    pictures = Pictures(previews)
    previews.write(LONDON, "#ff0000")
    pictures.look((LONDON,))
    previews.close()
    pictures.close()
    assert pictures.image(LONDON) is None
    assert pictures.look((LONDON,)) == set()


def test_who_is_not_looked_at_any_more_has_no_picture(previews: FakePreviews) -> None:
    pictures = Pictures(previews)
    for guest in (LONDON, LIMA):
        previews.write(guest, "#ff0000")
    pictures.look((LONDON, LIMA))
    pictures.keep_only(frozenset((LIMA,)))
    assert pictures.image(LONDON) is None
    assert pictures.image(LIMA) is not None
    previews.vanish(LIMA)
    assert pictures.look((LIMA,)) == {LIMA}
    assert pictures.image(LIMA) is None
    pictures.close()
    previews.close()


def test_a_level_has_a_height() -> None:
    assert [share_of(level) for level in (-100.0, -60.0, -30.0, 0.0, 3.0)] == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_a_picture_fills_its_place_on_the_wall_as_obs_would_do_it() -> None:
    wide, square = QRectF(0, 0, 160, 90), QRectF(10, 10, 90, 90)
    assert fit(Fit.STRETCH, wide, square) == (square, wide)
    assert fit(Fit.CONTAIN, wide, square)[0] == QRectF(10, 29.6875, 90, 50.625)
    assert fit(Fit.COVER, wide, square) == (square, QRectF(35, 0, 90, 90))


def test_the_desk_begins_and_ends_without_previews(qtbot: QtBot) -> None:
    pictures = Pictures(None)
    assert pictures.look((LONDON,)) == set()
    assert pictures.level(LONDON) is None


# --- what is painted


@pytest.mark.parametrize("size", [QSize(132, 111), QSize(125, 85)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_tile_of_forty_two_says_who_it_is_and_that_it_is_live(
    qtbot: QtBot, service: FakeService, size: QSize, language: str
) -> None:
    """At 1920x1080 and at 1366x768: the role beside the city, the word for a live picture in its corner."""
    seen(service, Signal.LIVE, LONDON)
    words = tile_words(board(service, language), LONDON)
    tile = Tile(Pictures(None))
    qtbot.addWidget(tile)
    font = tile.font()
    font.setPixelSize(15 if size.width() > 130 else 13)
    tile.setFont(font)
    tile.resize(size)

    def painted(changed: TileWords) -> QImage:
        tile.set_words(changed, False)
        return tile.grab().toImage()

    whole, room = painted(words), tile.picture_rect()
    strip = QRect(0, room.bottom() + 1, size.width(), size.height() - room.bottom() - 1)
    assert whole.copy(strip) != painted(words._replace(role="")).copy(strip)
    assert whole.copy(strip) != painted(words._replace(time="")).copy(strip)
    green = [(x, y) for x in range(room.left(), room.center().x()) for y in range(room.center().y(), room.bottom())]
    assert any(whole.pixelColor(x, y) == theme.GREEN for x, y in green)

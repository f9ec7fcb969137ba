"""A guest of the rehearsal is live like a real one, and does what a script makes them do."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from studio_console.core.reports import Signal
from studio_console.devices.previews.drawn import DrawnGuest
from studio_console.devices.previews.look import look, sample
from studio_console.devices.previews.memory import PIXEL, SILENCE, PictureMemory, Shape
from studio_console.devices.previews.places import Places
from studio_console.devices.previews.protocol import Act, Trick
from studio_console.devices.previews.sound import peak
from tests.preview_worker import WALL, worker

WIDTH, HEIGHT = 640, 360


@pytest.fixture
def places() -> Iterator[Places]:
    memory = PictureMemory(Shape(1, WIDTH, HEIGHT))
    made = Places(memory, 0)
    yield made
    made.close()
    memory.close()


def points(places: Places) -> bytes:
    newest = places.newest
    assert newest is not None
    return sample(places.slots[newest.slot], newest.width, newest.height, newest.width * PIXEL)


def test_no_two_pictures_are_the_same(places: Places) -> None:
    """Or a guest who is live would be called frozen."""
    guest = DrawnGuest("Seoul", places, 0.0)
    before = None
    for number in range(50):
        guest.draw(number / 10)
        seen = points(places)
        assert look(seen, before, 0).difference > 0
        assert look(seen, before, 0).mean > 40
        before = seen


def test_frozen_is_frozen_and_black_is_black(places: Places) -> None:
    guest = DrawnGuest("Seoul", places, 0.0)
    guest.draw(0)
    guest.act(Trick.FREEZE)
    guest.draw(0.1)
    held = points(places)
    for number in range(5):
        guest.draw(1 + number)
        assert look(points(places), held, 0).difference == 0
    guest.act(Trick.BACK)
    guest.draw(7)
    assert look(points(places), held, 0).difference > 0
    guest.act(Trick.BLACK)
    guest.draw(8)
    assert set(points(places)) == {0}
    guest.act(Trick.FREEZE)
    guest.draw(9)
    assert set(points(places)) == {0}


def test_the_label_makes_the_guest(places: Places) -> None:
    """Two guests look different, one always the same; letters of any script, and none, are drawn."""
    pictures = []
    for label in ("Seoul", "Busan", "Seoul", "서울 시장", "", "x" * 500):
        guest = DrawnGuest(label, places, 0.0)
        guest.draw(0)
        assert places.newest is not None
        pictures.append(bytes(places.slots[places.newest.slot]))
    assert pictures[0] == pictures[2]
    assert len(set(pictures)) == 5


def test_small_places_are_enough(places: Places) -> None:
    memory = PictureMemory(Shape(1, 64, 36))
    small = Places(memory, 0)
    guest = DrawnGuest("Seoul", small, 0.0)
    for number in range(30):
        guest.draw(number / 3)
    assert memory.header(0)[2:5] == (64, 36, 64 * PIXEL)
    small.close()
    memory.close()


def test_the_voice_moves_and_falls_silent(places: Places) -> None:
    guest = DrawnGuest("Seoul", places, 0.0)
    levels = [guest.level(number / 10) for number in range(40)]
    assert max(levels) - min(levels) > 10
    assert -30 < min(levels) < max(levels) < -5
    heard: list[bytes] = []
    guest.speak(0.5, 4800, 48_000, lambda samples, due: heard.append(samples))
    assert peak(heard[0]) == pytest.approx(guest.level(0.5), abs=0.5)
    both = array("h", heard[0])
    assert both[0::2] == both[1::2]
    for trick in (Trick.SILENT, Trick.DROP):
        guest.act(trick)
        assert guest.level(1) == SILENCE
    guest.act(Trick.BACK)
    assert guest.level(1) > -30


def test_the_voice_is_without_a_click(places: Places) -> None:
    """One stretch goes on where the one before ended."""
    guest = DrawnGuest("Seoul", places, 0.0)
    heard: list[bytes] = []
    for begin in (0.8, 0.8 + 2400 / 48_000):
        guest.speak(begin, 2400, 48_000, lambda samples, due: heard.append(samples))
    left = array("h", b"".join(heard))[0::2]
    steps = [abs(after - before) for before, after in pairwise(left)]
    assert steps[2399] < 1.3 * max(steps[:2399])


def test_a_script_plays_a_bad_day() -> None:
    """In the real worker, in the close lane: every trick is seen for what it is, and over when they are back."""
    setup = replace(WALL, sound=True, fps=25)
    with worker(setup) as real:
        real.play("서울 · Seoul", kind="drawn", sound=True)
        real.report(Signal.LIVE)
        assert real.header().level > -40
        tricks = {
            Trick.FREEZE: Signal.FROZEN,
            Trick.BLACK: Signal.BLACK,
            Trick.SILENT: Signal.SILENT,
            Trick.DROP: Signal.LOST,
        }
        for trick, signal in tricks.items():
            before = len(real.reports())
            real.order(Act(0, trick))
            assert real.report(signal, after=before).ago_ms >= 0
            if trick is Trick.DROP:
                standing = real.header().sequence
                real.until(lambda alive=len(real.alive): len(real.alive) > alive + 1)  # type: ignore[misc]
                assert real.header().sequence == standing
            before = len(real.reports())
            real.order(Act(0, Trick.BACK))
            real.report(Signal.LIVE, after=before)
        # Nobody is a guest of the rehearsal here: nothing happens.
        real.order(Act(1, Trick.DROP))
        real.new_pictures(3)


def test_a_wall_without_sound_has_no_level() -> None:
    with worker() as real:
        real.play("Seoul", kind="drawn", sound=True)
        real.report(Signal.LIVE)
        assert math.isnan(real.header().level)

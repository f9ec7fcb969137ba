"""The parts of the simulated OBS that need no server: protocol, places, playback, clip files, the air."""

from __future__ import annotations

import base64
import hashlib
import heapq
import json
import struct
from collections.abc import Callable
from pathlib import Path

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.devices.simulated import messagepack
from studio_console.devices.simulated.clips import UNKNOWN, ClipFacts, clip_facts
from studio_console.devices.simulated.fields import Fields
from studio_console.devices.simulated.geometry import place
from studio_console.devices.simulated.kinds import INPUT_KINDS
from studio_console.devices.simulated.model import Scene, Transform, holds, overlaid, seen_from, tidy
from studio_console.devices.simulated.playback import MediaState, Playback
from studio_console.devices.simulated.protocol import (
    CloseSession,
    Data,
    Intent,
    Refusal,
    answer_to,
    check_identify,
    decode_json,
    decode_messagepack,
)
from studio_console.devices.simulated.world import World


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


ASSETS = Path(__file__).parent.parent / "assets" / "clips"


# --- protocol --------------------------------------------------------------------------------------------------


def test_the_challenge_is_answered_as_the_protocol_says() -> None:
    secret = base64.b64encode(hashlib.sha256(b"supersecretpassword" + b"salt").digest())
    expected = base64.b64encode(hashlib.sha256(secret + b"challenge").digest()).decode()
    assert answer_to("challenge", "salt", "supersecretpassword") == expected
    check_identify({"rpcVersion": 1, "authentication": expected}, "challenge", "salt", "supersecretpassword")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"rpcVersion": 1}, 4009),
        ({"rpcVersion": 1, "authentication": "x"}, 4009),
        ({"rpcVersion": 1, "authentication": 5}, 4009),
    ],
)
def test_who_does_not_know_the_password_stays_out(data: Data, code: int) -> None:
    with pytest.raises(CloseSession) as closed:
        check_identify(data, "challenge", "salt", "secret")
    assert closed.value.code == code


@pytest.mark.parametrize(("data", "code"), [({}, 4003), ({"rpcVersion": "1"}, 4004), ({"rpcVersion": 2}, 4010)])
def test_another_protocol_version_is_refused(data: Data, code: int) -> None:
    with pytest.raises(CloseSession) as closed:
        check_identify(data, "challenge", "salt", None)
    assert closed.value.code == code


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.one_of(st.text(), st.binary(), VALUES.map(json.dumps), VALUES.map(messagepack.pack)))
def test_no_message_upsets_the_decoders(message: str | bytes) -> None:
    for decode in (decode_json, decode_messagepack):
        with pytest.raises(CloseSession) as closed:  # none of these has an op and data
            decode(message)
        assert 4002 <= closed.value.code <= 4006


@given(VALUES)
def test_messagepack_is_what_others_take_for_it(value: object) -> None:
    assert msgpack.unpackb(messagepack.pack(value)) == value
    assert messagepack.unpack(msgpack.packb(value)) == value


@pytest.mark.parametrize("length", [15, 16, 31, 32, 255, 256, 65_535, 65_536])
def test_messagepack_lengths(length: int) -> None:
    for value in ("x" * length, [1] * length, {str(key): key for key in range(length)}):
        assert messagepack.pack(value) == msgpack.packb(value)
        assert messagepack.unpack(messagepack.pack(value)) == value


def test_true_is_no_number_and_null_is_nothing() -> None:
    fields = Fields({"id": True, "name": None})
    with pytest.raises(Refusal) as refused:
        fields.number("id")
    assert refused.value.status == 401
    assert not fields.has("name")
    with pytest.raises(Refusal) as missing:
        Fields(5).text("name")
    assert missing.value.status == 301


# --- places ----------------------------------------------------------------------------------------------------

SIDE = st.floats(1, 4000)


@given(SIDE, SIDE, SIDE, SIDE, st.sampled_from([0, 5, 6, 9, 10]))
def test_inner_bounds_hold_the_whole_picture_and_outer_ones_are_covered(
    width: float, height: float, across: float, down: float, alignment: int
) -> None:
    def placed(bounds: str) -> tuple[float, float]:
        transform = Transform(bounds_type=bounds, bounds_width=across, bounds_height=down, bounds_alignment=alignment)
        placement = place(transform, width, height)
        assert placement is not None
        assert placement.width / placement.height == pytest.approx(width / height, rel=1e-6)
        return placement.width, placement.height

    inner, outer = placed("OBS_BOUNDS_SCALE_INNER"), placed("OBS_BOUNDS_SCALE_OUTER")
    assert inner[0] <= across * 1.000001
    assert inner[1] <= down * 1.000001
    assert outer[0] >= across * 0.999999
    assert outer[1] >= down * 0.999999


def test_what_is_cropped_away_or_empty_has_no_place() -> None:
    assert place(Transform(crop_left=60, crop_right=60), 100, 100) is None
    assert place(Transform(), 0, 0) is None
    assert place(Transform(scale_x=0), 100, 100) is None


# --- scenes ----------------------------------------------------------------------------------------------------


def test_a_scene_is_seen_through_enabled_items_only() -> None:
    world, _ = make_world()
    inner, outer = world.create_scene("inner"), world.create_scene("outer")
    shown = world.create_input(inner, "shown", INPUT_KINDS["color_source_v3"], {}, True).source
    world.create_input(inner, "hidden", INPUT_KINDS["color_source_v3"], {}, False)
    world.create_item(outer, inner, True)
    scenes, inputs = seen_from([outer])
    assert scenes == [outer, inner]
    assert inputs == [shown]
    assert holds(outer, inner)
    assert holds(outer, shown)
    assert not holds(inner, outer)


def test_settings_keep_what_obs_keeps() -> None:
    assert tidy({"a": None, "b": [1, {"c": None, "d": 2}], "e": {"f": None}}) == {"b": [{"d": 2}], "e": {}}
    assert overlaid({"a": 1, "b": 2}, {"a": None, "b": 3}) == {"a": 1, "b": 3}


# --- playback --------------------------------------------------------------------------------------------------


@given(st.floats(0, 100), st.integers(1, 60_000), st.floats(0, 100))
def test_a_cursor_never_leaves_its_clip(mark: float, duration: int, passed: float) -> None:
    playback = Playback(MediaState.PLAYING, mark, duration=duration)
    cursor, remaining = playback.cursor(mark + passed), playback.remaining(mark + passed)
    assert cursor is not None
    assert 0 <= cursor <= duration
    assert remaining is not None
    assert cursor + remaining * 1000 == pytest.approx(duration, abs=2)


def test_a_paused_clip_stands_still_and_a_looping_one_comes_round() -> None:
    playing = Playback(MediaState.PLAYING, mark=10.0, duration=8000)
    held = playing.paused(12.5)
    assert held.cursor(99.0) == 2500
    assert held.remaining(99.0) is None
    assert held.resumed(100.0).cursor(101.0) == 3500
    looping = Playback(MediaState.PLAYING, mark=0.0, duration=8000, looping=True)
    assert looping.cursor(9.0) == 1000
    assert looping.remaining(9.0) is None
    assert playing.over().cursor(11.0) is None


# --- clip files ------------------------------------------------------------------------------------------------


def test_a_clip_file_tells_its_length_and_size() -> None:
    assert clip_facts(str(ASSETS / "sting.mp4")) == ClipFacts(8000, 1280, 720)
    assert clip_facts(str(ASSETS / "none.mp4")) is None
    assert clip_facts("") is None
    assert clip_facts(str(ASSETS)) is None
    assert clip_facts("\0") is None


@given(st.binary(max_size=200))
def test_a_broken_clip_file_is_one_of_unknown_length(folder: Path, tail: bytes) -> None:
    path = folder / f"{hashlib.sha256(tail).hexdigest()}.mp4"
    path.write_bytes(struct.pack(">I4s", 16 + len(tail), b"moov") + struct.pack(">I4s", 8 + len(tail), b"mvhd") + tail)
    facts = clip_facts(str(path))
    assert facts is not None
    assert facts == UNKNOWN or facts.duration is not None


# --- the air ---------------------------------------------------------------------------------------------------


class ManualTimers:
    """A clock that the test moves on, and the timers that hang on it."""

    def __init__(self) -> None:
        self.now = 100.0
        self._timers: list[tuple[float, int, Timer]] = []
        self._count = 0

    def later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        self._count += 1
        timer = Timer(callback)
        heapq.heappush(self._timers, (self.now + seconds, self._count, timer))
        return timer

    def run(self, seconds: float) -> None:
        end = self.now + seconds
        while self._timers and self._timers[0][0] <= end:
            self.now, _, timer = heapq.heappop(self._timers)
            if timer.callback is not None:
                timer.callback()
        self.now = end


class Timer:
    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


def make_world() -> tuple[World, ManualTimers]:
    timers = ManualTimers()
    return World((1280, 720), 30, "5.1.0", lambda: timers.now, timers.later, _unheard), timers


def _unheard(_: Intent, __: str, ___: Data | None) -> None:
    pass


def faded_world() -> tuple[World, ManualTimers, Scene, Scene]:
    world, timers = make_world()
    world.collection.duration = 500
    return world, timers, world.create_scene("A"), world.create_scene("B")


def test_the_air_moves_with_the_fade() -> None:
    world, timers, first, second = faded_world()
    world.air.take(first)
    assert world.air.cursor() == 0
    timers.run(0.25)
    assert world.air.cursor() == pytest.approx(0.5)
    assert world.air.shown() == [world.collection.sources["Scene"], first]
    world.air.take(second)
    assert world.air.cursor() == 0, "a third scene begins anew"
    timers.run(0.6)
    assert world.air.shown() == [second]
    assert world.air.on_air is second


def test_a_fade_broken_off_leaves_the_old_scene_on_air_and_says_the_new_one() -> None:
    world, timers, first, second = faded_world()
    cut, fade = world.collection.transitions
    world.air.take(first)
    timers.run(1)
    world.air.take(second)
    timers.run(0.1)
    world.air.use(cut)
    timers.run(1)
    assert (world.air.program, world.air.on_air) == (second, first)
    world.air.use(fade)
    world.air.take(second)
    timers.run(1)
    assert (world.air.program, world.air.on_air) == (second, first), "the same again does not heal it"
    third = world.create_scene("C")
    world.air.take(third)
    timers.run(1)
    world.air.take(second)
    timers.run(1)
    assert (world.air.program, world.air.on_air) == (second, second)


def test_a_take_in_studio_mode_during_a_transition_is_dropped_and_yet_said_to_be_on_air_until_it_is_left() -> None:
    world, timers, first, second = faded_world()
    world.air.set_studio_mode(True)
    world.air.take(first)
    timers.run(0.1)
    world.air.take(second)
    timers.run(1)
    assert world.air.program is second
    assert world.air.on_air is first
    world.air.set_studio_mode(False)
    assert world.air.on_air is second

"""A guest changes lanes without losing the picture where that is possible, and only for somebody where it is not.

``carry`` plays the pool: it does what ``steps`` says and lets pictures come where they are told to.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.reports import Signal
from studio_console.core.units import PersonId
from studio_console.devices.previews.lanes import (
    CLOSE_AT_MOST,
    Begin,
    Finish,
    Lane,
    Playing,
    Running,
    Want,
    shown,
    single,
    steps,
)

A, B = PersonId("a"), PersonId("b")
STREAM = Playing("url", "srt://192.0.2.1:9000")
LISTENER = Playing("url", "srt://0.0.0.0:9000?mode=listener")
LIVE = Running(STREAM, steady=True, signal=Signal.LIVE)
COMING = Running(STREAM)
PLACES = 6

State = dict[PersonId, dict[Lane, Running]]


def carry(wants: dict[PersonId, Want], state: State, places: int = PLACES) -> State:
    """The state after everything that is to be done at once."""
    state = {guest: dict(lanes) for guest, lanes in state.items()}
    for _ in range(10):
        todo = steps(wants, state, places)
        if not todo:
            return state
        for step in todo:
            lanes = state.setdefault(step.guest, {})
            if isinstance(step, Finish):
                del lanes[step.lane]
            else:
                assert step.lane not in lanes
                lanes[step.lane] = Running(wants[step.guest].playing)
        assert sum(Lane.CLOSE in lanes for lanes in state.values()) <= places
    raise AssertionError("never comes to rest")


def pictures_come(state: State) -> State:
    return {
        guest: {lane: Running(running.playing, True, Signal.LIVE) for lane, running in lanes.items()}
        for guest, lanes in state.items()
    }


def test_everyone_is_begun_on_the_wall_and_then_nothing_is_left_to_do() -> None:
    wants = {PersonId(str(number)): Want(Playing("drawn", str(number))) for number in range(42)}
    state = carry(wants, {})
    assert [list(lanes) for lanes in state.values()] == [[Lane.WALL]] * 42
    assert steps(wants, pictures_come(state), PLACES) == []


def test_the_wall_goes_on_until_the_close_picture_is_there() -> None:
    wants = {A: Want(STREAM, close=True)}
    assert steps(wants, {A: {Lane.WALL: LIVE}}, PLACES) == [Begin(A, Lane.CLOSE)]
    assert steps(wants, {A: {Lane.WALL: LIVE, Lane.CLOSE: COMING}}, PLACES) == []
    assert steps(wants, {A: {Lane.WALL: LIVE, Lane.CLOSE: LIVE}}, PLACES) == [Finish(A, Lane.WALL)]


def test_and_back_in_the_same_way() -> None:
    wants = {A: Want(STREAM)}
    assert steps(wants, {A: {Lane.CLOSE: LIVE}}, PLACES) == [Begin(A, Lane.WALL)]
    assert steps(wants, {A: {Lane.CLOSE: LIVE, Lane.WALL: COMING}}, PLACES) == []
    assert steps(wants, {A: {Lane.CLOSE: LIVE, Lane.WALL: LIVE}}, PLACES) == [Finish(A, Lane.CLOSE)]


def test_a_sender_with_one_connection_is_moved_by_stopping_first_and_only_for_who_looks() -> None:
    on_wall = {A: {Lane.WALL: Running(LISTENER, True, Signal.LIVE)}}
    assert steps({A: Want(LISTENER, close=True)}, on_wall, PLACES) == []
    moved = [Finish(A, Lane.WALL), Begin(A, Lane.CLOSE)]
    assert steps({A: Want(LISTENER, close=True, looked_at=True)}, on_wall, PLACES) == moved
    seen_closely = {A: {Lane.CLOSE: Running(LISTENER, True, Signal.LIVE)}}
    assert steps({A: Want(LISTENER)}, seen_closely, PLACES) == [Finish(A, Lane.CLOSE), Begin(A, Lane.WALL)]


def test_what_turned_out_to_take_one_connection_is_treated_like_it() -> None:
    both = {A: {Lane.WALL: LIVE, Lane.CLOSE: COMING}}
    assert steps({A: Want(STREAM, close=True)}, both, PLACES, alone={STREAM}) == [Finish(A, Lane.CLOSE)]
    assert steps({A: Want(STREAM, close=True, looked_at=True)}, both, PLACES, alone={STREAM}) == [Finish(A, Lane.WALL)]


def test_another_source_ends_the_old_players_and_begins_anew() -> None:
    other = Playing("url", "srt://192.0.2.1:9001")
    todo = steps({A: Want(other)}, {A: {Lane.WALL: LIVE, Lane.CLOSE: LIVE}}, PLACES)
    assert todo == [Finish(A, Lane.WALL), Finish(A, Lane.CLOSE), Begin(A, Lane.WALL)]


def test_who_is_no_longer_wanted_goes() -> None:
    assert steps({}, {A: {Lane.WALL: LIVE}}, PLACES) == [Finish(A, Lane.WALL)]


def test_who_comes_takes_the_place_of_who_is_only_leaving() -> None:
    leaving = {A: {Lane.CLOSE: LIVE, Lane.WALL: COMING}}
    wants = {A: Want(STREAM), B: Want(STREAM, close=True)}
    assert steps(wants, leaving, 1) == [Finish(A, Lane.CLOSE), Begin(B, Lane.CLOSE)]
    assert Finish(A, Lane.CLOSE) not in steps(wants, leaving, 2)


def test_no_more_than_four_are_seen_closely_and_who_is_looked_at_before_all() -> None:
    wants = {PersonId(str(number)): Want(Playing("drawn", str(number)), close=True) for number in range(9)}
    wants[PersonId("8")] = Want(Playing("drawn", "8"), close=True, looked_at=True)
    state = carry(wants, {})
    assert [guest for guest, lanes in state.items() if Lane.CLOSE in lanes] == ["0", "1", "2", "8"]
    assert CLOSE_AT_MOST == 4


def test_what_kills_the_close_worker_stays_on_the_wall() -> None:
    wants = {A: Want(STREAM, close=True, looked_at=True)}
    assert steps(wants, {}, PLACES, barred={(STREAM, Lane.CLOSE)}) == [Begin(A, Lane.WALL)]
    assert steps(wants, {}, PLACES, barred={(STREAM, Lane.CLOSE), (STREAM, Lane.WALL)}) == []


@pytest.mark.parametrize(
    ("kind", "location", "one_only"),
    [
        ("url", "udp://@:1234", True),
        ("url", "rtp://@:5004", True),
        ("url", "udp://@239.1.2.3:1234", False),
        ("url", "srt://192.0.2.1:9000", False),
        ("url", "srt://192.0.2.1:9000?mode=caller", False),
        ("url", "srt://0.0.0.0:9000?mode=listener&passphrase=long-enough", True),
        ("url", "rtmp://192.0.2.1/live/a", False),
        ("url", "http://192.0.2.1:8080/a.ts", False),
        ("url", "http://[broken", False),
        ("device", "/dev/video0", True),
        ("file", "clips/udp.mp4", False),
        ("drawn", "udp://@:1234", False),
    ],
)
def test_which_sources_take_one_player_only(kind: str, location: str, one_only: bool) -> None:
    assert single(Playing(kind, location)) is one_only


def test_an_address_is_not_printed() -> None:
    assert "hidden" not in repr({A: Want(Playing("url", "srt://192.0.2.1:9000?passphrase=hidden"))})


@pytest.mark.parametrize(
    ("lanes", "stands_for_it"),
    [
        ({}, None),
        ({Lane.WALL: COMING}, Lane.WALL),
        ({Lane.CLOSE: COMING}, Lane.CLOSE),
        ({Lane.WALL: LIVE, Lane.CLOSE: COMING}, Lane.WALL),
        ({Lane.WALL: LIVE, Lane.CLOSE: LIVE}, Lane.CLOSE),
        ({Lane.WALL: LIVE, Lane.CLOSE: Running(STREAM, True, Signal.LOST)}, Lane.WALL),
    ],
)
def test_the_lane_with_a_picture_stands_for_the_guest(lanes: dict[Lane, Running], stands_for_it: Lane | None) -> None:
    assert shown(lanes) is stands_for_it


choices = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([STREAM, LISTENER]), st.booleans(), st.booleans()),
    max_size=8,
    unique_by=lambda choice: choice[0],
)


@given(st.lists(st.tuples(choices, st.booleans()), max_size=6))
def test_whatever_is_wished_in_whatever_order_everyone_has_a_player_and_all_comes_to_rest(
    story: list[tuple[list[tuple[str, Playing, bool, bool]], bool]],
) -> None:
    state: State = {}
    for choice, come in story:
        wants = {PersonId(name): Want(playing, close, looked) for name, playing, close, looked in choice}
        state = carry(wants, state)
        for _ in range(3 if come else 0):
            state = carry(wants, pictures_come(state))
        for guest, want in wants.items():
            lanes = state[guest]
            assert lanes
            assert all(running.playing == want.playing for running in lanes.values())
            if single(want.playing) or come:
                assert len(lanes) == 1
        assert not any(lanes for guest, lanes in state.items() if guest not in wants)

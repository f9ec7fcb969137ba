"""A stream told look by look: what is said of its picture, how soon, and since when."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.reports import Signal
from studio_console.core.signals import (
    Doubt,
    Look,
    Rules,
    Watch,
    ended,
    looked,
    retried,
    started,
    stopped,
    ticked,
    unplayable,
)

RULES = Rules()
LOOKS = 10
"""A second."""


@dataclass
class Stream:
    """A stream that is played into a watch: ``LOOKS`` looks a second, four ticks."""

    rules: Rules = RULES
    watch: Watch = field(default_factory=lambda: started(100.0))
    looks: int = 0
    said: list[tuple[Signal, float]] = field(default_factory=list)
    """Every change of what was said, and when it was said, in s since the start."""
    bytes_read: int | None = 0

    @property
    def now(self) -> float:
        return 100.0 + self.looks / LOOKS

    @property
    def since(self) -> float:
        """Since when what is said is so, in s since the start."""
        return round(self.watch.since - 100.0, 3)

    def play(
        self,
        seconds: float,
        *,
        moves: bool = True,
        pictures: bool = True,
        data: bool = True,
        dark: bool = False,
        level: float | None = None,
        every: int = 1,
    ) -> Signal:
        """``seconds`` of a stream; with ``every`` n only each n-th look finds another picture."""
        mean, deviation = (16.0, 1.0) if dark else (110.0, 40.0)
        for _ in range(round(seconds * LOOKS)):
            self.looks += 1
            before = self.watch.signal
            if pictures:
                changed = moves and self.looks % every == 0
                self.watch = looked(self.watch, Look(self.now, mean, deviation, 0.2 if changed else 0.0), self.rules)
            if self.bytes_read is not None and data:
                self.bytes_read += 11_000
            if self.looks % 2 == 0:
                self.watch = ticked(self.watch, self.now, self.bytes_read, level, self.rules)
            if self.watch.signal is not before:
                self.said.append((self.watch.signal, round(self.now - 100.0, 3)))
        return self.watch.signal

    def twitch(self) -> Signal:
        """One look that differs, as at a keyframe."""
        return self.play(1 / LOOKS)


def test_the_first_picture_makes_it_live() -> None:
    """Until then it is connecting, however many bytes have come."""
    stream = Stream()
    assert stream.play(2, pictures=False) is Signal.CONNECTING
    assert stream.play(0.1) is Signal.LIVE
    assert stream.since == 2.1
    assert stream.play(600) is Signal.LIVE
    assert stream.said == [(Signal.LIVE, 2.1)]


@pytest.mark.parametrize("signal", [Signal.FROZEN, Signal.BLACK])
def test_who_stood_before_this_player_stands_until_they_are_seen_to_move(signal: Signal) -> None:
    """Selected while they stand: the first picture is new to the player, and no life."""
    stream = Stream(watch=started(100.0, Doubt(signal, 40.0)))
    assert stream.play(2, pictures=False) is Signal.CONNECTING
    dark = signal is Signal.BLACK
    assert stream.play(0.1, dark=dark) is signal
    assert stream.since == -60.0
    assert stream.play(60, moves=False, dark=dark) is signal
    assert stream.since == -60.0
    stream.play(RULES.frozen_after)
    assert stream.play(0.3) is Signal.LIVE
    assert [said for said, _ in stream.said].index(Signal.LIVE) == len(stream.said) - 1
    assert stream.play(2, moves=False) is Signal.FROZEN


def test_a_list_of_pieces_that_is_played_again_brings_nobody_back() -> None:
    """The sender of a playlist is gone: what it lists is played at each attempt, and stands."""
    stream = Stream()
    stream.play(5)
    stream.play(4, moves=False, data=False)
    for _ in range(5):
        assert stopped(stream.watch, stream.now, RULES)
        stream.watch = retried(stream.watch, stream.now, 20.0)
        assert stream.play(12) is Signal.LOST
        stream.play(4, moves=False, data=False)
    assert [said for said, _ in stream.said] == [Signal.LIVE, Signal.FROZEN, Signal.LOST]
    assert stream.since == 5.0
    stream.watch = retried(stream.watch, stream.now, 20.0)
    stream.play(19.9)
    assert stream.play(0.5) is Signal.LIVE
    assert not stopped(stream.watch, stream.now, RULES)


def test_a_frozen_picture_is_frozen_since_it_last_moved() -> None:
    """Bytes still come, the player still shows pictures: all the same one."""
    stream = Stream()
    stream.play(5)
    assert stream.play(10, moves=False) is Signal.FROZEN
    assert stream.since == 5.0
    assert stream.said[-1] == (Signal.FROZEN, 6.2)
    assert stream.play(1) is Signal.LIVE
    assert stream.said[-1] == (Signal.LIVE, 15.4)


FED_STEADILY = Rules(starved_after=0.5)


@pytest.mark.parametrize(("in_store", "told"), [(0.0, 6.2), (0.7, 6.2), (1.0, 6.5), (2.0, 7.5)])
def test_what_was_in_store_does_not_put_off_that_it_is_frozen(in_store: float, told: float) -> None:
    """The line is dead, and the player goes on showing what it had: both clocks run at once."""
    stream = Stream(FED_STEADILY)
    stream.play(5)
    stream.play(in_store, data=False)
    assert stream.play(2.5 - in_store, moves=False, data=False) is Signal.FROZEN
    assert stream.said[-1] == (Signal.FROZEN, told)
    assert stream.since == 5.0 + in_store


def test_neither_a_short_stop_of_the_bytes_nor_one_of_the_picture_is_frozen() -> None:
    """A line that falters, and a guest who sits still: one after the other, for as long as it may be."""
    stream = Stream(FED_STEADILY)
    stream.play(5)
    for _ in range(5):
        stream.play(0.6, moves=False)
        stream.play(0.6)
        stream.play(1.0, data=False)
        stream.play(0.6)
    assert stream.play(20, data=False) is Signal.LIVE
    assert stream.said == [(Signal.LIVE, 0.1)]


def test_no_picture_at_all_is_frozen_too() -> None:
    """The decoder is stuck: nothing is there to be looked at."""
    stream = Stream()
    stream.play(5)
    assert stream.play(2, pictures=False) is Signal.FROZEN


@pytest.mark.parametrize("pictures", [True, False])
def test_a_peer_that_vanishes_is_frozen_and_then_lost(pictures: bool) -> None:
    """UDP and SRT say nothing when the far end is gone: no bytes come, and the last picture stands."""
    stream = Stream()
    stream.play(5)
    stream.play(6, moves=False, pictures=pictures, data=False)
    assert stream.said == [(Signal.LIVE, 0.1), (Signal.FROZEN, 6.2), (Signal.LOST, 8.0)]
    assert stream.since == 5.0
    assert stream.play(1) is Signal.LIVE


def test_a_trickle_of_bytes_does_not_bring_a_lost_picture_back() -> None:
    """Lost stays lost until something moves: no blinking between two words."""
    stream = Stream()
    stream.play(5)
    stream.play(6, moves=False, data=False)
    assert stream.play(2, moves=False) is Signal.LOST
    assert stream.since == 5.0


def test_bytes_that_come_in_bursts_are_no_loss() -> None:
    """HLS loads a segment every few seconds; meanwhile the picture moves."""
    stream = Stream()
    for _ in range(5):
        stream.play(0.2)
        assert stream.play(6, data=False) is Signal.LIVE
    assert len(stream.said) == 1


def test_where_bytes_are_not_counted_a_still_picture_is_never_called_lost() -> None:
    """A capture device: nothing tells an unplugged one from a frozen one."""
    stream = Stream(bytes_read=None)
    stream.play(5)
    assert stream.play(60, moves=False) is Signal.FROZEN


def test_the_twitch_at_a_keyframe_is_no_life() -> None:
    """An encoder whose source froze sends the same picture a little differently at every keyframe."""
    stream = Stream()
    stream.play(5)
    for _ in range(10):
        stream.play(1.9, moves=False)
        stream.twitch()
    assert stream.said == [(Signal.LIVE, 0.1), (Signal.FROZEN, 6.2)]
    assert stream.since == 5.0


@pytest.mark.parametrize("every", [1, 2, 5])
def test_a_slow_picture_is_live(every: int) -> None:
    """Ten, five, two pictures a second: on a bad line that is what there is."""
    stream = Stream()
    stream.play(30, every=every)
    assert stream.said == [(Signal.LIVE, 0.1)]


def test_keyframes_only_need_other_rules() -> None:
    """When the machine is full a picture comes every 2 s; with a longer patience it is live, and still freezes."""
    stream = Stream(Rules(frozen_after=6.0))
    stream.play(60, every=20)
    assert stream.said == [(Signal.LIVE, 0.1)]
    assert stream.play(9, moves=False) is Signal.FROZEN


def test_black_is_said_once_and_not_as_frozen_first() -> None:
    """A lens cap, a dark picture that still has its noise: black since it got dark."""
    stream = Stream()
    stream.play(5)
    assert stream.play(4, dark=True) is Signal.BLACK
    assert stream.since == 5.1
    assert stream.said == [(Signal.LIVE, 0.1), (Signal.BLACK, 6.6)]
    assert stream.play(1) is Signal.LIVE


def test_pure_black_that_does_not_even_have_noise_is_black() -> None:
    """An encoder without a source sends one black picture for ever."""
    stream = Stream()
    stream.play(5)
    stream.play(10, dark=True, moves=False)
    assert stream.said == [(Signal.LIVE, 0.1), (Signal.BLACK, 6.2)]


def test_a_black_picture_whose_peer_is_gone_is_lost() -> None:
    """Black is no excuse for a dead line."""
    stream = Stream()
    stream.play(5)
    stream.play(10, dark=True)
    assert stream.play(4, dark=True, moves=False, data=False) is Signal.LOST


def test_dark_for_a_moment_is_a_cut() -> None:
    """A film that fades through black."""
    stream = Stream()
    for _ in range(5):
        stream.play(2)
        stream.play(1.3, dark=True)
    assert {signal for signal, _ in stream.said} == {Signal.LIVE}


def test_silence_is_said_where_sound_is_decoded() -> None:
    """Ten seconds are more than a breath; a murmur ends it."""
    stream = Stream()
    stream.play(5, level=-20.0)
    stream.play(20, level=-100.0)
    assert stream.said[1:] == [(Signal.SILENT, 15.2)]
    assert stream.since == 5.2
    assert stream.play(1, level=-40.0) is Signal.LIVE


def test_without_sound_nothing_is_said_of_it() -> None:
    """Who is not selected any more has no level: the silence of before is not known any more."""
    stream = Stream()
    assert stream.play(60, level=None) is Signal.LIVE
    assert stream.play(20, level=-100.0) is Signal.SILENT
    assert stream.play(1, level=None) is Signal.LIVE


def test_frozen_says_more_than_silent() -> None:
    """Picture first: a guest who is gone is not merely quiet."""
    stream = Stream()
    stream.play(20, level=-100.0)
    assert stream.play(2, level=-100.0, moves=False) is Signal.FROZEN


def test_what_may_stand_still_is_live_as_long_as_it_comes() -> None:
    """A guest who shares slides."""
    stream = Stream(Rules(may_stand_still=True))
    assert stream.play(60, moves=False) is Signal.LIVE
    assert stream.play(4, moves=False, data=False) is Signal.LOST
    picture = Stream(Rules(may_stand_still=True), bytes_read=None)
    assert picture.play(60, moves=False) is Signal.LIVE


def test_a_peer_that_never_answers_is_lost_after_a_while() -> None:
    """Since the console began to ask."""
    stream = Stream()
    stream.play(9.8, pictures=False, data=False)
    assert stream.watch.signal is Signal.CONNECTING
    assert stream.play(0.2, pictures=False, data=False) is Signal.LOST
    assert stream.since == 0.0


def test_the_end_of_a_stream_is_loss_since_it_last_moved() -> None:
    """RTMP, HTTP and TCP say it, 1 or 2 s late; the last picture that is still looked at does not undo it."""
    stream = Stream()
    stream.play(5)
    stream.watch = ended(stream.watch, stream.now)
    assert (stream.watch.signal, stream.since) == (Signal.LOST, 5.0)
    assert stream.play(2) is Signal.LOST
    assert ended(stream.watch, stream.now) == stream.watch
    refused = ended(started(7.0), 7.3)
    assert (refused.signal, refused.since) == (Signal.LOST, 7.3)


def test_trying_again_does_not_blink() -> None:
    """Hours of a peer that refuses are one line in the journal, and "lost since" means what it says."""
    watch = ended(started(10.0), 12.0)
    for now in range(15, 3600, 30):
        watch = retried(watch, now)
        watch = ticked(watch, now + 11.0, 0, None, RULES)
        watch = ended(watch, now + 11.0)
        assert (watch.signal, watch.since) == (Signal.LOST, 12.0)
    watch = looked(retried(watch, 4000.0), Look(4001.0, 110, 40, 0), RULES)
    assert (watch.signal, watch.since) == (Signal.LIVE, 4001.0)
    assert retried(watch, 4002.0) == started(4002.0)


def test_what_cannot_be_played_stays_so() -> None:
    """Until a person does something, and starts it anew."""
    watch = unplayable(started(10.0), 11.0)
    assert (watch.signal, watch.since) == (Signal.UNPLAYABLE, 11.0)
    assert unplayable(watch, 20.0) == watch
    assert ended(watch, 20.0).signal is Signal.UNPLAYABLE
    assert ticked(watch, 60.0, None, None, RULES) == watch
    assert retried(watch, 61.0).signal is Signal.CONNECTING


# --- whatever a stream does ----------------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.integers(1, 8_000),
        st.booleans(),
        st.floats(0, 255),
        st.floats(0, 100),
        st.sampled_from([0.0, 0.0, 0.01, 3.0]),
        st.none() | st.integers(0, 5),
        st.none() | st.floats(-100, 0),
    ),
    max_size=60,
)
"""Ms since the one before, whether it is a look or a tick, and what there is to see."""
ALL_RULES = st.builds(
    Rules,
    frozen_after=st.sampled_from([0.5, 1.2, 6.0]),
    black_after=st.sampled_from([0.1, 1.5, 4.0]),
    starved_after=st.sampled_from([0.2, 0.5, math.inf]),
    lost_after=st.sampled_from([1.0, 3.0]),
    may_stand_still=st.booleans(),
)


@given(STEPS, ALL_RULES, st.sampled_from([None, ended, unplayable]))
def test_since_is_never_in_the_future_and_moves_only_with_the_signal(steps, rules, finish) -> None:  # type: ignore[no-untyped-def]
    """Any looks and ticks: what is shown as "since" can be read as it stands."""
    watch, now = started(50.0), 50.0
    for passed, is_look, mean, deviation, difference, data, level in steps:
        now += passed / 1000
        before = watch
        if is_look:
            watch = looked(watch, Look(now, mean, deviation, difference), rules)
        else:
            watch = ticked(watch, now, data, level, rules)
        assert 50.0 <= watch.since <= now
        assert watch.signal is not before.signal or watch.since == before.since
    if finish is not None:
        assert finish(watch, now).since <= now


@given(
    st.lists(st.tuples(st.integers(1, 900), st.booleans()), min_size=1, max_size=80),
    st.floats(0, 255),
    st.floats(0, 100),
    st.none() | st.floats(-100, 0),
)
def test_a_picture_that_never_changes_is_never_live_for_long(
    steps: list[tuple[int, bool]], mean: float, deviation: float, level: float | None
) -> None:
    """Whatever it is of, and with or without sound: after ``frozen_after`` no still looks live."""
    watch, now = looked(started(50.0), Look(50.0, mean, deviation, 9.0), RULES), 50.0
    for passed, is_look in steps:
        now += passed / 1000
        if is_look:
            watch = looked(watch, Look(now, mean, deviation, 0.0), RULES)
        else:
            watch = ticked(watch, now, round(now * 1000), level, RULES)
        if now - 50.0 >= RULES.frozen_after:
            assert watch.signal in (Signal.FROZEN, Signal.BLACK, Signal.LOST)


@given(STEPS, st.integers(1, 5_000))
def test_a_look_that_comes_late_changes_nothing(steps, late: int) -> None:  # type: ignore[no-untyped-def]
    """Two threads may pass each other: only the newest look counts."""
    watch, now = looked(started(50.0), Look(50.0, 100, 40, 0), RULES), 50.0
    for passed, _, mean, deviation, difference, _, _ in steps:
        now += passed / 1000
        watch = looked(watch, Look(now, mean, deviation, difference), RULES)
    assert looked(watch, Look(now - late / 1000, 0, 0, 200), RULES) == watch


@given(st.lists(st.integers(20, 450), min_size=5, max_size=80))
def test_what_moves_is_live_at_any_pace(gaps: list[int]) -> None:
    """Pictures that differ, up to half a second apart: never called frozen."""
    watch, now = looked(started(50.0), Look(50.0, 110, 40, 0), RULES), 50.0
    for gap in gaps:
        now += gap / 1000
        watch = ticked(looked(watch, Look(now, 110, 40, 0.05), RULES), now, None, None, RULES)
        assert watch.signal is Signal.LIVE

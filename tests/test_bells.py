"""Bells: at every mark once, whoever looks how often; on hold none; again where time was added."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.bells import JITTER, RINGS, Heard, bells_since, passed, ringing
from studio_console.core.reports import ClipSeen, Playback
from studio_console.core.units import Duration
from tests.builders import PROGRAM, Run, cue, day, edited, length

MARKS = (length("1:00"), length("0:00"), length("-1:00"))
PITCHES = edited(edited(day(cue("P1", 5), cue("Q1", 3)), "P1", bells=MARKS), "Q1", bells=MARKS[:1])


class Keeper:
    """Somebody at the desk who listens."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.heard: Heard | None = None
        self.rang: list[Duration] = []
        self.look()

    def look(self, after: str | int = 0) -> list[Duration]:
        """Lets time pass and says what rings."""
        self.run.wait(after)
        rang, self.heard = bells_since(self.heard, self.run.show, self.run.now)
        self.rang += rang
        return list(rang)


def pitch() -> Keeper:
    run = Run(PITCHES, now="22:00")
    keeper = Keeper(run)
    run.go("P1")
    return keeper


def test_a_pitch_rings_a_minute_before_its_end_at_its_end_and_a_minute_over() -> None:
    keeper = pitch()
    assert keeper.look("3:59") == []
    assert keeper.look("0:01") == [60_000]
    assert keeper.look("0:01") == []
    assert keeper.look("0:59") == [0]
    assert keeper.look("1:00") == [-60_000]
    assert keeper.look("9:00") == []


def test_on_hold_nothing_is_passed() -> None:
    keeper = pitch()
    keeper.look("3:59")
    keeper.run.hold()
    assert keeper.look("5:00") == []
    keeper.run.resume()
    assert keeper.look("0:01") == [60_000]


def test_added_time_rings_the_same_mark_again_when_it_is_passed_again() -> None:
    """The jury gives two minutes more: a minute before the new end is a new last minute."""
    keeper = pitch()
    assert keeper.look("4:00") == [60_000]
    keeper.run.add("P1", "2:00")
    assert keeper.look("0:30") == []
    assert keeper.look("1:30") == [60_000]


def test_time_taken_away_rings_what_was_jumped_over() -> None:
    keeper = pitch()
    keeper.look("3:30")
    keeper.run.add("P1", "-1:00")
    assert keeper.look(0) == [60_000]


def test_the_next_cue_begins_anew() -> None:
    keeper = pitch()
    keeper.look("4:30")
    keeper.run.go("Q1")
    assert keeper.look("1:59") == []
    assert keeper.look("0:01") == [60_000]


def test_a_look_that_comes_late_misses_nothing() -> None:
    """The window stood still for the whole pitch."""
    keeper = pitch()
    assert keeper.look("6:00") == [60_000, 0, -60_000]


def test_back_does_not_ring_what_was_over() -> None:
    keeper = pitch()
    keeper.look("4:30")
    keeper.run.go("Q1")
    keeper.look("0:10")
    keeper.run.back()
    assert keeper.look("0:05") == []
    assert keeper.look("0:15") == [0]


def test_a_desk_that_is_opened_in_the_middle_has_heard_what_was_before() -> None:
    run = Run(PITCHES, now="22:00")
    run.go("P1")
    run.wait("4:30")
    keeper = Keeper(run)
    assert keeper.rang == []
    assert keeper.look("0:30") == [0]


def test_an_open_end_has_no_bells() -> None:
    run = Run(edited(day(cue("M1", None), cue("M2")), "M1", bells=MARKS), now="22:00")
    keeper = Keeper(run)
    run.go("M1")
    assert keeper.look("9:00:00") == []


def test_a_clips_cursor_that_jitters_rings_once() -> None:
    """OBS corrects the countdown by a few hundredths back and forth around the mark."""
    run = Run(edited(day(cue("V1", 5, clip="message"), cue("M1")), "V1", bells=MARKS), now="22:00")
    keeper = Keeper(run)
    run.go("V1")
    for number in range(80):
        off = 40 if number % 2 else -40
        where = Duration(length("3:50") + number * 250 + off)
        run.post(ClipSeen(PROGRAM, "message", Playback.PLAYING, where, length("5:00")))
        keeper.look(250)
    assert keeper.rang == [60_000]


def test_a_bell_is_seen_for_a_moment() -> None:
    one = PITCHES.cues[0]
    assert ringing(one, length("1:01")) is None
    assert ringing(one, length("1:00")) == 60_000
    assert ringing(one, Duration(60_000 - RINGS)) is None
    assert ringing(one, Duration(-60_500)) == -60_000
    assert ringing(one, None) is None


LOOKS = st.lists(st.integers(0, 90_000), min_size=1, max_size=40)


@given(st.lists(st.integers(-300_000, 300_000).map(Duration), max_size=8), LOOKS)
def test_whoever_looks_whenever_every_mark_rings_once(marks: list[Duration], looks: list[int]) -> None:
    """None missed, none twice, the earlier first, whatever the looks are."""
    bells = tuple(sorted(set(marks), reverse=True))
    run = Run(edited(day(cue("P1", 5), cue("Q1")), "P1", bells=bells), now="22:00")
    keeper = Keeper(run)
    run.go("P1")
    for passed_ms in looks:
        keeper.look(passed_ms)
    remaining = 300_000 - sum(looks)
    assert keeper.rang == [mark for mark in bells if remaining <= mark < 300_000]


@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.sampled_from(["", "hold", "resume", "more", "less"])), max_size=30)
)
def test_with_holds_and_added_time_a_mark_rings_exactly_when_the_countdown_comes_down_over_it(
    happenings: list[tuple[int, str]],
) -> None:
    keeper = pitch()
    run = keeper.run
    keeper.look()
    lowest = 300_000
    for passed_ms, act in happenings:
        if act == "hold":
            run.hold()
        elif act == "resume":
            run.resume()
        elif act:
            run.add("P1", "1:00" if act == "more" else "-1:00")
        rang = keeper.look(passed_ms)
        now = run.clock.remaining
        assert now is not None
        if now > lowest + JITTER:
            lowest = now
        assert rang == list(passed(MARKS, Duration(lowest), now))
        lowest = min(lowest, now)

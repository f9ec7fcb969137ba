"""The planned times of a day, and by when everything has to be over."""

from __future__ import annotations

from datetime import date

import pytest

from studio_console.core.plan import Plan, plan_times
from studio_console.core.rundown import Day
from studio_console.core.units import Instant, midnight_utc
from tests.builders import at, cue, day, name, session


def starts(of: Day) -> dict[str, Instant]:
    plan = plan_times(of)
    return {one.number: start for one, start in zip(plan.cues, plan.start, strict=True)}


def ends(of: Day) -> dict[str, Instant]:
    plan = plan_times(of)
    return {one.number: end for one, end in zip(plan.cues, plan.end, strict=True)}


def due(of: Day) -> dict[str, Instant | None]:
    plan = plan_times(of)
    return {one.number: by for one, by in zip(plan.cues, plan.due, strict=True)}


def test_cues_follow_each_other_from_the_published_start() -> None:
    """The mayors' meeting is published for 22:00; its keynote of ten minutes is followed by the first case."""
    assert starts(day(cue("M1", 10), cue("M2", 5), cue("M3"))) == {
        "M1": at("22:00"),
        "M2": at("22:10"),
        "M3": at("22:15"),
    }


def test_a_hard_start_leaves_a_gap() -> None:
    """What begins at a fixed time begins then, though what is before it is over earlier."""
    plan = day(cue("M1", 10), cue("M2", 5, start="22:12:30"), cue("M3"))

    assert ends(plan)["M1"] == at("22:10")
    assert starts(plan)["M2"] == at("22:12:30")
    assert starts(plan)["M3"] == at("22:17:30")


def test_an_open_end_lasts_until_the_next_hard_point() -> None:
    """The free evening's calls have no fixed length: the last before a hard start stretches to it, back-timed."""
    plan = day(cue("F1", None), cue("F2", 10), cue("F3", start="23:00"))

    assert ends(plan) == {"F1": at("22:50"), "F2": at("23:00"), "F3": at("23:05")}


def test_an_open_end_with_nothing_fixed_after_it_has_no_planned_length() -> None:
    """Nobody knows how long it will be, so nothing is made up."""
    assert ends(day(cue("F1", None), cue("F2", 10))) == {"F1": at("22:00"), "F2": at("22:10")}


def test_count_to_end_crosses_midnight() -> None:
    """A discussion from 23:50 that counts to half past midnight is forty minutes long, not minus 23 hours 20."""
    plan = day(cue("M1", start="23:50", end="24:30"), cue("M2"))

    assert (ends(plan)["M1"], starts(plan)["M2"]) == (at("24:30"), at("24:30"))
    assert ends(plan)["M1"] - starts(plan)["M1"] == 40 * 60_000


def test_a_count_to_an_end_that_is_over_before_it_begins_takes_no_time() -> None:
    """The file counts to 22:05 although what is before it lasts until 22:10."""
    assert ends(day(cue("M1", 10), cue("M2", end="22:05")))["M2"] == at("22:10")


def test_a_cue_skipped_in_the_file_takes_no_time() -> None:
    """It keeps its place and moves nothing."""
    assert starts(day(cue("M1"), cue("M2", 30, skip=True), cue("M3"))) == {
        "M1": at("22:00"),
        "M2": at("22:05"),
        "M3": at("22:05"),
    }


def test_the_published_start_of_a_session_is_kept_when_its_first_cue_is_skipped() -> None:
    """The morning's talks end at 11:10; the title before the afternoon is skipped, and 13:00 stays 13:00."""
    plan = day(
        session(cue("A1", 10), start="11:00", id="morning"),
        session(cue("B1", skip=True), cue("B2"), start="13:00", id="afternoon"),
    )

    assert starts(plan)["B2"] == at("13:00")
    afternoon = plan_times(plan).parts[1]
    assert (afternoon.start, afternoon.end) == (at("13:00"), at("13:05"))


def test_a_first_cue_fixed_before_the_published_start_is_what_is_due() -> None:
    """The title card goes on air at 12:58, two minutes before the published 13:00: all before it ends by 12:58."""
    plan = day(
        session(cue("A1", None), start="11:00", id="morning"),
        session(cue("B1", 2, start="12:58"), cue("B2"), start="13:00", id="afternoon"),
    )

    assert due(plan)["A1"] == at("12:58")
    assert starts(plan) == {"A1": at("11:00"), "B1": at("12:58"), "B2": at("13:00")}


def test_backtiming_from_a_hard_end() -> None:
    """역산: the last ten minutes before 23:20 are the declaration's, the twenty before it the discussion's."""
    plan = day(cue("M1"), cue("M2", 20), cue("M3", 10), end="23:20")

    assert due(plan) == {"M1": at("22:50"), "M2": at("23:10"), "M3": at("23:20")}


def test_backtiming_leaves_skipped_cues_out() -> None:
    """Half an hour that is skipped need not be kept free."""
    assert due(day(cue("M1"), cue("M2", 30, skip=True), cue("M3", 10), end="23:20"))["M1"] == at("23:10")


def test_backtiming_to_what_counts_to_its_end() -> None:
    """A discussion that counts to 23:00 can shrink to nothing: the case before it has until then, and it itself too."""
    plan = day(cue("M1"), cue("M2", end="23:00"), cue("M3"), end="23:20")

    assert due(plan) == {"M1": at("23:00"), "M2": at("23:00"), "M3": at("23:20")}


def test_what_is_skipped_has_no_end_to_be_kept() -> None:
    """The skipped discussion counted to 22:30; nobody has to be done by then."""
    assert due(day(cue("M1"), cue("M2", end="22:30", skip=True), cue("M3"), end="23:20"))["M1"] == at("23:15")


def test_of_a_hard_end_and_the_next_start_the_earlier_is_due() -> None:
    """The first session may last until 22:30, but the second is published for 22:20."""
    whole = day(session(cue("A1"), start="22:00", end="22:30", id="one"), session(cue("B1"), start="22:20", id="two"))
    assert due(whole)["A1"] == at("22:20")


def test_nothing_is_due_where_nothing_is_fixed_any_more() -> None:
    """After the last hard point there is nothing to be late for."""
    assert due(day(cue("M1", start="22:00"), cue("M2"))) == {"M1": None, "M2": None}


@pytest.mark.parametrize(
    ("whole", "begins"),
    [
        (day(cue("M1"), cue("M2"), start=None, end="23:00"), at("22:50")),
        (day(cue("M1", 10), cue("M2", start="21:30"), start=None), at("21:20")),
        (day(cue("M1", skip=True), cue("M2", start="21:30"), start=None), at("21:30")),
        (day(cue("M1", start="21:55"), start="22:00"), at("21:55")),
        (day(cue("M1"), start=None, on=date(2020, 6, 1)), midnight_utc(date(2020, 6, 1))),
    ],
    ids=["hard end", "hard start later on", "skipped first", "fixed before the published", "nothing fixed"],
)
def test_where_a_day_begins(whole: Day, begins: Instant) -> None:
    """At its first fixed time, or as long before it as what comes first takes."""
    assert plan_times(whole).start[0] == begins


def test_sessions_without_cues_and_days_without_sessions_are_no_trouble() -> None:
    """A sheet that is only begun can be opened."""
    assert plan_times(day()).cues == ()
    plan = plan_times(day(session(id="empty", start="20:00"), session(cue("M1"), start="22:00")))
    assert plan.start == (at("22:00"),)
    assert [part.session for part in plan.parts] == ["talks"]


def test_places_are_found_by_id() -> None:
    """And what is not in the day has none."""
    plan = plan_times(day(cue("M1"), cue("M2")))
    assert (plan.place(name("M2")), plan.place(name("M9")), Plan().place(name("M1"))) == (1, None, None)

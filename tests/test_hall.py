"""Who may come into the hall, how full it is, and how a temperature is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.hall import (
    Crowd,
    HallReason,
    HallRules,
    Visit,
    Visitor,
    amber_from,
    counts,
    crowd,
    degrees,
    gone,
    in_anew,
    inside,
    reason_text,
    reasons_against,
    stayed,
    tenths,
)
from studio_console.core.units import Instant, PersonId

RULES = HallRules()


def visitor(temperature: int | None = 365, mask: bool = True) -> Visitor:
    return Visitor("기자 3", "방송", "b", temperature, mask)


def visit(id: str, one: Visitor, day: str = "day2", left: int | None = None) -> Visit:
    return Visit(id, one, day, Instant(0), None if left is None else Instant(left))


def test_a_healthy_visitor_with_a_mask_may_come_in_while_there_is_room() -> None:
    assert reasons_against(visitor(), 49, 50, RULES) == ()


@pytest.mark.parametrize(
    ("one", "there", "reasons"),
    [
        (visitor(), 50, (HallReason.FULL,)),
        (visitor(375), 0, (HallReason.FEVER,)),
        (visitor(374), 0, ()),
        (visitor(None), 0, (HallReason.UNMEASURED,)),
        (visitor(mask=False), 0, (HallReason.NO_MASK,)),
        (visitor(391, mask=False), 51, (HallReason.FULL, HallReason.FEVER, HallReason.NO_MASK)),
    ],
)
def test_fever_no_mask_and_a_full_hall_each_keep_somebody_out(
    one: Visitor, there: int, reasons: tuple[HallReason, ...]
) -> None:
    assert reasons_against(one, there, 50, RULES) == reasons


def test_each_reason_says_its_figures_in_both_languages() -> None:
    one = visitor(379)
    assert reason_text(HallReason.FEVER, one, 12, 50, RULES).en == "fever 37.9 ℃ (limit 37.5 ℃)"
    assert reason_text(HallReason.FULL, one, 50, 50, RULES).ko == "홀이 찼습니다 50/50"
    for reason in HallReason:
        assert reason_text(reason, visitor(None), 0, 50, RULES).ko


def test_the_count_turns_amber_and_red() -> None:
    """Nine tenths of the limit, or what the files say."""
    assert [crowd(count, 50, RULES) for count in (0, 44, 45, 49, 50, 51)] == [
        *(Crowd.ROOM, Crowd.ROOM, Crowd.NEARLY, Crowd.NEARLY, Crowd.FULL, Crowd.FULL)
    ]
    assert amber_from(50, HallRules(amber=40)) == 40
    assert crowd(0, 0, RULES) is Crowd.FULL


def test_the_count_is_of_the_day_and_of_who_has_not_left() -> None:
    """Somebody forgot to sign out yesterday: today begins with an empty hall."""
    visits = [
        visit("1", visitor(), day="day1"),
        visit("2", visitor(380)),
        visit("3", visitor(None)),
        visit("4", visitor(), left=5),
    ]
    assert [one.id for one in inside(visits, "day2")] == ["2", "3"]
    assert counts(visits, "day2", RULES) == (2, 1, 1, 3)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("36.5", 365), ("365", 365), ("36", 360), (" 37,2 ", 372), ("45.9", 459)]
    + [(typed, None) for typed in ("", "365.1", "5", "29.9", "46", "36.55", "warm", "３６")],
)
def test_a_temperature_is_typed_as_fingers_like_it(typed: str, value: int | None) -> None:
    assert tenths(typed) == value
    if value is not None:
        assert tenths(degrees(value)) == value


def test_who_went_today_stands_the_latest_first() -> None:
    """However early they came."""
    visits = [
        *(visit("a", visitor(), left=30), visit("b", visitor(), left=40), visit("c", visitor())),
        visit("d", visitor(), day="day1", left=50),
    ]
    assert [one.id for one in gone(visits, "day2")] == ["b", "a"]


def test_a_going_out_that_was_none_is_kept_beside_the_entry() -> None:
    """Each time it happened; whoever is in did not go and changes nothing."""
    went = visit("a", visitor(), left=30)
    back = stayed(went, Instant(40))
    assert (back.entered, back.left, back.taken_back) == (went.entered, None, ((30, 40),))
    again = stayed(replace(back, left=Instant(50)), Instant(60))
    assert again.taken_back == ((30, 40), (50, 60))
    assert stayed(again, Instant(70)) is again
    assert [one.id for one in inside([back], "day2")] == ["a"]


def test_who_came_in_anew_would_be_counted_twice() -> None:
    """A speaker is one person; two visitors may have one name."""
    mayor = replace(visitor(), person=PersonId("mayor-seoul"))
    went = visit("a", mayor, left=30)
    assert in_anew(went, [went, visit("b", mayor)])
    assert not in_anew(went, [went, visit("b", mayor, left=40), visit("c", mayor, day="day1")])
    assert not in_anew(visit("a", visitor(), left=30), [visit("b", visitor())])

"""Which guests the wall shows: by where the show is, by what is missing, by what is typed."""

from __future__ import annotations

from studio_console.core.guest_list import Filter, listed, pages
from studio_console.core.presses import Check, GuestChecked, Verdict
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import Person, Where
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from tests.builders import BOTH, Run, cue, day, session

CITIES = {
    "lima": Text("리마", "Lima"),
    "kabul": Text("카불", "Kabul"),
    "delhi": Text("델리", "Delhi"),
    "oslo": Text("오슬로", "Oslo"),
    "sao-paulo": Text("상파울루", "São Paulo"),
}
PEOPLE = {
    PersonId(city): Person(PersonId(city), Text("시장", "Mayor"), name, "UTC", Where.REMOTE)
    for city, name in CITIES.items()
}
DAY = day(
    session(
        cue("M1", speakers="seoul"),
        cue("M2", speakers="kabul"),
        cue("M3", speakers="lima seoul"),
        start="22:00",
        id="mayors",
    ),
    session(
        cue("C1", speakers="seoul"),
        cue("C2", speakers="delhi"),
        cue("C3", needs="oslo", speakers="seoul"),
        cue("C4", speakers="kabul"),
        start="22:30",
        id="climate",
    ),
)


def started(*numbers: str) -> Run:
    run = Run(DAY, surfaces=BOTH, guests=" ".join(CITIES), now="22:00")
    run.go_through(*numbers, each="1:00")
    return run


def shown(run: Run, which: Filter = Filter.TODAY, typed: str = "") -> list[str]:
    return list(listed(run.show, PEOPLE, which, typed))


def test_today_is_everybody_in_running_order() -> None:
    """On air first, then who comes, then who is done, then who never speaks."""
    assert shown(started()) == ["kabul", "lima", "delhi", "oslo", "sao-paulo"]
    assert shown(started("M1", "M2", "M3")) == ["lima", "delhi", "kabul", "oslo", "sao-paulo"]
    assert shown(started("M1", "M2", "M3", "C1", "C2", "C3")) == ["kabul", "lima", "delhi", "oslo", "sao-paulo"]


def test_a_session_is_whoever_it_needs() -> None:
    """Of the one that runs, even whose part in it is over; before the first cue of the one that comes."""
    assert shown(started(), Filter.SESSION) == ["kabul", "lima"]
    assert shown(started("M1", "M2", "M3"), Filter.SESSION) == ["lima", "kabul"]
    assert shown(started("M1", "M2", "M3", "C1"), Filter.SESSION) == ["delhi", "kabul", "oslo"]


def test_between_two_sessions_the_one_that_comes_counts() -> None:
    run = started("M1", "M2", "M3")
    run.end()
    assert shown(run, Filter.SESSION) == ["delhi", "kabul", "oslo"]


def test_the_next_three_cues() -> None:
    assert shown(started(), Filter.NEXT_THREE) == ["kabul", "lima"]
    assert shown(started("M1", "M2"), Filter.NEXT_THREE) == ["kabul", "lima", "delhi"]


def test_who_is_not_ready() -> None:
    """Bad picture, or a check that is missing."""
    run = started()
    for city in ("kabul", "delhi"):
        guest = PersonId(city)
        run.post(GuestSeen(guest, Signal.LIVE), *(GuestChecked(guest, each, Verdict.GOOD, "td") for each in Check))
    run.post(GuestSeen(PersonId("lima"), Signal.LIVE))
    assert shown(run, Filter.NOT_READY) == ["lima", "oslo", "sao-paulo"]
    run.post(GuestSeen(PersonId("kabul"), Signal.FROZEN))
    assert shown(run, Filter.NOT_READY) == ["kabul", "lima", "oslo", "sao-paulo"]


def test_typing_narrows_any_of_them() -> None:
    """Korean, its initials, English without its accents, the id; several words in any order."""
    run = started()
    assert shown(run, typed="오슬") == ["oslo"]
    assert shown(run, typed="ㅋㅂ") == ["kabul"]
    assert shown(run, typed="sao p") == ["sao-paulo"]
    assert shown(run, typed="시장 델") == ["delhi"]
    assert shown(run, typed="lima mayor") == ["lima"]
    assert shown(run, typed="   ") == shown(run)
    assert shown(run, Filter.NEXT_THREE, "oslo") == []
    assert shown(run, typed="런던") == []


def test_a_guest_whose_entry_is_gone_is_found_by_id() -> None:
    run = started()
    assert list(listed(run.show, {}, Filter.TODAY, "kab")) == ["kabul"]


def test_without_a_rundown_there_is_nobody() -> None:
    run = Run()
    assert [shown(run, which) for which in Filter] == [[], [], [], []]


def test_pages() -> None:
    """The last one may be short; there is always one."""
    guests = [PersonId(city) for city in CITIES]
    assert [len(page) for page in pages(guests, 2)] == [2, 2, 1]
    assert [guest for page in pages(guests, 2) for guest in page] == guests
    assert pages([], 12) == ((),)
    assert len(pages(guests, 0)) == 5

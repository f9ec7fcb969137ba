"""What is asked of the guests' pictures while the show goes on: all small, four of them close."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from studio_console.core.previews import DrawnPreview, Source, Wish
from studio_console.core.rundown import StreamPreview
from studio_console.core.units import PersonId
from studio_console.core.wishes import CLOSE, wishes
from tests.builders import Run, cue, day

CITIES = "lima kabul delhi oslo rome cairo quito accra"
SOURCES: Mapping[PersonId, Source] = {
    PersonId(city): StreamPreview(f"srt://{city}.example:9000") for city in CITIES.split()
}
DAY = day(
    cue("M1", speakers="seoul"),
    cue("M2", speakers="lima kabul"),
    cue("M3", speakers="delhi"),
    cue("M4", speakers="oslo"),
    cue("M5", speakers="rome"),
)


def started(guests: str = CITIES) -> Run:
    return Run(DAY, guests=guests, now="22:00")


def close(run: Run, selected: str | None = None, watched: Collection[str] = ()) -> list[str]:
    wanted = wishes(SOURCES, run.show, PersonId(selected) if selected else None, [PersonId(city) for city in watched])
    assert all(wish.fast == wish.sound for wish in wanted.values())
    return [guest for guest, wish in wanted.items() if wish.fast]


def test_every_guest_of_the_day_is_wished_for_by_their_source() -> None:
    """Who has none is left out, as is who has one and is no guest of today."""
    run = started("lima kabul nowhere")
    drawn = {**SOURCES, PersonId("lima"): DrawnPreview("Lima")}
    wanted = wishes(drawn, run.show, None, ())
    assert set(wanted) == {"lima", "kabul"}
    assert wanted[PersonId("lima")].source == DrawnPreview("Lima")


def test_who_comes_next_is_close() -> None:
    """Within three cues, in the order in which they speak; on air they are seen in OBS."""
    run = started()
    assert close(run) == ["lima", "kabul", "delhi"]
    run.go("M1")
    assert close(run) == ["lima", "kabul", "delhi", "oslo"]
    run.wait("1:00")
    run.go("M2")
    assert close(run) == ["delhi", "oslo", "rome"]


def test_who_speaks_alone_on_air_is_still_heard_where_there_is_room() -> None:
    """Nobody would else notice that they are muted."""
    run = started()
    run.go_through("M1", "M2", "M3", each="1:00")
    assert run.show.current is not None
    (alone,) = run.show.current.cue.speakers
    assert close(run)[-1] == alone
    assert alone not in close(run, "accra")[:1]
    assert alone not in close(run, "accra", ["cairo", "quito", "kabul"])


def test_the_selected_guest_comes_first_and_takes_the_last_ones_place() -> None:
    run = started()
    run.go("M1")
    assert close(run, "cairo") == ["cairo", "lima", "kabul", "delhi"]
    assert close(run, "kabul") == ["kabul", "lima", "delhi", "oslo"]


def test_who_is_watched_elsewhere_comes_before_who_is_next() -> None:
    """And there are never more than there is room for."""
    run = started()
    run.go("M1")
    assert close(run, "cairo", ["quito", "accra"]) == ["cairo", "quito", "accra", "lima"]
    assert len(close(run, "cairo", ["quito", "accra", "rome", "oslo", "cairo"])) == CLOSE


def test_a_selection_that_is_no_guest_of_today_takes_no_place() -> None:
    run = started("lima kabul delhi oslo")
    run.go("M1")
    assert close(run, "cairo") == ["lima", "kabul", "delhi", "oslo"]


def test_the_others_are_small_and_silent_and_come_in_their_order() -> None:
    """The pictures of who speaks first are there first."""
    run = started()
    wanted = wishes(SOURCES, run.show, PersonId("accra"), ())
    assert list(wanted) == ["accra", "lima", "kabul", "delhi", "oslo", "rome", "cairo", "quito"]
    assert wanted[PersonId("quito")] == Wish(SOURCES[PersonId("quito")])

"""Guests who are on air or soon will be and whose picture is not good: told in time, with what to do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from studio_console.core.events import ClockStepped, ConsoleStarted, RundownLoaded
from studio_console.core.guest_alarms import COMING, ON_AIR, guest_alarms
from studio_console.core.problems import Severity
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import Day
from studio_console.core.text import Language, Text, same
from studio_console.core.units import Duration, PersonId
from tests.builders import BOTH, WALL, Run, at, cue, day, length

LIMA, KABUL = PersonId("lima"), PersonId("kabul")
DAY = day(
    cue("M1", 10, speakers="seoul"),
    cue("M2", 10, speakers="lima"),
    cue("M3", 1, speakers="seoul", needs="kabul stage"),
    cue("M4", 10, speakers="kabul lima"),
)


def started(whole: Day = DAY, now: str = "22:00") -> Run:
    return Run(whole, surfaces=BOTH, guests="lima kabul", now=now)


def alarmed(run: Run) -> list[tuple[PersonId | None, str]]:
    return [(alarm.guest, alarm.code) for alarm in guest_alarms(run.show, run.times)]


def seen(run: Run, *guests: PersonId, signal: Signal = Signal.LIVE) -> None:
    run.post(*(GuestSeen(guest, signal) for guest in guests))


def test_who_is_next_has_to_be_live_within_the_lead_time() -> None:
    """Five minutes before their cue, and not earlier; by the projected time, which moves with the show."""
    run = started()
    run.go("M1")
    run.until("22:04:59")
    assert alarmed(run) == []
    run.until("22:05")
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]
    run.add("M1", "2:00")
    assert alarmed(run) == []
    run.until("22:08")
    seen(run, LIMA)
    assert alarmed(run) == []


def test_of_whom_there_is_no_preview_nothing_is_said() -> None:
    run = started()
    run.go("M1")
    event, _ = run.journal[0]
    assert isinstance(event, RundownLoaded)
    run.post(replace(event, unwatched=frozenset({LIMA})))
    run.until("22:08")
    assert alarmed(run) == []
    run.go("M2")
    assert alarmed(run) == []


def test_who_is_only_moved_to_the_close_view_is_no_alarm_for_a_moment() -> None:
    """Somebody walks over the tiles with the arrows; if the picture does not come back, it is one."""
    run = started()
    run.go("M1")
    run.until("22:07")
    run.post(GuestSeen(LIMA, Signal.CONNECTING, reason=same("being moved")))
    run.until("22:07:01")
    assert alarmed(run) == []
    run.until("22:07:02")
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]
    run.post(GuestSeen(LIMA, Signal.LIVE))
    run.go("M2")
    run.post(GuestSeen(LIMA, Signal.CONNECTING, reason=same("being moved")))
    assert alarmed(run) == []
    run.wait("0:02")
    assert alarmed(run) == [(LIMA, "guest-on-air-connecting")]


def test_after_a_start_everybody_is_given_a_moment_to_connect() -> None:
    """The desk comes up again in the middle of the mayors' meeting: forty-two guests are not missed at once."""
    run = started()
    run.go("M1")
    run.until("22:07")
    run.post(ConsoleStarted())
    run.until("22:07:01")
    run.post(GuestSeen(LIMA, Signal.CONNECTING))
    run.until("22:07:05")
    assert alarmed(run) == []
    run.until("22:07:06")
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]
    run.post(GuestSeen(LIMA, Signal.LOST))
    assert alarmed(run) == [(LIMA, "guest-coming-lost")], "lost is lost, however early"


def test_of_whom_nothing_is_heard_at_all_it_is_said_after_that_moment() -> None:
    run = started()
    run.go("M1")
    run.until("22:07")
    run.post(ConsoleStarted())
    run.until("22:07:04")
    assert alarmed(run) == []
    run.post(ClockStepped(length("1:00")))
    run.now = at("22:08:04")
    assert alarmed(run) == [], "the wall clock was set by a minute: no time has gone by"
    run.until("22:08:05")
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]


def test_who_waits_muted_is_well() -> None:
    run = started()
    run.go("M1")
    run.until("22:08")
    seen(run, LIMA, signal=Signal.SILENT)
    assert alarmed(run) == []


def test_who_has_to_be_ready_is_asked_for_as_early_as_who_speaks() -> None:
    """M3 introduces Kabul, and is short."""
    run = started()
    seen(run, LIMA)
    run.go_through("M1", "M2", each="10:00")
    assert alarmed(run) == [(KABUL, "guest-coming-connecting")]
    (alarm,) = guest_alarms(run.show, run.times)
    assert alarm.values["cue"] == "M3"
    assert alarm.severity is Severity.WARNING


def test_before_the_first_cue_the_published_start_counts() -> None:
    """A guest who opens the day."""
    run = Run(day(cue("M1", speakers="lima")), guests="lima", now="21:54:59")
    assert alarmed(run) == []
    run.until("21:55")
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]


def test_on_air_and_not_live_is_an_error_with_its_time() -> None:
    """Frozen on air: what to look at and what to do."""
    run = started()
    seen(run, LIMA, KABUL)
    run.go("M1")
    run.wait("1:00")
    run.go("M2")
    assert alarmed(run) == []
    run.wait("1:00")
    run.post(GuestSeen(LIMA, Signal.FROZEN, Duration(2_000)))
    (alarm,) = guest_alarms(run.show, run.times)
    assert (alarm.code, alarm.severity, alarm.guest) == ("guest-on-air-frozen", Severity.ERROR, LIMA)
    assert alarm.since == run.now - 2_000
    assert alarm.values["guest"] == LIMA
    assert alarm.text.show("en", guest="Mayor, Lima") == (
        "Mayor, Lima is on air and frozen: if the programme is too, cut to the hall"
    )


def test_a_still_picture_on_purpose_is_no_alarm() -> None:
    """The friend who has not answered yet is a card with their name: coming, and on air."""
    run = started()
    seen(run, LIMA, KABUL, signal=Signal.STILL)
    run.go("M1")
    assert alarmed(run) == []
    run.wait("1:00")
    run.go("M2")
    assert alarmed(run) == []


@pytest.mark.parametrize("signal", [Signal.CONNECTING, Signal.UNPLAYABLE])
def test_what_is_wrong_at_the_desk_only_is_a_warning(signal: Signal) -> None:
    """OBS has its own line to the guest."""
    run = started()
    run.go("M1")
    run.wait("1:00")
    run.go("M2")
    seen(run, LIMA, signal=signal)
    seen(run, KABUL)
    run.wait("0:05")
    (alarm,) = guest_alarms(run.show, run.times)
    assert alarm.severity is Severity.WARNING


def test_who_is_cut_to_by_hand_is_on_air() -> None:
    """Kabul's scene is put on air by somebody at OBS, and Kabul is black."""
    run = started()
    seen(run, LIMA, KABUL)
    seen(run, KABUL, signal=Signal.BLACK)
    run.go("M1")
    assert alarmed(run) == []
    run.see("M4 program")
    assert alarmed(run) == [(KABUL, "guest-on-air-black")]


def test_one_guest_is_one_alarm() -> None:
    """On air, and in the next cue as well."""
    run = started()
    seen(run, LIMA, KABUL, signal=Signal.LOST)
    run.standby("M2")
    run.go("M2")
    run.until("22:09")
    assert alarmed(run) == [(LIMA, "guest-on-air-lost"), (KABUL, "guest-coming-lost")]


def test_silence_on_air_is_said_of_who_speaks_alone() -> None:
    """In a panel most are listening."""
    run = started()
    seen(run, LIMA, KABUL, signal=Signal.SILENT)
    run.standby("M2")
    run.go("M2")
    assert alarmed(run) == [(LIMA, "guest-on-air-silent")]
    run.wait("1:00")
    run.standby("M4")
    run.go("M4")
    assert alarmed(run) == []


def test_where_the_standby_was_put_counts_from_the_end_of_what_is_on_air() -> None:
    """A jump ahead, and one back to a cue that was on air: GO takes it when this one is over."""
    run = started()
    seen(run, LIMA)
    run.go("M1")
    run.standby("M4")
    run.until("22:04")
    assert alarmed(run) == []
    run.until("22:06")
    assert alarmed(run) == [(KABUL, "guest-coming-connecting")]
    run.standby("M2")
    assert alarmed(run) == []

    run = started()
    run.go_through("M1", "M2", "M3", "M4", each="1:00")
    seen(run, KABUL)
    run.standby("M2")
    run.end()
    assert alarmed(run) == [(LIMA, "guest-on-air-connecting")]  # what was on air last still stands there
    run.see("M1 program")
    run.see("M1 wall", WALL)
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]


def test_a_skipped_cue_asks_for_nobody() -> None:
    run = started()
    run.go("M1")
    run.skip("M2")
    run.until("22:05")
    assert alarmed(run) == [(KABUL, "guest-coming-connecting")]


def test_a_day_without_remote_guests_has_no_such_alarms() -> None:
    run = Run(DAY, now="22:00")
    run.go("M1")
    run.until("22:09")
    assert alarmed(run) == []


def test_only_the_lead_time_is_looked_at() -> None:
    """It is asked ten times a second: a long day costs no more than a short one."""
    run = started(day(*(cue(f"M{number}", 1, speakers="lima") for number in range(1, 2001))))
    run.go("M1")
    times = run.times
    rows = Counted(times.rows)
    assert len(guest_alarms(run.show, replace(times, rows=rows))) == 1
    assert rows.read <= 10


class Counted(tuple):  # type: ignore[type-arg]
    """Rows that know how many of them, or of a part of them, were read."""

    read = 0

    def __getitem__(self, key):  # type: ignore[no-untyped-def]
        part = super().__getitem__(key)
        if not isinstance(key, slice):
            return part
        return self._reading(part)

    def _reading(self, part):  # type: ignore[no-untyped-def]
        for row in part:
            self.read += 1
            yield row


def test_every_text_has_what_it_needs_in_both_languages() -> None:
    """Each signal that is not good has words for both times, and no mark stays unfilled."""
    assert set(ON_AIR) == set(Signal) - {Signal.LIVE, Signal.STILL}
    assert set(COMING) == set(Signal) - {Signal.LIVE, Signal.STILL, Signal.SILENT}
    for signal in COMING:
        run = started()
        run.post(GuestSeen(LIMA, signal, reason=Text("VLC 없음", "no VLC")), GuestSeen(KABUL, signal))
        run.standby("M2")
        run.go("M2")
        run.until("22:08")
        for alarm in guest_alarms(run.show, run.times):
            for language in get_args(Language):
                line = alarm.text.show(language, **alarm.values)
                assert "{" not in line
                assert line.startswith(str(alarm.guest))


def test_why_it_cannot_be_shown_is_said() -> None:
    run = started()
    run.post(GuestSeen(LIMA, Signal.UNPLAYABLE, reason=same("install VLC")))
    run.go("M1")
    run.until("22:08")
    (alarm,) = guest_alarms(run.show, run.times)
    assert alarm.text.show("en", **alarm.values).endswith("look at them in OBS. install VLC")


def test_a_longer_lead_time_asks_earlier() -> None:
    run = started()
    run.go("M1")
    event, _ = run.journal[0]
    assert isinstance(event, RundownLoaded)
    run.post(replace(event, guest_lead=Duration(600_000)))
    assert alarmed(run) == [(LIMA, "guest-coming-connecting")]

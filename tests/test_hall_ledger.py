"""The hall's ledger: who came, kept apart from the journal, for this user alone, through a kill, and only so long."""

from __future__ import annotations

import csv
import io
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from studio_console.core.events import ShowEvent
from studio_console.core.formulas import not_a_formula
from studio_console.core.hall import Decision, HallReason, HallRules, TakenBack, Visit, Visitor
from studio_console.core.stage import HallCounted, HallEntryOverridden, HallEntryRefused, HallExitTakenBack
from studio_console.core.text import Text
from studio_console.core.units import Instant, PersonId
from studio_console.runtime import hall_ledger
from studio_console.runtime.clocks import ManualClock, wall_ms
from studio_console.runtime.codec import event_to_json
from studio_console.runtime.hall_csv import csv_text
from studio_console.runtime.hall_ledger import Hall, Ledger
from studio_console.runtime.hall_store import DAY, HallStore, sweep
from tests.builders import SEOUL, at
from tests.waiting import wait_until

Told = TypeVar("Told")
ROUTES = {"a": Text("동선 A", "Route A"), "b": Text("동선 B", "Route B")}
NURSE = Visitor("간호사 1", "보라매병원", "a", 364, True)


class Door:
    """The ledger with somebody at the door."""

    def __init__(self, folder: Path, limit: int = 50, day: str = "day2", fresh: bool = False) -> None:
        self.path = folder / "hall-show.ledger"
        self.clock = ManualClock(at("21:40"))
        self.limit, self.rules = limit, HallRules(routes=ROUTES)
        self.posted: list[ShowEvent] = []
        hall = lambda: Hall(self.limit, self.rules)  # noqa: E731
        others = lambda: folder.parent.glob("*/hall-*.ledger")  # noqa: E731
        self.ledger = Ledger(self.path, folder / "out", day, SEOUL, self.clock, hall, others, fresh)
        self.ledger.start(self.posted.append)
        wait_until(lambda: self.counted is not None)

    def enter(self, visitor: Visitor, allowed_by: str = "") -> Decision:
        return self._told(lambda told: self.ledger.enter(visitor, "stage manager", told, allowed_by))

    def correct(self, visit: Visit, visitor: Visitor, allowed_by: str = "") -> Decision:
        return self._told(lambda told: self.ledger.correct(visit.id, visitor, "stage manager", told, allowed_by))

    def leave(self, visit: Visit) -> Text | None:
        return self._told(lambda told: self.ledger.leave(visit.id, told))

    def take_back(self, visit: Visit) -> Text | None:
        return self._told(lambda told: self.ledger.take_back(visit.id, "stage manager", told))

    def export(self) -> Text:
        return self._told(self.ledger.export)

    @staticmethod
    def _told(ask: Callable[[Callable[[Told], None]], None]) -> Told:
        answers: list[Told] = []
        there = threading.Event()

        def told(answer: Told) -> None:
            answers.append(answer)
            there.set()

        ask(told)
        wait_until(there.is_set)
        return answers[0]

    @property
    def counted(self) -> HallCounted | None:
        found = [event for event in self.posted if isinstance(event, HallCounted)]
        return found[-1] if found else None

    @property
    def visits(self) -> tuple[Visit, ...]:
        found: list[tuple[Visit, ...]] = []
        self.ledger.watch(found.append)()
        return found[-1]


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    door = Door(tmp_path / "event")
    yield door
    door.ledger.close()


def test_somebody_comes_and_goes_and_the_show_hears_how_many(door: Door) -> None:
    """In with a temperature and a mask, out an hour later; both windows see the count."""
    decision = door.enter(NURSE)
    assert decision.visit is not None
    assert decision.visit.entered == at("21:40")
    assert door.counted == HallCounted(1, 0, 0, 1)
    door.clock.set(at("22:40"))
    assert door.leave(decision.visit) is None
    assert door.counted == HallCounted(0, 0, 0, 1)
    assert [(visit.visitor, visit.left) for visit in door.visits] == [(NURSE, at("22:40"))]


def test_a_going_out_that_was_none_is_taken_back(door: Door) -> None:
    """The nurse was only at the door: in since 21:40, counted, in the table as still in with what was written first."""
    entered = door.enter(NURSE).visit
    assert entered is not None
    door.clock.set(at("22:40"))
    assert door.leave(entered) is None
    door.clock.set(at("22:41"))
    assert door.take_back(entered) is None
    assert door.counted == HallCounted(1, 0, 0, 1)
    assert HallExitTakenBack(entered.id, "stage manager") in door.posted
    stays = replace(entered, taken_back=(TakenBack(at("22:40"), at("22:41")),))
    assert door.visits == (stays,)
    # Once more changes nothing, and is no second time in the journal.
    assert door.take_back(entered) is None
    assert len([event for event in door.posted if isinstance(event, HallExitTakenBack)]) == 1
    door.export()
    door.ledger.close()
    with closing(HallStore(door.path)) as store:
        assert store.visits() == (stays,)
    (path,) = (door.path.parent / "out").iterdir()
    _, row = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    assert row[7] == ""
    assert row[-1] == "2020-06-02 22:40:00 (취소 taken back 2020-06-02 22:41:00)"


def test_who_came_in_anew_is_not_in_twice(door: Door) -> None:
    """The speaker was sent out by mistake and entered again: the older going-out stays as it is."""
    mayor = Visitor("서울 시장", "서울시", "a", 365, True, PersonId("mayor-seoul"))
    first = door.enter(mayor).visit
    assert first is not None
    door.leave(first)
    door.enter(mayor)
    told = door.take_back(first)
    assert told is not None
    assert "come in anew" in told.en
    assert door.counted == HallCounted(1, 0, 0, 2)
    gone = door.take_back(replace(first, id="gone"))
    assert gone is not None
    assert "not in the ledger" in gone.en


def test_a_fever_is_refused_and_let_in_with_a_name(door: Door) -> None:
    """The doctor on duty allows it: the ledger knows who, the journal only that, why and by which way."""
    hot = Visitor("기자 1", "방송", "b", 378, False)
    refused = door.enter(hot)
    reasons = (HallReason.FEVER, HallReason.NO_MASK)
    assert (refused.visit, refused.reasons) == (None, reasons)
    assert door.posted[-1] == HallEntryRefused(reasons, "b", "stage manager")
    assert door.visits == ()
    allowed = door.enter(hot, "당직의")
    assert allowed.visit is not None
    assert (allowed.visit.allowed_by, allowed.visit.reasons) == ("당직의", reasons)
    assert HallEntryOverridden(allowed.visit.id, reasons, "b", "stage manager") in door.posted
    assert door.counted == HallCounted(1, 1, 0, 1)


def test_a_full_hall_takes_nobody_until_somebody_goes(tmp_path: Path) -> None:
    door = Door(tmp_path / "event", limit=2)
    first, second = door.enter(NURSE), door.enter(NURSE)
    assert first.visit is not None
    assert second.visit is not None
    full = door.enter(NURSE)
    assert (full.reasons, full.inside) == ((HallReason.FULL,), 2)
    door.leave(first.visit)
    assert door.enter(NURSE).visit is not None
    door.limit = 1
    assert door.enter(NURSE).reasons == (HallReason.FULL,)
    door.ledger.close()


def test_what_was_mistyped_is_put_right_and_says_that_it_was(door: Door) -> None:
    """36.4 was meant for the one behind: what is true is written, and when; who came when stays as it was."""
    entered = door.enter(NURSE).visit
    assert entered is not None
    door.clock.set(at("21:55"))
    meant = replace(NURSE, name="간호사 2", temperature=366)
    decision = door.correct(entered, meant)
    assert decision == Decision(replace(entered, visitor=meant, corrected=at("21:55")), (), 1)
    assert door.visits == (decision.visit,)
    door.ledger.close()
    with closing(HallStore(door.path)) as store:
        assert store.visits() == (decision.visit,)
    assert not any(isinstance(event, HallEntryRefused) for event in door.posted)


def test_a_fever_that_was_mistyped_is_written_and_somebody_may_allow_it(door: Door) -> None:
    """They are in already: the truth does not wait for a name, and who allowed no mask has not allowed a fever."""
    entered = door.enter(replace(NURSE, mask=False), "당직의").visit
    assert entered is not None
    hot = replace(NURSE, mask=False, temperature=384)
    found = door.correct(entered, hot)
    both = (HallReason.FEVER, HallReason.NO_MASK)
    assert found.reasons == both
    assert [(visit.reasons, visit.allowed_by) for visit in door.visits] == [(both, "")]
    assert door.counted == HallCounted(1, 1, 0, 1)
    assert door.correct(entered, hot, "보건소").reasons == ()
    assert HallEntryOverridden(entered.id, both, "a", "stage manager") in door.posted
    assert door.visits[0].allowed_by == "보건소"
    well = door.correct(entered, NURSE)
    assert well.visit is not None
    assert (well.visit.reasons, well.visit.allowed_by) == ((), "")


def test_what_is_not_there_any_more_cannot_be_put_right(door: Door) -> None:
    visit = Visit("gone", NURSE, "day2", at("21:40"))
    told = door.correct(visit, NURSE)
    assert told.trouble is not None
    assert "not in the ledger" in told.trouble.en


def test_a_ledger_of_before_entries_could_be_corrected_goes_on(tmp_path: Path) -> None:
    """The update came between two days: what was written stays, and can be put right."""
    path = tmp_path / "event" / "hall-show.ledger"
    with closing(HallStore(path, 14)) as store:
        store.add(Visit("1", NURSE, "day2", at("21:40")), wall_ms())
    with closing(sqlite3.connect(path, isolation_level=None)) as before:
        for column in ("corrected", "taken_back"):
            before.execute(f"ALTER TABLE visits DROP COLUMN {column}")
    door = Door(tmp_path / "event")
    (entered,) = door.visits
    assert (entered.visitor, entered.corrected) == (NURSE, None)
    assert door.correct(entered, replace(NURSE, temperature=371)).visit is not None
    door.ledger.close()
    with closing(HallStore(path)) as store:
        assert [(visit.visitor.temperature, visit.corrected) for visit in store.visits()] == [(371, at("21:40"))]


def test_an_allowance_that_was_not_needed_is_not_kept(door: Door) -> None:
    decision = door.enter(NURSE, "somebody")
    assert decision.visit is not None
    assert (decision.visit.allowed_by, decision.visit.reasons) == ("", ())
    assert not any(isinstance(event, HallEntryOverridden) for event in door.posted)


def test_nobody_is_named_in_what_the_journal_gets(door: Door) -> None:
    """The journal is kept for good: names, parties, temperatures and who allowed it are not for it."""
    person = Visitor("서울 시장", "서울시", "a", 378, True, PersonId("mayor-seoul"))
    for visitor, allowed in ((NURSE, ""), (person, ""), (person, "당직의")):
        door.enter(visitor, allowed)
    door.leave(door.visits[0])
    door.take_back(door.visits[0])
    for event in door.posted:
        words = event_to_json(event)
        for visit in door.visits:
            words = words.replace(visit.id, "")
        for secret in ("간호사", "보라매", "서울", "mayor", "37", "364", "당직의"):
            assert secret not in words


def test_the_next_day_begins_with_an_empty_hall_and_keeps_the_ledger(tmp_path: Path) -> None:
    """Somebody forgot to sign out. A rehearsal that begins anew has nobody of an earlier one."""
    first = Door(tmp_path / "event", day="day1")
    first.enter(NURSE)
    first.ledger.close()
    second = Door(tmp_path / "event", day="day2")
    assert second.counted == HallCounted(0, 0, 0, 0)
    assert len(second.visits) == 1
    second.ledger.close()
    fresh = Door(tmp_path / "event", day="day1", fresh=True)
    assert fresh.visits == ()
    fresh.ledger.close()


@pytest.mark.skipif(os.name == "nt", reason="rights of files are another matter there")
def test_the_file_and_the_table_are_for_this_user_alone(door: Door) -> None:
    door.enter(NURSE)
    door.export()
    files = [*door.path.parent.glob("hall-*"), *(door.path.parent / "out").iterdir()]
    assert len(files) >= 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_entries_are_gone_after_their_days_and_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifteen days later the console is opened again: the entry is not only forgotten, its bytes are overwritten."""
    now = 1_600_000_000_000
    monkeypatch.setattr(hall_ledger, "wall_ms", lambda: now)
    door = Door(tmp_path / "event")
    door.enter(NURSE)
    now += 13 * DAY
    door.ledger.close()
    later = Door(tmp_path / "event")
    assert len(later.visits) == 1
    later.ledger.close()
    now += 2 * DAY
    last = Door(tmp_path / "event")
    assert last.visits == ()
    assert all("간호사".encode() not in path.read_bytes() for path in last.path.parent.glob("hall-*"))
    last.ledger.close()


def test_a_console_that_stays_open_forgets_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks once an hour; days that studio.yaml sets meanwhile count at once."""
    monkeypatch.setattr(hall_ledger, "LOOK_AGAIN", 0.02)
    door = Door(tmp_path / "event")
    door.enter(NURSE)
    monkeypatch.setattr(hall_ledger, "wall_ms", lambda: 1 << 50)
    wait_until(lambda: door.visits == ())
    assert door.counted == HallCounted(0, 0, 0, 0)
    door.ledger.close()


def test_ledgers_of_other_events_are_emptied_too(tmp_path: Path) -> None:
    """Last month's event is never opened again; whichever event is forgets for it, by that one's own days."""
    now = 1_600_000_000_000
    files = []
    for event, days in (("old", 5), ("long", 300)):
        path = tmp_path / event / "hall-show.ledger"
        files.append(path)
        with closing(HallStore(path, days)) as store:
            store.add(Visit("1", NURSE, "day", Instant(0)), now - 30 * DAY)
    broken = tmp_path / "broken" / "hall-show.ledger"
    broken.parent.mkdir()
    broken.write_bytes(b"no database at all" * 100)
    young = tmp_path / "young" / "hall-show.ledger"
    young.parent.mkdir()
    young.write_bytes(b"no database at all" * 100)
    os.utime(broken, (now / 1000 - 40 * 86_400,) * 2)
    os.utime(young, (now / 1000,) * 2)
    assert sweep([*files, broken, young], now) == 1
    left = []
    for path in files:
        with closing(HallStore(path)) as store:
            left.append(len(store.visits()))
    assert left == [0, 1]
    assert (broken.exists(), young.exists()) == (False, True)


@pytest.mark.expects_log("the ledger is damaged and was put away")
def test_a_damaged_ledger_is_put_away_and_the_door_stays_open(tmp_path: Path) -> None:
    path = tmp_path / "event" / "hall-show.ledger"
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    door = Door(tmp_path / "event")
    assert door.enter(NURSE).visit is not None
    assert len(list(path.parent.glob("hall-show.*.ledger"))) == 1
    door.ledger.close()


@pytest.mark.expects_log("the ledger cannot be read")
def test_what_cannot_be_written_is_said_and_nobody_counted(tmp_path: Path) -> None:
    """The disk is not there: the visitor is told of as not entered, and once it is back the same press works."""
    folder = tmp_path / "event"
    folder.write_text("in the way")
    ledger = Ledger(
        folder / "hall-show.ledger", folder, "day2", SEOUL, ManualClock(at("21:40")), lambda: Hall(50, HallRules())
    )
    posted: list[ShowEvent] = []
    ledger.start(posted.append)
    decision = Door._told(lambda told: ledger.enter(NURSE, "stage manager", told))
    assert decision.visit is None
    assert decision.trouble is not None
    folder.unlink()
    assert Door._told(lambda told: ledger.enter(NURSE, "stage manager", told)).visit is not None
    assert posted == [HallCounted(1, 0, 0, 1)]
    ledger.close()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_kill_at_any_moment_loses_no_entry_that_was_confirmed(tmp_path: Path) -> None:
    """kill -9 in the middle of a queue at the door: everybody who was told “in” is in the ledger."""
    path = tmp_path / "hall-show.ledger"
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger_process", str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(5)]
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.readlines()
        writer.wait()
        writer.stdout.close()
        numbers = {f"{int(line):06}" for line in told if line.endswith("\n")}
        with closing(HallStore(path)) as store:
            kept = {visit.id for visit in store.visits()}
            store.forget(1 << 62)
        assert numbers <= kept
        assert len(kept - numbers) <= 1


def test_the_table_for_the_health_office(door: Door) -> None:
    """Excel opens it with a double click: byte order mark, heads in both languages, times on the hall's clock."""
    decision = door.enter(NURSE)
    door.enter(Visitor("기자 4", "", "b", None, True), "당직의")
    door.clock.set(at("23:05"))
    assert decision.visit is not None
    door.leave(decision.visit)
    told = door.export()
    (path,) = (door.path.parent / "out").iterdir()
    assert str(path) in told.en
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head[1] == "이름·직함 Name or role"
    assert first == [
        *("day2", "간호사 1", "보라매병원", "동선 A Route A", "36.4", "착용 worn"),
        *("2020-06-02 21:40:00", "2020-06-02 23:05:00", "", "", "", ""),
    ]
    assert second[4:6] + second[7:] == ["", "착용 worn", "", "미측정 not measured", "당직의", "", ""]


@pytest.mark.parametrize("cell", ["=1+1", "+82 2", "-5", "@sum", "\t=1", " =1", '=HYPERLINK("x")'])
def test_a_name_is_never_a_formula(cell: str) -> None:
    """What somebody writes at the door must not be carried out at the health office."""
    assert not_a_formula(cell).startswith("'")
    visit = Visit("1", Visitor(cell, cell, cell, 365, True), "day2", Instant(0))
    rows = list(csv.reader(io.StringIO(csv_text([visit], HallRules(), SEOUL), newline="")))
    assert all(not each.lstrip().startswith(("=", "+", "-", "@")) for each in rows[1])


def test_a_table_that_cannot_be_written_leaves_no_half_of_it(door: Door) -> None:
    door.enter(NURSE)
    (door.path.parent / "out").write_text("in the way")
    assert "could not be exported" in door.export().en
    assert (door.path.parent / "out").read_text() == "in the way"

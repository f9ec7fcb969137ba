"""The report saved from the desk while the day runs: by a key, in a process of its own, into the event's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from studio_console.app.console import Console, Opened, open_event, plans_for
from studio_console.app.obs import connect_drivers, provision_all
from studio_console.app.places import Mode, journal_path
from studio_console.app.rehearsal import simulate
from studio_console.app.report_saver import ReportSaver
from studio_console.app.waiting import ShowWatch
from studio_console.cli import main
from studio_console.core.presses import EndPressed, GoPressed
from studio_console.core.show import Phase, next_cue
from studio_console.core.units import Duration, PressId
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from studio_console.runtime.clocks import ManualClock, ScaledClock
from studio_console.runtime.journal import Journal
from tests.builders import at
from tests.small_event import write_small_event
from tests.waiting import wait_until

PATIENCE = 60_000
SPEED = 20.0
GONE_BY = 500 * SPEED
"""ms of the show, in which every transition of the event is over."""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return write_small_event(tmp_path / "summit")


@contextmanager
def a_desk(event: Path) -> Iterator[tuple[Console, Desk, ReportSaver]]:
    """A rehearsal that is open at its desk, its first cue taken; no OBS answers."""
    opened = open_event(event)
    day = opened.event.days[0]
    journal = Journal(journal_path(event, opened.event, day, Mode.REHEARSAL))
    console = Console(opened, day, Mode.REHEARSAL, ManualClock(at("22:00")), 1.0, journal, {})
    console.engine.start()
    desk = Desk(console.engine, opened.event, opened.studio, opened.zone, "en", True)
    saver = ReportSaver(console, desk)
    try:
        console.engine.post(GoPressed(opened.event.days[0].cues[0].id, PressId("p1")))
        yield console, desk, saver
    finally:
        saver.close()
        desk.end()
        desk.deleteLater()
        console.close()
        journal.close()


def said(desk: Desk) -> str:
    return desk.go_panel.notice.words


def test_a_key_saves_the_report_while_the_console_goes_on_writing(qtbot: QtBot, event: Path) -> None:
    with a_desk(event) as (console, desk, saver):
        qtbot.waitUntil(lambda: desk.shown.current is not None)
        desk.acts[Act.REPORT].trigger()
        assert saver.at_it
        desk.acts[Act.REPORT].trigger()
        assert "already" in said(desk)
        qtbot.waitUntil(lambda: not saver.at_it, timeout=PATIENCE)
        (book,) = (event / "reports").glob("evening-rehearsal-20200602-*.xlsx")
        assert book.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        assert f"Saved: reports/{book.stem}.pdf" in said(desk)
        assert "✕" not in said(desk)
        sheet = load_workbook(book).worksheets[2]
        assert "REHEARSAL" in str(sheet["A1"].value)
        assert [row[0].value for row in sheet.iter_rows(min_row=5)] == ["M1", "M2", "M3", "M4", "M5"]
        console.engine.post(EndPressed(PressId("p2")))
        qtbot.waitUntil(lambda: desk.shown.on_air is None)


def test_a_report_that_cannot_be_saved_says_why(qtbot: QtBot, event: Path) -> None:
    """Where the reports should go stands a file of that name."""
    (event / "reports").write_text("")
    with a_desk(event) as (_, desk, saver):
        saver.save()
        assert not saver.at_it
        assert "cannot be made" in said(desk)


def test_a_report_whose_files_are_broken_meanwhile_says_so(qtbot: QtBot, event: Path) -> None:
    with a_desk(event) as (_, desk, saver):
        (event / "rundown" / "day-1.yaml").write_text("day: [")
        saver.save()
        qtbot.waitUntil(lambda: not saver.at_it, timeout=PATIENCE)
        qtbot.waitUntil(lambda: "Not saved" in said(desk))


def test_a_program_that_falls_over_has_saved_nothing(
    qtbot: QtBot, event: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with 1, as a report does of which something could not be read."""
    with a_desk(event) as (_, desk, saver):
        monkeypatch.setattr(saver, "_arguments", lambda: ["-c", "raise KeyError('what nobody thought of')"])
        saver.save()
        qtbot.waitUntil(lambda: not saver.at_it, timeout=PATIENCE)
        qtbot.waitUntil(lambda: "Not saved" in said(desk))
        assert "what nobody thought of" in said(desk)


def test_a_desk_that_is_closed_ends_it(qtbot: QtBot, event: Path) -> None:
    with a_desk(event) as (_, _, saver):
        saver.save()
        saver.close()
        assert not saver.at_it


def test_a_day_run_with_simulated_obs_is_told_as_it_was(event: Path, tmp_path: Path) -> None:
    """Engine, drivers and two OBS servers: every cue on air, confirmed by the surfaces it changes."""
    opened = open_event(event)
    day = opened.event.days[0]
    path = journal_path(event, opened.event, day, Mode.REHEARSAL)
    simulation = simulate(opened.studio)
    journal = Journal(path)
    # On a machine that is busy with other things OBS may take its time.
    studio = replace(simulation.studio, take_deadline=Duration(60_000))
    rehearsed = Opened(event, opened.event, studio, (), opened.files, opened.written)
    drivers = connect_drivers(rehearsed.studio, simulation.password_of, event)
    console = Console(rehearsed, day, Mode.REHEARSAL, ScaledClock(at("22:00"), SPEED), SPEED, journal, drivers)
    watch = ShowWatch(console.engine)
    try:
        provision_all(plans_for(rehearsed, day, Mode.REHEARSAL), rehearsed.studio, simulation.password_of, event)
        console.engine.start()
        console.engine.start_drivers()
        wait_until(lambda: len([state for state in watch.show.surfaces.values() if state.connected]) == 2)
        for number, cue in enumerate(day.cues):
            wait_until(lambda wanted=cue: (following := next_cue(watch.show)) is not None and following.id == wanted.id)
            press = PressId(f"p{number}")
            # No take is to cut into the transition before it.
            wait_until(lambda: console.engine.clock.now() - (watch.show.last_go_at or 0) > GONE_BY)
            console.engine.post(GoPressed(cue.id, press))
            wait_until(
                lambda press=press: (
                    watch.show.on_air is not None
                    and watch.show.on_air.press == press
                    and watch.show.on_air.phase is Phase.ON_AIR
                    and not watch.show.on_air.open_surfaces
                )
            )
    finally:
        watch.close()
        console.close()
        journal.close()
        simulation.close()
    file = tmp_path / "as-run.xlsx"
    assert main(["report", str(event), "--rehearsal", "--day", "1", "--lang", "en", "--xlsx", str(file)]) == 0
    sheet = load_workbook(file).worksheets[2]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    heads = [cell.value for cell in sheet[3]]
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [row["Result"] for row in told] == ["aired", "aired", "aired", "aired", "on air"]
    assert [row["Remarks"] for row in told] == [None, None, None, None, "still on air where the journal ends"]
    confirmed = [row["Program confirmed (ms)"] for row in told if row["No."] != "M4"]
    assert all(isinstance(took, int) and took >= 0 for took in confirmed)

"""The desk on a day, whole: files, engine, simulated OBS and the window, wired as ``studio-console`` wires them."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio_console.app.console import Console, open_event
from studio_console.app.desk import open_desk
from studio_console.app.journals import open_journal, rehearsal_clock
from studio_console.app.options import clock_start
from studio_console.app.places import Mode, journal_path
from studio_console.app.window import end_on_signals
from studio_console.core.guests import guest_of
from studio_console.core.presses import GoPressed
from studio_console.core.problems import UserError
from studio_console.core.reports import Signal
from studio_console.core.show import Mark, Show, next_cue
from studio_console.core.timing import project
from studio_console.core.units import CueId, PersonId, PressId
from studio_console.core.urgency import Urgency
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from studio_console.gui.timer.window import TimerWindow
from studio_console.runtime.clocks import ScaledClock
from studio_console.runtime.journal import JournalError
from tests.small_event import write_small_event

PATIENCE = 60_000


def options(folder: Path, **changed: object) -> argparse.Namespace:
    chosen: dict[str, object] = {
        "event": str(folder),
        "day": None,
        "rehearse": True,
        "lang": "en",
        "clock": "2020-06-02 21:59",
        "speed": None,
        "fresh": False,
        "guests": None,
        "obs_url": [],
    }
    return argparse.Namespace(**{**chosen, **changed})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_event(tmp_path / "event")


@pytest.fixture
def session(folder: Path, qtbot: QtBot) -> Iterator[tuple[Console, Desk]]:
    with open_desk(options(folder)) as (console, desk):
        qtbot.addWidget(desk)
        desk.show()
        yield console, desk


def connected(show: Show) -> bool:
    return bool(show.surfaces) and all(state.connected for state in show.surfaces.values())


def press_go(qtbot: QtBot, desk: Desk, number: str) -> None:
    """Space, pressed and let go, once ``number`` is next; returns when that cue is on air."""
    qtbot.waitUntil(lambda: (cue := next_cue(desk.shown)) is not None and cue.number == number, timeout=PATIENCE)
    qtbot.keyClick(desk.windowHandle() or desk, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: on_air(desk) == number, timeout=PATIENCE)


def on_air(desk: Desk) -> str | None:
    take = desk.shown.on_air
    return take.cue.number if take is not None and desk.shown.taking is None else None


def test_an_evening_is_rehearsed_from_the_keyboard(qtbot: QtBot, session: tuple[Console, Desk]) -> None:
    """The laptop has no OBS and no guests: Space takes cue after cue, both surfaces confirm and show them."""
    _, desk = session
    qtbot.waitUntil(lambda: connected(desk.shown), timeout=PATIENCE)
    press_go(qtbot, desk, "M1")
    qtbot.wait_until(lambda: desk.shown.last_go_at is not None)
    qtbot.waitUntil(lambda: desk.bridge.now() - (desk.shown.last_go_at or 0) > 600, timeout=PATIENCE)
    press_go(qtbot, desk, "M2")
    qtbot.waitUntil(
        lambda: (
            {name: state.seen for name, state in desk.shown.surfaces.items()}
            == {"program": "M2 one", "wall": "M1 wall-words"}
        ),
        timeout=PATIENCE,
    )


def test_a_saved_file_comes_in_and_a_broken_one_does_not(
    qtbot: QtBot, folder: Path, session: tuple[Console, Desk]
) -> None:
    """A title is corrected in an editor and is on the desk; a broken save is said, and the good rundown stays."""
    _, desk = session
    day = folder / "rundown" / "day-1.yaml"
    text = day.read_text(encoding="utf-8")
    qtbot.waitUntil(lambda: desk.shown.day is not None, timeout=PATIENCE)

    def titles() -> list[str]:
        return [cue.title.en for cue in desk.shown.plan.cues]

    day.write_text(text.replace("en: Keynote", "en: Keynote speech"), encoding="utf-8")
    qtbot.waitUntil(lambda: "Keynote speech" in titles(), timeout=PATIENCE)

    day.write_text(text.replace("duration: 10m", "duration: soon"), encoding="utf-8")
    qtbot.waitUntil(lambda: desk.banner.isVisible(), timeout=PATIENCE)
    assert "Keynote speech" in titles()

    replacement = day.with_suffix(".new")
    replacement.write_text(text.replace("en: Keynote", "en: Opening speech"), encoding="utf-8")
    replacement.replace(day)
    qtbot.waitUntil(lambda: "Opening speech" in titles(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not desk.banner.isVisible(), timeout=PATIENCE)


def test_the_running_cue_is_not_pulled_away(qtbot: QtBot, folder: Path, session: tuple[Console, Desk]) -> None:
    """Somebody deletes the running cue from the file: it stays on air with its clock, marked, and next is right."""
    _, desk = session
    qtbot.waitUntil(lambda: connected(desk.shown), timeout=PATIENCE)
    press_go(qtbot, desk, "M1")
    started = desk.shown.on_air.started_at if desk.shown.on_air else None
    day = folder / "rundown" / "day-1.yaml"
    text = day.read_text(encoding="utf-8")
    first, second = text.index("      - id: opening"), text.index("      - id: keynote")
    day.write_text(text[:first] + text[second:], encoding="utf-8")
    qtbot.waitUntil(lambda: desk.shown.on_air is not None and desk.shown.on_air.mark is Mark.DELETED, timeout=PATIENCE)
    assert desk.shown.on_air is not None
    assert (desk.shown.on_air.cue.number, desk.shown.on_air.started_at) == ("M1", started)
    projection = project(desk.shown, desk.bridge.now())
    assert projection.next is not None
    assert projection.next.number == "M2"


def test_a_second_desk_on_the_same_day_is_refused(folder: Path, session: tuple[Console, Desk]) -> None:
    """Started twice by mistake: the second one says so and leaves the first alone."""
    with pytest.raises(JournalError, match="open already"), open_desk(options(folder)):
        pass


def test_a_rehearsal_that_was_ended_begins_anew(qtbot: QtBot, folder: Path) -> None:
    """After lunch the rehearsal starts from the top; what was rehearsed before is kept beside it."""
    with open_desk(options(folder)) as (console, desk):
        qtbot.addWidget(desk)
        desk.show()
        qtbot.waitUntil(lambda: connected(desk.shown), timeout=PATIENCE)
        press_go(qtbot, desk, "M1")
        journal = journal_path(folder, console.opened.event, console.day, Mode.REHEARSAL)
    with open_desk(options(folder, clock=None)) as (console, desk):
        qtbot.addWidget(desk)
        assert desk.shown.on_air is None
        assert console.notices == ()
    assert len(list(journal.parent.glob("*.journal"))) == 2


def test_a_damaged_journal_is_put_away_and_said(qtbot: QtBot, folder: Path) -> None:
    """The disk broke the journal overnight: the day opens all the same, and the desk says what was lost."""
    event = open_event(folder).event
    path = journal_path(folder, event, event.days[0], Mode.REHEARSAL)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a journal" * 1000)
    with open_desk(options(folder, clock=None)) as (console, desk):
        qtbot.addWidget(desk)
        (notice,) = console.notices
        assert notice.code == "journal-damaged"
        kept = Path(str(notice.values["file"]))
        assert kept.read_bytes().startswith(b"not a journal")
        assert str(kept) in notice.show("en")
        desk.show()
        qtbot.waitUntil(lambda: desk.shown.day is not None, timeout=PATIENCE)


def test_a_guest_of_the_rehearsal_freezes_by_the_script_and_comes_back(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    """London is drawn; the script freezes them, the desk says so, and they come back."""
    script = tmp_path / "guests.yaml"
    script.write_text("- {after: 1s, guest: london, does: freeze}\n", "utf-8")
    london = PersonId("london")
    signals: list[Signal] = []
    with open_desk(options(folder, guests=str(script))) as (console, desk):
        qtbot.addWidget(desk)
        desk.show()
        end = console.engine.watch(
            lambda show: signals.append(show.guests[london].signal) if london in show.guests else None
        )
        desk.perform(Act.GUESTS)
        for signal in (Signal.FROZEN, Signal.LIVE):
            qtbot.waitUntil(lambda wanted=signal: signals[-1:] == [wanted], timeout=PATIENCE)  # type: ignore[misc]
            qtbot.waitUntil(lambda wanted=signal: guest_of(desk.shown, london).signal is wanted, timeout=PATIENCE)  # type: ignore[misc]
            assert desk._previews is not None
            desk._previews.act(london, "back")
        end()
        workers = [child.pid for child in psutil.Process().children() if "previews.worker" in " ".join(child.cmdline())]
        assert workers
    assert not any(psutil.pid_exists(pid) for pid in workers)


@pytest.mark.parametrize("option", [{"guests": "x.yaml"}, {"clock": "2020-06-02 21:55"}, {"speed": "10"}])
def test_what_is_for_rehearsals_never_opens_on_air(folder: Path, option: dict[str, str]) -> None:
    """--rehearse was forgotten: whoever sets the clock does not mean the real OBS."""
    (name,) = option
    show = options(folder, **{"rehearse": False, "clock": None, **option})
    with pytest.raises(UserError, match=f"--{name} is for rehearsals: add --rehearse"), open_desk(show):
        pass


def test_a_script_that_is_not_there_puts_no_rehearsal_away(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.yaml"), open_desk(options(folder, guests=str(tmp_path / "none.yaml"))):
        pass
    assert not (tmp_path / "state").exists()


def unfinished(qtbot: QtBot, folder: Path, mode: Mode) -> Path:
    """The journal of an evening that took M1 at 22:00 by the hall's clock, and ended with the machine."""
    opened = open_event(folder)
    day = opened.event.days[0]
    path = journal_path(folder, opened.event, day, mode)
    journal = open_journal(path, mode, anew=False)
    start = clock_start("2020-06-02 22:00", opened.zone)
    clock = rehearsal_clock(journal, day, start, 1.0)
    console = Console(opened, day, mode, clock, 1.0, journal, {})
    console.engine.start()
    console.engine.post(GoPressed(CueId("opening"), PressId("first")))
    shown: list[Show] = []
    end = console.engine.watch(shown.append)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1].current is not None, timeout=PATIENCE)
    end()
    console.engine.close()
    journal.close()
    return path


def test_an_unfinished_rehearsal_goes_on_and_says_so(qtbot: QtBot, folder: Path) -> None:
    """The laptop froze during the rehearsal: the desk comes back to the cue, and says how to begin anew instead."""
    path = unfinished(qtbot, folder, Mode.REHEARSAL)
    with open_desk(options(folder, clock=None)) as (console, desk):
        qtbot.addWidget(desk)
        (notice,) = console.notices
        assert notice.code == "journal-resumed"
        assert "resumed from 22:00, cue M1" in notice.show("en")
        assert "--fresh" in notice.show("ko")
        desk.show()
        qtbot.waitUntil(lambda: "resumed from 22:00, cue M1" in desk.problem_list.words, timeout=PATIENCE)
    assert [found.name for found in path.parent.glob("*.journal")] == [path.name]


@pytest.mark.parametrize("asked", [{"clock": "2020-06-02 20:55"}, {"clock": None, "speed": "10"}])
def test_a_clock_that_is_set_begins_a_rehearsal_anew(qtbot: QtBot, folder: Path, asked: dict[str, str | None]) -> None:
    """The clock is set back by an hour: what the unfinished rehearsal had on air is not an hour in the future now."""
    path = unfinished(qtbot, folder, Mode.REHEARSAL)
    with open_desk(options(folder, **asked)) as (console, desk):
        qtbot.addWidget(desk)
        assert desk.shown.current is None
        assert console.notices == ()
        clock = console.engine.clock
        assert isinstance(clock, ScaledClock)
        assert clock.speed == float(asked.get("speed") or 1)
    assert len(list(path.parent.glob("*.journal"))) == 2, "the old one is kept"


def test_a_show_says_that_it_goes_on_with_a_run_through(qtbot: QtBot, folder: Path) -> None:
    """The run-through on the real OBS was in 2020; tonight the desk says from when the cue on air is."""
    unfinished(qtbot, folder, Mode.SHOW)
    nobody = ["program=ws://127.0.0.1:9", "wall=ws://127.0.0.1:9"]
    show = options(folder, rehearse=False, clock=None, obs_url=nobody)
    with open_desk(show) as (console, desk):
        qtbot.addWidget(desk)
        assert ["resumed from 2020-06-02 22:00, cue M1" in notice.show("en") for notice in console.notices] == [True]
    with open_desk(argparse.Namespace(**{**vars(show), "fresh": True})) as (console, desk):
        qtbot.addWidget(desk)
        assert (console.notices, desk.shown.current) == ((), None)


def test_copies_of_an_event_are_shows_of_their_own(folder: Path, tmp_path: Path) -> None:
    """Two halls start from a copy of the sample: neither resumes the other's evening."""
    opened = open_event(folder)
    copy = write_small_event(tmp_path / "copy")
    day = opened.event.days[0]
    here, there = (journal_path(where, opened.event, day, Mode.SHOW) for where in (folder, copy))
    assert here != there
    assert here == journal_path(folder / "rundown" / "..", opened.event, day, Mode.SHOW)
    assert here.parent.name.startswith("small-summit-")


@pytest.fixture
def own_signals() -> Iterator[None]:
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
def test_a_closed_terminal_ends_the_desk_in_good_order(own_signals: None) -> None:
    """The rehearsal's terminal is closed: the rehearsal is over, as with Ctrl-C, and not broken off."""
    heard: list[str] = []
    signal.signal(signal.SIGHUP, lambda *_: heard.append("nobody"))
    end_on_signals(lambda: heard.append("end"))
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
        signal.raise_signal(number)
    assert heard == ["end", "end", "end"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
def test_a_desk_that_is_to_outlive_its_terminal_does(own_signals: None) -> None:
    """``nohup studio-console``."""
    heard: list[str] = []
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end_on_signals(lambda: heard.append("end"))
    signal.raise_signal(signal.SIGHUP)
    assert heard == []


def test_the_speakers_timer_opens_beside_the_desk_and_goes_with_it(
    qtbot: QtBot, folder: Path, session: tuple[Console, Desk]
) -> None:
    """Shift+T, and Space is still GO; a title is corrected in the files; the desk is closed, and so is the timer."""
    _, desk = session
    qtbot.waitUntil(lambda: connected(desk.shown), timeout=PATIENCE)
    qtbot.keyClick(desk.windowHandle() or desk, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    (timer,) = [window for window in QApplication.topLevelWidgets() if isinstance(window, TimerWindow)]
    assert timer.isVisible()
    qtbot.waitUntil(desk.isActiveWindow, timeout=PATIENCE)
    press_go(qtbot, desk, "M1")
    qtbot.waitUntil(lambda: timer.face.urgency is not Urgency.IDLE, timeout=PATIENCE)
    day = folder / "rundown" / "day-1.yaml"
    day.write_text(day.read_text("utf-8").replace("en: Opening title", "en: Opening film"), "utf-8")
    qtbot.waitUntil(lambda: "Opening film" in timer.face.words, timeout=PATIENCE)
    desk.close()
    qtbot.waitUntil(lambda: not timer.isVisible(), timeout=PATIENCE)

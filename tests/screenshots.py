"""Draws the pictures of the README and the guides from the running program: ``python -m tests.screenshots [FOLDER]``.

The program is started as its user would, first without an event, then in rehearsal on the sample's mayors' meeting, and
driven by its keys: simulated OBS, drawn guests, its own journal. Nothing in the pictures is made up.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from studio_console.app.console import Console
from studio_console.app.desk import open_desk
from studio_console.app.first_start import StudioFirstStart
from studio_console.app.places import Mode
from studio_console.app.report import as_pdf, make_report
from studio_console.app.runs import choose_run
from studio_console.app.window import create_application
from studio_console.cli import options_for
from studio_console.core.reports import Signal
from studio_console.core.text import LANGUAGES
from studio_console.core.units import MINUTE, SECOND, PersonId
from studio_console.core.urgency import Urgency
from studio_console.gui.keys import Act
from studio_console.gui.stage.window import StageWindow
from studio_console.gui.timer.window import TimerWindow
from studio_console.gui.welcome.window import WelcomeWindow
from tests.gui_story import REPOSITORY
from tests.rehearsed_session import Session, keep_awake, keep_page, keep_picture, wait_in

LAPTOP, SCREEN, TIMER = QSize(1366, 768), QSize(1920, 1080), QSize(960, 540)
PAPER = 1200
"""px across a printed page."""
CLOCK = "2020-06-02 21:20"
SPEED = 40
"""Times as fast as the clock on the wall: an hour of show goes by in a minute and a half."""
LATE = 20 * SECOND
"""After its time a cue is taken."""
FROZEN = PersonId("jakarta")
SCRIPT = f"- {{after: 66m, guest: {FROZEN}, does: freeze}}\n"
"""What the guests do: shortly before her turn the picture of the next one stands still."""


def first_start(application: QApplication, folder: Path) -> str:
    """The first window, and the page on which a rehearsal is chosen; the folder of the sample that was copied."""
    window = WelcomeWindow(StudioFirstStart(), "ko")
    window.show()
    wait_in(application, lambda: not window.tasks.busy)
    for language in LANGUAGES:
        window.set_language(language)
        keep_picture(application, window, folder / f"start-{language}.png", QSize(1120, 700))
    window.start.cards[0].click()
    wait_in(application, lambda: window.pages.currentWidget() is window.event_page and not window.tasks.busy)
    for language in LANGUAGES:
        window.set_language(language)
        keep_picture(application, window, folder / f"start-day-{language}.png", QSize(1120, 700))
    sample = window.event_page.look.folder
    window.close()
    window.deleteLater()
    return sample


def before_and_keynote(session: Session) -> None:
    """Nothing on air yet; then up to the keynote, with all cities on the wall."""
    desk = session.desk
    session.both("before", LAPTOP)
    session.take("M1")
    for number in ("M2", "M3", "M4", "M5", "M6", "M7"):
        session.take(number, LATE)
    desk.perform(Act.GUESTS)
    session.both("guests", SCREEN)
    desk.perform(Act.LED)
    desk.perform(Act.ARM_WALL)
    for act in (Act.RIGHT, Act.RIGHT, Act.LARGE):
        desk.perform(act)
    session.wait(lambda: any(wall.armed and wall.armed.built for wall in desk.shown.walls.values()))
    session.both("wall", SCREEN)
    desk.perform(Act.DISARM_WALL)
    desk.perform(Act.LED)


def standby_and_ready(session: Session) -> None:
    """The mayor of Seoul is called for the second case, comes into the hall and is ready."""
    desk = session.desk
    for number in ("M8", "M9", "M10"):
        session.take(number, LATE)
    desk.perform(Act.STAGE_WINDOW)
    stage = session.window(StageWindow)
    stage.hall.open(out=False)
    stage.hall.name.setText("서울 시장")
    stage.hall.name.entered.emit()
    stage.hall.temperature.setText("36.4")
    stage.hall.temperature.entered.emit()
    session.wait(lambda: stage.hall.people)
    stage.hall.close_form()
    session.wait(lambda: session.is_due("M11"))
    desk.perform(Act.STANDBY)
    session.wait(lambda: stage.shown.pointer.called is not None)
    for language in LANGUAGES:
        stage.set_language(language)
        session.picture(f"stage-{language}", LAPTOP, stage)
    session.ready(stage)
    session.wait(lambda: "Ready" in desk.next.words)
    session.both("ready", LAPTOP)
    stage.close()


def on_air(session: Session) -> None:
    """Istanbul speaks: the desk as it is most of the time, and the timer in front of the speaker."""
    desk = session.desk
    for number in ("M11", "M12"):
        session.take(number, LATE)
    desk.perform(Act.TIMER_WINDOW)
    timer = session.window(TimerWindow)
    session.picture("timer", TIMER, timer)
    session.reach(session.planned("M12") + LATE + MINUTE)
    session.wait(lambda: session.is_due("M13"))
    desk.perform(Act.STANDBY)
    session.both("desk", SCREEN)
    head, outer = desk.headline, (desk.go_panel, desk.surfaces, desk.problem_list)
    assert desk.pictures is not None
    inner = (desk.sheet, desk.pictures, desk.cards, desk.today, desk.interpretation, desk.outputs)
    session.both("desk-parts", SCREEN, (head.left, head.over, head.hard, head.clock, *inner, *outer))
    session.both("desk-laptop", LAPTOP)
    session.wait(lambda: timer.face.urgency is Urgency.WARNING)
    desk.perform(Act.MESSAGE)
    desk.messages.field.setText("1")
    desk.messages.field.send(urgent=False)
    session.wait(lambda: timer.face.message)
    session.picture("timer-message", TIMER, timer)
    desk.messages.hide()
    timer.close()


def edited_and_locked(session: Session) -> None:
    """A cue further down is edited; then the show is locked, and unlocking it is armed."""
    desk = session.desk
    for _ in range(3):
        desk.perform(Act.SELECT_DOWN)
    desk.perform(Act.EDIT)
    session.both("edit", LAPTOP)
    desk.editing.panel.left.emit()
    desk.perform(Act.FOLLOW)
    desk.perform(Act.LOCK)
    session.wait(lambda: desk.shown.locked)
    desk.perform(Act.EDIT)
    session.both("lock", LAPTOP)


def frozen(session: Session) -> None:
    """Shortly before her turn a guest's picture stands still."""
    desk = session.desk
    session.take("M13", LATE)
    desk.perform(Act.GUESTS)
    session.wait(lambda: session.signal(FROZEN) is Signal.FROZEN)
    session.wait(lambda: "자카르타" in desk.problem_list.words)
    session.both("frozen", LAPTOP)


def on_paper(console: Console, folder: Path) -> None:
    """What became of the rehearsal, read from its journal as the report does."""
    opened, day = console.opened, console.day
    chosen = choose_run(opened.folder, opened.event, day, Mode.REHEARSAL, None)
    made, _ = make_report(opened, day, Mode.REHEARSAL, chosen)
    for language in LANGUAGES:
        keep_page(as_pdf(made, language), folder / f"report-{language}.png", PAPER)


def draw(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        os.environ["STUDIO_STATE_DIR"] = str(Path(home) / "state")
        os.environ["HOME"] = home
        os.environ.pop("XDG_DOCUMENTS_DIR", None)
        application = create_application()
        keep_awake(application)
        sample = first_start(application, folder)
        script = Path(home) / "guests.yaml"
        script.write_text(SCRIPT, "utf-8")
        given = [sample, "--rehearse", "--day", "2", "--clock", CLOCK, "--speed", str(SPEED), "--guests", str(script)]
        console, desk = stack.enter_context(open_desk(options_for(given, "ko")))
        desk.resize(SCREEN)
        desk.show()
        session = Session(application, desk, folder)
        session.all_live()
        before_and_keynote(session)
        standby_and_ready(session)
        on_air(session)
        edited_and_locked(session)
        frozen(session)
        on_paper(console, folder)
        desk.close()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs"
    target.mkdir(parents=True, exist_ok=True)
    draw(target)

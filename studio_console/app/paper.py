"""What the commands put on paper: Qt draws it, without a screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from studio_console.app.console import Opened
from studio_console.app.places import Mode
from studio_console.core.as_run_tables import tables
from studio_console.core.rundown import Day
from studio_console.core.text import Language, Text
from studio_console.gui import fonts, theme
from studio_console.gui.context import Context
from studio_console.gui.paper.cue_sheet import Department, cue_sheet
from studio_console.gui.paper.drift import TITLE, drift_png, drift_svg
from studio_console.gui.paper.paged import Heading
from studio_console.gui.paper.report import report_document

if TYPE_CHECKING:
    from studio_console.app.report import Report

AS_RUN = Text("진행 결과 보고서", "As-run report")


def without_a_screen(language: Language) -> QGuiApplication:
    """Qt for drawing into files; says so where no font has Korean letters."""
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        # Elsewhere the fonts come from the system that also has the screen.
        screenless = ["-platform", "offscreen"] if sys.platform.startswith(("linux", "freebsd")) else []
        application = QGuiApplication(["studio-console", *screenless])
    if not fonts.see_to_korean():
        print(theme.NO_KOREAN.show(language), file=sys.stderr)
    return application


def report_pdf(made: Report, language: Language) -> bytes:
    application = without_a_screen(language)
    report = made.report
    heading = Heading(
        made.label.show(language),
        AS_RUN.show(language),
        made.title.show(language),
        made.foot.show(language),
        loud=made.mode is Mode.REHEARSAL,
    )
    document = report_document(report, tables(report, made.names, paper=True), made.names, heading, made.zone, language)
    content = document.pdf()
    del application
    return content


def report_plot(made: Report, ending: str, language: Language) -> bytes:
    application = without_a_screen(language)
    heading = f"{made.label.show(language)}  {TITLE.show(language)} · {made.title.show(language)}"
    draw = drift_svg if ending == ".svg" else drift_png
    content = draw(made.report, heading, made.mode is Mode.REHEARSAL, made.zone, language)
    del application
    return content


def cue_sheet_pdf(
    opened: Opened, day: Day, department: Department, languages: tuple[Language, ...], stamp: Text
) -> tuple[bytes, int]:
    """The file's content, and how many pages it has."""
    application = without_a_screen(languages[0])
    context = Context(opened.event, opened.studio, opened.zone, languages[0], rehearsal=False)
    document = cue_sheet(context, day, department, languages, stamp)
    content = document.pdf()
    del application
    return content, len(document.pages)

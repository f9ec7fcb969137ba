"""Saves the report of the day that is open, from the desk. A process of its own makes it: nothing waits for it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Slot

from studio_console.app.console import Console
from studio_console.app.places import Mode
from studio_console.core.text import Text
from studio_console.core.units import datetime_of
from studio_console.devices.manners import APART, give_way
from studio_console.gui.desk import Desk
from studio_console.gui.keys import KEYS, Act

FOLDER = "reports"
"""In the event folder."""
NICE = 10
ENDS = 5_000
"""ms in which a process that is ended has to be gone."""

BEGUN = Text("보고서를 만드는 중입니다", "The report is being made")
AT_IT = Text("보고서를 이미 만들고 있습니다", "A report is being made already")
SAVED = Text("저장함: {file}", "Saved: {file}")
FAILED = Text("저장하지 못했습니다. {reason}", "Not saved. {reason}")
NO_FOLDER = Text("폴더 {folder}을(를) 만들 수 없습니다: {reason}", "the folder {folder} cannot be made: {reason}")
NO_START = Text("프로그램을 시작할 수 없습니다", "the program could not be started")


class ReportSaver(QObject):
    """Does what the desk's key for it asks: PDF and Excel, in the desk's language, named by day, mode and time."""

    def __init__(self, console: Console, desk: Desk) -> None:
        super().__init__(desk)
        self._console = console
        self._desk = desk
        self._file = Path()
        self._process = QProcess(self)
        if APART:
            self._process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        self._process.started.connect(self._begun)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._broken)
        desk.report_wanted.connect(self.save)

    @property
    def at_it(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    @Slot()
    def save(self) -> None:
        if self.at_it:
            self._say(AT_IT, True)
            return
        folder = self._console.opened.folder.resolve() / FOLDER
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            reason = NO_FOLDER.filled(folder=folder, reason=error.strerror or error)
            self._say(FAILED, True, reason=reason)
            return
        console = self._console
        moment = datetime_of(console.engine.clock.now(), console.opened.zone).strftime("%Y%m%d-%H%M%S")
        self._file = folder / f"{console.day.id}-{console.mode}-{moment}.pdf"
        self._say(BEGUN)
        self._process.start(sys.executable, self._arguments())

    def close(self) -> None:
        """Ends what is still being made."""
        self._process.blockSignals(True)
        if self.at_it:
            self._process.kill()
            self._process.waitForFinished(ENDS)

    def _arguments(self) -> list[str]:
        console = self._console
        return [
            *("-m", "studio_console", "report", str(console.opened.folder), "--day", str(console.day.id)),
            *(("--rehearsal",) if console.mode is Mode.REHEARSAL else ()),
            *("--lang", self._desk.language, "--pdf", str(self._file)),
            *("--xlsx", str(self._file.with_suffix(".xlsx"))),
        ]

    @Slot()
    def _begun(self) -> None:
        give_way(self._process.processId(), NICE)

    @Slot(int)
    def _finished(self, status: int) -> None:
        # 1 says that something of the journal was lost, and is what a program that fell over ends with, too.
        if status in (0, 1) and self._file.is_file():
            self._say(SAVED, file=f"{FOLDER}/{self._file.name}")
            return
        told = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip().splitlines()
        self._say(FAILED, True, reason=told[-1].removeprefix("studio-console: ") if told else status)

    @Slot(QProcess.ProcessError)
    def _broken(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._say(FAILED, True, reason=NO_START)

    def _say(self, text: Text, refused: bool = False, **values: object) -> None:
        self._desk.go_panel.say(KEYS[Act.REPORT].name, text, values, refused)

"""PySide6 keeps its accounts of None: no call that returns nothing takes a reference away.

PySide6 6.12.0 on CPython 3.11 lost one at nearly every such call, and after some thousand paints the process was
aborted with ``none_dealloc``. The version is held below that; this test keeps a later one from bringing it back
unseen. From CPython 3.12 on None is immortal and the counts stand still.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

CALLS = 1000
CHANCE = 50
"""Other code may take or give back a few while we count."""


class Painted(QWidget):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#0e1013"))
        painter.drawText(10, 10, "22:00")
        painter.end()


class Bell(QObject):
    rings = Signal(object)


def lost(call: Callable[[int], object]) -> int:
    """How many references to None a thousand calls cost; negative where some were gained."""
    call(0)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        call(number)
    return before - sys.getrefcount(None)


def test_setting_a_text(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert abs(lost(lambda number: label.setText(str(number)))) < CHANCE
    assert label.text() == str(CALLS - 1)


def test_painting(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(80, 20)
    assert abs(lost(lambda number: widget.grab())) < CHANCE
    assert widget.painted > CALLS


def test_painting_into_a_picture(qapp: QApplication) -> None:
    image = QImage(80, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    assert abs(lost(lambda number: painter.drawText(0, 10, str(number)))) < CHANCE
    painter.end()


def test_a_signal_and_its_slot(qapp: QApplication) -> None:
    heard: list[int] = []
    bell = Bell()
    bell.rings.connect(heard.append)
    assert abs(lost(bell.rings.emit)) < CHANCE
    assert len(heard) == CALLS + 1


def test_starting_a_timer(qapp: QApplication) -> None:
    timer = QTimer()
    assert abs(lost(lambda number: timer.start(1000 + number))) < CHANCE
    timer.stop()


def test_a_loss_would_be_noticed() -> None:
    kept: list[None] = []
    change = lost(lambda number: kept.append(None))
    assert change == 0 if sys.version_info >= (3, 12) else change < -CHANCE

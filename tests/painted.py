"""Every word that a window paints, also those that no label holds: it is painted once more, into a drawing of text."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget


def painted_words(window: QWidget) -> list[str]:
    """The pieces of text as they are painted; one text may come in several, where its signs need several fonts."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(window.size())
    painter = QPainter(drawing)
    window.render(painter, QPoint())
    painter.end()
    found = re.findall(r"<text[^>]*>(.*?)</text>", bytes(data.data()).decode(), re.DOTALL)
    return [html.unescape(words).strip() for words in found]


def told_words(window: QWidget) -> list[str]:
    """What is said without being painted: titles, tool tips, and what a screen reader is told."""
    found = [window.windowTitle()]
    for widget in (window, *window.findChildren(QWidget)):
        if widget.objectName().startswith("qt_dockwidget"):
            continue  # buttons that Qt makes for every dock, and a title bar of one's own hides for good
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip()]
    return [words for words in found if words]

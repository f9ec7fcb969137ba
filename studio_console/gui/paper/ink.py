"""Colours, measures and letters of paper."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from studio_console.gui import theme
from studio_console.gui.painting import wrapped

MM = 40.0
"""Units a millimetre. Fine enough that letters measured in them are as wide as the printer draws them."""
POINT = MM * 25.4 / 72
LEADING = 1.3

SUBSTITUTES = ("locl", "liga", "tnum")
"""Letters put in place of others are not found by a search in the file: figures of a language, and ﬁ for fi."""

INK = QColor("#111111")
QUIET = QColor("#5c6066")
RULE = QColor("#9aa0a6")
HAIR = QColor("#d0d4d8")
HEAD_GROUND = QColor("#e3e8ee")
LOOK_GROUND = QColor("#fff0cc")
BAND_GROUND = QColor("#f1f3f5")
STRIP_GROUND = QColor("#c3cedb")
LOUD = QColor("#b5181d")
WHITE = QColor("#ffffff")
LATE = QColor("#c0392b")
EARLY = QColor("#1f6f43")


@lru_cache(maxsize=64)
def letters(points: float, bold: bool = False) -> QFont:
    """The console's font at so many points on paper."""
    font = theme.plain_font(max(1, round(points * POINT)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in SUBSTITUTES:
        font.setFeature(QFont.Tag(feature), 0)
    return font


def line_height(font: QFont) -> float:
    return font.pixelSize() * LEADING


def lines_of(text: str, font: QFont, width: float, most: int = 99) -> list[str]:
    """``text`` wrapped into ``width``, its own line breaks kept."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += wrapped(font, paragraph, width, most) if width_of(paragraph, font) > width else [paragraph]
    return found[:most]


def width_of(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def write(
    painter: QPainter,
    font: QFont,
    left: float,
    top: float,
    text: str,
    colour: QColor = INK,
    width: float | None = None,
    right: bool = False,
) -> None:
    """One line whose letters stand between ``top`` and ``top`` + its height; at the right end of ``width`` if so."""
    painter.setFont(font)
    painter.setPen(colour)
    metrics = QFontMetricsF(font)
    if right and width is not None:
        left += width - metrics.horizontalAdvance(text)
    painter.drawText(
        QRectF(left, top, max(1.0, metrics.horizontalAdvance(text)) * 1.2, line_height(font)), WRITING, text
    )


WRITING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip


def rule(painter: QPainter, left: float, top: float, width: float, colour: QColor = HAIR, thick: float = 0.15) -> None:
    """A line across, ``thick`` mm."""
    painter.setPen(QPen(colour, thick * MM))
    painter.drawLine(round(left), round(top), round(left + width), round(top))

"""What each surface showed, as a strip along the time of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPen

from studio_console.core.as_run import AsRun
from studio_console.core.event_words import Names
from studio_console.core.seen_spans import SeenSpan
from studio_console.core.text import Language, Text
from studio_console.core.units import Instant, SurfaceId
from studio_console.gui.paper import ink
from studio_console.gui.paper.flow import Block
from studio_console.gui.paper.ink import MM
from studio_console.gui.paper.paged import INSIDE

TITLE = Text("출력면에 보인 것", "Seen by surface")
LEGEND = Text("번호: 큐 · ▲ 빗금: 손으로 · ? 회색: 알 수 없음", "number: cue · ▲ hatched: by hand · ? grey: not known")
STRIP, HIGH = 6.5 * MM, 5.2 * MM
NAMES_WIDE, EDGE = 17 * MM, 4 * MM
"""As in the plot of the drift above, so that the times stand below each other."""


@dataclass(frozen=True, slots=True)
class Strips:
    """A strip a surface, from ``since`` to ``until``."""

    report: AsRun
    names: Names
    since: Instant
    until: Instant
    language: Language
    again: tuple[Block, ...] = ()
    keeps_next: bool = False

    @property
    def height(self) -> float:
        return len(self._by_surface()) * STRIP + MM

    def _by_surface(self) -> dict[SurfaceId, list[SeenSpan]]:
        found: dict[SurfaceId, list[SeenSpan]] = {}
        for span in self.report.seen:
            found.setdefault(span.surface, []).append(span)
        return found

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        font = ink.letters(7.5, bold=True)
        for number, (surface, spans) in enumerate(self._by_surface().items()):
            down = top + number * STRIP
            name = self.names.surface(surface).show(self.language)
            shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, NAMES_WIDE - MM)
            ink.write(painter, font, left, down + (HIGH - ink.line_height(font)) / 2, shown)
            self._paint_spans(painter, spans, left + NAMES_WIDE, down, INSIDE - NAMES_WIDE - EDGE)

    def _paint_spans(self, painter: QPainter, spans: Sequence[SeenSpan], left: float, top: float, width: float) -> None:
        font = ink.letters(5.5)
        whole = max(1, self.until - self.since)
        for number, span in enumerate(spans):
            begin = max(self.since, span.since)
            end = min(self.until, span.until if span.until is not None else self.until)
            if end <= begin:
                continue
            box = QRectF(left + width * (begin - self.since) / whole, top, width * (end - begin) / whole, HIGH)
            painter.fillRect(box, _ground(span, number))
            painter.setPen(QPen(ink.WHITE, 0.15 * MM))
            painter.drawLine(box.topLeft(), box.bottomLeft())
            words = "▲" if span.by_hand else "?" if span.scene is None else span.cue
            wide = QFontMetricsF(font).horizontalAdvance(words)
            if words and wide + 0.4 * MM < box.width():
                down = top + (HIGH - ink.line_height(font)) / 2
                ink.write(painter, font, box.left() + (box.width() - wide) / 2, down, words)


def _ground(span: SeenSpan, number: int) -> QBrush:
    if span.by_hand:
        return QBrush(ink.LOUD, Qt.BrushStyle.BDiagPattern)
    if span.scene is None:
        return QBrush(ink.RULE)
    return QBrush(ink.HEAD_GROUND if number % 2 else ink.STRIP_GROUND)

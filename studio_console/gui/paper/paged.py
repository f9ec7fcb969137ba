"""A document of pages with its head and foot on each, as PDF or as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from studio_console.core.text import Language, Text
from studio_console.gui.paper import ink
from studio_console.gui.paper.flow import Block, Placed, pages_of
from studio_console.gui.paper.ink import MM

WIDTH, HEIGHT = 297 * MM, 210 * MM
MARGIN = 10 * MM
HEAD = 14 * MM
FOOT = 6 * MM
INSIDE = WIDTH - 2 * MARGIN
ROOM = HEIGHT - 2 * MARGIN - HEAD - FOOT
DPI = 1200

PAGE_OF = Text("{page} / {pages}쪽", "page {page} of {pages}")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on every page. ``label`` is in large letters in a box, in red where it is ``loud``; ``stamp`` at the
    right below that: which version it is, and when it was printed."""

    label: str
    title: str
    subtitle: str
    foot: str
    loud: bool = False
    stamp: str = ""


class Document:
    def __init__(self, blocks: Sequence[Block], heading: Heading, language: Language) -> None:
        self._heading = heading
        self._language = language
        self.pages: list[list[Placed]] = pages_of(blocks, ROOM)

    def pdf(self) -> bytes:
        """The file's content."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(DPI)
        writer.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0, 0, 0))
        )
        writer.setTitle(" · ".join(part for part in (self._heading.label, self._heading.title) if part))
        writer.setCreator("Studio Console")
        painter = QPainter(writer)
        try:
            scale = DPI / 25.4 / MM
            painter.scale(scale, scale)
            for number in range(len(self.pages)):
                if number:
                    writer.newPage()
                self._paint(painter, number)
        finally:
            painter.end()
        return bytes(buffer.data().data())

    def picture(self, number: int, pixels: int = 2000) -> QImage:
        """Page ``number``, counted from 0, so many pixels wide."""
        scale = pixels / WIDTH
        image = QImage(pixels, round(HEIGHT * scale), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
            painter.scale(scale, scale)
            self._paint(painter, number)
        finally:
            painter.end()
        return image

    def _paint(self, painter: QPainter, number: int) -> None:
        self._paint_head(painter)
        for placed in self.pages[number]:
            placed.block.paint(painter, MARGIN, MARGIN + HEAD + placed.top)
        self._paint_foot(painter, number)

    def _paint_head(self, painter: QPainter) -> None:
        heading = self._heading
        left = MARGIN
        if heading.label:
            font = ink.letters(15, bold=True)
            box = QRectF(left, MARGIN, QFontMetricsF(font).horizontalAdvance(heading.label) + 6 * MM, 10 * MM)
            painter.setPen(QPen(ink.LOUD if heading.loud else ink.INK, 0.5 * MM))
            painter.setBrush(ink.LOUD if heading.loud else ink.WHITE)
            painter.drawRect(box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setFont(font)
            painter.setPen(ink.WHITE if heading.loud else ink.INK)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, heading.label)
            left = box.right() + 4 * MM
        width = WIDTH - MARGIN - left
        title, small = ink.letters(13, bold=True), ink.letters(8.5)
        ink.write(painter, title, left, MARGIN - 0.6 * MM, ink.lines_of(heading.title, title, width, 1)[0])
        subtitle = ink.lines_of(heading.subtitle, small, width, 1)[0]
        ink.write(painter, small, left, MARGIN + 6 * MM, subtitle, ink.QUIET)
        if heading.stamp:
            least = ink.letters(7.5)
            stamp = ink.lines_of(heading.stamp, least, width, 1)[0]
            ink.write(painter, least, left, MARGIN + 10.3 * MM, stamp, ink.INK, width, right=True)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        font = ink.letters(7.5)
        top = HEIGHT - MARGIN - FOOT + 2 * MM
        ink.rule(painter, MARGIN, top - 0.8 * MM, INSIDE, ink.RULE)
        page = PAGE_OF.show(self._language, page=number + 1, pages=len(self.pages))
        place = QFontMetricsF(font).horizontalAdvance(page) + 4 * MM
        foot = ink.lines_of(self._heading.foot, font, INSIDE - place, 1)[0]
        ink.write(painter, font, MARGIN, top, foot, ink.QUIET)
        ink.write(painter, font, MARGIN, top, page, ink.INK, INSIDE, right=True)

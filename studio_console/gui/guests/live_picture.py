"""What OBS shows, by its own small pictures. An old picture is dim and says since when it is: it is never current."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from studio_console.core.studio import Size
from studio_console.gui import theme
from studio_console.gui.guests.framed import FULL_HD, NONE, FramedPicture
from studio_console.gui.painting import rounded, wrapped

OLD = QColor(0, 0, 0, 150)
MARGIN = 16
"""px that are left free beside a notice."""
STEP = 1.3
SIZES = (0.94, 0.86, 0.78, 0.7)
MOST = 4


class LivePicture(FramedPicture):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(NONE, parent)
        self._canvas = FULL_HD
        self._image: QImage | None = None
        self._old = ""

    @property
    def canvas(self) -> Size:
        return self._canvas

    @property
    def words(self) -> str:
        return " ".join(part for part in (super().words, self._old) if part)

    @property
    def is_dim(self) -> bool:
        """Whether it is an old picture, or none."""
        return bool(self._old)

    def show_image(self, canvas: Size, image: QImage | None, old: str) -> None:
        """``old`` says why the picture is not the one of now; empty while it is."""
        self._canvas, self._image = canvas, image
        if old != self._old:
            self._old = old
            self.tell_words()
        self.update()

    def forget(self) -> None:
        """The picture's memory is not to be painted from any more."""
        self._image = None

    def paint_picture(self, painter: QPainter, whole: QRectF) -> None:
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(whole, self._image, QRectF(self._image.rect()))
        if not self._old:
            return
        painter.fillRect(whole, OLD)
        lines, font = self.notice(whole)
        metrics, step = QFontMetricsF(font), font.pixelSize() * STEP
        box = QRectF(0, 0, max(map(metrics.horizontalAdvance, lines)) + MARGIN, len(lines) * step + MARGIN / 2)
        box.moveCenter(whole.center())
        rounded(painter, box, theme.AMBER_GROUND)
        painter.setFont(font)
        painter.setPen(theme.AMBER)
        for place, line in enumerate(lines):
            top = box.top() + MARGIN / 4 + place * step
            painter.drawText(QRectF(box.left(), top, box.width(), step), Qt.AlignmentFlag.AlignCenter, line)

    def notice(self, whole: QRectF) -> tuple[list[str], QFont]:
        """Why the picture is not the one of now, in as many lines as it needs in ``whole``, smaller where they are
        too high."""
        for size in SIZES:
            font = theme.sized(self.font(), size, bold=True)
            lines = wrapped(font, self._old, whole.width() - MARGIN, MOST)
            if len(lines) * font.pixelSize() * STEP + MARGIN / 2 <= whole.height():
                break
        return lines, font

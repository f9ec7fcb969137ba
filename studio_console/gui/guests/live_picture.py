"""What OBS shows, by its own small pictures. An old picture is dim and says since when it is: it is never current."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from studio_console.core.studio import Size
from studio_console.gui import theme
from studio_console.gui.guests.framed import FULL_HD, NONE, FramedPicture
from studio_console.gui.painting import elided, rounded

OLD = QColor(0, 0, 0, 150)


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
            self.setAccessibleName(self.words)
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
        font = theme.sized(self.font(), 0.94, bold=True)
        metrics = QFontMetricsF(font)
        words = elided(metrics, self._old, whole.width() - 16)
        box = QRectF(0, 0, metrics.horizontalAdvance(words) + 16, font.pixelSize() * 1.8)
        box.moveCenter(whole.center())
        rounded(painter, box, theme.AMBER_GROUND)
        painter.setFont(font)
        painter.setPen(theme.AMBER)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

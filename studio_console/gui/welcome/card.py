"""A choice as a card: what it is, and in small what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio_console.gui import theme
from studio_console.gui.painting import elided, line_height, rounded, wrapped

TITLE_SIZE = 1.18
MOST_LINES = 4


class ChoiceCard(QAbstractButton):
    """Pressed by a click, its key, Space or Enter. A checkable one is one of several, marked ● or ○."""

    def __init__(self, key: str = "", checkable: bool = False, parent: QWidget | None = None) -> None:
        """With a ``key``, which is shown, it is one of the first page's: with more room around its words."""
        super().__init__(parent)
        self._room = 2.0 if key else 1.0
        self._title = ""
        self._note = ""
        self._key = key
        self._warns = False
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def words(self) -> str:
        return f"{self._title}\n{self._note}"

    def set_title(self, title: str) -> None:
        self._title = title
        self._told()

    def set_note(self, note: str) -> None:
        self._note = note
        self._told()

    def set_warning(self, warns: bool) -> None:
        """Whether choosing it is grave: red where it is checked."""
        self._warns = warns
        self.update()

    def _told(self) -> None:
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self._note)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self.font().pixelSize()
        lines = len(self._lines(width - self._left - size))
        return round(size * (0.55 * self._room + 0.75) + self._title_size * 1.4 + lines * line_height(self.font()))

    @property
    def _title_size(self) -> float:
        return self.font().pixelSize() * TITLE_SIZE * (1.15 if self._key else 1.0)

    def sizeHint(self) -> QSize:
        return QSize(320, self.heightForWidth(max(self.width(), 280)))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.heightForWidth(max(self.width(), 280)))

    @property
    def _left(self) -> float:
        return self.font().pixelSize() * (2.2 if self.isCheckable() else self._room * 0.7)

    def _lines(self, width: float) -> list[str]:
        return wrapped(self.font(), self._note, max(60.0, width), MOST_LINES) if self._note else []

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground, frame, title = self._colours()
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        rounded(painter, box, ground, frame, 2)
        base = self.font()
        size = base.pixelSize()
        font = theme.sized(base, self._title_size / size, bold=True)
        left, right = self._left, self.width() - size * 0.9
        baseline = size * 0.5 * self._room + font.pixelSize() * 1.1
        painter.setFont(font)
        painter.setPen(title)
        if self.isCheckable():
            painter.drawText(QPointF(size * 0.8, baseline), "●" if self.isChecked() else "○")
        if self._key:
            painter.setPen(theme.QUIET)
            width = QFontMetricsF(font).horizontalAdvance(self._key)
            painter.drawText(QPointF(right - width, baseline), self._key)
            right -= width + size
            painter.setPen(title)
        painter.drawText(QPointF(left, baseline), elided(QFontMetricsF(font), self._title, right - left))
        painter.setFont(base)
        painter.setPen(theme.QUIET if self.isEnabled() else theme.DIM)
        for line in self._lines(self.width() - self._left - size):
            baseline += line_height(base)
            painter.drawText(QPointF(left, baseline + size * 0.1), line)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        if not self.isEnabled():
            return theme.GROUND, theme.LINE, theme.DIM
        frame = theme.BLUE if self.hasFocus() else theme.LINE
        if self.isChecked():
            return (
                (theme.RED_GROUND if self._warns else theme.BLUE_GROUND),
                (theme.WHITE if self.hasFocus() else theme.RED if self._warns else theme.BLUE),
                theme.TEXT,
            )
        if self.underMouse() or self.isDown():
            return theme.LINE, frame, theme.WHITE
        return theme.RAISED, frame, theme.TEXT

"""What is said under a field of an editor: a sentence, or as much of a list as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from studio_console.gui.painting import wrapped

BETWEEN = " · "
MOST = 3
"""So many lines of a list are seen; an editor has other fields."""
SLACK = 4
"""px by which a label may wrap earlier than is reckoned here."""


class Under(QLabel):
    """Hidden while there is nothing to say. Whole names only: what does not fit is counted, and in the tooltip."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._more: Callable[[int], str] = str
        self.setWordWrap(True)
        self.hide()

    def say(self, text: str) -> None:
        self._names = ()
        self.setToolTip("")
        self.setText(text)

    def list_names(self, names: Sequence[str], more: Callable[[int], str]) -> None:
        """``more`` says how many are not shown."""
        self._names, self._more = tuple(names), more
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._names:
            self._fit()

    def _fit(self) -> None:
        shown = listed(self.font(), self._names, self.width() - SLACK, self._more)
        whole = BETWEEN.join(self._names)
        self.setToolTip("" if shown == whole else whole)
        self.setText(shown)


def listed(font: QFont, names: Sequence[str], width: float, more: Callable[[int], str]) -> str:
    """As many of ``names`` as fit into ``MOST`` lines of ``width`` px, and how many there are besides."""
    for count in range(len(names), 0, -1):
        left = len(names) - count
        text = BETWEEN.join((*names[:count], *((more(left),) if left else ())))
        if len(wrapped(font, text, width, MOST + 1)) <= MOST:
            return text
    return more(len(names)) if names else ""

"""Words that do not fit: cut with an ellipsis, and left out where nothing of them would be left."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from studio_console.gui.painting import elided


def test_an_ellipsis_is_never_all_that_is_left(qtbot: QtBot) -> None:
    """Beside PGM · ON AIR there is room for a letter of the cue's number, or for none of it."""
    metrics = QFontMetricsF(QFont())
    words = "M12 · Remote, large"
    whole = metrics.horizontalAdvance(words)
    shown = {elided(metrics, words, width) for width in range(int(whole) + 2)}
    assert words in shown
    assert "" in shown
    assert "…" not in shown
    assert any(text.endswith("…") for text in shown)

"""The Qt application: its look, its fonts, and what happens to errors that nobody caught."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from studio_console.gui import theme
from studio_console.gui.failures import Failures


def create_application(argv: Sequence[str]) -> QApplication:
    """Call once, after ``screen.screen_problem`` has found none: without a screen Qt ends the process."""
    app = QApplication(list(argv))
    app.setApplicationName("studio-console")
    app.setApplicationDisplayName("Studio Console")
    theme.apply(app)
    Failures(app).install()
    return app

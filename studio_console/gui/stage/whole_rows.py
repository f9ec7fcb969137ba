"""Lists that show whole rows only: one that is cut at the foot reads as something that is missing."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListView


def room_for_rows(view: QListView) -> QSize:
    """All the room that rows could have, in px."""
    viewport = view.viewport().size()
    return QSize(viewport.width(), viewport.height() + view.viewportMargins().bottom())


def leave_rest_empty(view: QListView, row: int) -> None:
    """What is left over below the last whole row of ``row`` px shows nothing."""
    view.setViewportMargins(0, 0, 0, room_for_rows(view).height() % row)

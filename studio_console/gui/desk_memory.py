"""The layouts that a user made, one for each set-up of screens, as one remembered text."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QRect

from studio_console.core.ports import Remembered

MOST = 8
"""So many set-ups of screens are remembered: the newest."""


class Layout(NamedTuple):
    panels: tuple[str, ...]
    """All that there were when it was kept: with other ones it is none."""
    closed: tuple[str, ...]
    start: str
    """The name of the start layout that it is, but for what is closed; empty for one of the user's own."""
    floating: Mapping[str, QRect]
    """Where those are that are windows of their own."""
    state: QByteArray
    """As QMainWindow gives it."""


def screens_word(screens: Sequence[QRect]) -> str:
    """What a set-up of screens is known by: their number, sizes and places."""
    return " ".join(sorted(f"{rect.width()}x{rect.height()}{rect.x():+}{rect.y():+}" for rect in screens))


class DeskMemory:
    """What is broken or of another form was never there."""

    def __init__(self, remembered: Remembered | None) -> None:
        self._remembered = remembered
        self._kept: dict[str, Any] = _read(remembered.read()) if remembered is not None else {}

    def find(self, screens: str) -> Layout | None:
        entry: Any = self._kept.get(screens)
        try:
            state = base64.b64decode(entry["state"], validate=True)
            floating = {str(name): QRect(*map(int, place)) for name, place in entry["floating"].items()}
            panels, closed = (tuple(map(str, entry[name])) for name in ("panels", "closed"))
            return Layout(panels, closed, str(entry["start"]), floating, QByteArray(state))
        except (TypeError, KeyError, ValueError, AttributeError, OverflowError):
            return None

    def keep(self, screens: str, layout: Layout) -> None:
        self._kept.pop(screens, None)
        while len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        state = base64.b64encode(layout.state.data()).decode("ascii")
        floating = {name: rect.getRect() for name, rect in layout.floating.items()}
        self._kept[screens] = {
            "panels": layout.panels,
            "closed": layout.closed,
            "start": layout.start,
            "floating": floating,
            "state": state,
        }
        self._write()

    def forget(self, screens: str) -> None:
        if self._kept.pop(screens, None) is not None:
            self._write()

    def _write(self) -> None:
        if self._remembered is not None:
            self._remembered.write(json.dumps(self._kept))


def _read(words: str) -> dict[str, Any]:
    try:
        kept = json.loads(words) if words else {}
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}

"""Where the panels stand at the start: on a laptop, on a desk's screen, on two screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from studio_console.gui.panels import CUES, OUTPUTS, PICTURES, SOUND, TODAY, Panel

RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
WIDE = 1700
"""px. From this width on there is room for two columns beside the cue sheet."""
ROOMY = 0.66
"""So wide the docks at the right are, by what they are else, where the middle holds the wall of guests."""
BEHIND_WORDS = (TODAY, SOUND, OUTPUTS)
PLACED = frozenset((PICTURES, CUES, TODAY, SOUND, OUTPUTS))

Docks = Mapping[str, QDockWidget]


class Start(Enum):
    LAPTOP = auto()
    DESK = auto()
    TWO_SCREENS = auto()
    """The pictures fill the second screen. Never chosen by itself: the second screen may be what the hall sees."""


def start_for(size: QSize) -> Start:
    """The layout on one screen for a window of this size."""
    return Start.DESK if size.width() >= WIDE else Start.LAPTOP


def states(panels: Sequence[Panel]) -> Mapping[Start, QByteArray]:
    """The layouts as QMainWindow restores them: it knows docks by their names alone.

    They are made in windows of their own, because one that is laid out twice keeps the tabs of the first time.
    """
    laptop = _state(panels, _place_on_laptop)
    # Without the pictures there is room enough for what is left.
    return {Start.LAPTOP: laptop, Start.DESK: _state(panels, _place_on_desk), Start.TWO_SCREENS: laptop}


def _state(panels: Sequence[Panel], place: Callable[[QMainWindow, Docks], None]) -> QByteArray:
    window = QMainWindow()
    docks = {panel.id: QDockWidget(window) for panel in panels}
    for name, dock in docks.items():
        dock.setObjectName(name)
    place(window, docks)
    for panel in panels:
        if panel.id not in PLACED:
            window.tabifyDockWidget(docks[panel.behind], docks[panel.id])
    docks[CUES].raise_()
    return window.saveState()


def resize(window: QMainWindow, docks: Docks, start: Start, roomy: bool) -> None:
    """Gives the docks of a start layout their shares. ``roomy``: the middle holds more than the cue sheet."""
    share = _size_on_desk if start is Start.DESK else _size_on_laptop

    def give(along: Qt.Orientation, **parts: float) -> None:
        seen = {name: part for name, part in parts.items() if _stands(docks[name])}
        whole = window.width() if along is ACROSS else window.height()
        if seen:
            window.resizeDocks([docks[name] for name in seen], [round(whole * part) for part in seen.values()], along)

    share(give, _stands(docks[PICTURES]), ROOMY if roomy else 1.0)
    if roomy and share is _size_on_laptop:
        # As narrow as they are then, pictures need less height and words more.
        give(DOWN, **{PICTURES: 0.42, CUES: 0.58})


def _stands(dock: QDockWidget) -> bool:
    return not dock.isHidden() and not dock.isFloating()


def _place_on_laptop(window: QMainWindow, docks: Docks) -> None:
    """All of the height for the cue sheet; at its right pictures over words, with the rest behind tabs of these."""
    window.addDockWidget(RIGHT, docks[PICTURES])
    window.splitDockWidget(docks[PICTURES], docks[CUES], DOWN)
    for name in BEHIND_WORDS:
        window.tabifyDockWidget(docks[CUES], docks[name])


def _place_on_desk(window: QMainWindow, docks: Docks) -> None:
    """Two columns beside the cue sheet: pictures over the day, words over what is heard and where it goes."""
    window.addDockWidget(RIGHT, docks[PICTURES])
    window.splitDockWidget(docks[PICTURES], docks[CUES], ACROSS)
    window.splitDockWidget(docks[PICTURES], docks[TODAY], DOWN)
    window.splitDockWidget(docks[CUES], docks[SOUND], DOWN)
    window.splitDockWidget(docks[SOUND], docks[OUTPUTS], DOWN)


Give = Callable[..., None]


def _size_on_laptop(give: Give, pictures: bool, wide: float) -> None:
    give(ACROSS, **({PICTURES: 0.55 * wide} if pictures else {CUES: 0.36}))
    if pictures:
        give(DOWN, **{PICTURES: 0.53, CUES: 0.47})


def _size_on_desk(give: Give, pictures: bool, wide: float) -> None:
    give(ACROSS, **{PICTURES if pictures else TODAY: 0.34 * wide, CUES: 0.21 * wide})
    give(DOWN, **{PICTURES: 0.76, TODAY: 0.24})
    give(DOWN, **{CUES: 0.61, SOUND: 0.18, OUTPUTS: 0.21})

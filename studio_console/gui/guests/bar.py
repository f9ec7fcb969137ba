"""The line above cue sheet and wall: which of the two is seen, which guests, whom to find, which page."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio_console.core.guest_list import Filter
from studio_console.core.text import Text
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.chip import Chip
from studio_console.gui.guests.search import SearchField
from studio_console.gui.keys import KEYS, Act

SHEET = Text("큐시트", "Cue sheet")
GUESTS = Text("원격 {live}/{all}", "Remote {live}/{all}")
PAGES = Text("{page}/{count}쪽", "Page {page}/{count}")
FILTERS = {
    Act.TODAY: Filter.TODAY,
    Act.SESSION: Filter.SESSION,
    Act.NEXT_THREE: Filter.NEXT_THREE,
    Act.NOT_READY: Filter.NOT_READY,
}


class GuestBar(QWidget):
    def __init__(self, actions: Mapping[Act, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet, self.guests, self.page = Chip(self), Chip(self), Chip(self)
        self.filters = {act: Chip(self) for act in FILTERS}
        self.search = SearchField(self)
        self.search.setMinimumWidth(80)
        self.search.setMaximumWidth(260)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sheet.clicked.connect(actions[Act.GUESTS].trigger)
        self.guests.clicked.connect(actions[Act.GUESTS].trigger)
        self.page.clicked.connect(actions[Act.PAGE_DOWN].trigger)
        for act, chip in self.filters.items():
            chip.clicked.connect(actions[act].trigger)
        self.guests.set_colours(theme.TEXT, theme.RAISED)
        self.sheet.set_colours(theme.TEXT, theme.RAISED)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        line.addWidget(self.sheet)
        line.addWidget(self.guests)
        line.addSpacing(4)
        for chip in self.filters.values():
            line.addWidget(chip)
        line.addWidget(self.search, 1)
        line.addStretch(0)
        line.addWidget(self.page)

    def show_state(
        self, context: Context, live: int, count: int, wall: bool, which: Filter, page: int, pages: int
    ) -> None:
        """``live`` of ``count`` guests bring a good picture; ``wall`` while they are seen, page ``page`` (from 0)."""
        say = context.say
        key = KEYS[Act.GUESTS].shown
        self.sheet.set_label(say(SHEET), key if wall else "", not wall)
        self.guests.set_label(say(GUESTS, live=live, all=count), "" if wall else key, wall)
        for act, chip in self.filters.items():
            chip.set_label(say(KEYS[act].name), KEYS[act].shown, FILTERS[act] is which)
            chip.setVisible(wall)
        self.search.set_context(context)
        self.search.setVisible(wall)
        keys = f"{KEYS[Act.PAGE_UP].shown} {KEYS[Act.PAGE_DOWN].shown}"
        self.page.set_label(say(PAGES, page=page + 1, count=pages), keys)
        self.page.setVisible(wall and pages > 1)

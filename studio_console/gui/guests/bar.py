"""The line above cue sheet and wall: which of the two is seen, which guests, whom to find, which page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
PAGES = Text("{page}/{count}쪽", "p. {page}/{count}")
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
        self.led, self.roll = Chip(self), Chip(self)
        self.filters = {act: Chip(self) for act in FILTERS}
        self.search = SearchField(self)
        self.search.setMinimumWidth(80)
        self.search.setMaximumWidth(260)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.sheet.clicked.connect(actions[Act.GUESTS].trigger)
        self.guests.clicked.connect(actions[Act.GUESTS].trigger)
        self.page.clicked.connect(actions[Act.PAGE_DOWN].trigger)
        for chip, act in ((self.led, Act.LED), (self.roll, Act.ROLL_CALL)):
            chip.clicked.connect(actions[act].trigger)
            chip.set_colours(theme.TEXT, theme.RAISED)
        for act, chip in self.filters.items():
            chip.clicked.connect(actions[act].trigger)
        self.guests.set_colours(theme.TEXT, theme.RAISED)
        self.sheet.set_colours(theme.TEXT, theme.RAISED)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        line.addWidget(self.sheet)
        line.addWidget(self.guests)
        line.addWidget(self.led)
        line.addWidget(self.roll)
        line.addSpacing(4)
        for chip in self.filters.values():
            line.addWidget(chip)
        line.addWidget(self.search, 1)
        line.addStretch(0)
        line.addWidget(self.page)

    def show_state(
        self,
        context: Context,
        live: int,
        count: int,
        view: Act | None,
        which: Filter,
        page: int,
        pages: int,
        others: Collection[Act] = (),
    ) -> None:
        """``live`` of ``count`` guests bring a good picture; ``view`` is the act whose view is seen, None: the sheet.

        While that is the guests, page ``page`` (from 0) is seen. ``others`` are the further views that there are.
        """
        say = context.say
        wall = view is Act.GUESTS
        # One key goes there and back: it stands on what it leads to.
        back = KEYS[view].shown if view is not None else ""
        self.sheet.set_label(say(SHEET), back, view is None)
        self.guests.set_label(say(GUESTS, live=live, all=count), "" if wall else KEYS[Act.GUESTS].shown, wall)
        for chip, act in ((self.led, Act.LED), (self.roll, Act.ROLL_CALL)):
            chip.set_label(say(KEYS[act].name), "" if view is act else KEYS[act].shown, view is act)
            chip.setVisible(act in others)
        for act, chip in self.filters.items():
            chip.set_label(say(KEYS[act].name), KEYS[act].shown, FILTERS[act] is which)
            chip.setVisible(wall)
        self.search.set_context(context)
        self.search.setVisible(wall)
        keys = f"{KEYS[Act.PAGE_UP].shown} {KEYS[Act.PAGE_DOWN].shown}"
        self.page.set_label(say(PAGES, page=page + 1, count=pages), keys)
        self.page.setVisible(wall and pages > 1)

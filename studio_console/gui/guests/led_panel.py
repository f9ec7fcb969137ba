"""The LED wall twice: as it is seen to be, and as the next cue or a hand makes it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.wall_picture import walls
from studio_console.gui.guests import framed
from studio_console.gui.guests.framed import Head
from studio_console.gui.guests.led_picture import LedPicture
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.surface_views import SurfaceViews
from studio_console.gui.guests.words import AIR_WORDS, ARMED_WORD, Air, Board, old_pictures

NOW = Text("{wall} 송출 중", "{wall} ON AIR")
NEXT = Text("{wall} NEXT 예정", "{wall} NEXT")
ARMED = Text("{wall} 준비 ARMED", "{wall} ARMED")
GAP = 6


class LedPanel(QWidget):
    """Of the first surface that is an LED wall; hidden where the studio has none."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None, beside: bool = False) -> None:
        """``beside``: the two stand side by side, else one below the other."""
        super().__init__(parent)
        self._beside = beside
        self._armed = False
        self.now = LedPicture(pictures, framed.ON_AIR, self)
        self.next = LedPicture(pictures, framed.NEXT, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._views = SurfaceViews()

    def say(self, board: Board) -> None:
        """Draws both anew where they are something else."""
        found = walls(board.context.studio)
        self.setVisible(bool(found))
        if not found:
            return
        wall, context, dim = found[0], board.context, old_pictures(board.show)
        seen, coming = self._views.seen(board, wall), self._views.coming(board, wall)
        self._armed = coming.armed
        self.now.show_picture(context, seen.picture, dim)
        say, called = context.say, context.say(wall.title)
        head = Head(say(NOW, wall=wall.title), say(AIR_WORDS[Air.ON_AIR]), called)
        self.now.set_words(framed.ON_AIR if seen.picture is not None else framed.NONE, head, seen.note)
        self.next.show_picture(context, coming.picture if coming.picture is not None else seen.picture, dim)
        state = say(ARMED_WORD if coming.armed else AIR_WORDS[Air.NEXT])
        head = Head(say(ARMED if coming.armed else NEXT, wall=wall.title), state, called)
        self.next.set_words(framed.ARMED if coming.armed else framed.NEXT, head, coming.note)
        self._place()

    @property
    def armed(self) -> bool:
        """Whether the second picture is what is armed, and not the next cue's."""
        return self._armed

    @property
    def guests(self) -> frozenset[PersonId]:
        """Who is seen in one of them."""
        return self.now.guests | self.next.guests

    def look(self, moved: Collection[str]) -> None:
        """Repaints those in which one of ``moved`` is seen, or something else has another picture."""
        for picture in (self.now, self.next):
            picture.look()
            if not picture.guests.isdisjoint(moved):
                picture.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), 2 * self.now.heightForWidth(self.width()) + GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """As high as their canvas is wide, or lower where there is no room for that."""
        if self._beside:
            width = (self.width() - GAP) // 2
            for place, picture in enumerate((self.now, self.next)):
                height = min(picture.heightForWidth(width), self.height())
                picture.setGeometry(place * (width + GAP), 0, width, height)
            return
        top, most = 0, (self.height() - GAP) // 2
        for picture in (self.now, self.next):
            height = min(picture.heightForWidth(self.width()), most)
            picture.setGeometry(0, top, self.width(), height)
            top += height + GAP

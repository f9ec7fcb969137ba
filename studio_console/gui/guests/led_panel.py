"""The LED wall twice: as it is seen to be, and as the next cue makes it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.guests import GOOD, guest_of
from studio_console.core.rundown import Cue
from studio_console.core.show import next_cue, surface_of
from studio_console.core.studio import Surface
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.wall_picture import WallPicture, cue_seen, wall_picture, walls
from studio_console.gui.guests.led_picture import LedPicture
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.words import Board

NOW = Text("{wall} 송출 중", "{wall} ON AIR")
NEXT = Text("{wall} NEXT 준비", "{wall} NEXT")
UNCHANGED = Text("바꾸지 않음", "unchanged")
NOTHING = Text("다음 큐 없음", "nothing next")
UNKNOWN = Text("연결 끊김: 알 수 없음", "no link: not known")
OTHER = Text("‘{scene}’ (큐시트에 없음)", "‘{scene}’ (not a cue's)")
GAP = 6


class LedPanel(QWidget):
    """Of the first surface that is an LED wall; hidden where the studio has none."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.now = LedPicture(pictures, False, self)
        self.next = LedPicture(pictures, True, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._known: dict[tuple[str, bool], tuple[tuple[object, ...], WallPicture | None]] = {}

    def say(self, board: Board) -> None:
        """Draws both anew where they are something else."""
        found = walls(board.context.studio)
        self.setVisible(bool(found))
        if not found:
            return
        wall, show, say = found[0], board.show, board.context.say
        dim = frozenset(guest for guest in show.rundown.guests if guest_of(show, guest).signal not in GOOD)
        state = surface_of(show, wall.id)
        seen = cue_seen(show, wall)
        picture = self._picture(board, seen, wall, False)
        note = f"{seen.number} · {say(picture.title)}" if seen is not None and picture is not None else say(UNKNOWN)
        if seen is None and state.connected:
            note = say(OTHER, scene=state.seen or "?")
        self.now.show_picture(board.context, picture, say(NOW, wall=wall.title), note, dim)
        following = next_cue(show)
        coming = self._picture(board, following, wall, True)
        if following is None:
            note = say(NOTHING)
        else:
            note = f"{following.number} · {say(coming.title if coming is not None else UNCHANGED)}"
        if coming is None and following is not None:
            coming = picture
        self.next.show_picture(board.context, coming, say(NEXT, wall=wall.title), note, dim)
        self._place()

    @property
    def guests(self) -> frozenset[PersonId]:
        """Who is seen in one of them."""
        return self.now.guests | self.next.guests

    def look(self, moved: Collection[PersonId]) -> None:
        """Repaints those in which one of ``moved`` is seen."""
        for picture in (self.now, self.next):
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
        """One below the other, as high as their canvas is wide, or lower where there is no room for that."""
        top, most = 0, (self.height() - GAP) // 2
        for picture in (self.now, self.next):
            height = min(picture.heightForWidth(self.width()), most)
            picture.setGeometry(0, top, self.width(), height)
            top += height + GAP

    def _picture(self, board: Board, cue: Cue | None, wall: Surface, armed: bool) -> WallPicture | None:
        """Worked out once for a cue, as long as the files stay."""
        if cue is None:
            return None
        key = (cue, wall, board.context.event, board.context.studio)
        known = self._known.get((wall.id, armed))
        if known is None or any(one is not other for one, other in zip(known[0], key, strict=True)):
            known = key, wall_picture(cue, wall, board.context.event, board.context.studio)
            self._known[wall.id, armed] = known
        return known[1]

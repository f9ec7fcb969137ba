"""The LED wall twice: as it is seen to be, and as the next cue makes it."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.arrangement import Arrangement, page_count
from studio_console.core.guests import GOOD, guest_of
from studio_console.core.rundown import Cue
from studio_console.core.show import ArmedWall, cue_of, next_cue, surface_of
from studio_console.core.studio import Surface
from studio_console.core.text import Text
from studio_console.core.units import PersonId
from studio_console.core.wall_picture import (
    WallPicture,
    arrangement_picture,
    cue_seen,
    holding_picture,
    wall_picture,
    walls,
)
from studio_console.core.wall_state import wall_of
from studio_console.gui.guests.led_picture import LedPicture
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.words import Board

NOW = Text("{wall} 송출 중", "{wall} ON AIR")
NEXT = Text("{wall} NEXT 예정", "{wall} NEXT")
ARMED = Text("{wall} 준비 ARMED", "{wall} ARMED")
HOLDING = Text("대기 화면", "holding slide")
BY_HAND = Text("손으로 · {layout}", "by hand · {layout}")
BUILDING = Text("만드는 중…", "being built…")
READY = Text("✓ Shift+W 보내기", "✓ Shift+W takes it")
FAILED = Text("✕ 준비하지 못함", "✕ not built")
PAGE = Text("{page}/{count}쪽", "page {page}/{count}")
UNCHANGED = Text("바꾸지 않음", "unchanged")
NOTHING = Text("다음 큐 없음", "nothing next")
UNKNOWN = Text("연결 끊김: 알 수 없음", "no link: not known")
OTHER = Text("‘{scene}’ (큐시트에 없음)", "‘{scene}’ (not a cue's)")
GAP = 6


class LedPanel(QWidget):
    """Of the first surface that is an LED wall; hidden where the studio has none."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None, beside: bool = False) -> None:
        """``beside``: the two stand side by side, else one below the other."""
        super().__init__(parent)
        self._pictures = pictures
        self._beside = beside
        self._armed = False
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
        picture, note = self._seen(board, wall)
        self.now.show_picture(board.context, picture, say(NOW, wall=wall.title), note, dim)
        armed = wall_of(show, wall.id).armed
        self._armed = armed is not None
        if armed is not None:
            coming = self._arranged(board, armed.arrangement, wall, True)
            note = f"{_layout_words(board, armed.arrangement)} · {_state_words(board, armed)}"
            self.next.show_picture(board.context, coming, say(ARMED, wall=wall.title), note, dim)
        else:
            coming, note = self._coming(board, wall)
            self.next.show_picture(board.context, coming or picture, say(NEXT, wall=wall.title), note, dim)
        self._place()

    def _seen(self, board: Board, wall: Surface) -> tuple[WallPicture | None, str]:
        """What the wall is seen to show, and what that is."""
        show, say = board.show, board.context.say
        state, by_hand = surface_of(show, wall.id), wall_of(show, wall.id)
        if state.connected and state.seen is not None:
            if state.seen == show.rundown.holding.get(wall.id):
                return holding_picture(wall, board.context.event, board.context.studio), say(HOLDING)
            if by_hand.live is not None and state.seen == by_hand.live.scene:
                live = by_hand.live.arrangement
                words = say(BY_HAND, layout=_layout_words(board, live))
                return self._arranged(board, live, wall, False), words
        seen = cue_seen(show, wall)
        picture = self._picture(board, seen, wall, False)
        if seen is not None and picture is not None:
            return picture, f"{seen.number} · {say(picture.title)}"
        return picture, say(OTHER, scene=state.seen or "?") if state.connected else say(UNKNOWN)

    def _coming(self, board: Board, wall: Surface) -> tuple[WallPicture | None, str]:
        say, following = board.context.say, next_cue(board.show)
        if following is None:
            return None, say(NOTHING)
        coming = self._picture(board, following, wall, True)
        return coming, f"{following.number} · {say(coming.title if coming is not None else UNCHANGED)}"

    def _arranged(self, board: Board, made: Arrangement, wall: Surface, armed: bool) -> WallPicture | None:
        context, show = board.context, board.show
        key = (made, cue_of(show, made.cue), wall, context.event, context.studio, show.roll_call)
        return self._kept(
            (wall.id, armed),
            key,
            lambda: arrangement_picture(made, key[1], wall, context.event, context.studio, show.roll_call),
        )

    @property
    def armed(self) -> bool:
        """Whether the second picture is what is armed, and not the next cue's."""
        return self._armed

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

    def _picture(self, board: Board, cue: Cue | None, wall: Surface, armed: bool) -> WallPicture | None:
        """Worked out once for a cue, as long as the files stay, and the marks of its roll call."""
        if cue is None:
            return None
        context, marks = board.context, board.show.roll_call
        key = (cue, wall, context.event, context.studio, marks)
        return self._kept((wall.id, armed), key, lambda: wall_picture(cue, wall, context.event, context.studio, marks))

    def _kept(
        self, name: tuple[str, bool], key: tuple[object, ...], make: Callable[[], WallPicture | None]
    ) -> WallPicture | None:
        known = self._known.get(name)
        if known is None or len(known[0]) != len(key) or any(a is not b for a, b in zip(known[0], key, strict=True)):
            known = key, make()
            self._known[name] = known
        return known[1]


def _layout_words(board: Board, made: Arrangement) -> str:
    layout = board.context.studio.layouts.get(made.layout)
    if layout is None:
        return made.layout
    pages = page_count(made, layout)
    page = f" · {board.context.say(PAGE, page=min(made.page, pages - 1) + 1, count=pages)}" if pages > 1 else ""
    return f"{board.context.say(layout.title)}{page}"


def _state_words(board: Board, armed: ArmedWall) -> str:
    return board.context.say(READY if armed.built else FAILED if armed.failed is not None else BUILDING)

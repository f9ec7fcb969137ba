"""What a surface is known to show, and what it will show next, as pictures to be drawn and the words for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from studio_console.core.arrangement import Arrangement, page_count
from studio_console.core.rundown import Cue
from studio_console.core.show import ArmedWall, cue_of, next_cue, surface_of
from studio_console.core.studio import Surface
from studio_console.core.text import Text
from studio_console.core.wall_picture import (
    WallPicture,
    arrangement_picture,
    cue_seen,
    holding_picture,
    wall_picture,
)
from studio_console.core.wall_state import wall_of
from studio_console.gui.guests.words import Board
from studio_console.gui.on_air import transition_text

HOLDING = Text("대기 화면", "holding slide")
BY_HAND = Text("손으로 · {layout}", "by hand · {layout}")
BUILDING = Text("만드는 중…", "being built…")
READY = Text("✓ Shift+W 보내기", "✓ Shift+W takes it")
FAILED = Text("✕ 준비하지 못함", "✕ not built")
PAGE = Text("{page}/{count}쪽", "page {page}/{count}")
SEAM = Text("▲ 이음매에 얼굴 {count}", "▲ {count} faces at seams")
UNCHANGED = Text("바꾸지 않음", "unchanged")
NOTHING = Text("다음 큐 없음", "nothing next")
UNKNOWN = Text("연결 끊김: 알 수 없음", "no link: not known")
OTHER = Text("‘{scene}’ (큐시트에 없음)", "‘{scene}’ (not a cue's)")


class View(NamedTuple):
    picture: WallPicture | None
    note: str
    armed: bool = False
    """It is what is armed by hand, and not the next cue's."""
    transition: str = ""
    """How the next cue's picture comes."""


class SurfaceViews:
    """Works a picture out once for a cue or an arrangement, as long as the files and the roll call's marks stay."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool], tuple[tuple[object, ...], WallPicture | None]] = {}

    def seen(self, board: Board, surface: Surface) -> View:
        """What ``surface`` is seen to show, and what that is."""
        show, say = board.show, board.context.say
        state, by_hand = surface_of(show, surface.id), wall_of(show, surface.id)
        if state.connected and state.seen is not None:
            if state.seen == show.rundown.holding.get(surface.id):
                context = board.context
                slide = holding_picture(surface, context.event, context.studio, context.stand_ins)
                return View(slide, say(HOLDING))
            if by_hand.live is not None and state.seen == by_hand.live.scene:
                live = by_hand.live.arrangement
                words = say(BY_HAND, layout=_layout_words(board, live))
                return View(self._arranged(board, live, surface, False), words)
        seen = cue_seen(show, surface)
        picture = self._picture(board, seen, surface, False)
        if seen is not None and picture is not None:
            return View(picture, f"{seen.number} · {say(picture.title)}")
        return View(picture, say(OTHER, scene=state.seen or "?") if state.connected else say(UNKNOWN))

    def coming(self, board: Board, surface: Surface) -> View:
        """What is armed by hand for ``surface``, else what the next cue makes of it; what it shows where that stays."""
        say, following = board.context.say, next_cue(board.show)
        armed = wall_of(board.show, surface.id).armed
        if armed is not None:
            words = f"{_layout_words(board, armed.arrangement)} · {_state_words(board, armed)}"
            picture = self._arranged(board, armed.arrangement, surface, True)
            return View(picture, words + _seam_words(board, picture), armed=True)
        if following is None:
            return View(None, say(NOTHING))
        coming = self._picture(board, following, surface, True)
        if coming is None:
            return View(self.seen(board, surface).picture, f"{following.number} · {say(UNCHANGED)}")
        words = f"{following.number} · {say(coming.title)}{_seam_words(board, coming)}"
        return View(coming, words, transition=say(transition_text(following.transition)))

    def _picture(self, board: Board, cue: Cue | None, surface: Surface, coming: bool) -> WallPicture | None:
        if cue is None:
            return None
        context, marks = board.context, board.show.roll_call
        made_of = (surface, context.event, context.studio, marks, context.stand_ins)
        return self._kept((surface.id, coming), (cue, *made_of), lambda: wall_picture(cue, *made_of))

    def _arranged(self, board: Board, made: Arrangement, surface: Surface, coming: bool) -> WallPicture | None:
        context, show = board.context, board.show
        made_of = (
            *(made, cue_of(show, made.cue), surface),
            *(context.event, context.studio, show.roll_call, context.stand_ins),
        )
        return self._kept((surface.id, coming), made_of, lambda: arrangement_picture(*made_of))

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


def _seam_words(board: Board, picture: WallPicture | None) -> str:
    return f" · {board.context.say(SEAM, count=picture.cut)}" if picture is not None and picture.cut else ""


def _state_words(board: Board, armed: ArmedWall) -> str:
    return board.context.say(READY if armed.built else FAILED if armed.failed is not None else BUILDING)

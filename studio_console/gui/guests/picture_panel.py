"""PGM and NEXT, the wall live and the wall armed, the languages: what every surface shows, and what it will show.

What is shown now is what OBS shows, by its own small pictures; what comes is drawn by the functions that plan the
scenes, with the guests' live pictures in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.ports import SurfacePictures
from studio_console.core.show import surface_of
from studio_console.core.studio import Role, Surface
from studio_console.core.text import Text, same
from studio_console.core.units import Instant, PersonId, SurfaceId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests import framed
from studio_console.gui.guests.framed import FRAME, FramedPicture, Head
from studio_console.gui.guests.led_picture import LedPicture
from studio_console.gui.guests.live_picture import LivePicture
from studio_console.gui.guests.picture_places import places
from studio_console.gui.guests.pictures import Newest, Pictures
from studio_console.gui.guests.surface_views import SurfaceViews, View
from studio_console.gui.guests.words import AIR_WORDS, ARMED_WORD, Air, Board, old_pictures
from studio_console.gui.headline import TAKING
from studio_console.gui.on_air import on_its_way

LOOK = 83
"""ms between two looks at the surfaces' pictures: 12 a second, a little more often than they come."""
STALE = 1.0
"""Seconds. A picture that is older than this is not what is on air now."""

ROOMY, LARGEST = 1100, 2.0
"""px from which on letters grow with the panel, and up to how many times as large: on a screen of its own."""
PROGRAM = same("PGM")
ARMED = Text("{surface} 준비 · ARMED", "{surface} · ARMED")
NO_PICTURE = Text("OBS 그림을 기다립니다", "waiting for OBS's picture")
OLD = Text("▲ {clock} 그림 · 그 뒤 모름", "▲ as of {clock} · not known since")
DIFFERS = Text("▲ 큐와 다름 ‘{scene}’", "▲ not the cue's: ‘{scene}’")


class PicturePanel(QWidget):
    """Asks for pictures only while it is seen."""

    def __init__(
        self,
        pictures: Pictures,
        surfaces: SurfacePictures | None,
        now: Callable[[], Instant],
        changed: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """``changed`` is called when other guests are seen here than before."""
        super().__init__(parent)
        self._pictures, self._surfaces, self._now, self._changed = pictures, surfaces, now, changed
        self._images: Newest[SurfaceId] = Newest(surfaces.surface_picture if surfaces else None)
        self._views = SurfaceViews()
        self._board: Board | None = None
        self._good_at: dict[SurfaceId, Instant] = {}
        self._close: frozenset[SurfaceId] = frozenset()
        self.now: dict[SurfaceId, LivePicture] = {}
        """The picture of every surface as it is."""
        self.next: dict[SurfaceId, LedPicture] = {}
        """As it will be, of those that cues arrange one by one."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(LOOK)
        self.timer.timeout.connect(self.look_at_surfaces)

    def say(self, board: Board) -> None:
        """What is so now; pictures come by themselves."""
        before = self._board.context if self._board is not None else None
        self._board = board
        if before is None or before.studio is not board.context.studio:
            self._build(board.context)
        dim, guests = old_pictures(board.show), self.guests
        for name, tile in self.next.items():
            surface = board.context.studio.surfaces[name]
            coming = self._views.coming(board, surface)
            tile.show_picture(board.context, coming.picture, dim)
            self._say_next(board, surface, tile, coming)
        said_anew = before is not board.context
        for name, live in self.now.items():
            surface = board.context.studio.surfaces[name]
            if said_anew:
                live.show_image(surface.canvas, self._images.image(name), self._old(name))
            self._say_now(board, surface, live)
        if self.guests != guests:
            self._changed()

    @property
    def guests(self) -> frozenset[PersonId]:
        """Who is seen in what comes; nobody while the panel is not seen."""
        if not self.isVisible():
            return frozenset()
        return frozenset(guest for tile in self.next.values() for guest in tile.guests)

    def look(self, moved: Collection[str]) -> None:
        """Repaints those in which one of the guests ``moved`` is seen."""
        for tile in self.next.values():
            if not tile.guests.isdisjoint(moved):
                tile.update()

    def look_at_surfaces(self) -> None:
        """Repaints what OBS shows otherwise than at the last look, and what has become old."""
        if self._board is None:
            return
        for tile in self.next.values():
            tile.look()
        seen = [name for name, tile in self.now.items() if not tile.isHidden()]
        moved = self._images.look(seen)
        for name in seen:
            old = self._old(name)
            if name in moved or (old != "") != self.now[name].is_dim:
                surface = self._board.context.studio.surfaces[name]
                self.now[name].show_image(surface.canvas, self._images.image(name), old)
                self._say_now(self._board, surface, self.now[name])

    def end(self) -> None:
        """Lets go of every picture."""
        self.timer.stop()
        self._images.close()
        self._look_closely(frozenset())
        for tile in self.now.values():
            tile.forget()

    # --- words

    def _old(self, name: SurfaceId) -> str:
        """Why the picture is not the one of now, in words; empty where it is."""
        assert self._board is not None
        context, now = self._board.context, self._now()
        age = self._surfaces.surface_age(name) if self._surfaces is not None else None
        if age is None:
            return context.say(NO_PICTURE)
        if age <= STALE and surface_of(self._board.show, name).connected:
            self._good_at[name] = now
            return ""
        since = self._good_at.setdefault(name, Instant(now - round(age * 1000)))
        return context.say(OLD, clock=clock_text(since, context.zone))

    def _say_now(self, board: Board, surface: Surface, tile: LivePicture) -> None:
        say, show = board.context.say, board.show
        state = surface_of(show, surface.id)
        sure = state.connected and not tile.is_dim
        air = say(AIR_WORDS[Air.ON_AIR if sure else Air.PERHAPS])
        called = say(_called(board.context, surface))
        head = Head(f"{called} · {air}", air, called)
        colour: QColor = theme.QUIET
        note = self._views.seen(board, surface).note
        if surface.id not in self.next:
            note = ""
        elif on_its_way(show, surface.id) and show.taking is not None:
            note, colour = say(TAKING, cue=show.taking.cue.number), theme.AMBER
        elif state.connected and state.differs and state.seen is not None:
            note, colour = say(DIFFERS, scene=state.seen), theme.AMBER
        tile.set_words(framed.ON_AIR if sure else framed.UNSURE, head, note, colour)

    def _say_next(self, board: Board, surface: Surface, tile: LedPicture, coming: View) -> None:
        say = board.context.say
        frame = framed.ARMED if coming.armed else framed.NEXT
        if coming.picture is None:
            frame = framed.NONE
        called = say(_called(board.context, surface))
        state = say(ARMED_WORD if coming.armed else AIR_WORDS[Air.NEXT])
        words = say(ARMED, surface=called) if coming.armed else f"{state} · {called}"
        head = Head(words, state, called)
        note = " · ".join(part for part in (coming.note, coming.transition) if part)
        tile.set_words(frame, head, note)

    # --- where they are

    def _build(self, context: Context) -> None:
        for tile in (*self.now.values(), *self.next.values()):
            tile.hide()
            tile.deleteLater()
        self.now = {name: LivePicture(self) for name in context.studio.surfaces}
        self.next = {name: LedPicture(self._pictures, framed.NEXT, self) for name in context.arranged}
        for name, tile in self.now.items():
            tile.show_image(context.studio.surfaces[name].canvas, None, context.say(NO_PICTURE))
        self._place()

    def _place(self) -> None:
        if self._board is None or not self.now:
            return
        surfaces = self._board.context.studio.surfaces
        shape = {name: surface.canvas.width / surface.canvas.height for name, surface in surfaces.items()}
        first = next(iter(self.now.values()))
        letters = theme.sized(self.font(), min(LARGEST, max(1.0, self.width() / ROOMY)))
        for tile in (*self.now.values(), *self.next.values()):
            if tile.font().pixelSize() != letters.pixelSize():
                tile.setFont(letters)
        pairs, small = list(self.next), [name for name in self.now if name not in self.next]
        foot = first.foot + round(2 * FRAME)
        large, few = places(
            self.width(), self.height(), foot, [shape[name] for name in pairs], [shape[name] for name in small]
        )
        tiles: list[FramedPicture] = [tile for name in pairs for tile in (self.now[name], self.next[name])]
        for tile, rect in zip(tiles, large, strict=True):
            tile.setGeometry(rect)
            tile.show()
        for place, name in enumerate(small):
            tile = self.now[name]
            tile.setVisible(place < len(few))
            if place < len(few):
                tile.setGeometry(few[place])
        self._look_closely_at_what_is_seen()

    def _look_closely_at_what_is_seen(self) -> None:
        seen = self.isVisible()
        self._look_closely(frozenset(name for name, tile in self.now.items() if seen and not tile.isHidden()))

    def _look_closely(self, surfaces: frozenset[SurfaceId]) -> None:
        if surfaces != self._close:
            self._close = surfaces
            if self._surfaces is not None:
                self._surfaces.look_closely(surfaces)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.timer.start()
        self._look_closely_at_what_is_seen()
        self._changed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.timer.stop()
        self._look_closely_at_what_is_seen()
        self._changed()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 90)

    def sizeHint(self) -> QSize:
        return QSize(640, 360)


def _called(context: Context, surface: Surface) -> Text:
    """The programme has its short name, where there is one programme."""
    programs = [entry for entry in context.studio.surfaces.values() if entry.role is Role.PROGRAM]
    return PROGRAM if programs == [surface] else surface.title

"""The left of the desk: the cue sheet or the wall of guests, under one line. Looks at previews, never waits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio_console.core.events import ShowEvent
from studio_console.core.guest_list import Filter, listed
from studio_console.core.guests import GOOD, guest_of, tally, turns
from studio_console.core.ports import FilePictures, Previews, Remembered, SurfacePictures
from studio_console.core.presses import GuestChecked
from studio_console.core.previews import Sources
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import SECOND, Instant, PersonId
from studio_console.gui.context import Context
from studio_console.gui.guests.asking import Asking, once
from studio_console.gui.guests.bar import FILTERS, GuestBar
from studio_console.gui.guests.close_view import BACK, CloseView
from studio_console.gui.guests.led_panel import LedPanel
from studio_console.gui.guests.notices import nobody, notices
from studio_console.gui.guests.pictures import Pictures
from studio_console.gui.guests.roll_list import MARKS, RollView
from studio_console.gui.guests.tech_check import BAD_ACTS, GOOD_ACTS, TechCheck, verdict_after
from studio_console.gui.guests.wall import Wall
from studio_console.gui.guests.wall_control import WallControl
from studio_console.gui.guests.wall_hand import WallHand
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR, Board, tile_words
from studio_console.gui.keys import WALL_ACTS, Act
from studio_console.gui.painting import Lines

REST = 400
"""ms on one guest until they are opened closely; at once where they are to be seen large or listened to."""
LOOK = 83
"""ms between two looks at the pictures: 12 a second, a little more often than they come."""
LOOK_CLOSE = 40
SIDE_IN_EMS = 15.5
"""Width of what stands at the right of the guests, in widths of a letter."""
SIDE_OF_ROLL = 0.4
"""Of the width, beside the roll call: its list needs less than the wall of guests, and the wall is what it is about."""
EACH_LED = 3
"""The LED wall's picture is small and full of guests: it is painted at every third look."""
EACH_ELSEWHERE = 2
"""What shows guests elsewhere on the desk has less to share its time with while the cue sheet is seen."""
HAND_ACTS = frozenset(
    (
        *(Act.ARM_WALL, Act.DISARM_WALL, Act.SWAP, Act.LARGE, Act.LAYOUT, Act.MOVE_UP, Act.SLATE),
        *(Act.PAGE_UP, Act.PAGE_DOWN, Act.LEFT, Act.RIGHT, Act.ABOVE, Act.BELOW),
    )
)
"""What the keys do where the LED wall is arranged."""
ROLL_ACTS = frozenset((*MARKS, Act.PAGE_UP, Act.PAGE_DOWN, Act.LEFT, Act.RIGHT, Act.ABOVE, Act.BELOW))
STEPS = {Act.LEFT: (-1, 0), Act.RIGHT: (1, 0), Act.ABOVE: (0, -1), Act.BELOW: (0, 1)}


class Viewer(Protocol):
    """Shows guests somewhere else on the desk. Their pictures are asked for here alone."""

    def say(self, board: Board) -> None: ...

    @property
    def guests(self) -> frozenset[PersonId]:
        """Who is seen there just now."""
        ...

    def look(self, moved: Collection[str]) -> None:
        """Those of ``guests`` who have another picture than before."""
        ...


class GuestArea(QWidget):
    def __init__(
        self,
        sheet: QWidget,
        context: Context,
        actions: Mapping[Act, QAction],
        post: Callable[[ShowEvent], None],
        previews: Previews | None,
        sources: Sources,
        hand: WallHand,
        headphones: Remembered | None = None,
        files: FilePictures | None = None,
        surfaces: SurfacePictures | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._actions, self._post = context, actions, post
        self._asking = Asking(previews, sources)
        self._show = Show()
        self._now = Instant(0)
        self._filter = Filter.TODAY
        self._selected: PersonId | None = None
        self._rested: PersonId | None = None
        """On whom the selection last rested: who is walked over is not opened closely."""
        self._listening = False
        self._headphones = headphones
        self._device = headphones.read() if headphones is not None else ""
        self._said: tuple[object, ...] = ()
        self._side_wanted = True
        # A show stays the same for seconds, in which only the clock goes on.
        self._listed = once(listed)
        self._tally = once(tally)
        self._turns = once(turns)
        self._looks = 0
        self._looked_at: frozenset[PersonId] = frozenset()
        self._moved: set[str] = set()
        self._led_moved: set[str] = set()
        self._moved_elsewhere: set[str] = set()
        self._viewer: Viewer | None = None
        self.pictures = Pictures(previews, files, surfaces)
        self.bar = GuestBar(actions, self)
        self.notice = Lines(self)
        self.wall = Wall(self.pictures, self)
        self.close_view = CloseView(self.pictures, actions, self)
        self.led = LedPanel(self.pictures, self)
        self.control = WallControl(self.pictures, actions, hand, self)
        self.roll = RollView(actions, post, self)
        self.check = TechCheck(actions, self)
        self._sheet = sheet
        self._build()
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.look)
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(REST)
        self.rest.timeout.connect(self._refresh)
        self.wall.chosen.connect(self.select)
        self.wall.opened.connect(self._open)
        self.close_view.tile.opened.connect(lambda _: self.set_close(False))
        self.wall.turned.connect(self._refresh)
        for picture in (self.control.led.now, self.control.led.next):
            picture.chosen.connect(self._choose_place)
        self.roll.list.chosen.connect(self._refresh)
        self.bar.search.typed.connect(self._refresh)
        self.bar.search.typing.connect(self._refresh)
        self._refresh()

    # --- what is seen

    @property
    def is_wall(self) -> bool:
        """Whether the guests are seen, and not the cue sheet."""
        return self._stack.currentIndex() == 1

    @property
    def is_close(self) -> bool:
        """Whether one of them is seen large."""
        return self.is_wall and self._views.currentIndex() == 1

    @property
    def view(self) -> QWidget | None:
        """What is seen in the place of the cue sheet; None while that is seen."""
        return self._views.currentWidget() if self.is_wall else None

    @property
    def names(self) -> Mapping[Act, Text]:
        """What keys are called here that are called otherwise elsewhere."""
        return {Act.FOLLOW: BACK} if self.view not in (None, self.wall) else {}

    @property
    def selected(self) -> PersonId | None:
        return self._selected

    def show_state(self, context: Context, show: Show, now: Instant) -> None:
        """What is so now. Costs nothing while that is what was said before, but for the seconds that go by."""
        said = (context, show, now // SECOND, self._asking.load, self._asking.not_heard)
        if said == self._said:
            return
        self._said = said
        self._context, self._show, self._now = context, show, now
        self._refresh()

    def show_also(self, viewer: Viewer) -> None:
        """From now on ``viewer`` is told and looked for as what is here."""
        self._viewer = viewer
        self._refresh()

    def keep_looking(self) -> None:
        """What is seen has changed, here or at the viewer: pictures of nobody else are held."""
        self.pictures.keep_only(self._seen | (self.led.guests if self.is_wall else frozenset()) | self._elsewhere)
        if not self.is_wall and not self._elsewhere:
            self.timer.stop()
            return
        wanted = LOOK_CLOSE if self.is_close else LOOK
        if not self.timer.isActive() or self.timer.interval() != wanted:
            self.timer.start(wanted)
        if self._seen != self._looked_at:
            self._looked_at = self._seen
            self._moved |= self.pictures.look(self._seen)

    def end(self) -> None:
        """Lets go of every picture: the previews may be closed now."""
        self.timer.stop()
        self.rest.stop()
        self.pictures.close()
        self._asking.end()

    # --- keys

    def perform(self, act: Act) -> bool:
        """Does ``act`` if it is one of the guests'; whether it was."""
        if act is Act.GUESTS:
            self.set_view(self.wall if self.view is not self.wall else None)
        elif act in (Act.LED, Act.ROLL_CALL):
            wanted = self.control if act is Act.LED else self.roll
            self.set_view(wanted if self.view is not wanted else None)
        elif act is Act.FIND and self.is_wall:
            self.set_view(self.wall)
            self.bar.search.enter()
        elif act is Act.FOLLOW and self.view not in (None, self.wall):
            self.set_view(self.wall)
        elif act not in WALL_ACTS:
            return False
        elif self.is_wall:
            self._perform(act)
        return True

    def _perform(self, act: Act) -> None:
        if self.view is self.control and act in HAND_ACTS:
            self._by_hand(act)
        elif self.view is self.roll and act in ROLL_ACTS:
            if act in STEPS:
                self.roll.step(*STEPS[act])
            else:
                self.roll.perform(act, self._show)
            self._refresh()
        elif act in FILTERS:
            self.set_view(self.wall)
            self._filter = FILTERS[act]
            self._refresh()
        elif act in STEPS and self.view is not self.control:
            self.select(self.wall.beside(self._selected, *STEPS[act]))
        elif act in (Act.PAGE_UP, Act.PAGE_DOWN):
            self.wall.turn(-1 if act is Act.PAGE_UP else 1)
        elif act is Act.CLOSE_UP:
            self.set_close(not self.is_close)
        elif act is Act.SIDE:
            self._side_wanted = not self._side_wanted
            self._side.setVisible(self._side_wanted and self.view is not self.control)
        elif act is Act.LISTEN:
            self._listening = not self._listening and self._selected is not None
            self.rest.stop()
            self._refresh()
        elif act is Act.OUTPUT:
            self._next_output()
        elif act in GOOD_ACTS or act in BAD_ACTS:
            self._mark(act)

    def _by_hand(self, act: Act) -> None:
        if act in STEPS:
            self.control.step(*STEPS[act])
        else:
            self.control.hand.perform(act, self._context, self._show)
        self._refresh()

    def _choose_place(self, person: str) -> None:
        self.control.hand.selected = PersonId(person)
        self._refresh()

    def show_refusal(self, act: Act, _reason: Text, _values: Mapping[str, object]) -> None:
        """The button of what was refused flashes here too; the reason stands beside GO."""
        if act in self.control.buttons:
            self.control.buttons[act].flash()

    def forget_refusal(self) -> None:
        """What was refused is so no longer."""
        for button in self.control.buttons.values():
            button.calm()

    def set_view(self, view: QWidget | None) -> None:
        """One of the views of this area; None for the cue sheet."""
        if view is not None:
            self._views.setCurrentWidget(view)
        self._side.setVisible(self._side_wanted and view is not self.control)
        self.set_wall(view is not None)
        self._refresh()

    def set_wall(self, wall: bool) -> None:
        """The guests, or the cue sheet."""
        if wall != self.is_wall:
            if not wall:
                self.bar.search.leave()
                self._listening = False
            self._stack.setCurrentIndex(1 if wall else 0)
            # It takes a while to find out which there are: they are known when somebody wants to choose.
            self._asking.outputs()
            self._refresh()

    def set_close(self, close: bool) -> None:
        """One guest large (the selected one, else the first), or the wall of them."""
        if close and self._selected is None:
            self._selected = next(iter(self.wall.visible_guests), None)
        self.rest.stop()
        self._views.setCurrentIndex(1 if close and self._selected is not None else 0)
        self._refresh()

    def select(self, guest: PersonId | None) -> None:
        if guest is not None:
            self.wall.bring(guest)
        if guest != self._selected:
            self._selected = guest
            self.rest.start()
            self._refresh()

    def _open(self, guest: PersonId) -> None:
        self.select(guest)
        self.set_close(True)

    def _mark(self, act: Act) -> None:
        if self._selected is None:
            return
        check, verdict = verdict_after(guest_of(self._show, self._selected), act)
        self._post(GuestChecked(self._selected, check, verdict, TECHNICAL_DIRECTOR))

    def _next_output(self) -> None:
        devices = ("", *self._asking.outputs())
        place = devices.index(self._device) if self._device in devices else -1
        self._device = devices[(place + 1) % len(devices)]
        if self._headphones is not None:
            self._headphones.write(self._device)
        self._refresh()

    # --- saying it

    def _refresh(self) -> None:
        context, show = self._context, self._show
        self._asking.find_sources(context, show)
        typed = self.bar.search.words
        today = show.rundown.guests
        if self._selected is not None and self._selected not in today:
            self._selected, self._listening = None, False
        if self._selected is None and self.is_close:
            self._views.setCurrentIndex(0)
        guests = self._listed(show, context.event.people, self._filter, typed)
        self.wall.set_guests(guests, nobody(context, self._filter, typed))
        if self.is_wall:
            self._say_guests()
        if self._viewer is not None:
            self._viewer.say(self._board())
        live = sum(guest_of(show, guest).signal in GOOD for guest in today)
        page, pages = self.wall.page, self.wall.page_count
        if self.view is not self.wall:
            pages = 1
        views = {self.control: Act.LED, self.roll: Act.ROLL_CALL}
        view = views.get(self.view, Act.GUESTS) if self.view is not None else None
        others = [act for act, there in self._other_views.items() if there]
        self.bar.show_state(context, live, len(today), view, self._filter, page, pages, others)
        self.bar.setVisible(bool(today) or bool(others) or self.is_wall)
        self.check.setVisible(self.view is not self.roll)
        lines = notices(
            context, show, self.bar.search.hasFocus(), self._asking.load, self._asking.possible, self._asking.not_heard
        )
        self.notice.set_lines(lines)
        self.notice.setVisible(bool(lines) and self.is_wall)
        for act in WALL_ACTS:
            self._actions[act].setEnabled(self.is_wall)
        self.keep_looking()
        if self._selected is None or not self.rest.isActive():
            self._rested = self._selected
        self._asking.ask(show, self._rested, self._rested if self._listening else None, self._device)

    @property
    def _other_views(self) -> Mapping[Act, bool]:
        """Which further views the day has a use for."""
        show = self._show
        return {Act.LED: bool(show.rundown.walls), Act.ROLL_CALL: any(cue.roll_call for cue in show.plan.cues)}

    def _say_guests(self) -> None:
        board = self._board()
        if not self.wall.say(lambda guest: tile_words(board, guest), self._selected):
            self._said = ()  # the rest at the next tick
        if self._selected is not None:
            self.close_view.say(self._context, tile_words(board, self._selected), self._device)
        if self.view is self.control:
            self.control.say(board)
        elif self.view is self.roll:
            self.roll.say(board)
        self._measure()
        self.check.say(board, self._selected)
        self.led.say(board)

    def _board(self) -> Board:
        show = self._show
        return Board(
            self._context,
            show,
            self._now,
            self._tally(show),
            self._turns(show),
            self._asking.watched,
            self._on_headphones,
        )

    @property
    def _on_headphones(self) -> PersonId | None:
        return self._selected if self._listening else None

    # --- pictures

    def look(self) -> None:
        """Repaints what has moved since the last look, of what is seen."""
        self._looks += 1
        each = EACH_LED * (LOOK // LOOK_CLOSE if self.is_close else 1)
        led = self._looks % each == 0 and self.is_wall and not self._side.isHidden()
        # Not in the same turn: each of them may hold all guests, and one turn is not to take as long as two.
        elsewhere = self._looks % (each if self.is_wall else EACH_ELSEWHERE) == 1
        wanted = self._seen | (self.led.guests if self.is_wall and (led or not self.is_close) else frozenset())
        self._moved |= self.pictures.look(wanted | (self._elsewhere if elsewhere else frozenset()))
        if self.view is self.control:
            self.control.look(self._moved)
        elif self.is_close:
            self.close_view.look(self._moved)
        elif self.is_wall:
            self.wall.look(self._moved)
        self._led_moved |= self._moved
        self._moved_elsewhere |= self._moved
        self._moved = set()
        if led:
            self.led.look(self._led_moved)
            self._led_moved = set()
        if elsewhere and self._viewer is not None:
            self._viewer.look(self._moved_elsewhere)
            self._moved_elsewhere = set()

    @property
    def _elsewhere(self) -> frozenset[PersonId]:
        return self._viewer.guests if self._viewer is not None else frozenset()

    @property
    def _seen(self) -> frozenset[PersonId]:
        """Whose tile is seen."""
        if not self.is_wall:
            return frozenset()
        if self.is_close:
            return frozenset((self._selected,) if self._selected is not None else ())
        if self.view is self.control:
            return self.control.guests
        return frozenset(self.wall.visible_guests if self.view is self.wall else ())

    # --- putting it together

    def _build(self) -> None:
        self._views = QStackedWidget(self)
        self._views.addWidget(self.wall)
        self._views.addWidget(self.close_view)
        self._views.addWidget(self.control)
        self._views.addWidget(self.roll)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(6)
        side.addWidget(self.led, 1)
        side.addWidget(self.check)
        page = QWidget(self)
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._views, 1)
        line.addWidget(self._side)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._sheet)
        self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """Also at the start: where the letters are right from then on, no change of them is ever told."""
        letters = self.fontInfo().pixelSize()
        side = round(letters * SIDE_IN_EMS)
        if self.view is self.roll:
            side = max(side, min(round(self.width() * SIDE_OF_ROLL), self.width() - self.roll.list.least_width))
        self._side.setFixedWidth(side)
        self.bar.setFixedHeight(round(letters * 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

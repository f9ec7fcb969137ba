"""The technical director's desk: one window, everything on it, nothing on it that waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from studio_console.core.alarm_clerk import timed_alarms
from studio_console.core.alarms import Alarm
from studio_console.core.bells import Heard, bells_since
from studio_console.core.change import replace
from studio_console.core.output_alarms import output_alarms
from studio_console.core.ports import FilePictures, Load, Previews, Remembered, ShowService, SurfacePictures
from studio_console.core.previews import Sources, guests_of
from studio_console.core.problems import Problem, Severity
from studio_console.core.rundown import Event
from studio_console.core.show import Show
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text
from studio_console.core.timing import project
from studio_console.core.units import InputId, Instant
from studio_console.gui import panels, theme
from studio_console.gui.arranging import Arranging
from studio_console.gui.attention import Attention
from studio_console.gui.banner import Banner
from studio_console.gui.bridge import Bridge
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.cue_cards import CueCards
from studio_console.gui.cue_sheet import CueSheet
from studio_console.gui.docks import Docks, screen_rects
from studio_console.gui.editing.hand import EditHand
from studio_console.gui.failures import failures
from studio_console.gui.go_panel import NO_NAMES, GoPanel
from studio_console.gui.headline import Headline
from studio_console.gui.interpretation import SOUND_ACTS, InterpretationPanel
from studio_console.gui.interpretation import TITLE as SOUND
from studio_console.gui.keys import KEYS, ROLE_ACTS, Act, KeyGuard, make_actions
from studio_console.gui.outputs import TITLE as OUTPUTS
from studio_console.gui.outputs import OutputsPanel
from studio_console.gui.painting import Line
from studio_console.gui.panels import Panel
from studio_console.gui.problem_list import FAILURE, KEPT, MACHINE_FULL, ProblemList, Trouble
from studio_console.gui.surfaces_bar import SurfacesBar
from studio_console.gui.timer.message_bar import SPEAKER_ACTS, MessageBar
from studio_console.gui.today import TITLE as TODAY
from studio_console.gui.today import Today

if TYPE_CHECKING:
    from studio_console.gui.guests.area import GuestArea
    from studio_console.gui.guests.picture_panel import PicturePanel

TICK = 100
"""ms between two looks at the clock. It only repaints: a tick that comes late makes nothing late."""
PROGRAM_NAME = "Studio Console"
CLOSE_AGAIN = 3.0
"""Seconds within which a second request to close counts."""
GAP = 8

CLOSING = Text(
    "{cue}이(가) 송출 중입니다. 정말 닫으려면 3초 안에 한 번 더 닫으세요. 화면은 그대로 나갑니다",
    "{cue} is on air. Close once more within 3 s if you mean it; the picture stays on",
)
CLOSE_NAME = Text("닫기", "Close")
BELL_ON = Text("종소리를 냅니다", "bells are heard")
BELL_OFF = Text("종은 화면에만 보입니다", "bells are seen only")
PICTURES = Text("그림", "Pictures")
CUES = Text("큐", "Cues")
REHEARSAL = Text("리허설 REHEARSAL", "REHEARSAL 리허설")


class Desk(QMainWindow):
    """Shows what ``service`` tells and posts to it what is pressed. Close it before the service is closed."""

    report_wanted = Signal()
    """The report of the day is to be saved; its words go to ``go_panel``."""
    role_wanted = Signal(str)
    """The window of another role is to be opened beside it."""
    closed = Signal()

    def __init__(
        self,
        service: ShowService,
        event: Event,
        studio: Studio,
        zone: ZoneInfo,
        language: Language,
        rehearsal: bool,
        problems: tuple[Problem, ...] = (),
        previews: Previews | None = None,
        sources: Sources = guests_of,
        stand_ins: Callable[[], frozenset[InputId]] = frozenset,
        headphones: Remembered | None = None,
        surface_pictures: SurfacePictures | None = None,
        file_pictures: FilePictures | None = None,
        layouts: Remembered | None = None,
        screens: Callable[[], Sequence[QRect]] = screen_rects,
    ) -> None:
        """``previews``, ``surface_pictures`` and ``file_pictures`` are asked for pictures until ``end``; ``sources``
        tells where those of the guests come from. ``stand_ins`` tells which inputs this machine lacks, where labelled
        ones take their place; ``headphones`` keeps which ones were chosen, ``layouts`` where the panels stand on which
        ``screens``.
        """
        super().__init__()
        self._context = Context(event, studio, zone, language, rehearsal, stand_ins())
        self._problems = problems
        self._kept = False
        self._show = Show()
        self._guard: KeyGuard | None = None
        self._close_asked = float("-inf")
        self._timed_alarms: tuple[Alarm, ...] = ()
        self._heard: Heard | None = None
        self.bell_sound = False
        self.bridge = Bridge(service, self)
        self.controls = Controls(self.bridge, self)
        self.acts = make_actions(self)
        self._previews, self._sources, self._stand_ins = previews, sources, stand_ins
        self._headphones = headphones
        self._file_pictures = file_pictures
        self._surface_pictures, self._layouts, self._screens = surface_pictures, layouts, screens
        self._load = Load.FULL
        self._guests: GuestArea | None = None
        self.pictures: PicturePanel | None = None
        """What the surfaces show; made with ``guests``."""
        self._build()
        self._connect()
        self._say_arranging()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.setMinimumSize(1180, 664)
        # All of the screen is its own, also where nobody manages the windows.
        self.resize(self.screen().availableGeometry().size())
        self.tick()

    @property
    def language(self) -> Language:
        return self._context.language

    @property
    def shown(self) -> Show:
        """The show that the desk was last given: what GO and every other press is about."""
        return self._show

    def set_language(self, language: Language) -> None:
        """Every word in another language, at once."""
        context = self._context
        self._set_context(replace(context, language=language))

    def show_files(self, event: Event, studio: Studio, problems: tuple[Problem, ...], kept: bool) -> None:
        """The files changed. ``kept``: what was saved is broken, and ``event`` is the last good one."""
        self._problems, self._kept = problems, kept
        context = self._context
        self._set_context(replace(context, event=event, studio=studio, stand_ins=self._stand_ins()))

    def tick(self) -> None:
        """Looks at the clock and repaints what says something else than before."""
        now = self.bridge.now()
        projection = project(self._show, now)
        context, show = self._context, self._show
        self.headline.show_state(context, show, projection)
        self.sheet.show_state(show, projection)
        self.editing.show_state(context, show)
        self.cards.show_state(context, show, projection)
        self.today.show_state(context, show, projection)
        self.surfaces.show_state(context, show, now)
        self.interpretation.show_state(context, show, now)
        wrong = output_alarms(show, now)
        self.outputs.show_state(context, show, now, wrong)
        if not self.messages.isHidden():
            self.messages.show_state(context, show, now)
        self.docks.show_useful([panel.id for panel in self.panels if panel.widget.isHidden()])
        if self._guests is None:
            self.go_panel.show_state(context, show, projection, NO_NAMES)
        else:
            self.go_panel.show_state(context, show, projection, self._guests.names)
            self._guests.show_state(context, show, now)
            self.docks.give_room(self._guests.is_wall)
        self._keep_problems_fresh(timed_alarms(show, projection, wrong))
        self.attention.show_state(context, show, now)
        self._ring(now)

    def _ring(self, now: Instant) -> None:
        """The bells of the cue on air, where somebody wants to hear them; they are seen in any case."""
        marks, self._heard = bells_since(self._heard, self._show, now)
        if marks and self.bell_sound:
            QApplication.beep()

    def end(self) -> None:
        """Lets go of the service: nothing is shown or sent any more. Closing the window does this."""
        self._timer.stop()
        self.editing.end()
        self.docks.end()
        if self._guests is not None:
            self._guests.end()
        if self.pictures is not None:
            self.pictures.end()
        self.bridge.close()

    # --- putting it together

    @property
    def guests(self) -> GuestArea:
        """The cue sheet and the wall of guests. Made behind the first picture of the window, or when asked for."""
        if self._guests is None:
            # Reading its modules takes as long as painting the desk.
            from studio_console.gui.guests.area import GuestArea
            from studio_console.gui.guests.picture_panel import PicturePanel
            from studio_console.gui.guests.wall_hand import WallHand

            controls = self.controls
            asked = self._previews, self._sources
            hand = WallHand(self.bridge.post, controls.press, lambda act, why: controls.refused.emit(act, why, {}))
            self._guests = GuestArea(
                *(self.sheet, self._context, self.acts, self.bridge.post, *asked, hand, self._headphones),
                *(self._file_pictures, self._surface_pictures),
            )
            controls.refused.connect(self._guests.show_refusal)
            controls.moved_on.connect(self._guests.forget_refusal)
            self.docks.set_centre(self._guests)
            self.pictures = PicturePanel(
                self._guests.pictures, self._surface_pictures, self.bridge.now, self._guests.keep_looking
            )
            self._picture_room.addWidget(self.pictures)
            self.tick()
            self._guests.show_also(self.pictures)
        return self._guests

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._guests is None:
            QTimer.singleShot(0, self, lambda: self.guests)

    def _build(self) -> None:
        self.headline = Headline()
        self.banner = Banner(margin=8)
        self.banner.hide()
        self.sheet = CueSheet(self._context)
        self.editing = EditHand(self.sheet, self.acts, self.controls, self.bridge.post, self._context)
        self.cards = CueCards()
        self.on_air, self.next = self.cards.on_air, self.cards.next
        self.today = Today()
        self.surfaces = SurfacesBar()
        self.interpretation = InterpretationPanel(self.controls)
        self.go_panel = GoPanel(self.acts, self.controls, self._context)
        self.problem_list = ProblemList()
        self.messages = MessageBar(self.acts, self.controls.press)
        self.messages.hide()
        self.messages.field.dismissed.connect(self.messages.hide)
        self.controls.refused.connect(self.messages.show_refusal)
        self.attention = Attention(
            self.acts,
            self.sheet,
            self.problem_list,
            self.bridge.post,
            self.controls,
            self.go_panel.say,
            lambda: self.guests.set_view(None),
            self,
        )
        self.headline.add_states(self.attention.buttons)
        self.outputs = OutputsPanel()
        self.panels = self._panels()
        self.docks = Docks(self.panels, self.sheet, self._layouts, self._screens)
        self.arranging = Arranging(
            self.docks,
            self.panels,
            lambda: len(self._screens()),
            lambda act, why: self.controls.refused.emit(act, why, {}),
        )
        self._foot = QWidget()
        bottom = QHBoxLayout(self._foot)
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.setSpacing(GAP)
        # A standby has words and buttons of its own.
        paired = any(surface.standby_url is not None for surface in self._context.studio.surfaces.values())
        for panel, part in ((self.go_panel, 50), (self.surfaces, 26 if paired else 19), (self.problem_list, 31)):
            bottom.addWidget(panel, part)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.headline)
        column.addWidget(self.banner)
        column.addWidget(self.arranging.bar)
        column.addWidget(self.docks, 1)
        column.addWidget(self.messages)
        column.addWidget(self._foot)
        self.setCentralWidget(body)
        self._set_sizes()

    def _panels(self) -> tuple[Panel, ...]:
        """What can be moved, closed and floated. A panel that hides itself has nothing to say in this hall."""
        room = QWidget()
        self._picture_room = QVBoxLayout(room)
        self._picture_room.setContentsMargins(0, 0, 0, 0)
        return (
            Panel(panels.PICTURES, PICTURES, Act.PANEL_PICTURES, room),
            Panel(panels.CUES, CUES, Act.PANEL_CUES, self.cards),
            Panel(panels.TODAY, TODAY, Act.PANEL_TODAY, self.today),
            Panel(panels.SOUND, SOUND, Act.PANEL_SOUND, self.interpretation),
            Panel(panels.OUTPUTS, OUTPUTS, Act.PANEL_OUTPUTS, self.outputs),
        )

    def _connect(self) -> None:
        self.bridge.changed.connect(self._take_show)
        self.sheet.standby_wanted.connect(self.controls.put_standby)
        self.sheet.selected.connect(self.controls.select)
        self.surfaces.studio_mode_off.connect(self.controls.leave_studio_mode)
        self.surfaces.reconnect.connect(self.controls.reconnect)
        self.surfaces.align.connect(self.controls.align)
        self.surfaces.arm_promote.connect(self.controls.arm_promote)
        self.surfaces.let_go.connect(self.controls.let_go)
        self.surfaces.promote.connect(self.controls.promote)
        self.go_panel.note.sent.connect(self.controls.write_note)
        self.today.wanted.connect(self.sheet.bring_in)
        self.arranging.bar.pressed.connect(self.perform)
        self.docks.changed.connect(self._say_arranging)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screen_added)
        application.screenRemoved.connect(self._screens_changed)
        for screen in application.screens():
            screen.geometryChanged.connect(self._screens_changed)
        self.outputs.wanted.connect(self.controls.arm_output)
        self.outputs.confirmed.connect(self.acts[Act.CONFIRM].trigger)
        for act, action in self.acts.items():
            action.setData(act)
            action.triggered.connect(self._triggered)
        found = failures()
        if found is not None:
            found.happened.connect(self._failed)

    def _triggered(self) -> None:
        self.perform(self.sender().data())  # type: ignore[attr-defined]

    def perform(self, act: Act) -> None:
        """What a key or button does."""
        done = (
            self.guests.perform(act)
            or self.attention.perform(act)
            or self.editing.perform(act)
            or self.arranging.perform(act, self._context, self._show.locked)
        )
        if done:
            self.tick()
        elif act is Act.LANGUAGE:
            self.set_language("en" if self.language == "ko" else "ko")
        elif act is Act.BELL:
            self.bell_sound = not self.bell_sound
            self.go_panel.say(KEYS[Act.BELL].name, BELL_ON if self.bell_sound else BELL_OFF, {})
            if self.bell_sound:
                QApplication.beep()
        elif act is Act.REPORT:
            self.report_wanted.emit()
        elif act in (Act.SELECT_UP, Act.SELECT_DOWN):
            self.sheet.select_step(-1 if act is Act.SELECT_UP else 1)
        elif act in SPEAKER_ACTS:
            self._speak(act)
        elif act is Act.STAGE_NOTE:
            self.go_panel.note.enter()
        elif act in ROLE_ACTS:
            self.role_wanted.emit(ROLE_ACTS[act])
        elif act in SOUND_ACTS:
            self.interpretation.perform(act)
        else:
            self.controls.perform(act)
            if act in (Act.FOLLOW, Act.GO):
                # What was selected for the last cue is not to be meant for the next one.
                self.sheet.clearSelection()
            if act is Act.FOLLOW:
                self.sheet.follow()

    def _speak(self, act: Act) -> None:
        """The panel comes with its first key, and goes with Esc in its empty line."""
        self.messages.show()
        self.messages.show_state(self._context, self._show, self.bridge.now())
        self.messages.perform(act)

    def _say_arranging(self) -> None:
        self.arranging.say(self._context, self._show.locked)

    def _screen_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._screens_changed)
        self._screens_changed()

    def _screens_changed(self) -> None:
        # Qt moves windows of a screen that is gone by itself: what it made of them is looked at, when it has.
        QTimer.singleShot(0, self.docks, self.docks.screens_changed)

    def _take_show(self, show: Show) -> None:
        before, current = self._show.current, show.current
        taken = current is not None and (before is None or current.press != before.press)
        self._show = show
        if show.locked and self.docks.arranging:
            self._say_arranging()
        self.controls.set_show(show)
        if taken:
            self._show_taking()
        self._list_problems()
        self._set_window_title()
        self.tick()

    def _show_taking(self) -> None:
        """What GO did is on the screen before all that follows from it is worked out."""
        projection = project(self._show, self.bridge.now())
        self.headline.show_state(self._context, self._show, projection)
        self.sheet.show_state(self._show, projection)
        self.headline.left.repaint()
        if self.sheet.isVisible():
            self.sheet.viewport().repaint()

    def _failed(self, counts: dict[str, int]) -> None:
        self._list_problems()

    def _set_context(self, context: Context) -> None:
        self._context = context
        self.sheet.set_context(context)
        self._say_arranging()
        self._list_problems()
        self._set_window_title()
        self.tick()

    def _keep_problems_fresh(self, alarms: tuple[Alarm, ...]) -> None:
        """What is wrong can come with the time that goes by, and not only with news of it."""
        load = self._previews.load if self._previews is not None else Load.FULL
        if (alarms, load) != (self._timed_alarms, self._load):
            self._timed_alarms, self._load = alarms, load
            self._list_problems()

    def _list_problems(self) -> None:
        say = self._context.say
        extra = [Trouble(Severity.WARNING, say(theme.NO_KOREAN))] if theme.korean_is_missing() else []
        if self._load in MACHINE_FULL:
            extra.append(Trouble(Severity.WARNING, say(MACHINE_FULL[self._load])))
        found = failures()
        for what, count in (found.counts if found is not None else {}).items():
            text = say(FAILURE, what=what)
            extra.append(Trouble(Severity.ERROR, text if count == 1 else f"{text} (×{count})"))
        self.problem_list.show_state(self._context, self._show, self._problems, extra, self._timed_alarms)
        self.banner.setVisible(self._kept)
        self.banner.set_lines([Line(say(KEPT), 1.0, True, theme.AMBER, most=2)] if self._kept else [])

    def _set_window_title(self) -> None:
        say, day = self._context.say, self._show.day
        parts = [say(self._context.event.title), *([say(day.title)] if day is not None else [])]
        title = f"{' · '.join(parts)} — {PROGRAM_NAME}"
        self.setWindowTitle(f"◆ {say(REHEARSAL)} · {title}" if self._context.rehearsal else title)

    # --- the window itself

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if self._guard is None and handle is not None:
            self._guard = KeyGuard(handle)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_sizes()

    def closeEvent(self, event: QCloseEvent) -> None:
        """On air one more request is needed, and nothing pops up over the desk."""
        on_air = self._show.current
        asked, self._close_asked = self._close_asked, time.monotonic()
        if on_air is not None and not self._context.rehearsal and self._close_asked - asked > CLOSE_AGAIN:
            self.go_panel.say(CLOSE_NAME, CLOSING, {"cue": on_air.cue.number}, refused=True)
            event.ignore()
            return
        self.end()
        event.accept()
        self.closed.emit()

    def _set_sizes(self) -> None:
        """Letters follow the window; everything else follows the letters."""
        theme.give_letters(self)
        pixels = self.font().pixelSize()
        self.headline.setFixedHeight(round(pixels * 7.6))
        self._foot.setFixedHeight(round(pixels * 10.6))

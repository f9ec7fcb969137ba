"""The technical director's desk: one window, everything on it, nothing on it that waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from studio_console.core.alarms import Alarm
from studio_console.core.bells import Heard, bells_since
from studio_console.core.clip_watch import unseen_clip
from studio_console.core.guest_alarms import guest_alarms
from studio_console.core.output_alarms import output_alarms
from studio_console.core.ports import Load, Previews, Remembered, ShowService
from studio_console.core.previews import Sources, guests_of
from studio_console.core.problems import Problem, Severity
from studio_console.core.rundown import Event
from studio_console.core.show import Show
from studio_console.core.sound_alarms import sound_alarms
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text
from studio_console.core.timing import project
from studio_console.core.units import CueId, InputId, Instant
from studio_console.gui import theme
from studio_console.gui.bridge import Bridge
from studio_console.gui.context import Context
from studio_console.gui.controls import Controls
from studio_console.gui.cue_sheet import CueSheet
from studio_console.gui.failures import failures
from studio_console.gui.go_panel import NO_NAMES, GoPanel
from studio_console.gui.headline import Headline
from studio_console.gui.interpretation import SOUND_ACTS, InterpretationPanel
from studio_console.gui.keys import KEYS, Act, KeyGuard, make_actions
from studio_console.gui.on_air import CuePanel, show_next, show_on_air
from studio_console.gui.outputs import OutputsPanel
from studio_console.gui.painting import Line, Lines, rounded
from studio_console.gui.problem_list import FAILURE, KEPT, MACHINE_FULL, ProblemList, Trouble
from studio_console.gui.surfaces_bar import SurfacesBar

if TYPE_CHECKING:
    from studio_console.gui.guests.area import GuestArea

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
REHEARSAL = Text("리허설 REHEARSAL", "REHEARSAL 리허설")


class Banner(Lines):
    """A strip across the window for what must not be overlooked."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, theme.AMBER_GROUND, theme.AMBER, 2)
        self.paint_lines(painter, whole.adjusted(self._margin, self._margin, -self._margin, -self._margin))


class Desk(QMainWindow):
    """Shows what ``service`` tells and posts to it what is pressed. Close it before the service is closed."""

    report_wanted = Signal()
    """The report of the day is to be saved; its words go to ``go_panel``."""

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
    ) -> None:
        """``previews`` are asked for the guests' pictures until ``end``; ``sources`` tells where those come from.
        ``stand_ins`` tells which inputs this machine lacks, where labelled ones take their place; ``headphones`` keeps
        which ones were chosen.
        """
        super().__init__()
        self._context = Context(event, studio, zone, language, rehearsal)
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
        self._load = Load.FULL
        self._guests: GuestArea | None = None
        self._build()
        self._connect()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.setMinimumSize(1180, 664)
        # On a laptop all of it is to be seen at once, also where nobody manages the windows.
        self.resize(QSize(1600, 900).boundedTo(self.screen().availableGeometry().size()))
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
        self._set_context(Context(context.event, context.studio, context.zone, language, context.rehearsal))

    def show_files(self, event: Event, studio: Studio, problems: tuple[Problem, ...], kept: bool) -> None:
        """The files changed. ``kept``: what was saved is broken, and ``event`` is the last good one."""
        self._problems, self._kept = problems, kept
        context = self._context
        self._set_context(Context(event, studio, context.zone, context.language, context.rehearsal))

    def tick(self) -> None:
        """Looks at the clock and repaints what says something else than before."""
        now = self.bridge.now()
        projection = project(self._show, now)
        context, show = self._context, self._show
        self.headline.show_state(context, show, projection)
        self.sheet.show_state(show, projection)
        show_on_air(self.on_air, context, show, projection)
        show_next(self.next, context, show, projection)
        self.surfaces.show_state(context, show, now)
        self.interpretation.show_state(context, show, now)
        wrong = output_alarms(show, now)
        self.outputs.show_state(context, show, now, wrong)
        if self._guests is None:
            self.go_panel.show_state(context, show, projection, NO_NAMES)
        else:
            self.go_panel.show_state(context, show, projection, self._guests.names)
            self._guests.show_state(context, show, now)
        self._keep_problems_fresh(
            (*unseen_clip(show, now), *guest_alarms(show, projection), *sound_alarms(show, now), *wrong)
        )
        self._ring(now)

    def _ring(self, now: Instant) -> None:
        """The bells of the cue on air, where somebody wants to hear them; they are seen in any case."""
        marks, self._heard = bells_since(self._heard, self._show, now)
        if marks and self.bell_sound:
            QApplication.beep()

    def end(self) -> None:
        """Lets go of the service: nothing is shown or sent any more. Closing the window does this."""
        self._timer.stop()
        if self._guests is not None:
            self._guests.end()
        self.bridge.close()

    # --- putting it together

    @property
    def guests(self) -> GuestArea:
        """The cue sheet and the wall of guests. Made behind the first picture of the window, or when asked for."""
        if self._guests is None:
            # Reading its modules takes as long as painting the desk.
            from studio_console.gui.guests.area import GuestArea
            from studio_console.gui.guests.wall_hand import WallHand

            controls = self.controls
            asked = self._previews, self._sources
            hand = WallHand(
                self.bridge.post, controls.press, lambda act, why: controls.refused.emit(act, why, {}), self._stand_ins
            )
            self._guests = GuestArea(
                self.sheet, self._context, self.acts, self.bridge.post, *asked, hand, self._headphones
            )
            controls.refused.connect(self._guests.show_refusal)
            self._middle.insertWidget(0, self._guests, 64)
            self.tick()
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
        self.on_air = CuePanel("ON AIR", theme.RED, theme.RED_GROUND)
        self.next = CuePanel("NEXT", theme.GREEN, theme.GREEN_GROUND)
        self.surfaces = SurfacesBar()
        self.interpretation = InterpretationPanel(self.controls)
        self.go_panel = GoPanel(self.acts, self.controls, self._context)
        self.problem_list = ProblemList()
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.on_air, 42)
        right.addWidget(self.next, 58)
        # Below NEXT, side by side: what is heard and where it goes. Panels that a hall has no use for hide themselves.
        self._details = QHBoxLayout()
        self._details.setSpacing(GAP)
        right.addLayout(self._details)
        self._details.addWidget(self.interpretation)
        self.outputs = OutputsPanel()
        self._details.addWidget(self.outputs)
        self._middle = middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(self.sheet, 64)
        middle.addLayout(right, 36)
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
        column.addLayout(middle, 1)
        column.addWidget(self._foot)
        self.setCentralWidget(body)
        self._set_sizes()

    def _connect(self) -> None:
        self.bridge.changed.connect(self._take_show)
        self.sheet.standby_wanted.connect(self._put_standby)
        self.sheet.selected.connect(self._select)
        self.surfaces.studio_mode_off.connect(self.controls.leave_studio_mode)
        self.surfaces.reconnect.connect(self.controls.reconnect)
        self.surfaces.align.connect(self.controls.align)
        self.surfaces.arm_promote.connect(self.controls.arm_promote)
        self.surfaces.let_go.connect(self.controls.let_go)
        self.surfaces.promote.connect(self.controls.promote)
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
        if self.guests.perform(act):
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
        elif act in SOUND_ACTS:
            self.interpretation.perform(act)
        else:
            self.controls.perform(act)
            if act in (Act.FOLLOW, Act.GO):
                # What was selected for the last cue is not to be meant for the next one.
                self.sheet.clearSelection()
            if act is Act.FOLLOW:
                self.sheet.follow()

    def _take_show(self, show: Show) -> None:
        self._show = show
        self.controls.set_show(show)
        self._list_problems()
        self._set_window_title()
        self.tick()

    def _put_standby(self, cue: CueId) -> None:
        self.controls.put_standby(cue)

    def _select(self, cue: CueId | None) -> None:
        self.controls.selected = cue

    def _failed(self, counts: dict[str, int]) -> None:
        self._list_problems()

    def _set_context(self, context: Context) -> None:
        self._context = context
        self.sheet.set_context(context)
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
            self.go_panel.say(CLOSE_NAME, CLOSING, {"cue": on_air.cue.number})
            event.ignore()
            return
        self.end()
        event.accept()

    def _set_sizes(self) -> None:
        """Letters follow the window; everything else follows the letters."""
        pixels = theme.base_pixels(self.size())
        if self.font().pixelSize() != pixels or self.font().family() != theme.family():
            self.setFont(theme.plain_font(pixels))
        self.headline.setFixedHeight(round(pixels * 7.6))
        self._foot.setFixedHeight(round(pixels * 10.6))

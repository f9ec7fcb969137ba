"""The stage manager's window: who is next, are they here, are they ready; and who is in the hall."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from studio_console.core.change import replace
from studio_console.core.events import ShowEvent
from studio_console.core.hall import Visit
from studio_console.core.ports import HallLedger, ShowService
from studio_console.core.rundown import Event
from studio_console.core.show import REMEMBERED_PRESSES, Refusal, Show
from studio_console.core.speaker_rows import SpeakerRow, marks_of, speaker_rows, unheard
from studio_console.core.stage import SpeakerMark, SpeakerMarked, StageNoteWritten, StageStandbyAcknowledged
from studio_console.core.stage_marks import marked
from studio_console.core.studio import Studio
from studio_console.core.text import Language, Text
from studio_console.core.timing import project
from studio_console.core.units import PressId
from studio_console.gui import theme
from studio_console.gui.bridge import Bridge, new_press
from studio_console.gui.buttons import REFUSAL_SHOWN
from studio_console.gui.context import Context
from studio_console.gui.keys import KEYS, Act, KeyGuard, actions_of
from studio_console.gui.note_field import NoteField
from studio_console.gui.painting import Line, Lines
from studio_console.gui.stage.banner import StandbyBanner
from studio_console.gui.stage.footer import StageFooter
from studio_console.gui.stage.hall_panel import HallPanel
from studio_console.gui.stage.header import StageHeader
from studio_console.gui.stage.keys import MARKS, STAGE_KEYS, STAGE_MANAGER, StageAct
from studio_console.gui.stage.speaker_list import SpeakerList
from studio_console.gui.timer.message_bar import SPEAKER_ACTS, MessageBar

TICK = 200
GAP = 8
TITLE = Text("무대감독 – Studio Console", "Stage manager – Studio Console")
NOTE_HINT = Text("TD에게 메모 · Enter 보내기, Esc 취소", "A note to the TD · Enter sends it, Esc does not")
NOTHING_CALLED = Text("확인할 스탠바이가 없습니다", "There is no standby to acknowledge")
NOBODY_CHOSEN = Text("고른 출연자가 없습니다", "No speaker is chosen")
NOTHING_TO_DO = Text("이 출연자는 더 할 일이 없습니다", "Nothing is left to do with this speaker")
NOTHING_MARKED = Text("취소할 표시가 없습니다", "There is no mark to take back")


class StageWindow(QMainWindow):
    """Shows what ``service`` tells and posts to it what is pressed. Closing it ends nothing but itself."""

    def __init__(
        self,
        service: ShowService,
        event: Event,
        studio: Studio,
        zone: ZoneInfo,
        language: Language,
        rehearsal: bool,
        ledger: HallLedger,
    ) -> None:
        super().__init__()
        self._ledger = ledger
        self._context = Context(event, studio, zone, language, rehearsal)
        self._show = Show()
        self._guard: KeyGuard | None = None
        self._presses: deque[PressId] = deque(maxlen=REMEMBERED_PRESSES)
        self.bridge = Bridge(service, self)
        self.acts = actions_of(self, STAGE_KEYS)
        self.speaker_acts = actions_of(self, {act: KEYS[act] for act in SPEAKER_ACTS})
        self._build()
        self.bridge.changed.connect(self._take_show)
        self.bridge.refused.connect(self._refused)
        for act, action in self.acts.items():
            action.setData(act)
            action.triggered.connect(self._triggered)
        for speaker_act, action in self.speaker_acts.items():
            action.setData(speaker_act)
            action.triggered.connect(self._speak_triggered)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._end_notice)
        self.setMinimumSize(1180, 664)
        self.resize(QSize(1366, 768).boundedTo(self.screen().availableGeometry().size()))
        self.set_language(language)

    @property
    def shown(self) -> Show:
        """The show that the window was last given."""
        return self._show

    @property
    def language(self) -> Language:
        return self._context.language

    def put_up(self) -> None:
        """Shows the window in front, also where it was minimized."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.activateWindow()

    def set_language(self, language: Language) -> None:
        context = self._context
        self._set_context(replace(context, language=language))

    def show_files(self, event: Event, studio: Studio) -> None:
        """The files changed."""
        context = self._context
        self._set_context(replace(context, event=event, studio=studio))

    def end(self) -> None:
        """Lets go of the service. Closing the window does this."""
        self._timer.stop()
        self._quiet.stop()
        self.hall.end()
        self.bridge.close()

    def tick(self) -> None:
        """Looks at the clock and repaints what says something else than before."""
        context, show, now = self._context, self._show, self.bridge.now()
        projection = project(show, now)
        self.header.show_state(context, show, projection)
        self.banner.show_state(context, show)
        rows = speaker_rows(show, projection, context.event.people, context.studio.hall.call)
        self.list.show_rows(rows, now)
        self.hall.show_state(show)
        self.list.show_visits(self.hall.people)
        self.footer.show_state(context, show, self.list.chosen)
        if not self.messages.isHidden():
            self.messages.show_state(context, show, now)

    def speak(self, act: Act) -> None:
        """To the speaker: the panel comes with its first key, and goes with Esc in its empty line."""
        self.messages.show()
        self.messages.show_state(self._context, self._show, self.bridge.now())
        self.messages.perform(act)

    def perform(self, act: StageAct) -> None:
        """What a key does."""
        row = self.list.chosen
        match act:
            case StageAct.UP | StageAct.DOWN:
                self.list.step(-1 if act is StageAct.UP else 1)
            case StageAct.NEXT:
                self.list.follow()
            case StageAct.LANGUAGE:
                self.set_language("en" if self.language == "ko" else "ko")
            case StageAct.ACKNOWLEDGE:
                self._acknowledge()
            case StageAct.HALL | StageAct.HALL_EXIT:
                self.hall.open(out=act is StageAct.HALL_EXIT)
            case StageAct.NOTE:
                self.note.enter()
            case _ if row is None:
                self.say(NOBODY_CHOSEN)
            case StageAct.DO:
                self._do(row)
            case StageAct.TAKE_BACK:
                self._take_back(row)
            case _:
                self._toggle(row, MARKS[act])
        self.tick()

    def say(self, text: Text, **values: object) -> None:
        """Shows for 3 s why something was not done."""
        words = self._context.say(text, **values)
        self.notice.set_lines([Line(f"✕ {words}", 1.05, True, theme.AMBER)])
        self.notice.show()
        self._quiet.start(REFUSAL_SHOWN)

    # --- what the keys do

    def _do(self, row: SpeakerRow) -> None:
        if row.act is None and row.turn == 0:
            self.speak(Act.MESSAGE)
        elif row.act is None:
            self.say(NOTHING_TO_DO)
        else:
            self._mark(row, marks_of(row.act), True)

    def _toggle(self, row: SpeakerRow, mark: SpeakerMark) -> None:
        """By hand whatever the devices tell; the same key again takes the mark away."""
        self._mark(row, mark, not self._is_marked(row, mark))

    def _take_back(self, row: SpeakerRow) -> None:
        """The furthest mark that was made by hand."""
        mark = next((mark for mark in reversed(SpeakerMark) if self._is_marked(row, mark)), None)
        if mark is None:
            self.say(NOTHING_MARKED)
        else:
            self._mark(row, mark, False)

    def _is_marked(self, row: SpeakerRow, mark: SpeakerMark) -> bool:
        return all(marked(self._show, row.cue.id, person, mark) is not None for person in row.people)

    def _mark(self, row: SpeakerRow, mark: SpeakerMark, on: bool) -> None:
        self._press(lambda press: SpeakerMarked(row.cue.id, row.people, mark, on, STAGE_MANAGER, press))

    def _acknowledge(self) -> None:
        cue = unheard(self._show)
        if cue is None:
            self.say(NOTHING_CALLED)
        else:
            self._press(lambda press: StageStandbyAcknowledged(cue.id, STAGE_MANAGER, press))

    def _send_note(self, words: str) -> None:
        self._press(lambda press: StageNoteWritten(words, STAGE_MANAGER, press))

    def _press(self, event: Callable[[PressId], ShowEvent]) -> None:
        """Posts what ``event`` makes of a press of its own, by which a refusal of it is known."""
        self._presses.append(new_press())
        self.bridge.post(event(self._presses[-1]))

    # --- putting it together

    def _build(self) -> None:
        self.header = StageHeader()
        self.banner = StandbyBanner(self.acts[StageAct.ACKNOWLEDGE])
        self.list = SpeakerList(self._context)
        self.list.wanted.connect(self._do)
        self.hall = HallPanel(self._ledger, self._context)
        self.hall.closed.connect(self._focus_keys)
        self.hall.came.connect(self._came)
        self.hall.hide()
        middle = QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addWidget(self.list, 63)
        middle.addWidget(self.hall, 37)
        self.notice = Lines(margin=6)
        self.notice.hide()
        self.note = NoteField(NOTE_HINT)
        self.note.sent.connect(self._send_note)
        self.messages = MessageBar(self.speaker_acts, lambda act, event: self._press(event))
        self.messages.field.dismissed.connect(self.messages.hide)
        self.messages.hide()
        self.footer = StageFooter()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(GAP, GAP, GAP, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        for widget in (self.notice, self.note, self.messages, self.footer):
            column.addWidget(widget)
        self.setCentralWidget(body)
        self._set_sizes()

    def _triggered(self) -> None:
        self.perform(self.sender().data())  # type: ignore[attr-defined]

    def _speak_triggered(self) -> None:
        self.speak(self.sender().data())  # type: ignore[attr-defined]

    def _take_show(self, show: Show) -> None:
        self._show = show
        self.tick()

    def _refused(self, refusal: Refusal) -> None:
        if refusal.press in self._presses:
            self.say(refusal.reason, **refusal.values)

    def _end_notice(self) -> None:
        self.notice.hide()

    def _set_context(self, context: Context) -> None:
        self._context = context
        self.setWindowTitle(context.say(TITLE))
        self.list.set_context(context)
        self.hall.set_context(context)
        self.note.set_context(context)
        self.tick()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if self._guard is None and handle is not None:
            self._guard = KeyGuard(handle)
        self._focus_keys()

    def _focus_keys(self) -> None:
        """The keys act again."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _came(self, visit: Visit) -> None:
        """A speaker who came into the hall has arrived. One who was let in against a rule is marked by hand: the
        journal is not to have the exception and their name in the same moment."""
        person = visit.visitor.person
        row = self.list.speakers.place_where(lambda row: row.turn >= 0 and person in row.people)
        if person is not None and row is not None and not visit.reasons:
            self._mark(self.list.speakers.row_at(row), SpeakerMark.ARRIVED, True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_sizes()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.end()
        event.accept()

    def _set_sizes(self) -> None:
        theme.give_letters(self)
        self.header.setFixedHeight(self.header.sizeHint().height())
        self.banner.setFixedHeight(self.banner.sizeHint().height())
        self.note.setFixedHeight(round(self.font().pixelSize() * 2.4))

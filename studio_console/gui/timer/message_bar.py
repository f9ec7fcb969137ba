"""From here the speaker is spoken to: prepared messages, a line to type, the free timer, and what they see now.

For any window that has the keys: it is given actions and a way to press, and asks nothing of the window around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text, length_text
from studio_console.core.events import ShowEvent
from studio_console.core.show import Show
from studio_console.core.speaker import (
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.text import Text, same
from studio_console.core.units import MINUTE, Duration, Instant, PressId
from studio_console.core.written import Wrong, duration_of
from studio_console.gui import buttons, theme
from studio_console.gui.context import Context
from studio_console.gui.guests.chip import Chip
from studio_console.gui.keys import KEYS, Act, key_text
from studio_console.gui.painting import Line, Lines, rounded
from studio_console.gui.surfaces_bar import paint_heading
from studio_console.gui.timer.face import face_of
from studio_console.gui.timer.message_field import MessageField
from studio_console.gui.timer.preview import TimerPreview

Press: TypeAlias = Callable[[Act, Callable[[PressId], ShowEvent]], None]
"""Posts what is made of a new press; what is refused of it is shown as that act."""

SPEAKER_ACTS = (
    Act.MESSAGE,
    Act.MESSAGE_CLEAR,
    Act.TIMER_BLINK,
    Act.TIMER_BLACKOUT,
    Act.FREE_TIMER,
    Act.FREE_LESS,
    Act.FREE_MORE,
    Act.FREE_HOLD,
)
USUAL_LENGTH = Duration(5 * MINUTE)

TITLE = Text("연사에게 · {key}", "To the speaker · {key}")
SEND = Text("보내기", "Send")
URGENT = Text("급하게", "Urgent")
SENDS = same("Enter → {text}")
SEES_NOTHING = Text("▲ 암전: 연사는 아무것도 못 봅니다", "▲ blackout: the speaker sees nothing")
SEES = Text("{clock}부터 보임: {text}", "seen since {clock}: {text}")
SEES_URGENT = Text("▲ {clock}부터 급하게: {text}", "▲ urgent since {clock}: {text}")
NO_MESSAGE = Text("보이는 메시지 없음", "no message is shown")
TIMER_OF = Text("타이머 {length}", "Timer {length}")
END_TIMER = Text("타이머 끝", "End timer")
GO_ON = Text("계속", "Go on")


class ChipGrid(QWidget):
    """Chips in so many columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self) -> Chip:
        chip = self.make_chip()
        self.chips.append(chip)
        self._columns = 0
        return chip

    def make_chip(self) -> Chip:
        chip = Chip(self)
        chip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return chip

    def take_last(self) -> None:
        chip = self.chips.pop()
        self._grid.removeWidget(chip)
        chip.deleteLater()

    def arrange(self, columns: int) -> None:
        if columns != self._columns:
            for column in range(max(columns, self._columns)):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self._columns = columns
            for place, chip in enumerate(self.chips):
                self._grid.addWidget(chip, place // columns, place % columns)


class PreparedTexts(ChipGrid):
    """The messages that one click sends, in as many columns as there is room for, all as wide."""

    def __init__(self, chosen: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = chosen

    def make_chip(self) -> Chip:
        chip = Chip(self, most=2)
        # As wide as its column: a long message must not take room from the others.
        chip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return chip

    def set_texts(self, context: Context, texts: Sequence[Text]) -> None:
        while len(self.chips) > len(texts):
            self.take_last()
        while len(self.chips) < len(texts):
            self.add().clicked.connect(self._clicked)
        for place, (chip, text) in enumerate(zip(self.chips, texts, strict=True)):
            chip.set_label(f"{place + 1}  {context.say(text)}")
            chip.setToolTip(text.both())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.arrange(max(1, min(3, self.width() // (self.font().pixelSize() * 11))))

    def _clicked(self) -> None:
        chip = self.sender()
        self._chosen(next(place for place, each in enumerate(self.chips) if each is chip))


class MessageBar(QWidget):
    def __init__(self, actions: Mapping[Act, QAction], press: Press, parent: QWidget | None = None) -> None:
        """``actions`` has one for each of ``SPEAKER_ACTS``, and may have one for the timer's window."""
        super().__init__(parent)
        self._press = press
        self._context: Context | None = None
        self._show = Show()
        self._length = USUAL_LENGTH
        self._texts: tuple[Text, ...] = ()
        self._title = ""
        self._refused: tuple[Text, Mapping[str, object]] | None = None
        self.preview = TimerPreview(self)
        self.texts = PreparedTexts(self._send_prepared, self)
        self.field = MessageField(self)
        self.send, self.urgent = Chip(self), Chip(self)
        self.status, self.hint = Lines(self), Lines(self)
        self.controls = ChipGrid(self)
        acts = (*SPEAKER_ACTS[1:], *(act for act in (Act.TIMER_WINDOW,) if act in actions))
        self.chips = {act: self.controls.add() for act in acts}
        for act, chip in self.chips.items():
            chip.clicked.connect(actions[act].trigger)
        self.chips[Act.TIMER_BLACKOUT].set_colours(theme.AMBER, theme.AMBER_GROUND)
        self._build()
        self.field.sent.connect(self._send_typed)
        self.field.timed.connect(self._start_timer)
        self.field.typed.connect(self._say_hint)
        self.send.clicked.connect(self._send_clicked)
        self.urgent.clicked.connect(self._urgent_clicked)
        self._refusal_over = QTimer(self)
        self._refusal_over.setSingleShot(True)
        self._refusal_over.timeout.connect(self._forget_refusal)

    def _build(self) -> None:
        sending = QHBoxLayout()
        sending.setSpacing(4)
        sending.addWidget(self.send)
        sending.addWidget(self.urgent)
        sending.addStretch(1)
        writing = QVBoxLayout()
        writing.setSpacing(4)
        writing.addWidget(self.field)
        writing.addLayout(sending)
        writing.addWidget(self.hint)
        writing.addWidget(self.status)
        writing.addStretch(1)
        doing = QVBoxLayout()
        doing.addWidget(self.texts)
        doing.addStretch(1)
        keys = QVBoxLayout()
        keys.addWidget(self.controls)
        keys.addStretch(1)
        seeing = QHBoxLayout()
        seeing.setSpacing(10)
        seeing.addWidget(self.preview, 2)
        seeing.addLayout(writing, 3)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setSpacing(8)
        for part, room in ((seeing, 40), (doing, 40), (keys, 20)):
            self._parts.addLayout(part, room)

    # --- what it says

    def show_state(self, context: Context, show: Show, now: Instant) -> None:
        """What the speaker sees at ``now``, and what each button would do."""
        say = context.say
        if context is not self._context:
            self._context = context
            self._texts = context.studio.timer.messages
            self.field.set_context(context)
            self.texts.set_texts(context, self._texts)
            self.send.set_label(say(SEND), "Enter")
            self.urgent.set_label(say(URGENT), "Shift+Enter")
            self._say_hint()
        self._show = show
        title = say(TITLE, key=key_text(Act.MESSAGE))
        if title != self._title:
            self._title = title
            self.update()
        self.preview.set_face(face_of(context, show, now))
        free = show.speaker.free
        names = {act: KEYS[act].name for act in self.chips}
        names[Act.FREE_TIMER] = TIMER_OF.filled(length=length_text(self._length)) if free is None else END_TIMER
        if free is not None and free.held_since is not None:
            names[Act.FREE_HOLD] = GO_ON
        on = {
            Act.TIMER_BLACKOUT: show.speaker.black,
            Act.FREE_TIMER: free is not None,
            Act.FREE_HOLD: free is not None and free.held_since is not None,
            Act.TIMER_BLINK: show.speaker.blinks_until is not None and now < show.speaker.blinks_until,
        }
        for act, chip in self.chips.items():
            chip.set_label(say(names[act]), key_text(act), on.get(act, False))
        self.status.set_lines([self._status(context, show)])

    def _status(self, context: Context, show: Show) -> Line:
        say, message = context.say, show.speaker.message
        if self._refused is not None:
            reason, values = self._refused
            return Line(f"✕ {say(reason, **values)}", 0.92, True, theme.AMBER, most=2)
        if show.speaker.black:
            return Line(say(SEES_NOTHING), 0.92, True, theme.AMBER, most=2)
        if message is None:
            return Line(say(NO_MESSAGE), 0.92, colour=theme.QUIET)
        words = SEES_URGENT if message.urgent else SEES
        clock = clock_text(message.at, context.zone)
        colour = theme.AMBER if message.urgent else theme.TEXT
        return Line(say(words, clock=clock, text=say(message.text)), 0.92, False, colour, most=2)

    def show_refusal(self, act: Act, reason: Text, values: Mapping[str, object]) -> None:
        """Says for 3 s why something was not sent, where it was pressed here."""
        if act is Act.MESSAGE or act in self.chips:
            self._refused = reason, values
            self._refusal_over.start(buttons.REFUSAL_SHOWN)

    def _forget_refusal(self) -> None:
        self._refused = None

    def _say_hint(self) -> None:
        """What Enter would send, where a number was typed."""
        context, chosen = self._context, self._choice(self.field.words)
        words = context.say(SENDS, text=context.say(chosen)) if context is not None and chosen is not None else ""
        self.hint.set_lines([Line(words, 0.92, True, theme.AMBER)] if words else [])

    # --- what it does

    def perform(self, act: Act) -> None:
        """Does ``act``, one of ``SPEAKER_ACTS``."""
        speaker = self._show.speaker
        if act is Act.MESSAGE:
            self.field.enter()
        elif act is Act.MESSAGE_CLEAR:
            self._press(act, MessageCleared)
        elif act is Act.TIMER_BLINK:
            self._press(act, TimerBlinked)
        elif act is Act.TIMER_BLACKOUT:
            self._press(act, lambda press: TimerBlackedOut(not speaker.black, press))
        elif act is Act.FREE_TIMER and speaker.free is None:
            length = self._length
            self._press(act, lambda press: FreeTimerStarted(length, press))
        elif act is Act.FREE_TIMER:
            self._press(act, FreeTimerEnded)
        elif act is Act.FREE_HOLD:
            held = speaker.free is not None and speaker.free.held_since is not None
            self._press(act, lambda press: FreeTimerHeld(not held, press))
        elif act in (Act.FREE_MORE, Act.FREE_LESS):
            amount = Duration(MINUTE if act is Act.FREE_MORE else -MINUTE)
            self._press(act, lambda press: FreeTimerChanged(amount, press))

    def _choice(self, words: str) -> Text | None:
        """The prepared message that a single figure stands for."""
        place = "123456789".find(words) if len(words) == 1 else -1
        return self._texts[place] if 0 <= place < len(self._texts) else None

    def _send_prepared(self, place: int) -> None:
        self._send(self._texts[place], False)

    def _send_typed(self, words: str, urgent: bool) -> None:
        self._send(self._choice(words) or same(words), urgent)

    def _send(self, text: Text, urgent: bool) -> None:
        self._press(Act.MESSAGE, lambda press: MessageSent(text, urgent, press))

    def _send_clicked(self) -> None:
        self.field.send(False)

    def _urgent_clicked(self) -> None:
        self.field.send(True)

    def _start_timer(self, words: str) -> None:
        """``7`` are minutes; everything else as in the files."""
        if words:
            try:
                self._length = duration_of(f"{words}m" if words.isascii() and words.isdigit() else words)
            except Wrong as wrong:
                self.show_refusal(Act.FREE_TIMER, wrong.hint or wrong.message, wrong.values)
                return
        length = self._length
        self._press(Act.FREE_TIMER, lambda press: FreeTimerStarted(length, press))

    # --- how it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low and wide, all stands side by side; else below each other."""
        super().resizeEvent(event)
        wide = self.width() > 2.6 * self.height()
        directions = QBoxLayout.Direction
        self._parts.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self.controls.arrange(2 if wide else 4)
        letters = self.font().pixelSize()
        self._parts.setContentsMargins(14, round(letters * 2.1), 12, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), theme.PANEL)
        paint_heading(painter, self, self._title)

"""The hall's ledger at the side of the stage manager's window: coming in and going out, by the keyboard in seconds.

In: a few letters of the name, Enter, the temperature, Enter. Out: X, a few letters, Enter.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.hall import Decision, Visit, Visitor, degrees, inside, reason_text, tenths
from studio_console.core.hangul import matches
from studio_console.core.ports import HallLedger
from studio_console.core.rundown import Person, Where
from studio_console.core.show import Show
from studio_console.core.text import Text, same
from studio_console.core.units import PersonId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.guests.chip import Chip
from studio_console.gui.painting import Line, Lines, rounded
from studio_console.gui.stage.hall_bridge import HallBridge
from studio_console.gui.stage.hall_field import HallField
from studio_console.gui.stage.hall_lists import Suggestions, VisitList
from studio_console.gui.stage.header import hall_words

ENTRY = Text("입장 등록", "Coming in")
EXIT = Text("퇴장 등록", "Going out")
KEYS_IN = Text("Enter 다음 · ↑↓ 고르기 · Esc 닫기", "Enter next · ↑↓ choose · Esc close")
KEYS_OUT = Text("글자로 찾기 · ↑↓ 고르기 · Enter 퇴장 · Esc 닫기", "type to find · ↑↓ choose · Enter goes · Esc close")
NAME = Text("이름·직함 (ㅅㅇ, 서울)", "Name or role (seoul)")
PARTY = Text("일행·소속 (없으면 비움)", "Party (may be empty)")
TEMPERATURE = Text("체온 36.5 또는 365", "Temperature, 36.5 or 365")
ALLOW = Text("그래도 들이면 허용한 사람의 이름, Enter", "To let them in: the name of who allows it, Enter")
AS_TYPED = Text("“{name}” 그대로", "“{name}” as typed")
NO_NAME = Text("이름이나 직함을 적으세요", "Write a name or a role")
BAD_TEMPERATURE = Text(
    "체온은 36.5처럼 30~45 사이로. 재지 않았으면 비우세요", "A temperature from 30 to 45, as 36.5; empty if not taken"
)
REFUSED = Text("✕ 들이지 않음: {name}", "✕ not let in: {name}")
CAME = Text("✓ 입장 {clock} {name} · {temperature}", "✓ in {clock} {name} · {temperature}")
WENT = Text("✓ 퇴장 {name}", "✓ out {name}")
WRITING = Text("… 적는 중", "… being written")
NOBODY_MATCHES = Text("홀 안에 그런 사람이 없습니다", "Nobody of that name is in the hall")
MASK = Text("마스크 착용", "mask worn")
NO_MASK = Text("▲ 마스크 없음", "▲ no mask")
NO_ROUTE = Text("동선 —", "route —")
UNMEASURED = Text("미측정", "not measured")
EXPORT = Text("CSV 저장", "Save as CSV")
INSIDE = Text("홀 안 {count}명", "In the hall: {count}")
MOST = 5


class HallPanel(QWidget):
    closed = Signal()
    came = Signal(object)
    """The ``Visit`` of somebody who came in."""

    def __init__(self, ledger: HallLedger, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._show = Show()
        self._visits: tuple[Visit, ...] = ()
        self._people: list[Person] = []
        """Who the suggestions are, behind what was typed."""
        self._out = False
        self._person: Person | None = None
        self._mask = True
        self._route = next(iter(context.studio.hall.routes), "")
        self._asked: Visitor | None = None
        """Who was asked for and is not decided yet, or was refused."""
        self._said: tuple[Line, ...] = ()
        self.bridge = HallBridge(ledger, self)
        self._build()
        self.set_context(context)

    @property
    def inside(self) -> list[Visit]:
        """Who is in the hall today, the latest first."""
        return list(reversed(inside(self._visits, self.bridge.day)))

    @property
    def words(self) -> str:
        """What was said last."""
        return self.message.words

    @property
    def people(self) -> dict[PersonId, Visit]:
        """Who of the event is in the hall."""
        return {visit.visitor.person: visit for visit in self.inside if visit.visitor.person is not None}

    def open(self, out: bool) -> None:
        """Shows the form for coming in, or going out, and enters it."""
        self._out = out
        self._said = ()
        self._clear()
        self.show()
        self._say_all()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_context(self, context: Context) -> None:
        self._context = context
        say = context.say
        if self._route not in context.studio.hall.routes:
            self._route = next(iter(context.studio.hall.routes), "")
        self.name.setPlaceholderText(say(NAME))
        self.party.setPlaceholderText(say(PARTY))
        self.temperature.setPlaceholderText(say(TEMPERATURE))
        self.allowed.setPlaceholderText(say(ALLOW))
        self.list.set_context(context)
        self._say_all()

    def show_state(self, show: Show) -> None:
        before, self._show = self._show, show
        if show.stage.hall != before.stage.hall:
            self._say_all()

    def end(self) -> None:
        self.bridge.close()

    # --- what is typed

    def _clear(self) -> None:
        """Ready for the next one."""
        self._person, self._mask, self._asked = None, True, None
        for field in (self.name, self.party, self.temperature, self.allowed):
            field.clear()
        self.allowed.hide()
        self._suggest("")

    def _suggest(self, typed: str) -> None:
        if self._out:
            found = [visit for visit in self.inside if _matches(typed, visit.visitor.name, visit.visitor.party)]
            self.list.show_visits(found)
            self.list.choose(0 if found and typed else None)
            self.suggestions.show_lines((), 0)
            return
        self.list.show_visits(self.inside)
        self.list.choose(None)
        if self._person is not None and typed == self._context.say(self._person.label):
            return
        self._person = None
        self._people = self._meant(typed)[:MOST] if typed else []
        say = self._context.say
        lines = [say(AS_TYPED, name=typed), *(say(person.label) for person in self._people)] if typed else []
        self.suggestions.show_lines(lines, 1 if self._people else 0)

    def _meant(self, typed: str) -> list[Person]:
        """People of the event who come into the hall and are not in it, today's speakers first."""
        there = {visit.visitor.person for visit in self.inside}
        people = self._context.event.people
        today = dict.fromkeys(person for cue in self._show.plan.cues for person in cue.speakers)
        return [
            person
            for name in dict.fromkeys((*today, *people))
            if (person := people.get(name)) is not None
            and person.where is Where.HALL
            and person.id not in there
            and _matches(typed, person.label.ko, person.label.en)
        ]

    def _step(self, step: int) -> None:
        if not self._out:
            self.suggestions.move_lit(step)
        elif self.list.visits.rowCount():
            index = self.list.currentIndex()
            self.list.choose(index.row() + step if index.isValid() else 0)

    def _take_suggestion(self, place: int) -> None:
        if place > 0:
            self._person = self._people[place - 1]
            self.name.setText(self._context.say(self._person.label))
        self.suggestions.show_lines((), 0)
        self.temperature.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _name_entered(self) -> None:
        if self._out:
            self._go_out()
        elif not self.name.words:
            self._tell(NO_NAME)
        elif self.suggestions.lines:
            self._take_suggestion(self.suggestions.lit)
        else:
            self.temperature.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _key(self, key: object) -> None:
        if key == Qt.Key.Key_F9:
            self.bridge.export()
        elif key == Qt.Key.Key_F7:
            self._mask = not self._mask
        elif self._context.studio.hall.routes:
            routes = list(self._context.studio.hall.routes)
            self._route = routes[(routes.index(self._route) + 1) % len(routes)]
        self._say_all()

    def _submit(self) -> None:
        typed = self.temperature.words
        measured = tenths(typed) if typed else None
        if not self.name.words:
            self._tell(NO_NAME)
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif typed and measured is None:
            self._tell(BAD_TEMPERATURE)
        elif self._asked is None or self.allowed.isVisible():
            person = self._person.id if self._person is not None else None
            self._asked = Visitor(self.name.words, self.party.words, self._route, measured, self._mask, person)
            self.allowed.hide()
            self._tell(WRITING)
            self.bridge.enter(self._asked)

    def _allow(self) -> None:
        """Let in all the same, by somebody who says their name."""
        if self._asked is not None and self.allowed.words:
            self._tell(WRITING)
            self.bridge.enter(self._asked, self.allowed.words)
            self.allowed.hide()

    def _go_out(self) -> None:
        visit = self.list.chosen
        if visit is None:
            self._tell(NOBODY_MATCHES)
            return
        self._said = (Line(f"{self._context.say(WENT, name=visit.visitor.name)}", 1.0, True, theme.GREEN),)
        self.bridge.leave(visit)
        self._clear()
        self._say_all()

    def _escape(self) -> None:
        if self.allowed.isVisible():
            self._asked = None
            self.allowed.hide()
            self._said = ()
            self._say_all()
            self.temperature.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.close_form()

    def close_form(self) -> None:
        """The form is put away with what was typed."""
        self._clear()
        self.hide()
        self.closed.emit()

    # --- what the ledger says

    def _take_visits(self, visits: tuple[Visit, ...]) -> None:
        self._visits = visits
        self._suggest(self.name.words)
        self._say_all()

    def _decided(self, decision: Decision) -> None:
        context, visitor = self._context, self._asked
        if visitor is None:
            return
        if decision.trouble is not None:
            self._asked = None
            self._tell(decision.trouble)
        elif decision.visit is None:
            rules, limit = context.studio.hall, context.studio.limit
            lines = [Line(context.say(REFUSED, name=visitor.name), 1.1, True, theme.RED)]
            for reason in decision.reasons:
                text = reason_text(reason, visitor, decision.inside, limit, rules)
                lines.append(Line(f"▲ {context.say(text)}", 1.0, True, theme.AMBER))
            self._said = tuple(lines)
            self._say_all()
            self.allowed.show()
            self.allowed.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            visit = decision.visit
            clock = clock_text(visit.entered, context.zone, seconds=False)
            measured = visit.visitor.temperature
            warmth = same(f"{degrees(measured)}℃") if measured is not None else UNMEASURED
            words = context.say(CAME, clock=clock, name=visitor.name, temperature=warmth)
            self._said = (Line(words, 1.0, True, theme.GREEN),)
            self._clear()
            self._say_all()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.came.emit(visit)

    def _left(self, trouble: Text | None) -> None:
        if trouble is not None:
            self._tell(trouble)

    def _tell(self, text: Text) -> None:
        self._said = (Line(self._context.say(text), 1.0, True, theme.AMBER, most=3),)
        self._say_all()

    # --- putting it together

    def _build(self) -> None:
        self.heading = Lines(self)
        self.name, self.party = HallField(80, self), HallField(80, self)
        self.temperature, self.allowed = HallField(5, self), HallField(80, self)
        self.suggestions = Suggestions(self)
        self.mask_chip, self.route_chip, self.save_chip = Chip(self), Chip(self), Chip(self)
        self.message, self.count = Lines(self), Lines(self)
        self.list = VisitList(self._context, self)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in (self.mask_chip, self.route_chip):
            chips.addWidget(chip)
        chips.addStretch(1)
        chips.addWidget(self.save_chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for widget in (self.heading, self.name, self.suggestions, self.party, self.temperature):
            column.addWidget(widget)
        column.addLayout(chips)
        column.addWidget(self.message)
        column.addWidget(self.allowed)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        self.allowed.hide()
        self.name.typed.connect(self._suggest)
        self.name.entered.connect(self._name_entered)
        self.party.entered.connect(self._submit)
        self.temperature.entered.connect(self._submit)
        self.allowed.entered.connect(self._allow)
        self.name.stepped.connect(self._step)
        for field in (self.name, self.party, self.temperature, self.allowed):
            field.escaped.connect(self._escape)
            field.pressed.connect(self._key)
        self.suggestions.taken.connect(self._take_suggestion)
        self.mask_chip.clicked.connect(self._toggle_mask)
        self.route_chip.clicked.connect(self._next_route)
        self.save_chip.clicked.connect(self.bridge.export)
        self.list.clicked.connect(self._chosen)
        self.bridge.changed.connect(self._take_visits)
        self.bridge.decided.connect(self._decided)
        self.bridge.left.connect(self._left)
        self.bridge.exported.connect(self._tell)

    def _toggle_mask(self) -> None:
        self._key(Qt.Key.Key_F7)

    def _next_route(self) -> None:
        self._key(Qt.Key.Key_F8)

    def _chosen(self) -> None:
        """Somebody in the list was clicked: they are about to go."""
        visit = self.list.chosen
        if visit is not None:
            self.open(out=True)
            self.list.choose(self.list.visits.place_of(visit.id))

    def _say_all(self) -> None:
        context, say = self._context, self._context.say
        _, count, rest, colour = hall_words(context, self._show)
        title = say(EXIT if self._out else ENTRY)
        self.heading.set_lines([
            Line(title, 1.3, True, theme.TEXT, tail=f"{count} {rest}", tail_colour=colour),
            Line(say(KEYS_OUT if self._out else KEYS_IN), 0.86, colour=theme.QUIET),
        ])  # fmt: skip
        for widget in (self.party, self.temperature, self.mask_chip, self.route_chip):
            widget.setVisible(not self._out)
        self.mask_chip.set_label(say(MASK if self._mask else NO_MASK), "F7", on=not self._mask)
        self.mask_chip.set_colours(theme.AMBER, theme.AMBER_GROUND)
        route = context.studio.hall.routes.get(self._route, NO_ROUTE)
        self.route_chip.set_label(say(route), "F8")
        self.save_chip.set_label(say(EXPORT), "F9")
        self.message.set_lines(self._said)
        self.message.setVisible(bool(self._said))
        self.count.set_lines([Line(say(INSIDE, count=len(self.inside)), 0.94, True, theme.QUIET, gap=0.2)])

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), theme.PANEL)


def _matches(typed: str, *texts: str) -> bool:
    """Whether every word that was typed is in one of ``texts``."""
    return all(any(matches(word, text) for text in texts) for word in typed.split())

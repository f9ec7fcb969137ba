"""The hall's ledger at the side of the stage manager's window: coming in and going out, by the keyboard in seconds.

In: a few letters of the name, Enter, the temperature, Enter. Out: X, a few letters, Enter. F6 instead of that
Enter puts right what was entered of somebody. F7 shows who went: Enter takes back that they did.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio_console.core.clocktext import clock_text
from studio_console.core.hall import Decision, Visit, Visitor, degrees, gone, inside, reason_text, tenths
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
from studio_console.gui.stage.hall_lists import EMPTY, NOBODY_WENT, Suggestions, VisitList
from studio_console.gui.stage.hall_texts import (
    ALLOW,
    AS_TYPED,
    BAD_TEMPERATURE,
    CAME,
    CHOOSE_FIRST,
    CORRECT,
    CORRECTED,
    CORRECTION,
    ENTRY,
    EXIT,
    EXPORT,
    HOW_TO_GO,
    INSIDE,
    KEEP_IN,
    KEYS_BACK,
    KEYS_CORRECT,
    KEYS_IN,
    KEYS_OUT,
    MASK,
    NAME,
    NO_MASK,
    NO_NAME,
    NO_ROUTE,
    NOBODY_LEFT,
    NOBODY_MATCHES,
    PARTY,
    REFUSED,
    TAKING_BACK,
    TEMPERATURE,
    TOOK_BACK,
    UNMEASURED,
    WENT,
    WENT_OUT,
    WRITING,
)
from studio_console.gui.stage.header import hall_words

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
        self._back = False
        """Going out is not registered but taken back."""
        self._person: Person | None = None
        self._mask = True
        self._route = next(iter(context.studio.hall.routes), "")
        self._correcting: Visit | None = None
        """Whose entry is put right."""
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
    def gone(self) -> list[Visit]:
        """Who went out of it today, the latest first."""
        return gone(self._visits, self.bridge.day)

    @property
    def words(self) -> str:
        """What was said last."""
        return self.message.words

    @property
    def people(self) -> dict[PersonId, Visit]:
        """Who of the event is in the hall."""
        return {visit.visitor.person: visit for visit in self.inside if visit.visitor.person is not None}

    def open(self, out: bool, back: bool = False) -> None:
        """Shows the form for coming in, or going out, or taking ``back`` that somebody went, and enters it."""
        self._out, self._back = out, back
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
        self._person, self._mask, self._asked, self._correcting = None, True, None, None
        for field in (self.name, self.party, self.temperature, self.allowed):
            field.clear()
        self.allowed.hide()
        self._suggest("")

    def _suggest(self, typed: str) -> None:
        if self._out:
            meant = self.gone if self._back else self.inside
            found = [visit for visit in meant if _matches(typed, visit.visitor.name, visit.visitor.party)]
            self.list.show_visits(found, NOBODY_WENT if self._back else EMPTY)
            self.list.choose(0 if found and (typed or self._back) else None)
            self.suggestions.show_lines((), 0)
            return
        self.list.show_visits(self.inside)
        self.list.choose(None)
        if self._correcting is not None and typed == self._correcting.visitor.name:
            self._people = []
            self.suggestions.show_lines((), 0)
            return
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
        if self._back:
            self._take_back()
        elif self._out:
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
        elif key == Qt.Key.Key_F6:
            self._correct()
        elif self._out and key == Qt.Key.Key_F7:
            self.open(out=True, back=not self._back)
        elif self._out:
            return
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
            self._asked = self._visitor(measured)
            self.allowed.hide()
            self._tell(WRITING)
            self._ask(self._asked)

    def _allow(self) -> None:
        """Let in all the same, by somebody who says their name."""
        if self._asked is not None and self.allowed.words:
            self._tell(WRITING)
            self._ask(self._asked, self.allowed.words)
            self.allowed.hide()

    def _visitor(self, measured: int | None) -> Visitor:
        """Who stands in the fields."""
        before = self._correcting.visitor if self._correcting is not None else None
        person = self._person.id if self._person is not None else None
        if before is not None and before.name == self.name.words:
            person = before.person
        return Visitor(self.name.words, self.party.words, self._route, measured, self._mask, person)

    def _ask(self, visitor: Visitor, allowed_by: str = "") -> None:
        if self._correcting is None:
            self.bridge.enter(visitor, allowed_by)
        else:
            self.bridge.correct(self._correcting, visitor, allowed_by)

    def _correct(self) -> None:
        """What was entered of the chosen one stands in the fields, to be put right."""
        visit = self.list.chosen if self._out and not self._back else None
        if visit is None:
            self.open(out=True)
            self._tell(CHOOSE_FIRST)
            return
        one = visit.visitor
        self._clear()
        self._out, self._said, self._correcting = False, (), visit
        self._mask, self._route = one.mask, one.route
        self.name.setText(one.name)
        self.party.setText(one.party)
        self.temperature.setText(degrees(one.temperature) if one.temperature is not None else "")
        self._say_all()
        self.temperature.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.temperature.selectAll()

    def _go_out(self) -> None:
        visit = self.list.chosen
        if visit is None:
            self._tell(NOBODY_MATCHES if self.name.words else HOW_TO_GO if self.inside else EMPTY)
            return
        self._said = (Line(f"{self._context.say(WENT, name=visit.visitor.name)}", 1.0, True, theme.GREEN),)
        self.bridge.leave(visit)
        self._clear()
        self._say_all()

    def _take_back(self) -> None:
        """The chosen one did not go: they are in the hall as before."""
        visit = self.list.chosen
        if visit is None:
            self._tell(NOBODY_LEFT if self.gone else NOBODY_WENT)
            return
        self.open(out=True)
        self._said = (Line(self._context.say(TOOK_BACK, name=visit.visitor.name), 1.0, True, theme.GREEN),)
        self.bridge.take_back(visit)
        self._say_all()

    def _escape(self) -> None:
        if self._correcting is not None or self._back:
            self.open(out=True)
        elif self.allowed.isVisible():
            self._asked = None
            self.allowed.hide()
            self._said = ()
            self._say_all()
            self.temperature.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
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
            self._ask_who_allows(Line(context.say(REFUSED, name=visitor.name), 1.1, True, theme.RED), visitor, decision)
        else:
            visit = decision.visit
            clock = clock_text(visit.entered, context.zone, seconds=False)
            words = context.say(CAME, clock=clock, name=visitor.name, temperature=_warmth(visitor))
            self._said = (Line(words, 1.0, True, theme.GREEN),)
            self._clear()
            self._say_all()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.came.emit(visit)

    def _was_corrected(self, decision: Decision) -> None:
        before, visitor = self._correcting, self._asked
        if before is None or visitor is None:
            return
        if decision.visit is None:
            self._asked = None
            if decision.trouble is not None:
                self._tell(decision.trouble)
            return
        words = self._context.say(CORRECTED, name=visitor.name, temperature=_warmth(visitor))
        if visitor.person is not None and visitor.person != before.visitor.person:
            self.came.emit(decision.visit)
        if decision.reasons:
            self._ask_who_allows(Line(words, 1.1, True, theme.RED), visitor, decision)
        else:
            self.open(out=True)
            self._said = (Line(words, 1.0, True, theme.GREEN),)
            self._say_all()

    def _ask_who_allows(self, first: Line, visitor: Visitor, decision: Decision) -> None:
        """Under ``first``: what speaks against ``visitor``, and a field for the name of who allows it."""
        context = self._context
        lines = [first]
        for reason in decision.reasons:
            text = reason_text(reason, visitor, decision.inside, context.studio.limit, context.studio.hall)
            lines.append(Line(f"▲ {context.say(text)}", 1.0, True, theme.AMBER))
        self._said = tuple(lines)
        self._say_all()
        self.allowed.show()
        self.allowed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, trouble: Text | None) -> None:
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
        self.mask_chip, self.route_chip, self.save_chip = (Chip(self) for _ in range(3))
        self.correct_chip, self.back_chip = Chip(self), Chip(self)
        self.message, self.count = Lines(self), Lines(self)
        self.list = VisitList(self._context, self)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in (self.mask_chip, self.route_chip, self.correct_chip, self.back_chip):
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
        self.mask_chip.clicked.connect(self._press_f7)
        self.route_chip.clicked.connect(self._next_route)
        self.save_chip.clicked.connect(self.bridge.export)
        self.correct_chip.clicked.connect(self._correct)
        self.back_chip.clicked.connect(self._press_f7)
        self.list.clicked.connect(self._chosen)
        self.bridge.changed.connect(self._take_visits)
        self.bridge.decided.connect(self._decided)
        self.bridge.corrected.connect(self._was_corrected)
        self.bridge.left.connect(self._refused)
        self.bridge.taken_back.connect(self._refused)
        self.bridge.exported.connect(self._tell)

    def _press_f7(self) -> None:
        self._key(Qt.Key.Key_F7)

    def _next_route(self) -> None:
        self._key(Qt.Key.Key_F8)

    def _chosen(self) -> None:
        """Somebody in the list was clicked: they are about to go, or did not."""
        visit = self.list.chosen
        if visit is not None:
            self.open(out=True, back=self._back)
            self.list.choose(self.list.visits.place_of(visit.id))

    def _say_all(self) -> None:
        context, say = self._context, self._context.say
        _, count, rest, colour = hall_words(context, self._show)
        title, keys = (EXIT, KEYS_OUT) if self._out else (ENTRY, KEYS_IN)
        if self._correcting is not None:
            title, keys = CORRECTION, KEYS_CORRECT
        elif self._back:
            title, keys = TAKING_BACK, KEYS_BACK
        self.heading.set_lines([
            Line(say(title), 1.3, True, theme.TEXT, tail=f"{count} {rest}", tail_colour=colour),
            Line(say(keys), 0.86, colour=theme.QUIET),
        ])  # fmt: skip
        for widget in (self.party, self.temperature, self.mask_chip, self.route_chip):
            widget.setVisible(not self._out)
        self.allowed.setPlaceholderText(say(ALLOW if self._correcting is None else KEEP_IN))
        self.correct_chip.setVisible(self._out and not self._back)
        self.back_chip.setVisible(self._out)
        self.back_chip.set_label(say(TAKING_BACK), "F7", on=self._back)
        self.correct_chip.set_label(say(CORRECT), "F6")
        self.mask_chip.set_label(say(MASK if self._mask else NO_MASK), "F7", on=not self._mask)
        self.mask_chip.set_colours(theme.AMBER, theme.AMBER_GROUND)
        route = context.studio.hall.routes.get(self._route, NO_ROUTE)
        self.route_chip.set_label(say(route), "F8")
        self.save_chip.set_label(say(EXPORT), "F9")
        self.message.set_lines(self._said)
        self.message.setVisible(bool(self._said))
        words = say(WENT_OUT, count=len(self.gone)) if self._back else say(INSIDE, count=len(self.inside))
        self.count.set_lines([Line(words, 0.94, True, theme.QUIET, gap=0.2)])

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), QRectF(self.rect()), theme.PANEL)


def _matches(typed: str, *texts: str) -> bool:
    """Whether every word that was typed is in one of ``texts``."""
    return all(any(matches(word, text) for text in texts) for word in typed.split())


def _warmth(visitor: Visitor) -> Text:
    return same(f"{degrees(visitor.temperature)}℃") if visitor.temperature is not None else UNMEASURED

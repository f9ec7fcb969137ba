"""What a rehearsal's guests do, from a file: who freezes, goes black, falls silent, drops, comes back, and when."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio_console.core.ports import Clock, Previews
from studio_console.core.problems import Problem, UserError
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, PersonId
from studio_console.core.written import DURATION_PATTERN, duration_of
from studio_console.devices.previews.protocol import Trick
from studio_console.files.cues import NO_PERSON
from studio_console.files.names import Names
from studio_console.files.nodes import parse
from studio_console.files.reader import Reader
from studio_console.files.records import Field, ListOf, Record, Row
from studio_console.files.shapes import ID, Choice, Parsed

log = logging.getLogger(__name__)

UNREADABLE = Text("게스트 대본을 열 수 없습니다: {file}", "The guests' script cannot be opened: {file}")
BAD = Text(
    "게스트 대본에 오류가 있습니다. 위의 오류를 고치세요",
    "The guests' script has errors: mend what is listed above",
)

AFTER = Parsed("script-time", lambda text: duration_of(text, zero=True), DURATION_PATTERN, examples=("30s", "2m"))
LINE = Record(
    "guest-line",
    (
        Field("after", AFTER, Text("리허설이 열린 뒤 시간", "how long after the rehearsal was opened"), required=True),
        Field("guest", ID, Text("참가자 아이디", "id of the person"), required=True),
        Field("does", Choice(Trick), Text("무엇을", "freeze, black, silent, drop or back"), required=True),
    ),
)
SCRIPT = ListOf(LINE)


@dataclass(frozen=True, slots=True)
class Turn:
    """``guest`` does ``trick`` when the rehearsal has been open for ``after`` ms of its clock."""

    after: Duration
    guest: PersonId
    trick: Trick


class BadScript(UserError):
    """The script has errors; ``problems`` lists all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(BAD)
        self.problems = problems


def read_script(path: Path, guests: Collection[PersonId]) -> tuple[Turn, ...]:
    """The script in the order of its times. Raises UserError, or BadScript with every problem in it."""
    problems: list[Problem] = []
    reader = Reader(path.name, problems)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(UNREADABLE, file=str(path)) from error
    node = parse(data, reader)
    rows = SCRIPT.read(node, reader) if node is not None else ()
    known = Names(dict.fromkeys(guests, ""))
    turns: list[Turn] = []
    for row in rows if isinstance(rows, tuple) else ():
        if isinstance(row, Row) and not row.bad:
            known.refer(row.values["guest"], row.value("guest"), reader, "person", NO_PERSON)
            turns.append(Turn(row.values["after"], PersonId(row.values["guest"]), row.values["does"]))
    if problems:
        raise BadScript(tuple(problems))
    return tuple(sorted(turns, key=lambda turn: turn.after))


class GuestScript:
    """Plays ``turns`` on ``previews``, counted on ``clock`` from now, in a thread of its own."""

    def __init__(self, turns: Sequence[Turn], previews: Previews, clock: Clock) -> None:
        self._turns = turns
        self._previews = previews
        self._clock = clock
        self._begun = clock.now()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="guest script", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        for turn in self._turns:
            if self._closing.wait(max(0.0, self._clock.real_delay(Instant(self._begun + turn.after)))):
                return
            log.info("the guest %s does: %s", turn.guest, turn.trick)
            self._previews.act(turn.guest, turn.trick)

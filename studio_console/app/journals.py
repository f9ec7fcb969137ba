"""The journal of a day: opened or begun anew, what its reading brought, and the clock that a rehearsal keeps in it."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.app.places import Mode
from studio_console.core.clocktext import clock_text
from studio_console.core.plan import plan_times
from studio_console.core.problems import Place, Problem, Severity
from studio_console.core.rundown import Day
from studio_console.core.show import Show
from studio_console.core.text import Text
from studio_console.core.units import MINUTE, Duration, Instant, datetime_of
from studio_console.runtime.clocks import ScaledClock
from studio_console.runtime.journal import Journal, archive

LEAD_IN = Duration(5 * MINUTE)
"""How long before the day's first planned start a rehearsal's clock begins."""

SET_ASIDE = Text(
    "이 날의 진행 기록이 손상되어 옮겨 두고 새로 시작했습니다. 옮긴 파일: {file}",
    "the journal of this day was damaged: it was put away as {file}, and a new one begun",
)
SET_ASIDE_HINT = Text(
    "OBS 화면을 보고 지금 나가는 큐에 스탠바이를 맞추세요",
    "look at OBS, and put the standby on the cue that is on air",
)
UNREAD = Text(
    "진행 기록 중 {count}줄을 읽지 못해 건너뛰었습니다",
    "{count} lines of the journal could not be read and were passed over",
)
UNREAD_HINT = Text("송출 중인 큐와 시계가 맞는지 확인하세요", "check that the cue on air and its clock are right")
RESUMED = Text("{clock} 기록에서 이어 갑니다, 큐 {cue}", "resumed from {clock}, cue {cue}")
RESUMED_HINT = Text(
    "처음부터 하려면 데스크를 닫고 --fresh로 다시 여세요. 송출 화면은 그대로입니다",
    "to begin anew, close the desk and open it with --fresh; what is on air stays",
)


def open_journal(path: Path, mode: Mode, anew: bool) -> Journal:
    """The journal at ``path``. What is there is put away first where that is asked for, or is an ended rehearsal's.

    Raises JournalError.
    """
    if anew:
        archive(path)
    journal = Journal(path)
    if mode is Mode.REHEARSAL and journal.meta("ended") is not None:
        journal.close()
        archive(path)
        journal = Journal(path)
    return journal


def journal_notices(journal: Journal, recovered: Show, now: Instant, zone: ZoneInfo) -> tuple[Problem, ...]:
    """What the operator has to know of an earlier run: what was lost of it, and that it goes on.

    ``recovered`` is the show that the journal gave; nothing may have been written to it since.
    """
    found: list[Problem] = []
    place = Place(journal.path.name)
    if journal.set_aside is not None:
        values = {"file": str(journal.set_aside)}
        found.append(Problem(place, "journal-damaged", Severity.WARNING, SET_ASIDE, SET_ASIDE_HINT, values))
    if journal.unread:
        values = {"count": str(journal.unread)}
        found.append(Problem(place, "journal-unread", Severity.WARNING, UNREAD, UNREAD_HINT, values))
    reached = recovered.current or (recovered.history[-1] if recovered.history else None)
    last = journal.last_at()
    if reached is not None and last is not None:
        values = {"clock": _moment(last, now, zone), "cue": reached.cue.number}
        found.append(Problem(place, "journal-resumed", Severity.WARNING, RESUMED, RESUMED_HINT, values))
    return tuple(found)


def _moment(at: Instant, now: Instant, zone: ZoneInfo) -> str:
    """``18:04``, with its date where that is not today."""
    clock = clock_text(at, zone, seconds=False)
    day = datetime_of(at, zone).date()
    return clock if day == datetime_of(now, zone).date() else f"{day} {clock}"


def rehearsal_clock(journal: Journal, day: Day, start: Instant | None, speed: float) -> ScaledClock:
    """The rehearsal's clock; after a crash it goes on as if the console had never been away.

    ``start`` and ``speed`` count for a rehearsal that begins: whoever sets them begins it anew.
    """
    kept = journal.meta("clock")
    if kept is not None:
        values = json.loads(kept)
        return ScaledClock(Instant(values["start"]), values["speed"], values["begun_wall"])
    begin = start if start is not None else Instant(min(plan_times(day).start, default=Instant(0)) - LEAD_IN)
    clock = ScaledClock(begin, speed)
    values = {"start": clock.start, "speed": clock.speed, "begun_wall": clock.begun_wall}
    journal.put_meta("clock", json.dumps(values))
    return clock

"""Guests who are on air or soon will be, and whose picture is not good: what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio_console.core.alarms import Alarm
from studio_console.core.guests import GOOD, guest_of, involved, tally
from studio_console.core.problems import Severity
from studio_console.core.reports import Signal
from studio_console.core.rundown import Cue
from studio_console.core.show import Show, position
from studio_console.core.text import Text, same
from studio_console.core.timing import Projection
from studio_console.core.units import SECOND, Duration, Instant, PersonId

ON_AIR: Mapping[Signal, Text] = {
    Signal.CONNECTING: Text(
        "{guest}: 송출 중인데 미리보기가 아직 연결되지 않았습니다. 송출 화면을 보세요",
        "{guest} is on air and not seen here yet: watch the programme",
    ),
    Signal.LOST: Text(
        "{guest}: 송출 중 신호 끊김. 송출 화면도 멈췄으면 홀 카메라로 넘기고 참가자에게 연락하세요",
        "{guest} is on air and lost: if the programme hangs too, cut to the hall and call them",
    ),
    Signal.UNPLAYABLE: Text(
        "{guest}: 송출 중인데 이 컴퓨터에서 볼 수 없습니다. 송출 화면을 지켜보세요. {reason}",
        "{guest} is on air and cannot be shown here: watch the programme. {reason}",
    ),
    Signal.FROZEN: Text(
        "{guest}: 송출 중 화면 멈춤. 송출 화면도 멈췄으면 홀 카메라로 넘기세요",
        "{guest} is on air and frozen: if the programme is too, cut to the hall",
    ),
    Signal.BLACK: Text(
        "{guest}: 송출 중 검은 화면. 홀 카메라로 넘기고 카메라를 확인하게 하세요",
        "{guest} is on air and black: cut to the hall and have them check their camera",
    ),
    Signal.SILENT: Text(
        "{guest}: 송출 중인데 소리가 없습니다. 음소거를 풀게 하세요",
        "{guest} is on air without a sound: have them unmute",
    ),
}
COMING: Mapping[Signal, Text] = {
    Signal.CONNECTING: Text(
        "{guest}: {cue} 전인데 아직 연결되지 않았습니다. 접속했는지 연락하세요",
        "{guest}, up in {cue}, has not connected yet: call and ask whether they send",
    ),
    Signal.LOST: Text(
        "{guest}: {cue} 전인데 신호 끊김. 연락해 다시 접속하게 하거나 순서를 바꾸세요",
        "{guest}, up in {cue}, is lost: call them to reconnect, or change the order",
    ),
    Signal.UNPLAYABLE: Text(
        "{guest}: {cue} 전인데 이 컴퓨터에서 볼 수 없습니다. OBS에서 화면을 확인하세요. {reason}",
        "{guest}, up in {cue}, cannot be shown here: look at them in OBS. {reason}",
    ),
    Signal.FROZEN: Text(
        "{guest}: {cue} 전인데 화면 멈춤. 연락해 카메라와 회선을 확인하게 하세요",
        "{guest}, up in {cue}, is frozen: call, have them check camera and line",
    ),
    Signal.BLACK: Text(
        "{guest}: {cue} 전인데 검은 화면. 연락해 카메라를 켜게 하세요",
        "{guest}, up in {cue}, is black: call, have them switch on their camera",
    ),
}
FINE = GOOD | {Signal.STILL}
THERE_WITHIN = Duration(5 * SECOND)
"""Until then nobody is missed who has not connected since the console came up: forty-two of them take two seconds."""
BACK_WITHIN = Duration(2 * SECOND)
"""A preview that the console itself moves or starts again is back by then; until then it is no alarm."""
HERE_ONLY = frozenset({Signal.CONNECTING, Signal.UNPLAYABLE, Signal.SILENT})
"""What may be wrong at the desk and not on air, or nothing but a long pause."""


def guest_alarms(show: Show, projection: Projection) -> tuple[Alarm, ...]:
    """Every guest who is on air, or has to be within the lead time, and whose picture is not good; errors first.
    Of whom there is no preview nothing is said: that was known when the files were written.

    ``projection`` is that of ``show``. Looks at no more cues than lie within the lead time.
    """
    if not show.rundown.guests:
        return ()
    take = show.current
    alone = len(take.cue.speakers) == 1 if take is not None else False
    speaking = show.rundown.guests.intersection(take.cue.speakers) if take is not None else frozenset()
    on_air = (speaking | tally(show).on_air) - show.rundown.unwatched
    found: list[Alarm] = []
    for guest in sorted(on_air):
        signal = guest_of(show, guest).signal
        if _is_being_opened(show, guest, projection.now):
            continue
        # Of several on air most are listening: their silence is as it should be.
        if signal not in FINE or (signal is Signal.SILENT and alone and guest in speaking):
            severity = Severity.WARNING if signal in HERE_ONLY else Severity.ERROR
            found.append(_alarm(show, guest, f"guest-on-air-{signal}", severity, ON_AIR[signal], {}))
    told = on_air | show.rundown.unwatched
    for cue in _coming(show, projection):
        for guest in involved(show, cue):
            signal = guest_of(show, guest).signal
            if guest not in told and signal not in FINE and not _is_being_opened(show, guest, projection.now):
                code = f"guest-coming-{signal}"
                found.append(_alarm(show, guest, code, Severity.WARNING, COMING[signal], {"cue": cue.number}))
            told |= {guest}
    return tuple(sorted(found, key=lambda alarm: alarm.severity is not Severity.ERROR))


def _is_being_opened(show: Show, guest: PersonId, now: Instant) -> bool:
    """Whether the console has just begun to open the guest: for the first time, or again, as its reason says."""
    state = guest_of(show, guest)
    began = state.since if state.since is not None else show.started_at
    if state.signal is not Signal.CONNECTING or began is None:
        return False
    return now - began < (THERE_WITHIN if state.reason is None else BACK_WITHIN)


def _alarm(
    show: Show, guest: PersonId, code: str, severity: Severity, text: Text, values: Mapping[str, object]
) -> Alarm:
    state = guest_of(show, guest)
    values = {"guest": guest, "reason": state.reason or same(""), **values}
    return Alarm(code, severity, text, values, since=state.since, guest=guest)


def _coming(show: Show, projection: Projection) -> Iterator[Cue]:
    """The cues that begin within the lead time, what GO takes first."""
    until = projection.now + show.rundown.guest_lead
    ahead = projection.rows[position(show) + 1 :]
    pointed = projection.next if show.pointer.cue is not None else None
    # Jumped to or back to, it begins when what is on air ends, as the cue after that would have.
    begin = next((row.projected_start for row in ahead if row.projected_start is not None), projection.now)
    if pointed is not None and begin <= until:
        yield pointed
    for row in ahead:
        if row.projected_start is None:
            continue
        if row.projected_start > until:
            return
        yield row.cue

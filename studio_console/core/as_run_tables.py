"""The tables of an as-run report: summary, sessions, cues, log, alarms, surfaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from studio_console.core.as_run import AsRun, CueLine, Fate
from studio_console.core.clocktext import length_text, over_text
from studio_console.core.event_log import LogLine, Source
from studio_console.core.event_words import Names
from studio_console.core.problems import Severity
from studio_console.core.show import Mark
from studio_console.core.tables import Column, Kind, Row, Table, Tone
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, Instant, SessionId, SurfaceId

FATES: Mapping[Fate, Text] = {
    Fate.AIRED: Text("송출", "aired"),
    Fate.ON_AIR: Text("송출 중", "on air"),
    Fate.BACKED_OUT: Text("되돌림", "backed out"),
    Fate.NEVER_SEEN: Text("나가지 않음", "never seen"),
    Fate.SKIPPED_LIVE: Text("현장에서 건너뜀", "skipped live"),
    Fate.SKIPPED: Text("건너뜀(큐시트)", "skipped in the rundown"),
    Fate.PASSED: Text("지나감", "passed"),
    Fate.NOT_REACHED: Text("하지 않음", "not reached"),
}
SOURCES: Mapping[Source, Text] = {
    Source.OPERATOR: Text("운영자", "operator"),
    Source.CONSOLE: Text("콘솔", "console"),
    Source.DEVICE: Text("장비", "device"),
}
SEVERITIES: Mapping[Severity, Text] = {Severity.ERROR: Text("오류", "error"), Severity.WARNING: Text("주의", "warning")}
MARKS: Mapping[Mark, Text] = {
    Mark.EDITED: Text("송출 중 수정됨", "edited while on air"),
    Mark.SKIPPED: Text("송출 중 건너뛰기 표시", "marked to be skipped while on air"),
    Mark.DELETED: Text("송출 중 삭제됨", "deleted while on air"),
}
YES = same("✓")

BACKED_OUT = Text("잘못 보내 이전 큐로 되돌림", "taken by mistake, Back was pressed")
NEVER_SEEN = Text("확인 전에 다른 큐로 바뀜", "something else was taken before it was seen")
RETURNED = Text("이전으로 {count}회 되돌아옴", "brought back {count} ×")
SENT_AGAIN = Text("화면 {count}회 다시 보냄", "picture sent again {count} ×")
ADDED = Text("시간 {amount}", "{amount} added")
HELD = Text("홀드 {length}", "held {length}")
UNCONFIRMED = Text("▲ {surface} 미확인. {reason}", "▲ {surface} did not confirm. {reason}")
TOOK = Text("{surface} 확인(ms)", "{surface} confirmed (ms)")
CONFIRMED = Text("{count}/{all} · {seconds}초", "{count}/{all} · {seconds} s")
STILL_ON_AIR = Text("기록이 끝날 때까지 송출 중", "still on air where the journal ends")
NO_SESSION = Text("큐시트에서 삭제된 큐", "Cues deleted from the rundown")
NOT_KNOWN = Text("알 수 없음(연결 없음)", "not known (no link)")
BY_HAND = Text("▲ 손으로 바꿈", "▲ by hand")
STARTED = Text("▲ 콘솔 재시작", "▲ console restarted")


def tables(report: AsRun, names: Names, paper: bool = False) -> tuple[Table, ...]:
    """All of them, in the order in which they are read. On ``paper`` without what the devices reported one by one."""
    return (
        summary(report),
        sessions(report),
        cues(report, names),
        log(report, paper),
        alarm_table(report, names),
        surface_table(report, names),
    )


def summary(report: AsRun) -> Table:
    rows: list[tuple[Text, object]] = [
        (Text("송출된 큐", "Cues on air"), report.count(Fate.AIRED, Fate.ON_AIR)),
        (Text("되돌린 큐", "Taken by mistake"), report.count(Fate.BACKED_OUT, Fate.NEVER_SEEN)),
        (Text("현장에서 건너뜀", "Skipped live"), report.count(Fate.SKIPPED_LIVE)),
        (Text("지나간 큐", "Jumped over"), report.count(Fate.PASSED)),
        (Text("하지 않은 큐", "Not reached"), report.count(Fate.NOT_REACHED)),
        (Text("확인 안 된 큐", "Not confirmed"), report.unconfirmed),
        (Text("거절된 조작", "Refused presses"), report.refused),
        (Text("경보(오류)", "Alarms (errors)"), sum(a.severity is Severity.ERROR for a in report.alarms)),
        (Text("경보(주의)", "Alarms (warnings)"), sum(a.severity is Severity.WARNING for a in report.alarms)),
        (Text("콘솔 재시작", "Console restarts"), max(0, len(report.starts) - 1)),
        (Text("시스템 시계 변경", "Wall clock set"), len(report.steps)),
    ]
    columns = (Column(Text("항목", "What"), width=34, paper=3), Column(Text("값", "Value"), width=22, paper=2))
    timed: list[tuple[Text, object, Kind]] = [
        (Text("기록 시작", "Journal begins"), report.begun, Kind.TIME),
        (Text("기록 끝", "Journal ends"), report.until, Kind.TIME),
        *((what, count, Kind.NUMBER) for what, count in rows),
        (Text("끝난 큐까지 지연", "Over, last ended cue"), report.over, Kind.OVER),
    ]
    made = tuple(Row((what, value), kinds=(Kind.TEXT, kind)) for what, value, kind in timed)
    return Table("summary", Text("요약", "Summary"), columns, made)


def sessions(report: AsRun) -> Table:
    columns = (
        Column(Text("세션", "Session"), width=40, paper=4),
        Column(Text("계획 시작", "Planned start"), Kind.TIME, 20, 1.2),
        Column(Text("실제 시작", "Actual start"), Kind.TIME, 20, 1.2),
        Column(Text("시작 지연", "Start late"), Kind.OVER, 12, 1),
        Column(Text("계획 끝", "Planned end"), Kind.TIME, 20, 1.2),
        Column(Text("실제 끝", "Actual end"), Kind.TIME, 20, 1.2),
        Column(Text("끝 지연", "Over / under"), Kind.OVER, 12, 1),
    )
    rows = [
        Row(
            (
                line.title,
                line.planned_start,
                line.started,
                None if line.started is None else Duration(line.started - line.planned_start),
                line.planned_end,
                line.ended,
                line.over,
            ),
            Tone.PLAIN if line.started is not None else Tone.QUIET,
        )
        for line in report.sessions
    ]
    return Table("sessions", Text("세션", "Sessions"), columns, tuple(rows))


def surfaces_of(report: AsRun) -> tuple[SurfaceId, ...]:
    """The surfaces on which any cue was wanted, in the order in which they were."""
    wanted = (surface for line in report.lines if line.airing is not None for surface in line.airing.wanted)
    return tuple(dict.fromkeys(wanted))


def cues(report: AsRun, names: Names) -> Table:
    """Planned against actual. On paper what the surfaces said is one column, in a spreadsheet one a surface."""
    surfaces = surfaces_of(report)
    columns = (
        Column(Text("순서", "No."), width=8, paper=0.7),
        Column(Text("내용", "Title"), width=40, paper=3.6),
        Column(Text("세션", "Session"), width=24),
        Column(Text("결과", "Result"), width=16, paper=1.15),
        Column(Text("계획 시작", "Planned start"), Kind.TIME, 20, 1.1),
        Column(Text("실제 시작", "Actual start"), Kind.TIME, 20, 1.1),
        Column(Text("시작 차이", "Start ±"), Kind.OVER, 12, 0.9),
        Column(Text("계획 길이", "Planned length"), Kind.LENGTH, 12, 0.95),
        Column(Text("실제 길이", "Actual length"), Kind.LENGTH, 12, 0.95),
        Column(Text("길이 차이", "Length ±"), Kind.OVER, 12, 0.9),
        Column(Text("실제 끝", "Actual end"), Kind.TIME, 20),
        Column(Text("끝 지연", "Over at end"), Kind.OVER, 12, 0.9),
        Column(Text("스탠바이", "Called"), width=10, paper=0.85),
        Column(Text("더한 시간", "Time added"), Kind.OVER, 12),
        Column(Text("홀드", "Held"), Kind.LENGTH, 12),
        *(Column(TOOK.filled(surface=names.surface(surface)), Kind.NUMBER, 14) for surface in surfaces),
        Column(Text("확인", "Confirmed"), paper=1.15, sheet=False),
        Column(Text("비고", "Remarks"), width=50, paper=3.2),
    )
    rows: list[Row] = []
    session: SessionId | None = None
    for line in report.lines:
        if line.session != session and line.session is not None:
            session = line.session
            rows.append(Row((_session_title(report, session),), Tone.HEAD))
        rows.append(_cue_row(report, line, names, surfaces))
    return Table("cues", Text("큐: 계획과 실제", "Cues: planned and actual"), columns, tuple(rows))


def _session_title(report: AsRun, name: SessionId | None) -> Text:
    found = next((session.title for session in report.sessions if session.session == name), None)
    return found if found is not None else NO_SESSION


def _cue_row(report: AsRun, line: CueLine, names: Names, surfaces: tuple[SurfaceId, ...]) -> Row:
    airing = line.airing
    confirmed = airing.confirmed if airing is not None else {}
    added = airing.added if airing is not None and airing.added else None
    held = airing.held if airing is not None and airing.held else None
    cells = (
        line.number,
        line.title,
        _session_title(report, line.session),
        FATES[line.fate],
        line.planned_start,
        line.started,
        line.late,
        line.planned_length,
        line.length,
        line.longer,
        line.ended,
        line.over,
        YES if airing is not None and airing.standby_called is not None else None,
        added,
        held,
        *(confirmed.get(surface) for surface in surfaces),
        _fast(line),
        _joined(_remarks(line, names), " · "),
    )
    return Row(cells, _tone(line))


def _tone(line: CueLine) -> Tone:
    if line.airing is None:
        return Tone.QUIET
    wrong = line.fate in (Fate.BACKED_OUT, Fate.NEVER_SEEN) or line.airing.unconfirmed
    return Tone.LOOK if wrong else Tone.PLAIN


def _fast(line: CueLine) -> Text | None:
    """How many surfaces confirmed, and how long the slowest of them took. Which did not stands in the remarks."""
    airing = line.airing
    if airing is None or not airing.wanted:
        return None
    slowest = f"{max(airing.confirmed.values()) / 1000:.2f}" if airing.confirmed else "—"
    return CONFIRMED.filled(count=len(airing.confirmed), all=len(airing.wanted), seconds=slowest)


def _remarks(line: CueLine, names: Names) -> Iterator[Text]:
    airing = line.airing
    if airing is None:
        return
    if line.fate is Fate.BACKED_OUT:
        yield BACKED_OUT
    if line.fate is Fate.NEVER_SEEN:
        yield NEVER_SEEN
    if line.fate is Fate.ON_AIR:
        yield STILL_ON_AIR
    for surface, reason in airing.unconfirmed.items():
        yield UNCONFIRMED.filled(surface=names.surface(surface), reason=reason or same(""))
    if airing.added:
        yield ADDED.filled(amount=over_text(airing.added))
    if airing.held:
        yield HELD.filled(length=length_text(airing.held))
    if airing.returned:
        yield RETURNED.filled(count=airing.returned)
    if airing.sent_again:
        yield SENT_AGAIN.filled(count=airing.sent_again)
    if airing.mark in MARKS:
        yield MARKS[airing.mark]


def _joined(parts: Iterable[Text], separator: str) -> Text | None:
    listed = list(parts)
    if not listed:
        return None
    return Text(separator.join(p.ko.strip() for p in listed), separator.join(p.en.strip() for p in listed))


def log(report: AsRun, paper: bool = False) -> Table:
    columns = (
        Column(Text("시각", "Time"), Kind.TIME, 20, 1.1),
        Column(Text("누가", "Who"), width=14, paper=1),
        Column(Text("무엇", "What"), width=70, paper=6),
        Column(Text("거절된 까닭", "Refused because"), width=60, paper=4),
    )
    told = [line for line in report.log if not (paper and line.source is Source.DEVICE)]
    return Table("log", Text("조작과 사건", "Presses and events"), columns, tuple(map(_log_row, told)))


def _log_row(line: LogLine) -> Row:
    who = same(line.by) if line.by else SOURCES[line.source]
    tone = Tone.LOOK if line.refused is not None else Tone.PLAIN if line.source is Source.OPERATOR else Tone.QUIET
    return Row((line.at, who, line.words, line.refused), tone)


def alarm_table(report: AsRun, names: Names) -> Table:
    columns = (
        Column(Text("시작", "Since"), Kind.TIME, 20, 1.1),
        Column(Text("끝", "Until"), Kind.TIME, 20, 1.1),
        Column(Text("길이", "Length"), Kind.LENGTH, 12, 0.8),
        Column(Text("확인", "Acknowledged"), Kind.TIME, 20, 1.1),
        Column(Text("누가", "By"), width=14, paper=0.9),
        Column(Text("단계", "Severity"), width=10, paper=0.8),
        Column(Text("출력면", "Surface"), width=14, paper=1.2),
        Column(Text("경보", "Alarm"), width=80, paper=6.2),
    )
    rows = [
        Row(
            (
                span.since,
                span.until,
                _between(span.since, span.until),
                span.acknowledged,
                span.by,
                SEVERITIES[span.severity],
                names.surface(span.surface) if span.surface is not None else None,
                span.text,
            ),
            Tone.LOOK if span.severity is Severity.ERROR else Tone.PLAIN,
        )
        for span in report.alarms
    ]
    return Table("alarms", Text("경보", "Alarms"), columns, tuple(rows))


def surface_table(report: AsRun, names: Names) -> Table:
    columns = (
        Column(Text("출력면", "Surface"), width=16),
        Column(Text("부터", "From"), Kind.TIME, 20, 1.1),
        Column(Text("까지", "Until"), Kind.TIME, 20, 1.1),
        Column(Text("길이", "Length"), Kind.LENGTH, 12, 0.8),
        Column(Text("보인 화면", "Seen"), width=50, paper=4),
        Column(Text("큐", "Cue"), width=8, paper=0.7),
        Column(Text("원한 화면", "Wanted"), width=50, paper=3),
        Column(Text("비고", "Remarks"), width=24, paper=1.3),
    )
    rows: list[Row] = []
    surface: SurfaceId | None = None
    for span in report.seen:
        if span.surface != surface:
            surface = span.surface
            rows.append(Row((names.surface(surface),), Tone.HEAD))
        cells = (
            names.surface(span.surface),
            span.since,
            span.until,
            _between(span.since, span.until),
            span.scene if span.scene is not None else NOT_KNOWN,
            span.cue,
            span.wanted if span.wanted != span.scene else None,
            BY_HAND if span.by_hand else None,
        )
        rows.append(Row(cells, Tone.LOOK if span.by_hand else Tone.QUIET if span.scene is None else Tone.PLAIN))
    return Table("surfaces", Text("출력면에 보인 것", "Seen by surface"), columns, tuple(rows))


def _between(since: Instant, until: Instant | None) -> Duration | None:
    return None if until is None else Duration(until - since)

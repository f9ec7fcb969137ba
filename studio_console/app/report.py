"""``report``: what became of a day, from its journal, as a spreadsheet, a text file, on paper and as a plot."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.app.console import Opened, open_event
from studio_console.app.days import choose_day
from studio_console.app.places import Mode
from studio_console.app.runs import Run, choose_run, journals_of
from studio_console.app.versions import printed_now, version_of
from studio_console.core.as_run import AsRun, as_run
from studio_console.core.as_run_tables import tables
from studio_console.core.clocktext import clock_text, over_text
from studio_console.core.event_words import Names
from studio_console.core.problems import UserError
from studio_console.core.rundown import Day
from studio_console.core.tables import Kind
from studio_console.core.text import Language, Text, same, shown
from studio_console.core.units import Duration, Instant, datetime_of
from studio_console.files.atomic import write_whole
from studio_console.runtime.clocks import wall_ms
from studio_console.runtime.reading import Reading, read_journal

LABELS: Mapping[Mode, Text] = {
    Mode.SHOW: Text("방송 SHOW", "SHOW 방송"),
    Mode.REHEARSAL: Text("리허설 REHEARSAL", "REHEARSAL 리허설"),
}
KIND = Text("구분", "Kind")
AS_RUN = Text("진행 결과 보고서", "As-run report")
RUN_OF = Text("기록 {number}/{count}", "run {number} of {count}")
READ = Text(
    "{label} · {day} · 기록 {number}/{count}: {since}–{until}",
    "{label} · {day} · run {number} of {count}: {since}–{until}",
)
LISTED = Text("{number}: {since}–{until}, 송출된 큐 {cues}개", "{number}: {since}–{until}, {cues} cues on air")
NOTHING_IN_IT = Text("{number}: 비어 있음", "{number}: empty")
WRITTEN = Text("저장함: {file}", "Written: {file}")
BROKEN = Text(
    "▲ 기록 파일이 손상되어 {until}까지만 읽었습니다", "▲ the journal is damaged: it was read up to {until} only"
)
UNREAD = Text("▲ 읽지 못한 기록 {count}줄을 건너뛰었습니다", "▲ {count} lines of the journal could not be read")
EMPTY = Text("기록에 아무것도 없습니다({path})", "There is nothing in the journal ({path})")
NO_PLOT = Text("그래프 파일은 .png 또는 .svg여야 합니다: {file}", "A plot's file ends in .png or .svg: {file}")


@dataclass(frozen=True, slots=True)
class Report:
    """A report with what stands above and below it on every page."""

    report: AsRun
    names: Names
    mode: Mode
    zone: ZoneInfo
    title: Text
    foot: Text
    notices: tuple[Text, ...]
    """What was wrong with the journal itself."""

    @property
    def label(self) -> Text:
        return LABELS[self.mode]


def run(options: argparse.Namespace) -> int:
    opened = open_event(Path(options.event))
    day = choose_day(opened.event, options.day, Instant(wall_ms()))
    mode = Mode.REHEARSAL if options.rehearsal else Mode.SHOW
    plot = Path(options.plot) if options.plot else None
    if plot is not None and plot.suffix.lower() not in (".png", ".svg"):
        raise UserError(NO_PLOT, file=plot)
    if options.runs:
        return _list_runs(opened, day, mode, options.lang)
    chosen = choose_run(opened.folder, opened.event, day, mode, options.run)
    made, reading = make_report(opened, day, mode, chosen)
    _tell(made, chosen, day, options.lang)
    wanted: list[tuple[str | None, Callable[[Report, Language], bytes]]] = [
        (options.csv, lambda made, language: as_csv(made, options.table, language)),
        (options.xlsx, as_xlsx),
        (options.pdf, as_pdf),
        (options.plot, lambda made, language: as_plot(made, str(options.plot), language)),
    ]
    for name, make in wanted:
        if name:
            write_whole(Path(name), make(made, options.lang))
            print(WRITTEN.show(options.lang, file=name))
    return 1 if reading.broken or reading.unread else 0


def names_of(opened: Opened) -> Names:
    studio = opened.studio
    return Names(
        people={name: person.label for name, person in opened.event.people.items()},
        surfaces={name: surface.title for name, surface in studio.surfaces.items()},
        outputs={name: output.title for name, output in studio.destinations.items()},
        feeds={name: feed.title for name, feed in studio.audio.items()},
    )


def make_report(opened: Opened, day: Day, mode: Mode, chosen: Run) -> tuple[Report, Reading]:
    """The report of one journal. Raises UserError where nothing can be read of it."""
    reading = read_journal(chosen.path)
    if not reading.entries and not reading.broken:
        raise UserError(EMPTY, path=chosen.path)
    names, zone = names_of(opened), opened.zone
    report = as_run(reading.entries, names, _speed(reading))
    notices: list[Text] = []
    if reading.broken:
        until = clock_text(report.until, zone) if report.until is not None else "—"
        notices.append(BROKEN.filled(until=until))
    if reading.unread + report.unusable:
        notices.append(UNREAD.filled(count=reading.unread + report.unusable))
    day = report.day or day
    title = _joined(opened.event.title, day.title, same(day.date.isoformat()))
    run_of = RUN_OF.filled(number=chosen.number, count=chosen.count)
    foot = _joined(AS_RUN, run_of, version_of(opened.folder).text(zone), printed_now(zone), *notices)
    return Report(report, names, mode, zone, title, foot, tuple(notices)), reading


def _joined(*parts: Text) -> Text:
    return Text(" · ".join(part.ko for part in parts), " · ".join(part.en for part in parts))


def _speed(reading: Reading) -> float:
    """How fast a rehearsal's clock ran."""
    try:
        speed = float(json.loads(reading.meta["clock"])["speed"])
    except (LookupError, ValueError, TypeError):
        return 1.0
    return speed if speed > 0 else 1.0


def as_csv(made: Report, key: str, language: Language) -> bytes:
    from studio_console.files.table_csv import table_csv

    table = next(table for table in tables(made.report, made.names) if table.key == key)
    return table_csv(table, (KIND, made.label), made.zone, language)


def as_xlsx(made: Report, language: Language) -> bytes:
    from studio_console.files.table_xlsx import Book, workbook

    book = Book(made.label, made.title, made.foot, made.mode is Mode.REHEARSAL)
    return workbook(tables(made.report, made.names), book, made.zone, language)


def as_pdf(made: Report, language: Language) -> bytes:
    from studio_console.app.paper import report_pdf

    return report_pdf(made, language)


def as_plot(made: Report, file: str, language: Language) -> bytes:
    from studio_console.app.paper import report_plot

    return report_plot(made, Path(file).suffix.lower(), language)


def _moment(at: Instant | None, zone: ZoneInfo) -> str:
    return "—" if at is None else datetime_of(at, zone).strftime("%Y-%m-%d %H:%M")


def _tell(made: Report, chosen: Run, day: Day, language: Language) -> None:
    report, zone = made.report, made.zone
    values = {"label": made.label, "day": day.title, "number": chosen.number, "count": chosen.count}
    since, until = _moment(report.begun, zone), _moment(report.until, zone)
    print(READ.show(language, **values, since=since, until=until))
    for notice in made.notices:
        print(notice.show(language))
    summary = tables(report, made.names)[0]
    for row in summary.rows[2:]:
        what, value = row.cells
        kind = row.kind(1, summary.columns[1])
        told = "—" if value is None else over_text(Duration(int(str(value)))) if kind is Kind.OVER else str(value)
        print(f"  {shown(what, language)}: {told}")


def _list_runs(opened: Opened, day: Day, mode: Mode, language: Language) -> int:
    choose_run(opened.folder, opened.event, day, mode, None)
    for number, path in enumerate(journals_of(opened.folder, opened.event, day, mode), 1):
        report = as_run(read_journal(path).entries, names_of(opened))
        if report.begun is None:
            print(NOTHING_IN_IT.show(language, number=number))
            continue
        since, until = _moment(report.begun, opened.zone), _moment(report.until, opened.zone)
        aired = sum(line.started is not None for line in report.lines)
        print(LISTED.show(language, number=number, since=since, until=until, cues=aired))
    return 0

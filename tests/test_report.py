"""``report`` and ``print``: from a journal, or what is left of one, to files that people open and print."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from studio_console.app.places import Mode, journal_path
from studio_console.cli import main
from studio_console.core.events import ConsoleStarted
from studio_console.core.formulas import not_a_formula
from studio_console.core.tables import Column, Kind, Row, Table, Tone
from studio_console.core.text import Text, same
from studio_console.files.table_csv import table_csv
from studio_console.files.table_xlsx import Book, workbook
from studio_console.runtime.journal import Entry, Journal, archive
from studio_console.runtime.reading import read_journal
from tests.builders import SEOUL, at, length
from tests.reported_day import EVENT, Story, a_whole_evening, keep

pytestmark = pytest.mark.usefixtures("qapp")
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
LABELS = {"ko": "리허설 REHEARSAL", "en": "REHEARSAL 리허설"}


@pytest.fixture(scope="module")
def evening() -> Story:
    return a_whole_evening()


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDIO_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def report(*options: str, language: str = "en") -> int:
    return main(["report", str(EVENT), "--day", "2", "--lang", language, *options])


def read_csv(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "without it Excel garbles Korean"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def words_on(pdf: Path, page: int | None = None) -> str:
    """The text of a page, or of all."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    return subprocess.run(
        ["pdftotext", "-layout", *pages, str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout


def page_count(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "pts (A4)" in told
    return int(next(line for line in told.splitlines() if line.startswith("Pages:")).split()[1])


# --- a rehearsed evening, told in every form


def test_the_cues_as_a_text_file(evening: Story, tmp_path: Path) -> None:
    """Every row says that it was a rehearsal; times are as Excel reads them, lateness is in seconds."""
    keep(evening, Mode.REHEARSAL)
    file = tmp_path / "cues.csv"
    assert report("--rehearsal", "--csv", str(file)) == 0
    head, *rows = read_csv(file)
    assert head[:4] == ["Kind", "No.", "Title", "Session"]
    assert {row[0] for row in rows} == {"REHEARSAL 리허설"}
    keynote = next(row for row in rows if row[1] == "M7")
    told = dict(zip(head, keynote, strict=True))
    assert told["Planned length"] == "0:10:00"
    assert told["Held"] == "0:00:30"
    assert told["Time added (s)"] == "60.0"
    assert datetime.fromisoformat(told["Actual start"]).date().isoformat() == "2020-06-02"
    assert float(told["Over at end (s)"]) > 200
    results = [row[head.index("Result")] for row in rows if row[1] == "M9"]
    assert results == ["backed out", "aired"]
    assert rows[-1][head.index("Planned start")].startswith("2020-06-03 00:"), "past midnight is the next day"


@pytest.mark.parametrize("table", ["summary", "sessions", "log", "alarms", "surfaces"])
def test_every_table_can_be_had(evening: Story, tmp_path: Path, table: str) -> None:
    keep(evening, Mode.REHEARSAL)
    file = tmp_path / f"{table}.csv"
    assert report("--rehearsal", "--csv", str(file), "--table", table, language="ko") == 0
    assert len(read_csv(file)) > 1


@LANGUAGES
def test_the_workbook(evening: Story, tmp_path: Path, language: str) -> None:
    """Real times and durations, heads that stay in sight, set up for A4 across, and what it is above every sheet."""
    keep(evening, Mode.REHEARSAL)
    file = tmp_path / "report.xlsx"
    assert report("--rehearsal", "--xlsx", str(file), language=language) == 0
    book = load_workbook(file)
    assert len(book.sheetnames) == 6
    for sheet in book:
        assert str(sheet["A1"].value).startswith(LABELS[language])
        assert sheet["A1"].font.color.rgb.endswith("C00000")
        assert sheet.freeze_panes == "A4"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.print_title_rows == "$3:$3"
        assert LABELS[language] in sheet.oddHeader.left.text
    cues: Any = book.worksheets[2]
    row = next(row for row in cues.iter_rows(min_row=4) if row[0].value == "M7")
    kinds = [type(cell.value) for cell in row]
    assert kinds.count(datetime) == 3
    planned = next(cell for cell in row if isinstance(cell.value, timedelta) or cell.number_format == "[h]:mm:ss")
    assert planned.value in (timedelta(minutes=10), 10 / 1440)
    assert all(cell.data_type != "f" for line in cues.iter_rows() for cell in line)


@LANGUAGES
def test_the_report_on_paper(evening: Story, tmp_path: Path, language: str) -> None:
    """On every page what it is, which day, which version, which page of how many; the heads of tables come again."""
    keep(evening, Mode.REHEARSAL)
    file = tmp_path / "report.pdf"
    assert report("--rehearsal", "--pdf", str(file), language=language) == 0
    pages = page_count(file)
    assert pages >= 6
    numbered = "{page} / {pages}쪽" if language == "ko" else "page {page} of {pages}"
    for page in range(1, pages + 1):
        words = words_on(file, page)
        assert LABELS[language] in words
        assert numbered.format(page=page, pages=pages) in words
        assert ("큐시트 버전" if language == "ko" else "rundown version") in words
    first = words_on(file, 1)
    assert ("지연 그래프" if language == "ko" else "Drift of the day") in first
    assert ("(계속)" if language == "ko" else "(continued)") in words_on(file, 3)
    whole = words_on(file)
    assert ("기조연설: 서울시장" if language == "ko" else "Keynote: Mayor of Seoul") in whole
    assert all(f"M{number} " in whole for number in range(1, 58))


@pytest.mark.parametrize(("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_the_plot_alone(evening: Story, tmp_path: Path, ending: str, begins: bytes) -> None:
    keep(evening, Mode.REHEARSAL)
    file = tmp_path / f"drift{ending}"
    assert report("--rehearsal", "--plot", str(file)) == 0
    assert file.read_bytes().startswith(begins)


# --- which journal


def test_shows_and_rehearsals_are_kept_apart(
    evening: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rehearsal was run, and no show yet: the show's report says so, and how to get the other one."""
    keep(evening, Mode.REHEARSAL)
    assert report("--csv", str(tmp_path / "x.csv")) == 2
    assert "--rehearsal" in capsys.readouterr().err
    keep(evening, Mode.SHOW)
    assert report("--csv", str(tmp_path / "x.csv")) == 0
    assert {row[0] for row in read_csv(tmp_path / "x.csv")[1:]} == {"SHOW 방송"}


def test_no_journal_of_a_rehearsal(capsys: pytest.CaptureFixture[str]) -> None:
    assert report("--rehearsal", language="ko") == 2
    assert "리허설 기록이 없습니다" in capsys.readouterr().err


def test_several_runs_of_a_day(evening: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The day was begun anew: the last run is told of unless another one is asked for, and all are listed."""
    archive(keep(evening, Mode.SHOW))
    short = Story(evening.opened, evening.day, evening.entries[0].at, entries=evening.entries[:60])
    keep(short, Mode.SHOW)
    assert report("--runs") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("1: 2020-06-02 21:29–2020-06-03")
    assert second.startswith("2: 2020-06-02 21:29–2020-06-02")
    assert report() == 0
    assert "run 2 of 2" in capsys.readouterr().out
    assert report("--run", "1") == 0
    assert "run 1 of 2" in capsys.readouterr().out
    for wrong in ("0", "3", "last"):
        assert report("--run", wrong) == 2
        assert "1 to 2" in capsys.readouterr().err


def test_while_a_console_has_the_journal_open(evening: Story) -> None:
    """It writes on; the report reads a copy, with what is in the log that is not in the file yet."""
    path = keep(evening, Mode.SHOW)
    with contextlib.closing(Journal(path)) as journal:
        journal.append([Entry(evening.now, ConsoleStarted())])
        assert report() == 0
        reading = read_journal(path)
        assert len(reading.entries) == len(evening.entries) + 1
        journal.append([Entry(evening.now, ConsoleStarted())])
    assert not [entry for entry in path.parent.iterdir() if entry.name != path.name]


def test_the_console_writes_while_the_copy_is_made(evening: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the file and its log: what is read is of one moment all the same."""
    path = keep(evening, Mode.SHOW)
    copies: list[str] = []
    plain = shutil.copyfile
    with contextlib.closing(Journal(path)) as journal:

        def slowly(source: Path, target: Path) -> object:
            if not copies:
                journal.append([Entry(evening.now, ConsoleStarted())])
            copies.append(source.name)
            return plain(source, target)

        monkeypatch.setattr(shutil, "copyfile", slowly)
        assert len(read_journal(path).entries) == len(evening.entries) + 1
    assert len(copies) == 4, "both once more"


# --- what may be wrong


def break_in_the_middle(path: Path) -> None:
    """Overwrites a part in the middle of the entries, as a failing disk does."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        size = db.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    pages = len(content) // size
    for page in range(pages * 2 // 3, pages):
        content[page * size : (page + 1) * size] = os.urandom(size)
    path.write_bytes(bytes(content))


def test_a_damaged_journal_is_told_up_to_the_break(
    evening: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = keep(evening, Mode.SHOW, break_in_the_middle)
    before = path.read_bytes()
    assert report("--pdf", str(tmp_path / "x.pdf")) == 1
    assert "damaged" in capsys.readouterr().out
    assert "damaged" in words_on(tmp_path / "x.pdf", 1)
    assert path.read_bytes() == before, "a report never touches the journal"


def test_what_is_no_journal_at_all(evening: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = journal_path(EVENT, evening.opened.event, evening.day, Mode.SHOW)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, but something else" * 200)
    assert report("--pdf", str(tmp_path / "x.pdf"), language="ko") == 1
    assert "손상" in capsys.readouterr().out
    path.write_bytes(b"")
    assert report() in (1, 2)


def test_single_lines_that_cannot_be_read(evening: Story, capsys: pytest.CaptureFixture[str]) -> None:
    def spoil(path: Path) -> None:
        with contextlib.closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE entries SET kind = 'Nonsense' WHERE kind = 'StandbyCalled'")

    keep(evening, Mode.SHOW, spoil)
    assert report() == 1
    assert "6 lines" in capsys.readouterr().out


@pytest.fixture
def a_report_there(evening: Story, tmp_path: Path) -> Iterator[Path]:
    """A file that is there already, and stays when the new one cannot be written."""
    keep(evening, Mode.SHOW)
    file = tmp_path / "report.xlsx"
    file.write_bytes(b"yesterday's")
    yield file
    assert file.read_bytes() == b"yesterday's"
    assert not list(tmp_path.glob(".*.part"))


def test_a_file_that_excel_has_open(
    a_report_there: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", refuse)
    assert report("--xlsx", str(a_report_there)) == 2
    assert "close it" in capsys.readouterr().err


def test_a_disk_that_is_full(
    a_report_there: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert report("--xlsx", str(a_report_there), language="ko") == 2
    assert "공간을 비우고" in capsys.readouterr().err


def test_a_folder_that_is_not_there(evening: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(evening, Mode.SHOW)
    assert report("--csv", str(tmp_path / "nowhere" / "x.csv")) == 2
    assert "make it first" in capsys.readouterr().err


def test_names_that_do_not_exist(evening: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(evening, Mode.SHOW)
    assert report("--csv", str(tmp_path / "x.csv"), "--table", "weather") == 2
    assert "summary" in capsys.readouterr().err
    assert report("--plot", "drift.gif") == 2
    assert ".svg" in capsys.readouterr().err


# --- cells


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_title_that_is_a_formula_stays_a_title(words: str) -> None:
    """Whoever wrote the rundown has not written a program for whoever opens the report."""
    table = Table("t", same("T"), (Column(same("A")),), (Row((words,)),))
    assert not_a_formula(words).startswith("'")
    assert f"'{words}"[:4] in table_csv(table, (same("K"), same("V")), SEOUL, "en").decode("utf-8-sig")
    book = Book(same("SHOW"), same(words), same("f & g"), False)
    sheet: Any = load_workbook(io.BytesIO(workbook([table], book, SEOUL, "en"))).worksheets[0]
    assert sheet["A4"].data_type == "s"
    assert sheet["A1"].data_type == "s"


def test_numbers_below_nothing_stay_numbers() -> None:
    """Early is a negative number, no formula, and can be counted with."""
    columns = (Column(same("A"), Kind.OVER), Column(same("B"), Kind.LENGTH), Column(same("C"), Kind.TIME))
    rows = (Row((length("-1:30"), length("26:00:00"), at("25:30"))), Row((same("Part"),), Tone.HEAD))
    table = Table("t", same("T"), columns, rows)
    _, row = csv.reader(io.StringIO(table_csv(table, (same("K"), same("V")), SEOUL, "en").decode("utf-8-sig")))
    assert row == ["V", "-90.0", "26:00:00", "2020-06-03 01:30:00"]
    book = Book(Text("방송", "SHOW"), same("T"), same("F"), False)
    sheet: Any = load_workbook(io.BytesIO(workbook([table], book, SEOUL, "ko"))).worksheets[0]
    assert sheet["A4"].value == -1.5
    assert sheet["C4"].value == datetime(2020, 6, 3, 1, 30)  # noqa: DTZ001 - Excel knows no zones


def test_half_letters_and_signs_that_no_workbook_may_hold() -> None:
    table = Table("t", same("[a]:b*c?d/e" * 9), (Column(same("A")),), (Row(("\ud800\x07서울",)),))
    book = Book(same("SHOW"), same("T"), same("F"), False)
    sheet: Any = load_workbook(io.BytesIO(workbook([table], book, SEOUL, "ko"))).worksheets[0]
    assert sheet["A4"].value == "?서울"
    assert table_csv(table, (same("K"), same("V")), SEOUL, "ko")

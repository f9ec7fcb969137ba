"""Paper: blocks onto pages, the day's cue sheet whole and by department, and nothing of it beyond the margins."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from pytestqt.qtbot import QtBot

from studio_console.app.console import Opened, open_event
from studio_console.cli import main
from studio_console.core.as_run import AsRun, as_run
from studio_console.core.plan import plan_times
from studio_console.core.rundown import Day, Notes
from studio_console.core.text import LANGUAGES, Language, same
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.paper import ink
from studio_console.gui.paper.cue_sheet import Department, cue_sheet
from studio_console.gui.paper.drift import drift_picture
from studio_console.gui.paper.flow import Block, Placed, pages_of
from studio_console.gui.paper.grid import Band, Cell, Heads, Line, Piece, lanes
from studio_console.gui.paper.paged import INSIDE, ROOM, WIDTH, Document, Heading
from tests.builders import SEOUL
from tests.reported_day import EVENT, a_whole_evening

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def opened() -> Opened:
    return open_event(EVENT)


def printed(folder: Path, *options: str) -> str:
    """The words of a sheet of the sample event, printed by the command."""
    file = folder / "sheet.pdf"
    assert main(["print", str(EVENT), "--pdf", str(file), *options]) == 0
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout


# --- onto pages


@dataclass(frozen=True)
class Box:
    """A block of a height, and no more."""

    height: float
    keeps_next: bool = False
    again: tuple[Block, ...] = ()

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        pass


BOXES = st.lists(st.builds(Box, st.floats(1, 40), st.booleans(), st.just(())), max_size=40)


@given(BOXES)
def test_nothing_is_lost_and_nothing_is_broken(boxes: list[Box]) -> None:
    """Whatever their heights: all in their order, one below the other, and within the page."""
    pages = pages_of(boxes, 100)
    assert [placed.block for page in pages for placed in page] == boxes
    for page in pages:
        top = 0.0
        for placed in page:
            assert placed.top == pytest.approx(top)
            top += placed.block.height
        assert top <= 100 + 1e-6 or len(page) == 1 or all(placed.block.keeps_next for placed in page[:-1])


def test_a_head_never_stands_alone_at_the_foot() -> None:
    rows = [Box(30), Box(30), Box(30), Box(8, keeps_next=True), Box(30)]
    assert [len(page) for page in pages_of(rows, 100)] == [3, 2]


def test_heads_come_again_where_a_table_goes_on() -> None:
    head = Box(10)
    rows = [head, *(Box(30, again=(head,)) for _ in range(6))]
    pages = pages_of(rows, 100)
    assert [page[0].block for page in pages] == [head] * 2
    assert sum(len(page) for page in pages) == 8


def test_a_row_that_is_much_too_long_ends_in_an_ellipsis() -> None:
    """Somebody pasted a speech into the notes: the row stays on its page."""
    made = lanes(["A"], [1.0], [False])
    row = Line(made, [Cell((Piece("아주 긴 메모입니다. " * 900),))])
    assert row.height <= ROOM
    (page,) = pages_of([Box(20), row], ROOM)
    assert page == [Placed(Box(20), 0.0), Placed(row, 20)]
    assert row.overflow


# --- the cue sheet


def test_the_whole_sheet_in_korean(tmp_path: Path) -> None:
    """The columns that people know, the hard times marked, past midnight said."""
    words = printed(tmp_path, "--day", "2", "--lang", "ko")
    for head in (
        "순서",
        "시간",
        "소요시간",
        "내용",
        "출연/진행",
        "현지 시각",
        "VIDEO",
        "AUDIO",
        "조명",
        "자막/CG",
        "비고",
    ):
        assert head in words
    assert "◷ 22:00:00" in words
    assert "자정을 넘어 6월 3일 수" in words
    assert "런던 14:15" in words
    assert "도시정부 시장 회의 (계속)" in words
    assert re.search(r"1 / \d쪽", words)
    assert all(f"M{number}" in words for number in range(1, 58))


def test_the_sheet_in_both_languages(tmp_path: Path) -> None:
    words = printed(tmp_path, "--day", "2", "--lang", "both")
    for part in ("기조연설: 서울시장", "Keynote: Mayor of Seoul", "Speakers", "출연/진행", "Mayor, Seoul (hall)"):
        assert part in words


@pytest.mark.parametrize(
    ("department", "has", "lacks"),
    [
        ("light", "LED 반사 확인", "원격 회선별 마이너스 믹스"),
        ("audio", "원격 회선별 마이너스 믹스", "LED 반사 확인"),
        ("stage", "42개 도시 회선 순서대로", "LED 반사 확인"),
        ("caption", "Together We Stand", "LED 반사 확인"),
        ("interpretation", "원고 부스 전달", "LED 반사 확인"),
        ("video", "3분마다 전경", "LED 반사 확인"),
    ],
)
def test_the_sheet_of_one_department(tmp_path: Path, department: str, has: str, lacks: str) -> None:
    """Its own notes, large; those of the others are left out."""
    words = printed(tmp_path, "--day", "2", "--lang", "ko", "--department", department)
    assert has in words
    assert lacks not in words


def test_where_to_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(EVENT), "--day", "2", "--lang", "en"]) == 2
    assert "--pdf" in capsys.readouterr().err


def test_a_day_that_sits_in_one_zone_needs_no_local_times(opened: Opened) -> None:
    day = opened.event.days[1]
    hall = replace(
        day,
        sessions=tuple(
            replace(session, cues=tuple(replace(cue, speakers=()) for cue in session.cues)) for session in day.sessions
        ),
    )
    assert "Local time" in heads_of(sheet(opened, day))
    assert "Local time" not in heads_of(sheet(opened, hall))


def sheet(
    opened: Opened, day: Day, department: Department = Department.ALL, languages: tuple[Language, ...] = ("en",)
) -> Document:
    context = Context(opened.event, opened.studio, opened.zone, languages[0], rehearsal=False)
    return cue_sheet(context, day, department, languages, same("v1"))


def heads_of(document: Document) -> list[str]:
    heads = next(placed.block for placed in document.pages[0] if isinstance(placed.block, Heads))
    return [lane.head for lane in heads.lanes]


# --- nothing cut, nothing beyond the margins


def has_ink(image: QImage, left: float, right: float, top: float = 0.0, bottom: float = 1.0) -> bool:
    """Whether anything is drawn in that part of a page, told in shares of its width and height."""
    for y in range(round(image.height() * top), round(image.height() * bottom), 2):
        for x in range(round(image.width() * left), round(image.width() * right)):
            if image.pixelColor(x, y).lightness() < 200:
                return True
    return False


@pytest.mark.parametrize("languages", [("ko",), ("en",), LANGUAGES])
def test_no_page_writes_into_its_margins(opened: Opened, languages: tuple[Language, ...]) -> None:
    document = sheet(opened, opened.event.days[3], languages=languages)
    for number in (0, len(document.pages) // 2, len(document.pages) - 1):
        image = document.picture(number, 800)
        assert has_ink(image, 0.05, 0.95)
        assert not has_ink(image, 0.0, 0.03)
        assert not has_ink(image, 0.972, 1.0)
        assert not has_ink(image, 0.0, 1.0, 0.965, 1.0)


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("department", list(Department))
def test_no_cell_is_cut_on_any_day(opened: Opened, number: int, department: Department) -> None:
    """Every word of every cell is set, and no line is wider than its column."""
    document = sheet(opened, opened.event.days[number], department, LANGUAGES)
    rows = [placed.block for page in document.pages for placed in page if isinstance(placed.block, Line)]
    assert len(rows) == len(plan_times(opened.event.days[number]).cues)
    for row in rows:
        assert row.overflow == []


def test_a_sheet_with_long_notes_stays_within_its_rows(opened: Opened) -> None:
    day = opened.event.days[1]
    first = day.sessions[0]
    noted = replace(first.cues[0], notes=Notes(light="무대 조명을 천천히 낮추고 " * 40, stage="w" * 300))
    long = replace(day, sessions=(replace(first, cues=(noted, *first.cues[1:])), *day.sessions[1:]))
    document = sheet(opened, long)
    assert all(placed.top + placed.block.height <= ROOM for page in document.pages for placed in page)


def test_session_bands_do_not_run_into_their_times(opened: Opened) -> None:
    for day in opened.event.days:
        document = sheet(opened, day, languages=LANGUAGES)
        bands = [placed.block for page in document.pages for placed in page if isinstance(placed.block, Band)]
        for band in bands:
            title = ink.width_of(band.text, ink.letters(band.size, bold=True))
            assert min(title, INSIDE * 0.66) + ink.width_of(band.tail, ink.letters(9)) < INSIDE


def test_paper_is_written_with_the_windows_font(qapp: QGuiApplication) -> None:
    assert ink.letters(9).family() == theme.family()


# --- the plot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plot_says_when_nothing_was_on_air(qtbot: QtBot, language: Language) -> None:
    image = drift_picture(AsRun(), "x", False, SEOUL, language, 800)
    assert has_ink(image, 0.3, 0.7, 0.3, 0.8)


def test_the_plot_of_a_whole_evening_stays_in_its_frame() -> None:
    report = as_run(a_whole_evening().entries)
    image = drift_picture(report, "x", True, SEOUL, "ko", 900)
    assert not has_ink(image, 0.0, 0.01)
    assert not has_ink(image, 0.99, 1.0)


def test_which_version_it_is_stands_at_the_head_of_every_page(opened: Opened) -> None:
    """Two print-outs on one table: the newer one is found without turning to the foot."""
    document = sheet(opened, opened.event.days[1])
    assert len(document.pages) > 1
    for number in (0, len(document.pages) - 1):
        assert has_ink(document.picture(number, 1_000), 0.94, 0.972, 0.09, 0.113)
    assert not has_ink(
        Document([], Heading("", "Event", "Day", "foot"), "en").picture(0, 1_000), 0.94, 0.972, 0.03, 0.1
    )


@pytest.mark.parametrize("stamp", ["", "판 " * 400])
def test_a_heading_longer_than_the_page_is_shortened(stamp: str) -> None:
    heading = Heading("방송 SHOW", "아주 긴 행사 이름 " * 30, "부제 " * 200, "발 " * 400, loud=True, stamp=stamp)
    image = Document([], heading, "ko").picture(0, 800)
    assert not has_ink(image, 0.972, 1.0)
    assert WIDTH > INSIDE

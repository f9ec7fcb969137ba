"""The cue sheet as it is painted: what a cell says is read whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio_console.core.presses import StandbyCalled, StandbyMoved
from studio_console.core.rundown import Day, Notes
from studio_console.core.text import LANGUAGES, Language, Text
from studio_console.core.timing import project
from studio_console.core.units import CueId, PersonId
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.cue_model import NOTE_HEADINGS, Column
from studio_console.gui.cue_sheet import CueSheet
from tests.builders import PROGRAM, SEOUL, WALL, cue, day, session
from tests.gui_story import AtDesk, FakeService, sit_down, small_event, small_studio
from tests.painted import painted_words

SIZES = ((1366, 768), (1600, 900), (1920, 1080))
LETTERS = 14
TOLD = ("전경에서 LED로 천천히 줌인", "현장음만", "무대 앞 조명 낮춤", "이름 자막", "영→한", "연결 수를 보고")
D1, D2, D3 = (CueId(f"d{number}") for number in range(1, 4))


def evening() -> Day:
    """D1 cannot be taken back; D2 begins at a fixed time."""
    return day(
        session(
            replace(cue("D1", 5), two_step=True), cue("D2", 5, start="22:10"), cue("D3", 5), start="22:00", id="evening"
        )
    )


def open_at(qtbot: QtBot, clock: str, language: Language) -> AtDesk:
    service = FakeService(clock)
    service.load(evening())
    service.connect(PROGRAM)
    service.connect(WALL)
    return sit_down(qtbot, service, language=language)


def read(desk: AtDesk) -> str:
    """What is painted of the sheet. A sign of another font comes apart from its words."""
    return " ".join(painted_words(desk.desk.sheet.viewport()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rehearsal_in_the_morning_is_ten_hours_early_and_all_of_it_is_read(qtbot: QtBot, language: Language) -> None:
    """The moment of what cannot be taken back, and the difference of a fixed start, in a window of every size."""
    desk = open_at(qtbot, "09:28:37", language)
    desk.service.go(D1)
    desk.service.wait("0:05")
    desk.service.go(D2)
    for size in SIZES:
        desk.desk.resize(*size)
        desk.look()
        painted = read(desk)
        assert "09:28:37" in painted
        assert "−12:41:18" in painted


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_said_with_a_state_is_read(qtbot: QtBot, language: Language) -> None:
    """The standby was put there by hand, and called."""
    desk = open_at(qtbot, "22:00", language)
    desk.service.happen(StandbyMoved(D3), StandbyCalled(D3))
    for size in SIZES:
        desk.desk.resize(*size)
        desk.look()
        painted = read(desk)
        for words in ("standby", "by hand") if language == "en" else ("스탠바이", "직접 지정"):
            assert words in painted


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_speaks_and_from_where_is_read_in_a_narrow_column_too(qtbot: QtBot, language: Language) -> None:
    """Two from afar in one cue, one of them alone in the next: neither a city nor "remote" is cut."""
    both = replace(
        cue("S1", 5), speakers=(PersonId("lima"), PersonId("auckland"), PersonId("london"), PersonId("host"))
    )
    one = replace(cue("S2", 5), speakers=(PersonId("london"),))
    service = FakeService("22:00")
    service.load(day(session(both, one, start="22:00")))
    desk = sit_down(qtbot, service, language=language)
    for size in SIZES:
        desk.desk.resize(*size)
        desk.look()
        painted = squeezed(*painted_words(desk.desk.sheet.viewport()))
        wanted = {"en": ("Lima,Auckland+2more", "Mayor,London(remote)"), "ko": ("리마,오클랜드외2", "런던시장(원격)")}
        for words in wanted[language]:
            assert words in painted


# --- what the departments are told


def told() -> Day:
    """Of N1 every department is told something, of N2 nobody."""
    first = replace(cue("N1", 5, title=Text("도시 소개", "The cities")), notes=Notes(*TOLD))
    return day(session(first, cue("N2", 5), start="22:00"))


def open_sheet(qtbot: QtBot, width: int, language: Language = "en", rundown: Day | None = None) -> CueSheet:
    """The sheet by itself, with its notes unfolded."""
    service = FakeService("22:00")
    service.load(rundown or told())
    event, studio = small_event(service.show.day), small_studio()
    sheet = CueSheet(Context(event, studio, SEOUL, language, True))
    qtbot.addWidget(sheet)
    sheet.setFont(theme.plain_font(LETTERS))
    sheet.resize(width, 500)
    sheet.show()
    sheet.show_state(service.show, project(service.show, service.clock.now()))
    sheet.fold_notes(False)
    return sheet


def squeezed(*words: str) -> str:
    """Signs of two fonts come apart from each other: what was between them is left out."""
    return "".join(words).replace(" ", "")


def headings(sheet: CueSheet) -> list[str]:
    """Of the columns that are seen."""
    seen = (column for column in range(sheet.cues.columnCount()) if not sheet.isColumnHidden(column))
    return [str(sheet.cues.headerData(column, Qt.Orientation.Horizontal)) for column in seen]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [600, 700, 860, 1100])
def test_in_a_narrow_sheet_notes_stand_whole_below_the_titles(qtbot: QtBot, width: int, language: Language) -> None:
    """As wide as beside pictures and cards, in every window: no note is cut, none is broken within a word."""
    sheet = open_sheet(qtbot, width, language)
    painted = painted_words(sheet.viewport())
    joined = squeezed(*painted)
    for words in TOLD:
        assert squeezed(words) in joined, words
    assert not [words for words in painted if words.endswith("…")]
    for heading in NOTE_HEADINGS:
        assert squeezed(heading.show(language)) in joined
    assert not {heading.show(language) for heading in NOTE_HEADINGS} & set(headings(sheet))
    title = sheet.columnWidth(Column.TITLE)
    sheet.fold_notes(True)
    assert sheet.columnWidth(Column.TITLE) == title


def test_in_a_wide_sheet_departments_have_columns_that_can_be_read(qtbot: QtBot) -> None:
    """On a screen of its own there is room: a department reads down its column."""
    sheet = open_sheet(qtbot, 1800)
    assert headings(sheet)[4:] == ["Title", "Speakers", *(heading.en for heading in NOTE_HEADINGS), "State"]
    for column in (*sheet.cues.note_columns, Column.TITLE):
        assert sheet.columnWidth(column) >= 6 * LETTERS
    sheet.resize(1300, 500)
    assert "Speakers" not in headings(sheet)
    assert "Camera" in headings(sheet)


def test_where_nobody_is_told_anything_nothing_unfolds(qtbot: QtBot) -> None:
    plain = day(session(cue("N1", 5), start="22:00"))
    sheet = open_sheet(qtbot, 700, rundown=plain)
    height = sheet.verticalHeader().defaultSectionSize()
    sheet.fold_notes(True)
    assert sheet.verticalHeader().defaultSectionSize() == height


def test_a_second_that_goes_by_repaints_one_cell_of_a_row_with_notes(qtbot: QtBot) -> None:
    """Notes run through all cells of a row; each paints its own part of them."""
    sheet = open_sheet(qtbot, 700)
    whole = sheet.viewport().grab().toImage()
    cell = sheet.visualRect(sheet.cues.index(1, Column.PROJECTED))
    assert sheet.viewport().grab(cell).toImage() == whole.copy(cell)

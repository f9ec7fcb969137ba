"""Read in a dark room: contrast by the book, figures that do not tremble, letters that follow the window."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontMetricsF
from pytestqt.qtbot import QtBot

from studio_console.gui import theme
from studio_console.gui.cue_cells import LOOKS
from studio_console.gui.headline import URGENT_LOOKS
from studio_console.gui.painting import Keep, Line, Lines, wrapped

AA = 4.5
AA_LARGE = 3.0
"""For letters from 24 px on, such as the leading figures."""


def luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_book_says() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_every_letter_stands_out_from_its_ground() -> None:
    weak = [
        f"{letter.name()} on {ground.name()}: {contrast(letter, ground):.2f}"
        for letter, ground in theme.LEGIBLE
        if contrast(letter, ground) < AA
    ]
    assert weak == []


def test_every_row_and_every_countdown_is_legible() -> None:
    for look in LOOKS.values():
        for letter in (look.text, look.quiet, look.word):
            assert contrast(letter, look.ground) >= AA, (letter.name(), look.ground.name())
    for colour, ground, _ in URGENT_LOOKS.values():
        assert contrast(colour, ground) >= AA, (colour.name(), ground.name())


def test_running_figures_keep_their_width(qtbot: QtBot) -> None:
    font = theme.plain_font(60)
    widths = {QFontMetricsF(font).horizontalAdvance(f"{digit}:{digit}{digit}") for digit in range(10)}
    assert len(widths) == 1


def test_letters_follow_the_window_and_stay_legible() -> None:
    sizes = [theme.base_pixels(QSize(*size)) for size in ((1180, 664), (1366, 768), (1920, 1080), (3840, 2160))]
    assert sizes == sorted(sizes)
    assert sizes[1] >= 13
    assert sizes[2] >= 16
    assert sizes[3] == 2 * sizes[2]


def test_a_font_with_korean_letters_is_chosen_where_there_is_one() -> None:
    assert theme.family(["Malgun Gothic", "Noto Sans CJK KR"]) == "Noto Sans CJK KR"
    assert theme.family(["Malgun Gothic"]) == "Malgun Gothic"
    assert theme.family(["Some Myeongjo"]) == "Some Myeongjo"
    assert theme.family([]) == "sans-serif"


def test_text_wraps_and_says_that_something_is_left_out(qtbot: QtBot) -> None:
    font = theme.plain_font(16)
    words = "도시정부 시장회의에서 서울선언문을 채택합니다 " * 6
    for most in (1, 2, 3):
        lines = wrapped(font, words, 200, most)
        assert len(lines) == most
        assert lines[-1].endswith("…")
        assert all(QFontMetricsF(font).horizontalAdvance(line) <= 200 for line in lines)
    assert wrapped(font, "짧은 글", 200, 2) == ["짧은 글"]


def test_where_there_is_no_room_optional_lines_go_first(qtbot: QtBot) -> None:
    lines = Lines()
    qtbot.addWidget(lines)
    lines.setFont(theme.plain_font(16))
    first, optional, last = Line("first"), Line("optional", keep=Keep.IF_ROOM), Line("last")
    lines.set_lines([first, optional, last])
    whole = lines.heightForWidth(300)
    assert lines.fitting(300, whole) == [first, optional, last]
    assert lines.fitting(300, whole - 10) == [first, last]
    assert lines.fitting(300, whole / 3) == [first]


def test_no_two_frames_of_the_desk_look_the_same() -> None:
    frames = (theme.RED, theme.GREEN, theme.AMBER, theme.BLUE)
    assert all(one != other for one, other in itertools.combinations(frames, 2))

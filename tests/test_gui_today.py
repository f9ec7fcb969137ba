"""The day's line as it is painted: red where the show is, green what comes, amber what is fixed, and now."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio_console.core.text import Language
from studio_console.core.timing import project
from studio_console.core.units import CueId, Instant
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.today import Today
from tests.builders import SEOUL, at
from tests.gui_story import FakeService, small_event, small_service, small_studio

SIZE = (700, 160)


def today(qtbot: QtBot, service: FakeService, language: Language = "en") -> Today:
    widget = Today()
    qtbot.addWidget(widget)
    widget.setFont(theme.plain_font(16))
    widget.resize(*SIZE)
    widget.show()
    show(widget, service, language)
    return widget


def show(widget: Today, service: FakeService, language: Language = "en") -> None:
    context = Context(small_event(), small_studio(), SEOUL, language, True)
    widget.show_state(context, service.show, project(service.show, service.clock.now()))
    widget.grab()


def colours(widget: Today, instant: Instant) -> set[str]:
    """All that is painted above one another at an instant."""
    image = widget.grab().toImage()
    x = round(widget.x_of(instant))
    return {QColor(image.pixel(x, y)).name() for y in range(image.height())}


def test_what_is_on_air_is_red_and_what_is_next_is_green(qtbot: QtBot) -> None:
    service = small_service("22:00")
    service.go(CueId("m1"))
    service.wait("1:00")
    widget = today(qtbot, service)
    assert theme.RED_SOLID.name() in colours(widget, at("22:04"))
    assert theme.GREEN_SOLID.name() in colours(widget, at("22:07"))
    assert theme.RED.name() in colours(widget, at("22:01")), "now"
    assert theme.AMBER.name() in colours(widget, at("22:20")), "what is fixed"
    assert theme.RED_SOLID.name() not in colours(widget, at("22:12"))


def test_late_the_planned_line_stays_and_the_projected_one_moves(qtbot: QtBot) -> None:
    service = small_service("22:00")
    service.go(CueId("m1"))
    service.wait("9:00")
    widget = today(qtbot, service)
    line = widget.line
    assert line is not None
    assert (line.sessions[0].start, line.sessions[0].end) == (at("22:00"), at("22:30"))
    following = next(block for block in line.cues if block.cue.number == "M2")
    assert following.start == at("22:09")
    assert theme.GREEN_SOLID.name() in colours(widget, at("22:11"))


def test_sessions_are_named_with_their_times_in_both_languages(qtbot: QtBot) -> None:
    service = small_service("22:00")
    widget = today(qtbot, service)
    assert "evening 22:00–22:30" in widget.words
    show(widget, service, "ko")
    assert widget.words.startswith("오늘")


def test_it_is_painted_anew_once_a_second_and_not_more_often(qtbot: QtBot) -> None:
    service = small_service("22:00")
    widget = today(qtbot, service)
    before = widget.line
    service.clock.set(Instant(service.clock.now() + 300))
    show(widget, service)
    context = widget._said
    assert widget.line == before
    service.wait("0:01")
    show(widget, service)
    assert widget._said != context


def test_without_a_day_it_says_so(qtbot: QtBot) -> None:
    widget = today(qtbot, FakeService())
    assert widget.words == "no day is open"

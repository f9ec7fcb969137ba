"""``new``: an event from a template, for people without a window, and the same for the first window."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from studio_console.core.first_start import Hall, NewEvent
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.files.load import load
from studio_console.files.new_event import cleaned, write_event

BAD_DATE = Text("--date는 2026-06-02 꼴이어야 합니다: ‘{given}’", "--date has the form 2026-06-02: ‘{given}’")
MADE = Text("행사를 만들었습니다: {folder}", "The event is made: {folder}")
NEXT = Text(
    "다음: 파일을 고치고 studio-console check {folder}, 열기는 studio-console {folder} --rehearse",
    "Next: change its files and run studio-console check {folder}; to open it studio-console {folder} --rehearse",
)


def run(options: argparse.Namespace) -> int:
    folder = Path(options.event)
    name = cleaned(options.title if options.title is not None else folder.resolve().name)
    english = cleaned(options.title_en) if options.title_en is not None else name
    dates = tuple(_date(given) for given in options.date) or (date.today(),)  # noqa: DTZ011 - the date here
    write_event(folder, NewEvent(Text(name, english), dates, options.start, options.zone, Hall(options.surfaces)))
    for problem in load(folder).problems:
        print(problem.show(options.lang))
    print(MADE.show(options.lang, folder=folder))
    print(NEXT.show(options.lang, folder=folder))
    return 0


def _date(given: str) -> date:
    """Raises UserError."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise UserError(BAD_DATE, given=given) from None

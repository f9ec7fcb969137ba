"""A command that opens the window of a role: in the desk that is running, or together with a desk of its own."""

from __future__ import annotations

import argparse

from studio_console.app.console import open_day
from studio_console.app.desk import run as run_desk
from studio_console.app.places import Mode, journal_path
from studio_console.core.problems import UserError
from studio_console.core.text import Text

OPENED = Text(
    "이미 열린 데스크({day})에서 ‘{role}’ 창을 열었습니다", "The desk that is open ({day}) shows the window ‘{role}’"
)
OTHER_DAY = Text(
    "열린 데스크는 다른 날({day})입니다. 그 데스크를 닫거나 --day {day}로 여세요",
    "The desk that is open is on another day ({day}): close it, or ask for --day {day}",
)
NOT_OPENED = Text(
    "열린 데스크가 창을 열지 않았습니다. 데스크를 최신 버전으로 다시 시작하세요",
    "The desk that is open did not show the window: start it again with this version",
)
ONLY_AT_START = Text(
    "데스크가 이미 열려 있어 {option}은(는) 쓸 수 없습니다. 먼저 데스크를 닫으세요",
    "A desk is open already, and {option} counts when one is started: close it first",
)


def run_role(options: argparse.Namespace, role: str) -> int:
    """Exit status 0 once the running desk shows the window; else that of the program that is started."""
    opened, day = open_day(options)
    mode = Mode.REHEARSAL if options.rehearse else Mode.SHOW
    # Qt behind the files, whose mistakes are told without it.
    from studio_console.app.running_desk import ask, line_name

    name = line_name(journal_path(opened.folder, opened.event, day, mode), mode)
    wanted = day.id if options.day is not None else ""
    if ask(name, {}) is None:
        return run_desk(options, role)
    for option in ("clock", "speed", "guests", "fresh"):
        if getattr(options, option):
            raise UserError(ONLY_AT_START, option=f"--{option}")
    answer = ask(name, {"open": role, "language": options.lang, "day": wanted}) or {}
    if answer.get("ok") is not True:
        other = answer.get("day")
        raise UserError(OTHER_DAY, day=other) if isinstance(other, str) and other != wanted else UserError(NOT_OPENED)
    print(OPENED.show(options.lang, role=role, day=answer.get("day", day.id)))
    return 0

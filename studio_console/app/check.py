"""``check``: every problem of every event file at once."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from studio_console.core.problems import Severity
from studio_console.core.text import Text
from studio_console.files.load import load
from studio_console.files.report import check_report

IN_ORDER = Text(
    "이상 없음: {days}일, 세션 {sessions}개, 큐 {cues}개, 참가자 {people}명",
    "In order: {days} days, {sessions} sessions, {cues} cues, {people} people",
)
COUNTED = Text(
    "오류 {errors}개, 주의 {warnings}개 ({days}일, 세션 {sessions}개, 큐 {cues}개, 참가자 {people}명)",
    "{errors} errors, {warnings} warnings ({days} days, {sessions} sessions, {cues} cues, {people} people)",
)


def run(options: argparse.Namespace) -> int:
    loaded = load(Path(options.event))
    report = check_report(loaded, options.lang)
    errors = sum(problem.severity is Severity.ERROR for problem in loaded.problems)
    if options.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 1 if errors else 0
    for problem in loaded.problems:
        print(problem.show(options.lang))
    warnings = len(loaded.problems) - errors
    counts = {name: report[name] for name in ("days", "sessions", "cues", "people")}
    summary = COUNTED if loaded.problems else IN_ORDER
    print(summary.show(options.lang, errors=errors, warnings=warnings, **counts))
    return 1 if errors else 0

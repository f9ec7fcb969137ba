"""An event folder's state as data, for ``check --json`` and for tools of others."""

from __future__ import annotations

from typing import Any

from studio_console.core.text import Language
from studio_console.files.load import Loaded


def check_report(loaded: Loaded, language: Language = "ko") -> dict[str, Any]:
    """``days, sessions, cues, people, problems[file, line, column, code, severity, message, hint]``."""
    return {
        "days": loaded.counts.days,
        "sessions": loaded.counts.sessions,
        "cues": loaded.counts.cues,
        "people": loaded.counts.people,
        "problems": [
            {
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "code": problem.code,
                "severity": problem.severity.value,
                "message": problem.message.show(language, **problem.values),
                "hint": problem.hint.show(language, **problem.values) if problem.hint else None,
            }
            for problem in loaded.problems
        ],
    }

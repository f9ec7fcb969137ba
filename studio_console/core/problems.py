"""What is wrong in a file or a request, with its place and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from studio_console.core.text import Language, Text


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


_SEVERITY_WORDS = {
    Severity.ERROR: Text("오류", "error"),
    Severity.WARNING: Text("주의", "warning"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: ``file`` relative to the event folder with forward slashes; line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. ``code`` is stable and is what scripts and the documentation refer to."""

    place: Place
    code: str
    severity: Severity
    message: Text
    hint: Text | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def show(self, language: Language) -> str:
        """``file:line:column: code: message (hint)``, a warning marked as such."""
        word = "" if self.severity is Severity.ERROR else f"{_SEVERITY_WORDS[self.severity].show(language)}: "
        hint = f" ({self.hint.show(language, **self.values)})" if self.hint else ""
        return f"{self.place}: {self.code}: {word}{self.message.show(language, **self.values)}{hint}"


class UserError(Exception):
    """Something that cannot be done, told to the person who asked for it: what is wrong and what to do."""

    def __init__(self, text: Text, /, **values: object) -> None:
        super().__init__(text.show("en", **values))
        self.text = text
        self.values = values

    def show(self, language: Language) -> str:
        return self.text.show(language, **self.values)

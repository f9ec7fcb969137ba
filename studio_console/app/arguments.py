"""argparse in two languages: its headings, its own options and its errors, as the rest of the console says things."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import Any

from studio_console.core.problems import UserError
from studio_console.core.text import Language, Text

USAGE = Text("사용법: ", "usage: ")
VALUES = Text("값", "values")
OPTIONS = Text("옵션", "options")
HELP = Text("이 도움말을 보여 주고 끝냄", "show this help and end")
ONE_OF = Text(
    "{option} 값은 {choices} 중 하나입니다({prog} --help)", "{option} is one of {choices} (see {prog} --help)"
)
NO_VALUE = Text("{option} 뒤에는 값을 쓰지 않습니다({prog} --help)", "{option} takes no value (see {prog} --help)")
NEEDS_VALUE = Text(
    "{option} 뒤에 값이 필요합니다: {option} {value} ({prog} --help)",
    "{option} needs a value: {option} {value} (see {prog} --help)",
)
UNKNOWN = Text(
    "알 수 없는 옵션이나 값입니다: {given} ({prog} --help)", "No such option or value: {given} (see {prog} --help)"
)
NOT_UNDERSTOOD = Text("명령을 이해하지 못했습니다({prog} --help)", "That could not be understood (see {prog} --help)")


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose lines end where the screen does, also where a sign takes two columns."""

    def __init__(self, language: Language, prog: str) -> None:
        super().__init__(prog)
        self._language = language

    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:  # argparse's types are its own
        super().add_usage(usage, actions, groups, USAGE.show(self._language) if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and _columns(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines


def _columns(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)


class Parser(argparse.ArgumentParser):
    """A parser that speaks one language. What is wrong on the command line is a UserError."""

    def __init__(self, language: Language, prog: str, about: Text, form: Text, last: Text | None = None) -> None:
        """``form`` is how it is used, and may name ``{prog}``; ``last`` stands at the end of the help."""
        super().__init__(
            prog=prog,
            usage=form.show(language, prog=prog),
            description=about.show(language),
            add_help=False,
            # The language is looked for before anything is parsed, by its whole name.
            allow_abbrev=False,
            exit_on_error=False,
            formatter_class=partial(Formatter, language),
        )
        self._language = language
        self._last = last.show(language) if last else ""
        self._known: dict[str, argparse.Action] = {}
        self._others: list[tuple[Text, Parser]] = []
        self._values = self.add_argument_group(VALUES.show(language))
        self._choices = self.add_argument_group(OPTIONS.show(language))
        self.option("-h", "--help", action="help", help=HELP)

    def option(self, *names: str, help: Text, **how: Any) -> None:
        self._keep(self._choices.add_argument(*names, help=self._escaped(help), **how))

    def value(self, name: str, *, help: Text, **how: Any) -> None:
        self._keep(self._values.add_argument(name, help=self._escaped(help), **how))

    def show_too(self, title: Text, other: Parser) -> None:
        """Puts what ``other`` takes into the help of this one."""
        self._others.append((title, other))

    def format_help(self) -> str:
        sections = [super().format_help()]
        for title, other in self._others:
            formatter = Formatter(self._language, self.prog)
            formatter.start_section(title.show(self._language))
            formatter.add_arguments(action for action in other._known.values() if action.dest != "help")
            formatter.end_section()
            sections.append(formatter.format_help())
        return "\n".join([*sections, self._last + "\n"] if self._last else sections)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Raises UserError."""
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            raise self._explained(error) from None

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """What ``arguments`` ask for. Raises UserError; SystemExit after help was printed."""
        options, unknown = self.parse_known_args(arguments)
        if unknown:
            raise UserError(UNKNOWN, given=" ".join(unknown), prog=getattr(options, "prog", self.prog))
        assert isinstance(options, argparse.Namespace)
        return options

    def error(self, message: str) -> Any:
        """Called by argparse where it cannot say which argument is at fault; its sentence is English only."""
        raise UserError(NOT_UNDERSTOOD, prog=self.prog)

    def _keep(self, action: argparse.Action) -> None:
        self._known["/".join(action.option_strings) or str(action.metavar or action.dest)] = action

    def _escaped(self, help: Text) -> str:
        return help.show(self._language).replace("%", "%%")

    def _explained(self, error: argparse.ArgumentError) -> UserError:
        action = self._known.get(error.argument_name or "")
        if action is None:
            return UserError(NOT_UNDERSTOOD, prog=self.prog)
        values = {"option": error.argument_name, "prog": self.prog}
        if action.choices is not None:
            return UserError(ONE_OF, choices=", ".join(map(str, action.choices)), **values)
        if action.nargs == 0:
            return UserError(NO_VALUE, **values)
        return UserError(NEEDS_VALUE, value=action.metavar or "…", **values)

"""What the YAML parser could not read, said in the reader's language and at a place inside the file."""

from __future__ import annotations

import re

import yaml

from studio_console.core.problems import Place
from studio_console.core.text import Text
from studio_console.files.reader import Reader

CONTROL = Text("쓸 수 없는 문자 U+{sign}이(가) 있습니다", "the character U+{sign} cannot stand in a text file")
CONTROL_HINT = Text("그 문자를 지우세요", "delete it")
OTHER = Text("YAML로 읽을 수 없습니다: {detail}", "not YAML: {detail}")
_TAB = (
    Text("들여쓰기에 탭이 있습니다", "a tab stands where only spaces may"),
    Text("탭을 공백으로 바꾸세요", "replace it by spaces"),
)
_LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_KNOWN: list[tuple[str, Text, Text | None]] = [
    (r"character '\\t'|character that cannot start any token.*tab|a tab character", *_TAB),
    (
        r"mapping values are not allowed",
        Text("여기에는 ‘키: 값’이 올 수 없습니다", "a ‘key: value’ cannot stand here"),
        Text(
            "들여쓰기를 확인하고, 쌍점이 든 글은 따옴표로 묶으세요",
            "check the indentation, and quote a text that has a colon in it",
        ),
    ),
    (
        r"could not find expected ':'",
        Text("키 뒤에 ‘:’이 없습니다", "a key without its ‘:’"),
        Text("‘키: 값’으로 적고 들여쓰기를 확인하세요", "write ‘key: value’ and check the indentation"),
    ),
    (
        r"did not find expected key|did not find expected '-' indicator|expected <block end>",
        Text("들여쓰기가 앞줄과 맞지 않습니다", "the indentation does not fit the lines before"),
        Text("같은 단계의 줄은 같은 칸에서 시작합니다", "lines of one level begin in the same column"),
    ),
    (
        r"did not find expected ',' or|expected ',' or",
        Text("쉼표나 닫는 괄호가 없습니다", "a comma or a closing bracket is missing"),
        Text("괄호의 짝을 확인하세요", "check that every bracket is closed"),
    ),
    (
        r"unexpected end of stream|while scanning a quoted scalar",
        Text("따옴표가 닫히지 않았습니다", "a quotation mark is not closed"),
        None,
    ),
    (
        r"found undefined alias",
        Text("앵커와 별칭(&, *)은 쓸 수 없습니다", "anchors and aliases (&, *) are not used in event files"),
        Text("*로 시작하는 글은 따옴표로 묶으세요", "quote a text that begins with *"),
    ),
    (
        r"that cannot start any token",
        Text("여기서 시작할 수 없는 글자입니다", "a text cannot begin with this character"),
        Text("글을 따옴표로 묶으세요", "put the text in quotation marks"),
    ),
    (
        r"unknown escape character",
        Text("큰따옴표 안의 ‘\\’ 뒤에 알 수 없는 글자가 있습니다", "an unknown character after ‘\\’ in double quotes"),
        Text("‘\\’ 대신 ‘/’을 쓰거나 작은따옴표로 묶으세요", "write ‘/’ for ‘\\’, or use single quotes"),
    ),
    (
        r"did not find expected node content",
        Text("여기에 있어야 할 값이 없습니다", "a value is missing here"),
        Text("괄호와 쉼표를 확인하세요", "check brackets and commas"),
    ),
    (
        r"did not find expected alphabetic or numeric character",
        Text("글이 *나 &로 시작합니다", "a text begins with * or &"),
        Text("따옴표로 묶으세요", "put it in quotation marks"),
    ),
    (
        r"did not find expected (<document start>|<stream end>)|expected '<document start>'",
        Text("문서가 끝난 뒤에 내용이 더 있습니다", "there is more after the end of the content"),
        Text("들여쓰기를 확인하세요", "check the indentation"),
    ),
]


def report(error: yaml.YAMLError, text: str, reader: Reader) -> None:
    """Says ``error`` to ``reader``; its place is inside ``text``."""
    bad = _NOT_PRINTABLE.search(text)
    if bad is not None:
        line, column = position(text, bad.start())
        place = within(text, line, column)
        reader.error_at(Place(reader.file, *place), "character", CONTROL, CONTROL_HINT, sign=f"{ord(bad.group()):04X}")
        return
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = within(text, mark.line + 1, mark.column + 1) if mark else (1, 1)
    place_ = Place(reader.file, line, column)
    said = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    here = _LINE_BREAK.split(text)[line - 1]
    if re.search(r"cannot start any token", said) and here[column - 1 : column] == "\t":
        reader.error_at(place_, "yaml", *_TAB)
        return
    for pattern, message, hint in _KNOWN:
        if re.search(pattern, said):
            reader.error_at(place_, "yaml", message, hint)
            return
    reader.error_at(place_, "yaml", OTHER, detail=said or type(error).__name__)


def within(text: str, line: int, column: int) -> tuple[int, int]:
    """The place, or the nearest one inside ``text``: the parser's own may lie behind its last line."""
    lines = _LINE_BREAK.split(text)
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    if line > len(lines):
        return len(lines), len(lines[-1]) + 1
    return line, min(column, len(lines[line - 1]) + 1)


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at ``index``; lines end where they do for the parser."""
    lines = _LINE_BREAK.split(text[:index])
    return len(lines), len(lines[-1]) + 1

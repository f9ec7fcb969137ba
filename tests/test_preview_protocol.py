"""Console and worker understand each other, and nothing that arrives on the pipe breaks either."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.core.reports import Signal
from studio_console.devices.previews import protocol
from studio_console.devices.previews.protocol import Play, Report, Trick, from_line, to_line

KINDS = (*get_args(protocol.Order), *get_args(protocol.Said))
VALUES = {
    "int": st.integers(),
    "str": st.text(),
    "bool": st.booleans(),
    "int | None": st.none() | st.integers(),
    "Signal": st.sampled_from(Signal),
    "Trick": st.sampled_from(Trick),
}


@given(st.data())
def test_every_message_comes_back_as_it_was_said(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    message = kind(**{field.name: data.draw(VALUES[str(field.type)]) for field in fields(kind)})
    line = to_line(message)
    assert line.isascii()
    assert line.index("\n") == len(line) - 1
    assert from_line(line) == message


@pytest.mark.parametrize(
    "line",
    [
        "",
        "\n",
        "null",
        "[]",
        "{}",
        "7",
        "[" * 100_000,
        '{"is": []}',
        '{"is": "Order"}',
        '{"is": "Stop"}',
        '{"is": "Stop", "stream": 1, "more": 2}',
        '{"is": "Stop", "stream": "1"}',
        '{"is": "Stop", "stream": true}',
        '{"is": "Stop", "stream": 1.5}',
        '{"is": "Act", "stream": 1, "trick": "jump"}',
        '{"is": "Report", "stream": 1, "job": 1, "signal": "fine"}',
    ],
)
def test_what_is_no_message_is_said_to_be_none(line: str) -> None:
    with pytest.raises(ValueError, match=r"^not a message$"):
        from_line(line)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str))
def test_no_line_raises_anything_else(line: str) -> None:
    with pytest.raises(ValueError, match=r"^not a message$"):
        from_line(line)


def test_an_address_is_in_no_error() -> None:
    """A passphrase in an order that is wrong goes nowhere."""
    line = to_line(Play(1, 1, "url", "srt://a:1?passphrase=hidden")).replace('"job": 1', '"job": "x"')
    with pytest.raises(ValueError) as caught:
        from_line(line)
    assert "hidden" not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_enumerations_are_themselves_again() -> None:
    assert from_line(to_line(Report(1, 2, Signal.FROZEN))).signal is Signal.FROZEN  # type: ignore[union-attr]

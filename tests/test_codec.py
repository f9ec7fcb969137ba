"""Every event goes into the journal as JSON and comes back equal; what is no event is refused, never bent to fit."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, NewType, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_console.core.events import ShowEvent
from studio_console.core.presses import GoPressed, StandbyMoved
from studio_console.core.units import CueId, PressId
from studio_console.runtime.codec import EVENT_TYPES, event_from_json, event_to_json, kind_of
from tests.runtime_builders import a_rundown

KINDS = pytest.mark.parametrize("kind", sorted(EVENT_TYPES))
TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
"""Any text that Python can hold, half surrogate pairs too: names come from OBS and from people's files."""


def anything_of(wanted: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the events use them, with every field filled in and not only the required ones."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    if isinstance(wanted, NewType):
        return anything_of(wanted.__supertype__)
    if origin in (UnionType, typing.Union):
        return st.one_of([anything_of(each) for each in arguments])
    if origin is tuple:
        return st.lists(anything_of(arguments[0]), max_size=2).map(tuple)
    if origin is frozenset:
        return st.frozensets(anything_of(arguments[0]), max_size=3)
    if origin is Mapping:
        return st.dictionaries(anything_of(arguments[0]), anything_of(arguments[1]), max_size=2)
    if dataclasses.is_dataclass(wanted):
        assert isinstance(wanted, type)
        hints = typing.get_type_hints(wanted)
        return st.builds(wanted, **{field.name: anything_of(hints[field.name]) for field in dataclasses.fields(wanted)})
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        int: st.integers(),
        float: st.floats(-4_000, 4_000),
        bool: st.booleans(),
        date: st.dates(),
        type(None): st.none(),
    }
    if wanted in plain:
        return plain[wanted]
    assert issubclass(wanted, Enum)
    return st.sampled_from(wanted)


def there_and_back(event: ShowEvent) -> ShowEvent:
    body = event_to_json(event)
    body.encode()  # what cannot be UTF-8 cannot be written
    return event_from_json(kind_of(event), body)


@KINDS
def test_every_kind_of_event_comes_back_equal(kind: str) -> None:
    @settings(max_examples=25)
    @given(anything_of(EVENT_TYPES[kind]))
    def holds(event: ShowEvent) -> None:
        again = there_and_back(event)
        assert again == event
        assert type(again) is EVENT_TYPES[kind]

    holds()


def test_a_whole_rundown_comes_back_equal() -> None:
    event = a_rundown(cues=50)
    assert there_and_back(event) == event


def test_korean_is_readable_in_the_journal_and_half_letters_survive() -> None:
    assert "개회" in event_to_json(StandbyMoved(CueId("개회")))
    assert there_and_back(StandbyMoved(CueId("\ud55c\ud800"))) == StandbyMoved(CueId("\ud55c\ud800"))


def test_fields_added_later_do_not_lock_an_older_version_out() -> None:
    assert event_from_json("GoPressed", '{"cue":"m1","press":"p","screen":3}') == GoPressed(CueId("m1"), PressId("p"))


@pytest.mark.parametrize("kind", ["", "Nonsense", "go", "TakeScene"])
def test_an_unknown_kind_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        event_from_json(kind, "{}")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@KINDS
def test_garbage_is_a_value_error_and_nothing_else(kind: str) -> None:
    @settings(max_examples=25)
    @given(st.one_of(st.text(), JSON.map(json.dumps)))
    def holds(body: str) -> None:
        try:
            event = event_from_json(kind, body)
        except ValueError:
            return
        assert type(event) is EVENT_TYPES[kind], "what was taken is an event of this kind"
        assert there_and_back(event) == event

    holds()


@KINDS
def test_one_value_of_the_wrong_type_is_enough_to_be_refused(kind: str) -> None:
    @settings(max_examples=25)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        body = json.loads(event_to_json(data.draw(anything_of(EVENT_TYPES[kind]))))
        places = list(leaves(body))
        if not places:
            return
        holder, key = data.draw(st.sampled_from(places))
        wrong = [[], ["a"], {"a": 1}, "one" if isinstance(holder[key], float) else 1.5]
        holder[key] = data.draw(st.sampled_from(wrong))
        with pytest.raises(ValueError, match=kind):
            event_from_json(kind, json.dumps(body))

    holds()


def leaves(node: Any) -> typing.Iterator[tuple[Any, Any]]:
    """Where in decoded JSON the plain values are: (what holds it, key)."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        if isinstance(value, dict | list):
            yield from leaves(value)
        else:
            yield node, key

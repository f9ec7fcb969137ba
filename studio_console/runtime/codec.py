"""Events as JSON for the journal, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, get_args, get_origin

from cattrs import BaseConverter
from cattrs.preconf.json import JsonConverter, make_converter

from studio_console.core.events import ShowEvent

EVENT_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(ShowEvent)}

_COLLECTIONS: tuple[Any, ...] = (tuple, frozenset)


def _make() -> JsonConverter:
    converter = make_converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    # Left to itself the converter makes a cue "None" of null and letters of a word: here nothing is bent to fit.
    for plain in (str, int, float, bool):
        converter.register_structure_hook(plain, _exactly)
    converter.register_structure_hook(float, lambda value, _: _number(value))

    def of_list(wanted: Any, made: BaseConverter) -> Callable[[Any, Any], Any]:
        """For ``tuple[X, ...]`` and ``frozenset[X]``, the only collections beside mappings that events have."""
        collect, kind = get_origin(wanted), get_args(wanted)[0]
        structure = made.get_structure_hook(kind)
        return lambda value, _: collect(structure(entry, kind) for entry in _exactly(value, list))

    converter.register_structure_hook_factory(lambda wanted: get_origin(wanted) in _COLLECTIONS)(of_list)
    return converter


def _exactly(value: Any, wanted: type) -> Any:
    if issubclass(wanted, Enum):  # the words of a StrEnum come here too: a word is what it is made of
        return wanted(value)
    if type(value) is not wanted:
        raise TypeError(f"{type(value).__name__} where {wanted.__name__} belongs")
    return value


def _number(value: Any) -> float:
    """JSON knows no difference between 40 and 40.0."""
    return float(value) if type(value) is int else float(_exactly(value, float))


_CONVERTER = _make()


def event_to_json(event: ShowEvent) -> str:
    """The event's fields as JSON; its kind is written beside it, as ``kind_of`` names it. It is always valid UTF-8."""
    body = _CONVERTER.dumps(event, unstructure_as=type(event), ensure_ascii=False, separators=(",", ":"))
    if _is_unicode(body):
        return body
    # Half a surrogate pair, from a name in OBS or an escape in a file: only as an escape can it be written.
    return _CONVERTER.dumps(event, unstructure_as=type(event), ensure_ascii=True, separators=(",", ":"))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def kind_of(event: ShowEvent) -> str:
    return type(event).__name__


def event_from_json(kind: str, body: str) -> ShowEvent:
    """The event again. Raises ValueError for a kind that this version does not know or a body that does not fit."""
    wanted = EVENT_TYPES.get(kind)
    if wanted is None:
        raise ValueError(f"unknown kind of event: {kind}")
    try:
        event: Any = _CONVERTER.loads(body, wanted)
    except Exception as error:
        # What the converter raises is whatever the first thing that does not fit runs into.
        raise ValueError(f"not a {kind}: {error}") from error
    return event  # type: ignore[no-any-return]

"""Events as JSON for the journal, and back."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from cattrs.preconf.json import JsonConverter, make_converter

from studio_console.core.events import ShowEvent

EVENT_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(ShowEvent)}


def _make() -> JsonConverter:
    converter = make_converter(omit_if_default=True)
    converter.register_unstructure_hook(date, lambda day: day.isoformat())
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    return converter


_CONVERTER = _make()


def event_to_json(event: ShowEvent) -> str:
    """The event's fields as JSON; its kind is written beside it, as ``kind_of`` names it."""
    return _CONVERTER.dumps(event, unstructure_as=type(event), ensure_ascii=False, separators=(",", ":"))


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
        raise ValueError(f"not a {kind}: {error}") from error
    return event  # type: ignore[no-any-return]

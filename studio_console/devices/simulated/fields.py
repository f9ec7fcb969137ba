"""The fields of a request, checked the way obs-websocket checks them: same codes, same comments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from studio_console.devices.simulated.protocol import Data, Refusal, Status, is_number


class Fields:
    """A request's data. Every getter raises Refusal where the field is missing or wrong."""

    def __init__(self, data: object) -> None:
        self._data: Data | None = data if isinstance(data, dict) else None

    def has(self, name: str) -> bool:
        """Whether the field is there; null counts as left out."""
        return self._data is not None and self._data.get(name) is not None

    def raw(self, name: str) -> Any:
        return self._get(name)

    def text(self, name: str, may_be_empty: bool = False) -> str:
        value = self._typed(name, "a string", lambda value: isinstance(value, str))
        if not value and not may_be_empty:
            raise _empty(name)
        return str(value)

    def number(self, name: str, low: float | None = None, high: float | None = None) -> float:
        value = float(self._typed(name, "a number", is_number))
        if low is not None and value < low:
            raise Refusal(Status.FIELD_RANGE, f"The field value of `{name}` is below the minimum of `{low:.6f}`")
        if high is not None and value > high:
            raise Refusal(Status.FIELD_RANGE, f"The field value of `{name}` is above the maximum of `{high:.6f}`")
        return value

    def integer(self, name: str, low: float | None = None, high: float | None = None) -> int:
        return int(self.number(name, low, high))

    def flag(self, name: str) -> bool:
        value = self._typed(name, "boolean", lambda value: isinstance(value, bool))
        return bool(value)

    def data(self, name: str, may_be_empty: bool = False) -> Data:
        value: Data = self._typed(name, "an object", lambda value: isinstance(value, dict))
        if not value and not may_be_empty:
            raise _empty(name)
        return value

    def optional_text(self, name: str, default: str | None = None) -> str | None:
        return self.text(name) if self.has(name) else default

    def optional_flag(self, name: str, default: bool) -> bool:
        return self.flag(name) if self.has(name) else default

    def _get(self, name: str) -> Any:
        if self._data is None:
            raise Refusal(Status.MISSING_DATA, "Your request data is missing or invalid (non-object)")
        if self._data.get(name) is None:
            raise Refusal(Status.MISSING_FIELD, f"Your request is missing the `{name}` field.")
        return self._data[name]

    def _typed(self, name: str, kind: str, check: Callable[[object], bool]) -> Any:
        value = self._get(name)
        if not check(value):
            raise Refusal(Status.FIELD_TYPE, f"The field value of `{name}` must be {kind}.")
        return value


def _empty(name: str) -> Refusal:
    return Refusal(Status.FIELD_EMPTY, f"The field value of `{name}` must not be empty.")

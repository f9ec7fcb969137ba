"""MessagePack, as far as JSON's values go: the other encoding of obs-websocket, which some clients insist on.

https://github.com/msgpack/msgpack/blob/master/spec.md
"""

from __future__ import annotations

import struct
from typing import Any

DEEPEST = 100
"""Values inside values; more is no honest message."""


def pack(value: Any) -> bytes:
    """Raises TypeError for what JSON does not know, and OverflowError for integers beyond 64 bits."""
    out = bytearray()
    _pack(value, out)
    return bytes(out)


def unpack(message: bytes) -> Any:
    """Raises ValueError where ``message`` is not exactly one value."""
    try:
        value, end = _unpack(message, 0, DEEPEST)
    except (IndexError, struct.error, UnicodeDecodeError, TypeError) as error:
        raise ValueError(f"broken MessagePack: {error}") from None
    if end != len(message):
        raise ValueError("more than one value")
    return value


def _pack(value: Any, out: bytearray) -> None:
    match value:
        case None:
            out.append(0xC0)
        case bool():
            out.append(0xC3 if value else 0xC2)
        case int():
            out += _packed_integer(int(value))
        case float():
            out += struct.pack(">Bd", 0xCB, value)
        case str():
            text = value.encode()
            _head(len(text), out, (0xA0, 31), (0xD9, 0xDA, 0xDB))
            out += text
        case list() | tuple():
            _head(len(value), out, (0x90, 15), (None, 0xDC, 0xDD))
            for entry in value:
                _pack(entry, out)
        case dict():
            _head(len(value), out, (0x80, 15), (None, 0xDE, 0xDF))
            for key, entry in value.items():
                _pack(key, out)
                _pack(entry, out)
        case _:
            raise TypeError(f"not a JSON value: {type(value).__name__}")


def _packed_integer(value: int) -> bytes:
    if -32 <= value < 128:
        return struct.pack(">b", value)
    for limit, code, form in ((1 << 8, 0xCC, "B"), (1 << 16, 0xCD, "H"), (1 << 32, 0xCE, "I"), (1 << 64, 0xCF, "Q")):
        if 0 <= value < limit:
            return struct.pack(f">B{form}", code, value)
    for limit, code, form in ((1 << 7, 0xD0, "b"), (1 << 15, 0xD1, "h"), (1 << 31, 0xD2, "i"), (1 << 63, 0xD3, "q")):
        if -limit <= value < 0:
            return struct.pack(f">B{form}", code, value)
    raise OverflowError("more than 64 bits")


def _head(length: int, out: bytearray, short: tuple[int, int], codes: tuple[int | None, int, int]) -> None:
    """The length: in the first byte where it fits, else in 1 (where there is such a code), 2 or 4 bytes after it."""
    base, most = short
    if length <= most:
        out.append(base | length)
    elif length < 1 << 8 and codes[0] is not None:
        out += struct.pack(">BB", codes[0], length)
    elif length < 1 << 16:
        out += struct.pack(">BH", codes[1], length)
    else:
        out += struct.pack(">BI", codes[2], length)


_NUMBERS = {
    0xCA: ">f",
    0xCB: ">d",
    0xCC: ">B",
    0xCD: ">H",
    0xCE: ">I",
    0xCF: ">Q",
    0xD0: ">b",
    0xD1: ">h",
    0xD2: ">i",
    0xD3: ">q",
}
_LENGTHS = {0xD9: ">B", 0xDA: ">H", 0xDB: ">I", 0xDC: ">H", 0xDD: ">I", 0xDE: ">H", 0xDF: ">I"}
_CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}


def _unpack(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth == 0:
        raise ValueError("too deep")
    code = data[at]
    at += 1
    if code < 0x80 or code >= 0xE0:
        return (code if code < 0x80 else code - 256), at
    if code in _CONSTANTS:
        return _CONSTANTS[code], at
    if form := _NUMBERS.get(code):
        return struct.unpack_from(form, data, at)[0], at + struct.calcsize(form)
    if form := _LENGTHS.get(code):
        length: int = struct.unpack_from(form, data, at)[0]
        at += struct.calcsize(form)
        kind = "text" if code <= 0xDB else "list" if code <= 0xDD else "map"
    elif code < 0xC0:
        kind = "map" if code < 0x90 else "list" if code < 0xA0 else "text"
        length = code & (31 if kind == "text" else 15)
    else:
        raise ValueError(f"code {code:#x} stands for nothing that JSON knows")
    if length > len(data) - at:
        raise ValueError("cut short")
    if kind == "text":
        return data[at : at + length].decode(), at + length
    if kind == "list":
        entries = []
        for _ in range(length):
            entry, at = _unpack(data, at, depth - 1)
            entries.append(entry)
        return entries, at
    found: dict[Any, Any] = {}
    for _ in range(length):
        key, at = _unpack(data, at, depth - 1)
        found[key], at = _unpack(data, at, depth - 1)
    return found, at

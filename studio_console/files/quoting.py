"""A text as YAML writes it: with quotation marks where another program would make something else of it."""

from __future__ import annotations

import io
import re

import yaml
from yaml.emitter import Emitter

_ESCAPED = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"\\\\]')
_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def scalar(text: str, style: str | None = None) -> str:
    """``text`` on one line, to stand anywhere, also between brackets. ``style``: that of what it takes the place of.

    10:30, no, 1.10 and the like get quotation marks, so that programs for which those are no texts read them as such.
    """
    if style == "'" and text and "\n" not in text and not _ESCAPED.search(text.replace('"', "").replace("\\", "")):
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _may_be_plain(text):
        return text
    return '"' + _ESCAPED.sub(lambda found: _NAMED.get(found[0]) or _escape(found[0]), text) + '"'


def _escape(sign: str) -> str:
    return f"\\x{ord(sign):02X}" if ord(sign) < 0x100 else f"\\u{ord(sign):04X}"


def _may_be_plain(text: str) -> bool:
    if ":" in text or "\n" in text:
        return False
    kinds = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], [])
    if any(pattern.match(text) for _, pattern in kinds):
        return False
    return bool(Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text).allow_flow_plain)

"""Writes the address of one surface's OBS into ``studio.yaml``: that value, and no other sign of the file."""

from __future__ import annotations

from pathlib import Path

from studio_console.core.problems import Problem, UserError
from studio_console.core.text import Text
from studio_console.files.folder import STUDIO
from studio_console.files.nodes import parse
from studio_console.files.reader import Reader
from studio_console.files.saving import save
from studio_console.files.tree import Mapping, Node, Scalar

NOT_FOUND = Text(
    "studio.yaml에서 ‘{surface}’의 {key} 값을 찾지 못했습니다. 파일을 편집기에서 고치세요",
    "No {key} value of ‘{surface}’ was found in studio.yaml: change it in an editor",
)
NOT_WRITTEN = Text(
    "studio.yaml에 쓸 수 없습니다: {reason}. 파일과 폴더의 권한을 확인하세요",
    "studio.yaml cannot be written: {reason}. Check the rights of the file and its folder",
)
BUSY = Text("다른 프로그램이 계속 저장하고 있습니다", "another program saves it again and again")
TRIES = 5


def write_obs_address(folder: Path, surface: str, address: str, key: str = "obs") -> None:
    """Puts ``address`` in the place of the surface's; with the ``key`` ``standby`` of its standby's.

    The file is the old one or the new one, never half of each, and what somebody else saves meanwhile stays. Raises
    UserError.
    """
    path = folder / STUDIO
    try:
        for _ in range(TRIES):
            data = path.read_bytes()
            fresh = with_obs_address(data, surface, address, key)
            if fresh == data or save(path, fresh, data) is not None:
                return
    except OSError as error:
        raise UserError(NOT_WRITTEN, reason=error.strerror or type(error).__name__) from None
    raise UserError(NOT_WRITTEN, reason=BUSY)


def with_obs_address(data: bytes, surface: str, address: str, key: str = "obs") -> bytes:
    """``data``, a ``studio.yaml``, with another address of one surface. Raises UserError where there is none."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    node = _value_of(data, surface, key)
    text = data[len(mark) :].decode("utf-8")
    if node is None or node.style in ("|", ">"):
        raise UserError(NOT_FOUND, surface=surface, key=key)
    start, end = (place.index for place in (node.start_mark, node.end_mark) if place is not None)
    fresh = mark + f'{text[:start]}"{address}"{text[end:]}'.encode()
    # The parser's marks are trusted, and looked after: a slip here would be on air tomorrow.
    again = _value_of(fresh, surface, key)
    if again is None or again.value != address:
        raise UserError(NOT_FOUND, surface=surface, key=key)
    return fresh


def _value_of(data: bytes, surface: str, key: str) -> Scalar | None:
    problems: list[Problem] = []
    node: Node | None = parse(data, Reader(STUDIO, problems))
    for name in ("surfaces", surface, key):
        node = node.entries.get(name) if isinstance(node, Mapping) else None
    return node if isinstance(node, Scalar) else None

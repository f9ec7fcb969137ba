"""Writes the address of one surface's OBS into ``studio.yaml``: that value, and no other sign of the file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from studio_console.core.problems import Problem, UserError
from studio_console.core.text import Text
from studio_console.files.folder import STUDIO
from studio_console.files.nodes import parse
from studio_console.files.reader import Reader
from studio_console.files.tree import Mapping, Node, Scalar

NOT_FOUND = Text(
    "studio.yaml에서 ‘{surface}’의 obs 값을 찾지 못했습니다. 파일을 편집기에서 고치세요",
    "No obs value of ‘{surface}’ was found in studio.yaml: change it in an editor",
)
NOT_WRITTEN = Text(
    "studio.yaml에 쓸 수 없습니다: {reason}. 파일과 폴더의 권한을 확인하세요",
    "studio.yaml cannot be written: {reason}. Check the rights of the file and its folder",
)


def write_obs_address(folder: Path, surface: str, address: str) -> None:
    """Puts ``address`` in the place of the surface's. The file is the old one or the new one, never half of each.

    Raises UserError.
    """
    path = (folder / STUDIO).resolve()
    try:
        data = path.read_bytes()
        fresh = with_obs_address(data, surface, address)
        if fresh != data:
            _replace(path, fresh)
    except OSError as error:
        raise UserError(NOT_WRITTEN, reason=error.strerror or type(error).__name__) from None


def with_obs_address(data: bytes, surface: str, address: str) -> bytes:
    """``data``, a ``studio.yaml``, with another address of one surface. Raises UserError where there is none."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    node = _obs_of(data, surface)
    text = data[len(mark) :].decode("utf-8")
    if node is None or node.style in ("|", ">"):
        raise UserError(NOT_FOUND, surface=surface)
    start, end = (place.index for place in (node.start_mark, node.end_mark) if place is not None)
    fresh = mark + f'{text[:start]}"{address}"{text[end:]}'.encode()
    # The parser's marks are trusted, and looked after: a slip here would be on air tomorrow.
    again = _obs_of(fresh, surface)
    if again is None or again.value != address:
        raise UserError(NOT_FOUND, surface=surface)
    return fresh


def _obs_of(data: bytes, surface: str) -> Scalar | None:
    problems: list[Problem] = []
    node: Node | None = parse(data, Reader(STUDIO, problems))
    for key in ("surfaces", surface, "obs"):
        node = node.entries.get(key) if isinstance(node, Mapping) else None
    return node if isinstance(node, Scalar) else None


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".studio-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

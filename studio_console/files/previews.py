"""``preview:`` of a person → where the desk gets a remote guest's picture from."""

from __future__ import annotations

from pathlib import Path

from studio_console.core.rundown import (
    DevicePreview,
    FilePreview,
    ObsPreview,
    PicturePreview,
    Preview,
    StreamPreview,
)
from studio_console.core.text import Text
from studio_console.core.units import InputId, SurfaceId
from studio_console.files.cues import NO_SURFACE
from studio_console.files.names import NO_INPUT, Known
from studio_console.files.reader import Reader
from studio_console.files.records import Row
from studio_console.files.rundown_tables import PREVIEW
from studio_console.files.studio import check_address, check_file

NOT_REMOTE = Text("현장 참가자의 미리보기는 쓰이지 않습니다", "the preview of somebody in the hall is not used")
NOT_REMOTE_HINT = Text(
    "원격 참가자면 where: remote로 적고, 아니면 preview를 지우세요",
    "write where: remote if they are, or else remove preview",
)


def read_preview(row: Row, reader: Reader, folder: Path, known: Known) -> Preview | None:
    """The preview that ``row`` describes; None where it cannot be made out, which has been said."""
    kind = next((key for key in PREVIEW.one_of if key in row.values), "")
    if kind == "obs":
        known.inputs.refer(row.values["obs"], row.value("obs"), reader, "input", NO_INPUT)
    surface = row.get("surface")
    if surface is not None:
        known.surfaces.refer(surface, row.value("surface"), reader, "surface", NO_SURFACE)
    if row.bad or not kind:
        return None
    value = row.values[kind]
    match kind:
        case "url":
            check_address(value, row.value(kind), reader)
            return StreamPreview(value)
        case "device":
            return DevicePreview(value)
        case "obs":
            return ObsPreview(InputId(value), None if surface is None else SurfaceId(surface))
    check_file(value, row.value(kind), reader, folder)
    return FilePreview(value) if kind == "file" else PicturePreview(value)

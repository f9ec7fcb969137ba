"""Live pictures of remote guests on the desk: where each comes from, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from studio_console.core.rundown import (
    FilePreview,
    ObsPreview,
    Person,
    PicturePreview,
    Preview,
    StreamPreview,
    Where,
)
from studio_console.core.studio import Capture, Clip, Feed, Still, Studio


@dataclass(frozen=True, slots=True)
class DrawnPreview:
    """A guest of the rehearsal: a moving test picture with ``label`` on it, drawn without any network."""

    label: str


Source: TypeAlias = Preview | DrawnPreview


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of one guest's picture."""

    source: Source
    fast: bool = False
    """25 pictures a second instead of 10: for who is looked at closely and who is next."""
    sound: bool = False
    """Sound is decoded and its level shown."""


def preview_of(person: Person, studio: Studio) -> Preview | None:
    """Where the picture of a remote guest comes from: their entry, else what their input is; None where nothing is.

    A feed is pulled from its own address, a capture device belongs to OBS and is seen through it.
    """
    if person.preview is not None or person.where is not Where.REMOTE:
        return person.preview
    entry = studio.inputs.get(person.input) if person.input is not None else None
    if entry is None:
        return None
    match entry.source:
        case Feed(url=url):
            return StreamPreview(url)
        case Clip(file=file):
            return FilePreview(file)
        case Still(file=file):
            return PicturePreview(file)
        case Capture():
            return ObsPreview(entry.id)
        case _:
            return None

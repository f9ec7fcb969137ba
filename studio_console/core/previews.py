"""Live pictures of remote guests on the desk: where each comes from, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TypeAlias
from urllib.parse import parse_qs, urlsplit

from studio_console.core.rundown import (
    Day,
    Event,
    FilePreview,
    ObsPreview,
    Person,
    PicturePreview,
    Preview,
    StreamPreview,
    Where,
)
from studio_console.core.studio import Capture, Clip, Feed, MadeInObs, Still, Studio
from studio_console.core.units import PersonId


@dataclass(frozen=True, slots=True)
class DrawnPreview:
    """A guest of the rehearsal: a moving test picture with ``label`` on it, drawn without any network."""

    label: str


Source: TypeAlias = Preview | DrawnPreview
Sources: TypeAlias = Callable[[Event, Day, Studio], Mapping[PersonId, Source]]
"""Tells where the picture of each guest of a day comes from: in the show from the files, in rehearsal drawn."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of one guest's picture."""

    source: Source
    fast: bool = False
    """25 pictures a second instead of 10: for who is looked at closely and who is next."""
    sound: bool = False
    """Sound is decoded and its level shown."""
    looked_at: bool = False
    """Somebody looks at it closely: worth a moment without a picture, where the sender takes one connection only."""


def preview_of(person: Person, studio: Studio) -> Preview | None:
    """Where the picture of a remote guest comes from: their entry, else what their input is; None where nothing is.

    A feed is pulled from its own address. A capture device belongs to OBS, and so does a port at which OBS waits for
    the sender: both are seen through OBS, as who connects there takes the place of the guest or of OBS. What was made
    in OBS by hand is there alone, and under a name of its own.
    """
    if isinstance(person.preview, ObsPreview):
        return _by_name(person.preview, studio)
    if person.preview is not None or person.where is not Where.REMOTE:
        return person.preview
    entry = studio.inputs.get(person.input) if person.input is not None else None
    if entry is None:
        return None
    match entry.source:
        case Feed(url=url):
            return ObsPreview(entry.id) if waits_for_sender(url) else StreamPreview(url)
        case Clip(file=file):
            return FilePreview(file)
        case Still(file=file):
            return PicturePreview(file)
        case Capture() | MadeInObs():
            return _by_name(ObsPreview(entry.id), studio)
        case _:
            return None


def _by_name(preview: ObsPreview, studio: Studio) -> ObsPreview:
    """``preview`` with the name that its input has in OBS, where that is not its id."""
    entry = studio.inputs.get(preview.input)
    return replace(preview, name=entry.source.name) if entry and isinstance(entry.source, MadeInObs) else preview


def remote_people(event: Event, day: Day) -> tuple[Person, ...]:
    """The remote people whom the day's cues show or need, in the order in which they come; skipped cues count too."""
    named = dict.fromkeys(name for cue in day.cues for name in (*cue.speakers, *cue.needs))
    people = (event.people.get(PersonId(name)) for name in named)
    return tuple(person for person in people if person is not None and person.where is Where.REMOTE)


def guests_of(event: Event, day: Day, studio: Studio) -> Mapping[PersonId, Preview]:
    """Where the pictures of the day's remote guests come from, in running order; without those who have none."""
    found = ((person.id, preview_of(person, studio)) for person in remote_people(event, day))
    return {name: preview for name, preview in found if preview is not None}


def waits_for_sender(url: str) -> bool:
    """Whether who opens ``url`` waits at a port of their own: then one only can, and the sender comes to them."""
    try:
        parts = urlsplit(url)
        options = parse_qs(parts.query, keep_blank_values=True)
        host = parts.hostname or ""
    except ValueError:
        return False
    try:
        address = ip_address(host)
        if address.is_multicast:
            return False
        nobody = address.is_unspecified
    except ValueError:
        nobody = not host
    if nobody or parts.scheme in ("udp", "rtp"):
        return True
    return options.get("mode") in (["listener"], ["rendezvous"]) or options.get("listen", ["0"]) != ["0"]

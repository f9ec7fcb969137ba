"""Which remote guests a day has, and where the desk gets the picture of each from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from studio_console.core.previews import guests_of, preview_of, remote_people, waits_for_sender
from studio_console.core.rundown import (
    Cue,
    DevicePreview,
    Event,
    FilePreview,
    ObsPreview,
    Person,
    PicturePreview,
    Preview,
    StreamPreview,
    Where,
)
from studio_console.core.studio import Capture, Clip, Colour, Feed, Input, MadeInObs, Source, Still, Studio, Words
from studio_console.core.text import Text, same
from studio_console.core.units import InputId, PersonId, SurfaceId
from tests.builders import cue, day

FEED = "srt://guest.example:9000"


def person(name: str, where: Where = Where.REMOTE, input: str | None = None, preview: Preview | None = None) -> Person:
    shown = None if input is None else InputId(input)
    return Person(PersonId(name), Text("시장", "Mayor"), same(name), "UTC", where, shown, preview=preview)


def studio(**sources: Source) -> Studio:
    inputs = {InputId(name): Input(InputId(name), same(name), source, False) for name, source in sources.items()}
    return Studio(same("Hall"), "Asia/Seoul", 500, 50, {}, inputs, {})


def with_people(number: str, *speakers: str, needs: tuple[str, ...] = (), skip: bool = False) -> Cue:
    return replace(cue(number, skip=skip), speakers=tuple(map(PersonId, speakers)), needs=needs)


def event(*people: Person) -> Event:
    return Event("summit", same("Summit"), "Asia/Seoul", {one.id: one for one in people}, ())


@pytest.mark.parametrize(
    ("source", "preview"),
    [
        (Feed(FEED), StreamPreview(FEED)),
        (Feed("srt://0.0.0.0:9000"), ObsPreview(InputId("line"))),
        (Feed("udp://127.0.0.1:5000"), ObsPreview(InputId("line"))),
        (Feed("udp://239.1.2.3:5000"), StreamPreview("udp://239.1.2.3:5000")),
        (Capture("/dev/video7"), ObsPreview(InputId("line"))),
        (MadeInObs("NDI London"), ObsPreview(InputId("line"), name="NDI London")),
        (Clip("assets/message.mp4", False), FilePreview("assets/message.mp4")),
        (Still("assets/card.png"), PicturePreview("assets/card.png")),
        (Words("By telephone", 48, "#ffffff"), None),
        (Colour("#101820"), None),
    ],
)
def test_a_remote_guest_is_seen_by_what_their_input_is(source: Source, preview: Preview | None) -> None:
    assert preview_of(person("london", input="line"), studio(line=source)) == preview


def test_what_the_entry_says_goes_before_the_input() -> None:
    camera = DevicePreview("/dev/video8")
    assert preview_of(person("london", input="line", preview=camera), studio(line=Feed(FEED))) == camera


def test_obs_is_asked_by_the_name_that_an_input_has_there() -> None:
    """An entry names the input by its id; what a person made in OBS is called something else there."""
    wanted = ObsPreview(InputId("line"), SurfaceId("wall"))
    seen = preview_of(person("london", preview=wanted), studio(line=MadeInObs("NDI London")))
    assert seen == ObsPreview(InputId("line"), SurfaceId("wall"), "NDI London")
    assert seen.in_obs == "NDI London"
    assert preview_of(person("london", preview=wanted), studio(line=Capture("cam"))) == wanted
    assert wanted.in_obs == "line"


def test_who_is_in_the_hall_or_has_no_input_has_no_preview() -> None:
    assert preview_of(person("seoul", Where.HALL, "line"), studio(line=Feed(FEED))) is None
    assert preview_of(person("cairo"), studio()) is None


def test_the_guests_of_a_day_are_its_remote_speakers_and_who_is_needed_in_running_order() -> None:
    everybody = event(
        person("london", input="line"),
        person("lima", input="line"),
        person("seoul", Where.HALL, "line"),
        person("cairo"),
        person("oslo", input="line"),
        person("elsewhere", input="line"),
    )
    today = day(
        with_people("M1", "seoul", "lima"),
        with_people("M2", "lima", "cairo", needs=("london", "sound")),
        with_people("M3", "oslo", skip=True),
    )
    hall = studio(line=Feed(FEED))
    assert [one.id for one in remote_people(everybody, today)] == ["lima", "cairo", "london", "oslo"]
    guests: Mapping[PersonId, Preview] = guests_of(everybody, today, hall)
    assert list(guests) == ["lima", "london", "oslo"], "Cairo has nothing to be seen by"
    assert set(guests.values()) == {StreamPreview(FEED)}


@pytest.mark.parametrize(
    ("url", "waits"),
    [
        ("srt://guest.example:9000", False),
        ("srt://guest.example:9000?mode=caller", False),
        ("srt://192.0.2.1:9000?mode=listener", True),
        ("srt://192.0.2.1:9000?latency=200&mode=rendezvous", True),
        ("srt://:9000", True),
        ("srt://[::]:9000", True),
        ("udp://@:5000", True),
        ("udp://@239.1.2.3:5000", False),
        ("rtp://[ff02::1]:5004", False),
        ("rtp://192.0.2.1:5004", True),
        ("rtmp://0.0.0.0/live", True),
        ("rtmp://guest.example/live?listen=1", True),
        ("tcp://guest.example:9000?listen=0", False),
        ("https://guest.example/live/index.m3u8", False),
        ("http://[", False),
    ],
)
def test_who_waits_for_the_sender(url: str, waits: bool) -> None:
    assert waits_for_sender(url) is waits

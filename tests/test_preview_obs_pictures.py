"""Guests who are seen through OBS: their input's own picture, judged as a stream's is, and said to be lost with OBS.

Where it matters what OBS really does it is the real one; faults are those of the simulated one.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from studio_console.core.events import ShowEvent
from studio_console.core.ports import Picture
from studio_console.core.previews import Wish
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import ObsPreview
from studio_console.core.studio import GuestRules, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import InputId, PersonId, SurfaceId
from studio_console.devices.obs.trouble import LinkDown, Trouble
from studio_console.devices.previews import words
from studio_console.devices.previews.board import Board
from studio_console.devices.previews.shots import WIDTH, decoded
from studio_console.devices.previews.wall import PreviewWall
from studio_console.devices.simulated.server import SimulatedObs
from tests.obs_rigs import Rig, make_clip
from tests.ports import free_port
from tests.real_obs import PASSWORD, RealObs
from tests.waiting import wait_until

NEAR = 6
"""Steps of 255 by which a JPEG may be off."""


class Watched:
    """A wall with guests at OBS instances, and what it said of them."""

    def __init__(self, folder: Path, urls: Sequence[str]) -> None:
        self.heard: list[GuestSeen] = []
        surfaces = [
            Surface(SurfaceId(f"surface {number}"), same("surface"), Role.PROGRAM, Size(1280, 720), 30, url)
            for number, url in enumerate(urls)
        ]
        self.wall = PreviewWall(GuestRules(), folder, surfaces, lambda surface: PASSWORD)
        self.wall.start(self._post)

    def _post(self, event: ShowEvent) -> None:
        assert isinstance(event, GuestSeen)
        self.heard.append(event)

    def show(self, *inputs: str, surface: int | None = None) -> None:
        where = None if surface is None else SurfaceId(f"surface {surface}")
        self.wall.show({PersonId(name): Wish(ObsPreview(InputId(name), where)) for name in inputs})

    def state(self, guest: str) -> tuple[Signal, object] | None:
        told = [(event.signal, event.reason) for event in self.heard if event.guest == guest]
        return told[-1] if told else None

    def wait_for(self, guest: str, signal: Signal, reason: object = None) -> None:
        wait_until(lambda: self.state(guest) == (signal, reason), lambda: self.heard)

    def colour(self, guest: str) -> tuple[int, ...] | None:
        """Red, green and blue in the middle of the newest picture."""
        picture = self.wall.picture(PersonId(guest))
        if picture is None:
            return None
        at = picture.height // 2 * picture.stride + picture.width // 2 * 4
        return tuple(reversed(picture.data[at : at + 3]))

    def wait_for_colour(self, guest: str, wanted: tuple[int, int, int]) -> None:
        def there() -> bool:
            found = self.colour(guest)
            return found is not None and all(abs(a - b) <= NEAR for a, b in zip(found, wanted, strict=True))

        wait_until(there, lambda: (self.colour(guest), self.heard))


@pytest.fixture
def watched(rig: Rig, tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path, [rig.url])
    yield made
    made.wall.close()


def add_colour(rig: Rig, name: str, colour: int) -> None:
    """An input of one colour, 0xAABBGGRR, in a scene of its own."""
    kinds = rig.hand.do("GetInputKindList", unversioned=False)["inputKinds"]
    kind = next(kind for kind in kinds if kind.startswith("color_source"))
    rig.hand.do("CreateScene", sceneName=f"scene of {name}")
    settings = {"color": colour, "width": 1280, "height": 720}
    rig.hand.do("CreateInput", sceneName=f"scene of {name}", inputName=name, inputKind=kind, inputSettings=settings)


def test_an_input_is_seen_as_it_is_and_what_does_not_move_is_frozen(rig: Rig, watched: Watched) -> None:
    add_colour(rig, "도시 1", 0xFF2040C0)
    watched.show("도시 1")
    watched.wait_for_colour("도시 1", (0xC0, 0x40, 0x20))
    picture = watched.wall.picture(PersonId("도시 1"))
    assert picture is not None
    assert (picture.width, picture.height) == (WIDTH, WIDTH * 9 // 16)
    watched.wait_for("도시 1", Signal.FROZEN)
    assert watched.heard[-1].ago >= 1200
    rig.hand.do("SetInputSettings", inputName="도시 1", inputSettings={"color": 0xFF108010})
    watched.wait_for_colour("도시 1", (0x10, 0x80, 0x10))


def test_an_input_that_is_not_there_is_said_to_be_missing_and_seen_when_it_comes(rig: Rig, watched: Watched) -> None:
    watched.show("later")
    watched.wait_for("later", Signal.UNPLAYABLE, words.not_in_obs("later"))
    add_colour(rig, "later", 0xFF00FFFF)
    watched.wait_for_colour("later", (255, 255, 0))


def test_a_moving_input_of_a_real_obs_is_live(real_obs: RealObs, tmp_path: Path) -> None:
    rig = Rig(real_obs.url, real_obs.password, real=real_obs)
    watched = Watched(tmp_path, [rig.url])
    try:
        rig.fresh()
        clip = make_clip(tmp_path / "clip.mp4", 4)
        rig.hand.do("CreateScene", sceneName="clips")
        settings = {"local_file": str(clip), "looping": True, "is_local_file": True}
        rig.hand.do(
            "CreateInput", sceneName="clips", inputName="guest", inputKind="ffmpeg_source", inputSettings=settings
        )
        rig.hand.air("clips")
        watched.show("guest")
        watched.wait_for("guest", Signal.LIVE)
        keys, sequences = set(), set()

        def many() -> bool:
            picture = watched.wall.picture(PersonId("guest"))
            assert picture is not None
            keys.add(picture.key)
            sequences.add(picture.sequence)
            return len(sequences) >= 8

        wait_until(many)
        assert len(keys) <= 3
        assert watched.heard[-1].signal in (Signal.LIVE, Signal.FROZEN)
    finally:
        watched.wall.close()
        rig.close()


def test_with_obs_the_guests_are_lost_and_with_it_they_come_back(tmp_path: Path) -> None:
    port = free_port()
    watched = Watched(tmp_path, [f"ws://127.0.0.1:{port}"])
    try:
        watched.show("a", "b")
        refused = (LinkDown(trouble, f"127.0.0.1:{port}") for trouble in (Trouble.REFUSED, Trouble.NO_SOCKET))
        told = {(Signal.LOST, down.explain("STUDIO_OBS_PASSWORD_SURFACE_0")) for down in refused}
        wait_until(lambda: watched.state("a") in told and watched.state("b") in told, lambda: watched.heard)
        for colour in (0xFF0000FF, 0xFFFF0000):
            with SimulatedObs(port=port, password=PASSWORD, canvas=(1280, 720)) as obs:
                rig = Rig(obs.url, PASSWORD, simulated=obs)
                add_colour(rig, "a", colour)
                watched.wait_for_colour("a", (colour & 255, 0, colour >> 16 & 255))
                rig.close()
            wait_until(lambda: [event for event in watched.heard if event.guest == "a"][-1].signal is Signal.LOST)
            # The last picture stays, to be shown dimmed.
            assert watched.colour("a") is not None
    finally:
        watched.wall.close()


def test_an_obs_that_stands_still_is_noticed(simulated_rig: Rig, tmp_path: Path) -> None:
    watched = Watched(tmp_path, [simulated_rig.url])
    try:
        add_colour(simulated_rig, "a", 0xFF0000FF)
        watched.show("a")
        watched.wait_for_colour("a", (255, 0, 0))
        simulated_rig.freeze()
        wait_until(lambda: watched.heard[-1].signal is Signal.LOST, lambda: watched.heard)
        simulated_rig.thaw()
        wait_until(lambda: watched.heard[-1].signal in (Signal.LIVE, Signal.FROZEN), lambda: watched.heard)
    finally:
        simulated_rig.thaw()
        watched.wall.close()


def test_a_guest_of_no_surface_in_particular_is_looked_for_in_each(tmp_path: Path) -> None:
    with SimulatedObs(port=0, password=PASSWORD) as first, SimulatedObs(port=0, password=PASSWORD) as second:
        rig = Rig(second.url, PASSWORD, simulated=second)
        add_colour(rig, "a", 0xFF0000FF)
        watched = Watched(tmp_path, [f"ws://127.0.0.1:{free_port()}", first.url, second.url])
        try:
            watched.show("a", "nowhere")
            watched.wait_for_colour("a", (255, 0, 0))
            assert Signal.LOST not in [event.signal for event in watched.heard if event.guest == "a"]
            # Where it is nowhere that is said once, and not again at every round.
            wait_until(lambda: watched.state("nowhere") not in (None, (Signal.CONNECTING, None)))
            told = [event for event in watched.heard if event.guest == "nowhere"]
            watched.show("a", "nowhere", surface=1)
            watched.wait_for("a", Signal.UNPLAYABLE, words.not_in_obs("a"))
            assert [event.signal for event in told] in (
                [Signal.CONNECTING, last] for last in (Signal.UNPLAYABLE, Signal.LOST)
            )
        finally:
            watched.wall.close()
            rig.close()


def test_a_surface_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    watched = Watched(tmp_path, [])
    try:
        watched.show("a")
        watched.wait_for("a", Signal.UNPLAYABLE, words.NO_OBS)
    finally:
        watched.wall.close()


def test_a_screenshot_is_read_as_blue_green_red() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), (200, 100, 50)).save(out, "PNG")
    width, height, data = decoded("data:image/png;base64," + base64.b64encode(out.getvalue()).decode())
    assert (width, height, len(data)) == (8, 6, 8 * 6 * 4)
    assert tuple(data[:3]) == (50, 100, 200)


@pytest.mark.parametrize("shot", ["", "data:image/jpg;base64,", "data:image/jpg;base64,%%%", "data:,aGFsbG8="])
def test_what_is_no_picture_is_a_value_or_an_os_error(shot: str) -> None:
    with pytest.raises((ValueError, OSError)):
        decoded(shot)


def test_a_board_keeps_its_places_until_the_size_changes() -> None:
    board = Board()
    assert board.newest() is None
    pictures: list[Picture] = [board.put(2, 1, bytes([number] * 8)) for number in range(6)]
    assert [picture.sequence for picture in pictures] == [1, 2, 3, 4, 5, 6]
    assert [picture.key for picture in pictures[:3]] == [picture.key for picture in pictures[3:]]
    assert bytes(pictures[5].data) == bytes([5] * 8)
    other = board.put(1, 2, bytes(8))
    assert other.key not in {picture.key for picture in pictures}
    assert (other.width, other.height, other.stride) == (1, 2, 4)
    assert board.put(4, 4, bytes(64)).key not in {other.key, *(picture.key for picture in pictures)}

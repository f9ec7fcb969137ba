"""How long it takes to re-lay a wall of forty-two, by the console and request by request; and what is seen of it.

Each changes a scene of its own of the same real OBS, in turn. What is timed is the whole, to the last answer, and how
long the scene is half the old and half the new, as OBS tells of each place; and in what OBS records of its programme,
every frame is looked at for a tile of the one arrangement beside a tile of the other.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from studio_console.core.effects import ArrangeScene, TakeScene
from studio_console.core.grid import filled
from studio_console.core.picture import InputPlan, Item, ScenePlan, SurfacePlan, live_scenes_of
from studio_console.core.reports import SceneArranged, SceneSeen, SurfaceConnected
from studio_console.core.rundown import Transition
from studio_console.core.studio import Colour, Fit, Rect, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import PressId, SceneName, SurfaceId
from studio_console.devices.obs.driver import ObsDriver
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.provision import provision
from tests.bench.bare import BareClient
from tests.bench.progress import steps
from tests.bench.result import Result
from tests.obs_rigs import Posted
from tests.real_obs import PASSWORD, start_real_obs
from tests.waiting import wait_until

TILES, CHANGES, WARM_UP = 42, 100, 5
"""Changes of each kind; what is left out of the count before."""
LOOKED_AT = 40
"""Further changes of each kind during which OBS records."""
LIMIT = 1 / 3
WALL = SurfaceId("wall")
CANVAS = Size(700, 600)
"""Seven cells of 100 px side by side, six above one another."""
LIVE, OTHER = live_scenes_of(WALL)
CUE = SceneName("M1 grid-42")
TRANSFORMS = 1 << 19
"""OBS's events of changed places; they are not among those that are told unasked."""
TOLD = b'"SceneItemTransformChanged"'
SIDE = 10
"""px of a tile in the frames that are looked at."""


def measure_wall_42() -> list[Result]:
    with _wall() as (driver, posted, bare, url), steps("wall-42", 2 * CHANGES) as step:
        numbers = itertools.count()
        orders = itertools.cycle([_order(1), _order(-1)])
        for scene in (LIVE, OTHER):
            _arrange(driver, posted, _order(-1), numbers, scene)
        ours: list[float] = []
        theirs: list[float] = []
        answers: tuple[list[float], list[float]] = ([], [])
        with closing(_Places(url)) as places:
            for number in range(CHANGES + WARM_UP):
                order = next(orders)
                places.forget()
                began = time.monotonic()
                answered = _arrange(driver, posted, order, numbers) - began
                span = places.span()
                places.forget()
                began = time.monotonic()
                _one_by_one(bare, order, OTHER)
                answered_alone = time.monotonic() - began
                if number >= WARM_UP:
                    ours.append(span * 1e3)
                    theirs.append(places.span() * 1e3)
                    answers[0].append(answered * 1e3)
                    answers[1].append(answered_alone * 1e3)
                    step()
                    step()
        mixed, seen = _mixed(bare, lambda number: _next_wall(driver, posted, next(orders), numbers, number))
        bare.do("SetCurrentProgramScene", sceneName=LIVE)
        mixed_alone, seen_alone = _mixed(bare, lambda _: _one_by_one(bare, next(orders)))
    value, baseline = (statistics.median(each) for each in answers)
    ratio = value / baseline
    span, span_alone = statistics.median(ours), statistics.median(theirs)
    note = (
        f"{CHANGES} changes each, from the order to the last answer, the console's with a look at what came of it;"
        f" {mixed} of {seen} recorded frames mixed, one by one {mixed_alone} of {seen_alone};"
        f" first tile to last {span:.2f} and {span_alone:.1f} ms"
    )
    return [Result("wall-42", value, "ms", LIMIT, ratio <= LIMIT and mixed == 0, baseline, ratio, note)]


def _order(direction: int) -> Sequence[int]:
    return range(TILES)[::direction]


def _cells() -> tuple[Rect, ...]:
    return filled(Rect(0, 0, CANVAS.width, CANVAS.height), TILES, aspect=1.0)


def _colour(tile: int) -> str:
    """Far enough apart to be told from a picture."""
    return f"#{40 + tile % 7 * 30:02x}{40 + tile // 7 * 35:02x}80"


def _items(order: Sequence[int]) -> tuple[Item, ...]:
    return tuple(Item(f"tile {tile}", rect, Fit.STRETCH) for tile, rect in zip(order, _cells(), strict=True))


@contextmanager
def _wall() -> Iterator[tuple[ObsDriver, Posted, BareClient, str]]:
    """A real OBS with a provisioned wall, the console's driver on it, and a bare client."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ.setdefault("LP_NUM_THREADS", "1")
        obs = stack.enter_context(start_real_obs(folder / "obs", canvas=(CANVAS.width, CANVAS.height)))
        surface = Surface(WALL, same("wall"), Role.WALL, CANVAS, 30, obs.url)
        inputs = tuple(InputPlan(f"tile {tile}", Colour(_colour(tile))) for tile in range(TILES))
        scenes = (ScenePlan(CUE, _items(_order(1))),)
        link = ObsLink(obs.url, PASSWORD)
        link.connect()
        try:
            plan = SurfacePlan(surface, scenes, inputs, {}, buffers=live_scenes_of(WALL))
            assert provision(link, [plan], folder=folder).ok
        finally:
            link.disconnect()
        bare = stack.enter_context(closing(BareClient(obs.url, PASSWORD, events=0)))
        bare.do("SetCurrentProgramScene", sceneName=CUE)
        driver = drivers_for([surface], {}, lambda _: PASSWORD, folder)[WALL]
        stack.callback(driver.close)
        posted = Posted()
        driver.start(posted)
        posted.wait_for(SurfaceConnected)
        yield driver, posted, bare, obs.url


def _next_wall(driver: ObsDriver, posted: Posted, order: Sequence[int], numbers: Iterator[int], number: int) -> None:
    """As an operator does it: armed in the scene that is not seen, then taken."""
    scene = live_scenes_of(WALL)[(number + 1) % 2]
    _arrange(driver, posted, order, numbers, scene)
    press = PressId(f"press {next(numbers)}")
    driver.take(TakeScene(WALL, scene, Transition(), None, press, "bench"))
    posted.wait_for(SceneSeen, press=press)
    posted.forget()


def _arrange(
    driver: ObsDriver, posted: Posted, order: Sequence[int], numbers: Iterator[int], scene: SceneName = LIVE
) -> float:
    """When it was told that the scene is arranged, as ``time.monotonic`` counts."""
    press = PressId(f"press {next(numbers)}")
    driver.arrange(ArrangeScene(WALL, ScenePlan(scene, _items(order)), {}, press, "bench"))
    told = posted.wait_for(SceneArranged, press=press)
    when = posted.times[posted.events.index(told)]
    posted.forget()
    return when


def _one_by_one(bare: BareClient, order: Sequence[int], scene: SceneName = LIVE) -> None:
    """As a plain client does it: each request after the answer to the one before."""
    items = bare.do("GetSceneItemList", sceneName=scene)["sceneItems"]
    ids = {item["sourceName"]: item["sceneItemId"] for item in items}
    for tile, rect in zip(order, _cells(), strict=True):
        place = {"positionX": rect.x, "positionY": rect.y}
        bare.do("SetSceneItemTransform", sceneName=scene, sceneItemId=ids[f"tile {tile}"], sceneItemTransform=place)


class _Places:
    """When OBS told of each changed place, read by a thread of its own."""

    def __init__(self, url: str) -> None:
        self._client = BareClient(url, PASSWORD, events=TRANSFORMS)
        self._came: list[float] = []
        self._closing = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def forget(self) -> None:
        self._came = []

    def span(self) -> float:
        """Seconds from the first to the last of all tiles."""
        wait_until(lambda: len(self._came) >= TILES)
        return self._came[-1] - self._came[0]

    def close(self) -> None:
        self._closing = True
        self._client.send("GetVersion")
        self._thread.join(5)
        self._client.close()

    def _read(self) -> None:
        rest = b""
        for piece, came in self._client.heard(lambda: self._closing):
            rest += piece
            told = rest.count(TOLD)
            self._came += [came] * told
            rest = rest[rest.rfind(TOLD) + len(TOLD) :] if told else rest[-len(TOLD) :]


def _mixed(bare: BareClient, change: Callable[[int], None]) -> tuple[int, int]:
    """How many recorded frames show tiles of both arrangements, of how many, while ``change`` is made and made."""
    bare.do("StartRecord")
    wait_until(lambda: bare.do("GetRecordStatus")["outputDuration"] > 0)
    for number in range(LOOKED_AT):
        change(number)
        threading.Event().wait(2.5 / 30)  # each arrangement is seen for some frames
    path = bare.do("StopRecord")["outputPath"]
    wait_until(lambda: not bare.do("GetRecordStatus")["outputActive"])
    size = f"scale={7 * SIDE}:{6 * SIDE}:flags=neighbor"
    command = ["ffmpeg", "-loglevel", "error", "-i", path, "-vf", size, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    film = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    length = 7 * SIDE * 6 * SIDE * 3
    frames = [film[start : start + length] for start in range(0, len(film) - length + 1, length)]
    return sum(map(_is_mixed, frames)), len(frames)


def _is_mixed(frame: bytes) -> bool:
    kinds: set[int] = set()
    for place in range(TILES):
        x, y = place % 7 * SIDE + SIDE // 2, place // 7 * SIDE + SIDE // 2
        start = (y * 7 * SIDE + x) * 3
        near = [_distance(frame[start : start + 3], _colour(_order(direction)[place])) for direction in (1, -1)]
        kinds.add(near.index(min(near)))
    return len(kinds) > 1


def _distance(pixel: bytes, colour: str) -> int:
    wanted = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return sum(abs(one - other) for one, other in zip(pixel, wanted, strict=True))

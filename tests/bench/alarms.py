"""Whether every fault is an alarm, and no alarm is without a fault.

Two hundred faults of eight kinds are put into two real OBS, which stream to a real server and record, and on which the
console's own engine, drivers and watches are, one after another: each has to be told, and everything has to be well
again when it is mended. Then an hour of a clean day, simulated: no alarm at all.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from studio_console.core.alarms import Alarm, alarms
from studio_console.core.output_alarms import output_alarms
from studio_console.core.output_state import ALL, Output
from studio_console.core.outputs import OutputPhase, phase_of
from studio_console.core.presses import ArmPressed, GoPressed, Grave, StartOutputPressed
from studio_console.core.show import Show
from studio_console.core.studio import DeadAirRules, OutputKind, OutputRules, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import MINUTE, Duration, PressId, SceneName, SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.watching.watch import Watches
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.bench.progress import steps
from tests.bench.result import Result, at_most
from tests.clean_day import CleanDay
from tests.obs_rigs import Hand, make_clip, make_tone
from tests.real_obs import PASSWORD, RealObs, start_real_obs
from tests.rtmp import RtmpServer, require_rtmp
from tests.runtime_builders import PROGRAM, WALL, Screen, a_rundown, on_air, running, scene_of

FAULTS = 200
HOUR = 3_600.0
NOTICED_WITHIN = 20.0
"""Seconds; what takes longer is missed. OBS itself takes some eight to end a stream, or to notice that it is cut."""
MENDED_WITHIN = 60.0
QUICK = DeadAirRules(Duration(600), Duration(1_200), Duration(800))
"""Two hundred faults at the hall's own thresholds would take an hour."""
ONE_CUE = 20
"""So many faults, then GO: alarms are told of every cue."""
CUES = FAULTS // ONE_CUE + 1
OUTPUTS = (Output("youtube", PROGRAM, OutputKind.STREAM), Output("recording", PROGRAM, OutputKind.RECORDING))
BY_HAND = "By hand"
CAMERA, MICROPHONE = "camera", "microphone"
CANVAS = (640, 360)
CALM = OutputRules(bitrate_low=100, dropped=1.0, skipped=1.0, lag=1.0, disk=Duration(15 * MINUTE))
"""An OBS that hung, or draws without a graphics card, has frames that are late: true, and no fault that is put in."""
DISK, NEARLY = 700, 65
"""MB: of the recordings' file system, and what is left there when it is nearly full, some 12 minutes. OBS itself ends a
recording when 50 are left."""
Mend = Callable[[], object]


class Hall:
    """Two real OBS with a camera and a microphone, a stream and a recording, and the console on them."""

    def __init__(
        self, instances: dict[SurfaceId, RealObs], hands: dict[SurfaceId, Hand], ingest: RtmpServer, engine: Engine,
        screen: Screen,
    ) -> None:  # fmt: skip
        self.instances = instances
        self.hands = hands
        self.ingest = ingest
        self.engine = engine
        self.screen = screen
        self.clock = SystemClock()
        self.collections = {name: obs.collection_file.read_bytes() for name, obs in instances.items()}
        self._presses = 0

    @property
    def wrong(self) -> list[Alarm]:
        show = self.screen.show
        return [*alarms(show), *output_alarms(show, self.clock.now())]

    def wait(self, true: Callable[[], bool], seconds: float) -> float | None:
        """How long it took; None if it did not come."""
        began, pause = time.monotonic(), threading.Event()
        while not true():
            if time.monotonic() - began > seconds:
                return None
            pause.wait(0.02)
        return time.monotonic() - began

    def press(self) -> PressId:
        self._presses += 1
        return PressId(f"press {self._presses}")

    def start(self, subject: str) -> None:
        self.engine.post(ArmPressed(Grave.START_OUTPUT, subject, self.press()))
        self.engine.post(StartOutputPressed(subject, self.press()))

    def start_what_ended(self) -> None:
        """Each output whose end was noticed; the others go on."""
        for output in OUTPUTS:
            if _ended(self.screen.show, output):
                self.start(output.id)

    def go(self, cue: str) -> None:
        self.engine.post(GoPressed(a_rundown(CUES).day.cues[int(cue[1:])].id, self.press()))
        self.screen.wait_for(on_air(cue))

    def scene(self, surface: SurfaceId) -> SceneName:
        seen = self.screen.show.surfaces[surface].wanted
        assert seen is not None
        return seen


@dataclass(frozen=True, slots=True)
class Fault:
    """``put`` puts it in and gives what mends it; ``told`` are the codes of the alarms of which one has to come."""

    name: str
    told: frozenset[str]
    put: Callable[[Hall, random.Random], tuple[str, Mend]]
    """Gives the surface or output that the alarm has to be of, and what mends it."""


def _kill(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    name = chance.choice([PROGRAM, WALL])
    obs = hall.instances[name]
    obs.kill()
    hall.hands[name].close()

    def mend() -> None:
        """As its operator does: started, the scene put on air, stream and recording started again."""
        # A crash in the midst of saving costs OBS what was saved last.
        obs.collection_file.write_bytes(hall.collections[name])
        obs.start()
        hall.hands[name] = Hand(obs.url, PASSWORD)
        hall.hands[name].air(hall.scene(name))
        hall.wait(lambda: _is_up(hall.screen.show), MENDED_WITHIN)
        if name == PROGRAM:
            hall.wait(lambda: all(_ended(hall.screen.show, output) for output in OUTPUTS), MENDED_WITHIN)
            hall.start_what_ended()

    return name, mend


def _stop(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """OBS hangs as a whole."""
    name = chance.choice([PROGRAM, WALL])
    hall.instances[name].freeze()
    return name, hall.instances[name].thaw


def _end(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """The stream ends and nobody here asked for it."""
    hall.hands[PROGRAM].do("StopStream")
    return "youtube", hall.start_what_ended


def _mute(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    hall.hands[PROGRAM].do("SetInputMute", inputName=MICROPHONE, inputMuted=True)
    return PROGRAM, lambda: hall.hands[PROGRAM].do("SetInputMute", inputName=MICROPHONE, inputMuted=False)


def _freeze(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """The camera's picture stands."""
    name = chance.choice([PROGRAM, WALL])

    def act(action: str) -> None:
        kind = f"OBS_WEBSOCKET_MEDIA_INPUT_ACTION_{action}"
        hall.hands[name].do("TriggerMediaInputAction", inputName=CAMERA, mediaAction=kind)

    act("PAUSE")
    return name, lambda: act("PLAY")


def _black(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """The camera's line is pulled: nothing is left in the scene."""
    name = chance.choice([PROGRAM, WALL])
    scene = hall.scene(name)
    (item,) = (
        item["sceneItemId"]
        for item in hall.hands[name].do("GetSceneItemList", sceneName=scene)["sceneItems"]
        if item["sourceName"] == CAMERA
    )

    def show(on: bool) -> None:
        hall.hands[name].do("SetSceneItemEnabled", sceneName=scene, sceneItemId=item, sceneItemEnabled=on)

    show(False)
    return name, lambda: show(True)


def _wrong_scene(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    name = chance.choice([PROGRAM, WALL])
    wanted = hall.scene(name)
    hall.hands[name].air(BY_HAND)
    return name, lambda: hall.hands[name].air(wanted)


def _nearly_full_disk(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    obs = hall.instances[PROGRAM]
    obs.fill_disk(NEARLY)
    return "recording", obs.empty_disk


def _full_disk(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """OBS ends the recording."""
    obs = hall.instances[PROGRAM]
    obs.fill_disk(0)

    def mend() -> None:
        obs.empty_disk()
        hall.start_what_ended()

    return "recording", mend


def _cut(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    hall.ingest.cut()
    return "youtube", hall.ingest.start


KINDS = (
    (Fault("kill", frozenset({"surface-lost"}), _kill),),
    (Fault("stop", frozenset({"surface-lost"}), _stop), Fault("end", frozenset({"output-stopped"}), _end)),
    (Fault("mute", frozenset({"dead-air-silent"}), _mute),),
    (Fault("freeze", frozenset({"dead-air-frozen"}), _freeze),),
    (Fault("black", frozenset({"dead-air-black"}), _black),),
    (Fault("wrong scene", frozenset({"differs"}), _wrong_scene),),
    (
        Fault("disk nearly full", frozenset({"output-disk"}), _nearly_full_disk),
        Fault("disk full", frozenset({"output-stopped"}), _full_disk),
    ),
    (Fault("stream cut", frozenset({"output-reconnecting"}), _cut),),
)
BESIDE = {
    "black": {"dead-air-frozen"},
    # Before OBS itself has noticed.
    "stream cut": {"output-bitrate"},
}
"""What is also true of a fault, and no false alarm."""


def measure_alarms() -> list[Result]:
    faults = [kinds[number // len(KINDS) % len(kinds)] for number, kinds in _in_turn(FAULTS)]
    missed, false, slowest = inject(faults)
    by_kind = ", ".join(f"{name} {took:.1f} s" for name, took in slowest.items())
    note = f"{FAULTS} faults, the slowest alarm of each kind: {by_kind}; false beside them: {_said(false)}"
    if missed:
        note += f"; missed: {', '.join(missed)}"
    seen, cues = clean(HOUR)
    return [
        at_most("alarms", len(missed) + false.total(), "missed", 0, note),
        at_most("alarms-false", seen.total(), "alarms", 0, f"an hour of a clean day, {cues} cues: {_said(seen)}"),
    ]


def _in_turn(count: int) -> Iterator[tuple[int, tuple[Fault, ...]]]:
    """As many of every kind, in an order that looks like none."""
    numbers = list(range(count))
    random.Random(200).shuffle(numbers)
    return ((number, KINDS[number % len(KINDS)]) for number in numbers)


def inject(faults: list[Fault]) -> tuple[list[str], Counter[str], dict[str, float]]:
    """What was missed or did not become well again, what was said that was not so, the slowest alarm of each kind."""
    missed: list[str] = []
    false: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    chance = random.Random(8)
    with hall() as made, steps("alarms", len(faults)) as step:
        for number, fault in enumerate(faults):
            if number % ONE_CUE == 0 and number:
                made.go(f"c{number // ONE_CUE}")
            subject, mend = fault.put(made, chance)

            def noticed(fault: Fault = fault, subject: str = subject) -> bool:
                return any(
                    alarm.code in fault.told and subject in (alarm.surface, alarm.output) for alarm in made.wrong
                )

            took = made.wait(noticed, NOTICED_WITHIN)
            allowed = fault.told | BESIDE.get(fault.name, set())
            false.update(f"{alarm.code} at {fault.name}" for alarm in made.wrong if alarm.code not in allowed)
            if took is None:
                missed.append(f"{fault.name} ({number})")
            else:
                slowest[fault.name] = max(took, slowest.get(fault.name, 0.0))
            mend()
            if made.wait(lambda: not made.wrong and _all_live(made.screen.show), MENDED_WITHIN) is None:
                missed.append(f"{fault.name} ({number}) not over: {[alarm.code for alarm in made.wrong]}")
            step()
    return missed, false, slowest


def clean(seconds: float) -> tuple[Counter[str], int]:
    """The kinds of alarms that there were, and how many cues were on air."""
    day = CleanDay()
    seen: set[str] = set()
    with steps("alarms-false", round(seconds)) as step:
        told = 0
        for at, alarm in day.play(seconds):
            if alarm is not None:
                seen.add(f"{alarm.code} {alarm.surface or alarm.output or ''}")
            while told < at:
                told += 1
                step()
    return Counter(seen), day.cues


@contextmanager
def hall() -> Iterator[Hall]:
    require_rtmp()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ.setdefault("LP_NUM_THREADS", "1")
        ingest = stack.enter_context(RtmpServer(folder / "rtmp"))
        film = make_clip(folder / "camera.mp4", seconds=20)
        tone = make_tone(folder / "microphone.wav", seconds=20)
        instances: dict[SurfaceId, RealObs] = {}
        hands: dict[SurfaceId, Hand] = {}
        stack.callback(lambda: [hand.close() for hand in hands.values()])
        for name in (PROGRAM, WALL):
            obs = stack.enter_context(start_real_obs(folder / name, canvas=CANVAS, disk=DISK if name == PROGRAM else 0))
            with closing(Hand(obs.url, PASSWORD)) as hand:
                _furnish(hand, name, film, tone, ingest.url)
            # What it has is what it will have after a crash: OBS saves all of it at its end.
            obs.restart()
            instances[name], hands[name] = obs, Hand(obs.url, PASSWORD)
        surfaces = [
            Surface(name, same(name), role, Size(*CANVAS), 30, instances[name].url)
            for name, role in ((PROGRAM, Role.PROGRAM), (WALL, Role.WALL))
        ]
        rundown = replace(a_rundown(CUES), outputs=OUTPUTS, output_rules=CALM, dead_air=QUICK)
        drivers = drivers_for(surfaces, {}, lambda _: PASSWORD)
        journal = stack.enter_context(closing(Journal(folder / "bench.journal")))
        engine, screen = stack.enter_context(running(SystemClock(), journal, drivers, rundown))
        watches = Watches(surfaces, lambda _: PASSWORD, QUICK)
        stack.callback(watches.close)
        watches.start(engine.post)
        made = Hall(instances, hands, ingest, engine, screen)
        screen.wait_for(lambda show: all(output.key in show.outputs for output in OUTPUTS) and _is_up(show))
        made.go("c0")
        made.start(ALL)
        assert made.wait(lambda: not made.wrong and _all_live(screen.show), MENDED_WITHIN) is not None, made.wrong
        yield made


def _furnish(hand: Hand, surface: SurfaceId, film: Path, tone: Path, ingest: str) -> None:
    """A scene a cue, each with the camera, which moves and is not heard, and in the hall also its microphone."""
    scenes = [*(scene_of(cue.id, surface) for cue in a_rundown(CUES).day.cues), SceneName(BY_HAND)]
    sources = {MICROPHONE: tone, CAMERA: film} if surface == PROGRAM else {CAMERA: film}
    for scene in scenes:
        hand.do("CreateScene", sceneName=scene)
        for source, file in sources.items():
            if scene == scenes[0]:
                settings = {"local_file": str(file), "looping": True, "restart_on_activate": False}
                made = {"inputName": source, "inputKind": "ffmpeg_source", "inputSettings": settings}
                hand.do("CreateInput", sceneName=scene, **made)
            else:
                hand.do("CreateSceneItem", sceneName=scene, sourceName=source)
    hand.do("SetInputMute", inputName=CAMERA, inputMuted=True)
    service = {"server": ingest, "key": "bench"}
    hand.do("SetStreamServiceSettings", streamServiceType="rtmp_custom", streamServiceSettings=service)
    for category, name, value in (("SimpleOutput", "VBitrate", "600"), ("Output", "RetryDelay", "1")):
        hand.do("SetProfileParameter", parameterCategory=category, parameterName=name, parameterValue=value)


def _ended(show: Show, output: Output) -> bool:
    return phase_of(show, output) is OutputPhase.FAILED


def _is_up(show: Show) -> bool:
    up = [state.on for state in show.watched.values()]
    return len(up) == 2 and all(up) and all(state.connected for state in show.surfaces.values())


def _all_live(show: Show) -> bool:
    return _is_up(show) and all(phase_of(show, output) is OutputPhase.LIVE for output in OUTPUTS)


def _said(found: Counter[str]) -> str:
    return ", ".join(f"{name} ×{count}" for name, count in found.items()) or "none"

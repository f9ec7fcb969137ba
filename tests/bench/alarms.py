"""Whether every fault is an alarm, and no alarm is without a fault.

Two hundred faults of eight kinds are put into two simulated OBS, on which the console's own engine, drivers and watches
are, one after another: each has to be told, and everything has to be well again when it is mended. Then an hour of a
clean day: no alarm at all.
"""

from __future__ import annotations

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
from studio_console.core.studio import DeadAirRules, OutputKind, Role, Size, Surface
from studio_console.core.text import same
from studio_console.core.units import Duration, PressId, SceneName, SurfaceId
from studio_console.devices.obs.drivers import drivers_for
from studio_console.devices.simulated.server import SimulatedObs
from studio_console.devices.simulated.world import PictureFault
from studio_console.devices.watching.watch import Watches
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.engine import Engine
from studio_console.runtime.journal import Journal
from tests.bench.progress import steps
from tests.bench.result import Result, at_most
from tests.clean_day import CleanDay
from tests.obs_rigs import Hand
from tests.real_obs import PASSWORD
from tests.runtime_builders import PROGRAM, WALL, Screen, a_rundown, on_air, running, scene_of

FAULTS = 200
HOUR = 3_600.0
NOTICED_WITHIN = 10.0
"""Seconds, several times the slowest threshold: what takes longer is missed."""
MENDED_WITHIN = 20.0
QUICK = DeadAirRules(Duration(600), Duration(1_200), Duration(800))
"""Two hundred faults at the hall's own thresholds would take an hour."""
ONE_CUE = 20
"""So many faults, then GO: alarms are told of every cue."""
CUES = FAULTS // ONE_CUE + 1
OUTPUTS = (Output("youtube", PROGRAM, OutputKind.STREAM), Output("recording", PROGRAM, OutputKind.RECORDING))
BY_HAND = "By hand"
Mend = Callable[[], None]


class Hall:
    """Two simulated OBS with a camera and a microphone, a stream and a recording, and the console on them."""

    def __init__(self, servers: dict[SurfaceId, SimulatedObs], engine: Engine, screen: Screen) -> None:
        self.servers = servers
        self.engine = engine
        self.screen = screen
        self.clock = SystemClock()
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
    hall.servers[name].die()
    return name, hall.servers[name].come_back


def _stop(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """OBS hangs as a whole."""
    name = chance.choice([PROGRAM, WALL])
    hall.servers[name].freeze()
    return name, hall.servers[name].thaw


def _end(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """The stream ends and nobody asked for it."""
    hall.servers[PROGRAM].lose_stream()
    return "youtube", lambda: hall.start("youtube")


def _mute(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    hall.servers[PROGRAM].mute(True)
    return PROGRAM, lambda: hall.servers[PROGRAM].mute(False)


def _picture(fault: PictureFault) -> Callable[[Hall, random.Random], tuple[str, Mend]]:
    def put(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
        name = chance.choice([PROGRAM, WALL])
        hall.servers[name].spoil_picture(fault)
        return name, lambda: hall.servers[name].spoil_picture(None)

    return put


def _wrong_scene(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    name = chance.choice([PROGRAM, WALL])
    wanted = hall.scene(name)
    hall.servers[name].switch_by_hand(BY_HAND)
    return name, lambda: hall.servers[name].switch_by_hand(wanted)


def _full_disk(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    """Nearly, or quite: then OBS ends the recording."""
    hall.servers[PROGRAM].set_free_disk(chance.choice([0, 100]))

    def mend() -> None:
        hall.servers[PROGRAM].set_free_disk(100_000)
        if phase_of(hall.screen.show, OUTPUTS[1]) is OutputPhase.FAILED:
            hall.start("recording")

    return "recording", mend


def _cut(hall: Hall, chance: random.Random) -> tuple[str, Mend]:
    hall.servers[PROGRAM].cut_stream()
    return "youtube", hall.servers[PROGRAM].mend_stream


KINDS = (
    (Fault("kill", frozenset({"surface-lost"}), _kill),),
    (Fault("stop", frozenset({"surface-lost"}), _stop), Fault("end", frozenset({"output-stopped"}), _end)),
    (Fault("mute", frozenset({"dead-air-silent"}), _mute),),
    (Fault("freeze", frozenset({"dead-air-frozen"}), _picture(PictureFault.STILL)),),
    (Fault("black", frozenset({"dead-air-black"}), _picture(PictureFault.BLACK)),),
    (Fault("wrong scene", frozenset({"differs"}), _wrong_scene),),
    (Fault("disk full", frozenset({"output-disk", "output-stopped"}), _full_disk),),
    (Fault("stream cut", frozenset({"output-reconnecting"}), _cut),),
)
BESIDE = {"black": {"dead-air-frozen"}}
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
            false.update({alarm.code for alarm in made.wrong} - allowed)
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
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {
            name: stack.enter_context(SimulatedObs(password=PASSWORD, canvas=(640, 360))) for name in (PROGRAM, WALL)
        }
        for name, server in servers.items():
            with closing(Hand(server.url, PASSWORD)) as hand:
                _furnish(hand, name)
        surfaces = [
            Surface(name, same(name), role, Size(640, 360), 30, servers[name].url)
            for name, role in ((PROGRAM, Role.PROGRAM), (WALL, Role.WALL))
        ]
        rundown = replace(a_rundown(CUES), outputs=OUTPUTS, dead_air=QUICK)
        drivers = drivers_for(surfaces, {}, lambda _: PASSWORD)
        journal = stack.enter_context(closing(Journal(folder / "bench.journal")))
        engine, screen = stack.enter_context(running(SystemClock(), journal, drivers, rundown))
        watches = Watches(surfaces, lambda _: PASSWORD, QUICK)
        stack.callback(watches.close)
        # A hung server cannot be closed.
        stack.callback(lambda: [server.thaw() for server in servers.values()])
        watches.start(engine.post)
        made = Hall(servers, engine, screen)
        screen.wait_for(lambda show: all(output.key in show.outputs for output in OUTPUTS) and _is_up(show))
        made.go("c0")
        made.start(ALL)
        assert made.wait(lambda: not made.wrong and _all_live(screen.show), MENDED_WITHIN) is not None, made.wrong
        yield made


def _furnish(hand: Hand, surface: SurfaceId) -> None:
    """A scene a cue, each with a camera that moves and the hall's microphone."""
    scenes = [scene_of(cue.id, surface) for cue in a_rundown(CUES).day.cues]
    for number, scene in enumerate([*scenes, BY_HAND]):
        hand.do("CreateScene", sceneName=scene)
        camera, microphone = f"camera {number}", f"microphone {number}"
        hand.do("CreateInput", sceneName=scene, inputName=camera, inputKind="v4l2_input", inputSettings={})
        if surface == PROGRAM:
            hand.do("CreateInput", sceneName=scene, inputName=microphone, inputKind="pulse_input_capture",
                    inputSettings={})  # fmt: skip


def _is_up(show: Show) -> bool:
    up = [state.on for state in show.watched.values()]
    return len(up) == 2 and all(up) and all(state.connected for state in show.surfaces.values())


def _all_live(show: Show) -> bool:
    return _is_up(show) and all(phase_of(show, output) is OutputPhase.LIVE for output in OUTPUTS)


def _said(found: Counter[str]) -> str:
    return ", ".join(f"{name} ×{count}" for name, count in found.items()) or "none"

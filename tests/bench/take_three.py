"""A take on three real OBS at once, with scene, caption, sound mix and a clip that starts: how far apart they are.

The composer and two languages, each with all of it. The bare clients send the same to each in one batch, in turn with
the console and from scene to scene in the same circle, so that each take of either changes everything.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from studio_console.core.events import RundownLoaded
from studio_console.core.interpretation import Interpretation, Line
from studio_console.core.presses import GoPressed
from studio_console.core.units import PressId
from tests.bench.bare import BareClient
from tests.bench.progress import steps
from tests.bench.result import Result, at_most, percentile
from tests.bench.takes import SCENES, WARM_UP, Pause, apart, confirmed_everywhere, cue_id, studio
from tests.obs_rigs import make_clip

LIMIT = 33.0
"""ms; one frame at 30 a second."""
TAKES = 200
"""Of each kind."""
CALM = 0.25
"""Seconds from one take to the next: a clip that opens keeps an OBS busy for a moment, and no hand is faster."""
COUNT = 3
TEXT, FLOOR, BOOTH, SOUND = "caption", "floor", "booth", "sound"
DUCK = -18


def measure_take_three() -> list[Result]:
    with (
        studio(COUNT, 2 * (TAKES + WARM_UP), furnish, dress) as (engine, screen, bares, observers),
        steps("take-three", TAKES) as step,
    ):
        console: list[float] = []
        alone: list[float] = []
        pause = Pause()
        for number in range(TAKES + WARM_UP):
            point = pause.point()
            pause.wait(point, CALM)
            engine.post(GoPressed(cue_id(number), PressId(f"press {number}")))
            for bare in bares:
                bare.see_take(ours=False)
            console.append(apart(observers))
            screen.wait_for(confirmed_everywhere(cue_id(number)))
            if number == WARM_UP:
                _insist(bares, f"cue {number}")
            pause.wait(point, CALM)
            for bare in bares:
                bare.send_batch(
                    ("SetInputSettings", {"inputName": TEXT, "inputSettings": {"text": f"bare {number}"}}),
                    ("SetInputVolume", {"inputName": FLOOR, "inputVolumeDb": 0}),
                    ("SetInputMute", {"inputName": BOOTH, "inputMuted": True}),
                    ("SetCurrentProgramScene", {"sceneName": SCENES[(2 * number + 1) % 3]}),
                )
            for bare in bares:
                bare.see_take(ours=True)
            alone.append(apart(observers))
            if number >= WARM_UP:
                step()
    ours, theirs = ([ms * 1e3 for ms in each[WARM_UP:]] for each in (console, alone))
    value, baseline = percentile(ours, 0.99), percentile(theirs, 0.99)
    note = f"{TAKES} takes; medians {statistics.median(ours):.1f} and, bare, {statistics.median(theirs):.1f} ms"
    return [replace(at_most("take-three", value, "ms", LIMIT, note), baseline=baseline, ratio=value / baseline)]


def furnish(bare: BareClient, folder: Path) -> None:
    """Gives every scene a caption, the lines of sound and a clip of its own that starts when it comes on air."""
    film = folder / "clip.mp4"
    if not film.exists():
        make_clip(film, seconds=5)
    bare.do("CreateScene", sceneName=SOUND)
    for name in (FLOOR, BOOTH):
        silence = {"is_local_file": False, "restart_on_activate": False}
        bare.do("CreateInput", sceneName=SOUND, inputName=name, inputKind="ffmpeg_source", inputSettings=silence)
    bare.do("SetInputMute", inputName=BOOTH, inputMuted=True)
    kinds = bare.do("GetInputKindList", unversioned=False)["inputKinds"]
    text = next(kind for kind in kinds if kind.startswith("text_"))
    for number, scene in enumerate(SCENES):
        bare.do("CreateSceneItem", sceneName=scene, sourceName=SOUND)
        settings = {"local_file": str(film), "restart_on_activate": True, "close_when_inactive": True}
        bare.do(
            "CreateInput",
            sceneName=scene,
            inputName=f"clip {number}",
            inputKind="ffmpeg_source",
            inputSettings=settings,
        )
        if number == 0:
            words: dict[str, object] = {"text": "", "font": {"face": "Noto Sans CJK KR", "size": 34}}
            bare.do("CreateInput", sceneName=scene, inputName=TEXT, inputKind=text, inputSettings=words)
        else:
            bare.do("CreateSceneItem", sceneName=scene, sourceName=TEXT)


def dress(rundown: RundownLoaded) -> RundownLoaded:
    """Every cue has a caption of its own and its interpreter over a lowered floor, everywhere."""
    lines = (Line("floor", FLOOR), Line("booth", BOOTH, "ko"))
    hall = Interpretation((), dict.fromkeys(rundown.surfaces, "ko"), dict.fromkeys(rundown.surfaces, lines))
    (session,) = rundown.day.sessions
    cues = tuple(replace(cue, floor="en") for cue in session.cues)
    words = {
        cue.id: {surface: {TEXT: f"cue {place}"} for surface in rundown.surfaces} for place, cue in enumerate(cues)
    }
    day = replace(rundown.day, sessions=(replace(session, cues=cues),))
    return replace(rundown, day=day, words=words, interpretation=hall)


def _insist(bares: Sequence[BareClient], words: str) -> None:
    """The console's take was a whole one: what it is measured by has to have happened."""
    for bare in bares:
        assert bare.do("GetInputSettings", inputName=TEXT)["inputSettings"]["text"] == words
        assert round(bare.do("GetInputVolume", inputName=FLOOR)["inputVolumeDb"]) == DUCK
        assert bare.do("GetInputMute", inputName=BOOTH)["inputMuted"] is False

"""An evening with a language's OBS, rehearsed whole: files, engine, drivers and simulated OBS.

After every GO what is heard and captioned is what the cue wants, by OBS's own word.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio_console.app.console import Console, open_event, rundown_event
from studio_console.app.obs import connect_drivers, provision_all
from studio_console.app.places import Mode
from studio_console.app.rehearsal import simulate
from studio_console.core.interpretation import Under
from studio_console.core.presses import GoPressed, SoundOverridden, SoundReleased
from studio_console.core.show import Show
from studio_console.core.sound import differences
from studio_console.core.units import CueId, Decibels, Duration, PressId
from studio_console.runtime.clocks import SystemClock
from studio_console.runtime.journal import Journal
from tests.builders import KO
from tests.runtime_builders import Screen
from tests.small_event import FILES
from tests.test_files_language import LAYOUT, STUDIO

TEXT = "live caption ko 20"
FLOOR, BOOTH = "sound clean-sound (stand-in)", "sound booth-ko (stand-in)"


def told(show: Show, cue: str) -> bool:
    """``cue`` is on air everywhere, and OBS has told as heard and said what was asked of it."""
    take = show.on_air
    return (
        take is not None
        and take.cue.id == cue
        and not take.open_surfaces
        and not list(differences(show, KO))
        and show.sound.words.get(KO) == take.words[KO]
    )


def test_sound_and_captions_follow_the_cues_and_a_hand(tmp_path: Path) -> None:
    """A Korean opening, a keynote in Korean, London in English: heard and captioned as each cue wants it."""
    day = FILES["rundown/day-1.yaml"]
    day = day.replace("        number: M2\n", "        number: M2\n        floor: ko\n")
    day = day.replace("        number: M3\n", "        number: M3\n        floor: en\n")
    layouts = FILES["layouts/all.yaml"] + LAYOUT
    files = {**FILES, "layouts/studio.yaml": STUDIO, "layouts/all.yaml": layouts, "rundown/day-1.yaml": day}
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(body, encoding="utf-8")
    opened = open_event(tmp_path)
    simulation = simulate(opened.studio)
    journal = Journal(tmp_path / "evening.journal")
    try:
        opened = replace(opened, studio=simulation.studio)
        drivers = connect_drivers(opened.studio, simulation.password_of, opened.folder)
        console = Console(opened, opened.event.days[0], Mode.REHEARSAL, SystemClock(), 1.0, journal, drivers)
        provision_all(console.plans, opened.studio, simulation.password_of, tmp_path)
        rundown = rundown_event(opened, console.day, console.plans, 1.0)
        console.engine.post(replace(rundown, go_guard=Duration(0)))
        screen = Screen()
        console.engine.watch(screen)
        console.engine.start()
        console.engine.start_drivers()
        screen.wait_for(lambda show: KO in show.sound.seen and all(at.connected for at in show.surfaces.values()))
        heard = {}
        for cue in ("opening", "keynote", "case-london"):
            console.engine.post(GoPressed(CueId(cue), PressId(cue)))
            show = screen.wait_for(lambda show, cue=cue: told(show, cue))  # type: ignore[misc]
            seen = show.sound.seen[KO]
            heard[cue] = (seen[FLOOR], seen[BOOTH], show.sound.words[KO][TEXT])
        assert heard == {
            "opening": (0, None, "여는 화면"),
            "keynote": (0, None, "기조연설"),
            "case-london": (-12, 0, "사례: 런던"),
        }
        console.engine.post(SoundOverridden(KO, "", Under.DUCKED, False, PressId("by hand")))
        screen.wait_for(lambda show: show.sound.overrides and show.sound.seen[KO] == {FLOOR: Decibels(0), BOOTH: None})
        console.engine.post(SoundReleased(KO, PressId("released")))
        screen.wait_for(lambda show: not show.sound.overrides and told(show, "case-london"))
        console.close()
    finally:
        journal.close()
        simulation.close()

"""What the event files say of languages: their surfaces, their captions, their booths, and the slips in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_console.core.interpretation import interpretation_of
from studio_console.core.picture import plan_day, stand_in_inputs, words_by_cue
from studio_console.core.problems import Severity
from studio_console.core.studio import (
    AudioFeed,
    InterpretationRules,
    LiveWords,
    Role,
    ShowsLiveCaption,
    Silence,
    SoundDevice,
)
from studio_console.core.text import same
from studio_console.core.units import Decibels, Duration, InputId, LayoutId, SurfaceId
from studio_console.files.load import Loaded, load
from tests.builders import KO, PROGRAM
from tests.small_event import FILES

STUDIO = (
    FILES["layouts/studio.yaml"]
    .replace(
        "inputs:\n",
        """\
  ko: {title: {ko: 한국어, en: Korean}, role: language, language: ko, layout: korean, canvas: 640x360, fps: 30,
       obs: "ws://127.0.0.1:4457", carries: [youtube-ko, clean-sound, booth-ko]}
audio:
  floor: {device: "hw:CARD=Desk,DEV=0"}
  booth-ko: {title: {ko: 한국어 통역, en: Korean booth}, device: "hw:CARD=Desk,DEV=1", language: ko}
  clean-sound: {input: clean}
destinations:
  youtube-ko: {language: ko}
  satellite: {language: en, output: line}
inputs:
  clean: {url: "srt://composer.example:9100", sound: true}
""",
        1,
    )
    .replace("  take_deadline: 2s\n", "  take_deadline: 2s\n  interpretation: {duck: 12dB, handover: 20m}\n")
)
LAYOUT = """
  korean:
    role: language
    canvas: 640x360
    slots:
      - {name: clean, at: [0, 0, 100%, 100%], shows: input clean}
      - {name: caption, at: [10%, 85%, 80%, 12%], shows: live caption ko, size: 20}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {**FILES, "layouts/studio.yaml": STUDIO, "layouts/all.yaml": FILES["layouts/all.yaml"] + LAYOUT}
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(body, encoding="utf-8")
    return tmp_path


def changed(folder: Path, old: str, new: str, file: str = "layouts/studio.yaml") -> Loaded:
    path = folder / file
    body = path.read_text("utf-8")
    assert old in body
    path.write_text(body.replace(old, new, 1), encoding="utf-8")
    return load(folder)


def test_a_language_has_its_surface_its_layout_and_its_lines(folder: Path) -> None:
    loaded = load(folder)
    assert loaded.problems == ()
    assert loaded.studio is not None
    surface = loaded.studio.surfaces[KO]
    assert (surface.role, surface.language, surface.layout) == (Role.LANGUAGE, "ko", LayoutId("korean"))
    assert loaded.studio.interpretation == InterpretationRules(Decibels(12), Duration(20 * 60_000))
    assert loaded.studio.audio["clean-sound"] == AudioFeed("clean-sound", same("clean-sound"), input=InputId("clean"))
    assert loaded.studio.layouts[LayoutId("korean")].slots[1].shows == ShowsLiveCaption("ko", 20)


def test_one_scene_and_one_text_do_for_all_cues(folder: Path) -> None:
    """Day files need not repeat it: every cue that names no other layout has it, with words of its own."""
    loaded = load(folder)
    assert loaded.event is not None
    assert loaded.studio is not None
    plans = plan_day(loaded.event, loaded.event.days[0], loaded.studio)
    plan = plans[KO]
    assert [scene.name for scene in plan.scenes] == ["ko korean"]
    assert len(plan.by_cue) == 5
    inputs = {entry.name: entry for entry in plan.inputs}
    assert inputs["live caption ko 20"].source == LiveWords(20)
    cue = loaded.event.days[0].cues[2]
    assert words_by_cue(plans)[cue.id] == {KO: {"live caption ko 20": "사례: 런던"}}
    # The composer's sound comes with its picture; the booth is a line of its own, silent until a cue wants it.
    assert [(line.feed, line.input) for line in plan.sound] == [
        ("clean-sound", "clean"),
        ("booth-ko", "sound booth-ko"),
    ]
    assert (inputs["clean"].mixed, inputs["clean"].waits) == (True, False)
    booth = inputs["sound booth-ko"]
    assert (booth.source, booth.mixed, booth.waits) == (SoundDevice("hw:CARD=Desk,DEV=1"), True, True)
    hall = interpretation_of(loaded.studio, {name: each.sound for name, each in plans.items()})
    assert (dict(hall.languages), [output.id for output in hall.outputs]) == ({KO: "ko"}, ["youtube-ko"])


def test_in_rehearsal_lines_are_silent_and_can_be_set_all_the_same(folder: Path) -> None:
    loaded = load(folder)
    assert loaded.event is not None
    assert loaded.studio is not None
    stand_ins = stand_in_inputs(loaded.studio)
    plan = plan_day(loaded.event, loaded.event.days[0], loaded.studio, stand_ins)[KO]
    sources = {entry.name: entry.source for entry in plan.inputs}
    assert [sources[line.input] for line in plan.sound] == [Silence(), Silence()]


def test_a_language_in_the_program_s_obs_has_captions_and_no_sound(folder: Path) -> None:
    """All in one OBS on a laptop: check says what cannot be had, and it becomes a scene for a projector."""
    loaded = changed(folder, "ws://127.0.0.1:4457", "ws://127.0.0.1:4455")
    assert [problem.code for problem in loaded.problems] == ["shared-language"]
    assert "program" in loaded.problems[0].show("en")
    assert loaded.event is not None
    assert loaded.studio is not None
    plans = plan_day(loaded.event, loaded.event.days[0], loaded.studio)
    assert plans[KO].projector_scene == "ko (projector)"
    assert plans[KO].sound == ()
    assert plans[PROGRAM].projector_scene is None
    assert SurfaceId("wall") in plans


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("layout: korean", "layout: koraen", "layout"),
        ("layout: korean", "layout: title", "layout-role"),
        ("{input: clean}", "{input: cleen}", "input"),
        ("{input: clean}", "{input: clean, device: x}", "only-one"),
        ("duck: 12dB", "duck: 12", "decibels"),
        ("duck: 12dB", "duck: 61dB", "decibels"),
        ("handover: 20m", "handover: 20s", "range"),
        ("language: ko}\n  clean", "language: korean}\n  clean", "language"),
    ],
)
def test_slips_are_errors_at_their_place(folder: Path, old: str, new: str, code: str) -> None:
    loaded = changed(folder, old, new)
    assert [problem.code for problem in loaded.problems if problem.severity is Severity.ERROR] == [code]
    assert loaded.problems[0].place.line > 0
    assert loaded.event is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("carries: [youtube-ko, clean-sound, booth-ko]", "carries: [youtube-ko, clean-sound]", "no-booth"),
        ("language: ko, layout: korean, ", "layout: korean, ", None),
        ("language: ko, layout", "layout", None),
    ],
)
def test_what_will_not_be_heard_is_a_warning(folder: Path, old: str, new: str, code: str | None) -> None:
    """A surface's language may be left to its destinations, where they agree."""
    loaded = changed(folder, old, new)
    assert [problem.code for problem in loaded.problems] == ([code] if code else [])
    assert loaded.studio is not None


def test_one_mix_cannot_be_right_for_two_languages(folder: Path) -> None:
    changed(folder, "language: ko, layout", "layout")
    loaded = changed(folder, "[youtube-ko, clean-sound", "[youtube-ko, satellite, clean-sound")
    assert [problem.code for problem in loaded.problems] == ["mixed-languages"]
    assert "mixes for ‘ko’" in loaded.problems[0].show("en")

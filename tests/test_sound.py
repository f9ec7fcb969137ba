"""What is heard follows the cues with their takes; an operator's hand is above it; OBS has the last word.

Two outputs: Korean on the program, English on the wall, each with the floor and its own booth.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio_console.core.effects import SetSound, TakeScene
from studio_console.core.events import ClockStepped, ConsoleStarted
from studio_console.core.interpretation import Interpretation, Levels, Under
from studio_console.core.presses import InterpreterChanged, SoundOverridden, SoundReleased
from studio_console.core.refusals import ALREADY_DONE
from studio_console.core.reports import SceneSeen, Seen, SoundSeen, WordsSeen
from studio_console.core.rundown import Day
from studio_console.core.show import Phase
from studio_console.core.sound import FOLLOWS, NO_BOOTH, NO_SUCH_BOOTH, NOT_MIXED, Difference, differences
from studio_console.core.sound_alarms import SETTLES, sound_alarms
from studio_console.core.studio import InterpretationRules
from studio_console.core.units import CueId, Decibels, Duration, PressId, SceneName, SurfaceId
from tests.builders import BOTH, FIVE, HALL, NO_HALL, PROGRAM, WALL, Run, edited, length, loaded, name, scenes_of

FLOOR_ALONE: Levels = {"floor": Decibels(0), "ko": None}
KOREAN: Levels = {"floor": Decibels(-18), "ko": Decibels(0)}
ENGLISH_FLOOR: Levels = {"floor": Decibels(0), "en": None}
ENGLISH: Levels = {"floor": Decibels(-18), "en": Decibels(0)}
MEETING = edited(edited(FIVE, "M1", floor="ko"), "M2", floor="en")
"""M1 in Korean, M2 in English, and nobody has said what is spoken from M3 on."""


def evening(
    day: Day = MEETING, hall: Interpretation = HALL, scenes: dict[CueId, dict[SurfaceId, SceneName]] | None = None
) -> Run:
    run = Run(surfaces=BOTH, now="22:00", connect=False)
    run.post(replace(loaded(day, BOTH, scenes), interpretation=hall))
    for surface in BOTH:
        run.connect(surface)
    return run


def sent(run: Run) -> dict[SurfaceId, Levels]:
    """What the last event asked to have heard."""
    takes = {effect.surface: effect.sound for effect in run.effects if isinstance(effect, TakeScene)}
    return takes | {effect.surface: effect.levels for effect in run.effects if isinstance(effect, SetSound)}


def hear(run: Run, surface: SurfaceId = PROGRAM, **levels: int | None) -> None:
    told = {line: None if level is None else Decibels(level) for line, level in levels.items()}
    run.post(SoundSeen(surface, told))


def by_hand(run: Run, voice: str, under: Under = Under.DUCKED, kept: bool = False) -> None:
    run.post(SoundOverridden(PROGRAM, voice, under, kept, run.press()))


def codes(run: Run) -> list[tuple[str, SurfaceId | None]]:
    return [(alarm.code, alarm.surface) for alarm in sound_alarms(run.show, run.now)]


# --- with the take ------------------------------------------------------------------------------------------------


def test_each_take_brings_the_sound_of_its_floor_language() -> None:
    """A Korean opening, then a guest in English: the Korean stream gets its interpreter, the English one the floor."""
    run = evening()
    run.press_go("M1")
    assert sent(run) == {PROGRAM: FLOOR_ALONE, WALL: ENGLISH}
    run.confirm()
    run.wait("1:00")
    run.press_go("M2")
    assert sent(run) == {PROGRAM: KOREAN, WALL: ENGLISH_FLOOR}


def test_a_cue_that_names_no_language_keeps_what_was() -> None:
    run = evening()
    run.go_through("M1", "M2", each="1:00")
    run.press_go("M3")
    assert sent(run) == {PROGRAM: KOREAN, WALL: ENGLISH_FLOOR}
    assert run.show.taking is not None
    assert run.show.taking.floor == "en"


def test_the_sound_of_a_surface_whose_picture_stays_changes_too() -> None:
    """A cue for the program alone: the wall's listeners need their interpreter all the same."""
    scenes = {name("M1"): {PROGRAM: SceneName("one"), WALL: SceneName("w")}, name("M2"): {PROGRAM: SceneName("two")}}
    run = evening(scenes=scenes)
    run.go("M1")
    run.wait("1:00")
    run.press_go("M2")
    assert [type(effect) for effect in run.effects[:2]] == [TakeScene, SetSound]
    assert sent(run) == {PROGRAM: KOREAN, WALL: ENGLISH_FLOOR}


def test_back_brings_the_sound_back_with_the_picture() -> None:
    run = evening()
    run.go_through("M1", "M2", each="1:00")
    run.press_back()
    assert sent(run) == {PROGRAM: FLOOR_ALONE, WALL: ENGLISH}


def test_a_hall_without_lines_is_never_touched() -> None:
    run = evening(hall=NO_HALL)
    run.press_go("M1")
    assert sent(run) == {PROGRAM: {}, WALL: {}}


def test_the_duck_is_the_hall_s() -> None:
    run = evening(hall=replace(HALL, rules=InterpretationRules(duck=Decibels(6))))
    run.go_through("M1", each="1:00")
    run.press_go("M2")
    assert sent(run)[PROGRAM]["floor"] == -6


# --- the words of a surface that keeps its scene --------------------------------------------------------------------


def in_one_scene() -> Run:
    """A language's surface: one scene for all cues, whose text says something else with each."""
    scenes = {one.id: {PROGRAM: SceneName(one.number), WALL: SceneName("ko language")} for one in FIVE.cues}
    words = {one.id: {WALL: {"live caption ko": one.number}} for one in FIVE.cues}
    run = Run(surfaces=BOTH, now="22:00", connect=False)
    run.post(replace(loaded(FIVE, BOTH, scenes), words=words))
    for surface in BOTH:
        run.connect(surface)
    return run


def said(run: Run) -> dict[SurfaceId, str | None]:
    return {
        effect.surface: effect.words.get("live caption ko") for effect in run.effects if isinstance(effect, TakeScene)
    }


def test_words_come_with_the_take_and_go_back_with_it() -> None:
    """The scene is the same, the words are not: Back has to reach that surface as well."""
    run = in_one_scene()
    run.go("M1")
    run.wait("1:00")
    run.press_go("M2")
    assert said(run) == {PROGRAM: None, WALL: "M2"}
    run.confirm()
    run.wait("1:00")
    run.press_back()
    assert said(run) == {PROGRAM: None, WALL: "M1"}


def test_a_surface_that_shows_its_scene_already_does_not_start_the_cue_s_clock() -> None:
    """The language's OBS answers at once: it had nothing to change. On air is the cue when the programme is."""
    run = in_one_scene()
    run.go("M1")
    run.wait("1:00")
    run.press_go("M2")
    run.post(SceneSeen(WALL, SceneName("ko language"), Seen.SNAPSHOT, run.last_press))
    assert run.on_air == "M1"
    run.wait(400)
    run.confirm(PROGRAM)
    assert (run.on_air, run.take.started_at, run.take.open_surfaces) == ("M2", run.now, ())


def test_a_programme_that_never_confirms_is_not_covered_by_a_language_that_did() -> None:
    run = in_one_scene()
    run.go("M1")
    run.wait("1:00")
    run.press_go("M2")
    run.post(SceneSeen(WALL, SceneName("ko language"), Seen.SNAPSHOT, run.last_press))
    run.miss_the_deadline()
    assert (run.on_air, run.take.phase) == ("M2", Phase.UNCONFIRMED)
    assert run.alarms == [("unconfirmed", PROGRAM)]
    run.wait(300)
    run.confirm(PROGRAM)
    assert (run.take.phase, run.take.started_at) == (Phase.ON_AIR, run.now)


def test_a_caption_that_says_something_else_is_an_alarm() -> None:
    """Somebody has edited it in OBS, or OBS has no such text at all."""
    run = in_one_scene()
    run.go("M1")
    run.post(WordsSeen(WALL, {"live caption ko": "M1"}))
    run.wait("0:02")
    assert codes(run) == []
    run.post(WordsSeen(WALL, {"live caption ko": "typo"}))
    (alarm,) = sound_alarms(run.show, run.now)
    assert (alarm.code, alarm.values["seen"]) == ("caption", "typo")
    run.post(WordsSeen(WALL, {}))
    (alarm,) = sound_alarms(run.show, run.now)
    assert "provision" in alarm.text.en
    run.lose(WALL)
    assert codes(run) == []


# --- seen ------------------------------------------------------------------------------------------------------


def test_what_obs_tells_is_kept_beside_what_is_wanted() -> None:
    """Somebody pulls the interpreter's fader down in OBS: nothing is sent, a second later the desk says so."""
    run = evening()
    run.go_through("M1", "M2", each="1:00")
    hear(run, PROGRAM, floor=-18, ko=0)
    hear(run, WALL, floor=0, en=None)
    assert codes(run) == []
    hear(run, PROGRAM, floor=-18, ko=None)
    assert run.effects == []
    assert codes(run) == [("sound", PROGRAM)]
    (found,) = differences(run.show, PROGRAM)
    assert found == Difference(HALL.lines[PROGRAM][1], Decibels(0), None, True)
    run.go("M3")
    hear(run, PROGRAM, floor=-18, ko=0)
    assert codes(run) == []


def test_a_difference_is_given_the_time_that_obs_needs() -> None:
    run = evening()
    run.go("M1")
    assert codes(run) == []
    run.wait(SETTLES)
    assert ("sound-missing", PROGRAM) in codes(run)


def test_after_a_loss_nothing_is_known_and_nothing_is_sent() -> None:
    """OBS was restarted by hand with its faders as they were yesterday: the difference is shown, a person decides."""
    run = evening()
    run.go_through("M1", each="1:00")
    hear(run, PROGRAM, floor=0, ko=None)
    run.lose(PROGRAM)
    assert PROGRAM not in run.show.sound.seen
    assert codes(run) == [("sound-missing", WALL)] * 2
    run.connect(PROGRAM, "M1 program")
    hear(run, PROGRAM, floor=0, ko=0)
    assert run.effects == []
    assert ("sound", PROGRAM) in codes(run)


def test_a_restart_keeps_what_is_wanted_and_forgets_what_was_seen() -> None:
    run = evening()
    run.go_through("M1", each="1:00")
    by_hand(run, "ko", kept=True)
    hear(run, PROGRAM, floor=0, ko=0)
    run.post(ConsoleStarted())
    assert run.effects == []
    assert run.show.sound.seen == {}
    assert run.show.sound.wanted[PROGRAM] == KOREAN
    assert PROGRAM in run.show.sound.overrides


def test_a_language_without_a_booth_is_a_warning_while_it_matters() -> None:
    lines = {PROGRAM: HALL.lines[PROGRAM][:1]}
    run = evening(hall=Interpretation(HALL.outputs[:1], {PROGRAM: "ko"}, lines))
    run.go_through("M1", each="1:00")
    hear(run, PROGRAM, floor=0)
    assert codes(run) == []
    run.go_through("M2", each="1:00")
    assert codes(run) == [("no-booth", PROGRAM)]


# --- by hand ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voice", "under", "levels"),
    [
        ("", Under.DUCKED, FLOOR_ALONE),
        ("ko", Under.DUCKED, KOREAN),
        ("ko", Under.FULL, {"floor": 0, "ko": 0}),
        ("ko", Under.OFF, {"floor": None, "ko": 0}),
    ],
)
def test_an_operator_chooses_what_is_heard(voice: str, under: Under, levels: Levels) -> None:
    run = evening()
    run.go("M1")
    by_hand(run, voice, under)
    assert sent(run) == {PROGRAM: levels}


def test_the_next_take_ends_it_unless_it_is_kept() -> None:
    """The interpreter's line hums: the floor by hand. Until the next cue, or until somebody gives it back."""
    run = evening()
    run.go_through("M1", "M2", each="1:00")
    by_hand(run, "")
    run.wait("1:00")
    run.press_go("M3")
    assert sent(run)[PROGRAM] == KOREAN
    assert run.show.sound.overrides == {}
    run.confirm()
    by_hand(run, "", kept=True)
    run.wait("1:00")
    run.press_go("M4")
    assert sent(run)[PROGRAM] == FLOOR_ALONE
    run.confirm()
    run.post(SoundReleased(PROGRAM, run.press()))
    assert sent(run) == {PROGRAM: KOREAN}
    assert run.show.sound.overrides == {}


def test_what_cannot_be_chosen_is_refused_with_why() -> None:
    run = evening(hall=Interpretation(HALL.outputs[:1], {PROGRAM: "ko"}, {PROGRAM: HALL.lines[PROGRAM]}))
    by_hand(run, "en")
    assert run.refused == NO_BOOTH
    run.post(SoundOverridden(WALL, "", Under.FULL, False, run.press()))
    assert run.refused == NOT_MIXED
    run.post(SoundReleased(PROGRAM, run.press()))
    assert run.refused == FOLLOWS
    by_hand(run, "ko")
    assert run.refused is None
    run.post(SoundOverridden(PROGRAM, "", Under.FULL, False, run.last_press))
    assert run.refused == ALREADY_DONE


def test_new_files_drop_a_choice_that_they_have_no_line_for() -> None:
    run = evening()
    run.go("M1")
    by_hand(run, "ko", kept=True)
    run.post(replace(loaded(MEETING, BOTH), interpretation=HALL))
    assert PROGRAM in run.show.sound.overrides
    run.post(replace(loaded(MEETING, BOTH), interpretation=NO_HALL))
    assert run.effects == []
    assert (run.show.sound.overrides, run.show.sound.wanted, run.show.sound.booths) == ({}, {}, {})


# --- the booths ------------------------------------------------------------------------------------------------


def test_an_interpreter_s_time_runs_from_when_they_are_first_heard_or_took_over() -> None:
    run = evening()
    run.go("M1")
    assert run.show.sound.booths == {"booth-en": run.now}
    run.wait("29:59")
    assert "handover" not in [code for code, _ in codes(run)]
    run.wait("0:01")
    (due,) = [alarm for alarm in sound_alarms(run.show, run.now) if alarm.code == "handover"]
    assert due.values == {"feed": "booth-en", "minutes": 30}
    run.post(InterpreterChanged("booth-en", run.press()))
    assert run.show.sound.booths["booth-en"] == run.now
    assert "handover" not in [code for code, _ in codes(run)]


def test_the_clock_that_is_set_makes_nobody_s_time_longer() -> None:
    run = evening()
    run.go("M1")
    run.wait("10:00")
    hour = Duration(length("60:00"))
    run.now = type(run.now)(run.now + hour)
    run.post(ClockStepped(hour))
    assert run.now - run.show.sound.booths["booth-en"] == length("10:00")
    assert "handover" not in [code for code, _ in codes(run)]


def test_a_booth_that_is_not_there_cannot_be_handed_over() -> None:
    run = evening()
    run.post(InterpreterChanged("booth-es", PressId("x")))
    assert run.refused == NO_SUCH_BOOTH
    run = Run(FIVE)
    assert scenes_of(FIVE, PROGRAM)
    assert codes(run) == []

"""The roll call: marks that are set and taken back, written on the wall where they change and where it comes on air."""

from __future__ import annotations

from dataclasses import replace

from studio_console.core.alarms import alarms
from studio_console.core.effects import TakeScene, WriteText
from studio_console.core.events import ClockStepped, ConsoleStarted, RundownLoaded
from studio_console.core.picture import holding_scene_of
from studio_console.core.presses import RollCallMarked, WallBackPressed, WallHoldingPressed
from studio_console.core.reports import TextWritten
from studio_console.core.roll_call import (
    Marked,
    RollColumn,
    RollEntry,
    RollMark,
    column_text,
    columns_of,
    counts,
    line_of,
    standing,
)
from studio_console.core.text import same
from studio_console.core.units import DayId, Duration, PersonId
from tests.builders import BOTH, PROGRAM, WALL, Run, cue, day, edited, loaded, name

LONDON, LIMA, KABUL = (PersonId(city) for city in ("london", "lima", "kabul"))
ENTRIES = (RollEntry(LONDON, "런던 London"), RollEntry(LIMA, "리마 Lima"), RollEntry(KABUL, "카불 Kabul"))
LEFT = RollColumn(WALL, "roll call M2 1of2 40", ENTRIES[:2])
RIGHT = RollColumn(WALL, "roll call M2 2of2 40", ENTRIES[2:])
DAY = edited(day(cue("M1"), cue("M2"), cue("M3")), "M2", roll_call=(LONDON, LIMA, KABUL))


def files() -> RundownLoaded:
    columns = {name("M2"): (LEFT, RIGHT)}
    return replace(loaded(DAY, BOTH), walls=(WALL,), holding={WALL: holding_scene_of(WALL)}, roll_columns=columns)


def at_hall() -> Run:
    run = Run(DAY, surfaces=BOTH, now="22:00")
    run.post(files())
    run.go("M1")
    run.wait(5_000)
    return run


def mark(run: Run, person: PersonId, which: RollMark = RollMark.PRESENT, on: bool = True) -> list[WriteText]:
    run.post(RollCallMarked(person, which, on, "technical director"))
    return [effect for effect in run.effects if isinstance(effect, WriteText)]


def test_a_mark_is_written_in_its_own_column() -> None:
    run = at_hall()
    (text,) = mark(run, LIMA)
    assert (text.surface, text.input) == (WALL, LEFT.input)
    assert text.text == "· 런던 London\n✓ 리마 Lima  참석 Present"
    (text,) = mark(run, LIMA, RollMark.AGREED)
    assert text.text.endswith("◎ 리마 Lima  동의 Agreed")
    assert run.show.roll_call[LIMA][RollMark.PRESENT] == Marked(run.now, "technical director")


def test_the_same_press_again_takes_it_back() -> None:
    run = at_hall()
    mark(run, LIMA)
    (text,) = mark(run, LIMA, on=False)
    assert text.text == "· 런던 London\n· 리마 Lima"
    assert standing(run.show.roll_call, LIMA) is None


def test_who_is_not_called_cannot_be_marked() -> None:
    run = at_hall()
    assert mark(run, PersonId("atlantis")) == []
    assert run.refused is not None


def test_the_list_is_as_it_is_now_whenever_it_comes_on_air() -> None:
    """OBS may have been away when a mark was set: with the take the whole list is written, before the picture."""
    run = at_hall()
    mark(run, KABUL)
    run.press_go("M2")
    kinds = [type(effect) for effect in run.effects]
    assert kinds[:2] == [WriteText, WriteText]
    assert TakeScene in kinds[2:]
    texts = [effect for effect in run.effects if isinstance(effect, WriteText)]
    assert texts[1].text == "✓ 카불 Kabul  참석 Present"
    run.confirm()
    run.wait(5_000)
    run.post(WallHoldingPressed(WALL, run.press()))
    assert WriteText not in [type(effect) for effect in run.effects]
    run.post(WallBackPressed(WALL, run.press()))
    assert [type(effect) for effect in run.effects][:2] == [WriteText, WriteText]
    run.wait(5_000)
    run.press_go("M3")
    assert WriteText not in [type(effect) for effect in run.effects]


def test_marks_survive_a_restart_a_clock_that_is_set_and_new_files_of_the_same_day() -> None:
    run = at_hall()
    mark(run, LIMA)
    at = run.now
    run.post(ConsoleStarted(), ClockStepped(Duration(60_000)), files())
    assert run.effects == []
    assert run.show.roll_call[LIMA][RollMark.PRESENT].at == at + 60_000
    other = replace(DAY, id=DayId("day3"))
    run.post(replace(files(), day=other))
    assert run.show.roll_call == {}


def test_a_list_that_could_not_be_written_is_an_alarm_until_it_is() -> None:
    run = at_hall()
    mark(run, LIMA)
    run.post(TextWritten(WALL, same("OBS did not answer")))
    assert ("text-unwritten", WALL) in [(alarm.code, alarm.surface) for alarm in alarms(run.show)]
    run.post(TextWritten(WALL))
    assert "text-unwritten" not in [alarm.code for alarm in alarms(run.show)]


def test_a_surface_without_the_list_is_not_written_to() -> None:
    run = at_hall()
    run.press_go("M2")
    assert {effect.surface for effect in run.effects if isinstance(effect, WriteText)} == {WALL}
    assert PROGRAM in {effect.surface for effect in run.effects if isinstance(effect, TakeScene)}


def test_columns_are_filled_one_after_the_other() -> None:
    assert [len(column) for column in columns_of(ENTRIES, 2)] == [2, 1]
    assert columns_of(ENTRIES, 1) == (ENTRIES,)
    assert [len(column) for column in columns_of(ENTRIES * 14, 4)] == [11, 11, 11, 9]
    assert columns_of((), 3) == ()


def test_signs_stand_with_words() -> None:
    given = {LONDON: {RollMark.AGREED: Marked(Run(DAY).now, "TD")}}
    assert line_of(ENTRIES[0], given) == "◎ 런던 London  동의 Agreed"
    assert column_text(ENTRIES[1:], given) == "· 리마 Lima\n· 카불 Kabul"
    assert counts((LONDON, LIMA), given) == {RollMark.PRESENT: 0, RollMark.AGREED: 1}

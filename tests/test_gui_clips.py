"""At the desk: what takes two steps, what a clip and its end do, the bells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio_console.core.arming import NOT_ARMED_CUE, STAYS_ARMED
from studio_console.core.clip_watch import HOLDING
from studio_console.core.presses import ArmPressed, Disarmed, FollowingSet, GoPressed, StandbyMoved
from studio_console.core.reports import ClipMeasured, ClipSeen, Playback
from studio_console.core.rundown import AtEnd, Day, Kind
from studio_console.core.text import Text, same
from studio_console.core.units import Duration, InputId
from studio_console.gui import clip_lines, theme
from studio_console.gui.cue_model import Column
from studio_console.gui.keys import KEYS, Act
from studio_console.gui.two_step import TO_ARM
from tests.builders import PROGRAM, WALL, cue, day, length, loaded, name
from tests.gui_story import AtDesk, FakeService, sit_down, small_event

CTRL = Qt.KeyboardModifier.ControlModifier
MINUTE = Duration(60_000)


def evening() -> Day:
    """A holding slide, a message on film, the host, the declaration."""
    return day(
        replace(cue("H1", 5), kind=Kind.BREAK),
        replace(
            cue("V1", 1, clip="message"),
            at_end=AtEnd.NEXT,
            out_cue=Text("함께라면 할 수 있습니다", "together, we can"),
        ),
        cue("M1", 5),
        replace(cue("D1", 1, title=Text("서울 선언 채택", "The declaration is adopted")), two_step=True),
        replace(cue("P1", 5, title=Text("발표", "Pitch")), bells=(MINUTE, Duration(0), Duration(-MINUTE))),
    )


@pytest.fixture
def at_desk(qtbot: QtBot) -> AtDesk:
    service = FakeService("22:00")
    service.load(evening())
    service.connect(PROGRAM)
    service.connect(WALL)
    return sit_down(qtbot, service, event=small_event(evening()))


def go_to(at_desk: AtDesk, *numbers: str) -> None:
    for number in numbers:
        at_desk.service.go(name(number))
        at_desk.service.wait("0:05")
    at_desk.look()


def clip(at_desk: AtDesk, position: int, playback: Playback = Playback.PLAYING) -> None:
    at_desk.service.happen(ClipSeen(PROGRAM, "message", playback, Duration(position), MINUTE))
    at_desk.look()


# --- two steps ----------------------------------------------------------------------------------------------------


def test_the_declaration_is_taken_by_two_different_keys(at_desk: AtDesk) -> None:
    """Space alone does nothing but say why; Ctrl+G and then Space take it, and its moment stands there."""
    go_to(at_desk, "H1", "V1", "M1")
    desk = at_desk.desk
    assert desk.go_panel.go.locked
    assert TO_ARM.en in desk.go_panel.go.doubts
    assert TO_ARM.en in desk.next.words
    assert at_desk.cell("D1", Column.NUMBER) == "D1\n②"

    at_desk.press(Qt.Key.Key_Space)
    assert desk.go_panel.go.flashing
    assert NOT_ARMED_CUE.show("en", cue="D1") in at_desk.notice

    at_desk.press(Qt.Key.Key_G, CTRL)
    assert not desk.go_panel.go.locked
    assert not desk.go_panel.go.flashing, "GO is allowed now: nothing says otherwise"
    assert NOT_ARMED_CUE.show("en", cue="D1") not in at_desk.notice
    assert "② ARMED: Space within 15 s" in desk.next.words
    at_desk.service.wait("0:02")
    at_desk.press(Qt.Key.Key_Space)
    at_desk.service.confirm()
    at_desk.look()
    assert len(at_desk.posted(ArmPressed)) == 1
    taken = at_desk.posted(GoPressed)[-1]
    assert (taken.cue, at_desk.state("D1")) == (name("D1"), "ON AIR\n② 22:00:17")
    assert "② taken 22:00:17" in desk.on_air.words
    at_desk.service.wait("0:30")
    go_to(at_desk, "P1")
    assert at_desk.state("D1") == "done\n② 22:00:17"


def test_arming_runs_out_and_is_seen_to(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1", "V1", "M1")
    at_desk.press(Qt.Key.Key_G, CTRL)
    at_desk.service.clock.advance(Duration(STAYS_ARMED - 500))
    at_desk.look()
    assert "within 1 s" in at_desk.desk.next.words
    at_desk.service.clock.advance(Duration(500))
    at_desk.look()
    assert at_desk.desk.go_panel.go.locked


def test_escape_lets_go_of_it(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1", "V1", "M1")
    at_desk.press(Qt.Key.Key_G, CTRL)
    at_desk.press(Qt.Key.Key_Escape)
    assert at_desk.posted(Disarmed)
    assert at_desk.desk.go_panel.go.locked


def test_what_needs_no_arming_says_so(at_desk: AtDesk) -> None:
    at_desk.press(Qt.Key.Key_G, CTRL)
    assert "needs no arming" in at_desk.notice
    assert not at_desk.posted(ArmPressed)


def test_the_words_name_the_keys_that_there_are() -> None:
    """Texts of the core and of the panels name keys: those of the buttons."""
    for act, texts in {
        Act.ARM: (NOT_ARMED_CUE, TO_ARM),
        Act.HOLDING: (HOLDING,),
        Act.FOLLOWING: (clip_lines.FOLLOWS, clip_lines.STAYS),
        Act.GO: (TO_ARM, clip_lines.STAYS, clip_lines.BY_HAND),
    }.items():
        for text in texts:
            assert KEYS[act].shown in text.ko
            assert KEYS[act].shown in text.en


# --- a clip -------------------------------------------------------------------------------------------------------


def test_what_follows_the_clip_is_said_and_switched_off_by_one_key(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1", "V1")
    clip(at_desk, 10_000)
    words = at_desk.desk.on_air.words
    assert "→ M1 by itself at its end (Ctrl+N: off)" in words
    assert "“together, we can”" in words
    assert "0:50 left" in words
    at_desk.press(Qt.Key.Key_N, CTRL)
    assert at_desk.posted(FollowingSet) == [FollowingSet(False)]
    assert clip_lines.STAYS.en in at_desk.desk.on_air.words
    at_desk.press(Qt.Key.Key_N, CTRL)
    assert "→ M1 by itself" in at_desk.desk.on_air.words


def test_what_is_switched_off_is_said_before_air_too(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1")
    assert clip_lines.WOULD_FOLLOW.en in at_desk.desk.next.words
    at_desk.press(Qt.Key.Key_N, CTRL)
    assert clip_lines.STAYS.en in at_desk.desk.next.words


def test_its_last_words_are_amber_before_the_end(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1", "V1")
    clip(at_desk, 0)
    (line,) = [line for line in at_desk.desk.on_air.body.lines if "together" in line.text]
    assert (line.colour, line.bold) == (theme.AMBER, True), "a minute's warning is all of a minute's clip"


def test_a_stalled_clip_is_an_alarm_and_one_key_puts_the_standby_on_the_holding_slide(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1", "V1")
    for _ in range(8):
        at_desk.service.wait("0:01")
        clip(at_desk, 20_000)
    assert "V1: the clip ‘message’ has stalled on Program. Ctrl+B: standby on the holding slide H1" in (
        at_desk.desk.problem_list.words
    )
    at_desk.press(Qt.Key.Key_B, CTRL)
    assert at_desk.posted(StandbyMoved) == [StandbyMoved(name("H1"))]
    assert "H1" in at_desk.desk.go_panel.go.target


def test_a_clip_that_obs_does_not_have_is_told_with_the_time_that_goes_by(at_desk: AtDesk) -> None:
    """No news comes of it: the clock alone tells."""
    service = at_desk.service
    service.happen(replace(loaded(evening(), (PROGRAM, WALL)), clips=frozenset([InputId("message")])))
    go_to(at_desk, "H1", "V1")
    assert "do not have the clip ‘message’" in at_desk.desk.problem_list.words


def test_lengths_and_troubles_of_files_are_in_the_sheet_before_air(at_desk: AtDesk) -> None:
    service = at_desk.service
    assert at_desk.cell("V1", Column.DURATION) == "1:00"
    service.happen(ClipMeasured(InputId("message"), length("0:48")))
    at_desk.look()
    assert at_desk.cell("V1", Column.DURATION) == "1:00\n≠ 0:48"
    service.go(name("H1"))
    at_desk.look()
    assert "▲ the file lasts 0:48" in at_desk.desk.next.words
    service.happen(ClipMeasured(InputId("message"), None, same("There is no such file: message.mp4")))
    at_desk.look()
    assert at_desk.cell("V1", Column.DURATION) == "1:00\n✕ clip"
    assert "There is no such file: message.mp4" in at_desk.desk.problem_list.words
    assert "There is no such file" in at_desk.desk.next.words


# --- bells --------------------------------------------------------------------------------------------------------


def test_a_bell_is_seen_at_its_mark(at_desk: AtDesk) -> None:
    go_to(at_desk, "H1", "V1", "M1", "D1")
    assert "Bells" in at_desk.desk.next.words
    assert "1:00 · 0:00 · +1:00" in at_desk.desk.next.words
    go_to(at_desk, "P1")
    at_desk.service.wait("3:54")
    at_desk.look()
    assert "bell" not in at_desk.desk.headline.left.face.word
    at_desk.service.wait("0:01")
    at_desk.look()
    face = at_desk.desk.headline.left.face
    assert (face.word, face.ground) == ("♪ bell 1:00", theme.WHITE)
    at_desk.service.clock.advance(Duration(600))
    at_desk.look()
    face = at_desk.desk.headline.left.face
    assert (face.word, face.ground) == ("♪ bell 1:00", theme.RED_GROUND), "it flashes: dark again, the word stays"
    assert "1:00\u00a0✓ · 0:00" in at_desk.desk.on_air.words
    at_desk.service.wait("0:02")
    at_desk.look()
    assert "bell" not in at_desk.desk.headline.left.face.word


def test_bells_are_heard_where_somebody_wants_it(at_desk: AtDesk) -> None:
    assert not at_desk.desk.bell_sound
    at_desk.press(Qt.Key.Key_L, CTRL)
    assert at_desk.desk.bell_sound
    assert "bells are heard" in at_desk.notice
    at_desk.press(Qt.Key.Key_L, CTRL)
    assert not at_desk.desk.bell_sound

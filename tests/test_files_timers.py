"""The speaker's timer in the event files: thresholds of the hall and of a cue, and the messages that keys send."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_console.core.messages import LONGEST_MESSAGE
from studio_console.core.rundown import Thresholds
from studio_console.core.studio import PREPARED, TimerRules
from studio_console.core.text import Text, same
from studio_console.core.units import CueId
from studio_console.files.load import Loaded, load
from tests.builders import length
from tests.event_texts import FILES, write

STUDIO = "layouts/studio.yaml"
TIMER = "  timer: {warning: 2m, danger: 45s, messages: [{ko: 마무리해 주세요, en: Please wrap up}, Stop]}\n"
assert TIMER in FILES[STUDIO]


def loaded(folder: Path, timer: str) -> Loaded:
    """The small event with ``timer`` in the place of what its studio says."""
    return load(write(folder, {**FILES, STUDIO: FILES[STUDIO].replace(TIMER, timer)}))


def timer_of(found: Loaded, cue: str) -> Thresholds:
    assert found.event is not None, [problem.show("en") for problem in found.problems]
    return next(each.timer for day in found.event.days for each in day.cues if each.id == CueId(cue))


def test_an_event_that_knows_nothing_of_it(tmp_path: Path) -> None:
    """Files from before there was a speaker's timer load as they did."""
    found = loaded(tmp_path, "")
    assert found.studio is not None
    assert found.studio.timer == TimerRules()
    assert found.studio.timer.messages == PREPARED
    assert timer_of(found, "m10") == Thresholds()


def test_the_hall_says_it_for_every_cue_that_does_not(tmp_path: Path) -> None:
    """M10 says nothing, the case of London says both for itself."""
    found = loaded(tmp_path, TIMER)
    assert found.studio is not None
    messages = (Text("마무리해 주세요", "Please wrap up"), same("Stop"))
    assert found.studio.timer == TimerRules(length("2:00"), length("0:45"), messages)
    assert timer_of(found, "m10") == Thresholds(length("2:00"), length("0:45"))
    assert timer_of(found, "m11-london") == Thresholds(length("1:00"), length("0:30"))


def test_half_of_it(tmp_path: Path) -> None:
    """What is left out is as ever."""
    found = loaded(tmp_path, "  timer: {warning: 5m}\n")
    assert found.studio is not None
    assert found.studio.timer == TimerRules(warning=length("5:00"))
    assert timer_of(found, "m10") == Thresholds(length("5:00"), length("0:30"))


@pytest.mark.parametrize(
    ("timer", "column", "code", "words"),
    [
        ("{warning: 20s, danger: 1m}", 10, "timer", "danger is longer than warning"),
        ("{warning: soon}", 20, "duration", "‘soon’ is not a duration"),
        ("{danger: 100ms}", 19, "range", "100ms is outside 1s to 12h"),
        ("{messages: []}", 21, "too-few", "at least 1 wanted here"),
        ("{messages: [a, b, c, d, e, f, g, h, i, j]}", 49, "too-many", "at most 9 can stand here"),
        ("{messages: [{ko: 끝}]}", 22, "missing-key", "‘en’ is missing"),
        (f"{{messages: [{'a' * (LONGEST_MESSAGE + 1)}]}}", 22, "message-long", "of more than 120 letters"),
        ("{mesages: [Stop]}", 11, "unknown-key", "unknown key ‘mesages’"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(tmp_path: Path, timer: str, column: int, code: str, words: str) -> None:
    (problem,) = loaded(tmp_path, f"  timer: {timer}\n").problems
    assert (problem.place.file, problem.place.column, problem.code) == (STUDIO, column, code)
    assert words in problem.show("en")

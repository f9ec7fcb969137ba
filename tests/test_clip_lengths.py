"""The day's clips are looked into behind the window: their lengths, what is wrong, and again when one is replaced."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from studio_console.core.reports import ClipMeasured
from studio_console.core.units import Duration, InputId
from studio_console.devices.clip_lengths import PROGRAM, ClipLengths, WantedClip
from studio_console.devices.clipfile import NO_VLC, NOT_PLAYABLE, PARSE_LIMIT, TROUBLES, ClipFile, from_line, to_line
from tests.waiting import wait_until

CLIPS = Path(__file__).parent.parent / "assets" / "clips"
OPENING = InputId("clip-opening")


class Told:
    def __init__(self) -> None:
        self.events: list[ClipMeasured] = []

    def __call__(self, event: ClipMeasured) -> None:
        self.events.append(event)

    def last(self, name: str) -> ClipMeasured | None:
        return next((event for event in reversed(self.events) if event.input == name), None)


@contextmanager
def looking(wanted: Callable[[], dict[InputId, WantedClip]], program: Sequence[str] = PROGRAM) -> Iterator[Told]:
    told = Told()
    lengths = ClipLengths(wanted, told, look_every=0.05, program=program)
    lengths.start()
    try:
        yield told
    finally:
        lengths.close()


def clip(path: Path, loops: bool = False) -> WantedClip:
    return WantedClip(path, f"assets/{path.name}", loops)


def test_lengths_and_troubles_of_a_days_clips(tmp_path: Path) -> None:
    """Twenty seconds of titles, a loop that has no end, one that was not delivered, one that is no film."""
    (tmp_path / "broken.mp4").write_bytes(b"not a video at all\n" * 50)
    wanted = {
        InputId("broken"): clip(tmp_path / "broken.mp4"),
        InputId("missing"): clip(tmp_path / "missing.mp4"),
        InputId("loop"): clip(CLIPS / "sting.mp4", loops=True),
        OPENING: clip(CLIPS / "opening.mp4"),
    }
    with looking(lambda: wanted) as told:
        wait_until(lambda: {event.input for event in told.events} == set(wanted), lambda: str(told.events))
        opening, loop = told.last(OPENING), told.last("loop")
        broken, missing = told.last("broken"), told.last("missing")
    assert opening is not None
    assert opening.duration is not None
    assert abs(opening.duration - 20_000) < 200
    assert loop == ClipMeasured(InputId("loop"), None, None)
    for said, file in ((broken, "assets/broken.mp4"), (missing, "assets/missing.mp4")):
        assert said is not None
        assert said.trouble is not None
        assert file in said.trouble.ko
        assert file in said.trouble.en
        assert said.duration is None


def test_a_clip_that_is_delivered_while_the_day_runs_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "message.mp4"
    with looking(lambda: {OPENING: clip(path)}) as told:
        wait_until(lambda: told.last(OPENING))
        shutil.copy(CLIPS / "sting.mp4", tmp_path / "part")
        (tmp_path / "part").rename(path)
        wait_until(lambda: (last := told.last(OPENING)) is not None and last.duration is not None)
        assert [event.trouble is None for event in told.events] == [False, True], "told when it changes, and only then"


def test_a_day_that_is_closed_at_once_leaves_nothing_behind() -> None:
    """Its process is ended with it, wherever it is."""
    with looking(lambda: {OPENING: clip(CLIPS / "opening.mp4")}):
        pass


def test_without_clips_no_process_is_started() -> None:
    with looking(dict) as told:
        pass
    assert told.events == []


@pytest.mark.parametrize("trouble", [None, *TROUBLES.values()])
def test_what_was_found_goes_there_and_back(trouble: object) -> None:
    found = ClipFile(None if trouble else Duration(1_234), trouble, trouble is not NO_VLC)  # type: ignore[arg-type]
    assert from_line(to_line(found)) == found


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"duration": 1, "trouble": "x", "known": true}', "null"])
def test_what_is_no_such_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        from_line(line)


FALLS_OVER = """
import os, sys
for file in sys.argv[1:]:
    if "bad" in file:
        os._exit(11)
    print('{"duration": 1000, "trouble": null, "known": true}', flush=True)
"""


def test_a_file_that_ends_the_process_is_the_trouble_and_the_others_are_looked_into(tmp_path: Path) -> None:
    """libvlc falls over one of three: that one is told as not playable, the console and the others live on."""
    (tmp_path / "bad.mp4").write_bytes(b"x")
    wanted = {
        InputId("first"): clip(CLIPS / "sting.mp4"),
        InputId("bad"): clip(tmp_path / "bad.mp4"),
        OPENING: clip(CLIPS / "opening.mp4"),
    }
    with looking(lambda: wanted, program=(sys.executable, "-c", FALLS_OVER)) as told:
        wait_until(lambda: len(told.events) == 3)
    assert [event.input for event in told.events] == list(wanted)
    assert [event.duration for event in told.events] == [1_000, None, 1_000]
    assert told.events[1].trouble == NOT_PLAYABLE.filled(file="assets/bad.mp4", seconds=PARSE_LIMIT)


@pytest.mark.expects_log("cannot be looked into")
def test_a_program_that_cannot_be_started_is_no_trouble_of_the_clips(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with looking(lambda: {OPENING: clip(CLIPS / "opening.mp4")}, program=(str(tmp_path / "none"),)) as told:
        wait_until(lambda: "cannot be looked into" in caplog.text)
    assert told.events == []

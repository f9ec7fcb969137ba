"""Where a clip begins, as a picture: to be seen before it is on air."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio_console.devices.errand import Errand
from studio_console.devices.previews import clip_picture
from tests.obs_rigs import make_clip

SIZE = (320, 180)


def middle(found: tuple[int, int, bytes]) -> tuple[int, ...]:
    """Red, green and blue."""
    width, height, data = found
    at = (height // 2 * width + width // 2) * 4
    return tuple(reversed(data[at : at + 3]))


def film(path: Path, *parts: str) -> Path:
    """Of one colour after another, each ``colour=seconds``."""
    inputs = [
        f"color=c={colour}:s=640x360:r=25:d={seconds}" for colour, _, seconds in (p.partition("=") for p in parts)
    ]
    command = ["ffmpeg", "-v", "error", "-y"]
    for source in inputs:
        command += ["-f", "lavfi", "-i", source]
    joined = "".join(f"[{number}]" for number in range(len(inputs))) + f"concat=n={len(inputs)}[v]"
    command += ["-filter_complex", joined, "-map", "[v]", "-c:v", "libx264", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


def test_a_clip_is_seen_by_its_first_picture(tmp_path: Path) -> None:
    found = clip_picture.ask(Errand(), film(tmp_path / "a.mp4", "red=0.4", "blue=3"), SIZE)
    assert found[:2] == SIZE
    red, green, blue = middle(found)
    assert red > 200
    assert max(green, blue) < 60


def test_one_that_comes_out_of_the_black_is_seen_by_what_comes_out(tmp_path: Path) -> None:
    """Most films begin with a second of black: that would tell nobody which one it is."""
    red, green, blue = middle(clip_picture.ask(Errand(), film(tmp_path / "a.mp4", "black=0.8", "blue=4"), SIZE))
    assert blue > 200
    assert max(red, green) < 60


def test_one_that_stays_black_is_black(tmp_path: Path) -> None:
    assert max(middle(clip_picture.ask(Errand(), film(tmp_path / "a.mp4", "black=5"), SIZE))) < 30


def test_its_shape_is_its_own(tmp_path: Path) -> None:
    """A film of 4:3, in a place for 16:9."""
    clip = make_clip(tmp_path / "clip.mp4", 2)
    tall = tmp_path / "tall.mp4"
    command = ["ffmpeg", "-v", "error", "-i", str(clip), "-vf", "scale=640:480,setsar=1", str(tall)]
    subprocess.run(command, check=True, timeout=60)
    assert clip_picture.ask(Errand(), tall, SIZE)[:2] == (240, 180)


def nothing(path: Path) -> None:
    """It was not delivered."""


def words(path: Path) -> None:
    path.write_text("no film at all\n" * 100)


def sound(path: Path) -> None:
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-f", "mp4", str(path)]
    subprocess.run(command, check=True, timeout=60)


@pytest.mark.parametrize("make", [nothing, words, sound])
def test_what_has_no_picture_says_so(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "a.mp4")
    with pytest.raises(ValueError, match="no picture of a\\.mp4"):
        clip_picture.ask(Errand(), tmp_path / "a.mp4", SIZE)


@pytest.mark.parametrize("said", ["", "7 7\n", "x y\nabcd", "0 0\n", "1 1\nabc", "1 1\nabcde"])
def test_half_a_picture_is_none(said: str, tmp_path: Path) -> None:
    """Its process fell over while it said it."""
    program = (sys.executable, "-c", f"import sys; sys.stdout.write({said!r})")
    with pytest.raises(ValueError, match="no picture"):
        clip_picture.ask(Errand(), tmp_path / "a.mp4", SIZE, program)

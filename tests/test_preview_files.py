"""Slates and backgrounds, read small for what comes: asked for, there a moment later, new when the file is."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from studio_console.devices.previews.files import SMALL, FilePictures
from studio_console.devices.previews.stills import read
from tests.waiting import wait_until

CLIPS = Path(__file__).parent.parent / "assets" / "clips"
RED, BLUE = (200, 30, 20), (20, 40, 220)


def paint(path: Path, colour: tuple[int, ...], size: tuple[int, int] = (1920, 1080), when: int = 1) -> None:
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(path)
    os.utime(path, (when, when))


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilePictures]:
    monkeypatch.setattr("studio_console.devices.previews.files.LOOK_EVERY", 0.02)
    with closing(FilePictures(tmp_path)) as pictures:
        yield pictures


def colour(files: FilePictures, name: str) -> tuple[int, ...] | None:
    picture = files.file_picture(name)
    return tuple(reversed(picture.data[:3])) if picture is not None else None


def test_a_file_that_is_asked_for_is_there_a_moment_later_and_small(files: FilePictures, tmp_path: Path) -> None:
    paint(tmp_path / "slate.png", RED)
    assert files.file_picture("slate.png") is None
    wait_until(lambda: colour(files, "slate.png") == RED)
    picture = files.file_picture("slate.png")
    assert picture is not None
    assert (picture.width, picture.height) == SMALL


def test_a_file_that_is_changed_is_another_picture(files: FilePictures, tmp_path: Path) -> None:
    paint(tmp_path / "slate.png", RED)
    wait_until(lambda: colour(files, "slate.png") == RED)
    before = files.file_picture("slate.png")
    paint(tmp_path / "slate.png", BLUE, when=2)
    wait_until(lambda: colour(files, "slate.png") == BLUE)
    after = files.file_picture("slate.png")
    assert before is not None
    assert after is not None
    assert (after.key, after.sequence) != (before.key, before.sequence)


def test_what_is_missing_broken_or_clear_in_places_is_no_picture(files: FilePictures, tmp_path: Path) -> None:
    """And keeps nobody from the others, nor from itself once it is mended."""
    (tmp_path / "broken.png").write_bytes(b"no picture")
    paint(tmp_path / "clear.png", (*RED, 100))
    paint(tmp_path / "good.png", BLUE)
    for name in ("missing.png", "broken.png", "clear.png", "good.png"):
        files.file_picture(name)
    wait_until(lambda: colour(files, "good.png") == BLUE)
    assert [files.file_picture(name) for name in ("missing.png", "broken.png", "clear.png")] == [None] * 3
    paint(tmp_path / "missing.png", RED)
    wait_until(lambda: colour(files, "missing.png") == RED)


def test_a_clip_is_seen_by_its_first_picture(files: FilePictures, tmp_path: Path) -> None:
    """The titles, delivered while the day runs; beside them one that is only half there."""
    whole = (CLIPS / "opening.mp4").read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 50])
    assert files.file_picture("half.mp4") is None
    assert files.file_picture("opening.mp4") is None
    (tmp_path / "part").write_bytes(whole)
    (tmp_path / "part").rename(tmp_path / "opening.mp4")
    wait_until(lambda: files.file_picture("opening.mp4"))
    picture = files.file_picture("opening.mp4")
    assert picture is not None
    assert (picture.width, picture.height) == SMALL
    assert len(picture.data) == picture.stride * picture.height
    assert files.file_picture("half.mp4") is None


def test_what_nobody_asks_for_any_more_is_forgotten_and_read_again_when_it_is_wanted(
    files: FilePictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day goes through many slates and clips: memory for all of them would be taken until the evening."""
    paint(tmp_path / "slate.png", RED)
    paint(tmp_path / "next.png", BLUE)
    reads: Counter[str] = Counter()

    def counted(path: Path, largest: tuple[int, int]) -> tuple[int, int, bytes]:
        reads[path.name] += 1
        return read(path, largest)

    monkeypatch.setattr("studio_console.devices.previews.files.read", counted)
    wait_until(lambda: colour(files, "slate.png") == RED)
    monkeypatch.setattr("studio_console.devices.previews.files.ASKED_FOR", 0.1)
    turns = 0

    def read_again() -> bool:
        """The other file is asked for all the while, this one now and then."""
        nonlocal turns
        turns += 1
        files.file_picture("next.png")
        if turns % 40 == 0:
            files.file_picture("slate.png")
        return reads["slate.png"] > 1

    wait_until(read_again)
    wait_until(lambda: colour(files, "slate.png") == RED)
    assert colour(files, "next.png") == BLUE
    assert reads["next.png"] == 1


def test_nothing_is_read_before_something_is_asked_for_or_after_the_end(tmp_path: Path) -> None:
    pictures = FilePictures(tmp_path)
    pictures.close()
    paint(tmp_path / "slate.png", RED)
    assert pictures.file_picture("slate.png") is None
    pictures.close()

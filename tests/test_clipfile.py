"""Clip files are opened by the real libvlc before air."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio_console.devices.clipfile import NO_FILE, NOT_PLAYABLE, ClipProbe

CLIPS = Path(__file__).parent.parent / "assets" / "clips"


@pytest.fixture(scope="module")
def probe() -> Iterator[ClipProbe]:
    made = ClipProbe()
    yield made
    made.close()


def test_a_good_clip_tells_its_length(probe: ClipProbe) -> None:
    """The opening title is twenty seconds long, as its cue says."""
    found = probe.look_into(CLIPS / "opening.mp4")
    assert found.trouble is None
    assert found.duration is not None
    assert abs(found.duration - 20_000) < 200


def test_a_missing_clip_is_said(probe: ClipProbe, tmp_path: Path) -> None:
    """The message has not been delivered yet."""
    assert probe.look_into(tmp_path / "message.mp4").trouble is NO_FILE


@pytest.mark.parametrize("body", [b"", b"not a video at all\n" * 50])
def test_a_file_that_is_no_video_is_said(probe: ClipProbe, tmp_path: Path, body: bytes) -> None:
    """Somebody renamed a document to .mp4, or the copy stopped at the first byte."""
    (tmp_path / "broken.mp4").write_bytes(body)
    assert probe.look_into(tmp_path / "broken.mp4").trouble is NOT_PLAYABLE


def test_a_clip_cut_off_in_the_middle_is_said(probe: ClipProbe, tmp_path: Path) -> None:
    """The stick was pulled out while the file was being copied."""
    whole = (CLIPS / "opening.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[:2000])
    assert probe.look_into(tmp_path / "cut.mp4").trouble is not None

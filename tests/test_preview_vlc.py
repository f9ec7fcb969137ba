"""What the VLC at hand can open is told by its modules, and the shape of a picture by what VLC says too early."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio_console.devices.previews import reasons, vlc
from studio_console.devices.previews.fitting import COMMON, PADDING, fits, fitted, guess
from studio_console.devices.previews.vlc import Missing, Playable, can_play

LARGEST = (640, 360)


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the VLC at hand is made to have."""
    present: set[str] = {"filesystem", "udp", "http", "avio", "tcp", "live555", "access_srt"}
    monkeypatch.setattr(vlc, "modules", lambda: frozenset(present))
    return present


def test_this_machines_vlc_has_modules_and_plays_what_they_are_for() -> None:
    """The real one, found beside the library that was loaded."""
    assert {"filesystem", "udp", "http", "ts"} <= vlc.modules()
    for scheme in ("file", "udp", "http", "UDP"):
        assert can_play(scheme) == Playable()
    assert int(vlc.version().split(".")[0]) >= 3


@pytest.mark.parametrize(
    ("module", "scheme", "reason"),
    [
        ("access_srt", "srt", reasons.NO_SRT),
        ("live555", "rtsp", reasons.NO_RTSP),
        ("avio", "rtmp", reasons.NO_MODULE),
        ("tcp", "tcp", reasons.NO_MODULE),
    ],
)
def test_a_module_that_is_missing_is_said_with_what_helps(
    modules: set[str], module: str, scheme: str, reason: str
) -> None:
    assert can_play(scheme) == Playable()
    modules.remove(module)
    assert can_play(scheme) == Missing(reason)


def test_where_no_module_is_found_vlc_is_left_to_try(modules: set[str]) -> None:
    modules.clear()
    assert can_play("srt") == Playable()


@pytest.mark.parametrize("scheme", ["ndi", "webrtc", "whep"])
def test_what_no_vlc_receives_is_for_obs(scheme: str) -> None:
    assert can_play(scheme) == Missing(reasons.THROUGH_OBS)


def test_modules_are_found_where_vlc_is_told_to_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``lib…_plugin.so`` and ``….dll``, in folders by kind."""
    (tmp_path / "access").mkdir()
    for name in ("libmade_up_plugin.so", "libanother_plugin.dll", "readme.txt"):
        (tmp_path / "access" / name).write_bytes(b"")
    monkeypatch.setenv("VLC_PLUGIN_PATH", str(tmp_path))
    assert {"made_up", "another"} <= vlc.modules.__wrapped__()


@pytest.mark.parametrize("failure", ["OSError", "NameError", "SystemExit(1)", "NotImplementedError"])
def test_a_library_that_does_not_load_is_said(failure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """python-vlc fails while it is imported, on every system in its own way."""
    (tmp_path / "vlc.py").write_text(f"raise {failure}")
    monkeypatch.delitem(sys.modules, "vlc", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(vlc.NoVlc) as caught:
        vlc.load.__wrapped__()
    assert caught.value.code == reasons.NO_VLC


# --- shapes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("padded", "size"),
    [((1920, 1090), (640, 360)), ((640, 386), (640, 360)), ((1280, 738), (640, 360)), ((1088, 1922), (202, 360))],
)
def test_common_shapes_are_guessed_through_the_padding(padded: tuple[int, int], size: tuple[int, int]) -> None:
    """As VLC named them for pictures of 1920x1080, 638x358, 1280x720 and 1080x1920."""
    assert fitted(guess(*padded), padded[1], *LARGEST) == pytest.approx(size, abs=1)


def test_what_was_seen_before_is_likelier_than_what_is_common() -> None:
    assert guess(1920, 1090, [1.75]) == 1.75
    assert guess(1920, 1090, [1.2]) == 16 / 9


@given(st.integers(16, 4096), st.integers(16, 4096), st.integers(0, PADDING[0]), st.integers(0, PADDING[1]))
def test_a_guess_is_possible_and_its_picture_fits(width: int, height: int, right: int, below: int) -> None:
    """Nothing is ever written beyond its place, whatever a stream says of itself."""
    assert fits(width, height, width + right, height + below)
    aspect = guess(width + right, height + below)
    assert aspect in COMMON or aspect == (width + right) / (height + below)
    fitted_width, fitted_height = fitted(aspect, height + below, *LARGEST)
    assert 1 <= fitted_width <= LARGEST[0]
    assert 1 <= fitted_height <= LARGEST[1]


@given(st.floats(1e-6, 1e6), st.integers(1, 100_000))
def test_even_a_shape_that_is_none_fits(aspect: float, height: int) -> None:
    width, fitted_height = fitted(aspect, height, *LARGEST)
    assert 1 <= width <= LARGEST[0]
    assert 1 <= fitted_height <= LARGEST[1]


def test_a_small_picture_is_not_enlarged() -> None:
    assert fitted(16 / 9, 90, *LARGEST) == (160, 90)

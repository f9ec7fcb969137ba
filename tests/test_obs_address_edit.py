"""The address of an OBS is changed in ``studio.yaml``, and nothing else there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from studio_console.core.problems import UserError
from studio_console.files.load import load
from studio_console.files.obs_address_edit import with_obs_address, write_obs_address
from tests.small_event import write_small_event

FRESH = "ws://10.0.0.7:4460"


def test_one_value_is_replaced_and_every_other_sign_stays(tmp_path: Path) -> None:
    """Comments, order and spacing are somebody's work."""
    folder = write_small_event(tmp_path)
    path = folder / "layouts" / "studio.yaml"
    before = path.read_text("utf-8")
    write_obs_address(folder, "wall", FRESH)
    assert path.read_text("utf-8") == before.replace("ws://127.0.0.1:4456", FRESH)
    studio = load(folder).studio
    assert studio is not None
    assert [surface.obs_url for surface in studio.surfaces.values()] == ["ws://127.0.0.1:4455", FRESH]
    assert [path.name for path in (folder / "layouts").iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("written", ["ws://127.0.0.1:4455", "'ws://127.0.0.1:4455'", '"ws://127.0.0.1:4455"'])
def test_however_it_was_written(written: str, end: str, mark: bytes) -> None:
    """Hangul and emoji stand before it, a comment behind it; the file was saved on Windows."""
    lines = [
        "# 🎬 홀의 화면",
        "surfaces:",
        "  program:",
        "    title: {ko: 송출 🎥, en: x}",
        "    obs: {obs}  # 메인",
        "x: 1",
    ]
    text = end.join(lines)
    data = mark + text.replace("{obs}", written).encode()
    assert with_obs_address(data, "program", FRESH) == mark + text.replace("{obs}", f'"{FRESH}"').encode()


@pytest.mark.parametrize(
    "text",
    [
        "surfaces: {wall: {obs: x}}",
        "surfaces: {program: {title: x}}",
        "surfaces: [program]",
        "x: [",
        "",
        "surfaces:\n  program:\n    obs: |\n      x\n",
    ],
)
def test_where_there_is_no_such_value_nothing_is_changed(text: str) -> None:
    with pytest.raises(UserError, match="No obs value"):
        with_obs_address(text.encode(), "program", FRESH)


def test_rights_and_links_are_kept(tmp_path: Path) -> None:
    """The file is one that the whole crew may write, and is linked into the event from elsewhere."""
    folder = write_small_event(tmp_path / "event")
    path = folder / "layouts" / "studio.yaml"
    real = tmp_path / "hall.yaml"
    path.rename(real)
    real.chmod(0o664)
    path.symlink_to(real)
    write_obs_address(folder, "program", FRESH)
    assert path.is_symlink()
    assert FRESH in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o664


def test_where_it_cannot_be_written_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_small_event(tmp_path)
    before = (folder / "layouts" / "studio.yaml").read_bytes()

    def refused(path: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(UserError, match="Permission denied"):
        write_obs_address(folder, "program", FRESH)
    assert (folder / "layouts" / "studio.yaml").read_bytes() == before
    assert sorted(path.name for path in (folder / "layouts").iterdir()) == ["all.yaml", "studio.yaml"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_obs_address(tmp_path, "program", FRESH)

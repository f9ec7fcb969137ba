"""A machine without any font: Korean is letters there and not boxes, and so is every sign that the console says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studio_console.gui import fonts
from tests.sources import REPOSITORY
from tests.waiting import PATIENCE

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig is for Linux")

NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>"""


def bare(folder: Path, *fonts_in: Path) -> dict[str, Any]:
    """What is drawn where fontconfig knows no fonts."""
    config = folder / "fonts.conf"
    config.write_text(NO_FONTS.format(cache=folder / "cache"), "utf-8")
    environment = {**os.environ, "FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "tests.bare_fonts", *map(str, fonts_in)]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_hangul_is_drawn_and_not_boxes(tmp_path: Path) -> None:
    """Two boxes look alike, two letters do not; bold is bolder, and figures keep their width."""
    found = bare(tmp_path)
    assert found["missing"] is False
    assert found["family"] == fonts.KOREAN
    assert set(found["styles"]) == {"Regular", "Bold"}
    looks = list(found["drawn"].values())
    assert len(set(looks)) == len(looks), found["drawn"]
    assert found["bold"] != found["drawn"]["한"]
    assert len(found["digits"]) == 1


def test_every_sign_that_the_console_says_is_in_the_shipped_fonts(tmp_path: Path) -> None:
    """Ticks, crosses, arrows, accents of city names: a new one that is in none of the files is noticed here."""
    assert bare(tmp_path)["unsaid"] == []


def test_without_the_files_it_is_said(tmp_path: Path) -> None:
    assert bare(tmp_path, tmp_path)["missing"] is True


def test_the_fonts_come_with_their_licences_and_are_small() -> None:
    folder = fonts.FOLDERS[0]
    assert folder == REPOSITORY / "assets" / "fonts"
    assert {path.name for path in folder.iterdir()} == {
        *fonts.FILES,
        "NanumSquare-LICENSE.txt",
        "DejaVuSans-LICENSE.txt",
    }
    assert "SIL OPEN FONT LICENSE" in (folder / "NanumSquare-LICENSE.txt").read_text("utf-8")
    assert "Bitstream" in (folder / "DejaVuSans-LICENSE.txt").read_text("utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 3_500_000


def test_an_installed_package_has_them_too() -> None:
    """The packaging names the folder that is looked into where there is no checkout."""
    assert '"share/studio-console/fonts" = ["assets/fonts/*"]' in (REPOSITORY / "pyproject.toml").read_text("utf-8")
    assert fonts.FOLDERS[1].parts[-3:] == ("share", "studio-console", "fonts")

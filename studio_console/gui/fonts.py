"""The letters that are shipped, for a machine that has none for Korean: NanumSquare, and DejaVu Sans for the signs."""

from __future__ import annotations

import sysconfig
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QFontDatabase

KOREAN = "NanumSquare"
SIGNS = "DejaVu Sans"
"""Has the ticks, crosses and arrows that a machine without fonts would show as boxes."""
FILES = ("NanumSquareR.ttf", "NanumSquareB.ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
FOLDERS = (
    Path(__file__).parents[2] / "assets" / "fonts",
    Path(sysconfig.get_path("data")) / "share" / "studio-console" / "fonts",
)
"""Of a checkout, and where an installed package has them."""


def has_korean() -> bool:
    """Whether any font that Qt knows has Korean letters."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.Korean))


def see_to_korean(folders: Sequence[Path] = FOLDERS) -> bool:
    """Gives Qt the shipped letters where the system has no Korean ones; whether there are some now.

    Where there are, those of the system stay: people know them, and reading four files takes time that a start lacks.
    """
    if has_korean():
        return True
    for name in FILES:
        found = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if found is not None:
            QFontDatabase.addApplicationFont(str(found))
    return has_korean()

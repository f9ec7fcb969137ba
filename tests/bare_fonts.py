"""Draws on a machine without fonts, for ``test_fonts.py``: tells as JSON what the letters look like there.

``python -m tests.bare_fonts FOLDER…``: where to look for the shipped fonts; without, where the console does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QFontDatabase, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication, QLabel

from studio_console.gui import fonts, theme
from studio_console.gui.application import create_application
from tests.sources import REPOSITORY


def said() -> set[str]:
    """Every sign above ASCII in what the console says and in the sample event, Hangul aside."""
    files = [*(REPOSITORY / "studio_console").rglob("*.py"), *(REPOSITORY / "rundown").glob("*.yaml")]
    files += (REPOSITORY / "layouts").glob("*.yaml")
    words = "".join(path.read_text("utf-8") for path in files)
    return {sign for sign in words if sign > "~" and sign.isprintable() and not "가" <= sign <= "힣"}


def picture(words: str, bold: bool) -> str:
    """What a label with these words looks like, as a number that another look has not."""
    label = QLabel(words)
    label.setFont(theme.sized(theme.plain_font(40), 1.0, bold))
    grabbed = label.grab().toImage()
    data = QByteArray()
    buffer = QBuffer(data)
    grabbed.save(buffer, "PNG")  # type: ignore[call-overload]
    return str(hash(bytes(data.data())))


def advance(font: QRawFont, sign: str) -> float:
    return font.advancesForGlyphIndexes(font.glyphIndexesForString(sign))[0].x()


def main() -> None:
    folders = [Path(word) for word in sys.argv[1:]]
    app = QApplication(["studio-console"]) if folders else create_application(["studio-console"])
    if folders:
        fonts.see_to_korean(folders)
    raw = [QRawFont(str(REPOSITORY / "assets" / "fonts" / name), 16) for name in fonts.FILES]
    font = theme.plain_font(40)
    report = {
        "missing": theme.korean_is_missing(),
        "family": QFontInfo(font).family(),
        "styles": QFontDatabase.styles(fonts.KOREAN),
        "drawn": {words: picture(words, bold=False) for words in ("한", "글", "ㅅ", "ㅇ", "✓", "✕", "▲", "◷", "é")},
        "bold": picture("한", bold=True),
        "unsaid": sorted(sign for sign in said() if not any(each.supportsCharacter(ord(sign)) for each in raw)),
        "digits": sorted({advance(raw[0], digit) for digit in "0123456789"}),
    }
    print(json.dumps(report))
    del app


if __name__ == "__main__":
    main()

"""Colours, fonts and sizes of every window. Readable in a dark room at three metres, in Korean and in English."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from studio_console.core.text import Text
from studio_console.gui import fonts


class Shade(QColor):
    """A colour that can be a key and a default."""

    def __hash__(self) -> int:
        return hash(self.rgba())


GROUND = Shade("#0e1013")
PANEL = Shade("#171a1f")
RAISED = Shade("#20252c")
LINE = Shade("#2c333c")
TEXT = Shade("#e7e9ec")
QUIET = Shade("#9aa3ad")
DIM = Shade("#7d8690")
RED = Shade("#ff6466")
"""On air, as words and frames. A little lighter than a pure signal red, so that small words on dark red are legible."""
RED_GROUND = Shade("#3a1416")
RED_SOLID = Shade("#b5181d")
GREEN = Shade("#45c46b")
GREEN_GROUND = Shade("#12301d")
GREEN_SOLID = Shade("#1a7a3b")
AMBER = Shade("#ffb454")
AMBER_GROUND = Shade("#4a3510")
BLUE = Shade("#a9c7ff")
BLUE_GROUND = Shade("#1d2c47")
WHITE = Shade("#ffffff")
BLACK = Shade("#000000")
"""Behind the speaker's timer: on a stage nothing else is to shine."""

SCROLL_BAR = f"""
QScrollBar:vertical {{ background: {PANEL.name()}; width: 10px; margin: 0; border: none; }}
QScrollBar::handle:vertical {{ background: #3d4651; min-height: 32px; border-radius: 4px; margin: 1px 2px; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: none; }}
"""
"""Thin, without arrows: it says where one is, and is seldom used."""

LEGIBLE: tuple[tuple[QColor, QColor], ...] = (
    *((colour, ground) for colour in (TEXT, QUIET, DIM) for ground in (GROUND, PANEL)),
    *((colour, ground) for colour in (RED, GREEN, AMBER, BLUE) for ground in (GROUND, PANEL, RAISED)),
    *((colour, RED_GROUND) for colour in (TEXT, QUIET, RED, AMBER, WHITE)),
    *((colour, GREEN_GROUND) for colour in (TEXT, QUIET, GREEN, AMBER)),
    *((colour, AMBER_GROUND) for colour in (TEXT, AMBER)),
    *((colour, BLUE_GROUND) for colour in (TEXT, BLUE)),
    (WHITE, RED_SOLID),
    (WHITE, GREEN_SOLID),
    (QUIET, RAISED),
    (TEXT, RAISED),
)
"""Every pair of a letter's colour and what it may stand on; a test holds each to WCAG AA."""

KOREAN_FAMILIES = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Pretendard",
    "NanumGothic",
    fonts.KOREAN,
)

NO_KOREAN = Text(
    "한글이 네모로 보입니다. 글꼴(assets/fonts)을 읽지 못했습니다. 다시 설치하거나 fonts-noto-cjk를 설치하세요",
    "Korean shows as boxes: the fonts in assets/fonts could not be read. Install again, or install fonts-noto-cjk",
)


def family(installed: list[str] | None = None) -> str:
    """The font family for everything: the first of our choice that is installed, else any with Korean letters."""
    korean = QFontDatabase.families(QFontDatabase.WritingSystem.Korean) if installed is None else installed
    chosen = next((name for name in KOREAN_FAMILIES if name in korean), None)
    return chosen or (korean[0] if korean else "sans-serif")


def korean_is_missing() -> bool:
    """Whether neither the system nor what is shipped has Korean letters."""
    return not fonts.has_korean()


def base_pixels(window: QSize) -> int:
    """The height of plain text in px for a window of this size; every other size follows from it."""
    share = min(window.width() / 1920, window.height() / 1080)
    # Below full HD the letters shrink less than the window: at three metres they have to stay legible.
    return max(12, min(36, round(16 * (share**0.6 if share < 1 else share))))


def sized(base: QFont, factor: float, bold: bool = False) -> QFont:
    """``base`` at ``factor`` times its size."""
    font = QFont(base)
    font.setPixelSize(max(8, round(base.pixelSize() * factor)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def plain_font(pixels: int) -> QFont:
    """Plain text. Figures are tabular, so that a running clock does not tremble."""
    name = family()
    font = QFont(name)
    if name == fonts.KOREAN:
        # It has no ticks and crosses, and a machine without Korean letters may have no others either.
        font.setFamilies([name, fonts.SIGNS])
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def give_letters(window: QWidget) -> None:
    """Letters as large as ``window`` has room for; everything else follows from them.

    Qt does not hand them on to what has a style sheet of its own, which stayed as small as on a laptop.
    """
    font = plain_font(base_pixels(window.size()))
    if (window.font().pixelSize(), window.font().family()) == (font.pixelSize(), font.family()):
        return
    window.setFont(font)
    for child in window.findChildren(QWidget):
        if child.styleSheet() and isinstance(child, QLineEdit | QAbstractItemView):
            child.setFont(font)


def apply(app: QApplication) -> None:
    """Gives the application the console's look."""
    app.setStyle("Fusion")
    fonts.see_to_korean()
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, GROUND),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Base, PANEL),
        (QPalette.ColorRole.AlternateBase, RAISED),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.Button, RAISED),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.ToolTipBase, RAISED),
        (QPalette.ColorRole.ToolTipText, TEXT),
        (QPalette.ColorRole.PlaceholderText, QUIET),
        (QPalette.ColorRole.Highlight, BLUE_GROUND),
        (QPalette.ColorRole.HighlightedText, TEXT),
        (QPalette.ColorRole.Link, BLUE),
        (QPalette.ColorRole.Light, LINE),
        (QPalette.ColorRole.Mid, LINE),
        (QPalette.ColorRole.Dark, GROUND),
        (QPalette.ColorRole.Shadow, GROUND),
    ):
        palette.setColor(role, colour)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, DIM)
    app.setPalette(palette)
    app.setFont(plain_font(14))

"""What a panel of the desk is. The desk's own are listed in ``Desk._panels``; where they stand: ``start_layouts``."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from studio_console.core.text import Text
from studio_console.gui.keys import Act

PICTURES, CUES, TODAY, SOUND, OUTPUTS = "pictures", "cues", "today", "interpretation", "outputs"


@dataclass(frozen=True, slots=True)
class Panel:
    """Moving, floating, closing, saving and the key come with it. A widget that hides itself hides its panel."""

    id: str
    """Under which its place is saved: never another panel's."""
    title: Text
    act: Act
    """Closes it and brings it back."""
    widget: QWidget
    behind: str = TODAY
    """Behind which panel it stands, as a tab, where no start layout places it."""

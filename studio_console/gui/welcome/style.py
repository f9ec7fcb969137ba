"""How the fields and buttons of the first window look: the house's colours, and a focus that can be seen."""

from __future__ import annotations

from studio_console.gui import theme

STYLE = f"""
QLineEdit, QListWidget, QScrollArea {{
  background: {theme.PANEL.name()}; color: {theme.TEXT.name()};
  border: 2px solid {theme.LINE.name()}; border-radius: 5px;
}}
QLineEdit {{ padding: 3px 7px; }}
QLineEdit:focus, QListWidget:focus, QScrollArea:focus {{ border-color: {theme.BLUE.name()}; }}
QDateEdit, QTimeEdit, QSpinBox, QComboBox {{ min-height: 1.3em; }}
QLineEdit:disabled {{ color: {theme.DIM.name()}; }}
QListWidget {{ padding: 3px; outline: none; }}
QListWidget::item {{ padding: 5px 7px; border-radius: 4px; }}
QListWidget::item:selected {{ background: {theme.BLUE_GROUND.name()}; color: {theme.TEXT.name()}; }}
QPushButton {{
  background: {theme.RAISED.name()}; color: {theme.TEXT.name()};
  border: 2px solid {theme.LINE.name()}; border-radius: 5px; padding: 5px 12px;
}}
QPushButton:hover {{ background: {theme.LINE.name()}; }}
QPushButton:focus {{ border-color: {theme.BLUE.name()}; }}
QPushButton:disabled {{ color: {theme.DIM.name()}; background: {theme.GROUND.name()}; }}
QPushButton[main="go"] {{ background: {theme.GREEN_SOLID.name()}; color: {theme.WHITE.name()}; font-weight: bold; }}
QPushButton[main="air"] {{ background: {theme.RED_SOLID.name()}; color: {theme.WHITE.name()}; font-weight: bold; }}
QPushButton[main="go"]:focus, QPushButton[main="air"]:focus {{ border-color: {theme.WHITE.name()}; }}
QPushButton[main]:disabled {{ background: {theme.RAISED.name()}; color: {theme.QUIET.name()}; }}
{theme.SCROLL_BAR}
"""

"""A guest's stream from its sender to the window: real VLC in a real worker, and the px of the tile."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio_console.core.reports import Signal
from studio_console.core.rundown import StreamPreview
from studio_console.core.units import PersonId
from studio_console.devices.previews import vlc
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from tests.gui_guests import with_guests
from tests.gui_story import SEOUL, small_event, small_service, small_studio
from tests.preview_watch import GONE, previews
from tests.streams import Sender, Way, plain, require_ffmpeg
from tests.waiting import PATIENCE

LONDON = PersonId("london")
GREEN = QColor(0x20, 0x90, 0x20)
NEAR = 14
"""Steps of 255 by which encoding may change a colour."""


@pytest.mark.expects_log(r"^preview worker \d+ (ended|hangs)")
def test_a_stream_is_seen_in_its_tile_and_dimmed_when_its_sender_is_gone(qtbot: QtBot) -> None:
    require_ffmpeg()
    try:
        vlc.version()
    except vlc.NoVlc as missing:
        pytest.skip(f"needs VLC: {missing.code}")
    service = small_service("22:00")
    with_guests(service, small_event(), small_studio())
    with Sender(Way.UDP, plain(0x209020)) as sender, previews() as (wall, reports):
        source = {LONDON: StreamPreview(sender.url)}
        desk = Desk(service, small_event(), small_studio(), SEOUL, "en", True, (), wall, lambda *_: source)
        qtbot.addWidget(desk, before_close_func=lambda _: desk.end())
        desk.resize(1366, 768)
        desk.show()
        desk.perform(Act.GUESTS)
        told = 0

        def shows(wanted: QColor, signals: frozenset[Signal]) -> bool:
            """What the wall said since is told to the show, as the engine does."""
            nonlocal told
            news = reports.events[told:]
            told += len(news)
            service.happen(*news)
            desk.tick()
            tile = desk.guests.wall.tile(LONDON)
            if tile is None or tile.words is None or tile.words.signal not in signals:
                return False
            middle = tile.image_rect().center().toPoint()
            # The word of the state is in the middle of a dimmed one.
            seen = tile.grab().toImage().pixelColor(middle.x(), round(tile.image_rect().top()) + 6)
            parts = zip(seen.getRgb()[:3], wanted.getRgb()[:3], strict=True)  # type: ignore[index]
            return all(abs(one - other) <= NEAR for one, other in parts)

        wait = round(PATIENCE * 1000)
        qtbot.waitUntil(lambda: shows(GREEN, frozenset({Signal.LIVE})), timeout=wait)
        sender.kill()
        dimmed = QColor(*(round(part * 90 / 255) for part in GREEN.getRgb()[:3]))  # type: ignore[index]
        qtbot.waitUntil(lambda: shows(dimmed, GONE), timeout=wait)
        desk.end()

"""Draws the stage manager's window, to look at: ``python -m tests.stage_screens [FOLDER]``.

Every scene in Korean and in English, at 1366x768 and at 1920x1080.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.screens import MAYORS, SIZES, mixed, settle  # isort: skip - it chooses where Qt draws

from PySide6.QtCore import Qt

from studio_console.core.hall import Visitor
from studio_console.core.presses import StandbyCalled
from studio_console.core.show import next_cue
from studio_console.core.stage import SpeakerMark, SpeakerMarked, StageNoteWritten
from studio_console.core.text import LANGUAGES
from studio_console.core.units import PersonId, PressId
from studio_console.gui.application import create_application
from studio_console.gui.stage.window import StageWindow
from tests.gui_guests import sample_guests
from tests.gui_stage import FakeLedger
from tests.gui_story import FakeService, sample_event


def at_the_stage(service: FakeService, ledger: FakeLedger) -> None:
    """A standby of the TD not heard yet, one speaker at standby, a note, and a hall that is nearly full."""
    following = next_cue(service.show)
    assert following is not None
    ledger.fill(44)
    door = (
        (Visitor("서울 시장", "서울시", "a", 364, True, PersonId("mayor-seoul")), ""),
        (Visitor("기자 3", "방송", "b", 378, True), "당직의"),
        (Visitor("기자 4", "방송", "b", None, True), "당직의"),
    )
    for visitor, allowed in door:
        ledger.enter(visitor, "stage manager", lambda _: None, allowed)
    press = PressId("at the stage")
    jakarta = next(cue for cue in service.show.plan.cues if cue.speakers == (PersonId("jakarta"),))
    service.happen(
        StandbyCalled(following.id),
        SpeakerMarked(following.id, following.speakers, SpeakerMark.CHECKED, True, "stage manager", press),
        SpeakerMarked(jakarta.id, jakarta.speakers, SpeakerMark.STANDBY, True, "stage manager", press),
        StageNoteWritten("통역 부스 2분", "technical director", press),
    )


def no_form(window: StageWindow) -> None: ...


def coming_in(window: StageWindow) -> None:
    window.hall.open(out=False)
    window.hall.name.setText("ㅅ")


def refused(window: StageWindow) -> None:
    """Somebody with a fever at the door."""
    window.hall.open(out=False)
    window.hall.name.setText("기자 5")
    window.hall.name.entered.emit()
    window.hall.temperature.setText("37.9")
    window.hall.temperature.entered.emit()


def going_out(window: StageWindow) -> None:
    window.hall.open(out=True)
    window.hall.name.setText("기자")


def taking_back(window: StageWindow) -> None:
    """Two of the press went out, one of them by mistake."""
    for _ in range(2):
        going_out(window)
        window.hall.name.entered.emit()
    window.hall.name.pressed.emit(Qt.Key.Key_F7)


def put_right(window: StageWindow) -> None:
    """A fever that was mistyped: who allows them to stay?"""
    going_out(window)
    window.hall.name.pressed.emit(Qt.Key.Key_F6)
    window.hall.temperature.setText("38.1")
    window.hall.temperature.entered.emit()


STAGES: dict[str, Callable[[StageWindow], None]] = {
    "plain": no_form,
    "coming-in": coming_in,
    "refused": refused,
    "going-out": going_out,
    "put-right": put_right,
    "taking-back": taking_back,
}


def main() -> None:
    """During the mayors' meeting."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")
    folder.mkdir(parents=True, exist_ok=True)
    app = create_application(sys.argv[:1])
    event, studio = sample_event()
    service, guests = sample_guests(event, studio, MAYORS)
    mixed(service, guests, "M12")
    ledger = FakeLedger(service, studio)
    at_the_stage(service, ledger)
    window = StageWindow(service, event, studio, ZoneInfo(event.time_zone), "ko", True, ledger)
    for size in SIZES:
        window.resize(size)
        window.show()
        for language in LANGUAGES:
            window.set_language(language)
            for name, arrange in STAGES.items():
                settle(app)
                arrange(window)
                settle(app)
                window.tick()
                window.grab().save(str(folder / f"stage-{name}-{size.width()}-{language}.png"))
                window.hall.close_form()
    window.hide()
    window.end()
    window.deleteLater()
    settle(app)


if __name__ == "__main__":
    main()

"""Draws the desk with the sample event running, to look at: ``python -m tests.screens [FOLDER] [WORD]``.

Every scene in Korean and in English, at 1366x768 and at 1920x1080; with WORD those alone whose name has it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QApplication

from studio_console.core.events import (
    Check,
    GoPressed,
    GuestChecked,
    HoldPressed,
    SceneArranged,
    SceneSeen,
    Seen,
    Signal,
    SkipSet,
    StandbyCalled,
    StandbyMoved,
    StudioModeSeen,
    TimeAdded,
    Verdict,
)
from studio_console.core.problems import Place, Problem, Severity
from studio_console.core.rundown import Event
from studio_console.core.show import next_cue
from studio_console.core.studio import Studio
from studio_console.core.text import LANGUAGES, Text
from studio_console.core.units import MINUTE, PersonId, PressId, SceneName, SurfaceId
from studio_console.gui.application import create_application
from studio_console.gui.desk import Desk
from studio_console.gui.keys import Act
from tests.gui_guests import FakePreviews, check_all, drawn, sample_guests, seen
from tests.gui_story import FakeService, sample_event, sample_service

SIZES = (QSize(1366, 768), QSize(1920, 1080))
MAYORS = 1
PROBLEMS = (
    Problem(
        Place("rundown/day-2.yaml", 118, 17),
        "unknown-person",
        Severity.ERROR,
        Text("‘{name}’이라는 사람이 없습니다", "there is no person ‘{name}’"),
        Text("‘london’을 뜻했습니까?", "did you mean ‘london’?"),
        {"name": "londno"},
    ),
    Problem(
        Place("rundown/day-2.yaml", 203, 5),
        "assumed",
        Severity.WARNING,
        Text("끝나는 시각은 추정입니다", "the end is assumed"),
    ),
)


def run_to(service: FakeService, number: str, late: str = "0:12") -> None:
    """Takes cue after cue at its planned time and a little later, until ``number`` is on air."""
    while True:
        cue = next_cue(service.show)
        assert cue is not None
        place = service.show.plan.place(cue.id)
        assert place is not None
        service.clock.set(service.show.plan.start[place])
        service.wait(late)
        service.happen(StandbyCalled(cue.id))
        service.go(cue.id)
        if cue.number == number:
            return


def before(service: FakeService) -> None:
    """A minute before the day begins."""
    service.clock.set(min(service.show.plan.start))
    service.clock.set(type(service.clock.now())(service.clock.now() - 61_000))


def running(service: FakeService) -> None:
    """A city's case, late, the next one called."""
    run_to(service, "M12", "1:12")
    service.wait("1:48")
    following = next_cue(service.show)
    assert following is not None
    service.happen(StandbyCalled(following.id))


def troubled(service: FakeService) -> None:
    """Overtime, the wall lost, studio mode on, a hand in OBS."""
    run_to(service, "M12", "1:12")
    service.wait("6:31")
    program, wall = (SurfaceId(name) for name in ("program", "wall"))
    service.lose(wall, Text("OBS가 연결을 닫았습니다. 다시 연결하는 중", "OBS closed the connection; trying again"))
    service.happen(StudioModeSeen(program, True))
    service.happen(SceneSeen(program, SceneName("Scene 2"), Seen.TRANSITION_STARTED))


def held(service: FakeService) -> None:
    """The discussion of sixteen, on hold, shortly before its end."""
    run_to(service, "M20", "0:20")
    service.wait("2:10")
    service.happen(HoldPressed(PressId("hold")))
    service.wait("0:20")


def taking(service: FakeService) -> None:
    """GO pressed, OBS has not answered."""
    run_to(service, "M12", "0:05")
    service.wait("5:12")
    following = next_cue(service.show)
    assert following is not None
    service.happen(GoPressed(following.id, PressId("taking")))


def roll_call(service: FakeService) -> None:
    """Forty-two cities at once, the standby put elsewhere by hand, a cue skipped, time added."""
    run_to(service, "M5", "0:05")
    service.wait("0:12")
    cues = {cue.number: cue.id for cue in service.show.plan.cues}
    service.happen(SkipSet(cues["M8"], True), TimeAdded(cues["M7"], MINUTE), StandbyMoved(cues["M7"]))


SCENES: dict[str, Callable[[FakeService], None]] = {
    "before": before,
    "running": running,
    "troubled": troubled,
    "held": held,
    "roll-call": roll_call,
    "taking": taking,
}


def mixed(service: FakeService, guests: tuple[PersonId, ...], number: str = "M12") -> None:
    """Guests in every state, some of them checked."""
    run_to(service, number, "1:12")
    seen(service, Signal.FROZEN, guests[3], ago=7000)
    seen(service, Signal.BLACK, guests[5], ago=64_000)
    seen(service, Signal.LOST, guests[9], ago=12_000)
    seen(service, Signal.CONNECTING, guests[14], ago=3000)
    seen(service, Signal.SILENT, guests[17], ago=15_000)
    jakarta = PersonId("jakarta")
    for guest in (jakarta, guests[1], guests[20]):
        check_all(service, guest)
    service.happen(
        GuestChecked(guests[1], Check.LIGHT, Verdict.BAD, "technical director"),
        GuestChecked(guests[20], Check.SOUND, None, "technical director"),
    )
    service.wait("0:35")


def plain(desk: Desk, guests: tuple[PersonId, ...]) -> None: ...


def chosen(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.guests.select(PersonId("jakarta"))


def wide(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.perform(Act.SIDE)


def large(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.guests.select(guests[0])
    desk.perform(Act.CLOSE_UP)
    desk.perform(Act.LISTEN)


def three(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.perform(Act.NEXT_THREE)


def not_ready(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.perform(Act.NOT_READY)


def finding(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.perform(Act.FIND)
    desk.guests.bar.search.setText("ㅅ")


def nobody(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    desk.perform(Act.FIND)
    desk.guests.bar.search.setText("atlantis")


def built(desk: Desk) -> None:
    """The wall's OBS has built what is armed."""
    show = desk.shown
    wall, state = next(iter(show.walls.items()))
    if state.armed is not None:
        desk.bridge.post(SceneArranged(wall, state.armed.scene, state.armed.press))
    QCoreApplication.processEvents()


def arranged(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    """The forty-two armed with one large, and two about to change places."""
    desk.perform(Act.LED)
    desk.perform(Act.ARM_WALL)
    QCoreApplication.processEvents()
    built(desk)
    for act in (Act.RIGHT, Act.RIGHT, Act.SWAP, Act.BELOW, Act.BELOW):
        desk.perform(act)


def covered(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    """The holding slide on the wall, the next picture armed below it."""
    desk.perform(Act.LED)
    desk.perform(Act.ARM_WALL)
    QCoreApplication.processEvents()
    desk.perform(Act.HOLDING)
    QCoreApplication.processEvents()
    take = desk.shown.walls[desk.shown.rundown.walls[0]].take
    if take is not None:
        desk.bridge.post(SceneSeen(desk.shown.rundown.walls[0], take.scene, Seen.TRANSITION_STARTED, take.press))
    QCoreApplication.processEvents()


def called(desk: Desk, guests: tuple[PersonId, ...]) -> None:
    """In the middle of the roll call."""
    desk.perform(Act.ROLL_CALL)
    for act in (Act.GOOD_PICTURE, Act.RIGHT, Act.GOOD_PICTURE, Act.GOOD_SOUND, Act.RIGHT):
        desk.perform(act)
        QCoreApplication.processEvents()


WALLS: dict[str, Callable[[Desk, tuple[PersonId, ...]], None]] = {
    "plain": plain,
    "chosen": chosen,
    "wide": wide,
    "large": large,
    "three": three,
    "not-ready": not_ready,
    "finding": finding,
    "nobody": nobody,
    "arranged": arranged,
    "covered": covered,
    "called": called,
}


def draw_guests(app: QApplication, event: Event, studio: Studio, folder: Path, word: str) -> None:
    """The wall with the guests of the mayors' meeting, as each of ``WALLS`` leaves it."""
    for name, arrange in WALLS.items():
        if word and word not in f"guests-{name}":
            continue
        service, guests = sample_guests(event, studio, MAYORS)
        mixed(service, guests, "M40" if name == "arranged" else "M12")
        previews = FakePreviews(guests, 320, 180)
        for place, guest in enumerate(guests):
            previews.draw(guest, place * 47)
            if place % 3 == 0:
                previews.levels[guest] = -40.0 + place
        for size in SIZES:
            desk = Desk(service, event, studio, ZoneInfo(event.time_zone), "ko", True, (), previews, drawn)
            desk.resize(size)
            desk.show()
            settle(app)
            desk.perform(Act.GUESTS)
            arrange(desk, guests)
            for language in LANGUAGES:
                desk.set_language(language)
                settle(app)
                desk.guests.look()
                settle(app)
                desk.grab().save(str(folder / f"guests-{name}-{size.width()}-{language}.png"))
            desk.hide()
            desk.end()
            desk.deleteLater()
            settle(app)
        previews.close()


def draw(app: QApplication, event: Event, studio: Studio, scene: str, folder: Path) -> None:
    service = sample_service(event, studio, MAYORS)
    SCENES[scene](service)
    desk = Desk(service, event, studio, ZoneInfo(event.time_zone), "ko", scene != "troubled")
    for size in SIZES:
        desk.resize(size)
        desk.show()
        for language in LANGUAGES:
            desk.set_language(language)
            if scene == "troubled":
                desk.show_files(event, studio, PROBLEMS, True)
            settle(app)
            if scene == "roll-call":
                desk.sheet.select_step(4)
                settle(app)
            if scene == "taking":
                desk.perform(Act.GO)
                settle(app)
            desk.grab().save(str(folder / f"{scene}-{size.width()}-{language}.png"))
    desk.hide()
    desk.end()
    desk.deleteLater()
    settle(app)


def settle(app: QApplication) -> None:
    """Lets everything that waits be done: shows delivered, layouts computed, widgets painted."""
    for _ in range(4):
        app.processEvents()
        QCoreApplication.sendPostedEvents()


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")
    folder.mkdir(parents=True, exist_ok=True)
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    app = create_application(sys.argv[:1])
    event, studio = sample_event()
    draw_guests(app, event, studio, folder, word)
    for scene in (scene for scene in SCENES if word in scene):
        draw(app, event, studio, scene, folder)


if __name__ == "__main__":
    main()

"""Draws the desk with the sample event running, to look at: ``python -m tests.screens [FOLDER] [WORD]``.

Every scene in Korean and in English, at 1366x768 and at 1920x1080; with WORD those alone whose name has it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication

from studio_console.app.editing import CLASH, NOT_SAVED
from studio_console.core.air_facts import Fault
from studio_console.core.alarm_book import key_of
from studio_console.core.alarms import alarms
from studio_console.core.edit_reports import EditKept
from studio_console.core.editing import CueEdited
from studio_console.core.interpretation import Under
from studio_console.core.output_state import ALL, Measures, RecordFacts, Sending, StreamFacts
from studio_console.core.presses import (
    AlarmAcknowledged,
    ArmPressed,
    Check,
    GoPressed,
    Grave,
    GuestChecked,
    HoldPressed,
    InterpreterChanged,
    ShowLockSet,
    SkipSet,
    SoundOverridden,
    StandbyCalled,
    StandbyMoved,
    TimeAdded,
    Verdict,
)
from studio_console.core.problems import Place, Problem, Severity
from studio_console.core.reports import (
    AirSeen,
    ClipMeasured,
    ClipSeen,
    DriftSeen,
    OutputSeen,
    OutputsMeasured,
    Playback,
    SceneArranged,
    SceneSeen,
    Seen,
    Signal,
    SoundSeen,
    StandbySeen,
    StudioModeSeen,
)
from studio_console.core.rundown import Event
from studio_console.core.show import next_cue
from studio_console.core.show_lock import SHOW
from studio_console.core.speaker import FreeTimerStarted, MessageSent
from studio_console.core.studio import OutputKind, Still, Studio
from studio_console.core.text import LANGUAGES, Text
from studio_console.core.units import (
    HOUR,
    MINUTE,
    Decibels,
    Duration,
    InputId,
    Instant,
    PersonId,
    PressId,
    SceneName,
    SurfaceId,
)
from studio_console.devices.clipfile import NO_FILE
from studio_console.devices.previews.files import FilePictures
from studio_console.gui.application import create_application
from studio_console.gui.desk import Desk
from studio_console.gui.guests.words import TECHNICAL_DIRECTOR
from studio_console.gui.keys import Act
from studio_console.gui.timer.window import TimerWindow
from tests.gui_guests import FakePreviews, check_all, drawn, sample_guests, seen
from tests.gui_pictures import FakeSurfacePictures
from tests.gui_story import REPOSITORY, FakeService, sample_event, sample_service
from tests.screens_welcome import draw_welcome
from tests.waiting import wait_until

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


def stand_by(service: FakeService, surface: str, **said: object) -> None:
    """A standby that shows what its main OBS shows, unless ``said`` otherwise."""
    name = SurfaceId(surface)
    state = service.show.surfaces[name]
    answered = service.show.on_air.press if service.show.on_air is not None else None
    seen = StandbySeen(name, "127.0.0.1:4465", True, state.seen, answered=answered)
    service.happen(replace(seen, **said))


def standbys(service: FakeService) -> None:
    """The programme's OBS has died, its standby is about to be promoted; the wall's standby lacks a scene."""
    run_to(service, "M12", "1:12")
    for name in service.show.surfaces:
        stand_by(service, name)
    service.lose(SurfaceId("program"), Text("OBS가 응답하지 않습니다", "OBS does not answer"))
    lacking = Text("장면 ‘M13 spotlight’ 없음", "scene ‘M13 spotlight’ is missing")
    service.happen(DriftSeen(SurfaceId("wall"), 3, (lacking, lacking, lacking)))
    service.happen(ArmPressed(Grave.PROMOTE_STANDBY, "program", PressId("arm")))
    service.wait("0:03")


def four(service: FakeService) -> None:
    """Four surfaces, each with a standby: in line, lost, behind, promoted."""
    run_to(service, "M12", "1:12")
    stand_by(service, "program")
    stand_by(service, "wall", scene=SceneName("M11 spotlight"))
    stand_by(service, "english", former_main=True)
    stand_by(service, "korean", connected=False, scene=None, reason=Text("연결이 끊김", "the link was cut"))


def speaking(service: FakeService) -> None:
    """The speaker is told to wrap up."""
    run_to(service, "M12", "0:05")
    service.wait("5:07")
    say(service, "마무리해 주세요", "Please wrap up", urgent=True)


def sending(service: FakeService) -> None:
    """The stream and the recording have run for an hour, well."""
    program = SurfaceId("program")
    for kind in (OutputKind.STREAM, OutputKind.RECORDING):
        service.happen(OutputSeen(program, kind, Sending.LIVE, Duration(3_725_000), changed=False))
    stream, record = StreamFacts(True, False, 2_480), RecordFacts(True, 6_100, Duration(8 * HOUR))
    service.happen(OutputsMeasured(program, Measures(stream, record)))


def outputs_live(service: FakeService) -> None:
    """All is well, and somebody is about to stop everything."""
    running(service)
    sending(service)
    service.happen(ArmPressed(Grave.STOP_OUTPUT, ALL, PressId("arm")))


def outputs_wrong(service: FakeService) -> None:
    """The stream's server is gone, the disk is nearly full, the picture stands still."""
    running(service)
    sending(service)
    program = SurfaceId("program")
    service.happen(OutputSeen(program, OutputKind.STREAM, Sending.RECONNECTING))
    record = RecordFacts(True, 6_100, Duration(12 * MINUTE))
    service.happen(OutputsMeasured(program, Measures(StreamFacts(True, True, None), record)))
    service.happen(AirSeen(program, Fault.FROZEN, True, Duration(14_000)))
    service.wait("0:04")


def interpreted(service: FakeService) -> None:
    """English on the floor; a fader moved in OBS, two outputs set by hand, an interpreter who speaks too long."""
    run_to(service, "M12", "0:12")
    service.wait("0:40")
    ko, en = SurfaceId("ko"), SurfaceId("en")
    service.happen(
        SoundOverridden(en, "en", Under.FULL, False, PressId("by hand")),
        SoundOverridden(SurfaceId("program"), "", Under.DUCKED, True, PressId("kept")),
        InterpreterChanged("booth-en", PressId("handed over")),
    )
    service.hear()
    service.wait("0:08")
    wanted = service.show.sound.wanted[ko]
    service.happen(SoundSeen(ko, {**wanted, "sound booth-ko": Decibels(-7)}))
    since = {**service.show.sound.booths, "booth-ko": Instant(service.clock.now() - 31 * MINUTE)}
    service.show = replace(service.show, sound=replace(service.show.sound, booths=since))
    service.happen()


def declaration(service: FakeService, armed: bool = True) -> None:
    """The adoption is next, armed four seconds ago."""
    run_to(service, "M50", "0:30")
    service.wait("0:20")
    adoption = next_cue(service.show)
    assert adoption is not None
    service.happen(StandbyCalled(adoption.id))
    if armed:
        service.happen(ArmPressed(Grave.TAKE, adoption.id, PressId("arms")))
    service.wait("0:04")


def adopted(service: FakeService) -> None:
    """It was taken: its moment stands there."""
    run_to(service, "M51", "0:30")
    service.wait("0:20")


def message(service: FakeService) -> None:
    """The recorded message has stalled; its file is another length than planned, a later clip's is missing."""
    run_to(service, "C2", "0:02")
    service.happen(
        ClipMeasured(InputId("clip-message-climate"), Duration(20_000)),
        ClipMeasured(InputId("clip-sting"), None, NO_FILE.filled(file="assets/clips/sting.mp4")),
    )
    for _ in range(4):
        service.wait("0:01")
        service.happen(
            ClipSeen(
                SurfaceId("program"),
                "clip-message-climate",
                Playback.PLAYING,
                Duration(12_000),
                Duration(20_000),
            )
        )


def pitch(service: FakeService) -> None:
    """A minute before the end of a pitch: the bell."""
    run_to(service, "I9", "0:10")
    service.wait("4:00")


def alarms_seen(service: FakeService) -> None:
    """Locked; all but one alarm were acknowledged, and unlocking is armed."""
    service.happen(ShowLockSet(True))
    troubled(service)
    for alarm in alarms(service.show)[1:]:
        service.happen(AlarmAcknowledged(*key_of(alarm), alarm.severity, TECHNICAL_DIRECTOR))
    service.happen(ArmPressed(Grave.UNLOCK, SHOW, PressId("unlock")))
    service.wait("0:04")


def jump(service: FakeService) -> None:
    """Locked, and the standby is on a cue of the next session."""
    day = service.show.day
    assert day is not None
    run_to(service, day.sessions[0].cues[2].number, "0:12")
    service.happen(ShowLockSet(True))
    service.happen(StandbyMoved(day.sessions[1].cues[0].id))


DAY_OF = {"jump": 2, "message": 2, "pitch": 3}


def unsaved(service: FakeService) -> None:
    """Somebody else changed the same titles; another edit could not be written."""
    running(service)
    cue, other = service.show.plan.cues[15:17]
    mine = CueEdited(cue, replace(cue, title=Text("사례 발표 4: 리마 시", "Case 4: City of Lima")), PressId("mine"))
    theirs = replace(cue, title=Text("사례 4: 리마", "Lima"))
    service.happen(EditKept(mine, CLASH, theirs))
    kept = CueEdited(other, replace(other, skip=True), PressId("kept"))
    service.happen(EditKept(kept, NOT_SAVED.filled(file="rundown/day-2.yaml", reason="Permission denied")))


EDITORS = {"editing": Act.EDIT, "editing-session": Act.EDIT_SESSION}
SCENES: dict[str, Callable[[FakeService], None]] = {
    "before": before,
    "outputs-live": outputs_live,
    "outputs-wrong": outputs_wrong,
    "running": running,
    "troubled": troubled,
    "held": held,
    "roll-call": roll_call,
    "taking": taking,
    "standbys": standbys,
    "four": four,
    "interpreted": interpreted,
    "declaration": declaration,
    "not-armed": lambda service: declaration(service, armed=False),
    "adopted": adopted,
    "message": message,
    "pitch": pitch,
    "speaking": speaking,
    "alarms-seen": alarms_seen,
    "jump": jump,
    "notes": running,
    "find": running,
    "palette": running,
    "editing": running,
    "editing-session": running,
    "unsaved": unsaved,
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


def painted_surfaces(studio: Studio) -> FakeSurfacePictures:
    """Every surface with somebody before a camera on it."""
    pictures = FakeSurfacePictures(studio.surfaces)
    for place, surface in enumerate(studio.surfaces):
        pictures.draw(surface, 200 + place * 70)
    return pictures


def draw_guests(app: QApplication, event: Event, studio: Studio, folder: Path, word: str, files: FilePictures) -> None:
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
            pictures = painted_surfaces(studio)
            desk = Desk(
                *(service, event, studio, ZoneInfo(event.time_zone), "ko", True, (), previews, drawn),
                surface_pictures=pictures,
                file_pictures=files,
            )
            desk.resize(size)
            desk.show()
            settle(app)
            desk.perform(Act.GUESTS)
            arrange(desk, guests)
            for language in LANGUAGES:
                desk.set_language(language)
                settle(app)
                look(desk)
                settle(app)
                desk.grab().save(str(folder / f"guests-{name}-{size.width()}-{language}.png"))
            desk.hide()
            desk.end()
            desk.deleteLater()
            settle(app)
            pictures.close()
        previews.close()


def with_standbys(studio: Studio, more: tuple[str, ...]) -> Studio:
    """The studio with a standby for each surface, and ``more`` surfaces like the first."""
    first, *_ = studio.surfaces.values()
    titles = {"english": Text("영어", "English"), "korean": Text("한국어", "Korean")}
    surfaces = {**studio.surfaces}
    for name in more:
        surfaces[SurfaceId(name)] = replace(first, id=SurfaceId(name), title=titles[name])
    paired = {name: replace(surface, standby_url="ws://127.0.0.1:4465") for name, surface in surfaces.items()}
    return replace(studio, surfaces=paired)


def draw(app: QApplication, event: Event, studio: Studio, scene: str, folder: Path, files: FilePictures) -> None:
    if scene in ("standbys", "four"):
        studio = with_standbys(studio, ("english", "korean") if scene == "four" else ())
    which = DAY_OF.get(scene, MAYORS)
    service = sample_service(event, studio, which)
    guests = tuple(drawn(event, event.days[which], studio))
    service.show = replace(service.show, rundown=replace(service.show.rundown, guests=frozenset(guests)))
    seen(service, Signal.LIVE, *guests)
    SCENES[scene](service)
    previews, pictures = FakePreviews(guests, 320, 180), painted_surfaces(studio)
    for place, guest in enumerate(guests):
        previews.draw(guest, place * 47)
    if scene == "troubled":
        pictures.ages[SurfaceId("wall")] = 43.0
    desk = Desk(
        *(service, event, studio, ZoneInfo(event.time_zone), "ko", scene != "troubled", (), previews, drawn),
        surface_pictures=pictures,
        file_pictures=files,
    )
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
            if scene == "speaking":
                desk.perform(Act.MESSAGE)
                desk.messages.field.setText("5")
                settle(app)
            if scene == "taking":
                desk.perform(Act.GO)
                settle(app)
            if scene == "notes":
                desk.sheet.fold_notes(False)
            if scene == "find":
                desk.perform(Act.FIND)
                desk.attention.find.field.setText("ㄷㅅ")
                desk.perform(Act.HIT_AFTER)
            if scene == "palette":
                desk.perform(Act.PALETTE)
                desk.attention.palette.field.setText("" if size == SIZES[0] else "준비" if language == "ko" else "arm")
            look(desk)
            if scene in EDITORS:
                desk.perform(EDITORS[scene])
            settle(app)
            desk.grab().save(str(folder / f"{scene}-{size.width()}-{language}.png"))
    desk.hide()
    desk.end()
    desk.deleteLater()
    settle(app)
    previews.close()
    pictures.close()


def one_on_air(service: FakeService, after: str, number: str = "M12") -> None:
    run_to(service, number, "0:05")
    service.wait(after)


def say(service: FakeService, ko: str, en: str, urgent: bool = False) -> None:
    service.happen(MessageSent(Text(ko, en), urgent, PressId(f"says {en}")))


def timer_wrap_up(service: FakeService) -> None:
    one_on_air(service, "5:07")
    say(service, "마무리 부탁드립니다", "Please wrap up")


def timer_long(service: FakeService) -> None:
    """The longest message that can be sent, urgent, over the whole time."""
    one_on_air(service, "6:41")
    words = "통역 부스에 문제가 있어 잠시 멈췄다가 신호를 드리면 다시 시작해 주시기 바랍니다. 감사합니다. "
    english = "The interpreters have lost the line: please stop for a moment and go on at our sign"
    say(service, (words * 2)[:110], english, True)


def timer_free(service: FakeService) -> None:
    one_on_air(service, "1:00", "M6")
    service.happen(FreeTimerStarted(Duration(2 * MINUTE), PressId("free")))
    service.wait("0:41")


def timer_held(service: FakeService) -> None:
    one_on_air(service, "2:10")
    service.happen(HoldPressed(PressId("hold")))


TIMERS: dict[str, Callable[[FakeService], None]] = {
    "before": before,
    "normal": lambda service: one_on_air(service, "1:13"),
    "warning": lambda service: one_on_air(service, "5:07"),
    "danger": lambda service: one_on_air(service, "5:41"),
    "over": lambda service: one_on_air(service, "7:12"),
    "wrap-up": timer_wrap_up,
    "long": timer_long,
    "free": timer_free,
    "held": timer_held,
    "pitch": lambda service: one_on_air(service, "4:00", "I9"),
    "hall": lambda service: one_on_air(service, "1:00", "M7"),
}
TIMER_SIZES = (QSize(1366, 768), QSize(1920, 1080), QSize(1080, 1920))


def draw_timers(app: QApplication, event: Event, studio: Studio, folder: Path, word: str) -> None:
    """The speaker's timer at each stage, on a laptop, on a monitor, and on one that stands upright."""
    for name, run in TIMERS.items():
        if word and word not in f"timer-{name}":
            continue
        service = sample_service(event, studio, DAY_OF.get(name, MAYORS))
        run(service)
        for language in LANGUAGES:
            people = {key: replace(person, language=language) for key, person in event.people.items()}
            told = replace(event, people=people)
            window = TimerWindow(service, told, studio, ZoneInfo(event.time_zone), language, name == "held")
            for size in TIMER_SIZES:
                window.resize(size)
                window.show()
                settle(app)
                window.grab().save(str(folder / f"timer-{name}-{size.width()}-{language}.png"))
            window.hide()
            window.end()
            window.deleteLater()
            settle(app)


def look(desk: Desk) -> None:
    """The turns of the timers that look at pictures."""
    if desk.pictures is not None:
        desk.pictures.look_at_surfaces()
    for _ in range(3):
        desk.guests.look()


def settle(app: QApplication) -> None:
    """Lets everything that waits be done: shows delivered, layouts computed, widgets painted."""
    for _ in range(4):
        app.processEvents()
        QCoreApplication.sendPostedEvents()
        # Without a loop that runs, nothing that Qt is done with goes by itself: tabs of before would be in the picture.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")
    folder.mkdir(parents=True, exist_ok=True)
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    app = create_application(sys.argv[:1])
    draw_welcome(app, folder, word, settle)
    event, studio = sample_event()
    draw_timers(app, event, studio, folder, word)
    with closing(FilePictures(REPOSITORY)) as files:
        stills = [entry.source.file for entry in studio.inputs.values() if isinstance(entry.source, Still)]
        wait_until(lambda: all(files.file_picture(file) for file in stills))
        draw_guests(app, event, studio, folder, word, files)
        for scene in (scene for scene in SCENES if word in scene):
            draw(app, event, studio, scene, folder, files)


if __name__ == "__main__":
    main()

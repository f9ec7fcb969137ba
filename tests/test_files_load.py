"""An event folder is loaded as a whole or not at all, with every problem at its place and a hint what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studio_console.core.problems import Severity
from studio_console.core.rundown import (
    DevicePreview,
    Event,
    FilePreview,
    Kind,
    Notes,
    ObsPreview,
    PicturePreview,
    StreamPreview,
    Thresholds,
    Transition,
    TransitionKind,
    Where,
)
from studio_console.core.studio import (
    Clip,
    DeadAirRules,
    Feed,
    Fit,
    GuestRules,
    MadeInObs,
    OutputKind,
    OutputRules,
    Rect,
    ShowsPlate,
    ShowsSpeaker,
    Studio,
    Words,
)
from studio_console.core.text import Text
from studio_console.core.units import (
    CueId,
    DayId,
    Duration,
    InputId,
    Instant,
    LayoutId,
    PersonId,
    SurfaceId,
    instant_of,
)
from studio_console.files.load import Loaded, load
from studio_console.files.report import check_report
from tests import event_texts
from tests.event_texts import FILES

STUDIO, LAYOUTS, PEOPLE = "layouts/studio.yaml", "layouts/all.yaml", "rundown/people.yaml"
EVENT, DAY = "rundown/event.yaml", "rundown/day-2.yaml"
SEOUL = ZoneInfo("Asia/Seoul")

Change = Callable[..., Loaded]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Loads the small event with one text in one file replaced by another."""

    def change(file: str, old: str, new: str) -> Loaded:
        assert old in FILES[file]
        return load(event_texts.write(tmp_path, {**FILES, file: FILES[file].replace(old, new, 1)}))

    return change


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Event, Studio]:
    loaded = load(event_texts.write(tmp_path))
    assert loaded.event is not None
    assert loaded.studio is not None
    return loaded.event, loaded.studio


def at(day: int, clock: str) -> Instant:
    return instant_of(datetime.fromisoformat(f"2020-06-{day:02} {clock}").replace(tzinfo=SEOUL))


def line_of(file: str, text: str) -> int:
    return FILES[file][: FILES[file].index(text)].count("\n") + 1


def test_the_event_as_core_types(whole: tuple[Event, Studio]) -> None:
    event, _ = whole
    assert (event.id, event.title, event.time_zone) == ("summit", Text("정상회의", "Summit"), "Asia/Seoul")
    london = event.people[PersonId("london")]
    assert (london.where, london.input, london.time_zone) == (Where.REMOTE, "feed-london", "Europe/London")
    assert event.people[PersonId("mayor")].time_zone == "Asia/Seoul"
    day = event.day(DayId("day2"))
    assert day is not None
    assert day.date == date(2020, 6, 2)
    assert [cue.number for cue in day.cues] == ["M10", "1.10", "M12", "M13", "M14"]


def test_where_a_guest_is_seen_from(whole: tuple[Event, Studio]) -> None:
    previews = {name: person.preview for name, person in whole[0].people.items()}
    assert previews == {
        "mayor": None,
        "london": None,
        "lima": StreamPreview("rtmp://lima.example/live"),
        "oslo": ObsPreview(InputId("cam-stage"), SurfaceId("program")),
        "cairo": PicturePreview("assets/holding.png"),
        "delhi": FilePreview("assets/opening.mp4"),
        "sydney": DevicePreview("/dev/video7"),
    }


def test_an_input_that_somebody_makes_in_obs(changed: Change) -> None:
    """Any name that OBS takes; its own id too, and that of another input made by hand."""
    for written, name in (('"NDI 런던: 1 (HX)"', "NDI 런던: 1 (HX)"), ("feed-london", "feed-london"), ("3", "3")):
        loaded = changed(STUDIO, 'url: "srt://0.0.0.0:9000"', f"obs: {written}")
        assert loaded.studio is not None
        entry = loaded.studio.inputs[InputId("feed-london")]
        assert (entry.source, entry.in_obs, entry.audible) == (MadeInObs(name), name, False)
        assert not loaded.problems
    twice = changed(STUDIO, 'url: "srt://0.0.0.0:9000"}', "obs: NDI}\n  again: {obs: NDI}")
    assert not twice.problems


def test_a_cue_cannot_play_what_somebody_makes_in_obs(changed: Change) -> None:
    loaded = changed(STUDIO, "clip: assets/opening.mp4, loop: false, sound: true", "obs: NDI")
    assert loaded.event is None
    assert ("clip", DAY) in [(problem.code, problem.place.file) for problem in loaded.problems]


def test_a_name_in_obs_that_another_input_has_is_said_at_its_place(changed: Change) -> None:
    (problem,) = changed(STUDIO, 'url: "srt://0.0.0.0:9000"', "obs: blue").problems
    assert (problem.place.line, problem.code) == (line_of(STUDIO, "  feed-london"), "obs-name")
    assert "‘blue’" in problem.show("en")
    assert "OBS에서 소스의 이름을 바꾸고" in problem.show("ko")


PROGRAM_OBS = 'obs: "ws://127.0.0.1:4455"'


def test_a_surface_may_have_a_standby(whole: tuple[Event, Studio], changed: Change) -> None:
    assert whole[1].surfaces[SurfaceId("program")].standby_url is None
    loaded = changed(STUDIO, PROGRAM_OBS, f'{PROGRAM_OBS}, standby: "ws://10.0.0.6:4455/"')
    assert loaded.studio is not None
    assert loaded.studio.surfaces[SurfaceId("program")].standby_url == "ws://10.0.0.6:4455"
    assert not loaded.problems


@pytest.mark.parametrize(
    ("standby", "code"),
    [
        ("ws://127.0.0.1:4455", "standby-obs"),
        ("ws://127.0.0.1:4456", "standby-obs"),
        ("ws://obs:opensesame@10.0.0.6:4455", "password"),
        ("http://10.0.0.6:4455", "obs-address"),
    ],
)
def test_a_standby_that_cannot_be_one_is_said_at_its_place(changed: Change, standby: str, code: str) -> None:
    """One of the main OBS, also that of another surface; a password in the address, which is not repeated."""
    loaded = changed(STUDIO, PROGRAM_OBS, f'{PROGRAM_OBS}, standby: "{standby}"')
    assert loaded.studio is None
    (problem,) = loaded.problems
    assert (problem.code, problem.place.line) == (code, line_of(STUDIO, "  program:"))
    assert "opensesame" not in problem.show("en") + problem.show("ko")


def test_two_surfaces_with_one_standby_and_an_obs_each_are_warned_of(changed: Change) -> None:
    wall = 'obs: "ws://127.0.0.1:4456"'
    assert wall in FILES[STUDIO]
    both = FILES[STUDIO].replace(wall, f'{wall}, standby: "ws://10.0.0.6:4455"')
    loaded = changed(STUDIO, FILES[STUDIO], both.replace(PROGRAM_OBS, f'{PROGRAM_OBS}, standby: "ws://10.0.0.6:4455"'))
    assert loaded.studio is not None
    assert [problem.code for problem in loaded.problems] == ["shared-standby"]


def test_a_surface_named_like_the_standby_of_another_is_refused(changed: Change) -> None:
    """Both would have the same password variable."""
    named = FILES[STUDIO].replace(PROGRAM_OBS, f'{PROGRAM_OBS}, standby: "ws://10.0.0.6:4455"')
    loaded = changed(STUDIO, FILES[STUDIO], named.replace("  wall: {", "  program-standby: {", 1))
    assert "surface-name" in [problem.code for problem in loaded.problems]


def test_when_a_guests_picture_is_wrong(whole: tuple[Event, Studio], changed: Change) -> None:
    given = GuestRules(Duration(180_000), Duration(2_000), Duration(2_000), Duration(20_000), Duration(500))
    assert whole[1].guests == given
    some = changed(
        STUDIO, "{lead: 3m, frozen_after: 2s, black_after: 2s, silent_after: 20s, caching: 0.5s}", "{lead: 3m}"
    )
    assert some.studio is not None
    assert some.studio.guests == GuestRules(lead=Duration(180_000))


def test_where_the_pictures_go_and_when_that_is_not_well(whole: tuple[Event, Studio], changed: Change) -> None:
    """Of an older file, which says nothing of it, every destination is a stream, and the thresholds are the usual."""
    studio = whole[1]
    assert {name: entry.output for name, entry in studio.destinations.items()} == {
        "youtube-ko": OutputKind.STREAM,
        "tape": OutputKind.RECORDING,
    }
    assert studio.outputs == OutputRules(1_500, 0.02, 0.005, 0.01, 0.5, Duration(1_200_000), Duration(5_000))
    assert studio.dead_air == DeadAirRules(Duration(2_000), Duration(8_000), Duration(20_000))
    assert [name for name, layout in studio.layouts.items() if layout.still] == ["full-clip"]
    lines = [line for line in event_texts.STUDIO.splitlines() if line.lstrip().startswith(("outputs:", "dead_air:"))]
    older = changed(STUDIO, "\n".join(lines) + "\n", "")
    assert older.studio is not None
    assert (older.studio.outputs, older.studio.dead_air) == (OutputRules(), DeadAirRules())
    plain = changed(STUDIO, ", output: stream", "")
    assert plain.studio is not None
    assert plain.studio.destinations == studio.destinations


def test_times_of_day_are_instants_also_past_midnight(whole: tuple[Event, Studio]) -> None:
    session = whole[0].days[0].sessions[0]
    assert session.start == at(2, "22:00")
    assert session.end == at(3, "00:30")
    keynote, case, clip, panel, free = session.cues
    assert (keynote.start, keynote.duration) == (at(2, "22:00"), 600_000)
    assert (case.start, case.duration, case.end) == (None, 300_000, None)
    assert clip.duration == 150_000
    assert (panel.duration, panel.end) == (None, at(3, "00:30"))
    assert (free.duration, free.end) == (None, None)


def test_a_cue_with_everything(whole: tuple[Event, Studio]) -> None:
    cue = whole[0].days[0].cues[1]
    assert cue.kind is Kind.REMOTE_SPEECH
    assert cue.speakers == ("london",)
    assert cue.layouts == {"program": "keynote", "wall": "grid-6"}
    assert cue.transition == Transition(TransitionKind.FADE, Duration(500))
    assert cue.captions == Text("런던 시장", "Mayor of London")
    assert cue.needs == ("london", "interpretation")
    assert cue.timer == Thresholds(Duration(60_000), Duration(30_000))
    assert cue.notes == Notes("2번", "원격", "어둡게", "이름표", "영한", "없음")
    assert (cue.colour, cue.skip, cue.assumed, cue.floor) == ("#3a1416", False, ("duration",), "en")
    assert cue.extra == {"교통": "A동선", "비고": ""}


def test_words_that_yaml_takes_for_something_else_stay_words(whole: tuple[Event, Studio]) -> None:
    cues = whole[0].days[0].cues
    assert cues[1].number == "1.10"
    assert cues[3].title == Text("No", "No")


def test_the_studio_as_core_types(whole: tuple[Event, Studio]) -> None:
    studio = whole[1]
    assert (studio.capacity, studio.limit, studio.hall_input) == (500, 50, "cam-stage")
    assert (studio.go_guard, studio.take_deadline) == (500, 2000)
    surface = studio.surfaces[SurfaceId("program")]
    assert (str(surface.canvas), surface.fps, surface.obs_url) == ("1280x720", 30, "ws://127.0.0.1:4455")
    assert surface.carries == ("youtube-ko", "tape", "floor")
    assert studio.inputs[InputId("feed-london")].source == Feed("srt://0.0.0.0:9000")
    assert studio.inputs[InputId("clip-opening")].source == Clip("assets/opening.mp4", loop=False)
    assert studio.inputs[InputId("banner")].source == Words("Together We Stand", 60, "#ffffff")
    assert studio.destinations["youtube-ko"].language == "ko"


def test_rectangles_are_in_px_and_a_grid_is_one_slot_a_cell(whole: tuple[Event, Studio]) -> None:
    layouts = whole[1].layouts
    plate = layouts[LayoutId("keynote")].slots[2]
    assert plate.rect == Rect(64, 576, 768, 72)
    grid = layouts[LayoutId("grid-6")].slots
    assert len(grid) == 12
    cells = [slot for slot in grid if isinstance(slot.shows, ShowsSpeaker)]
    assert [slot.shows for slot in cells] == [ShowsSpeaker(index) for index in range(6)]
    margin, gap = 0.02 * 1920, 8
    width, height = (1920 - 2 * margin - 2 * gap) / 3, (1080 - 2 * margin - gap) / 2
    assert cells[0].rect == Rect(margin, margin, round(width, 2), round(height, 2))
    assert cells[5].rect.x + cells[5].rect.width == pytest.approx(1920 - margin, abs=0.02)
    assert cells[5].rect.y + cells[5].rect.height == pytest.approx(1080 - margin, abs=0.02)
    assert all(slot.fit is Fit.COVER for slot in cells)
    foot = grid[1]
    assert isinstance(foot.shows, ShowsPlate)
    assert foot.rect.y + foot.rect.height == pytest.approx(cells[0].rect.y + cells[0].rect.height, abs=0.02)


def test_each_cue_has_its_place_and_the_counts_are_there_also_with_errors(changed: Change) -> None:
    loaded = changed(DAY, "kind: panel", "kind: pannel")
    assert loaded.event is None
    assert loaded.studio is None
    assert loaded.places[CueId("m12")].line == line_of(DAY, "id: m12")
    assert (loaded.counts.days, loaded.counts.sessions, loaded.counts.cues, loaded.counts.people) == (1, 1, 5, 7)


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "meant"),
    [
        (DAY, "kind: panel", "kind: pannel", "choice", "panel"),
        (DAY, "speakers: [london]", "speakers: [lodnon]", "person", "london"),
        (DAY, "wall: grid-6}", "wall: gird-6}", "layout", "grid-6"),
        (DAY, "{program: keynote}", "{programm: keynote}", "surface", "program"),
        (DAY, "clip: clip-opening", "clip: clip-openning", "input", "clip-opening"),
        (DAY, "needs: [london, interpretation]", "needs: [london, interpretaton]", "need", "interpretation"),
        (DAY, "        speakers: [mayor]", "        speaker: [mayor]", "unknown-key", "speakers"),
        (DAY, "kind: fade", "kind: fad", "choice", "fade"),
        (DAY, "assumed: [end]", "assumed: [ned]", "assumed", "end"),
        (PEOPLE, "time_zone: Europe/London", "time_zone: Europe/Londn", "time-zone", "Europe/London"),
        (PEOPLE, "input: feed-london", "input: feed-londno", "input", "feed-london"),
        (PEOPLE, "where: remote", "where: remot", "choice", "remote"),
        (PEOPLE, "{obs: cam-stage, surface", "{obs: cam-stgae, surface", "input", "cam-stage"),
        (PEOPLE, "surface: program}", "surface: progam}", "surface", "program"),
        (PEOPLE, "preview: {picture", "preveiw: {picture", "unknown-key", "preview"),
        (
            PEOPLE,
            "{picture: assets/holding.png}",
            "{picture: assets/holding.png, surfac: program}",
            "unknown-key",
            "surface",
        ),
        (STUDIO, "frozen_after", "frozen_aftr", "unknown-key", "frozen_after"),
        (LAYOUTS, "shows: input blue", "shows: input bleu", "input", "blue"),
        (LAYOUTS, "shows: speaker 1", "shows: speker 1", "shows", "speaker"),
        (LAYOUTS, "fit: cover", "fit: covr", "choice", "cover"),
        (STUDIO, "carries: [youtube-ko, tape, floor]", "carries: [youtbe-ko]", "destination", "youtube-ko"),
        (STUDIO, "hall_input: cam-stage", "hall_input: cam-stgae", "input", "cam-stage"),
        (STUDIO, "role: program", "role: progam", "choice", "program"),
        (EVENT, "  time_zone: Asia/Seoul", "  timezone: Asia/Seoul", "unknown-key", "time_zone"),
    ],
)
def test_a_slip_is_found_and_the_word_that_was_meant_is_told(
    changed: Change, file: str, old: str, new: str, code: str, meant: str
) -> None:
    loaded = changed(file, old, new)
    assert [problem.code for problem in loaded.problems if problem.severity is Severity.ERROR] == [code]
    problem = loaded.problems[0]
    assert problem.place.file == file
    assert problem.place.line == line_of(file, old)
    assert f"‘{meant}’" in problem.show("en").split("did you mean")[1]
    assert f"혹시 ‘{meant}’" in problem.show("ko")
    assert loaded.event is None


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (DAY, "id: m12", "id: m10", "cue-twice"),
        (DAY, "number: M12", "number: M10", "number-twice"),
        (DAY, "        title: 개막 영상\n", "", "missing-key"),
        (DAY, "        duration: 5m\n", "", "one-of"),
        (DAY, "        duration: 5m\n", '        duration: 5m\n        end: "23:00"\n', "one-of"),
        (DAY, "duration: 5m", "duration: 5", "duration-unit"),
        (DAY, "duration: 5m", "duration: -5m", "duration"),
        (DAY, "duration: 5m", "duration:", "empty"),
        (DAY, "duration: 5m", "duration: [5m]", "type"),
        (DAY, 'end: "24:30"\n    assumed', 'end: "21:30"\n    assumed', "end-before-start"),
        (DAY, 'end: "24:30"\n    assumed', 'end: "00:30"\n    assumed', "end-before-start"),
        (DAY, 'end: "24:30"\n    assumed', 'end: "48:00"\n    assumed', "time"),
        (DAY, "date: 2020-06-02", "date: 2020-06-31", "date"),
        (DAY, "program: full-clip", "wall: full-clip", "layout-role"),
        (DAY, "        clip: clip-opening\n", "", "clip"),
        (DAY, "clip: clip-opening", "clip: slate", "clip"),
        (DAY, "skip: false", "skip: no", "flag"),
        (DAY, "colour:", "color:", "unknown-key"),
        (DAY, "duration: 0.5s}", "duration: 30s}", "transition"),
        (DAY, "extra: {교통: A동선, 비고: }", "extra: {교통: [a]}", "type"),
        (DAY, "floor: en", "floor: English", "language"),
        (DAY, "sessions:\n", "sessions: 1\nrest:\n", "type"),
        (STUDIO, "ws://127.0.0.1:4455", "ws://:secret@127.0.0.1:4455", "password"),
        (STUDIO, "ws://127.0.0.1:4455", "ws://127.0.0.1:4455/?password=secret", "password"),
        (STUDIO, "ws://127.0.0.1:4455", "127.0.0.1:4455", "obs-address"),
        (STUDIO, "ws://127.0.0.1:4455", "ws://127.0.0.1:99999", "obs-address"),
        (STUDIO, "ws://127.0.0.1:4455", "wss://127.0.0.1:4455", "obs-address"),
        (STUDIO, "srt://0.0.0.0:9000", "0.0.0.0:9000", "feed-address"),
        (STUDIO, "assets/opening.mp4", "../opening.mp4", "file"),
        (STUDIO, "assets/opening.mp4", "/opening.mp4", "file"),
        (STUDIO, "assets/opening.mp4", "assets\\opening.mp4", "file"),
        (STUDIO, "assets/opening.mp4", "C:/opening.mp4", "file"),
        (STUDIO, 'fill: "#101820"', 'fill: "#101820", text: x', "one-of"),
        (STUDIO, "device: /dev/video0", "device: /dev/video0, loop: true", "only-with"),
        (STUDIO, "canvas: 1280x720", "canvas: 1280", "size"),
        (STUDIO, 'url: "srt://0.0.0.0:9000"', "obs: cam-stage", "obs-name"),
        (STUDIO, 'url: "srt://0.0.0.0:9000"', 'obs: " "', "empty"),
        (STUDIO, 'url: "srt://0.0.0.0:9000"', "obs: NDI, loop: true", "only-with"),
        (STUDIO, 'url: "srt://0.0.0.0:9000"', "obs: NDI, device: cam", "one-of"),
        (STUDIO, "fps: 30", "fps: 0", "range"),
        (STUDIO, "capacity: 500", "capacity: many", "number"),
        (STUDIO, "  blue:", "  Blue:", "id"),
        (LAYOUTS, "at: [0, 0, 100%, 100%], shows: input blue", "shows: input blue", "one-of"),
        (LAYOUTS, "[5%, 80%, 60%, 10%]", "[5%, 80%, 60%]", "too-few"),
        (LAYOUTS, "[5%, 80%, 60%, 10%]", "[5%, 80%, 0, 10%]", "slot-size"),
        (LAYOUTS, "gap: 8", "gap: 1000", "slot-size"),
        (LAYOUTS, "columns: 3", "columns: 0", "range"),
        (LAYOUTS, "shows: speakers", "shows: speaker 1", "shows"),
        (LAYOUTS, "name: plate", "name: picture", "slot-twice"),
        (LAYOUTS, "shows: speaker 1, fit", "shows: speaker 1, plates: true, fit", "only-with"),
        (PEOPLE, "  mayor:", "  stage:", "person-post"),
        (PEOPLE, "{picture: assets/holding.png}", "{}", "one-of"),
        (PEOPLE, "{picture: assets/holding.png}", "assets/holding.png", "type"),
        (PEOPLE, "{picture: assets/holding.png}", "{picture: assets/holding.png, device: x}", "one-of"),
        (PEOPLE, "{picture: assets/holding.png}", "{picture: assets/holding.png, surface: program}", "only-with"),
        (PEOPLE, "{picture: assets/holding.png}", "{picture: ../holding.png}", "file"),
        (PEOPLE, "{file: assets/opening.mp4}", "{file: /opening.mp4}", "file"),
        (PEOPLE, "rtmp://lima.example/live", "lima.example/secret", "feed-address"),
        (PEOPLE, "{device: /dev/video7}", "{device: }", "empty"),
        (STUDIO, "lead: 3m", "lead: 3", "duration-unit"),
        (STUDIO, "lead: 3m", "lead: 5s", "range"),
        (STUDIO, "frozen_after: 2s", "frozen_after: 0.1s", "range"),
        (STUDIO, "black_after: 2s", "black_after: 2m", "range"),
        (STUDIO, "silent_after: 20s", "silent_after: 1s", "range"),
        (STUDIO, "caching: 0.5s", "caching: 30s", "range"),
        (STUDIO, "dropped: 2%", "dropped: 0%", "share"),
        (STUDIO, "dropped: 2%", "dropped: 101%", "share"),
        (STUDIO, "lag: 0.01", "lag: 2", "share"),
        (STUDIO, "disk: 20m", "disk: 20", "duration-unit"),
        (STUDIO, "deadline: 5s", "deadline: 1s", "range"),
        (STUDIO, "black: 2s", "black: 0.1s", "range"),
        (STUDIO, "output: recording", "output: tape", "choice"),
        (LAYOUTS, "still: true", "still: yes", "flag"),
        (PEOPLE, "{ko: 런던, en: London}", "{ko: 런던}", "missing-key"),
        (EVENT, "id: summit", "id: The Summit", "id"),
    ],
)
def test_each_mistake_is_an_error_at_its_file(changed: Change, file: str, old: str, new: str, code: str) -> None:
    loaded = changed(file, old, new)
    assert loaded.event is None
    assert (code, file) in [(problem.code, problem.place.file) for problem in loaded.problems]
    assert "secret" not in str([problem.show("en") for problem in loaded.problems])


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (DAY, "        duration: 5m\n", "        duration: 5m\n        start: 22:05\n", "overlap"),
        (DAY, "duration: 5m", "duration: 3h", "runs-over"),
        (DAY, "duration: 5m", "duration: 3h", "no-time-left"),
        (DAY, "{warning: 1m, danger: 30s}", "{warning: 30s, danger: 1m}", "timer"),
        (DAY, "{kind: fade, duration: 0.5s}", "{kind: cut, duration: 0.5s}", "transition"),
        (DAY, "        speakers: [mayor]\n", "", "empty-slot"),
        (DAY, "speakers: [mayor]", "speakers: [mayor, london]", "unseen-speaker"),
        (DAY, "speakers: [mayor, london]", "speakers: [mayor, mayor]", "twice"),
        (DAY, "program: full-clip", "program: keynote", "unseen-clip"),
        (STUDIO, "canvas: 1920x1080", "canvas: 7680x1080", "canvas-size"),
        (STUDIO, "ws://127.0.0.1:4456", "ws://127.0.0.1:4455", "shared-obs"),
        (STUDIO, "ws://127.0.0.1:4456", "ws://LocalHost/", "shared-obs"),
        (STUDIO, "srt://0.0.0.0:9000", "srt://0.0.0.0:9000?passphrase=secret", "feed-password"),
        (PEOPLE, "rtmp://lima.example/live", "rtmp://lima.example/live?key=secret", "feed-password"),
        (PEOPLE, "rtmp://lima.example/live", "rtmp://lima:secret@lima.example/live", "feed-password"),
        (PEOPLE, "{picture: assets/holding.png}", "{picture: assets/none.png}", "file-missing"),
        (PEOPLE, "{file: assets/opening.mp4}", "{file: assets/none.mp4}", "file-missing"),
        (PEOPLE, "where: hall, language: ko", "where: hall, preview: {device: x}, language: ko", "preview-hall"),
        (STUDIO, "assets/opening.mp4", "assets/other.mp4", "file-missing"),
        (STUDIO, "device: /dev/video0, sound", "obs: NDI Stage, sound", "unused-sound"),
        (STUDIO, "limit: 50", "limit: 501", "limit"),
        (STUDIO, "output: recording", "output: stream", "one-output"),
        (STUDIO, ", output: recording", "", "one-output"),
        (LAYOUTS, "[5%, 80%, 60%, 10%]", "[5%, 80%, 60%, 30%]", "slot-outside"),
        (PEOPLE, "time_zone: Europe/London, ", "", "person-time-zone"),
    ],
)
def test_what_is_odd_but_can_be_run_is_a_warning(changed: Change, file: str, old: str, new: str, code: str) -> None:
    loaded = changed(file, old, new)
    assert loaded.event is not None
    assert (code, file) in [(problem.code, problem.place.file) for problem in loaded.problems]
    assert all(problem.severity is Severity.WARNING for problem in loaded.problems)
    assert "secret" not in str([problem.show("en") for problem in loaded.problems])


def test_what_is_out_of_range_says_the_range_and_what_is_usual(changed: Change) -> None:
    (problem,) = changed(STUDIO, "frozen_after: 2s", "frozen_after: 5m").problems
    assert "5m is outside 0.5s to 1m (left out, it is 1.2s)" in problem.show("en")
    assert "0.5s~1m" in problem.show("ko")
    assert (problem.place.file, problem.place.line) == (STUDIO, line_of(STUDIO, "frozen_after"))


def test_the_hint_after_midnight_says_how_to_write_it(changed: Change) -> None:
    problems = changed(DAY, 'end: "24:30"\n    assumed', 'end: "00:30"\n    assumed').problems
    assert any("24:30" in problem.show("ko") and problem.code == "end-before-start" for problem in problems)


def test_problems_of_all_files_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    files = {name: text.replace("title:", "titel:", 1) for name, text in FILES.items()}
    files[PEOPLE] = files[PEOPLE].replace("role:", "rule:", 1)
    loaded = load(event_texts.write(tmp_path, files))
    places = [problem.place for problem in loaded.problems]
    assert {place.file for place in places} == set(FILES)
    assert places == sorted(places, key=lambda place: (place.file, place.line, place.column))


def test_one_mistake_is_not_told_again_at_every_reference(tmp_path: Path) -> None:
    files = {**FILES, STUDIO: "studio: [\n", LAYOUTS: "layouts: {\n", PEOPLE: "- a\n"}
    loaded = load(event_texts.write(tmp_path, files))
    assert sorted((problem.place.file, problem.code) for problem in loaded.problems) == [
        (LAYOUTS, "yaml"),
        (STUDIO, "yaml"),
        (PEOPLE, "type"),
    ]


def test_a_bad_person_is_still_known_to_the_cues(changed: Change) -> None:
    loaded = changed(PEOPLE, "where: hall", "where: stage")
    assert [problem.code for problem in loaded.problems] == ["choice"]


def test_ids_are_unique_over_all_days_and_files(tmp_path: Path) -> None:
    files = {
        **FILES,
        "rundown/day-3.yaml": FILES[DAY].replace("id: day2", "id: day3"),
        "rundown/people-more.yaml": FILES[PEOPLE],
        "layouts/more.yaml": FILES[LAYOUTS],
    }
    codes = {problem.code for problem in load(event_texts.write(tmp_path, files)).problems}
    assert codes == {"cue-twice", "date-twice", "person-twice", "layout-twice"}


def test_days_come_in_the_order_of_their_dates(tmp_path: Path) -> None:
    other = FILES[DAY].replace("id: day2", "id: day1").replace("2020-06-02", "2020-06-01").replace("id: m1", "id: n1")
    loaded = load(event_texts.write(tmp_path, {**FILES, "rundown/day-9.yaml": other}))
    assert loaded.event is not None
    assert [day.id for day in loaded.event.days] == ["day1", "day2"]


def test_missing_files_are_told(tmp_path: Path) -> None:
    nothing = load(tmp_path / "nowhere")
    assert [problem.code for problem in nothing.problems] == ["no-folder"]
    (tmp_path / "rundown").mkdir()
    empty = load(tmp_path)
    assert sorted(problem.code for problem in empty.problems) == sorted(
        ["file-missing", "file-missing", "file-missing", "no-days", "no-layouts"]
    )
    assert (empty.event, empty.studio) == (None, None)


def test_files_with_names_that_are_not_read_are_told(tmp_path: Path) -> None:
    files = {
        **FILES,
        "rundown/peple.yaml": "x",
        "rundown/day-3.yml": "x",
        "rundown/.day-4.yaml": "{",
        "rundown/n.txt": "",
    }
    loaded = load(event_texts.write(tmp_path, files))
    assert loaded.event is not None
    assert [(problem.code, problem.place.file) for problem in loaded.problems] == [
        ("not-read", "rundown/day-3.yml"),
        ("not-read", "rundown/peple.yaml"),
    ]


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    event_texts.write(tmp_path)
    (tmp_path / "rundown/day-3.yaml").mkdir()
    assert [problem.code for problem in load(tmp_path).problems] == ["file-unreadable"]


def test_a_link_that_leads_out_of_the_folder_is_told(tmp_path: Path) -> None:
    folder = event_texts.write(tmp_path / "event")
    (tmp_path / "private.mp4").write_bytes(b"")
    (folder / "assets/opening.mp4").unlink()
    (folder / "assets/opening.mp4").symlink_to(tmp_path / "private.mp4")
    told = [(problem.code, problem.place.file) for problem in load(folder).problems]
    assert told == [("file-outside", STUDIO), ("file-outside", PEOPLE)]


def test_a_person_without_input_may_not_have_the_name_of_an_input(changed: Change) -> None:
    """Both would be the stand-in ‘blue (stand-in)’ in OBS."""
    loaded = changed(PEOPLE, "  mayor:", "  blue:")
    assert "person-input-name" in [problem.code for problem in loaded.problems]


def test_a_text_with_a_comma_says_that_it_wants_quotes(changed: Change) -> None:
    loaded = changed(LAYOUTS, "en: Keynote}", "en: Hall, wide}")
    assert "quotation marks" in loaded.problems[0].show("en")


def test_the_report_has_what_scripts_need(changed: Change) -> None:
    report = check_report(changed(DAY, "kind: panel", "kind: pannel"), "en")
    assert {key: report[key] for key in ("days", "sessions", "cues", "people")} == {
        "days": 1,
        "sessions": 1,
        "cues": 5,
        "people": 7,
    }
    (problem,) = report["problems"]
    assert problem == {
        "file": DAY,
        "line": line_of(DAY, "kind: panel"),
        "column": 15,
        "code": "choice",
        "severity": "error",
        "message": "‘pannel’ is not known here",
        "hint": "did you mean ‘panel’?",
    }


def test_the_sample_event_is_in_order() -> None:
    loaded = load(Path(__file__).parents[1])
    assert [problem.show("en") for problem in loaded.problems] == []
    assert loaded.event is not None
    assert loaded.counts.days == 5
    assert loaded.counts.sessions == 15
    assert loaded.counts.people >= 120

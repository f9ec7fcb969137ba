"""What an LED wall shows for a cue: guests live, cameras by name, words and colours as the layout has them."""

from __future__ import annotations

from dataclasses import replace

from studio_console.core.picture import plan_day, scenes_by_cue, stand_in_colour
from studio_console.core.rundown import Cue, Event, Person, Where
from studio_console.core.studio import (
    Cabinets,
    Capture,
    Clip,
    Colour,
    Feed,
    Fit,
    Input,
    Layout,
    Rect,
    Role,
    ShowsCaption,
    ShowsClip,
    ShowsInput,
    ShowsPlate,
    ShowsSpeaker,
    Size,
    Slot,
    Still,
    Studio,
    Surface,
    Words,
)
from studio_console.core.text import Text, same
from studio_console.core.units import InputId, LayoutId, PersonId
from studio_console.core.wall_picture import (
    Filed,
    Guest,
    InObs,
    Lettering,
    Plain,
    StandIn,
    cue_seen,
    wall_picture,
    walls,
)
from tests.builders import PROGRAM, WALL, Run, cue, day

LONDON = Person(
    PersonId("london"), same("Mayor"), same("London"), "Europe/London", Where.REMOTE, InputId("feed-london")
)
LIMA = Person(PersonId("lima"), same("Mayor"), same("Lima"), "America/Lima", Where.REMOTE)
HOST = Person(PersonId("host"), same("Host"), same("Seoul"), "Asia/Seoul", Where.HALL)
STAGE = Text("무대 카메라", "Stage camera")
SLOTS = (
    Slot("ground", Rect(0, 0, 960, 540), ShowsInput(InputId("blue"))),
    Slot("first", Rect(0, 0, 480, 270), ShowsSpeaker(0), Fit.CONTAIN),
    Slot("second", Rect(480, 0, 480, 270), ShowsSpeaker(1)),
    Slot("third", Rect(480, 270, 480, 270), ShowsSpeaker(2)),
    Slot("fourth", Rect(0, 270, 480, 270), ShowsSpeaker(3)),
    Slot("plate", Rect(0, 240, 480, 30), ShowsPlate(0, 20)),
    Slot("words", Rect(0, 500, 960, 40), ShowsCaption("ko", 30)),
    Slot("clip", Rect(0, 0, 960, 540), ShowsClip()),
    Slot("banner", Rect(0, 0, 100, 20), ShowsInput(InputId("banner"))),
)


def studio(*slots: Slot) -> Studio:
    """A wall of twice the size of its layout's canvas."""
    layout = Layout(LayoutId("grid"), same("Grid"), Role.WALL, Size(960, 540), slots or SLOTS)
    inputs = {
        "blue": Colour("#102030"),
        "banner": Words("Together", 40, "#ff0000"),
        "feed-london": Feed("srt://127.0.0.1:9000"),
        "cam-stage": Capture("/dev/video0"),
    }
    return Studio(
        same("Hall"),
        "Asia/Seoul",
        500,
        50,
        {
            PROGRAM: Surface(PROGRAM, same("PGM"), Role.PROGRAM, Size(1280, 720), 30, "ws://127.0.0.1:4455"),
            WALL: Surface(WALL, same("LED"), Role.WALL, Size(1920, 1080), 30, "ws://127.0.0.1:4456"),
        },
        {
            InputId(name): Input(InputId(name), STAGE if name == "cam-stage" else same(name), source)
            for name, source in inputs.items()
        },
        {layout.id: layout},
        InputId("cam-stage"),
    )


def on_wall(number: str, *speakers: Person, title: Text | None = None) -> Cue:
    return replace(
        cue(number, title=title), speakers=tuple(one.id for one in speakers), layouts={WALL: LayoutId("grid")}
    )


def event(*cues: Cue) -> Event:
    return Event("e", same("E"), "Asia/Seoul", {one.id: one for one in (LONDON, LIMA, HOST)}, (day(*cues),))


def test_guests_are_live_and_the_rest_is_named() -> None:
    hall = studio()
    item = on_wall("M1", LONDON, LIMA, HOST, title=Text("사례", "Case"))
    picture = wall_picture(item, hall.surfaces[WALL], event(item), hall)
    assert picture is not None
    assert picture.canvas == Size(1920, 1080)
    shown = [place.shows for place in picture.places]
    assert shown == [
        Plain("#102030"),
        Guest(LONDON.id, LONDON.label),
        stand_in("lima", LIMA.label),  # OBS has no input for Lima
        InObs(WALL, "cam-stage", STAGE),
        Lettering(same(LONDON.label.both()), 40),
        Lettering(same("사례"), 60),
        Lettering(same("Together"), 40, "#ff0000"),
    ]
    assert picture.guests == {LONDON.id}
    assert picture.places[1].rect == Rect(0, 0, 960, 540)
    assert picture.places[1].fit is Fit.CONTAIN


def test_in_rehearsal_what_is_missing_is_seen_as_it_will_be_seen() -> None:
    """A laptop has no camera and not every clip: OBS shows surfaces with their names, and so does what comes."""
    slots = (
        Slot("camera", Rect(0, 0, 480, 270), ShowsInput(InputId("cam-stage"))),
        Slot("clip", Rect(480, 0, 480, 270), ShowsClip()),
    )
    hall = studio(*slots, Slot("guest", Rect(0, 270, 480, 270), ShowsSpeaker(0)))
    clips = {InputId("film"): Input(InputId("film"), same("Film"), Clip("clips/film.mp4"))}
    hall = replace(hall, inputs={**hall.inputs, **clips})
    item = replace(on_wall("M1", LONDON), clip=InputId("film"))
    missing = frozenset(map(InputId, ("cam-stage", "feed-london", "film")))
    guest = Guest(LONDON.id, LONDON.label)
    for stand_ins, seen in (
        (frozenset(), [InObs(WALL, "cam-stage", STAGE), Filed("clips/film.mp4", same("Film"), plays=True), guest]),
        (missing, [stand_in("cam-stage", STAGE), stand_in("film", same("Film")), guest]),
    ):
        picture = wall_picture(item, hall.surfaces[WALL], event(item), hall, stand_ins=stand_ins)
        assert picture is not None
        assert [place.shows for place in picture.places] == seen
        assert picture.files == ({"clips/film.mp4"} if not stand_ins else set())
        assert {entry.name for entry in picture.in_obs} == ({"cam-stage"} if not stand_ins else set())


def test_a_stand_in_has_the_colour_that_obs_is_given() -> None:
    """The same function plans the scene, so that the two cannot drift apart."""
    hall = studio(Slot("camera", Rect(0, 0, 960, 540), ShowsInput(InputId("cam-stage"))))
    item = on_wall("M1")
    planned = plan_day(event(item), day(item), hall, frozenset({InputId("cam-stage")}))[WALL]
    grounds = [plan.source for plan in planned.inputs if plan.name == "cam-stage (stand-in)"]
    assert grounds == [Colour(stand_in("cam-stage", STAGE).colour)]


def stand_in(name: str, title: Text) -> StandIn:
    return StandIn(stand_in_colour(name), title)


def test_a_face_that_a_seam_runs_through_is_told_where_somebody_sits() -> None:
    """Three cabinets of 640 px: a face from 620 to 940 lies across the first seam, that of the other in the second."""
    across, beside = (
        Slot("a", Rect(150, 0, 480, 270), ShowsSpeaker(0)),
        Slot("b", Rect(320, 0, 480, 270), ShowsSpeaker(1)),
    )
    hall = studio(across, beside)
    wall = replace(hall.surfaces[WALL], cabinets=Cabinets(3, 3, Size(640, 360)))

    def cut(*speakers: Person) -> list[bool]:
        item = on_wall("M1", *speakers)
        picture = wall_picture(item, wall, event(item), hall)
        assert picture is not None
        assert picture.cut == sum(place.cut for place in picture.places)
        return [place.cut for place in picture.places]

    assert cut(LONDON, HOST) == [True, False]
    assert cut() == []
    item = on_wall("M1", LONDON)
    without = wall_picture(item, hall.surfaces[WALL], event(item), hall)
    assert without is not None
    assert without.cut == 0, "a wall without known cabinets"


def test_a_feed_that_is_shown_by_its_name_is_its_guest() -> None:
    hall = studio(Slot("feed", Rect(0, 0, 960, 540), ShowsInput(InputId("feed-london"))))
    item = on_wall("M1")
    picture = wall_picture(item, hall.surfaces[WALL], event(item), hall)
    assert picture is not None
    assert [place.shows for place in picture.places] == [Guest(LONDON.id, LONDON.label)]


def test_a_cue_that_leaves_the_wall_alone_has_no_picture_of_it() -> None:
    hall, item = studio(), cue("M1")
    assert wall_picture(item, hall.surfaces[WALL], event(item), hall) is None
    assert [wall.id for wall in walls(hall)] == [WALL]


def test_what_the_wall_shows_is_what_it_is_seen_to_show() -> None:
    """M2 leaves the wall as it is; a scene put up by hand belongs to no cue."""
    hall = studio()
    wall = hall.surfaces[WALL]
    story = event(on_wall("M1", LONDON), cue("M2"), on_wall("M3", LIMA))
    run = Run(story.days[0], surfaces=(PROGRAM, WALL), scenes=scenes_by_cue(plan_day(story, story.days[0], hall)))
    assert cue_seen(run.show, wall) is None

    def number() -> str | None:
        found = cue_seen(run.show, wall)
        return found.number if found is not None else None

    run.go("M1")
    assert number() == "M1"
    run.wait("1:00")
    run.press_go("M2")
    assert number() == "M1"
    run.see("Scene 2", WALL)
    assert number() is None
    run.see("M3 grid", WALL)
    assert number() == "M3"
    run.lose(WALL)
    assert number() is None


def test_a_picture_file_is_named_with_its_file() -> None:
    """A slate looks as it will: whoever draws reads the file."""
    hall = studio(Slot("ground", Rect(0, 0, 960, 540), ShowsInput(InputId("slate"))))
    hall = replace(hall, inputs={InputId("slate"): Input(InputId("slate"), STAGE, Still("slates/a.png"))})
    item = on_wall("M1")
    picture = wall_picture(item, hall.surfaces[WALL], event(item), hall)
    assert picture is not None
    assert [place.shows for place in picture.places] == [Filed("slates/a.png", STAGE)]
    assert picture.files == {"slates/a.png"}

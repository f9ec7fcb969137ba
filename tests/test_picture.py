"""The wanted picture: which scenes and inputs a day needs on each surface, and which scene belongs to which cue."""

from __future__ import annotations

from dataclasses import replace

from studio_console.core.picture import (
    STAND_IN_COLOURS,
    InputPlan,
    Item,
    ScenePlan,
    SurfacePlan,
    plan_day,
    scenes_by_cue,
    stand_in_inputs,
)
from studio_console.core.rundown import Cue, Day, Event, Person, Where
from studio_console.core.studio import (
    Capture,
    Clip,
    Colour,
    Feed,
    Fit,
    Input,
    Layout,
    MadeInObs,
    Rect,
    Role,
    Shows,
    ShowsCaption,
    ShowsClip,
    ShowsInput,
    ShowsPlate,
    ShowsSpeaker,
    Size,
    Slot,
    Source,
    Still,
    Studio,
    Surface,
    Words,
)
from studio_console.core.text import Text, same
from studio_console.core.units import CueId, DayId, InputId, LayoutId, PersonId, SurfaceId
from tests.builders import PROGRAM, WALL, cue, day, name

HD = Size(1280, 720)
FULL = Rect(0, 0, 1280, 720)
FOOT = Rect(64, 576, 768, 72)


def inputs(**sources: Source) -> dict[InputId, Input]:
    return {
        InputId(key): Input(InputId(key), Text(f"{key} 입력", f"{key} input"), source)
        for key, source in sources.items()
    }


INPUTS = inputs(
    stage=Capture("/dev/video0"),
    london=Feed("srt://london"),
    opening=Clip("assets/clips/opening.mp4"),
    slate=Still("assets/slates/holding.png"),
    banner=Words("Together We Stand", 60),
    blue=Colour("#101820"),
)


def person(key: str, where: Where = Where.REMOTE, input: str | None = None) -> Person:
    city = key.capitalize()
    return Person(
        PersonId(key),
        Text("시장", "Mayor"),
        Text(f"{city}시", city),
        "UTC",
        where,
        InputId(input) if input else None,
    )


PEOPLE = {
    one.id: one
    for one in (
        person("london", input="london"),
        person("lima"),
        person("seoul", Where.HALL),
        *(person(f"city{number}") for number in range(1, 43)),
    )
}


def layout(key: str, *slots: Slot, canvas: Size = HD, role: Role = Role.PROGRAM) -> Layout:
    return Layout(LayoutId(key), same(key), role, canvas, slots)


def slot(shows: Shows, rect: Rect = FULL, fit: Fit = Fit.COVER) -> Slot:
    return Slot("a slot", rect, shows, fit)


GROUND = slot(ShowsInput(InputId("blue")))
SPEAKER = slot(ShowsSpeaker(0))
PLATE = slot(ShowsPlate(0, 36), FOOT)
KEYNOTE = layout("keynote", GROUND, SPEAKER, PLATE)


def surface(key: SurfaceId = PROGRAM, canvas: Size = HD, obs: str = "ws://127.0.0.1:4455") -> Surface:
    role = Role.PROGRAM if key == PROGRAM else Role.WALL
    return Surface(key, same(key), role, canvas, 30, obs)


def studio(*layouts: Layout, surfaces: tuple[Surface, ...] = (surface(),), hall_input: str | None = "stage") -> Studio:
    return Studio(
        same("Hall"),
        "Asia/Seoul",
        500,
        50,
        {one.id: one for one in surfaces},
        INPUTS,
        {one.id: one for one in layouts},
        InputId(hall_input) if hall_input else None,
    )


def shown(
    number: str,
    layout: str,
    *speakers: str,
    clip: str | None = None,
    captions: Text | None = None,
    on: SurfaceId = PROGRAM,
) -> Cue:
    return replace(
        cue(number, clip=clip, title=Text(f"{number} 제목", f"{number} title")),
        speakers=tuple(PersonId(one) for one in speakers),
        layouts={on: LayoutId(layout)},
        captions=captions,
    )


def plans(
    whole: Day, hall: Studio, stand_ins: frozenset[InputId] = frozenset(), *others: Day
) -> dict[str, SurfacePlan]:
    event = Event("summit", same("Summit"), "Asia/Seoul", PEOPLE, (whole, *others))
    return dict(plan_day(event, whole, hall, stand_ins))


def program(whole: Day, hall: Studio, stand_ins: frozenset[InputId] = frozenset()) -> SurfacePlan:
    return plans(whole, hall, stand_ins)[PROGRAM]


def names(plan: SurfacePlan) -> list[str]:
    return [scene.name for scene in plan.scenes]


def sources(plan: SurfacePlan) -> dict[str, Source]:
    return {one.name: one.source for one in plan.inputs}


# --- scenes ----------------------------------------------------------------------------------------------------


def test_one_readable_scene_per_distinct_picture() -> None:
    """M11 and M13 are both London in full: one scene, named by the first; Lima has one of its own."""
    plan = program(
        day(shown("M11", "keynote", "london"), shown("M12", "keynote", "lima"), shown("M13", "keynote", "london")),
        studio(KEYNOTE),
    )

    assert names(plan) == ["M11 keynote", "M12 keynote"]
    assert plan.by_cue == {name("M11"): "M11 keynote", name("M12"): "M12 keynote", name("M13"): "M11 keynote"}


def test_a_scene_is_its_items_bottom_to_top() -> None:
    """Ground, London, London's plate: where the layout has them."""
    plan = program(day(shown("M11", "keynote", "london")), studio(KEYNOTE))

    assert plan.scenes == (
        ScenePlan(
            plan.by_cue[name("M11")],
            (
                Item("blue", FULL, Fit.COVER),
                Item("london", FULL, Fit.COVER),
                Item("plate london 36", FOOT, Fit.CONTAIN),
            ),
        ),
    )
    assert sources(plan) == {
        "blue": Colour("#101820"),
        "london": Feed("srt://london"),
        "plate london 36": Words("London시 시장 · Mayor, London", 36),
    }


def test_cues_that_say_nothing_of_a_surface_leave_it_alone() -> None:
    """A break has no layout on the programme; the wall is not meant by any of the cues."""
    wanted = plans(
        day(shown("M1", "keynote", "london"), cue("B1")), studio(KEYNOTE, surfaces=(surface(), surface(WALL)))
    )

    assert scenes_by_cue(wanted) == {name("M1"): {PROGRAM: "M1 keynote"}}
    assert wanted[WALL].scenes == ()


def test_scenes_by_cue_has_every_surface_of_a_cue() -> None:
    """One cue, two surfaces, two scenes."""
    spot = layout("spotlight", SPEAKER, role=Role.WALL)
    one = replace(shown("M1", "keynote", "london"), layouts={PROGRAM: LayoutId("keynote"), WALL: LayoutId("spotlight")})
    wanted = plans(day(one), studio(KEYNOTE, spot, surfaces=(surface(), surface(WALL, obs="ws://127.0.0.1:4456"))))

    assert scenes_by_cue(wanted) == {name("M1"): {PROGRAM: "M1 keynote", WALL: "M1 spotlight"}}
    assert [plan.projector_scene for plan in wanted.values()] == [None, None]


def test_a_number_that_another_day_has_too_is_told_apart() -> None:
    """Tuesday's M1 and Wednesday's lie in the same scene collection: neither may take the other's scene or caption."""
    title = layout("title", slot(ShowsCaption("ko")))
    tuesday = day(shown("M1", "title"), shown("M2", "title"))
    wednesday = replace(day(replace(shown("M1", "title"), id=CueId("wed"))), id=DayId("wednesday"))
    hall = studio(title)

    assert names(plans(tuesday, hall, frozenset(), wednesday)[PROGRAM]) == ["day M1 title", "M2 title"]
    other = plans(wednesday, hall, frozenset(), tuesday)[PROGRAM]
    assert names(other) == ["wednesday M1 title"]
    assert list(sources(other)) == ["caption wednesday M1 ko 44"]


# --- who and what is seen --------------------------------------------------------------------------------------


def test_a_hall_speaker_without_an_input_is_seen_by_the_hall_camera() -> None:
    """Nobody wires a camera per speaker."""
    plan = program(day(shown("M1", "keynote", "seoul")), studio(KEYNOTE))
    assert [item.input for item in plan.scenes[0].items] == ["blue", "stage", "plate seoul 36"]


def test_a_guest_without_a_feed_is_a_labelled_stand_in() -> None:
    """Lima has no line yet: a coloured surface says whose place it is, in both languages."""
    plan = program(day(shown("M1", "keynote", "lima")), studio(KEYNOTE))

    ground, label = (one for one in plan.inputs if one.name.startswith("lima"))
    assert (ground.name, label.name) == ("lima (stand-in)", "lima (label)")
    assert isinstance(ground.source, Colour)
    assert ground.source.colour in STAND_IN_COLOURS
    assert label.source == Words("Lima시 시장\nMayor, Lima", 64)
    assert plan.scenes[0].items[1:3] == (
        Item("lima (stand-in)", FULL, Fit.STRETCH),
        Item("lima (label)", Rect(102.4, 216.0, 1075.2, 288.0), Fit.CONTAIN),
    )


def test_rehearsal_replaces_what_a_laptop_does_not_have() -> None:
    """Cameras and feeds; clips, pictures, texts and colours are files and are there."""
    assert stand_in_inputs(studio()) == {"stage", "london"}

    plan = program(
        day(shown("M1", "keynote", "london"), shown("M2", "keynote", "seoul")),
        studio(KEYNOTE),
        stand_in_inputs(studio()),
    )
    assert not [one for one in plan.inputs if isinstance(one.source, Capture | Feed)]
    assert [one.name for one in plan.inputs if one.name.startswith("london")] == ["london (stand-in)", "london (label)"]
    assert sources(plan)["stage (label)"] == Words("stage 입력\nstage input", 64)


def test_what_is_made_in_obs_by_hand_goes_by_its_name_there() -> None:
    """London is on NDI: the scene has the source that somebody made, its sound is theirs; a laptop has a stand-in."""
    ndi = Input(InputId("london"), Text("런던", "London"), MadeInObs("NDI London"), audible=False)
    hall = replace(studio(KEYNOTE), inputs={**INPUTS, ndi.id: ndi})
    whole = day(shown("M1", "keynote", "london"))

    plan = program(whole, hall)
    assert plan.scenes[0].items[1] == Item("NDI London", FULL, Fit.COVER)
    assert InputPlan("NDI London", MadeInObs("NDI London")) in plan.inputs
    assert "london" not in sources(plan)

    assert "london" in stand_in_inputs(hall)
    rehearsed = program(whole, hall, stand_in_inputs(hall))
    assert sources(rehearsed)["london (label)"] == Words("런던\nLondon", 64)
    assert "NDI London" not in sources(rehearsed)


def test_nobody_in_a_seat_is_an_empty_seat() -> None:
    """A layout for two with one speaker, or with a speaker whom nobody knows: the ground is seen there."""
    two = layout("two", GROUND, SPEAKER, slot(ShowsSpeaker(1)), slot(ShowsPlate(1)))
    plan = program(day(shown("M1", "two", "london"), shown("M2", "two", "london", "nobody")), studio(two))

    assert names(plan) == ["M1 two"]
    assert [item.input for item in plan.scenes[0].items] == ["blue", "london"]


def test_clips_are_seen_where_the_layout_has_a_place_for_them() -> None:
    """The cue says which."""
    vt = layout("vt", GROUND, slot(ShowsClip(), fit=Fit.CONTAIN))
    plan = program(
        day(shown("V1", "vt", clip="opening"), shown("V2", "vt"), shown("V3", "vt", clip="lost")), studio(vt)
    )

    assert names(plan) == ["V1 vt", "V2 vt"]
    assert plan.scenes[0].items[1] == Item("opening", FULL, Fit.CONTAIN)
    assert plan.by_cue[name("V3")] == "V2 vt"


def test_captions_fall_back_to_the_title() -> None:
    """자막: the cue's own words where it has any, in the language of the slot."""
    title = layout("title", slot(ShowsCaption("ko", 44), FOOT), slot(ShowsCaption("en", 30), FULL))
    captions = Text("서울 선언", "The Seoul Declaration")
    plan = program(day(shown("M1", "title"), shown("M2", "title", captions=captions)), studio(title))

    assert sources(plan) == {
        "caption M1 ko 44": Words("M1 제목", 44),
        "caption M1 en 30": Words("M1 title", 30),
        "caption M2 ko 44": Words("서울 선언", 44),
        "caption M2 en 30": Words("The Seoul Declaration", 30),
    }
    assert names(plan) == ["M1 title", "M2 title"]


def test_the_same_caption_in_two_sizes_is_two_inputs() -> None:
    """One text input has one size of letters."""
    title = layout("title", slot(ShowsCaption("en", 44)), slot(ShowsCaption("en", 30), FOOT))
    assert list(sources(program(day(shown("M1", "title")), studio(title)))) == ["caption M1 en 44", "caption M1 en 30"]


def test_sound_belongs_to_inputs_that_have_it() -> None:
    """A stand-in is silent."""
    hall = studio(KEYNOTE)
    heard = replace(INPUTS[InputId("london")], audible=True)
    hall = replace(hall, inputs={**INPUTS, heard.id: heard})
    whole = day(shown("M1", "keynote", "london"))

    assert [one.name for one in program(whole, hall).inputs if one.audible] == ["london"]
    assert not any(one.audible for one in program(whole, hall, frozenset({heard.id})).inputs)


# --- surfaces --------------------------------------------------------------------------------------------------


def test_a_layout_is_scaled_to_the_surface() -> None:
    """Drawn on 1280x720, shown on a wall of 1920x1080: every rectangle is half as large again."""
    plan = program(day(shown("M1", "keynote", "london")), studio(KEYNOTE, surfaces=(surface(canvas=Size(1920, 1080)),)))
    assert [item.rect for item in plan.scenes[0].items] == [
        Rect(0, 0, 1920, 1080),
        Rect(0, 0, 1920, 1080),
        Rect(96, 864, 1152, 108),
    ]
    words = [entry.source for entry in plan.inputs if entry.name.startswith("plate ")]
    assert [entry.size for entry in words if isinstance(entry, Words)] == [54], "letters of 36 grow with it"


def test_forty_two_cities_on_the_wall() -> None:
    """The mayors' wall: 42 pictures, each with its plate, each city at its own place, and none of them twice."""
    cells = [Rect(column * 180, row * 120, 180, 120) for row in range(6) for column in range(7)]
    tiles = [slot(ShowsSpeaker(place), rect) for place, rect in enumerate(cells)]
    plates = [slot(ShowsPlate(place, 18), replace(rect, height=20)) for place, rect in enumerate(cells)]
    grid = layout("grid-42", *tiles, *plates, canvas=Size(1260, 720))
    everyone = [f"city{number}" for number in range(1, 43)]
    plan = program(day(shown("M20", "grid-42", *everyone)), studio(grid, surfaces=(surface(canvas=Size(2520, 1440)),)))

    items = plan.scenes[0].items
    pictures = [item for item in items if item.input.endswith("(stand-in)")]
    assert [item.input for item in pictures] == [f"{one} (stand-in)" for one in everyone]
    assert [item.rect for item in pictures] == [Rect(one.x * 2, one.y * 2, 360, 240) for one in cells]
    assert sum(item.input.startswith("plate ") for item in items) == 42
    assert len({one.name for one in plan.inputs}) == len(plan.inputs) == 42 * 3


def test_a_second_surface_in_the_same_obs_is_a_scene_for_a_projector() -> None:
    """On a laptop one OBS carries both: the wall's scenes lie in one that a projector shows."""
    laptop = (surface(), surface(WALL), surface(SurfaceId("foyer"), obs="ws://127.0.0.1:4460"))
    wanted = plans(day(shown("M1", "keynote", "london")), studio(KEYNOTE, surfaces=laptop))
    assert {key: plan.projector_scene for key, plan in wanted.items()} == {
        PROGRAM: None,
        WALL: "wall (projector)",
        "foyer": None,
    }


def test_two_surfaces_in_one_obs_do_not_take_each_others_scenes() -> None:
    """The same layout on two canvases of different size: two scenes, told apart by the surface's name."""
    laptop = (surface(), surface(WALL, canvas=Size(1920, 1080)), surface(SurfaceId("foyer")))
    both = {one.id: LayoutId("keynote") for one in laptop}
    wanted = plans(day(replace(shown("M1", "keynote", "london"), layouts=both)), studio(KEYNOTE, surfaces=laptop))
    assert scenes_by_cue(wanted)[name("M1")] == {
        PROGRAM: "M1 keynote",
        WALL: "M1 keynote (wall)",
        "foyer": "M1 keynote",
    }


def test_the_plan_is_the_same_every_time() -> None:
    """Provisioning twice must find nothing to do."""
    whole = day(shown("M1", "keynote", "lima"), shown("M2", "keynote", "seoul"))
    assert plans(whole, studio(KEYNOTE)) == plans(whole, studio(KEYNOTE))


def test_a_layout_that_is_gone_changes_nothing() -> None:
    """Checked when files are loaded; here it is no reason to fall over."""
    plan = program(day(shown("M1", "no such layout")), studio(KEYNOTE))
    assert plan.by_cue == {}

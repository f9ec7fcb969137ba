"""What the first window does with this machine: its files, its recent events, the copy of the sample."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from studio_console.app.first_start import StudioFirstStart, folder_name
from studio_console.app.recent import MOST, RecentEvents
from studio_console.app.sample import copy_sample
from studio_console.core.first_start import Hall, NewEvent, PasswordPlace, Recent
from studio_console.core.problems import Severity, UserError
from studio_console.core.text import Text, same
from studio_console.core.units import SurfaceId
from studio_console.files.load import load
from tests.small_event import write_small_event

REPOSITORY = Path(__file__).parents[1]
PROGRAM, WALL = SurfaceId("program"), SurfaceId("wall")


@pytest.fixture
def first_start(tmp_path: Path) -> StudioFirstStart:
    return StudioFirstStart(tmp_path / "documents", RecentEvents(tmp_path / "state" / "recent.json"))


# --- looking into a folder ---------------------------------------------------------------------------------------


def test_a_good_event_is_shown_with_its_days_and_surfaces(first_start: StudioFirstStart, tmp_path: Path) -> None:
    look = first_start.look(str(write_small_event(tmp_path / "event")))
    assert look.good
    assert look.title == Text("작은 회의", "Small summit")
    assert [(day.id, day.date) for day in look.days] == [("evening", date(2020, 6, 2))]
    assert [(each.id, each.address, each.variable) for each in look.surfaces] == [
        (PROGRAM, "ws://127.0.0.1:4455", "STUDIO_OBS_PASSWORD_PROGRAM"),
        (WALL, "ws://127.0.0.1:4456", "STUDIO_OBS_PASSWORD_WALL"),
    ]


def test_an_event_with_errors_is_shown_with_their_places_the_worst_first(
    first_start: StudioFirstStart, tmp_path: Path
) -> None:
    folder = write_small_event(tmp_path / "event")
    day = folder / "rundown" / "day-1.yaml"
    day.write_text(day.read_text("utf-8").replace("speakers: [london]", "speakers: [londno]"), "utf-8")
    (folder / "layouts" / "old.yml").write_text("", "utf-8")
    look = first_start.look(str(folder))
    assert not look.good
    assert look.is_event
    assert [problem.severity for problem in look.problems] == [Severity.ERROR, Severity.WARNING]
    assert str(look.problems[0].place).startswith("rundown/day-1.yaml:26:")


def test_a_folder_that_is_no_event_is_told_apart(first_start: StudioFirstStart, tmp_path: Path) -> None:
    """Holiday pictures, an empty folder, none at all, and a name that no folder can have."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "beach.jpg").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    told = {name: first_start.look(str(tmp_path / name)) for name in ("pictures", "empty", "none", "a\0b")}
    assert [(look.good, look.is_event, look.is_empty) for look in told.values()] == [
        (False, False, False),
        (False, False, True),
        (False, False, False),
        (False, False, False),
    ]


# --- the sample --------------------------------------------------------------------------------------------------


def test_the_sample_is_copied_once_and_then_stays_the_user_s(first_start: StudioFirstStart) -> None:
    """What was changed in it is there the next time; the project's own is never touched."""
    folder = Path(first_start.sample())
    assert load(folder).problems == load(REPOSITORY).problems
    assert first_start.look(str(folder)).good
    assert (folder / "assets" / "clips" / "opening.mp4").is_file()
    assert not (folder / "assets" / "draw_assets.py").exists()
    people = folder / "rundown" / "people.yaml"
    people.write_text("# mine\n" + people.read_text("utf-8"), "utf-8")
    assert first_start.sample() == str(folder)
    assert people.read_text("utf-8").startswith("# mine")
    assert [path.name for path in folder.parent.iterdir()] == ["Sample"]


def test_a_sample_that_cannot_be_copied_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "documents").mkdir()

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(UserError, match="No space left"):
        copy_sample(tmp_path / "documents" / "Sample")
    assert list((tmp_path / "documents").iterdir()) == []


def test_an_installation_without_the_sample_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not part of this installation"):
        copy_sample(tmp_path / "Sample", tmp_path / "elsewhere")


def test_a_folder_of_somebody_else_s_in_its_place_stays(tmp_path: Path) -> None:
    (tmp_path / "Sample").mkdir()
    (tmp_path / "Sample" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(UserError, match="could not be copied"):
        copy_sample(tmp_path / "Sample")
    assert [path.name for path in tmp_path.iterdir()] == ["Sample"]
    assert (tmp_path / "Sample" / "notes.txt").read_text("utf-8") == "mine"


# --- a new event -------------------------------------------------------------------------------------------------


def test_a_new_event_goes_where_nothing_is_yet(first_start: StudioFirstStart) -> None:
    title = Text("시민 토론회: 1/2부", "Debate")
    folder = first_start.suggested_folder(title)
    assert Path(folder).name == "시민 토론회 1 2부"
    first_start.make(folder, NewEvent(title, (date(2026, 6, 2),), "14:00", "Asia/Seoul", Hall.TWO))
    assert first_start.look(folder).problems == ()
    assert first_start.suggested_folder(title) == f"{folder} 2"


@pytest.mark.parametrize(
    ("title", "name"), [("../../etc", "etc"), ('a<b>:"c|?*', "a b c"), ("…", "Event"), ("한" * 90, "한" * 60)]
)
def test_a_title_makes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert folder_name(same(title)) == name


# --- which OBS ---------------------------------------------------------------------------------------------------


def test_an_address_is_written_in_its_one_spelling(first_start: StudioFirstStart, tmp_path: Path) -> None:
    folder = write_small_event(tmp_path / "event")
    look = first_start.set_address(str(folder), WALL, " ws://LocalHost:4460/ ")
    assert [each.address for each in look.surfaces] == ["ws://127.0.0.1:4455", "ws://127.0.0.1:4460"]
    assert "ws://127.0.0.1:4460" in (folder / "layouts" / "studio.yaml").read_text("utf-8")


def test_a_standby_has_an_address_and_a_password_of_its_own(first_start: StudioFirstStart, tmp_path: Path) -> None:
    folder = write_small_event(tmp_path / "event")
    path = folder / "layouts" / "studio.yaml"
    path.write_text(path.read_text("utf-8").replace(':4455"}', ':4455", standby: "ws://10.0.0.9:4455"}'), "utf-8")
    standby = first_start.look(str(folder)).surfaces[1]
    assert (standby.title.en, standby.address) == ("Program standby", "ws://10.0.0.9:4455")
    assert standby.variable == "STUDIO_OBS_PASSWORD_PROGRAM_STANDBY"
    look = first_start.set_address(str(folder), standby.id, "ws://10.0.0.10:4455")
    assert [each.address for each in look.surfaces] == [
        "ws://127.0.0.1:4455",
        "ws://10.0.0.10:4455",
        "ws://127.0.0.1:4456",
    ]
    with pytest.raises(UserError, match="an OBS of its own"):
        first_start.set_address(str(folder), standby.id, "ws://127.0.0.1:4456")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("10.0.0.5", "has the form"),
        ("wss://10.0.0.5:4455", "does not speak wss"),
        ("ws://obs:secret@10.0.0.5:4455", "goes into the field beside"),
    ],
)
def test_what_is_no_address_is_never_written(
    address: str, words: str, first_start: StudioFirstStart, tmp_path: Path
) -> None:
    folder = write_small_event(tmp_path / "event")
    before = (folder / "layouts" / "studio.yaml").read_bytes()
    with pytest.raises(UserError, match=words) as refused:
        first_start.set_address(str(folder), WALL, address)
    assert "secret" not in str(refused.value)
    assert (folder / "layouts" / "studio.yaml").read_bytes() == before
    surface = first_start.look(str(folder)).surfaces[0]
    with pytest.raises(UserError, match=words):
        first_start.test(type(surface)(surface.id, surface.title, surface.canvas, address, surface.variable), "")


def test_the_main_obs_of_a_surface_is_never_another_s_standby(first_start: StudioFirstStart, tmp_path: Path) -> None:
    """It would be an error in the files, written by ourselves."""
    folder = write_small_event(tmp_path / "event")
    path = folder / "layouts" / "studio.yaml"
    path.write_text(path.read_text("utf-8").replace(':4455"}', ':4455", standby: "ws://10.0.0.9:4455"}'), "utf-8")
    with pytest.raises(UserError, match="standby"):
        first_start.set_address(str(folder), WALL, "ws://10.0.0.9:4455")
    assert first_start.look(str(folder)).good


def test_where_passwords_come_from_is_told_and_never_what_they_are(
    first_start: StudioFirstStart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_WALL", "open sesame")
    told = first_start.passwords((PROGRAM, WALL))
    assert told.places == {PROGRAM: PasswordPlace.NOWHERE, WALL: PasswordPlace.ENVIRONMENT}
    assert not told.keyring
    assert "sesame" not in repr(told)


# --- recent events -----------------------------------------------------------------------------------------------


def test_the_newest_is_first_and_each_is_there_once(tmp_path: Path) -> None:
    recent = RecentEvents(tmp_path / "state" / "recent.json")
    folders = [write_small_event(tmp_path / f"event-{place}") for place in range(MOST + 2)]
    for folder in [*folders, folders[5]]:
        recent.add(folder, Text("작은 회의", "Small summit"))
    told = recent.read()
    assert len(told) == MOST
    assert [Path(entry.folder).name for entry in told[:3]] == ["event-5", f"event-{MOST + 1}", f"event-{MOST}"]
    assert all(entry.there and entry.title == Text("작은 회의", "Small summit") for entry in told)


def test_one_that_is_gone_stays_in_the_list_until_it_is_taken_off(tmp_path: Path) -> None:
    """The drive may only be in a drawer."""
    recent = RecentEvents(tmp_path / "recent.json")
    folder = write_small_event(tmp_path / "event")
    recent.add(folder, same("x"))
    shutil.rmtree(folder)
    assert recent.read() == (Recent(str(folder.resolve()), same("x"), there=False),)
    assert recent.forget(str(folder.resolve())) == ()
    assert recent.read() == ()


@pytest.mark.parametrize("data", ["", "{}", "[1, {}]", '[{"folder": 3}]', "\x00", json.dumps([{"folder": "a\0b"}])])
def test_a_broken_list_is_as_if_it_had_never_been(data: str, tmp_path: Path) -> None:
    (tmp_path / "recent.json").write_text(data, "utf-8")
    recent = RecentEvents(tmp_path / "recent.json")
    assert recent.read() == ()
    recent.add(write_small_event(tmp_path / "event"), same("x"))
    assert len(recent.read()) == 1


def test_a_list_that_cannot_be_written_costs_nobody_anything(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    RecentEvents(tmp_path / "file" / "recent.json").add(tmp_path, same("x"))

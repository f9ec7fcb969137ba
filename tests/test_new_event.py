"""A new event from the template: good at once, whatever it is called, and never at the cost of what is there."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio_console.cli import main
from studio_console.core.first_start import Hall, NewEvent
from studio_console.core.problems import UserError
from studio_console.core.studio import Role
from studio_console.core.text import Text
from studio_console.files.load import load
from studio_console.files.new_event import cleaned, event_files, write_event

TITLE = Text("시민 토론회", "Citizens' debate")
ONE_DAY = (date(2026, 6, 2),)


def asked(
    title: Text = TITLE,
    dates: tuple[date, ...] = ONE_DAY,
    start: str = "14:00",
    zone: str = "Asia/Seoul",
    hall: Hall = Hall.ONE,
) -> NewEvent:
    return NewEvent(title, dates, start, zone, hall)


@pytest.mark.parametrize("hall", list(Hall))
@pytest.mark.parametrize("start", ["00:00", "00:05", "9:30", "23:59"])
@pytest.mark.parametrize("days", [1, 2, 30])
def test_every_combination_passes_the_check_without_a_warning(
    hall: Hall, start: str, days: int, tmp_path: Path
) -> None:
    """Whoever makes an event sees no list of problems as the first thing of it."""
    dates = tuple(date(2026, 11, place) for place in range(1, days + 1))
    write_event(tmp_path / "event", asked(dates=dates, start=start, hall=hall))
    loaded = load(tmp_path / "event")
    assert [problem.show("en") for problem in loaded.problems] == []
    assert loaded.event is not None
    assert tuple(day.date for day in loaded.event.days) == dates


@pytest.mark.parametrize(
    ("hall", "roles"),
    [
        (Hall.ONE, [Role.PROGRAM]),
        (Hall.TWO, [Role.PROGRAM, Role.WALL]),
        (Hall.FOUR, [Role.PROGRAM, Role.WALL, Role.LANGUAGE, Role.LANGUAGE]),
    ],
)
def test_the_hall_has_the_surfaces_that_were_asked_for(hall: Hall, roles: list[Role], tmp_path: Path) -> None:
    write_event(tmp_path, asked(hall=hall))
    studio = load(tmp_path).studio
    assert studio is not None
    assert [surface.role for surface in studio.surfaces.values()] == roles
    assert len({surface.obs_url for surface in studio.surfaces.values()}) == len(roles)


def test_its_day_can_be_run_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every cue has its pictures on every surface: a dry run on simulated OBS confirms them all."""
    write_event(tmp_path / "event", asked(hall=Hall.FOUR))
    assert main(["dry-run", str(tmp_path / "event"), "--speed", "5000", "--quiet", "--json", "-"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["confirmed"], report["unconfirmed"]) == (6, 0)
    assert all(cue["wanted"] for cue in report["cues"])


TITLES = st.text(
    st.one_of(
        st.sampled_from("\"'\\:#{}[],&*!|>%@`-?~«»<n> \t\u00a0"),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.sampled_from(["🎙", "👩", "\u200d", "é", "ㅅ", "\u2028", "\ufeff", "\x07", "\ue000"]),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=60,
)


@given(ko=TITLES, en=TITLES, hall=st.sampled_from(Hall))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_title_comes_back_as_it_was_given(
    ko: str, en: str, hall: Hall, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Quotation marks, colons, a number sign, Hangul, emoji: a title is no YAML."""
    if not (cleaned(ko) or cleaned(en)):
        with pytest.raises(UserError):
            event_files(asked(Text(ko, en), hall=hall))
        return
    folder = tmp_path_factory.mktemp("event")
    write_event(folder, asked(Text(ko, en), hall=hall))
    loaded = load(folder)
    assert [problem.show("en") for problem in loaded.problems] == []
    assert loaded.event is not None
    title = loaded.event.title
    assert title == Text(cleaned(ko) or cleaned(en), cleaned(en) or cleaned(ko))
    assert loaded.event.days[0].sessions[0].title == title
    assert loaded.event.days[0].cues[0].captions == title


def test_its_files_say_what_they_are_in_both_languages() -> None:
    files = event_files(asked(hall=Hall.FOUR))
    assert set(files) == {
        "layouts/studio.yaml",
        "layouts/program.yaml",
        "layouts/wall.yaml",
        "layouts/language.yaml",
        "rundown/event.yaml",
        "rundown/people.yaml",
        "rundown/day-01.yaml",
    }
    for name, text in files.items():
        assert text.startswith("# "), name
        assert "«" not in text, name
        assert max(map(len, text.splitlines())) <= 120, name


def test_the_holding_slate_stands_before_the_published_start(tmp_path: Path) -> None:
    """At midnight there is nothing before it, and the day begins with its title."""
    write_event(tmp_path / "day", asked(start="14:00"))
    write_event(tmp_path / "night", asked(start="00:00"))
    day, night = (load(tmp_path / name).event for name in ("day", "night"))
    assert day is not None
    assert night is not None
    assert [cue.number for cue in day.days[0].cues] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert [cue.number for cue in night.days[0].cues] == ["A2", "A3", "A4", "A5", "A6"]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (asked(Text(" ", "")), "title"),
        (asked(Text("x" * 300, "")), "too long"),
        (asked(dates=()), "at least one date"),
        (asked(dates=ONE_DAY * 2), "twice"),
        (asked(dates=(date(1999, 1, 1),)), "2000"),
        (asked(dates=tuple(date(2026, 1 + place // 28, 1 + place % 28) for place in range(40))), "At most"),
        (asked(start="25:00"), "14:00"),
        (asked(start="noon"), "14:00"),
        (asked(zone="Asia/Soul"), "Asia/Seoul"),
    ],
)
def test_what_cannot_be_an_event_is_refused_in_words(new: NewEvent, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        write_event(tmp_path / "event", new)
    assert not (tmp_path / "event").exists()


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path) -> None:
    """Even one hidden file: it is somebody's."""
    for name in (".hidden", "notes.txt"):
        folder = tmp_path / name.strip(".")
        folder.mkdir()
        (folder / name).write_text("mine", "utf-8")
        with pytest.raises(UserError, match=name):
            write_event(folder, asked())
        assert [path.name for path in folder.iterdir()] == [name]
        assert (folder / name).read_text("utf-8") == "mine"
    with pytest.raises(UserError, match="a file and no folder"):
        write_event(tmp_path / "hidden" / ".hidden", asked())


def test_what_could_not_be_written_to_its_end_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up at the third file: the folder is as it was, and may be tried again."""
    real = Path.open
    opened: list[Path] = []

    def full(path: Path, *arguments: object, **named: object) -> object:
        opened.append(path)
        if len(opened) == 3:
            raise OSError(28, "No space left on device")
        return real(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(UserError, match="No space left"):
        write_event(tmp_path / "deep" / "event", asked())
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_folder_can_have_is_refused(tmp_path: Path) -> None:
    for name in ("x" * 300, "a\0b"):
        with pytest.raises(UserError):
            write_event(tmp_path / name, asked())


# --- the command -------------------------------------------------------------------------------------------------


def test_the_command_makes_one_that_check_finds_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "2026 여름"
    given = ["--title", "도시 회의: #1", "--title-en", "City talks", "--date", "2026-06-02", "--date", "2026-06-03"]
    assert main(["new", str(folder), *given, "--start", "9:30", "--surfaces", "four", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert str(folder) in said
    assert "--rehearse" in said
    assert main(["check", str(folder), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "In order: 2 days, 2 sessions, 12 cues, 2 people\n"
    event = load(folder).event
    assert event is not None
    assert event.title == Text("도시 회의: #1", "City talks")


def test_without_options_it_is_called_like_its_folder_and_is_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``mkdir talks; cd talks; studio-console new``."""
    (tmp_path / "talks").mkdir()
    monkeypatch.chdir(tmp_path / "talks")
    assert main(["new", "--lang", "en"]) == 0
    event = load(Path()).event
    assert event is not None
    assert event.title == Text("talks", "talks")
    assert main(["new", "--lang", "en"]) == 2
    assert "Nothing is overwritten" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--date", "2 June"], "2026-06-02"),
        (["--surfaces", "three"], "one, two, four"),
        (["--zone", "Nowhere"], "zone"),
    ],
)
def test_a_mistake_on_the_line_makes_nothing(
    given: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", str(tmp_path / "event"), *given, "--lang", "en"]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

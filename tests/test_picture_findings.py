"""Before the day, preflight names everybody who would be on air as a coloured stand-in."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_console.app.console import Opened, open_event
from studio_console.app.picture_findings import picture_findings
from studio_console.cli import main
from studio_console.core.picture import plan_day
from studio_console.devices.obs.findings import Finding
from tests import event_texts
from tests.event_texts import FILES
from tests.small_event import write_small_event

PEOPLE, DAY, STUDIO = "rundown/people.yaml", "rundown/day-2.yaml", "layouts/studio.yaml"
NO_INPUT = {**FILES, PEOPLE: FILES[PEOPLE].replace(", input: feed-london", "")}


def opened(folder: Path, files: dict[str, str]) -> Opened:
    return open_event(event_texts.write(folder, files))


def found(event: Opened) -> list[Finding]:
    (day,) = event.event.days
    findings = list(picture_findings(event, day))
    inputs = [entry.name for plan in plan_day(event.event, day, event.studio).values() for entry in plan.inputs]
    stood_in = {name for name in inputs if name.endswith(" (stand-in)")}
    assert len(findings) == len(stood_in), "the pictures that are planned have no other stand-in"
    return findings


def test_where_everybody_has_a_picture_nothing_is_said(tmp_path: Path) -> None:
    """The hall's camera shows who has no input of their own and is in the hall."""
    assert found(opened(tmp_path, dict(FILES))) == []


def test_a_guest_without_an_input_is_named_with_their_cues(tmp_path: Path) -> None:
    """London's link was never written down: without this its mayor goes on air as a brown card."""
    certain = {**NO_INPUT, PEOPLE: NO_INPUT[PEOPLE].replace(", assumed: true", "")}
    (london,) = found(opened(tmp_path, certain))
    assert (london.ok, london.minor) == (False, False)
    assert london.what.en == "picture of Mayor, London"
    assert london.message.en.endswith("goes out in 1.10, M13")
    assert london.remedy is not None


def test_somebody_who_is_assumed_is_a_reminder_only(tmp_path: Path) -> None:
    """Who comes from London is not settled: the card with the city is what is meant for now."""
    (london,) = found(opened(tmp_path, NO_INPUT))
    assert (london.ok, london.minor) == (False, True)


def test_a_hall_without_a_camera_shows_nobody_in_it(tmp_path: Path) -> None:
    studio = "\n".join(line for line in FILES[STUDIO].splitlines() if "hall_input" not in line)
    (mayor,) = found(opened(tmp_path, {**FILES, STUDIO: studio}))
    assert mayor.what.ko == "서울 시장 화면"


def test_preflight_is_not_content_with_a_stand_in_on_air_and_lets_a_rehearsal_have_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = write_small_event(tmp_path) / "rundown" / "people.yaml"
    people.write_text(people.read_text("utf-8").replace("    input: feed-london\n", ""), "utf-8")
    nobody = ["--obs-url", "program=ws://127.0.0.1:9", "--obs-url", "wall=ws://127.0.0.1:9", "--lang", "en"]
    assert main(["preflight", str(tmp_path), *nobody]) == 1
    assert "✗ picture of Mayor, London: no input shows them" in capsys.readouterr().out
    assert main(["preflight", str(tmp_path), *nobody, "--stand-ins"]) == 1
    assert "picture of" not in capsys.readouterr().out

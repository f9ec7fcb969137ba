"""Before the day, preflight says how many remote guests there are and whom the desk will not see, with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from studio_console.app.console import Opened, open_event, plans_for
from studio_console.app.guest_findings import Obstacle, guest_findings, obstacle_to
from studio_console.app.places import Mode
from studio_console.core.rundown import FilePreview, PicturePreview, Preview, StreamPreview
from studio_console.devices.obs.findings import Finding
from studio_console.devices.previews import reasons
from tests import event_texts
from tests.event_texts import FILES

PEOPLE, DAY, STUDIO = "rundown/people.yaml", "rundown/day-2.yaml", "layouts/studio.yaml"
ALL = "speakers: [mayor, london, lima, oslo, cairo, delhi, sydney]"
EVERYBODY = {**FILES, DAY: FILES[DAY].replace("speakers: [mayor, london]", ALL)}


def opened(folder: Path, files: dict[str, str] | None = None) -> Opened:
    return open_event(event_texts.write(folder, files or EVERYBODY))


def nothing(preview: Preview, folder: Path) -> str:
    return ""


def without_srt_and_rtmp(preview: Preview, folder: Path) -> str:
    return reasons.NO_SRT if isinstance(preview, StreamPreview) else ""


def findings(event: Opened, drawn: bool = False, obstacle: Obstacle = nothing) -> Sequence[Finding]:
    (day,) = event.event.days
    plans = plans_for(event, day, Mode.SHOW)
    return list(guest_findings(event, day, plans, drawn, obstacle))


def lines(found: Sequence[Finding]) -> list[str]:
    return [f"{one.what.en}: {one.message.en}" for one in found]


def test_a_day_whose_guests_can_all_be_seen_has_one_line(tmp_path: Path) -> None:
    found = findings(opened(tmp_path))
    assert lines(found) == ["remote guests: 6, 1 of them only as a still picture"]
    assert found[0].ok
    assert found[0].message.ko == "6명, 그중 1명은 정지 그림뿐"


def test_a_day_without_remote_guests_says_nothing_of_them(tmp_path: Path) -> None:
    files = {**FILES, PEOPLE: FILES[PEOPLE].replace("where: remote, input", "where: hall, input")}
    assert findings(opened(tmp_path, files)) == []


def test_guests_whom_nothing_shows_are_named_and_keep_nobody_from_air(tmp_path: Path) -> None:
    files = {**EVERYBODY, PEOPLE: EVERYBODY[PEOPLE].replace(", input: feed-london", "")}
    for drawn in (False, True):
        _, none = findings(opened(tmp_path, files), drawn)
        assert lines([none]) == ["previews of remote guests: 1 cannot be seen on the desk: Mayor, London"]
        assert none.message.ko == "1명은 콘솔에서 보이지 않습니다: 런던 시장"
        assert (none.ok, none.minor) == (False, True)
        assert none.remedy is not None


def test_of_many_the_first_are_named(tmp_path: Path) -> None:
    more = "".join(
        f"  town-{number}: {{role: Mayor, city: Town {number}, time_zone: UTC, where: remote}}\n" for number in range(7)
    )
    towns = ", ".join(f"town-{number}" for number in range(7))
    files = {
        **FILES,
        PEOPLE: FILES[PEOPLE] + more,
        DAY: FILES[DAY].replace("speakers: [mayor, london]", f"speakers: [{towns}]"),
    }
    _, none = findings(opened(tmp_path, files))
    assert none.message.en.split(": ")[1].startswith("Mayor, Town 0; Mayor, Town 1; Mayor, Town 2;")
    assert none.message.en.endswith("; Mayor, Town 4 and 2 more")
    assert none.message.ko.endswith("외 2명")


def test_what_this_machine_cannot_play_is_an_error_with_what_to_install(tmp_path: Path) -> None:
    found = findings(opened(tmp_path), obstacle=without_srt_and_rtmp)
    assert lines(found[1:]) == [f"preview of Mayor, Lima: {reasons.REASONS[reasons.NO_SRT].en}"]
    assert (found[1].ok, found[1].minor) == (False, False)


def test_a_rehearsal_draws_its_guests_and_needs_nothing(tmp_path: Path) -> None:
    assert lines(findings(opened(tmp_path), drawn=True, obstacle=without_srt_and_rtmp))[1:] == []


def test_an_input_that_no_cue_shows_may_not_be_in_obs(tmp_path: Path) -> None:
    """Oslo's is a slogan that is in no layout: provision does not make it."""
    text = EVERYBODY[PEOPLE].replace("{obs: cam-stage, surface: program}", "{obs: banner}")
    found = findings(opened(tmp_path, {**EVERYBODY, PEOPLE: text}))
    assert [one.message.en.split(": ")[1] for one in found if not one.ok] == ["banner"]
    assert found[-1].minor


def test_a_guest_who_is_made_in_obs_and_on_air_is_seen_there(tmp_path: Path) -> None:
    """London on NDI: the plan has the source by its name in OBS, and OBS is asked for it by that name."""
    studio = EVERYBODY[STUDIO].replace('url: "srt://0.0.0.0:9000"', "obs: NDI London")
    event = opened(tmp_path, {**EVERYBODY, STUDIO: studio})
    assert lines(findings(event)) == ["remote guests: 6, 1 of them only as a still picture"]


@pytest.mark.parametrize(
    ("preview", "code"),
    [
        (FilePreview("assets/opening.mp4"), reasons.EMPTY_FILE),
        (FilePreview("assets"), reasons.NOT_A_FILE),
        (FilePreview("assets/none.mp4"), reasons.NO_FILE),
        (PicturePreview("assets/none.png"), reasons.NO_FILE),
        (PicturePreview("assets/holding.png"), ""),
        (StreamPreview("udp://239.1.2.3:5000"), ""),
    ],
)
def test_files_and_streams_are_asked_for_on_this_machine(tmp_path: Path, preview: Preview, code: str) -> None:
    assert obstacle_to(preview, event_texts.write(tmp_path)) == code

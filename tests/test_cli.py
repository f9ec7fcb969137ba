"""The command line as a person and a script use it."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from studio_console.cli import COMMANDS, main
from studio_console.core.first_start import Hall
from studio_console.devices.simulated.server import SimulatedObs
from tests.real_obs import identified
from tests.small_event import write_small_event

PACKAGE = Path(__file__).parent.parent


def test_a_good_event_is_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The team checks its files before the day: exit status 0 and what was counted."""
    assert main(["check", str(write_small_event(tmp_path)), "--lang", "en"]) == 0
    assert "1 days, 1 sessions, 5 cues, 2 people" in capsys.readouterr().out


def test_every_problem_is_listed_with_its_place_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two mistakes in one file: both are told at once, each with line and column, and the exit status is 1."""
    day = write_small_event(tmp_path) / "rundown" / "day-1.yaml"
    text = day.read_text(encoding="utf-8")
    text = text.replace("speakers: [london]", "speakers: [londno]").replace("kind: break", "kind: brake")
    day.write_text(text, encoding="utf-8")
    for language in ("ko", "en"):
        assert main(["check", str(tmp_path), "--lang", language]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert any(line.startswith("rundown/day-1.yaml:26:") and "london" in line for line in lines), lines
        assert any(line.startswith("rundown/day-1.yaml:31:") and "break" in line for line in lines), lines


def test_the_report_for_scripts_has_the_promised_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script reads the problems as JSON."""
    day = write_small_event(tmp_path) / "rundown" / "day-1.yaml"
    day.write_text(day.read_text(encoding="utf-8").replace("duration: 5m", "duration: 5"), encoding="utf-8")
    assert main(["check", str(tmp_path), "--json", "--lang", "en"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert {"days", "sessions", "cues", "people", "problems"} <= report.keys()
    (problem,) = report["problems"]
    assert problem.keys() == {"file", "line", "column", "code", "severity", "message", "hint"}
    assert (problem["file"], problem["severity"]) == ("rundown/day-1.yaml", "error")


def test_a_folder_that_is_no_event_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Started in the wrong folder, it names the files that make an event."""
    assert main(["check", str(tmp_path), "--lang", "en"]) == 1
    assert "layouts/studio.yaml" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["provision", "preflight", "dry-run"])
def test_commands_on_a_broken_event_list_its_problems_and_do_nothing(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing half-loaded ever reaches OBS: exit status 2 and the list."""
    day = write_small_event(tmp_path) / "rundown" / "day-1.yaml"
    day.write_text("sessions: [", encoding="utf-8")
    assert main([command, str(tmp_path), "--lang", "en"]) == 2
    assert "rundown/day-1.yaml:" in capsys.readouterr().err


def test_a_dry_run_on_the_simulation_confirms_every_cue(tmp_path: Path) -> None:
    """The evening is run in a second, every cue confirmed, the report written for scripts."""
    report_file = tmp_path / "report.json"
    event = write_small_event(tmp_path / "event")
    status = main(["dry-run", str(event), "--speed", "5000", "--json", str(report_file), "--quiet"])
    report = json.loads(report_file.read_text(encoding="utf-8"))
    assert (status, report["day"], report["confirmed"], report["unconfirmed"]) == (0, "evening", 5, 0)
    assert [cue["id"] for cue in report["cues"]] == ["opening", "keynote", "case-london", "pause", "closing"]
    keynote = report["cues"][1]
    assert keynote["wanted"] == {"program": "M2 one", "wall": "M1 wall-words"}
    assert keynote["seen"] == keynote["wanted"]
    assert keynote["latency_ms"].keys() == {"program", "wall"}
    assert report["cues"][3]["wanted"] == {}


def test_a_part_of_the_day_can_be_run(tmp_path: Path) -> None:
    """Only the case of London is tried again after the line was changed."""
    report_file = tmp_path / "report.json"
    event = write_small_event(tmp_path / "event")
    arguments = ["dry-run", str(event), "--speed", "5000", "--from", "M3", "--to", "case-london", "--quiet"]
    assert main([*arguments, "--json", str(report_file)]) == 0
    assert [cue["id"] for cue in json.loads(report_file.read_text(encoding="utf-8"))["cues"]] == ["case-london"]


def test_a_dry_run_without_an_obs_says_which_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """OBS is not running: no cue that needs it is called confirmed, and what to do is said."""
    event = write_small_event(tmp_path)
    arguments = ["dry-run", str(event), "--obs", "real", "--speed", "10000", "--from", "M1", "--to", "M1", "--quiet"]
    urls = ["--obs-url", "program=ws://127.0.0.1:9", "--obs-url", "wall=ws://127.0.0.1:9"]
    assert main([*arguments, *urls, "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert "M1: not confirmed" in said.err
    assert "Tools → WebSocket Server Settings" in said.err


def test_without_an_obs_provision_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2 and a sentence, not a traceback; the password is not in it."""
    event = write_small_event(tmp_path)
    os.environ["STUDIO_OBS_PASSWORD_PROGRAM"] = "opensesame"
    try:
        urls = ["--obs-url", "program=ws://127.0.0.1:9", "--obs-url", "wall=ws://127.0.0.1:9"]
        assert main(["provision", str(event), *urls, "--lang", "en"]) == 2
    finally:
        del os.environ["STUDIO_OBS_PASSWORD_PROGRAM"]
    said = capsys.readouterr()
    assert "Tools → WebSocket Server Settings" in said.err
    assert "opensesame" not in said.err + said.out


def test_provision_goes_on_where_one_obs_is_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The programme's OBS is off: the wall is built and told, the programme named with what to do, exit status 1."""
    event = write_small_event(tmp_path)
    with SimulatedObs(canvas=(640, 360)) as wall:
        urls = ["--obs-url", "program=ws://127.0.0.1:9", "--obs-url", f"wall={wall.url}"]
        assert main(["provision", str(event), "--stand-ins", "--quiet", *urls, "--lang", "en"]) == 1
        said = capsys.readouterr()
        assert re.search(r"^wall: \d+ changes made$", said.out, re.MULTILINE)
        assert "program: " in said.err
        assert "Tools → WebSocket Server Settings" in said.err
        assert main(["provision", str(event), "--stand-ins", "--quiet", *urls, "--lang", "en"]) == 1
        assert "wall: nothing to change" in capsys.readouterr().out


def test_provision_that_put_something_off_is_not_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The closing title is edited while it is on air: a script sees exit status 1, a person what to do."""
    event = write_small_event(tmp_path)
    with SimulatedObs(canvas=(640, 360)) as obs:
        both = ["--obs-url", f"program={obs.url}", "--obs-url", f"wall={obs.url}", "--lang", "en", "--quiet"]
        assert main(["provision", str(event), "--stand-ins", *both]) == 0
        assert main(["dry-run", str(event), "--obs", "real", "--speed", "5000", *both]) == 0
        assert obs.on_air == "M5 title"
        day = event / "rundown" / "day-1.yaml"
        day.write_text(day.read_text("utf-8").replace("닫는 화면", "마지막 화면"), "utf-8")
        capsys.readouterr()
        assert main(["provision", str(event), "--stand-ins", *both]) == 1
        assert "run this again with --on-air" in capsys.readouterr().out
        assert main(["provision", str(event), "--stand-ins", "--on-air", *both]) == 0


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("language", ["ko", "en"])
def test_help_teaches_every_command_and_the_desk(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--help shows each command, what the desk takes, examples and exit codes, in the language asked for."""
    text = help_of(capsys, "--lang", language)
    for word in ("check", "provision", "preflight", "dry-run", "simulate-obs"):
        assert f"\n    {word}" in text
    for option in ("--day", "--rehearse", "--clock", "--speed", "--guests", "--fresh", "--obs-url", "--lang"):
        assert f"\n  {option}" in text
    assert ("종료 코드" if language == "ko" else "Exit status") in text


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "desk"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_help_of_a_command_is_its_own(language: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its usage is one line and names it; the language may stand before it as well as behind."""
    before = help_of(capsys, "--lang", language, command)
    first, second, *_ = before.splitlines()
    assert first.startswith(("사용법: " if language == "ko" else "usage: ") + f"studio-console {command} [")
    assert second == ""
    assert help_of(capsys, command, f"--lang={language}") == before


# Names, and what is typed as it stands there.
AS_TYPED = rf"""
    Asia/Seoul
    | (?<![\w-])(?:studio-console|{"|".join(COMMANDS)})(?![\w-])
    | (?<!\w)--?[a-z][a-z-]*
    | \{{[a-z,]+\}}
    | [A-Z_]+(?:-standby)?(?:=[A-Z]+)?
    | [a-z]+\.yaml | docs/[a-z-]+\.md | obs-websocket\ v5 | WxH | \d+x\d+
"""


def english_in(korean: str) -> set[str]:
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(AS_TYPED, "", korean, flags=re.VERBOSE)))


def test_english_in_korean_help_is_found() -> None:
    """As argparse has it by itself."""
    assert english_in("positional arguments:\n  EVENT  행사 폴더") == {"positional", "arguments"}
    assert english_in("usage: studio-console [EVENT] --day D\n  --json  결과를 JSON으로") == {"usage"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_korean_help_is_in_korean(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A Korean volunteer at the spare machine reads no English but names and what has to be typed."""
    words = help_of(capsys, *([command] if command else []), "--lang", "ko")
    assert english_in(words) - {"real", *Hall} == set()


WRONG_LINES = [
    ["--lang", "fr"],
    ["check", "--json=3"],
    ["check", "--day", "2"],
    ["check", "--jso"],
    ["dry-run", "--speed"],
    ["dry-run", "--obs", "none"],
    ["simulate-obs", "--port", "none"],
    ["simulate-obs", "--canvas", "none"],
    ["new", "--date", "none"],
    ["new", "--surfaces", "none"],
]


@pytest.mark.parametrize("given", WRONG_LINES, ids=" ".join)
def test_a_mistyped_line_is_told_in_one_line_of_the_language(
    given: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong, and where to read on; exit status 2."""
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert main(given) == 2
    said = capsys.readouterr()
    (line,) = said.err.splitlines()
    assert said.out == ""
    assert line.startswith("studio-console: ")
    assert english_in(line) <= {"fr", "none", "real", "simulated", "ko", "en", *Hall}
    if given[0] == "check":
        assert "studio-console check --help" in line


def test_the_language_may_stand_before_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is the command that is meant, and not the desk on a folder of that name."""
    event = str(write_small_event(tmp_path))
    for ahead in (["--lang", "en"], ["--lang=en"]):
        assert main([*ahead, "check", event]) == 0
        assert "In order: 1 days" in capsys.readouterr().out


def test_a_folder_name_that_no_folder_can_have_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the clipboard is told like any other folder that is not there."""
    for name in ("x" * 300, "a\0b"):
        assert main(["check", name, "--lang", "en"]) == 1
        assert "no-folder" in capsys.readouterr().out


def test_a_report_that_cannot_be_written_is_told_before_the_day_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An hour of rehearsal is not lost for a mistyped folder; and asking leaves no file behind."""
    event = write_small_event(tmp_path / "event")
    nowhere = tmp_path / "none" / "report.json"
    assert main(["dry-run", str(event), "--from", "none", "--json", str(nowhere), "--lang", "en"]) == 2
    assert "The report cannot be written to" in capsys.readouterr().err
    good = tmp_path / "report.json"
    assert main(["dry-run", str(event), "--from", "none", "--json", str(good), "--lang", "en"]) == 2
    assert "no cue ‘none’" in capsys.readouterr().err
    assert not good.exists()


def test_what_the_system_refuses_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk is full: no traceback, and which file it was."""

    def refused(_options: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "report.json")

    monkeypatch.setattr("studio_console.app.check.run", refused)
    assert main(["check", "--lang", "en"]) == 2
    line = f"studio-console: The system refused: report.json: {os.strerror(errno.ENOSPC)}\n"
    assert capsys.readouterr().err == line


@pytest.mark.parametrize("arguments", [["check", "--json"], ["--help"]])
def test_a_reader_that_has_seen_enough_sees_no_traceback(arguments: list[str], tmp_path: Path) -> None:
    """``studio-console check --json | head -1``, with ``head`` already gone."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "studio_console", *arguments],
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONUNBUFFERED": ""},
        cwd=write_small_event(tmp_path),
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, b"")


def test_without_a_screen_the_desk_says_so(tmp_path: Path) -> None:
    """Started over a bare ssh line: a sentence with what to do and exit status 2, not an abort."""
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "studio_console", str(write_small_event(tmp_path)), "--rehearse", "--lang", "en"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=PACKAGE,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "screen" in done.stderr
    assert "Traceback" not in done.stderr


def test_simulate_obs_without_its_password_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable named for the password is empty: nothing is started without one."""
    monkeypatch.delenv("NOT_SET_HERE", raising=False)
    assert main(["simulate-obs", "--port", "0", "--password-env", "NOT_SET_HERE", "--lang", "en"]) == 2
    assert "NOT_SET_HERE" in capsys.readouterr().err


def test_simulate_obs_says_where_it_listens_and_lets_a_client_in() -> None:
    """A free port is chosen and told; a client with the password from the environment gets in."""
    command = [sys.executable, "-m", "studio_console", "simulate-obs", "--port", "0", "--password-env", "HALL_SECRET"]
    process = subprocess.Popen(
        [*command, "--lang", "en"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "HALL_SECRET": "opensesame"},
        cwd=PACKAGE,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        (url,) = re.findall(r"ws://127\.0\.0\.1:\d+", said)
        assert "opensesame" not in said
        with identified(url, "opensesame") as link:
            assert link.protocol.state.name == "OPEN"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_one_obs_can_carry_both_surfaces(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a laptop the wall is a scene of the programme's OBS: built, built again, and every cue confirmed."""
    event = write_small_event(tmp_path / "event")
    with SimulatedObs(canvas=(640, 360)) as obs:
        both = ["--obs-url", f"program={obs.url}", "--obs-url", f"wall={obs.url}", "--lang", "en", "--quiet"]
        assert main(["provision", str(event), "--stand-ins", *both]) == 0
        assert "program, wall:" in capsys.readouterr().out
        assert main(["provision", str(event), "--stand-ins", *both]) == 0
        assert "nothing to change" in capsys.readouterr().out
        assert main(["dry-run", str(event), "--obs", "real", "--speed", "5000", *both]) == 0
        assert obs.on_air == "M5 title"


def test_preflight_says_what_is_missing_and_is_content_once_it_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the scenes are built preflight lists them with what to do; after that it has nothing against air."""
    event = write_small_event(tmp_path / "event")
    with SimulatedObs(canvas=(640, 360)) as program, SimulatedObs(canvas=(640, 360)) as wall:
        urls = ["--obs-url", f"program={program.url}", "--obs-url", f"wall={wall.url}", "--stand-ins"]
        assert main(["preflight", str(event), *urls, "--lang", "en"]) == 1
        said = capsys.readouterr().out
        assert "✗ program: scene “M1 title”: is not in OBS. → Run provision." in said
        assert main(["provision", str(event), *urls, "--quiet"]) == 0
        capsys.readouterr()
        assert main(["preflight", str(event), *urls, "--lang", "ko", "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
    assert all(finding["ok"] for finding in report)
    assert {finding["surface"] for finding in report} == {None, "program", "wall"}


def test_preflight_names_a_surface_that_cannot_be_reached(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The wall's OBS is off: the programme is checked all the same, and the wall has one line that says what to do."""
    event = write_small_event(tmp_path / "event")
    with SimulatedObs(canvas=(640, 360)) as program:
        urls = ["--obs-url", f"program={program.url}", "--obs-url", "wall=ws://127.0.0.1:9"]
        assert main(["preflight", str(event), *urls, "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "✓ program: link to OBS: reached" in said
    assert "✗ wall: link to OBS:" in said
    assert "Tools → WebSocket Server Settings" in said

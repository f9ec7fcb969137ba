"""What every file of the project keeps to: no sleeping tests, no traces of a machine, one idea a file.

Each rule is first shown something that breaks it, then the whole project; so a rule that has gone blind is noticed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from studio_console.cli import COMMANDS
from tests.sources import REPOSITORY, calls, findings, found, project_files, python_files

# --- waiting ---------------------------------------------------------------------------------------------------


def sleeps(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """A wait for time to pass instead of for a condition."""
    for name, call in calls(tree):
        owner = (
            call.func.value.id if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) else ""
        )
        yields = bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0
        if (name in ("sleep", "msleep", "usleep", "qWait", "qSleep") and not yields) or (
            name == "wait" and owner == "qtbot"
        ):
            yield call.lineno, f"{name}(): wait for a condition"


@pytest.mark.parametrize("code", ["time.sleep(1)", "sleep(x)", "await asyncio.sleep(0.1)", "qtbot.wait(50)"])
def test_a_sleep_is_found(code: str) -> None:
    assert found(sleeps, code)


@pytest.mark.parametrize(
    "code", ["await asyncio.sleep(0)", "thread.wait(5000)", "qtbot.waitUntil(done)", "done.wait(5)"]
)
def test_waiting_for_a_condition_passes(code: str) -> None:
    assert found(sleeps, code) == []


def test_no_test_sleeps() -> None:
    assert [finding for finding in findings(sleeps, "tests") if not finding.startswith("tests/bench")] == []


# --- the files -------------------------------------------------------------------------------------------------

TRACES = {
    "a path of a machine": r"(?<![\w.~-])/(?:root|home|Users|work)/[\w.]|[A-Z]:\\+Users\\",
    "a registry's address": r"pypi\.org|pythonhosted\.org|registry\.npmjs|\bindex[-_]url\b|https?://\S+/simple\b",
    "a password in an address": r"\b(?:ws|wss|http|https|srt|rtmp|rtsp)://[\w.-]+:[^\s/@{}<>…]+@",
}


def traces(words: str) -> list[str]:
    return [f"{what}: {hit.group()}" for what, pattern in TRACES.items() for hit in re.finditer(pattern, words)]


@pytest.mark.parametrize(
    "words",
    [
        "see /ho" + "me/anyone/notes",
        "C:" + r"\Users\anyone",
        "--index" + "-url x",
        "https://py" + "pi.org/x",
        "https://mirror.example/sim" + "ple/",
        "ws://obs:" + "secret@127.0.0.1:4455",
    ],
)
def test_a_trace_of_a_machine_is_found(words: str) -> None:
    assert traces(words)


@pytest.mark.parametrize(
    "words", ["docs/work/x", "~/.config", "srt://127.0.0.1:9000?mode=caller", "ws://127.0.0.1:4455"]
)
def test_what_is_no_trace_passes(words: str) -> None:
    assert traces(words) == []


def test_no_file_has_traces_of_a_machine_or_a_registry() -> None:
    texts = [path for path in project_files() if b"\0" not in path.read_bytes()[:8000]]
    # Tests hand the console addresses with a password in them, to see them refused.
    hits = {
        path.relative_to(REPOSITORY).as_posix(): [
            hit
            for hit in traces(path.read_text("utf-8"))
            if not (path.is_relative_to(REPOSITORY / "tests") and hit.startswith("a password"))
        ]
        for path in texts
    }
    assert {name: found for name, found in hits.items() if found} == {}


def test_the_top_of_the_repository_holds_what_belongs_there() -> None:
    top = {path.relative_to(REPOSITORY).parts[0] for path in project_files()}
    assert top <= {
        *(".ci", ".gitignore", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
        *("requirements.txt", "requirements-dev.txt"),
        *("assets", "docs", "layouts", "rundown", "studio_console", "tests"),
    }


def test_a_file_is_one_idea() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in python_files("studio_console")}
    assert [f"{path.relative_to(REPOSITORY)}: {length}" for path, length in lengths.items() if length > 500] == []


def test_the_readme_names_every_command() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if name != "desk" and f"| `studio-console {name} " not in readme] == []

"""The lock files and what pyproject.toml asks for are one story; otherwise a new machine gets another program."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.sources import REPOSITORY


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file and their versions."""
    pins = re.findall(r"^([\w.-]+)==([\w.!+]+)", (REPOSITORY / name).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


def wanted(*extras: str) -> list[Requirement]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(("name", "extras"), [("requirements.txt", []), ("requirements-dev.txt", ["test"])])
def test_the_lock_holds_what_the_project_asks_for(name: str, extras: list[str]) -> None:
    pins = locked(name)
    asked = wanted(*extras)
    assert [str(each) for each in asked if pins.get(canonicalize_name(each.name), "") not in each.specifier] == []


def test_both_locks_agree() -> None:
    for_tests = locked("requirements-dev.txt")
    assert {package: for_tests.get(package) for package in locked("requirements.txt")} == locked("requirements.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes(name: str) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", (REPOSITORY / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_is_accounted_for() -> None:
    table = (REPOSITORY / "docs" / "dependencies.md").read_text("utf-8")
    assert [each.name for each in wanted("test") if f"| {each.name} |" not in table] == []

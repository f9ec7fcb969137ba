"""An editor saves while the console runs: the change is told once, however it is written; its own files are not."""

from __future__ import annotations

import os
import queue
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio_console.files.load import load
from studio_console.files.watch import Watcher, watch
from tests.waiting import PATIENCE


class Told:
    """Counts what is told, and can be waited for."""

    def __init__(self) -> None:
        self.queue: queue.Queue[str] = queue.Queue()
        self.fail = False

    def __call__(self) -> None:
        self.queue.put("changed")
        if self.fail:
            raise RuntimeError("the reader of the files fell over")

    def wait(self) -> None:
        self.queue.get(timeout=PATIENCE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("layouts", "rundown"):
        (tmp_path / part).mkdir()
    (tmp_path / "rundown/day-1.yaml").write_text("day: {id: a}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def watcher(folder: Path, told: Told) -> Iterator[Watcher]:
    watcher = watch(folder, told)
    yield watcher
    watcher.close()


@pytest.mark.usefixtures("watcher")
def test_writing_into_the_file_is_told(folder: Path, told: Told) -> None:
    (folder / "rundown/day-1.yaml").write_text("day: {id: b}\n", encoding="utf-8")
    told.wait()


@pytest.mark.usefixtures("watcher")
def test_replacing_the_file_by_renaming_is_told_once(folder: Path, told: Told) -> None:
    for number in range(5):
        temporary = folder / "rundown/.day-1.yaml.swp"
        temporary.write_text(f"day: {{id: c{number}}}\n", encoding="utf-8")
        temporary.replace(folder / "rundown/day-1.yaml")
    told.wait()
    (folder / "rundown/day-2.yaml").write_text("later\n", encoding="utf-8")
    told.wait()
    assert told.queue.empty()


@pytest.mark.usefixtures("watcher")
def test_a_new_file_and_a_deleted_one_are_told(folder: Path, told: Told) -> None:
    (folder / "layouts/new.yaml").write_text("layouts: {}\n", encoding="utf-8")
    told.wait()
    (folder / "layouts/new.yaml").unlink()
    told.wait()


@pytest.mark.usefixtures("watcher")
def test_files_of_the_editor_and_of_others_are_not_told(folder: Path, told: Told) -> None:
    for name in (".day-1.yaml.swp", "day-1.yaml~", "#day-1.yaml#", "4913", "notes.txt", ".#day-1.yaml", "x.yaml"):
        (folder / "rundown" / name).write_text("x", encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / "assets/day-1.yaml").write_text("x", encoding="utf-8")
    (folder / "rundown/day-1.yaml").write_text("day: {id: last}\n", encoding="utf-8")
    told.wait()
    assert told.queue.empty()


@pytest.mark.usefixtures("watcher")
def test_a_folder_that_goes_and_comes_back_is_watched_again(folder: Path, told: Told) -> None:
    shutil.move(folder / "rundown", folder / "away")
    told.wait()
    shutil.move(folder / "away", folder / "rundown")
    told.wait()
    (folder / "rundown/day-1.yaml").write_text("day: {id: again}\n", encoding="utf-8")
    told.wait()


@pytest.mark.usefixtures("watcher")
@pytest.mark.expects_log("after a change of the event files")
def test_it_goes_on_after_the_reader_of_the_files_fell_over(folder: Path, told: Told) -> None:
    told.fail = True
    (folder / "rundown/day-1.yaml").write_text("day: {id: one}\n", encoding="utf-8")
    told.wait()
    (folder / "rundown/day-1.yaml").write_text("day: {id: another}\n", encoding="utf-8")
    told.wait()


def test_a_change_right_after_the_call_is_not_missed(folder: Path, told: Told) -> None:
    watcher = watch(folder, told)
    os.utime(folder / "rundown/day-1.yaml", (1, 1))
    told.wait()
    watcher.close()


def test_after_close_nothing_is_told(folder: Path, told: Told) -> None:
    watch(folder, told).close()
    (folder / "rundown/day-1.yaml").write_text("day: {id: unseen}\n", encoding="utf-8")
    watcher = watch(folder, lambda: None)
    watcher.close()
    assert told.queue.empty()


def test_an_event_folder_that_is_not_there_yet_is_watched(tmp_path: Path, told: Told) -> None:
    watcher = watch(tmp_path / "event", told)
    (tmp_path / "event/rundown").mkdir(parents=True)
    (tmp_path / "event/rundown/event.yaml").write_text("event: {}\n", encoding="utf-8")
    told.wait()
    watcher.close()


def test_what_is_saved_between_reading_and_watching_is_told(folder: Path, told: Told) -> None:
    """The console reads the files, opens its journal and its window; meanwhile somebody saves."""
    read = load(folder)
    (folder / "rundown/day-1.yaml").write_text("day: {id: c, date: 2020-06-01}\n", encoding="utf-8")
    watcher = watch(folder, told, read.files)
    told.wait()
    watcher.close()

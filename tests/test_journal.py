"""The journal on a real disk: written is kept, two consoles exclude each other, damage is never hidden."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio_console.core.events import ConsoleStarted, ShowEvent
from studio_console.core.presses import GoPressed, StandbyMoved
from studio_console.core.reports import SurfaceLost
from studio_console.core.text import LANGUAGES, same
from studio_console.core.units import CueId, Instant, PressId
from studio_console.runtime.journal import FORMAT, IN_USE, NO_ACCESS, TOO_NEW, Entry, Journal, JournalError, archive
from tests.runtime_builders import EVENING, PROGRAM, a_rundown

HERE = Path(__file__).parents[1]


def entries_of(*events: ShowEvent) -> list[Entry]:
    return [Entry(Instant(EVENING + 1_000 * place), event) for place, event in enumerate(events)]


def an_evening(presses: int = 60) -> list[Entry]:
    """Rundowns and presses, enough for several pages of the file."""
    events: list[ShowEvent] = [ConsoleStarted()]
    for number in range(presses):
        if number % 20 == 0:
            events.append(a_rundown(cues=10 + number))
        events.append(GoPressed(CueId(f"c{number}"), PressId(f"press-{number}")))
        events.append(SurfaceLost(PROGRAM, same("no answer " * (number % 5))))
    return entries_of(*events)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "event" / "day2-show.journal"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    try:
        yield journal
    finally:
        journal.close()


def test_what_was_appended_is_there_again_in_order(path: Path) -> None:
    written = an_evening()
    with opened(path) as journal:
        assert journal.last_at() is None
        for place in range(0, len(written), 7):
            journal.append(written[place : place + 7])
    with opened(path) as journal:
        assert list(journal.entries()) == written
        assert journal.last_at() == written[-1].at
        assert journal.unread == 0
        assert journal.set_aside is None


def test_a_refused_press_has_its_reason_as_outcome(path: Path) -> None:
    entry = Entry(EVENING, GoPressed(CueId("c1"), PressId("p")), "Too soon after the last GO")
    with opened(path) as journal:
        journal.append([entry])
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT kind, outcome FROM entries").fetchall() == [("GoPressed", entry.outcome)]


def test_texts_that_are_no_unicode_are_written_too(path: Path) -> None:
    entry = Entry(EVENING, StandbyMoved(CueId("\ud800")), "half a letter: \ud800")
    with opened(path) as journal:
        journal.append([entry])
        (again,) = journal.entries()
        assert again.event == entry.event
        assert again.outcome == "half a letter: ?"


def test_a_rundown_saved_again_unchanged_is_kept_once(path: Path) -> None:
    with opened(path) as journal:
        journal.append(entries_of(a_rundown(), a_rundown(), a_rundown(cues=7)))
        assert [entry.event for entry in journal.entries()] == [a_rundown(), a_rundown(), a_rundown(cues=7)]
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM bodies").fetchone() == (2,)


def test_a_batch_is_written_whole_or_not_at_all(path: Path) -> None:
    good, bad = entries_of(ConsoleStarted())[0], Entry(Instant(2**70), ConsoleStarted())
    with opened(path) as journal:
        journal.append([good])
        with pytest.raises(OverflowError):
            journal.append([good, bad])
        journal.append([good])
        assert len(list(journal.entries())) == 2


DIES = """
import os, pathlib, sys
from studio_console.runtime.journal import Journal
from tests.test_journal import an_evening
journal = Journal(pathlib.Path(sys.argv[1]))
for entry in an_evening(3):
    journal.append([entry])
print("written", flush=True)
sys.stdin.read()
"""


@contextlib.contextmanager
def another_console(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has written an evening to the journal and holds it open. It is killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, str(path)],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "written\n"
            yield process
        finally:
            process.kill()


def test_a_second_console_is_told_in_both_languages_that_the_day_is_open(path: Path) -> None:
    with another_console(path):
        with pytest.raises(JournalError) as refused:
            Journal(path)
        assert refused.value.text == IN_USE
        texts = {refused.value.show(language) for language in LANGUAGES}
        assert len(texts) == 2
        with pytest.raises(JournalError) as refused:
            archive(path)
        assert refused.value.text == IN_USE
        assert path.exists()


def test_a_second_journal_in_the_same_program_is_refused_too(path: Path) -> None:
    with opened(path) as journal:
        with pytest.raises(JournalError) as refused:
            Journal(path)
        assert refused.value.text == IN_USE
        journal.append(an_evening(1))


def test_after_a_kill_everything_appended_is_there_and_nobody_is_locked_out(path: Path) -> None:
    with another_console(path) as process:
        process.kill()
        process.wait()
    assert path.with_name(path.name + "-wal").stat().st_size > 0, "the kill came before a checkpoint"
    with opened(path) as journal:
        assert list(journal.entries()) == an_evening(3)


# --- what is not a journal, or no longer one


@pytest.mark.parametrize(
    "content",
    [b"cues: []\n", b"\0" * 5_000, b"SQLite format 3\0" + b"\xff" * 3_000, os.urandom(9_000)],
    ids=["text", "zeros", "head", "noise"],
)
def test_a_file_that_is_no_journal_is_set_aside_byte_for_byte(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with opened(path) as journal:
        assert journal.set_aside is not None
        assert journal.set_aside.read_bytes() == content
        assert list(journal.entries()) == []
        journal.append(an_evening(1))
    with opened(path) as journal:
        assert list(journal.entries()) == an_evening(1)
        assert journal.set_aside is None


def test_another_program_s_database_is_set_aside_and_not_written_to(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE entries (song TEXT)")
        db.execute("INSERT INTO entries VALUES ('anthem')")
    before = path.read_bytes()
    with opened(path) as journal:
        assert journal.set_aside is not None
        assert journal.set_aside.read_bytes() == before


def test_things_set_aside_never_take_each_other_s_place(path: Path) -> None:
    path.parent.mkdir(parents=True)
    asides = set()
    for number in range(5):
        path.write_bytes(b"garbage %d" % number)
        with opened(path) as journal:
            assert journal.set_aside is not None
            asides.add(journal.set_aside)
        path.unlink()
    assert {aside.read_bytes() for aside in asides} == {b"garbage %d" % number for number in range(5)}


@pytest.mark.parametrize("main_file", ["missing", "empty"])
def test_a_log_without_its_file_is_kept(path: Path, main_file: str) -> None:
    """SQLite would delete it, with all that had not been moved into the file yet."""
    with another_console(path):
        pass
    log = path.with_name(path.name + "-wal")
    content = log.read_bytes()
    path.unlink()
    if main_file == "empty":
        path.touch()
    with opened(path) as journal:
        assert journal.set_aside is not None
        kept = journal.set_aside.with_name(journal.set_aside.name + "-wal")
        assert kept.read_bytes() == content


def test_a_newer_version_s_journal_is_left_alone(path: Path) -> None:
    with opened(path) as journal:
        journal.append(an_evening(1))
        journal.put_meta("format", str(FORMAT + 1))
    before = path.read_bytes()
    with pytest.raises(JournalError) as refused:
        Journal(path)
    assert refused.value.text == TOO_NEW
    assert str(path) in refused.value.show("ko")
    assert path.read_bytes() == before


def test_an_entry_that_this_version_does_not_know_is_passed_over_and_counted(path: Path) -> None:
    with opened(path) as journal:
        journal.append(an_evening(1))
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO entries (at, kind, body) VALUES (1, 'Teleported', '{}')")
        db.execute("INSERT INTO entries (at, kind, body) VALUES ('soon', 'ConsoleStarted', '{}')")
        db.execute("INSERT INTO entries (at, kind, body) VALUES (1, 'GoPressed', x'ff00')")
        db.execute("INSERT INTO entries (at, kind, body) VALUES (1, 'RundownLoaded', 'no such body')")
    with opened(path) as journal:
        assert list(journal.entries()) == an_evening(1)
        assert journal.unread == 4


def test_a_rundown_whose_body_was_changed_is_not_believed(path: Path) -> None:
    with opened(path) as journal:
        journal.append(entries_of(a_rundown(), a_rundown(cues=7)))
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        first, second = (row[0] for row in db.execute("SELECT digest FROM bodies ORDER BY rowid"))
        db.execute("UPDATE bodies SET body = (SELECT body FROM bodies WHERE digest = ?)", (first,))
        assert second != first
    with opened(path) as journal:
        assert [entry.event for entry in journal.entries()] == [a_rundown()]
        assert journal.unread == 1


# --- damage at any place


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal as a kill leaves it: part of it in the file, part in the log."""
    path = tmp_path_factory.mktemp("killed") / "show.journal"
    open_now = path.with_name("open.journal")
    with opened(open_now) as journal:
        for entry in an_evening()[:70]:
            journal.append([entry])
    with opened(open_now) as journal:
        for entry in an_evening()[70:]:
            journal.append([entry])
        for ending in ("", "-wal"):
            shutil.copyfile(f"{open_now}{ending}", f"{path}{ending}")
    return path


def copied(killed: Path, folder: Path) -> Path:
    for ending in ("", "-wal"):
        shutil.copyfile(f"{killed}{ending}", folder / f"show.journal{ending}")
    return folder / "show.journal"


damage = st.tuples(
    st.sampled_from(["", "-wal"]),
    st.sampled_from(["cut", "noise", "zeros", "flip"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 5_000),
    st.randoms(use_true_random=False),
)


@settings(max_examples=50)
@given(st.lists(damage, min_size=1, max_size=3))
def test_a_damaged_journal_opens_or_is_set_aside_and_the_show_can_go_on(
    killed: Path, wounds: list[tuple[str, str, float, int, object]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copied(killed, Path(folder))
        for ending, how, where, length, random in wounds:
            wound(path.with_name(path.name + ending), how, where, length, random)
        with opened(path) as journal:
            found = list(journal.entries())
            if journal.set_aside is not None:
                assert found == []
                assert journal.set_aside != path
                assert (
                    journal.set_aside.exists() or journal.set_aside.with_name(f"{journal.set_aside.name}-wal").exists()
                )
            journal.append(entries_of(ConsoleStarted()))
        with opened(path) as journal:
            assert journal.set_aside is None
            assert list(journal.entries()) == found + entries_of(ConsoleStarted())


def wound(file: Path, how: str, where: float, length: int, random: object) -> None:
    content = bytearray(file.read_bytes())
    if not content:
        return
    place = int(where * len(content))
    if how == "cut":
        del content[place:]
    elif how == "flip":
        content[place] ^= 1 << (length % 8)
    else:
        area = content[place : place + length]
        content[place : place + length] = random.randbytes(len(area)) if how == "noise" else bytes(len(area))  # type: ignore[attr-defined]
    file.write_bytes(content)


@settings(max_examples=20)
@given(st.floats(0, 1, exclude_max=True))
def test_a_log_cut_short_by_a_power_cut_costs_the_end_and_nothing_before(killed: Path, where: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = copied(killed, Path(folder))
        wound(path.with_name(path.name + "-wal"), "cut", where, 0, None)
        with opened(path) as journal:
            found = list(journal.entries())
            assert journal.set_aside is None
    assert 70 <= len(found) < len(an_evening())
    assert found == an_evening()[: len(found)]


# --- folders and disks


def test_a_folder_that_is_a_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("I am a file")
    with pytest.raises(JournalError) as refused:
        Journal(tmp_path / "state" / "day.journal")
    assert refused.value.text == NO_ACCESS
    assert "day.journal" in refused.value.show("ko")


def test_a_journal_that_is_a_folder_is_named(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(JournalError) as refused:
        Journal(path)
    assert refused.value.text == NO_ACCESS


@pytest.fixture
def ordinary_person() -> Iterator[None]:
    """For root no folder is read-only: for a while be somebody else."""
    if os.name == "nt":
        pytest.skip("folders of Windows have no such mode")
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    yield
    if was == 0:
        os.seteuid(was)


@pytest.mark.parametrize("there", [False, True], ids=["new", "existing"])
def test_a_read_only_folder_is_named_and_left_as_it_is(there: bool, request: pytest.FixtureRequest) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.journal"
        if there:
            with opened(path) as journal:
                journal.append(an_evening(1))
            path.chmod(0o444)
        Path(folder).chmod(0o555)
        content = path.read_bytes() if there else b""
        request.getfixturevalue("ordinary_person")
        try:
            with pytest.raises(JournalError) as refused:
                Journal(path)
            assert refused.value.text == NO_ACCESS
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            Path(folder).chmod(0o755)
        assert [file.name for file in Path(folder).iterdir()] == ([path.name] if there else [])
        assert not there or path.read_bytes() == content


def test_a_full_disk_is_an_sqlite_error_and_nothing_is_lost_of_what_was_written(path: Path) -> None:
    with opened(path) as journal:
        journal.append(an_evening(1))
        pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
        journal._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            journal.append(an_evening(60))
        assert list(journal.entries()) == an_evening(1)
        journal._db.execute("PRAGMA max_page_count = 1000000")
        journal.append(an_evening(2))
        assert list(journal.entries()) == an_evening(1) + an_evening(2)


# --- beside the entries


def test_meta_is_kept(path: Path) -> None:
    with opened(path) as journal:
        assert journal.meta("clock") is None
        journal.put_meta("clock", "1")
        journal.put_meta("clock", "2")
    with opened(path) as journal:
        assert journal.meta("clock") == "2"


def test_an_archived_journal_is_kept_whole_and_the_next_begins_empty(path: Path) -> None:
    assert archive(path) is None
    with opened(path) as journal:
        journal.append(an_evening(1))
    away = archive(path)
    assert away is not None
    assert not path.exists()
    with opened(path) as journal:
        assert list(journal.entries()) == []
    with opened(away) as journal:
        assert list(journal.entries()) == an_evening(1)


def test_a_journal_left_by_a_kill_is_archived_with_its_log(path: Path) -> None:
    with another_console(path):
        pass
    away = archive(path)
    assert away is not None
    with opened(away) as journal:
        assert list(journal.entries()) == an_evening(3)

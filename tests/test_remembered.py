"""A word that survives the console; a broken file of it costs nobody anything."""

from __future__ import annotations

from pathlib import Path

from studio_console.app.remembered import LAYOUTS, LONGEST, RememberedWord, desk_layouts, headphones


def test_what_was_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "state" / "word.txt"
    assert RememberedWord(path).read() == ""
    RememberedWord(path).write("헤드폰 2")
    assert RememberedWord(path).read() == "헤드폰 2"
    RememberedWord(path).write("")
    assert RememberedWord(path).read() == ""


def test_what_cannot_be_read_or_written_is_as_if_it_had_never_been(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\xff")
    assert RememberedWord(tmp_path / "broken.txt").read() == ""
    (tmp_path / "file").write_text("")
    RememberedWord(tmp_path / "file" / "word.txt").write("headset")
    assert RememberedWord(tmp_path / "file" / "word.txt").read() == ""


def test_the_headphones_are_this_machines(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("STUDIO_STATE_DIR", str(tmp_path))
    headphones().write("Front jack")
    assert (tmp_path / "headphones.txt").read_text("utf-8") == "Front jack\n"


def test_the_layouts_of_the_desk_are_longer_than_a_device_s_name(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("STUDIO_STATE_DIR", str(tmp_path))
    word = "x" * (LONGEST + 1)
    desk_layouts().write(word)
    assert desk_layouts().read() == word
    (tmp_path / "layout-desk.json").write_text("y" * (LAYOUTS + 1))
    assert len(desk_layouts().read()) == LAYOUTS

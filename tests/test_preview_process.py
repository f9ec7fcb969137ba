"""What a worker of the previews is started with."""

from __future__ import annotations

import pytest

from studio_console.devices.previews.process import LEAN_MEMORY, environment


def test_a_worker_gives_memory_back_and_is_told_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guest who comes and goes all day is not to make it grow; who knows better may say so."""
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_PROGRAM", "a secret")
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    monkeypatch.delenv("MALLOC_MMAP_THRESHOLD_", raising=False)
    made = environment()
    assert "a secret" not in made.values()
    assert made["MALLOC_ARENA_MAX"] == "1"
    assert made["MALLOC_MMAP_THRESHOLD_"] == LEAN_MEMORY["MALLOC_MMAP_THRESHOLD_"]

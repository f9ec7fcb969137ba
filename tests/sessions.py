"""How Linux shares the processor out among sessions."""

from __future__ import annotations

from pathlib import Path


def autogroup(pid: int) -> tuple[str, int] | None:
    """The session's share in the scheduler's eyes: its name, and how nice it is.

    None for what has none: the whole system may have none, and whatever is still in the session in which the system
    itself began has an empty file.
    """
    file = Path(f"/proc/{pid}/autogroup")
    if not shares_by_session() or not (text := file.read_text()).strip():
        return None
    name, _, nice = text.split()
    return name, int(nice)


def shares_by_session() -> bool:
    """Whether this system gives each session its share of the processor first."""
    switch = Path("/proc/sys/kernel/sched_autogroup_enabled")
    return switch.exists() and switch.read_text().strip() == "1"

"""The script of a rehearsal's guests: read with every mistake at its place, and played on the rehearsal's clock."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from studio_console.app.guest_script import BadScript, GuestScript, Turn, read_script
from studio_console.core.problems import UserError
from studio_console.core.units import SECOND, Duration, Instant, PersonId
from studio_console.devices.previews.protocol import Trick
from studio_console.runtime.clocks import ScaledClock

LIMA, KABUL = PersonId("lima"), PersonId("kabul")


class Guests:
    """Notes what they are made to do."""

    def __init__(self) -> None:
        self.done: list[tuple[PersonId, str]] = []
        self.changed = threading.Condition()

    def act(self, guest: PersonId, trick: str) -> None:
        with self.changed:
            self.done.append((guest, trick))
            self.changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.done) >= count, 10), self.done


def write(folder: Path, text: str) -> Path:
    path = folder / "guests.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_script_is_read_in_the_order_of_its_times(tmp_path: Path) -> None:
    path = write(tmp_path, "- {after: 1m, guest: lima, does: back}\n- {after: 30초, guest: lima, does: freeze}\n")
    assert read_script(path, [LIMA, KABUL]) == (
        Turn(Duration(30_000), LIMA, Trick.FREEZE),
        Turn(Duration(60_000), LIMA, Trick.BACK),
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("- {after: soon, guest: lima, does: freeze}\n", ["duration"]),
        ("- {after: 1s, guest: limma, does: freeze}\n", ["person"]),
        ("- {after: 1s, guest: lima, does: fly}\n- {guest: lima, does: drop}\n", ["choice", "missing-key"]),
        ("after: 1s\n", ["type"]),
        ("", ["empty-file"]),
        ("- [", ["yaml"]),
    ],
)
def test_every_mistake_has_its_place(tmp_path: Path, text: str, codes: list[str]) -> None:
    with pytest.raises(BadScript) as caught:
        read_script(write(tmp_path, text), [LIMA, KABUL])
    assert [problem.code for problem in caught.value.problems] == codes
    assert all(problem.place.file == "guests.yaml" and problem.show("ko") for problem in caught.value.problems)


def test_a_script_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_script(tmp_path / "none.yaml", [])
    assert "none.yaml" in caught.value.show("ko")


def test_it_is_played_on_the_clock_of_the_rehearsal() -> None:
    """Ten minutes on a clock that runs a thousand times as fast; what lies further ahead is not waited for."""
    guests = Guests()
    clock = ScaledClock(Instant(0), 1_000.0)
    turns = (
        Turn(Duration(0), KABUL, Trick.FREEZE),
        Turn(Duration(600 * SECOND), KABUL, Trick.BACK),
        Turn(Duration(86_400 * SECOND), LIMA, Trick.DROP),
    )
    script = GuestScript(turns, guests, clock)  # type: ignore[arg-type]
    guests.wait_for(2)
    script.close()
    assert guests.done == [(KABUL, "freeze"), (KABUL, "back")]
    assert clock.now() >= 600 * SECOND

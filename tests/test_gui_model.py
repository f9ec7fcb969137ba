"""The cue sheet's model: a change of the show becomes exactly the signals that say what changed, and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from studio_console.core.presses import HoldPressed, SkipSet, StandbyCalled, StandbyMoved, TimeAdded
from studio_console.core.rundown import Day
from studio_console.core.text import same
from studio_console.core.timing import project
from studio_console.core.units import MINUTE, CueId, PressId
from studio_console.gui.context import Context
from studio_console.gui.cue_model import Column, CueModel
from studio_console.gui.rows import SessionRow
from tests.builders import SEOUL, cue, day, edited, session, without
from tests.gui_story import FakeService, small_day, small_event, small_service, small_studio

M1, M2, M3, M4, M5 = (CueId(f"m{number}") for number in range(1, 6))


class Watched:
    """A model on a service, and every signal it sends, in words."""

    def __init__(self, service: FakeService, checked: bool = True) -> None:
        self.service = service
        self.model = CueModel(Context(small_event(), small_studio(), SEOUL, "en", True))
        if checked:
            # Warnings of the tester fail the test: see guards.py.
            QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Warning, self.model)
        self.said: list[str] = []
        self.model.dataChanged.connect(self._changed)
        self.model.rowsInserted.connect(self._inserted)
        self.model.rowsRemoved.connect(self._removed)
        self.model.layoutChanged.connect(lambda *_: self.said.append("order"))
        self.model.modelReset.connect(lambda: self.said.append("reset"))
        self.look()
        self.said.clear()

    def _changed(self, top: QModelIndex, bottom: QModelIndex) -> None:
        self.said.append(f"changed {top.row()}-{bottom.row()} columns {top.column()}-{bottom.column()}")

    def _inserted(self, _: QModelIndex, first: int, last: int) -> None:
        self.said.append(f"inserted {first}-{last}")

    def _removed(self, _: QModelIndex, first: int, last: int) -> None:
        self.said.append(f"removed {first}-{last}")

    def look(self) -> list[str]:
        """What is signalled when the model is shown the newest state."""
        self.said.clear()
        self.model.show_state(self.service.show, project(self.service.show, self.service.clock.now()))
        return list(self.said)

    def keys(self) -> list[str]:
        return [self.model.row_at(row).key for row in range(self.model.rowCount())]

    def text(self, row: int, column: int) -> str:
        return str(self.model.index(row, column).data())


@pytest.fixture
def watched(qtbot: QtBot) -> Iterator[Watched]:
    watched = Watched(small_service("21:55"))
    yield watched
    watched.model.deleteLater()


WHOLE = "columns 0-13"
PROJECTED = "columns 2-2"


def test_sessions_head_their_cues(watched: Watched) -> None:
    assert watched.keys() == [
        "session evening",
        *(f"cue {cue}" for cue in (M1, M2, M3, M4)),
        "session late",
        "cue m5",
    ]
    assert isinstance(watched.model.row_at(0), SessionRow)
    assert watched.model.columnCount() == 14
    assert watched.text(2, Column.TITLE) == "사례: 런던\nCase: London"
    assert watched.text(2, Column.SPEAKERS) == "Mayor, London (remote)"
    assert watched.text(2, Column.FIRST_SURFACE) == "Full frame"
    assert watched.text(4, Column.PROJECTED) == "±0:00\n◷ fixed"
    assert watched.text(6, Column.PLANNED) == "00:10:00\n+1 d"
    assert watched.text(6, Column.DURATION) == "open"


def test_nothing_is_signalled_while_nothing_changes(watched: Watched) -> None:
    assert watched.look() == []
    watched.service.wait("0:01")
    assert watched.look() == []


def test_a_late_start_moves_only_the_projected_column(watched: Watched) -> None:
    """M1 to M3 should have begun; M4 is fixed and the gap before it takes the lateness up."""
    watched.service.until("22:00:05")
    assert watched.look() == [f"changed 1-3 {PROJECTED}"]
    assert watched.text(1, Column.PROJECTED) == "+0:05\n◷ fixed"
    watched.service.clock.advance(MINUTE)
    assert watched.look() == [f"changed 1-3 {PROJECTED}"]


def test_less_than_a_second_is_not_signalled(watched: Watched) -> None:
    watched.service.until("22:00:05")
    watched.look()
    watched.service.clock.set(type(watched.service.clock.now())(watched.service.clock.now() + 400))
    assert watched.look() == []


def test_a_take_changes_the_rows_it_is_about(watched: Watched) -> None:
    watched.service.until("22:00")
    watched.service.go(M1)
    assert watched.look() == [f"changed 0-2 {WHOLE}"]
    watched.service.until("22:05")
    watched.service.go(M2)
    assert watched.look() == [f"changed 1-3 {WHOLE}"]
    assert watched.text(1, watched.model.state_column) == "done"
    assert watched.text(2, watched.model.state_column) == "ON AIR"
    assert watched.text(3, watched.model.state_column) == "NEXT"


def test_added_time_is_seen_on_its_row_and_behind_it(watched: Watched) -> None:
    watched.service.until("22:00")
    watched.service.go(M1)
    watched.look()
    watched.service.happen(TimeAdded(M1, MINUTE))
    assert watched.look() == [f"changed 1-1 {WHOLE}", f"changed 2-3 {PROJECTED}"]
    assert watched.text(1, Column.DURATION) == "6:00\n+1:00"


def test_standby_hold_and_skip_are_said_in_words(watched: Watched) -> None:
    watched.service.until("22:00")
    watched.service.go(M1)
    watched.look()
    watched.service.happen(StandbyMoved(M3), StandbyCalled(M3))
    assert watched.look() == [f"changed 2-3 {WHOLE}"]
    assert watched.text(3, watched.model.state_column) == "NEXT\n✓ standby\nby hand"
    watched.service.happen(HoldPressed(PressId("hold")))
    assert watched.look() == [f"changed 1-1 {WHOLE}"]
    assert watched.text(1, watched.model.state_column) == "ON AIR\n‖ HOLD"
    watched.service.happen(SkipSet(M2, True))
    assert f"changed 2-2 {WHOLE}" in watched.look()
    assert watched.text(2, watched.model.state_column) == "skipped"


def test_a_new_and_a_lost_cue_come_and_go_as_rows(watched: Watched) -> None:
    changed = without(small_day(), "M2")
    first, late = changed.sessions
    changed = Day(
        changed.id, changed.date, changed.title, (session(*first.cues, cue("M4b"), start="22:00", id="evening"), late)
    )
    watched.service.load(changed)
    said = watched.look()
    assert said[:2] == ["removed 2-2", "inserted 4-4"]
    assert not [signal for signal in said if signal in ("reset", "order")]
    assert watched.keys()[1:5] == ["cue m1", "cue m3", "cue m4", "cue m4b"]


def test_a_cue_that_was_edited_changes_its_row_only(watched: Watched) -> None:
    watched.service.load(edited(small_day(), "M5", title=same("Encore")))
    assert watched.look() == [f"changed 6-6 {WHOLE}"]


def test_a_selection_follows_its_cue_through_a_new_order(watched: Watched) -> None:
    selection = QItemSelectionModel(watched.model)
    flags = QItemSelectionModel.SelectionFlag
    selection.select(watched.model.index(2, 0), flags.ClearAndSelect | flags.Rows)
    kept = QPersistentModelIndex(watched.model.index(3, 0))
    first, late = small_day().sessions
    m1, m2, m3, m4 = first.cues
    watched.service.load(day(session(m3, m1, cue("M9"), m2, m4, start="22:00", id="evening"), late))
    said = watched.look()
    assert said[:2] == ["order", "inserted 3-3"]
    assert [watched.model.row_at(index.row()).key for index in selection.selectedRows()] == ["cue m2"]
    assert watched.model.row_at(kept.row()).key == "cue m3"


def test_a_cue_deleted_under_air_keeps_its_row(watched: Watched) -> None:
    watched.service.until("22:05")
    watched.service.go(M2)
    watched.look()
    watched.service.load(without(small_day(), "M2"))
    said = watched.look()
    assert not [signal for signal in said if signal.startswith(("removed", "inserted", "reset"))]
    assert watched.keys()[1:4] == ["cue m1", "cue m2", "cue m3"]
    assert watched.text(2, watched.model.state_column) == "ON AIR\n▲ deleted"
    watched.service.until("22:10")
    watched.service.go(M3)
    assert "removed 2-2" in watched.look()
    assert watched.keys()[1:3] == ["cue m1", "cue m3"]


def test_another_language_changes_every_cell_and_no_row(watched: Watched) -> None:
    context = Context(small_event(), small_studio(), SEOUL, "ko", True)
    watched.said.clear()
    watched.model.set_context(context)
    assert watched.said == [f"changed 0-6 {WHOLE}"]
    assert watched.text(2, Column.SPEAKERS) == "런던 시장 (원격)"


def test_two_thousand_rows_cost_one_signal_a_second(qtbot: QtBot) -> None:
    service = FakeService("22:00")
    service.load(day(*(cue(f"C{number}", 1) for number in range(2000)), start="22:00"))
    service.go(CueId("c3"))
    watched = Watched(service, checked=False)  # the tester walks through all rows at every signal
    signals = []
    for _ in range(100):
        service.clock.set(type(service.clock.now())(service.clock.now() + 100))
        signals += watched.look()
    assert signals == []  # on time: nothing on any row is different
    service.wait("1:00")
    watched.look()
    for _ in range(50):
        service.clock.set(type(service.clock.now())(service.clock.now() + 100))
        signals += watched.look()
    moved = [signal for signal in signals if signal.endswith(PROJECTED)]
    assert moved == [f"changed 5-2000 {PROJECTED}"] * 5  # in overtime all that follows moves, once a second
    assert len(signals) <= 2 * len(moved)  # and the line of the session
    watched.model.deleteLater()

"""The journals there are of a day: the one that is written now, and those that were put away before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from studio_console.app.places import Mode, journal_path
from studio_console.core.problems import UserError
from studio_console.core.rundown import Day, Event
from studio_console.core.text import Text

NO_SHOW = Text(
    "{day}: 방송 기록이 아직 없습니다. 리허설 보고서는 --rehearsal을 더하세요",
    "{day} has no journal of a show yet. For a rehearsal's add --rehearsal",
)
NO_REHEARSAL = Text(
    "{day}: 리허설 기록이 없습니다. studio-console --rehearse로 리허설한 뒤 다시 하세요",
    "{day} has no journal of a rehearsal: rehearse it with studio-console --rehearse first",
)
NO_RUN = Text(
    "{given}번째 기록이 없습니다. 1–{count} 중에서 고르세요(--runs로 목록)",
    "There is no run {given}: choose from 1 to {count} (--runs lists them)",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One journal; ``number`` counts from 1, the oldest first."""

    number: int
    count: int
    path: Path


def journals_of(folder: Path, event: Event, day: Day, mode: Mode) -> Sequence[Path]:
    """The journals of that day and mode, the oldest first; the one that a console goes on with is the last."""
    current = journal_path(folder, event, day, mode)
    kept: list[tuple[int, Path]] = []
    try:
        beside = list(current.parent.iterdir())
    except OSError:
        beside = []
    for path in beside:
        stamp = path.name.removeprefix(f"{current.stem}.").removesuffix(current.suffix)
        if path.name == f"{current.stem}.{stamp}{current.suffix}" and stamp.isascii() and stamp.isdigit():
            kept.append((int(stamp), path))
    return [*(path for _, path in sorted(kept)), *([current] if current.exists() else [])]


def choose_run(folder: Path, event: Event, day: Day, mode: Mode, wanted: str | None) -> Run:
    """The run asked for, the last one where none is. Raises UserError."""
    paths = journals_of(folder, event, day, mode)
    if not paths:
        raise UserError(NO_SHOW if mode is Mode.SHOW else NO_REHEARSAL, day=day.title)
    if wanted is None:
        return Run(len(paths), len(paths), paths[-1])
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
    if not 1 <= number <= len(paths):
        raise UserError(NO_RUN, given=wanted, count=len(paths))
    return Run(number, len(paths), paths[number - 1])

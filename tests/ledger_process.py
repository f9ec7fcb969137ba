"""A ledger in a process of its own, for a test that kills it: enters visitors without end, and tells each one that
is written.

``python -m tests.ledger_process FILE``
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from studio_console.core.hall import Visit, Visitor
from studio_console.core.units import Instant
from studio_console.runtime.hall_store import HallStore


def main() -> None:
    store = HallStore(Path(sys.argv[1]), 14)
    for number in itertools.count():
        store.add(
            Visit(f"{number:06}", Visitor(f"visitor {number}", "", "a", 365, True), "day", Instant(number)), number
        )
        print(number, flush=True)


if __name__ == "__main__":
    main()

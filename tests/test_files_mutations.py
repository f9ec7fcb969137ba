"""Three hundred broken event folders: never an exception, always a place inside the file and a message.

The benchmark runs ten thousand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from studio_console.files.load import load
from tests import event_texts
from tests.mutations import MUTATORS, check_promises, mutated, run_mutation

SEEDS = range(300)


def test_the_unbroken_event_is_in_order(tmp_path: Path) -> None:
    loaded = load(event_texts.write(tmp_path))
    assert loaded.problems == ()
    assert loaded.event is not None


@pytest.mark.parametrize("block", range(0, len(SEEDS), 50))
def test_every_broken_event_is_told_with_places(block: int) -> None:
    for seed in SEEDS[block : block + 50]:
        run_mutation(seed, event_texts.FILES)


def test_the_same_seed_breaks_the_same_way_and_others_otherwise() -> None:
    assert mutated(7, event_texts.FILES) == mutated(7, event_texts.FILES)
    ways = {tuple(sorted(mutated(seed, event_texts.FILES).items())) for seed in SEEDS}
    assert len(ways) > 0.9 * len(SEEDS)
    assert len(MUTATORS) > 15


def test_a_broken_promise_is_found(tmp_path: Path) -> None:
    loaded = load(event_texts.write(tmp_path, {**event_texts.FILES, "rundown/day-2.yaml": "day: 1\n"}))
    assert loaded.event is None
    with pytest.raises(AssertionError):
        check_promises(loaded, {**dict.fromkeys(event_texts.FILES, b""), "rundown/day-2.yaml": b""}, "shorter file")

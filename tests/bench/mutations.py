"""Ten thousand event files broken in every way: each must give a place and a message, never a traceback."""

from __future__ import annotations

import os
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from tests import event_texts
from tests.bench.progress import steps
from tests.bench.result import Result, at_most
from tests.mutations import run_mutation

MUTATIONS = 10_000
AT_ONCE = 100


def measure_mutations() -> list[Result]:
    chunks = [range(first, first + AT_ONCE) for first in range(0, MUTATIONS, AT_ONCE)]
    with ProcessPoolExecutor(os.cpu_count()) as pool, steps("mutations", len(chunks)) as step:
        found = []
        for failures in pool.map(_failures, chunks):
            found.append(failures)
            step()
    failed = list(chain.from_iterable(found))
    return [at_most("mutations", len(failed), "failures", 0, "; ".join(failed[:3]) or f"{MUTATIONS} mutations")]


def _failures(seeds: range) -> list[str]:
    failed = []
    warnings.simplefilter("error")
    for seed in seeds:
        try:
            run_mutation(seed, event_texts.FILES)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is counted here
            failed.append(f"seed {seed}: {type(error).__name__}: {error}"[:200])
    return failed

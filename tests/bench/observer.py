"""Notes when each transition of an OBS begins, in a process of its own.

Whoever measures in the console's process waits for Python's lock together with the console, which is working off the
same event at that moment. ``python -m tests.bench.observer URL`` prints one time a line, as ``monotonic_ns``, which all
processes of a machine share, until its input ends.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import closing

from tests.bench.bare import BareClient
from tests.real_obs import PASSWORD, RealObs

READY = "ready"


class Observer:
    """The process, and the times that it tells."""

    def __init__(self, obs: RealObs) -> None:
        command = [sys.executable, "-m", "tests.bench.observer", obs.url]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == READY

    def next(self) -> float:
        """When the next transition began, in seconds as ``time.monotonic`` counts them."""
        return int(self._line()) / 1e9

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the observer ended"
        return line

    def close(self) -> None:
        self._process.communicate(timeout=10)


def main(url: str) -> None:
    with closing(BareClient(url, PASSWORD)) as bare:
        print(READY, flush=True)
        ending = threading.Event()

        def wait_for_the_end() -> None:
            sys.stdin.read()
            ending.set()
            bare.send("GetVersion")  # an answer ends its wait

        threading.Thread(target=wait_for_the_end, daemon=True).start()
        for came in bare.starts(ending.is_set):
            print(came, flush=True)


if __name__ == "__main__":
    assert time.get_clock_info("monotonic").monotonic
    main(sys.argv[1])

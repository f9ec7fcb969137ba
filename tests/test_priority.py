"""The console comes before who merely draws, where the system lets it; elsewhere it runs as it is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from studio_console.app.priority import RAISED
from tests.sessions import autogroup, shares_by_session

ASK = "from studio_console.app.priority import come_first; import psutil; come_first(); print(psutil.Process().nice())"
DROP = "import os; os.setgid(65534); os.setuid(65534); "

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows counts priorities in classes")


def an_administrator() -> bool:
    return os.geteuid() == 0


def niceness(code: str) -> int:
    """What a process of its own says: a priority that was raised is not lowered again for the tests after it."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, start_new_session=True)
    return int(done.stdout)


def test_who_has_the_right_comes_first() -> None:
    """An administrator has it; for others the system's rules are not known here."""
    assert niceness(ASK) in ({RAISED} if an_administrator() else {RAISED, os.getpriority(os.PRIO_PROCESS, 0)})


def test_who_has_no_right_goes_on_as_before() -> None:
    """Imported before the rights go: the files may be somebody else's."""
    imported, _, rest = ASK.partition("; ")
    drop = DROP if an_administrator() else ""
    lowered = "import resource; resource.setrlimit(resource.RLIMIT_NICE, (0, 0)); " if sys.platform == "linux" else ""
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert niceness(f"{imported}; import psutil; psutil.Process(); {lowered}{drop}{rest}") == own


def test_the_session_comes_first_as_long_as_the_console_runs() -> None:
    """OBS was started from another terminal: to it the console's own priority says nothing. Then all is as before.

    A system that does not share the processor out among sessions has nothing to raise, and the console starts all the
    same.
    """
    start = f"import sys; {ASK}; sys.stdout.flush(); input()"
    wait = "import subprocess, sys; print(subprocess.run([sys.executable, '-c', sys.argv[1]]).returncode); input()"
    with subprocess.Popen(
        [sys.executable, "-c", wait, start],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as terminal:
        assert terminal.stdin is not None
        assert terminal.stdout is not None
        raised = int(terminal.stdout.readline())
        during = autogroup(terminal.pid)
        terminal.stdin.write("\n")
        terminal.stdin.flush()
        assert terminal.stdout.readline() == "0\n"
        after = autogroup(terminal.pid)
        terminal.communicate("\n")
    if not shares_by_session():
        assert (during, after) == (None, None)
        return
    assert during is not None
    assert after is not None
    assert (during[1], after) == (RAISED if raised == RAISED else 0, (during[0], 0))

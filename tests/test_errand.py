"""What may fall over or take its time is done by a process of its own, and ended with whoever wanted it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import psutil
import pytest

from studio_console.devices.errand import Errand
from tests.waiting import wait_until

SAYS_ITS_NUMBER = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(600)"


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def test_what_it_said_is_told() -> None:
    assert Errand().run(python("import sys; sys.stdout.buffer.write(b'12\\n34')")) == b"12\n34"


def test_what_falls_over_has_said_what_it_said() -> None:
    """The clip on which the reader dies is found by that."""
    assert Errand().run(python("import os; print('one', flush=True); os._exit(11)")).split() == [b"one"]


def test_what_takes_too_long_is_ended() -> None:
    said = Errand().run(python(SAYS_ITS_NUMBER), seconds=2.0)
    assert not psutil.pid_exists(int(said))


def test_whoever_ends_it_from_another_thread_does_not_wait_for_it(tmp_path: Path) -> None:
    """The desk is closed while a clip is looked into: nothing stays, and nothing is begun any more."""
    errand, file = Errand(), tmp_path / "number"
    code = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
    runs = threading.Thread(target=errand.run, args=(python(code, str(file)),))
    runs.start()
    wait_until(lambda: file.exists() and file.read_text())
    errand.end()
    runs.join()
    assert not psutil.pid_exists(int(file.read_text()))
    assert errand.run(python("print('late')")) == b""


def test_no_password_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_OBS_PASSWORD_PROGRAM", "secret")
    assert "STUDIO_OBS_PASSWORD_PROGRAM" in os.environ
    assert Errand().run(python("import os; print([name for name in os.environ if 'PASSWORD' in name])")) == b"[]\n"


def test_what_cannot_be_started_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        Errand().run([str(tmp_path / "none")])

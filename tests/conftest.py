"""What holds for every test: its own surroundings, and guards that fail it for what it leaves or does unseen.

- Nothing of the person who runs it is touched: no ``STUDIO_*`` setting, no state or settings folder, no keyring.
- Windows are drawn off screen, unless ``QT_QPA_PLATFORM`` says otherwise.
- ``guards.py``: threads, timers and windows left over, unexpected log lines and Qt warnings, skips in CI.
- Unhandled exceptions fail the test too: in slots through pytest-qt, in threads through ``filterwarnings = error``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.guards", "tests.real_obs", "tests.obs_rigs"]

# Before anything imports Qt or the keyring.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
for name in [name for name in os.environ if name.startswith("STUDIO_")]:
    del os.environ[name]

# Slowness is measured by the benchmarks, not by the luck of a busy machine.
settings.register_profile("here", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI", "").lower() == "true" else "here")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings and state of the whole run in a folder of its own, for the programs started here too."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STUDIO_STATE_DIR", str(home / "state"))
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(variable, str(home / variable.lower()))
        if "XDG_RUNTIME_DIR" not in os.environ:
            # Qt warns where it is missing, and wants it to be nobody else's.
            (home / "run").mkdir(mode=0o700)
            patch.setenv("XDG_RUNTIME_DIR", str(home / "run"))
        yield


@pytest.fixture(autouse=True)
def own_state(own_folders: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every test begins without a journal."""
    monkeypatch.setenv("STUDIO_STATE_DIR", str(tmp_path / "state"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A test in whose course the real OBS fell over by itself is run once more.

    OBS 29 can abort in its own locks some time after it has thrown away a collection with sound in it.
    """
    # A plugin: it is not to be imported before its assertions are rewritten.
    from tests.real_obs import one_fell

    if not {"rig", "real_obs"} & set(getattr(item, "fixturenames", ())):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if any(report.failed for report in reports) and one_fell():
        item._initrequest()  # type: ignore[attr-defined]
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True

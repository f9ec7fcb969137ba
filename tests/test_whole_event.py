"""A day of the sample event on three real OBS. All five days are the benchmark ``five-days``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.whole_event import real_hall

pytestmark = [
    pytest.mark.real_obs,
    pytest.mark.timeout(300),
    # A fresh OBS has only cut and fade: what is taken instead is told.
    pytest.mark.expects_log("OBS has no transition"),
]


def test_the_free_evening_is_built_and_run_on_three_real_obs(tmp_path: Path) -> None:
    """Monday evening: the scenes are built, a second run changes nothing, and every cue is confirmed on all."""
    with real_hall(tmp_path) as hall:
        assert hall.provision("1") == (0, 0)
        assert hall.provision("1") == (0, 3)
        report = hall.dry_run("1")
    assert report["unconfirmed"] == 0, [cue for cue in report["cues"] if not cue["confirmed"]]
    assert report["confirmed"] == len(report["cues"]) > 10
    for cue in report["cues"]:
        assert {name: cue["seen"][name] for name in cue["wanted"]} == cue["wanted"]

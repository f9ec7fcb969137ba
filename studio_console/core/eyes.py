"""A surface's picture and sound, judged as they come: black, standing still, or quiet, and since when.

Pure: times are seconds of a clock that only goes forward, and whoever calls has it. Whether it is meant so is for
``dead_air`` to say, which knows the cue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from studio_console.core.air_facts import Fault
from studio_console.core.change import replace
from studio_console.core.signals import Look, is_dark
from studio_console.core.studio import DeadAirRules

SILENCE = 0.001
"""Of full scale, -60 dBFS: an open microphone in a quiet room is above it."""
FULL_SCALE = 1.0


@dataclass(frozen=True, slots=True)
class Eyes:
    """What is remembered of one surface, in seconds; None: it is not so, or not known."""

    dark_since: float | None = None
    still_since: float | None = None
    quiet_since: float | None = None


def looked(eyes: Eyes, look: Look) -> Eyes:
    """Its picture was looked at; the first one has none before it that it could be the same as."""
    moved = eyes.still_since is None or look.difference > 0
    dark = look.at if eyes.dark_since is None else eyes.dark_since
    still = look.at if moved else eyes.still_since
    return replace(eyes, dark_since=dark if is_dark(look) else None, still_since=still)


def listened(eyes: Eyes, level: float | None, at: float) -> Eyes:
    """``level`` is the loudest of what can be heard; None where there is nothing that could be."""
    if level is None or level > SILENCE:
        return eyes if eyes.quiet_since is None else replace(eyes, quiet_since=None)
    return eyes if eyes.quiet_since is not None else replace(eyes, quiet_since=at)


def faults(eyes: Eyes, now: float, rules: DeadAirRules) -> Mapping[Fault, float]:
    """What has lasted so long that it counts, and since when."""
    lasting = {
        Fault.BLACK: (eyes.dark_since, rules.black),
        Fault.FROZEN: (eyes.still_since, rules.frozen),
        Fault.SILENT: (eyes.quiet_since, rules.silent),
    }
    return {
        fault: since for fault, (since, least) in lasting.items() if since is not None and now - since >= least / 1000
    }


def peak_of(channels: Iterable[Iterable[float]]) -> float | None:
    """The highest peak behind the fader of the levels that OBS tells of one input: per channel, three numbers.

    A real OBS may begin an input's levels with numbers out of thin air: what is louder than full scale, or no number,
    is no level. None where there is none.
    """
    peaks = [peak for _magnitude, peak, *_ in channels]
    return max((peak for peak in peaks if 0 <= peak <= FULL_SCALE), default=None)


def loudest(peaks: Mapping[str, float | None], expected: Collection[str]) -> float | None:
    """The level of all that is meant to be heard: inputs that are ``expected`` to; None where none of them is there."""
    return max((peak for name, peak in peaks.items() if peak is not None and name in expected), default=None)

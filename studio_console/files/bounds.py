"""Durations that have to lie between two others."""

from __future__ import annotations

from studio_console.core.text import Text
from studio_console.core.units import Duration
from studio_console.core.written import DURATION_PATTERN, Wrong, duration_of, shorten
from studio_console.files.shapes import OUT_OF_RANGE, Parsed

USUALLY = Text("적지 않으면 {usual}입니다", "left out, it is {usual}")


def between(least: str, most: str, usual: str) -> Parsed:
    """A duration within bounds. An editor checks its form alone."""
    lowest, highest = duration_of(least), duration_of(most)

    def parse(text: str) -> Duration:
        duration = duration_of(text)
        if not lowest <= duration <= highest:
            raise Wrong("range", OUT_OF_RANGE, USUALLY, text=shorten(text), least=least, most=most, usual=usual)
        return duration

    return Parsed(f"duration-{least}-{most}", parse, DURATION_PATTERN, examples=(usual,))

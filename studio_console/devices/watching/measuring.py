"""What an OBS tells of its outputs once a second, made into figures over the last seconds. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio_console.core.output_state import Measures, RecordFacts, StreamFacts
from studio_console.core.units import Duration

WINDOW = 10.0
"""Seconds: long enough to forgive one bad second, short enough that an alarm goes when its cause does."""
AT_LEAST = 2.5
"""Seconds between the first and the last look from which a rate is told."""
KEPT_FREE = 50
"""MB at which OBS ends a recording by itself."""
REQUESTS = ("GetStreamStatus", "GetRecordStatus", "GetStats", "GetOutputList")


@dataclass(frozen=True, slots=True)
class Counters:
    """Counts since a stream, a recording or OBS itself began, as OBS tells them; ``at`` in s."""

    at: float
    streams: bool = False
    reconnecting: bool = False
    congestion: float = 0.0
    stream_bytes: int = 0
    dropped: int = 0
    sent: int = 0
    records: bool = False
    record_bytes: int = 0
    late: int = 0
    drawn: int = 0
    skipped: int = 0
    encoded: int = 0
    disk_free: int = 0
    """MB."""


def counters(answers: Mapping[str, Mapping[str, Any]], at: float) -> Counters:
    """Out of the answers to ``REQUESTS``, by their names; of what was not answered nothing is known."""
    stream, record = answers.get("GetStreamStatus", {}), answers.get("GetRecordStatus", {})
    stats, listed = answers.get("GetStats", {}), answers.get("GetOutputList", {}).get("outputs", ())
    # Only here is a recording that a plug-in or another profile makes under another name.
    running = any(entry.get("outputActive") and entry.get("outputKind") == "ffmpeg_muxer" for entry in listed)
    return Counters(
        at=at,
        streams=bool(stream.get("outputActive")),
        reconnecting=bool(stream.get("outputReconnecting")),
        congestion=_share(stream.get("outputCongestion")),
        stream_bytes=_count(stream.get("outputBytes")),
        dropped=_count(stream.get("outputSkippedFrames")),
        sent=_count(stream.get("outputTotalFrames")),
        records=bool(record.get("outputActive")) or running,
        record_bytes=_count(record.get("outputBytes")),
        late=_count(stats.get("renderSkippedFrames")),
        drawn=_count(stats.get("renderTotalFrames")),
        skipped=_count(stats.get("outputSkippedFrames")),
        encoded=_count(stats.get("outputTotalFrames")),
        disk_free=_count(stats.get("availableDiskSpace")),
    )


def recent(history: Sequence[Counters], newest: Counters) -> tuple[Counters, ...]:
    """``history`` with ``newest``, without what is older than the window."""
    return (*(entry for entry in history if newest.at - entry.at <= WINDOW), newest)


def measures(history: Sequence[Counters]) -> Measures:
    """The figures that ``history``, oldest first and not empty, gives."""
    now = history[-1]
    streaming = _run(history, lambda entry: entry.streams and not entry.reconnecting, lambda entry: entry.stream_bytes)
    # One that began a moment ago is not slow: it waits for a keyframe.
    flowing = [entry for entry in streaming if entry.stream_bytes] or streaming
    recording = _run(history, lambda entry: entry.records, lambda entry: entry.record_bytes)
    drawing = _run(history, lambda entry: True, lambda entry: entry.drawn)
    encoding = _run(history, lambda entry: True, lambda entry: entry.encoded)
    rate = _rate(recording, lambda entry: entry.record_bytes)
    left = Duration(max(0, now.disk_free - KEPT_FREE) * 8_000_000 // rate) if rate else None
    return Measures(
        stream=StreamFacts(
            now.streams,
            now.reconnecting,
            _rate(flowing, lambda entry: entry.stream_bytes),
            _part(streaming, lambda entry: entry.dropped, lambda entry: entry.sent),
            now.dropped,
            now.congestion,
        ),
        record=RecordFacts(now.records, rate, left),
        lag=_part(drawing, lambda entry: entry.late, lambda entry: entry.drawn),
        skipped=_part(encoding, lambda entry: entry.skipped, lambda entry: entry.encoded),
        disk_free=now.disk_free,
    )


Count = Callable[[Counters], int]


def _run(history: Sequence[Counters], is_on: Callable[[Counters], bool], count: Count) -> Sequence[Counters]:
    """The last entries without a break: a stream that connects again counts from nought."""
    begin = len(history)
    while begin > 0 and is_on(history[begin - 1]):
        if begin < len(history) and count(history[begin - 1]) > count(history[begin]):
            break
        begin -= 1
    return history[begin:]


def _rate(run: Sequence[Counters], count: Count) -> int | None:
    """kbit/s; None where it has not run for long enough."""
    if len(run) < 2 or run[-1].at - run[0].at < AT_LEAST:
        return None
    return round((count(run[-1]) - count(run[0])) * 8 / 1000 / (run[-1].at - run[0].at))


def _part(run: Sequence[Counters], some: Count, all: Count) -> float:
    if len(run) < 2:
        return 0.0
    whole = all(run[-1]) - all(run[0])
    return min(1.0, max(0.0, (some(run[-1]) - some(run[0])) / whole)) if whole > 0 else 0.0


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and value == value and 0 <= value < 2**62 else 0


def _share(value: object) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else 0.0

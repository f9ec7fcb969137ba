"""What is wrong with the outputs, and with what the surfaces look and sound like. Derived from show and instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio_console.core.air_facts import Fault
from studio_console.core.alarms import Alarm
from studio_console.core.change import replace
from studio_console.core.dead_air import dead_air
from studio_console.core.output_state import Measures, Output, OutputRun, Sending
from studio_console.core.outputs import run_of
from studio_console.core.problems import Severity
from studio_console.core.show import Show, surface_of
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text, same
from studio_console.core.units import MINUTE, Duration, Instant, SurfaceId

SETTLES = Duration(5_000)
"""ms. So long after a stream came up, or who watches it was cut off, nothing is said of figures that are missing."""
BEGINS_WITHIN = Duration(12_000)
"""ms until a stream has to have sent anything at all. It begins with a keyframe, and where a recording uses the same
encoder it waits for the next one: ten seconds, by the encoder's own setting, at 25 pictures a second."""
LAST_MINUTES = Duration(5 * MINUTE)

FAILED = Text("{output}: 시작하거나 멈추지 못했습니다. {reason}", "{output} was not started or stopped. {reason}")
NOT_STARTED = Text(
    "{output}: OBS가 제때 시작하지 못했습니다. OBS의 방송 설정과 네트워크를 확인하세요",
    "{output} has not started in time: see OBS's stream settings and the network",
)
NOT_STOPPED = Text(
    "{output}: OBS가 제때 멈추지 못했습니다. OBS에서 직접 멈추세요", "{output} has not stopped in time: stop it in OBS"
)
STOPPED = Text(
    "{output}: 지시 없이 멈췄습니다. OBS와 네트워크를 보고 다시 시작하세요. 일부러 껐다면 정지로 확인하세요",
    "{output} stopped, and nobody here asked for it: see OBS, start it again; if it was meant, stop it here too",
)
RECONNECTING = Text(
    "{output}: 서버와 끊겨 OBS가 다시 연결하는 중입니다. 시청자에게 나가지 않으니 회선을 확인하세요",
    "{output} has lost its server, and OBS tries again: viewers get nothing, see the line",
)
PAUSED = Text(
    "{output}: OBS에서 녹화가 일시 정지되었습니다. OBS에서 재개하세요", "{output} is paused in OBS: resume it there"
)
BITRATE = Text(
    "{output}: 비트레이트가 {rate} kbit/s로 낮습니다. 회선을 확인하세요",
    "{output} sends only {rate} kbit/s: see the line",
)
DROPPED = Text(
    "{output}: 프레임 {share}% 유실. 회선이 좁습니다. OBS 비트레이트를 낮추거나 회선을 바꾸세요",
    "{output} drops {share}% of its frames: the line is too narrow; lower the bitrate or change the line",
)
CONGESTION = Text(
    "{output}: 회선 혼잡 {share}%. 오래가면 비트레이트를 낮추세요",
    "{output}: the line is congested ({share}%): if it lasts, lower the bitrate",
)
DISK = Text(
    "{output}: 디스크에 약 {minutes}분만 더 녹화됩니다. 공간을 비우세요",
    "{output}: the disk has room for some {minutes} min more: free some space",
)
LAG = Text(
    "{surface}: OBS가 프레임 {share}%를 늦게 그립니다. 그 컴퓨터의 부하를 줄이세요",
    "{surface}: its OBS draws {share}% of the frames late: take load off that machine",
)
SKIPPED = Text(
    "{surface}: OBS 인코더가 프레임 {share}%를 건너뜁니다. 인코더 설정을 낮추세요",
    "{surface}: the encoder of its OBS skips {share}% of the frames: lower its settings",
)
UNWATCHED = Text(
    "{surface}: 감시 연결이 없어 송출 상태와 그림을 볼 수 없습니다. {reason}",
    "{surface} is not watched: neither figures nor pictures come. {reason}",
)
DEAD_AIR: Mapping[Fault, Text] = {
    Fault.BLACK: Text(
        "{surface}: 검은 화면이 나가고 있습니다. 소스를 확인하거나 대기 화면으로(Ctrl+B, GO)",
        "{surface} is black: see its source, or go to the holding slide (Ctrl+B, GO)",
    ),
    Fault.FROZEN: Text(
        "{surface}: 화면이 멈춰 있습니다. 소스를 확인하거나 다음 큐로 넘기세요",
        "{surface} stands still: see its source, or go on to the next cue",
    ),
    Fault.SILENT: Text(
        "{surface}: 소리가 나가지 않습니다. 마이크와 음소거를 확인하세요",
        "{surface} is silent: see microphones, and what is muted",
    ),
}


def output_alarms(show: Show, now: Instant) -> tuple[Alarm, ...]:
    """Of every output and surface; errors first. Of one whose OBS is lost nothing is said: that is said already."""
    found: list[Alarm] = []
    told: set[object] = set()
    for output in show.rundown.outputs:
        if output.kind is not OutputKind.LINE and output.key not in told:
            told.add(output.key)
            found += _of_output(show, output, now)
    for surface in show.surfaces:
        if surface_of(show, surface).connected:
            found += _of_surface(show, surface, now)
    return tuple(sorted(found, key=lambda alarm: alarm.severity is not Severity.ERROR))


def _of_output(show: Show, output: Output, now: Instant) -> Iterator[Alarm]:
    run = run_of(show, output)

    def alarm(code: str, severity: Severity, text: Text, **values: object) -> Alarm:
        return Alarm(
            f"output-{code}", severity, text, {"output": output.id, **values}, since=run.since, output=output.id
        )

    if run.failed is not None:
        yield alarm("failed", Severity.ERROR, FAILED, reason=run.failed)
    elif run.overdue:
        yield alarm("overdue", Severity.ERROR, NOT_STARTED if run.wanted else NOT_STOPPED)
    elif run.wanted and run.order is None and run.seen is Sending.STOPPED:
        yield alarm("stopped", Severity.ERROR, STOPPED)
    elif run.seen is Sending.RECONNECTING:
        yield alarm("reconnecting", Severity.ERROR, RECONNECTING)
    elif run.seen is Sending.PAUSED:
        yield alarm("paused", Severity.WARNING, PAUSED)
    measures = show.measures.get(output.surface)
    if measures is not None and run.seen is Sending.LIVE:
        for code, severity, text, values in _figures(show, output, run, measures, now):
            # Since when a figure is bad is not known: since when it is live would be taken for it.
            yield replace(alarm(code, severity, text, **values), since=None)


def _figures(
    show: Show, output: Output, run: OutputRun, measures: Measures, now: Instant
) -> Iterator[tuple[str, Severity, Text, dict[str, object]]]:
    rules = show.rundown.output_rules
    if output.kind is OutputKind.RECORDING:
        left = measures.record.disk_left
        if left is not None and left < rules.disk:
            severity = Severity.ERROR if left < min(LAST_MINUTES, rules.disk) else Severity.WARNING
            yield "disk", severity, DISK, {"minutes": left // MINUTE}
        return
    stream = measures.stream
    # Since it was last seen to begin: a stream that came back fills up again too.
    patience = SETTLES if stream.bitrate else BEGINS_WITHIN
    settled = run.since is not None and now - run.since >= patience
    if settled and stream.bitrate is not None and stream.bitrate < rules.bitrate_low:
        yield "bitrate", Severity.WARNING, BITRATE, {"rate": stream.bitrate}
    if stream.dropped > rules.dropped:
        yield "dropped", Severity.WARNING, DROPPED, {"share": _percent(stream.dropped)}
    if stream.congestion > rules.congestion:
        yield "congestion", Severity.WARNING, CONGESTION, {"share": _percent(stream.congestion)}


def _of_surface(show: Show, surface: SurfaceId, now: Instant) -> Iterator[Alarm]:
    rules, measures, watch = show.rundown.output_rules, show.measures.get(surface), show.watched.get(surface)
    shares = () if measures is None else (
        ("lag", measures.lag, rules.lag, LAG),
        ("skipped", measures.skipped, rules.skipped, SKIPPED),
    )  # fmt: skip
    for code, share, most, text in shares:
        if share > most:
            values: dict[str, object] = {"surface": surface, "share": _percent(share)}
            yield Alarm(f"obs-{code}", Severity.WARNING, text, values, surface)
    if watch is not None and not watch.on and now - watch.since >= SETTLES:
        values = {"surface": surface, "reason": watch.reason or same("")}
        yield Alarm("unwatched", Severity.WARNING, UNWATCHED, values, surface, watch.since)
    for fault, since in dead_air(show, surface, now).items():
        yield Alarm(f"dead-air-{fault}", Severity.ERROR, DEAD_AIR[fault], {"surface": surface}, surface, since)


def _percent(share: float) -> int:
    return max(1, round(share * 100))

"""Clips that do not do what they should, before air and on it, as alarms; and the slide that can cover for them."""

from __future__ import annotations

from studio_console.core.alarm import Alarm
from studio_console.core.problems import Severity
from studio_console.core.reports import Playback
from studio_console.core.rundown import Cue, Kind
from studio_console.core.show import ClipMark, Show, Take, is_skipped, position
from studio_console.core.text import Text
from studio_console.core.units import Duration, Instant, SurfaceId

CLIP_PATIENCE = Duration(1_000)
"""ms of real time that a clip on air may stand still: it is asked for four times in it."""
AT_ONCE = 4
"""What ends within so many times the patience after the press, and was never seen to play, did not play."""
LENGTH_TOLERANCE = Duration(1_000)
"""ms by which a clip may differ from what its cue plans."""

FAILED = Text(
    "{cue}: {surface}에서 영상 재생 실패(‘{clip}’). {holding}",
    "{cue}: the clip ‘{clip}’ does not play on {surface}. {holding}",
)
NOT_STARTED = Text(
    "{cue}: {surface}에서 영상이 시작되지 않았습니다(‘{clip}’). 파일이 있는지 보세요. {holding}",
    "{cue}: the clip ‘{clip}’ has not started on {surface}; look whether its file is there. {holding}",
)
STALLED = Text(
    "{cue}: {surface}에서 영상이 멈췄습니다(‘{clip}’). {holding}",
    "{cue}: the clip ‘{clip}’ has stalled on {surface}. {holding}",
)
UNSEEN = Text(
    "{cue}: OBS 장면에 영상이 없습니다(‘{clip}’). provision을 실행하세요. {holding}",
    "{cue}: its scenes in OBS do not have the clip ‘{clip}’: run provision. {holding}",
)
BEFORE_AIR = Text(
    "{cue}: 영상 ‘{clip}’에 문제가 있습니다. {trouble}", "{cue}: its clip ‘{clip}’ will not do. {trouble}"
)
HOLDING = Text("Ctrl+B: 대기 화면 {holding}에 스탠바이", "Ctrl+B: standby on the holding slide {holding}")
NO_HOLDING = Text("큐시트에 대기 화면 큐가 없습니다", "The rundown has no holding slide")


def clip_alarms(show: Show) -> list[Alarm]:
    """What is wrong with clips by what OBS and the files have told."""
    take = show.on_air
    if take is None or show.taking is not None or take.cue.clip is None:
        return _file_alarms(show)
    found: list[Alarm] = []
    for surface, mark in show.clips.items():
        wrong = _wrong(show, take, mark)
        if wrong is not None:
            code, text = wrong
            found.append(Alarm(code, Severity.ERROR, text, _values(show, take, surface), surface, mark.moved_at))
    return found + _file_alarms(show)


def unseen_clip(show: Show, now: Instant) -> list[Alarm]:
    """A clip of which no OBS says anything though all of them show the cue: it is not in their scenes."""
    take = show.on_air
    if take is None or show.taking is not None or show.clips or take.cue.clip not in show.rundown.clips:
        return []
    if not take.wanted or take.returned or now - take.started_at < 2 * show.rundown.clip_patience:
        return []
    for surface in take.wanted:
        state = show.surfaces.get(surface)
        if state is None or not state.connected or state.differs:
            return []
    return [Alarm("clip-unseen", Severity.ERROR, UNSEEN, _values(show, take, None), None, take.started_at)]


def holding_cue(show: Show) -> Cue | None:
    """The cue whose picture can stay on air for as long as it takes: a break of which nothing is live.

    The last one at or before where the show is, else the first after it.
    """
    cues = show.plan.cues
    reached = position(show)
    for cue in (*reversed(cues[: reached + 1]), *cues[reached + 1 :]):
        still = cue.kind is Kind.BREAK and not cue.speakers and cue.clip is None
        if still and not cue.two_step and not is_skipped(show, cue) and show.rundown.scenes.get(cue.id):
            return cue
    return None


def differs_from_file(show: Show, cue: Cue) -> Duration | None:
    """How long the clip of ``cue`` really is, where that is another length than the cue plans; else None."""
    file = show.clip_files.get(cue.clip) if cue.clip is not None else None
    if file is None or file.duration is None or cue.duration is None:
        return None
    return file.duration if abs(file.duration - cue.duration) > LENGTH_TOLERANCE else None


def clip_trouble(show: Show, cue: Cue) -> Text | None:
    """Why the clip of ``cue`` will not do; None as far as is known."""
    file = show.clip_files.get(cue.clip) if cue.clip is not None else None
    return file.trouble if file is not None else None


def _wrong(show: Show, take: Take, mark: ClipMark) -> tuple[str, Text] | None:
    """The code and the words of what is wrong with the clip on one surface."""
    patience = show.rundown.clip_patience
    stood = mark.at - mark.moved_at >= patience
    if mark.playback is Playback.FAILED:
        return "clip-failed", FAILED
    if mark.playback is Playback.PLAYING and stood:
        # A file that is not there is said to play at nought, for ever.
        return ("clip-stalled", STALLED) if mark.position else ("clip-not-started", NOT_STARTED)
    if mark.playback is Playback.STOPPED and mark.at - take.started_at >= patience:
        return "clip-not-started", NOT_STARTED
    never_known = mark.duration is None and mark.played_for != take.press
    if mark.playback is Playback.ENDED and never_known and mark.at - take.pressed_at < AT_ONCE * patience:
        # Or to have ended at once. Told much later it is what ended while nobody listened, and is no trouble.
        return "clip-not-started", NOT_STARTED
    return None


def _file_alarms(show: Show) -> list[Alarm]:
    """One for every clip that is still to come and will not do."""
    if not show.clip_files:
        return []
    found: dict[str, Alarm] = {}
    for cue in show.plan.cues[max(0, position(show)) :]:
        trouble = clip_trouble(show, cue)
        over = show.current is not None and show.current.cue.id == cue.id
        if cue.clip is None or trouble is None or over or is_skipped(show, cue) or cue.clip in found:
            continue
        values = {"cue": cue.number, "clip": cue.clip, "trouble": trouble}
        found[cue.clip] = Alarm("clip-file", Severity.ERROR, BEFORE_AIR, values)
    return list(found.values())


def _values(show: Show, take: Take, surface: SurfaceId | None) -> dict[str, object]:
    cue = holding_cue(show)
    holding = NO_HOLDING
    if cue is not None:
        holding = HOLDING.filled(holding=cue.number)
    return {"cue": take.cue.number, "clip": take.cue.clip or "", "surface": surface or "", "holding": holding}

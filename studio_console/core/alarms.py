"""What is wrong right now, derived from the show: an alarm cannot outlive its cause."""

from __future__ import annotations

from studio_console.core.alarm import Alarm as Alarm
from studio_console.core.clip_watch import clip_alarms
from studio_console.core.edit_alarms import edit_alarms
from studio_console.core.problems import Severity
from studio_console.core.show import Mark, Phase, Show, Take, missing_scenes
from studio_console.core.standby import standby_troubles
from studio_console.core.text import Text, same
from studio_console.core.units import SurfaceId
from studio_console.core.wall_state import wall_of

LOST = Text("{surface}: OBS 연결 끊김. {reason}", "{surface}: no link to OBS. {reason}")
NOT_YET = Text("{surface}: OBS에 연결하는 중입니다", "{surface}: connecting to OBS")
DIFFERS = Text(
    "{surface}: 송출 화면 ‘{seen}’, 큐 화면 ‘{wanted}’. 손으로 바꿨다면 그대로 두고, 아니면 이 큐에 스탠바이를 두고 GO",
    "{surface} shows ‘{seen}’, the cue wants ‘{wanted}’. Leave it if that was by hand, else standby on it and GO",
)
UNCONFIRMED = Text(
    "{surface}: {cue} 송출이 확인되지 않았습니다. OBS 화면을 확인하세요. {reason}",
    "{surface} did not confirm {cue}: look at its OBS. {reason}",
)
STUDIO_MODE = Text(
    "{surface}: OBS 스튜디오 모드가 켜져 있어 화면이 늦게 바뀔 수 있습니다. 끄세요",
    "{surface}: studio mode is on in OBS and delays what reaches air: switch it off",
)
CHANGING = Text(
    "{surface}: OBS 장면 모음이 바뀌는 중입니다. 끝날 때까지 보내지 않습니다",
    "{surface}: its scene collection is changing; nothing is sent until that is over",
)
MISSING = Text(
    "{surface}: 장면 {count}개가 없습니다({first} 등). provision을 실행하세요",
    "{surface}: {count} scenes of the day are missing ({first} …): run provision",
)
WALL_DIFFERS = Text(
    "{surface}: 송출 화면 ‘{seen}’, 손으로 정한 화면 ‘{wanted}’. Alt+W로 큐의 화면, W로 대기 화면",
    "{surface} shows ‘{seen}’, by hand it was given ‘{wanted}’. Alt+W brings the picture back, W the holding slide",
)
WALL_UNCONFIRMED = Text(
    "{surface}: 전환이 확인되지 않았습니다. OBS 화면을 확인하고 다시 누르세요. {reason}",
    "{surface} did not confirm: look at its OBS, then press again. {reason}",
)
STALE = Text(
    "{surface}: 장면 {count}개가 큐시트와 다릅니다({first} 등). 고친 뒤 만들지 않았습니다. provision을 실행하세요",
    "{surface}: {count} scenes are not as the rundown has them now ({first} …): run provision",
)
WALL_NOT_BUILT = Text(
    "{surface}: 준비하지 못했습니다. 송출 화면은 그대로입니다. {reason}",
    "{surface} could not be prepared; what is on air stays. {reason}",
)
WALL_HOLDING = Text(
    "{surface}: 대기 화면이 나가고 있습니다. Alt+W로 원래 화면",
    "{surface} shows the holding slide: Alt+W brings the picture back",
)
WALL_DOUBTED = Text(
    "{surface}: 연결이 끊겼던 사이 손으로 정한 화면이 옛것으로 돌아갔을 수 있습니다. 화면을 보고 Alt+W 또는 다시 준비",
    "{surface} was lost: what was arranged there may have come back older. Look at it; Alt+W, or arm it again",
)
UNWRITTEN = Text(
    "{surface}: 호명 명단을 쓰지 못했습니다. 표시를 다시 누르세요. {reason}",
    "{surface}: the roll call could not be written; mark it again. {reason}",
)
JOURNAL = Text(
    "진행 기록이 디스크에 저장되지 않습니다. 큐는 계속 나갑니다. {reason}",
    "What happens is not being saved to the disk; cues still go to air. {reason}",
)
TIMER_BLACK = Text("연사 타이머가 암전 중입니다. Alt+B로 켜기", "The speaker's timer is dark: Alt+B lights it")
MARKS: dict[Mark, Text] = {
    Mark.EDITED: Text(
        "{cue}: 송출 중에 수정되었습니다. 고친 대로 내보내려면 이 큐에 스탠바이를 두고 GO",
        "{cue} was edited while on air: to show it so, standby on it and GO",
    ),
    Mark.SKIPPED: Text(
        "{cue}: 송출 중에 건너뛰기로 표시되었습니다. 다음 GO까지 그대로 나갑니다",
        "{cue} was marked to be skipped while on air: it stays until the next GO",
    ),
    Mark.DELETED: Text(
        "{cue}: 송출 중에 큐시트에서 삭제되었습니다. 다음 GO까지 그대로 나갑니다",
        "{cue} was deleted from the rundown while on air: it stays until the next GO",
    ),
}


def alarms(show: Show) -> tuple[Alarm, ...]:
    """Everything wrong in ``show``, errors first."""
    found: list[Alarm] = []
    if show.journal_trouble is not None:
        found.append(Alarm("journal", Severity.ERROR, JOURNAL, {"reason": show.journal_trouble}))
    for surface in show.surfaces:
        found += _surface_alarms(show, surface)
        found += (Alarm(*trouble, surface) for trouble in standby_troubles(show, surface))
    take = show.on_air
    if take is not None and take.mark is not Mark.NONE:
        found.append(Alarm(f"cue-{take.mark}", Severity.WARNING, MARKS[take.mark], {"cue": take.cue.number}))
    found += clip_alarms(show)
    if show.speaker.black:
        found.append(Alarm("timer-black", Severity.WARNING, TIMER_BLACK, since=show.speaker.black_since))
    found += edit_alarms(show)
    return tuple(sorted(found, key=lambda alarm: alarm.severity is not Severity.ERROR))


def _surface_alarms(show: Show, surface: SurfaceId) -> list[Alarm]:
    state = show.surfaces[surface]
    if not state.connected:
        if state.lost_reason is None:
            return [Alarm("surface-connecting", Severity.WARNING, NOT_YET, {"surface": surface}, surface)]
        values: dict[str, object] = {"surface": surface, "reason": state.lost_reason}
        return [Alarm("surface-lost", Severity.ERROR, LOST, values, surface, state.lost_at)]
    found: list[Alarm] = []
    if state.changing:
        found.append(Alarm("collection-changing", Severity.ERROR, CHANGING, {"surface": surface}, surface))
    if state.studio_mode:
        found.append(Alarm("studio-mode", Severity.WARNING, STUDIO_MODE, {"surface": surface}, surface))
    missing = missing_scenes(show, surface)
    if missing:
        values = {"surface": surface, "count": len(missing), "first": min(missing)}
        found.append(Alarm("scenes-missing", Severity.ERROR, MISSING, values, surface))
    if state.stale:
        values = {"surface": surface, "count": len(state.stale), "first": min(state.stale)}
        found.append(Alarm("scenes-stale", Severity.WARNING, STALE, values, surface))
    wall = wall_of(show, surface)
    if wall.armed is not None and wall.armed.failed is not None:
        values = {"surface": surface, "reason": wall.armed.failed}
        found.append(Alarm("wall-not-built", Severity.ERROR, WALL_NOT_BUILT, values, surface, wall.armed.at))
    if wall.holding_since is not None:
        values = {"surface": surface}
        found.append(Alarm("wall-holding", Severity.WARNING, WALL_HOLDING, values, surface, wall.holding_since))
    if wall.live is not None and wall.live.doubted and state.seen == wall.live.scene:
        values = {"surface": surface}
        found.append(Alarm("wall-doubted", Severity.WARNING, WALL_DOUBTED, values, surface, state.seen_at))
    if surface in show.unwritten:
        values = {"surface": surface, "reason": show.unwritten[surface]}
        found.append(Alarm("text-unwritten", Severity.ERROR, UNWRITTEN, values, surface))
    take = show.current
    if wall.take is not None:
        if wall.take.failed is not None:
            values = {"surface": surface, "reason": wall.take.failed}
            found.append(Alarm("wall-unconfirmed", Severity.ERROR, WALL_UNCONFIRMED, values, surface, wall.take.at))
    elif wall.covered:
        if state.differs:
            values = {"surface": surface, "seen": state.seen or "?", "wanted": state.wanted}
            found.append(Alarm("differs", Severity.ERROR, WALL_DIFFERS, values, surface, state.seen_at))
    elif take is not None and _is_unconfirmed(take, surface):
        reason = take.failed.get(surface, same(""))
        values = {"surface": surface, "cue": take.cue.number, "reason": reason}
        found.append(Alarm("unconfirmed", Severity.ERROR, UNCONFIRMED, values, surface, take.pressed_at))
    elif state.differs and (take is None or surface not in take.open_surfaces):
        values = {"surface": surface, "seen": state.seen or "?", "wanted": state.wanted}
        found.append(Alarm("differs", Severity.ERROR, DIFFERS, values, surface, state.seen_at))
    return found


def _is_unconfirmed(take: Take, surface: SurfaceId) -> bool:
    if surface in take.failed:
        return True
    return surface in take.open_surfaces and take.phase is Phase.UNCONFIRMED

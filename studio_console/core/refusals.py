"""A press that is not carried out says why, on the screen and in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from studio_console.core.change import replace
from studio_console.core.effects import Effect, Refuse
from studio_console.core.show import Refusal, Show, next_cue
from studio_console.core.text import Text
from studio_console.core.units import Instant, PressId

Outcome: TypeAlias = tuple[Show, tuple[Effect, ...]]

NO_RUNDOWN = Text("열린 큐시트가 없습니다", "No rundown is open")
NOTHING_NEXT = Text("다음 큐가 없습니다", "Nothing is next")
ALREADY_DONE = Text("이미 처리된 입력입니다", "This press was carried out already")
STALE = Text(
    "그사이 다음 큐가 바뀌었습니다. 지금은 {now}입니다. 확인하고 다시 누르세요",
    "Next has meanwhile become {now}: look, then press again",
)
TOO_SOON = Text("직전 GO와 너무 가깝습니다", "Too soon after the last GO")
CUE_SKIPPED = Text("건너뛰기로 표시된 큐입니다: {cue}", "{cue} is marked to be skipped")
UNKNOWN_CUE = Text("큐시트에 그런 큐가 없습니다", "The rundown has no such cue")
NOTHING_ON_AIR = Text("송출 중인 큐가 없습니다", "Nothing is on air")
NOTHING_BEFORE = Text("돌아갈 이전 큐가 없습니다", "There is no cue before this one to go back to")
ALREADY_HELD = Text("이미 홀드 중입니다", "It is on hold already")
NOT_HELD = Text("홀드 중이 아닙니다", "It is not on hold")
NOTHING_TO_UNDO = Text("되돌릴 편집이 없습니다", "There is no edit to undo")
NOTHING_TO_REDO = Text("다시 할 편집이 없습니다", "There is no edit to redo")
TOO_MUCH_TIME = Text("한 번에 12시간까지만 더하거나 뺄 수 있습니다", "At most 12 hours can be added or removed at once")
NO_LENGTH = Text(
    "끝나는 시간이 없는 큐라서 시간을 더하거나 뺄 수 없습니다",
    "It has no set end: there is no time to add to or take away from",
)
CLIP_IS_CLOCK = Text(
    "영상의 길이가 곧 이 큐의 시간이라 더하거나 뺄 수 없습니다",
    "It lasts as long as its clip: there is no time to add or to take away",
)
OVERTAKEN = Text(
    "영상이 끝났지만 그사이 다른 것이 눌려 저절로 넘어가지 않았습니다",
    "The clip ended, but something was pressed meanwhile: nothing follows by itself",
)
FOLLOWING_IS_SO = Text("이미 그렇게 되어 있습니다", "It is so already")
UNKNOWN_SURFACE = Text("그런 출력면이 없습니다", "There is no such surface")
NO_GUEST = Text(
    "오늘의 원격 참가자가 아니어서 기술 점검을 기록할 수 없습니다",
    "Not a remote guest of today: there is no tech check to mark",
)
NOT_GIVEN_UP = Text("이미 연결되었거나 연결을 시도하고 있습니다", "It is connected, or being tried already")
STUDIO_MODE_IS_OFF = Text("스튜디오 모드가 이미 꺼져 있습니다", "Studio mode is off already")
NO_STANDBY = Text("이 출력면에는 대기 OBS가 없습니다", "This surface has no standby OBS")
STANDBY_LOST = Text(
    "대기 OBS가 연결되어 있지 않아 승격할 수 없습니다", "The standby OBS is not connected: it cannot be promoted"
)
STANDBY_NOT_THERE = Text("대기 OBS가 연결되어 있지 않습니다", "The standby OBS is not connected")
STANDBY_IN_LINE = Text("대기 OBS가 이미 같은 장면입니다", "The standby OBS shows the same scene already")
NOTHING_TO_ALIGN = Text("본 OBS의 장면을 아직 모릅니다", "What the main OBS shows is not known yet")


def grounds(show: Show) -> tuple[object, ...]:
    """What presses are judged by: what was refused is to be seen only while this stays the same.

    How ready guests and the stage are, what clips and surfaces report, is no part of it: a refusal outlasts that.
    """
    take, following = show.current, next_cue(show)
    running = (take.press, take.held_since) if take is not None else None
    coming = following.id if following is not None else None
    return running, coming, show.armed, show.edits, show.walls, show.locked


def refuse(
    show: Show,
    press: PressId | None,
    now: Instant,
    reason: Text,
    values: Mapping[str, object] | None = None,
) -> Outcome:
    values = values or {}
    return replace(show, refusal=Refusal(press, now, reason, values)), (Refuse(press, reason, values),)

"""Every event in words, for the log of an as-run report. One line an event: a test says which one has none yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from studio_console.core.air_facts import Fault
from studio_console.core.clocktext import length_text, over_text
from studio_console.core.edit_reports import (
    DraftFound,
    DraftKept,
    EditDropped,
    EditKept,
    EditRefused,
    EditReverted,
    EditWritten,
    RevertFailed,
    UnsavedSettled,
)
from studio_console.core.editing import CueDeleted, CueDuplicated, CueEdited, CueInserted, CueShifted, SessionEdited
from studio_console.core.events import (
    AlarmCleared,
    AlarmRaised,
    ClockStepped,
    ConsoleStarted,
    DeadlinePassed,
    JournalTroubled,
    RundownLoaded,
    ShowEvent,
)
from studio_console.core.guests import CHECK_WORDS, SIGNAL_WORDS
from studio_console.core.output_state import ALL, Sending
from studio_console.core.presses import (
    AlarmAcknowledged,
    AlignPressed,
    ArmPressed,
    BackPressed,
    Check,
    Disarmed,
    EditRedone,
    EditUndone,
    EndPressed,
    FollowingSet,
    GoPressed,
    Grave,
    GuestChecked,
    HoldPressed,
    InterpreterChanged,
    PromotePressed,
    ReconnectPressed,
    ResumePressed,
    RollCallMarked,
    ShowLockSet,
    SkipSet,
    SoundOverridden,
    SoundReleased,
    StandbyCalled,
    StandbyMoved,
    StartOutputPressed,
    StopOutputPressed,
    StudioModeOffPressed,
    TimeAdded,
    Verdict,
    WallArmed,
    WallBackPressed,
    WallDisarmed,
    WallHoldingPressed,
    WallTakePressed,
)
from studio_console.core.reports import (
    AirSeen,
    ArrangeFailed,
    ClipMeasured,
    ClipRanOut,
    ClipSeen,
    CollectionSeen,
    DriftSeen,
    GuestSeen,
    OutputFailed,
    OutputSeen,
    OutputsMeasured,
    Playback,
    SceneArranged,
    ScenesCompared,
    SceneSeen,
    Signal,
    SoundSeen,
    StandbySeen,
    StudioModeSeen,
    SurfaceConnected,
    SurfaceLost,
    SurfaceWatched,
    TakeFailed,
    TextWritten,
    WordsSeen,
)
from studio_console.core.roll_call import WORDS as ROLL_WORDS
from studio_console.core.roll_call import RollMark
from studio_console.core.rundown import Cue
from studio_console.core.show import Show, cue_of
from studio_console.core.speaker import (
    FreeTimerChanged,
    FreeTimerEnded,
    FreeTimerHeld,
    FreeTimerStarted,
    MessageCleared,
    MessageSent,
    TimerBlackedOut,
    TimerBlinked,
)
from studio_console.core.stage import (
    HallCounted,
    HallEntryOverridden,
    HallEntryRefused,
    HallExitTakenBack,
    SpeakerMark,
    SpeakerMarked,
    StageNoteWritten,
    StageStandbyAcknowledged,
)
from studio_console.core.studio import OutputKind
from studio_console.core.text import Text, same
from studio_console.core.units import CueId, PersonId, SurfaceId


@dataclass(frozen=True, slots=True)
class Names:
    """What the files call things that events know by their ids."""

    people: Mapping[PersonId, Text] = field(default_factory=dict)
    surfaces: Mapping[SurfaceId, Text] = field(default_factory=dict)
    outputs: Mapping[str, Text] = field(default_factory=dict)
    feeds: Mapping[str, Text] = field(default_factory=dict)

    def person(self, name: str) -> Text:
        return self.people.get(PersonId(name)) or same(name)

    def surface(self, name: str) -> Text:
        return self.surfaces.get(SurfaceId(name)) or same(name)

    def output(self, name: str) -> Text:
        return ALL_OUTPUTS if name == ALL else self.outputs.get(name) or same(name)


NO_NAMES = Names()
ALL_OUTPUTS = Text("모든 송출", "all outputs")
NOTHING = Text("없음", "none")
SENDING: Mapping[Sending, Text] = {
    Sending.STOPPED: Text("멈춤", "stopped"),
    Sending.STARTING: Text("시작하는 중", "starting"),
    Sending.LIVE: Text("나가는 중", "live"),
    Sending.RECONNECTING: Text("다시 연결하는 중", "reconnecting"),
    Sending.PAUSED: Text("일시 정지", "paused"),
    Sending.STOPPING: Text("멈추는 중", "stopping"),
}
KINDS: Mapping[OutputKind, Text] = {
    OutputKind.STREAM: Text("스트림", "stream"),
    OutputKind.RECORDING: Text("녹화", "recording"),
    OutputKind.LINE: Text("회선", "line"),
}
FAULTS: Mapping[Fault, Text] = {
    Fault.BLACK: Text("검은 화면", "black"),
    Fault.FROZEN: Text("화면 멈춤", "frozen"),
    Fault.SILENT: Text("소리 없음", "silent"),
}
PLAYBACKS: Mapping[Playback, Text] = {
    Playback.PLAYING: Text("재생", "playing"),
    Playback.PAUSED: Text("일시 정지", "paused"),
    Playback.STOPPED: Text("멈춤", "stopped"),
    Playback.ENDED: Text("끝남", "ended"),
    Playback.FAILED: Text("재생 실패", "failed"),
}
VERDICTS: Mapping[Verdict, Text] = {Verdict.GOOD: Text("좋음", "good"), Verdict.BAD: Text("나쁨", "bad")}
GRAVE: Mapping[Grave, Text] = {
    Grave.TAKE: Text("GO 준비: {subject}", "Armed: GO {subject}"),
    Grave.START_OUTPUT: Text("송출 시작 준비: {subject}", "Armed: start {subject}"),
    Grave.STOP_OUTPUT: Text("송출 정지 준비: {subject}", "Armed: stop {subject}"),
    Grave.UNLOCK: Text("쇼 잠금 해제 준비", "Armed: show lock off"),
    Grave.PROMOTE_STANDBY: Text("대기 OBS 승격 준비: {subject}", "Armed: promote the standby of {subject}"),
}

STAGE_MARKS: Mapping[SpeakerMark, Text] = {
    SpeakerMark.CALLED: Text("호출", "called"),
    SpeakerMark.ARRIVED: Text("도착", "arrived"),
    SpeakerMark.CHECKED: Text("점검", "checked"),
    SpeakerMark.STANDBY: Text("스탠바이", "at standby"),
    SpeakerMark.READY: Text("준비", "ready"),
}

Wording: TypeAlias = "Text | Callable[[Any], Text]"
"""The words of an event, which name its fields in braces; or what chooses them by what the event says."""


def _on(yes: Text, no: Text) -> Callable[[Any], Text]:
    return lambda event: yes if event.on else no


def _if(field: str, yes: Text, no: Text) -> Callable[[Any], Text]:
    return lambda event: yes if getattr(event, field) else no


WORDS: Mapping[type, Wording] = {
    # --- operators
    GoPressed: Text("{cue} GO 누름", "GO pressed for {cue}"),
    BackPressed: Text("이전으로 되돌리기", "Back pressed"),
    StandbyMoved: _if(
        "cue",
        Text("스탠바이를 {cue}에 둠", "Standby put on {cue}"),
        Text("스탠바이를 순서대로", "Standby in running order again"),
    ),
    StandbyCalled: Text("{cue} 스탠바이 콜", "Standby called for {cue}"),
    HoldPressed: Text("홀드", "Hold"),
    ResumePressed: Text("홀드 해제", "Hold released"),
    EndPressed: Text("큐 종료", "Cue ended"),
    TimeAdded: Text("{cue} 시간 {amount}", "{amount} for {cue}"),
    SkipSet: _if(
        "skip",
        Text("{cue} 건너뛰기", "{cue} set to be skipped"),
        Text("{cue} 건너뛰기 해제", "{cue} not skipped after all"),
    ),
    EditUndone: Text("편집 취소", "Edit undone"),
    EditRedone: Text("다시 편집", "Edit made again"),
    StudioModeOffPressed: Text("{surface}: 스튜디오 모드 끄기", "{surface}: studio mode switched off"),
    ReconnectPressed: Text("{surface}: 다시 연결", "{surface}: connect again"),
    ArmPressed: lambda event: GRAVE[event.act],
    Disarmed: Text("준비 취소", "Disarmed"),
    PromotePressed: Text("{surface}: 대기 OBS 승격", "{surface}: standby OBS promoted"),
    AlignPressed: Text("{surface}: 대기 OBS를 같은 장면으로", "{surface}: standby OBS aligned"),
    FollowingSet: _on(
        Text("영상 끝 자동 진행 켬", "Cues follow clips by themselves"),
        Text("영상 끝 자동 진행 끔", "Cues do not follow clips"),
    ),
    ShowLockSet: _on(Text("쇼 잠금 켬", "Show lock on"), Text("쇼 잠금 끔", "Show lock off")),
    SoundOverridden: _if(
        "voice",
        Text("{surface}: 소리를 손으로, 통역 {voice}", "{surface}: sound by hand, interpreter {voice}"),
        Text("{surface}: 소리를 손으로, 현장음", "{surface}: sound by hand, the floor"),
    ),
    SoundReleased: Text("{surface}: 소리를 큐대로", "{surface}: sound as the cue has it"),
    InterpreterChanged: Text("통역사 교대: {feed}", "Interpreters changed: {feed}"),
    StartOutputPressed: Text("송출 시작: {output}", "Start {output}"),
    StopOutputPressed: Text("송출 정지: {output}", "Stop {output}"),
    WallArmed: Text("{surface}: 손으로 정한 화면 준비", "{surface}: an arrangement armed"),
    WallDisarmed: Text("{surface}: 준비 취소", "{surface}: disarmed"),
    WallTakePressed: Text("{surface}: 준비한 화면 보내기", "{surface}: what was armed is taken"),
    WallHoldingPressed: Text("{surface}: 대기 화면", "{surface}: holding slide"),
    WallBackPressed: Text("{surface}: 큐의 화면으로", "{surface}: back to the cue's picture"),
    RollCallMarked: _on(
        Text("호명: {person} {mark}", "Roll call: {person} {mark}"),
        Text("호명: {person} {mark} 취소", "Roll call: {person} {mark} taken back"),
    ),
    GuestChecked: _if(
        "verdict",
        Text("기술 점검: {guest}, {check} {verdict}", "Tech check: {guest}, {check} {verdict}"),
        Text("기술 점검: {guest}, {check} 표시 지움", "Tech check: {guest}, {check} mark taken away"),
    ),
    AlarmAcknowledged: Text("알림 확인: {code} {subject}", "Alarm acknowledged: {code} {subject}"),
    # --- editing
    CueEdited: Text("큐 고침: {now}", "Cue edited: {now}"),
    CueShifted: lambda event: (
        Text("{cue} 아래로 옮김", "{cue} moved down") if event.down else Text("{cue} 위로 옮김", "{cue} moved up")
    ),
    CueInserted: Text("큐 넣음: {new}", "Cue inserted: {new}"),
    CueDuplicated: Text("큐 복제: {copy_number}", "Cue duplicated: {copy_number}"),
    CueDeleted: Text("큐 지움: {gone}", "Cue deleted: {gone}"),
    SessionEdited: Text("세션 고침: {session_now}", "Session edited: {session_now}"),
    DraftKept: Text("편집 중인 글 보관", "What is being typed was kept"),
    UnsavedSettled: _if(
        "write",
        Text("저장되지 않은 편집을 저장", "Unsaved edit written after all"),
        Text("저장되지 않은 편집을 버림", "Unsaved edit dropped"),
    ),
    EditWritten: Text("파일에 저장됨: {label}", "Saved in the files: {label}"),
    EditKept: Text("편집이 저장되지 않음. {why}", "An edit is not saved. {why}"),
    EditRefused: Text("편집이 거절됨. {why}", "An edit was refused. {why}"),
    EditDropped: Text("편집을 버림", "An edit was dropped"),
    EditReverted: _if(
        "redone",
        Text("파일 편집을 다시 함", "An edit was made again in the files"),
        Text("파일 편집을 되돌림", "An edit was taken out of the files"),
    ),
    RevertFailed: Text("편집을 되돌리지 못함. {why}", "An edit could not be taken back. {why}"),
    DraftFound: Text("지난번에 쓰던 글을 찾음", "What was being typed last time was found"),
    # --- the stage and the hall
    SpeakerMarked: _on(
        Text("무대: {people} {mark}", "Stage: {people} {mark}"),
        Text("무대: {people} {mark} 취소", "Stage: {people} {mark} taken back"),
    ),
    StageStandbyAcknowledged: Text("무대가 {cue} 스탠바이 확인", "Stage heard the standby for {cue}"),
    StageNoteWritten: Text("무대 메모: ‘{text}’", "Stage note: ‘{text}’"),
    HallCounted: Text("홀 인원 {inside}명", "{inside} in the hall"),
    HallEntryRefused: Text("홀 입장 거절({route})", "Entry to the hall refused ({route})"),
    HallEntryOverridden: Text("홀 입장 예외 허용({route})", "Entry to the hall allowed all the same ({route})"),
    HallExitTakenBack: Text("홀 퇴장 등록 취소", "A going-out of the hall taken back"),
    # --- the speaker's timer
    MessageSent: Text("연사에게: ‘{text}’", "To the speaker: ‘{text}’"),
    MessageCleared: Text("연사 메시지 지움", "Message to the speaker cleared"),
    TimerBlinked: Text("연사 타이머 깜박임", "Speaker's timer blinked"),
    TimerBlackedOut: _on(
        Text("연사 타이머 암전", "Speaker's timer blacked out"),
        Text("연사 타이머 다시 켬", "Speaker's timer seen again"),
    ),
    FreeTimerStarted: Text("자유 타이머 시작 {length}", "Free timer started: {length}"),
    FreeTimerHeld: _on(Text("자유 타이머 멈춤", "Free timer held"), Text("자유 타이머 계속", "Free timer goes on")),
    FreeTimerChanged: Text("자유 타이머 {amount}", "Free timer {amount}"),
    FreeTimerEnded: Text("자유 타이머 끝", "Free timer ended"),
    # --- surfaces
    SurfaceConnected: Text("{surface}: OBS 연결됨, 화면 ‘{scene}’", "{surface}: OBS connected, shows ‘{scene}’"),
    SurfaceLost: Text("{surface}: OBS 연결 끊김. {reason}", "{surface}: OBS lost. {reason}"),
    SceneSeen: Text("{surface}: 화면 ‘{scene}’", "{surface} shows ‘{scene}’"),
    TakeFailed: Text("{surface}: 전환 실패. {reason}", "{surface} did not take it. {reason}"),
    ScenesCompared: Text("{surface}: 장면 비교함", "{surface}: scenes compared"),
    SceneArranged: Text("{surface}: 손으로 정한 화면이 준비됨", "{surface}: the arrangement is ready"),
    ArrangeFailed: Text("{surface}: 화면을 준비하지 못함. {reason}", "{surface}: could not be prepared. {reason}"),
    TextWritten: _if(
        "reason",
        Text("{surface}: 호명 명단을 쓰지 못함. {reason}", "{surface}: the roll call was not written. {reason}"),
        Text("{surface}: 호명 명단을 씀", "{surface}: roll call written"),
    ),
    StudioModeSeen: _on(
        Text("{surface}: 스튜디오 모드 켜짐", "{surface}: studio mode is on"),
        Text("{surface}: 스튜디오 모드 꺼짐", "{surface}: studio mode is off"),
    ),
    CollectionSeen: _if(
        "changing",
        Text("{surface}: 장면 모음이 바뀌는 중", "{surface}: its scene collection is changing"),
        Text("{surface}: 장면 모음 ‘{name}’", "{surface}: scene collection ‘{name}’"),
    ),
    ClipSeen: Text("{surface}: 영상 {playback}", "{surface}: clip {playback}"),
    StandbySeen: _if(
        "connected",
        Text("{surface}: 대기 OBS 연결됨, 화면 ‘{scene}’", "{surface}: standby OBS there, shows ‘{scene}’"),
        Text("{surface}: 대기 OBS 없음. {reason}", "{surface}: standby OBS lost. {reason}"),
    ),
    DriftSeen: Text("{surface}: 대기 OBS의 다른 점 {count}개", "{surface}: {count} differences in its standby OBS"),
    SoundSeen: Text("{surface}: 소리 상태를 알림", "{surface}: tells of its sound"),
    WordsSeen: Text("{surface}: 자막 상태를 알림", "{surface}: tells of its texts"),
    # --- outputs and pictures
    OutputSeen: Text("{surface} {kind}: {sending}", "{surface} {kind}: {sending}"),
    OutputFailed: Text("{surface} {kind}: 하지 못함. {reason}", "{surface} {kind}: not done. {reason}"),
    OutputsMeasured: Text("{surface}: 송출 수치", "{surface}: figures"),
    AirSeen: _on(
        Text("{surface}: {fault}", "{surface}: {fault}"), Text("{surface}: {fault} 해소", "{surface}: {fault} no more")
    ),
    SurfaceWatched: _on(
        Text("{surface}: 감시 연결됨", "{surface} is watched"),
        Text("{surface}: 감시 끊김. {reason}", "{surface} is not watched. {reason}"),
    ),
    # --- guests, clips, the console itself
    GuestSeen: Text("{guest}: {signal}", "{guest}: {signal}"),
    ClipRanOut: Text("영상이 끝나 {following} 자동 진행", "The clip ended: {following} follows by itself"),
    ClipMeasured: Text("영상 파일 확인: {input}", "Clip file looked into: {input}"),
    RundownLoaded: Text("큐시트를 읽음: {day}", "Rundown taken from the files: {day}"),
    DeadlinePassed: Text("확인 시한이 지남", "The time to confirm was over"),
    ClockStepped: Text("시스템 시계가 {amount} 바뀜", "The wall clock was set by {amount}"),
    AlarmRaised: Text("알림: {what}", "Alarm: {what}"),
    AlarmCleared: Text("알림 해소: {code} {subject}", "Alarm over: {code} {subject}"),
    ConsoleStarted: Text("콘솔 시작", "Console started"),
    JournalTroubled: _if(
        "reason",
        Text("기록이 저장되지 않음. {reason}", "The journal is not being written. {reason}"),
        Text("기록이 다시 저장됨", "The journal is being written again"),
    ),
}


def words_of(event: ShowEvent, show: Show, names: Names = NO_NAMES) -> Text:
    """What happened, in words. ``show`` is the one that it happened to."""
    wording = WORDS.get(type(event))
    if wording is None:
        # Written by another version: its name says more than nothing.
        return same(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(event).__name__))
    text = wording if isinstance(wording, Text) else wording(event)
    return text.filled(**{mark: _value(event, mark, show, names) for mark in text.marks()})


def _value(event: Any, mark: str, show: Show, names: Names) -> object:
    if mark == "output":
        return names.output(event.subject)
    value = getattr(event, mark)
    if value is None:
        return NOTHING if mark in ("cue", "scene") else same("")
    match mark:
        case "cue" | "following":
            return _cue(show, value)
        case "surface":
            return names.surface(value)
        case "person" | "guest":
            return names.person(value)
        case "people":
            return _listed(names.person(person) for person in value)
        case "now" | "new" | "gone":
            return _named(value)
        case "session_now":
            return value.title
        case "length":
            return length_text(value)
        case "feed":
            return names.feeds.get(value) or same(value)
        case "amount":
            return over_text(value)
        case "day":
            return value.title
        case "subject":
            return _subject(event, show, names)
    words = ENUMS.get(type(value))
    return value if words is None else words[value]


ENUMS: Mapping[type, Mapping[Any, Text]] = {
    Signal: SIGNAL_WORDS,
    Sending: SENDING,
    OutputKind: KINDS,
    Fault: FAULTS,
    Playback: PLAYBACKS,
    Check: CHECK_WORDS,
    Verdict: VERDICTS,
    RollMark: ROLL_WORDS,
    SpeakerMark: STAGE_MARKS,
}


def _subject(event: Any, show: Show, names: Names) -> object:
    if isinstance(event, AlarmCleared | AlarmAcknowledged):
        return _listed(_thing(part, names) for part in event.subject.split("/"))
    match event.act:
        case Grave.TAKE:
            return _cue(show, CueId(event.subject))
        case Grave.PROMOTE_STANDBY:
            return names.surface(event.subject)
    return names.output(event.subject)


def _thing(name: str, names: Names) -> Text:
    """A surface, a person or an output: an alarm's subject does not say which."""
    found = names.surfaces.get(SurfaceId(name)) or names.people.get(PersonId(name)) or names.outputs.get(name)
    return found or same(name)


def _cue(show: Show, name: CueId) -> Text:
    cue = cue_of(show, name)
    if cue is None:
        return same(name) if name else NOTHING
    return _named(cue)


def _named(cue: Cue) -> Text:
    return Text(f"{cue.number} ‘{cue.title.ko}’", f"{cue.number} ‘{cue.title.en}’")


def _listed(texts: Iterable[Text]) -> Text:
    listed = list(texts)
    return Text(", ".join(text.ko for text in listed), ", ".join(text.en for text in listed))

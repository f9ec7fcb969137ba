"""The table of all keys at the end of the operator's guide: ``python -m tests.key_tables`` writes it into both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from studio_console.core.text import Language, Text
from studio_console.gui.keys import KEYS, WALL_ACTS, Act, Key
from studio_console.gui.stage.keys import STAGE_KEYS, StageAct

GUIDES: Final[Mapping[Language, Path]] = {
    "en": Path(__file__).parents[1] / "docs/operator.md",
    "ko": Path(__file__).parents[1] / "docs/operator.ko.md",
}
HEADING: Final = Text("## 모든 키", "## All keys")
NOTE: Final = Text(
    "한글 자판에서는 같은 자리의 글쇠가 듣습니다(H는 ㅗ). 글을 쓰는 칸에서는 모든 글쇠가 글자입니다. "
    "**Ctrl+K**를 누르면 데스크에서도 이 목록이 보입니다.",
    "On a Korean keyboard the key in the same place acts (H is ㅗ). Where text is typed every key is a letter. "
    "**Ctrl+K** shows this list at the desk.",
)
COLUMNS: Final = Text("| 키 | 하는 일 |", "| key | does |")
GROUPS: Final[Sequence[tuple[Text, tuple[Act, ...]]]] = (
    (
        Text("진행", "Running the show"),
        (
            *(Act.GO, Act.STANDBY, Act.ARM, Act.HOLD, Act.MORE, Act.LESS, Act.END, Act.BACK, Act.SKIP),
            *(Act.UP, Act.DOWN, Act.HERE, Act.FOLLOW, Act.HOLDING, Act.FOLLOWING),
        ),
    ),
    (
        Text("LED 월", "The wall"),
        (Act.WALL_HOLDING, Act.WALL_BACK, Act.WALL_TAKE),
    ),
    (
        Text("확인하고 실행하는 것", "What takes two presses"),
        (Act.ARM_START, Act.ARM_STOP, Act.ARM_PROMOTE, Act.CONFIRM, Act.LOCK),
    ),
    (
        Text("연사에게", "To the speaker"),
        (
            *(Act.MESSAGE, Act.MESSAGE_CLEAR, Act.TIMER_BLINK, Act.TIMER_BLACKOUT, Act.FREE_TIMER, Act.FREE_HOLD),
            *(Act.FREE_MORE, Act.FREE_LESS),
        ),
    ),
    (
        Text("통역", "Interpretation"),
        (
            *(Act.SOUND_ROW, Act.SOUND_FLOOR, Act.SOUND_FIRST, Act.SOUND_SECOND, Act.SOUND_UNDER, Act.SOUND_KEEP),
            *(Act.SOUND_RELEASE, Act.HAND_OVER_FIRST, Act.HAND_OVER_SECOND),
        ),
    ),
    (
        Text("찾기와 알림", "Finding, and alarms"),
        (
            *(Act.FIND, Act.HIT_BEFORE, Act.HIT_AFTER, Act.SESSION_BEFORE, Act.SESSION_AFTER, Act.NOTES, Act.PALETTE),
            *(Act.ACKNOWLEDGE, Act.ACKNOWLEDGE_ALL, Act.ALARM_SOUND, Act.BELL, Act.STAGE_NOTE),
        ),
    ),
    (
        Text("고치기", "Editing"),
        (
            *(Act.SELECT_UP, Act.SELECT_DOWN, Act.EDIT, Act.EDIT_SESSION, Act.CUE_UP, Act.CUE_DOWN, Act.CUE_NEW),
            *(Act.CUE_COPY, Act.CUE_DELETE, Act.UNDO, Act.REDO, Act.EDIT_MINE, Act.EDIT_THEIRS),
        ),
    ),
    (
        Text("창과 패널", "Windows and panels"),
        (
            *(Act.LANGUAGE, Act.GUESTS, Act.LED, Act.ROLL_CALL, Act.STAGE_WINDOW, Act.TIMER_WINDOW, Act.REPORT),
            *(Act.PANEL_PICTURES, Act.PANEL_CUES, Act.PANEL_TODAY, Act.PANEL_SOUND, Act.PANEL_OUTPUTS),
            *(Act.ARRANGE, Act.START_LAYOUT, Act.TWO_SCREENS),
        ),
    ),
    (
        Text("참가자, LED 월, 호명이 보일 때(F3, F4, F11)", "While guests, wall or roll call are shown (F3, F4, F11)"),
        WALL_ACTS,
    ),
)
STAGE: Final = Text("무대감독 창", "The stage manager's window")
BY_HEART: Final[Mapping[Act, Text]] = {
    Act.MORE: Text("지금 큐에 1분 더하기", "a minute more for the cue on air"),
    Act.LESS: Text("지금 큐에서 1분 빼기", "a minute less for the cue on air"),
    Act.LANGUAGE: Text("한국어/영어", "Korean/English"),
    Act.FREE_MORE: Text("자유 타이머에 1분 더하기", "a minute more on the free timer"),
    Act.FREE_LESS: Text("자유 타이머에서 1분 빼기", "a minute less on the free timer"),
    Act.MESSAGE_CLEAR: Text("메시지 지우기", "Clear the message"),
    Act.TIMER_BLINK: Text("타이머 깜박임", "The timer blinks"),
    Act.TIMER_BLACKOUT: Text("타이머 암전", "The timer is dark"),
    Act.FREE_TIMER: Text("자유 타이머 시작, 끝", "Free timer: start, end"),
    Act.FREE_HOLD: Text("자유 타이머 멈춤, 계속", "Free timer: pause, go on"),
    Act.ARM_WALL: Text("LED 월 준비", "Arm the wall"),
    Act.DISARM_WALL: Text("LED 월 준비 취소", "Disarm the wall"),
    Act.LISTEN: Text("고른 참가자 듣기(PFL)", "Listen to the chosen guest (PFL)"),
    Act.OUTPUT: Text("헤드폰 고르기", "Which headphones"),
    Act.HERE: Text("고른 큐에 스탠바이", "Standby on the selected cue"),
    Act.FOLLOW: Text("스탠바이를 순서대로, 보기도 제자리로", "Standby in order, the view back in its place"),
    Act.TODAY: Text("오늘의 참가자", "Today's guests"),
    Act.SESSION: Text("이 세션의 참가자", "This session's guests"),
    Act.NEXT_THREE: Text("다음 세 큐의 참가자", "Guests of the next three cues"),
    Act.NOT_READY: Text("준비 안 된 참가자", "Guests who are not ready"),
    Act.CLOSE_UP: Text("고른 참가자 크게", "The chosen guest large"),
    Act.LARGE: Text("고른 자리 크게", "The chosen place large"),
    Act.SWAP: Text("두 자리 맞바꾸기", "Swap two places"),
}
"""Where what stands on the button is too short without the button."""


def table(language: Language) -> str:
    """The last chapter of the guide."""
    lines = [HEADING.show(language), "", NOTE.show(language), ""]
    for title, acts in GROUPS:
        lines += _rows(title, {act: KEYS[act] for act in acts}, language)
    return "\n".join(lines + _rows(STAGE, {act: STAGE_KEYS[act] for act in StageAct}, language)).rstrip() + "\n"


def _rows(title: Text, keys: Mapping[Act, Key] | Mapping[StageAct, Key], language: Language) -> list[str]:
    rows = [f"| {_code(key.shown)} | {_name(act, key).show(language)} |" for act, key in keys.items()]
    return [f"**{title.show(language)}**", "", COLUMNS.show(language), "|---|---|", *rows, ""]


def _code(shown: str) -> str:
    return f"`{shown}`"


def _name(act: Enum, key: Key) -> Text:
    return BY_HEART.get(act, key.name) if isinstance(act, Act) else key.name


def before_keys(language: Language) -> str:
    """What is written by hand: all of the guide but its last chapter."""
    return GUIDES[language].read_text("utf-8").partition(HEADING.show(language))[0]


def main() -> None:
    for language, guide in GUIDES.items():
        guide.write_text(before_keys(language).rstrip() + "\n\n" + table(language), "utf-8")


if __name__ == "__main__":
    main()

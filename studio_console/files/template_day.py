"""The days and people of a new event: its ``rundown/`` folder, with one of each thing that a cue sheet is made of."""

from __future__ import annotations

from studio_console.core.first_start import Hall

# What is filled in is written «so»: braces belong to YAML here.
EVENT = """\
# 행사 · the event
event:
  id: «id»
  title: «title»
  time_zone: «zone»
"""

PEOPLE = """\
# 참가자: 이름표에는 도시와 직함이 나옵니다. where는 hall(현장) 또는 remote(원격).
# Who takes part: a name plate shows role and city. where is hall or remote.
people:
  host: {role: {ko: 사회자, en: Host}, city: {ko: 서울, en: Seoul}, where: hall, input: cam-stage, language: ko}
  guest: {role: {ko: 연사, en: Speaker}, city: {ko: 런던, en: London}, time_zone: Europe/London,
          where: remote, input: feed-guest, language: en}
"""

DAY = """\
# 하루의 큐시트. 저장하면 열려 있는 콘솔에 바로 반영됩니다. 검사: studio-console check
# A day's cue sheet. What is saved is in the open console a moment later. To check it: studio-console check
# 시각 14:00, 자정 뒤는 25:30. 길이 30s, 5m, 1h30m, 또는 open(끝을 정하지 않음).
# Times 14:00, past midnight 25:30. Durations 30s, 5m, 1h30m, or open (no end is set).
day: {id: day«n», date: «date», title: «day»}
sessions:
  - id: main
    title: «title»
    start: "«start»"              # 공지된 시작 · published start
    cues:
"""

HOLDING = """\
      - id: d«n»-holding           # 한 번 정하면 바꾸지 않습니다 · never changes; the number may
        number: «letter»1
        title: {ko: 대기 화면, en: Holding slate}
        kind: break
        start: "«before»"
        end: "«start»"            # 길이 대신: 이 시각까지 · instead of a duration: counts to this time
        layouts: «holding»
        captions: «title»

"""
CUES = """\
      - id: d«n»-title
        number: «letter»2
        title: {ko: 제목 화면, en: Title card}
        kind: title
        start: "«start»"          # 고정된 시각일 때만 · only where the start is fixed
        duration: 30s
        layouts: «opening»
        captions: «title»
        transition: {kind: fade, duration: 0.5s}

      - id: d«n»-welcome
        number: «letter»3
        title: {ko: 여는 말, en: Welcome}
        kind: speech
        duration: 3m
        speakers: [host]
        layouts: «one»
        floor: ko                 # 현장에서 쓰는 말 · language spoken
        notes: {stage: 사회자 마이크 확인}

      - id: d«n»-guest
        number: «letter»4
        title: {ko: 원격 연설, en: Remote speech}
        kind: remote speech
        duration: 10m
        speakers: [guest]
        layouts: «one»
        floor: en
        needs: [guest]            # GO 전에 준비되어야 할 사람 · who has to be ready before GO
        timer: {warning: 1m, danger: 30s}

      - id: d«n»-talk
        number: «letter»5
        title: {ko: 대담, en: Talk}
        kind: talk
        duration: 15m
        speakers: [host, guest]
        layouts: «two»
        floor: ko
        needs: [guest]

      - id: d«n»-closing
        number: «letter»6
        title: {ko: 닫는 화면, en: Closing title}
        kind: title
        duration: 1m
        layouts: «closing»
        captions: {ko: 감사합니다, en: Thank you}
        transition: {kind: fade, duration: 1s}
"""

LAYOUTS = {
    "holding": ("holding", "wall-holding"),
    "opening": ("title", "wall-holding"),
    "one": ("one", "wall-one"),
    "two": ("two", "wall-two"),
    "closing": ("title", "wall-holding"),
}
"""What the programme and the wall show, by the mark in the cues above."""


def day_text(hall: Hall, holding: bool) -> str:
    """One day file, its other marks not filled in yet. ``holding``: whether there is time for a slate before it."""
    text = DAY + (HOLDING if holding else "") + CUES
    for mark, (program, wall) in LAYOUTS.items():
        shown = f"{{program: {program}}}" if hall is Hall.ONE else f"{{program: {program}, wall: {wall}}}"
        text = text.replace(f"«{mark}»", shown)
    return text

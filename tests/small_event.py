"""A small whole event on the disk: one evening, two surfaces, five cues. For tests of commands and windows."""

from __future__ import annotations

from pathlib import Path

STUDIO = """\
studio:
  title: {ko: 다목적홀, en: Hall}
  time_zone: Asia/Seoul
  capacity: 500
  limit: 50
  hall_input: cam-stage
  take_deadline: 2s
surfaces:
  program: {title: {ko: 송출, en: Program}, role: program, canvas: 640x360, fps: 30, obs: "ws://127.0.0.1:4455"}
  wall: {title: {ko: LED 월, en: LED wall}, role: wall, canvas: 640x360, fps: 30, obs: "ws://127.0.0.1:4456"}
inputs:
  cam-stage: {title: {ko: 무대 카메라, en: Stage camera}, device: /dev/video9}
  feed-london: {title: {ko: 런던, en: London}, url: "srt://guest-london.example:9000"}
  ground: {title: {ko: 바탕, en: Ground}, fill: "#203040"}
  slogan: {title: {ko: 표어, en: Slogan}, text: Together We Stand, size: 60}
"""

LAYOUTS = """\
layouts:
  title:
    title: {ko: 타이틀, en: Title}
    role: program
    canvas: 640x360
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: words, at: [10%, 30%, 80%, 40%], shows: caption ko}
  one:
    title: {ko: 한 사람, en: One speaker}
    role: program
    canvas: 640x360
    slots:
      - {name: picture, at: [0, 0, 100%, 100%], shows: speaker 1}
      - {name: plate, at: [5%, 80%, 60%, 10%], shows: plate 1, size: 24}
  wall-words:
    title: {ko: 월 표어, en: Slogan}
    role: wall
    canvas: 640x360
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: words, at: [10%, 30%, 80%, 40%], shows: input slogan}
  wall-one:
    title: {ko: 월 한 사람, en: One on the wall}
    role: wall
    canvas: 640x360
    slots:
      - {name: picture, at: [0, 0, 100%, 100%], shows: speaker 1}
"""

EVENT = """\
event: {id: small-summit, title: {ko: 작은 회의, en: Small summit}}
"""

PEOPLE = """\
people:
  seoul: {role: {ko: 시장, en: Mayor}, city: {ko: 서울, en: Seoul}, time_zone: Asia/Seoul, where: hall}
  london:
    role: {ko: 시장, en: Mayor}
    city: {ko: 런던, en: London}
    time_zone: Europe/London
    where: remote
    input: feed-london
"""

DAY = """\
day: {id: evening, date: 2020-06-02, title: {ko: 저녁, en: Evening}}
sessions:
  - id: meeting
    title: {ko: 시장 회의, en: Mayors' meeting}
    start: "22:00"
    cues:
      - id: opening
        number: M1
        title: {ko: 여는 화면, en: Opening title}
        kind: title
        duration: 30s
        layouts: {program: title, wall: wall-words}
      - id: keynote
        number: M2
        title: {ko: 기조연설, en: Keynote}
        kind: speech
        duration: 10m
        speakers: [seoul]
        layouts: {program: one, wall: wall-words}
        transition: {kind: fade, duration: 0.2s}
      - id: case-london
        number: M3
        title: {ko: "사례: 런던", en: "Case: London"}
        kind: remote speech
        duration: 5m
        speakers: [london]
        layouts: {program: one, wall: wall-one}
      - id: pause
        number: M4
        title: {ko: 휴식, en: Break}
        kind: break
        duration: 10m
      - id: closing
        number: M5
        title: {ko: 닫는 화면, en: Closing title}
        kind: title
        duration: 1m
        layouts: {program: title, wall: wall-words}
"""

FILES = {
    "layouts/studio.yaml": STUDIO,
    "layouts/all.yaml": LAYOUTS,
    "rundown/event.yaml": EVENT,
    "rundown/people.yaml": PEOPLE,
    "rundown/day-1.yaml": DAY,
}


def write_small_event(folder: Path) -> Path:
    """Writes the event into ``folder``; returns it."""
    for name, body in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return folder

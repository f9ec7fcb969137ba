"""A valid event with one very long day, for benchmarks and for tests of speed."""

from __future__ import annotations

from pathlib import Path

STUDIO = """\
studio:
  title: {ko: 다목적홀, en: Multi-purpose hall}
  time_zone: Asia/Seoul
  capacity: 500
  limit: 50
  hall_input: cam-stage
surfaces:
  program: {title: {ko: 송출, en: Program}, role: program, canvas: 1280x720, fps: 30, obs: "ws://127.0.0.1:4455"}
  wall: {title: {ko: LED, en: Wall}, role: wall, canvas: 1920x1080, fps: 30, obs: "ws://127.0.0.1:4456"}
inputs:
  cam-stage: {title: {ko: 무대, en: Stage}, device: /dev/video0, sound: true}
  feed: {title: {ko: 원격, en: Remote}, url: "srt://0.0.0.0:9000", sound: true}
  blue: {title: {ko: 바탕, en: Ground}, fill: "#101820"}
"""

LAYOUTS = """\
layouts:
  full:
    title: {ko: 한 사람, en: One person}
    role: program
    canvas: 1280x720
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input blue}
      - {name: picture, at: [0, 0, 100%, 100%], shows: speaker 1}
      - {name: plate, at: [5%, 80%, 60%, 10%], shows: plate 1}
  grid-4:
    title: {ko: 넷, en: Four}
    role: wall
    canvas: 1920x1080
    slots:
      - {name: cities, grid: {columns: 2, rows: 2, gap: 8}, shows: speakers, plates: true}
"""

EVENT = """\
event:
  id: long-day
  title: {ko: 긴 하루, en: A long day}
"""


def write_event(folder: Path, cues: int = 2000) -> None:
    """Writes an event of one day with ``cues`` cues of 20 seconds, 50 to a session, with what cues usually have."""
    people = ["people:"]
    for number in range(40):
        people.append(
            f"  p{number}: {{role: {{ko: 시장, en: Mayor}}, city: {{ko: 도시 {number}, en: City {number}}}, "
            "time_zone: Europe/London, where: remote, input: feed, language: en}"
        )
    day = ["day: {id: long, date: 2020-06-02, title: {ko: 긴 하루, en: A long day}}", "sessions:"]
    for first in range(0, cues, 50):
        minutes, seconds = divmod(9 * 3600 + first * 20, 60)
        start = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
        number = first // 50 + 1
        day += [
            f"  - id: session-{number}",
            f"    title: {{ko: 세션 {number}, en: Session {number}}}",
            f'    start: "{start}"',
            "    cues:",
        ]
        for cue in range(first, min(cues, first + 50)):
            day += [
                f"      - id: cue-{cue}",
                f"        number: M{cue}",
                f'        title: {{ko: "사례 {cue}", en: "Case {cue}"}}',
                "        kind: remote speech",
                "        duration: 20s",
                f"        speakers: [p{cue % 40}, p{(cue + 1) % 40}]",
                "        layouts: {program: full, wall: grid-4}",
                "        transition: {kind: fade, duration: 0.5s}",
                f"        needs: [p{cue % 40}, interpretation]",
                "        notes: {camera: 2번 카메라, sound: 원격 소리}",
            ]
    files = {
        "layouts/studio.yaml": STUDIO,
        "layouts/layouts.yaml": LAYOUTS,
        "rundown/event.yaml": EVENT,
        "rundown/people.yaml": "\n".join(people) + "\n",
        "rundown/day-1.yaml": "\n".join(day) + "\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

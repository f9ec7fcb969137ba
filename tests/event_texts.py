# ruff: noqa: E501 - as long as the lines of real files are
"""A small event that has at least one of everything that event files can say; tests change a word of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

STUDIO = """\
studio:
  title: {ko: 다목적홀, en: Multi-purpose hall}
  time_zone: Asia/Seoul
  capacity: 500
  limit: 50
  hall_input: cam-stage
  go_guard: 0.5s
  take_deadline: 2s
  guests: {lead: 3m, frozen_after: 2s, black_after: 2s, silent_after: 20s, caching: 0.5s}
  outputs: {bitrate_low: 1500, dropped: 2%, skipped: 0.5%, lag: 0.01, congestion: 50%, disk: 20m, deadline: 5s}
  dead_air: {black: 2s, frozen: 8s, silent: 20s}
  timer: {warning: 2m, danger: 45s, messages: [{ko: 마무리해 주세요, en: Please wrap up}, Stop]}
surfaces:
  program: {title: {ko: 송출, en: Program}, role: program, canvas: 1280x720, fps: 30, obs: "ws://127.0.0.1:4455", carries: [youtube-ko, tape, floor]}
  wall: {title: {ko: LED, en: Wall}, role: wall, canvas: 1920x1080, fps: 30, obs: "ws://127.0.0.1:4456"}
inputs:
  cam-stage: {title: {ko: 무대, en: Stage}, device: /dev/video0, sound: true}
  feed-london: {title: {ko: 런던, en: London}, url: "srt://0.0.0.0:9000"}
  clip-opening: {title: {ko: 개막, en: Opening}, clip: assets/opening.mp4, loop: false, sound: true}
  slate: {title: {ko: 대기, en: Slate}, picture: assets/holding.png}
  banner: {title: {ko: 표어, en: Slogan}, text: Together We Stand, size: 60, colour: "#ffffff"}
  blue: {title: {ko: 바탕, en: Ground}, fill: "#101820"}
audio:
  floor: {title: {ko: 현장음, en: Floor}, device: hw:1}
destinations:
  youtube-ko: {title: {ko: 유튜브 한국어, en: YouTube Korean}, language: ko, output: stream}
  tape: {title: {ko: 녹화, en: Tape}, output: recording}
"""

LAYOUTS = """\
layouts:
  keynote:
    title: {ko: 기조연설, en: Keynote}
    role: program
    canvas: 1280x720
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input blue}
      - {name: picture, at: [0, 0, 100%, 100%], shows: speaker 1, fit: cover}
      - {name: plate, at: [5%, 80%, 60%, 10%], shows: plate 1, size: 36}
      - {name: title, at: [5%, 90%, 60%, 5%], shows: caption ko, size: 44}
  full-clip:
    title: {ko: 영상, en: Clip}
    role: program
    canvas: 1280x720
    still: true
    slots:
      - {name: vt, at: [0, 0, 1280, 720px], shows: clip}
  grid-6:
    title: {ko: 여섯, en: Six}
    role: wall
    canvas: 1920x1080
    slots:
      - {name: cities, grid: {columns: 3, rows: 2, gap: 8, margin: 2%, at: [0, 0, 100%, 100%]}, shows: speakers, from: 1, plates: true}
"""

EVENT = """\
event:
  id: summit
  title: {ko: 정상회의, en: Summit}
  time_zone: Asia/Seoul
"""

PEOPLE = """\
people:
  mayor: {role: {ko: 시장, en: Mayor}, city: {ko: 서울, en: Seoul}, where: hall, language: ko}
  london: {role: {ko: 시장, en: Mayor}, city: {ko: 런던, en: London}, time_zone: Europe/London, where: remote, input: feed-london, language: en, assumed: true}
  lima: {role: {ko: 시장, en: Mayor}, city: {ko: 리마, en: Lima}, time_zone: America/Lima, where: remote, preview: {url: "rtmp://lima.example/live"}}
  oslo: {role: {ko: 시장, en: Mayor}, city: {ko: 오슬로, en: Oslo}, time_zone: Europe/Oslo, where: remote, preview: {obs: cam-stage, surface: program}}
  cairo: {role: {ko: 시장, en: Mayor}, city: {ko: 카이로, en: Cairo}, time_zone: Africa/Cairo, where: remote, preview: {picture: assets/holding.png}}
  delhi: {role: {ko: 시장, en: Mayor}, city: {ko: 델리, en: Delhi}, time_zone: Asia/Kolkata, where: remote, preview: {file: assets/opening.mp4}}
  sydney: {role: {ko: 시장, en: Mayor}, city: {ko: 시드니, en: Sydney}, time_zone: Australia/Sydney, where: remote, preview: {device: /dev/video7}}
"""

DAY = """\
# The mayors' meeting, past midnight.
day: {id: day2, date: 2020-06-02, title: {ko: 둘째 날, en: Day two}}
sessions:
  - id: mayors
    title: {ko: 시장 회의, en: Mayors' meeting}
    start: "22:00"
    end: "24:30"
    assumed: [end]
    cues:
      - id: m10
        number: M10
        title: {ko: 기조연설, en: Keynote}
        kind: speech
        start: 22:00
        duration: ('10)
        speakers: [mayor]
        layouts: {program: keynote}
        floor: ko
      - id: m11-london
        number: 1.10
        title: {ko: "사례: 런던", en: "Case: London"}
        kind: remote speech
        duration: 5m
        speakers: [london]
        layouts: {program: keynote, wall: grid-6}
        transition: {kind: fade, duration: 0.5s}
        floor: en
        captions: {ko: 런던 시장, en: Mayor of London}
        needs: [london, interpretation]
        timer: {warning: 1m, danger: 30s}
        notes: {camera: 2번, sound: 원격, light: 어둡게, caption: 이름표, interpretation: 영한, stage: 없음}
        colour: "#3A1416"
        skip: false
        assumed: [duration]
        extra: {교통: A동선, 비고: }
      - id: m12
        number: M12
        title: 개막 영상
        kind: clip
        duration: 2분 30초
        clip: clip-opening
        layouts: {program: full-clip}
      - id: m13
        number: M13
        title: No
        kind: panel
        end: "24:30"
        speakers: [mayor, london]
        layouts: {program: keynote, wall: grid-6}
      - id: m14
        number: M14
        title: {ko: 자유, en: Free}
        kind: free
        duration: open
        skip: true
"""

FILES: Mapping[str, str] = {
    "layouts/studio.yaml": STUDIO,
    "layouts/all.yaml": LAYOUTS,
    "rundown/event.yaml": EVENT,
    "rundown/people.yaml": PEOPLE,
    "rundown/day-2.yaml": DAY,
}


def write(folder: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """Writes ``files`` and the clip and picture that the studio names."""
    for name, text in {**files, "assets/opening.mp4": b"", "assets/holding.png": b""}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder

"""The hall of a new event: its ``layouts/`` folder, for one, two or four surfaces. Nothing in it needs a file."""

from __future__ import annotations

from studio_console.core.first_start import Hall

# What is filled in is written «so»: braces belong to YAML here.
HEAD = """\
# 홀: 화면(OBS), 카메라, 회선. 모든 항목은 docs/event-files.md에 있습니다. 비밀번호는 이 파일에 쓰지 않습니다.
# The hall: its pictures (OBS), cameras and lines. Every field is in docs/event-files.md. No password belongs here.
studio:
  title: «title»
  time_zone: «zone»
  capacity: 100                  # 홀의 정원 · how many the hall holds
  limit: 50                      # 지금 들어올 수 있는 인원 · how many may be in it now
  hall_input: cam-stage          # 입력을 적지 않은 현장 연사의 카메라 · the camera for speakers in the hall

# 화면마다 OBS 하나. obs는 그 OBS의 주소: OBS의 도구 → WebSocket 서버 설정.
# 같은 주소를 쓰면 OBS 하나를 함께 씁니다(캔버스도 같게). standby: "ws://…"를 더하면 대기 OBS.
# An OBS for each picture. obs is its address: Tools → WebSocket Server Settings in OBS.
# With the same address they share one OBS (and need one canvas). Add standby: "ws://…" for a second OBS behind it.
surfaces:
"""

PROGRAM = """\
  program: {title: {ko: 송출, en: Programme}, role: program, canvas: 1280x720, fps: 30, obs: "ws://127.0.0.1:4455",
            carries: [«carries»]}
"""
WALL = """\
  wall: {title: {ko: LED 월, en: LED wall}, role: wall, canvas: 1920x1080, fps: 30, obs: "ws://127.0.0.1:4456",
         holding: wall-holding}
"""
LANGUAGES = """\
  ko: {title: {ko: 한국어, en: Korean}, role: language, language: ko, layout: language-ko, canvas: 1280x720, fps: 30,
       obs: "ws://127.0.0.1:4457", carries: [stream-ko, clean-sound, booth-ko]}
  en: {title: {ko: 영어, en: English}, role: language, language: en, layout: language-en, canvas: 1280x720, fps: 30,
       obs: "ws://127.0.0.1:4458", carries: [stream-en, clean-sound, booth-en]}

# 음향 믹서에서 오는 소리. 장치 이름을 이 홀의 것으로 바꾸세요.
# Sound that comes from the sound desk. Put the names of your own devices here.
audio:
  floor: {title: {ko: 현장음, en: Floor sound}, device: "hw:CARD=Desk,DEV=0"}
  booth-ko: {title: {ko: 한국어 통역, en: Korean interpretation}, device: "hw:CARD=Desk,DEV=1", language: ko}
  booth-en: {title: {ko: 영어 통역, en: English interpretation}, device: "hw:CARD=Desk,DEV=2", language: en}
  clean-sound: {title: {ko: 송출 현장음, en: Programme sound}, input: clean}
"""

DESTINATIONS = """
destinations:
  stream: {title: {ko: 스트림, en: Stream}}
  recording: {title: {ko: 녹화, en: Recording}, output: recording}
"""
DESTINATIONS_BY_LANGUAGE = """
destinations:
  stream-ko: {title: {ko: 한국어 스트림, en: Korean stream}, language: ko}
  stream-en: {title: {ko: 영어 스트림, en: English stream}, language: en}
  recording: {title: {ko: 녹화, en: Recording}, output: recording}
"""

INPUTS = """
# 보이는 것. 장치와 주소를 이 홀의 것으로 바꾸세요: 리허설에서는 대체 화면이 나옵니다.
# What can be seen. Put your own devices and addresses here: in rehearsal a labelled stand-in takes their place.
inputs:
  cam-stage: {title: {ko: 무대 카메라, en: Stage camera}, device: /dev/video0}
  feed-guest: {title: {ko: 원격 연사, en: Remote speaker}, url: "srt://guest.example:9000"}
"""
CLEAN = """\
  # 언어별 OBS로 가는 송출 화면 · the programme's picture as it reaches the languages' OBS
  clean: {title: {ko: 클린 화면, en: Clean programme}, url: "srt://127.0.0.1:9100", sound: true}
"""
FILLS = """\
  ground: {title: {ko: 바탕, en: Ground}, fill: "#0f2038"}
  band: {title: {ko: 자막 바탕, en: Caption band}, fill: "#13294b"}
  # 영상은 assets 폴더에 넣고 이렇게 적습니다 · a clip goes into the folder assets, and is named like this:
  # opening: {title: {ko: 여는 영상, en: Opening film}, clip: assets/opening.mp4, sound: true}
"""

PROGRAM_LAYOUTS = """\
# 송출 화면의 구성: 무엇이 어디에 보이는지. at: [x, y, 너비, 높이]
# Layouts of the programme: what is seen where. at: [x, y, width, height]
layouts:
  holding:
    title: {ko: 대기 화면, en: Holding slate}
    role: program
    canvas: 1280x720
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: words-ko, at: [64, 270, 1152, 84], shows: caption ko, size: 56}
      - {name: words-en, at: [64, 374, 1152, 56], shows: caption en, size: 36}

  title:
    title: {ko: 제목, en: Title card}
    role: program
    canvas: 1280x720
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: words-ko, at: [64, 250, 1152, 96], shows: caption ko, size: 64}
      - {name: words-en, at: [64, 366, 1152, 60], shows: caption en, size: 40}

  one:
    title: {ko: 한 사람, en: One speaker}
    role: program
    canvas: 1280x720
    slots:
      - {name: picture, at: [0, 0, 100%, 100%], shows: speaker 1}
      - {name: band, at: [64, 556, 700, 56], shows: input band}
      - {name: plate, at: [84, 564, 660, 40], shows: plate 1, size: 32}

  two:
    title: {ko: 두 사람, en: Two speakers}
    role: program
    canvas: 1280x720
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: seats, shows: speakers, plates: true,
         grid: {columns: 2, rows: 1, gap: 16, at: [64, 200, 1152, 319.5]}}
"""
WALL_LAYOUTS = """\
# LED 월의 구성 · layouts of the LED wall
layouts:
  wall-holding:
    title: {ko: 월 대기 화면, en: Wall holding slate}
    role: wall
    canvas: 1920x1080
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: words-ko, at: [96, 400, 1728, 130], shows: caption ko, size: 88}
      - {name: words-en, at: [96, 560, 1728, 90], shows: caption en, size: 56}

  wall-one:
    title: {ko: 월 한 사람, en: One on the wall}
    role: wall
    canvas: 1920x1080
    slots:
      - {name: picture, at: [0, 0, 100%, 100%], shows: speaker 1}

  wall-two:
    title: {ko: 월 두 사람, en: Two on the wall}
    role: wall
    canvas: 1920x1080
    slots:
      - {name: ground, at: [0, 0, 100%, 100%], shows: input ground}
      - {name: seats, shows: speakers, plates: true,
         grid: {columns: 2, rows: 1, gap: 24, at: [96, 300, 1728, 479.25]}}
"""
LANGUAGE_LAYOUTS = """\
# 언어별 화면: 송출 화면과 그 언어의 자막 · each language: the programme's picture and its captions
layouts:
  language-ko:
    title: {ko: 한국어 자막, en: Korean captions}
    role: language
    canvas: 1280x720
    slots:
      - {name: clean, at: [0, 0, 100%, 100%], shows: input clean}
      - {name: bar, at: [64, 624, 1152, 60], shows: input band}
      - {name: caption, at: [84, 630, 1112, 48], shows: live caption ko, size: 34}

  language-en:
    title: {ko: 영어 자막, en: English captions}
    role: language
    canvas: 1280x720
    slots:
      - {name: clean, at: [0, 0, 100%, 100%], shows: input clean}
      - {name: bar, at: [64, 624, 1152, 60], shows: input band}
      - {name: caption, at: [84, 630, 1112, 48], shows: live caption en, size: 34}
"""


def hall_files(hall: Hall) -> dict[str, str]:
    """The files of ``layouts/`` by their path, their marks not filled in yet."""
    by_language = hall is Hall.FOUR
    studio = HEAD + PROGRAM.replace("«carries»", "recording, floor" if by_language else "stream, recording")
    files = {"layouts/program.yaml": PROGRAM_LAYOUTS}
    if hall is not Hall.ONE:
        studio += WALL
        files["layouts/wall.yaml"] = WALL_LAYOUTS
    if by_language:
        studio += LANGUAGES
        files["layouts/language.yaml"] = LANGUAGE_LAYOUTS
    studio += (DESTINATIONS_BY_LANGUAGE if by_language else DESTINATIONS) + INPUTS
    return {"layouts/studio.yaml": studio + (CLEAN if by_language else "") + FILLS, **files}

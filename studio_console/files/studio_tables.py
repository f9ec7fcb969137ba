"""The keys of ``studio.yaml`` and of the layout files."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from studio_console.core.obs_address import AddressFault, NotAnObsAddress, obs_address
from studio_console.core.studio import Fit, OutputKind, Role
from studio_console.core.text import Text
from studio_console.core.written import DURATION_PATTERN, Wrong, duration_of, shorten
from studio_console.files.hall_tables import HALL
from studio_console.files.reader import suggestion
from studio_console.files.records import Bilingual, Field, ListOf, MapOf, Record
from studio_console.files.rule_tables import DEAD_AIR, GUESTS, INTERPRETATION, OUTPUTS, SPEAKER_TIMER
from studio_console.files.shapes import ID, Choice, Flag, Line, Parsed, Whole
from studio_console.files.values import (
    COLOUR_PATTERN,
    LANGUAGE_PATTERN,
    LENGTH_PATTERN,
    SIZE_PATTERN,
    colour_of,
    language_of,
    length_of,
    size_of,
    zone_of,
)

OBS = Text("OBS 주소가 아닙니다", "not the address of an OBS")
OBS_HINT = Text("ws://127.0.0.1:4455처럼 적으세요", "write it as ws://127.0.0.1:4455")
OBS_PASSWORD = Text(
    "OBS 주소에 비밀번호나 다른 것이 들어 있습니다", "a password, or something else, is inside the OBS address"
)
OBS_PASSWORD_HINT = Text(
    "주소에서 지우고 STUDIO_OBS_PASSWORD_<화면> 환경 변수나 키링에 두세요",
    "take it out; it belongs in the environment variable STUDIO_OBS_PASSWORD_<SURFACE> or in the keyring",
)
OBS_ENCRYPTED = Text("OBS의 WebSocket 서버는 wss를 쓰지 않습니다", "OBS's own WebSocket server does not speak wss")
FEED = Text("네트워크 신호의 주소가 아닙니다", "not the address of a network feed")
FEED_HINT = Text("{schemes} 중 하나로 시작합니다: srt://주소:포트", "one of {schemes}: srt://host:port")
FILE_OUTSIDE = Text("파일이 행사 폴더 밖에 있습니다", "the file is outside the event folder")
FILE_HINT = Text(
    "행사 폴더 안에 두고 assets/clips/opening.mp4처럼 상대 경로로 적으세요",
    "put it into the event folder and write its path from there: assets/clips/opening.mp4",
)
BACKSLASH = Text("경로에 ‘\\’이 있습니다", "a path with ‘\\’ in it")
BACKSLASH_HINT = Text("모든 컴퓨터에서 통하는 ‘/’로 적으세요", "write ‘/’, which works on every machine")
SHOWS = Text("‘{text}’은(는) 칸에 보일 수 없습니다", "a slot cannot show ‘{text}’")
SHOWS_HINT = Text(
    "input <입력>, speaker 1, plate 1, caption ko, live caption ko, clip, roll-call, speakers(격자) 중 하나",
    "input <id>, speaker 1, plate 1, caption ko, live caption ko, clip, roll-call, or speakers in a grid",
)
PITCH_RANGE = Text(
    "‘{text}’은(는) 픽셀 피치가 아닙니다. 0.1~50 mm로 적으세요", "‘{text}’ is no pixel pitch: 0.1 to 50, in mm"
)
SCHEMES = ("srt", "rtmp", "rtmps", "rtsp", "http", "https", "udp", "rtp", "tcp", "rist")
SHOWS_PATTERN = (
    r"^(?:clip|speakers|roll-call|input [a-z0-9][a-z0-9_-]{0,79}|(?:speaker|plate) [1-9][0-9]{0,2}|"
    r"(?:live )?caption (?:ko|en))$"
)
SHOW_WORDS = ["input", "speaker", "plate", "caption", "live caption", "clip", "speakers", "roll-call"]


WRONG_OBS = {
    AddressFault.FORM: ("obs-address", OBS, OBS_HINT),
    AddressFault.SECRET: ("password", OBS_PASSWORD, OBS_PASSWORD_HINT),
    AddressFault.ENCRYPTED: ("obs-address", OBS_ENCRYPTED, OBS_HINT),
}


def obs_of(text: str) -> str:
    """``ws://host:port`` of an OBS. What is wrong is never quoted: it may be a password."""
    try:
        return obs_address(text)
    except NotAnObsAddress as error:
        raise Wrong(*WRONG_OBS[error.fault]) from None


def feed_of(text: str) -> str:
    try:
        parts = urlsplit(text)
        ok = parts.scheme in SCHEMES and bool(parts.netloc)
        _ = parts.port
    except ValueError:
        ok = False
    if not ok or any(sign.isspace() for sign in text):
        raise Wrong("feed-address", FEED, FEED_HINT, schemes=", ".join(SCHEMES))
    return text


def has_password(url: str) -> bool:
    """Whether a feed's address carries a password or a key."""
    try:
        parts = urlsplit(url)
        secret = parts.password is not None
        names = {name.casefold() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError:
        return False
    return secret or bool(names & {"passphrase", "password", "pass", "pwd", "key", "streamkey", "secret", "token"})


def file_of(text: str) -> str:
    """A path inside the event folder, with forward slashes."""
    if "\\" in text:
        raise Wrong("file", BACKSLASH, BACKSLASH_HINT)
    path = PurePosixPath(text)
    if path.is_absolute() or re.match(r"[A-Za-z]:|[a-z]+://|~", text) or not text.isprintable():
        raise Wrong("file", FILE_OUTSIDE, FILE_HINT)
    depth = 0
    for part in path.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            raise Wrong("file", FILE_OUTSIDE, FILE_HINT)
    if depth == 0:
        raise Wrong("file", FILE_OUTSIDE, FILE_HINT)
    return str(path)


def pitch_of(text: str) -> float:
    """mm from one light of a wall to the next."""
    if not re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,4})?", text) or not 0.1 <= float(text) <= 50:
        raise Wrong("pitch", PITCH_RANGE, text=shorten(text))
    return float(text)


class Shown(NamedTuple):
    """``shows:`` of a slot, taken apart."""

    what: str
    which: str = ""


def shows_of(text: str) -> Shown:
    words = text.split(" ")
    if words[0] == "live":
        words[:2] = [" ".join(words[:2])]
    if re.match(SHOWS_PATTERN, text) and not text.endswith("\n"):
        return Shown(words[0], words[1] if len(words) > 1 else "")
    hint, values = suggestion(words[0], SHOW_WORDS)
    known = words[0] in SHOW_WORDS or hint is None or "meant" not in values
    raise Wrong("shows", SHOWS, SHOWS_HINT if known else hint, text=shorten(text), **values)


TITLE = Field("title", Bilingual(), Text("사람이 읽는 이름", "the name that people read"))
SIZE = Parsed("size", size_of, SIZE_PATTERN, examples=("1920x1080",))
LENGTH = Parsed("length", length_of, LENGTH_PATTERN, numbers=True, examples=("50%", "960px"))
COLOUR = Parsed("colour", colour_of, COLOUR_PATTERN, examples=("#3a1416",))
LANGUAGE = Parsed("language", language_of, LANGUAGE_PATTERN, examples=("ko", "en"))
DURATION = Parsed("duration", duration_of, DURATION_PATTERN, examples=("30s", "5m", "1h30m", "5'30\"", "5분"))
ZONE = Parsed("time-zone", zone_of, r"^[A-Za-z0-9_+/-]+$", examples=("Asia/Seoul", "Europe/London"))
OBS_ADDRESS = Parsed("obs-address", obs_of, r"^[Ww][Ss]://[A-Za-z0-9.:_\[\]-]+/?$", examples=("ws://127.0.0.1:4455",))
FEED_ADDRESS = Parsed("feed-address", feed_of, rf"^(?:{'|'.join(SCHEMES)})://\S+$", examples=("srt://0.0.0.0:9000",))
FILE = Parsed("file", file_of, r"^[^\\/~][^\\]*$", examples=("assets/clips/opening.mp4",))
SHOWS_SHAPE = Parsed("shows", shows_of, SHOWS_PATTERN, examples=("input blue", "speaker 1", "plate 1", "caption ko"))
LETTERS = Whole(8, 1000)
PITCH = Parsed("pitch", pitch_of, r"^[0-9]{1,2}(?:\.[0-9]{1,4})?$", numbers=True, examples=("1.25", "2.6"))

STUDIO = Record(
    "studio",
    (
        Field("title", Bilingual(), Text("공간의 이름", "the name of the hall"), required=True),
        Field("time_zone", ZONE, Text("공간의 시간대(IANA)", "the hall's time zone, an IANA name"), required=True),
        Field("capacity", Whole(0, 1_000_000), Text("수용 인원", "how many the hall holds"), required=True),
        Field("limit", Whole(0, 1_000_000), Text("지금 허용된 인원", "how many may be in it now"), required=True),
        Field(
            "hall_input",
            ID,
            Text("입력이 없는 현장 연사를 비추는 카메라", "the camera for speakers in the hall whose entry names none"),
        ),
        Field("go_guard", DURATION, Text("두 GO 사이의 최소 간격", "least time between two GOs")),
        Field("take_deadline", DURATION, Text("확인이 없으면 경보까지", "alarm if a take is not confirmed by then")),
        Field(
            "interpretation", INTERPRETATION, Text("동시통역의 소리와 교대", "levels and hand-over of interpretation")
        ),
        Field("guests", GUESTS, Text("원격 참가자의 그림을 판단하는 기준", "when a remote guest's picture is wrong")),
        Field("outputs", OUTPUTS, Text("송출 경보의 기준", "when a stream or recording is not well")),
        Field("hall", HALL, Text("홀 출입과 콜타임", "who comes into the hall, and when speakers are called")),
        Field("dead_air", DEAD_AIR, Text("방송 사고로 보는 시간", "when a surface counts as dead air")),
        Field("timer", SPEAKER_TIMER, Text("연사용 타이머와 메시지", "the speaker's timer and messages")),
    ),
)

CABINETS = Record(
    "cabinets",
    (
        Field("columns", Whole(1, 200), Text("가로 개수", "how many side by side"), required=True),
        Field("rows", Whole(1, 200), Text("세로 개수", "how many one above the other"), required=True),
        Field("size", SIZE, Text("캐비닛 하나의 픽셀 크기", "one cabinet in px"), required=True),
        Field("pitch", PITCH, Text("픽셀 피치(mm)", "from one light to the next, in mm")),
    ),
)

SURFACE = Record(
    "surface",
    (
        TITLE,
        Field(
            "role",
            Choice(Role),
            Text("송출, LED(wall), 언어별 송출(language)", "program, wall or language"),
            required=True,
        ),
        Field("canvas", SIZE, Text("OBS 캔버스 크기", "size of the OBS canvas"), required=True),
        Field("fps", Whole(1, 240), Text("초당 프레임", "frames a second"), required=True),
        Field("obs", OBS_ADDRESS, Text("이 화면을 만드는 OBS의 주소", "address of its OBS"), required=True),
        Field(
            "standby",
            OBS_ADDRESS,
            Text(
                "그대로 따라가며 승격할 수 있는 대기 OBS의 주소",
                "address of an OBS that mirrors it and can be promoted",
            ),
        ),
        Field(
            "carries",
            ListOf(ID),
            Text("공급하는 송출처와 섞는 음성 회선", "the destinations it supplies, the lines of sound it mixes"),
        ),
        Field("language", LANGUAGE, Text("이 화면의 언어", "what its viewers speak")),
        Field("layout", ID, Text("구성을 적지 않은 큐의 구성", "the layout for cues that name none for it")),
        Field("cabinets", CABINETS, Text("LED 월의 캐비닛", "the cabinets of an LED wall")),
        Field("holding", ID, Text("대기 화면인 구성", "the layout of the holding slide, which one key brings")),
    ),
)

INPUT = Record(
    "input",
    (
        TITLE,
        Field("device", Line(True), Text("카메라나 캡처 장치", "a camera or capture card: its name or path")),
        Field("url", FEED_ADDRESS, Text("네트워크 신호의 주소", "address of a network feed")),
        Field("clip", FILE, Text("영상 파일", "a video file in the event folder")),
        Field("picture", FILE, Text("그림 파일", "a picture file in the event folder")),
        Field("text", Line(), Text("OBS가 그리는 글", "a text that OBS draws")),
        Field("fill", COLOUR, Text("단색", "a plain colour, #rrggbb")),
        Field(
            "obs",
            Line(True),
            Text(
                "OBS에서 손으로 만든 소스나 장면의 이름(NDI, 브라우저 등)",
                "the name in OBS of a source or scene that is made there by hand: NDI, browser",
            ),
        ),
        Field("loop", Flag(), Text("영상을 되풀이", "the clip begins again at its end")),
        Field("sound", Flag(), Text("보이는 동안 소리도 나감", "its sound is heard while it is seen")),
        Field("size", LETTERS, Text("글자 높이(픽셀)", "height of the letters in px")),
        Field("colour", COLOUR, Text("글자 색", "colour of the letters, #rrggbb")),
    ),
    one_of=("device", "url", "clip", "picture", "text", "fill", "obs"),
    only_with=(("loop", "clip"), ("size", "text"), ("colour", "text")),
)

AUDIO = Record(
    "audio",
    (
        TITLE,
        Field("device", Line(True), Text("소리 장치", "the sound device: its name or path")),
        Field("input", ID, Text("소리가 함께 오는 입력", "the input whose picture it comes with")),
        Field(
            "language", LANGUAGE, Text("통역 언어. 현장음이면 비움", "what is spoken in the booth; none for the floor")
        ),
    ),
)

DESTINATION = Record(
    "destination",
    (
        TITLE,
        Field("language", LANGUAGE, Text("그 송출의 언어", "language of what it carries")),
        Field(
            "output",
            Choice(OutputKind),
            Text("스트림(stream), 녹화(recording), 전용 회선(line)", "stream (default), recording or line"),
        ),
    ),
)

STUDIO_FILE = Record(
    "studio-file",
    (
        Field("studio", STUDIO, Text("공간", "the hall"), required=True),
        Field(
            "surfaces", MapOf(ID, SURFACE, least=1), Text("화면: OBS가 만드는 그림", "pictures that an OBS makes"), True
        ),
        Field("inputs", MapOf(ID, INPUT), Text("보이거나 들리는 것", "what can be seen or heard")),
        Field("audio", MapOf(ID, AUDIO), Text("소리 회선", "lines of sound")),
        Field("destinations", MapOf(ID, DESTINATION), Text("송출처", "where the pictures go")),
    ),
)

AT = ListOf(LENGTH, 4, 4)

GRID = Record(
    "grid",
    (
        Field("columns", Whole(1, 40), Text("열", "columns")),
        Field("rows", Whole(1, 40), Text("행", "rows")),
        Field("fill", Flag(), Text("열과 행 대신: 사람 수에 맞춰", "instead of columns and rows: as many as speak")),
        Field("gap", LENGTH, Text("칸 사이(%는 캔버스 너비)", "between cells; per cent of the canvas's width")),
        Field(
            "margin", LENGTH, Text("둘레의 여백(%는 캔버스 너비)", "around the cells; per cent of the canvas's width")
        ),
        Field("at", AT, Text("격자의 자리", "where the grid is: x, y, width, height; the whole canvas if left out")),
    ),
)

SLOT = Record(
    "slot",
    (
        Field("name", Line(True), Text("칸의 이름", "the slot's name, once in a layout"), required=True),
        Field("at", AT, Text("자리", "x, y, width, height in px or per cent")),
        Field("grid", GRID, Text("격자로 나눈 칸들", "many slots in rows and columns")),
        Field("shows", SHOWS_SHAPE, Text("보이는 것", "what is seen there"), required=True),
        Field("fit", Choice(Fit), Text("채우는 방식", "cover (default), contain or stretch")),
        Field("size", LETTERS, Text("글자 높이(픽셀)", "height of the letters in px, of plates, captions and lists")),
        Field("from", Whole(1, 999), Text("첫 칸의 연사 번호", "number of the speaker in the first cell")),
        Field("plates", Flag(), Text("칸마다 이름표", "a name plate at the foot of each cell")),
        Field("columns", Whole(1, 12), Text("호명 명단의 열", "columns of a roll call")),
    ),
    one_of=("at", "grid"),
    only_with=(("from", "grid"), ("plates", "grid")),
)

LAYOUT = Record(
    "layout",
    (
        TITLE,
        Field("role", Choice(Role), Text("쓸 수 있는 화면", "surfaces of this role may use it"), required=True),
        Field("canvas", SIZE, Text("px과 %의 기준", "what px and per cent refer to"), required=True),
        Field("still", Flag(), Text("멈춰 있어도 되는 화면(발표 자료)", "it may stand still: slides from a computer")),
        Field("slots", ListOf(SLOT, 1), Text("칸들. 뒤의 것이 위", "later ones lie on top"), required=True),
    ),
)

LAYOUT_FILE = Record(
    "layout-file",
    (Field("layouts", MapOf(ID, LAYOUT), Text("화면 구성", "named arrangements of slots"), required=True),),
)

"""The keys of the event, people and day files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Final

from studio_console.core.rundown import AtEnd, Kind, Notes, TransitionKind, Where
from studio_console.core.text import Text
from studio_console.core.units import Duration
from studio_console.core.written import DURATION_PATTERN, TIME_PATTERN, Wrong, duration_of, shorten, time_of
from studio_console.files.reader import suggestion
from studio_console.files.records import Bilingual, Field, FlagOr, ListOf, MapOf, Record
from studio_console.files.repeats import CueList, repeat_fields
from studio_console.files.shapes import ID, Choice, Flag, Line, Parsed
from studio_console.files.studio_tables import COLOUR, DURATION, FEED_ADDRESS, FILE, LANGUAGE, ZONE
from studio_console.files.values import DATE_PATTERN, date_of

NOT_A_FIELD = Text("‘{text}’은(는) 이 항목의 키가 아닙니다", "‘{text}’ is no key of this entry")

OPEN: Final = Duration(-1)
"""``duration: open``, until it becomes the None of an open end."""


def duration_or_open(text: str) -> Duration:
    return OPEN if text == "open" else duration_of(text)


def duration_or_none(text: str) -> Duration:
    """A duration that may be 0."""
    return duration_of(text, zero=True)


def bell_of(text: str) -> Duration:
    """When a bell rings, as the time that is left; ``+`` before it: overtime, which is less than nothing left."""
    over = text.startswith("+")
    duration = duration_of(text[1:] if over else text, zero=True)
    return Duration(-duration) if over else duration


def _any_of(keys: list[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text in keys:
            return text
        hint, values = suggestion(text, keys)
        raise Wrong("assumed", NOT_A_FIELD, hint, text=shorten(text), **values)

    return parse


def _with_assumed(
    name: str,
    known: tuple[Field, ...],
    one_of: tuple[str, ...] = (),
    unless: str = "",
    only_with: tuple[tuple[str, str], ...] = (),
) -> Record:
    """A record with a key ``assumed`` that lists keys of the record."""
    keys = [each.key for each in known if each.key not in ("id", "extra")]
    shape = Parsed(f"{name}-keys", _any_of(keys), f"^(?:{'|'.join(keys)})$")
    about = Text("프로그램에 없어 가정한 키", "keys whose values are assumed and not known")
    return Record(name, (*known, Field("assumed", ListOf(shape), about)), one_of, only_with, unless)


TIME = Parsed("time", time_of, TIME_PATTERN, examples=("22:00", "09:30:15", "25:30"))
CUE_DURATION = Parsed(
    "cue-duration", duration_or_open, f"{DURATION_PATTERN[:-1]}$|^open$", examples=("5m", "5'30\"", "5분", "open")
)
SHORT = Parsed("short-duration", duration_or_none, DURATION_PATTERN, examples=("0.5s", "500ms"))
BELL = Parsed("bell", bell_of, f"^[+]?(?:{DURATION_PATTERN[1:-1]})$", examples=("1m", "0s", "+1m"))
DATE = Parsed("date", date_of, DATE_PATTERN, examples=("2020-06-02",))

EVENT = Record(
    "event",
    (
        Field("id", ID, Text("행사의 아이디", "the event's id"), required=True),
        Field("title", Bilingual(), Text("행사의 이름", "the event's title"), required=True),
        Field("time_zone", ZONE, Text("시간대. 없으면 공간의 것", "time zone; the studio's if left out")),
    ),
)
EVENT_FILE = Record("event-file", (Field("event", EVENT, Text("행사", "the event"), required=True),))

PREVIEW = Record(
    "preview",
    (
        Field("url", FEED_ADDRESS, Text("네트워크 신호의 주소", "address of a network stream")),
        Field(
            "file", FILE, Text("되풀이해 보일 영상 파일", "a video file in the event folder, played round and round")
        ),
        Field("device", Line(True), Text("이 컴퓨터의 카메라나 캡처 장치", "a camera or capture card of this machine")),
        Field("obs", ID, Text("OBS가 보이는 입력", "an input as OBS has it")),
        Field(
            "surface", ID, Text("그 입력이 있는 OBS의 화면", "the surface whose OBS is asked; the first that answers")
        ),
        Field("picture", FILE, Text("그림 파일", "a picture file in the event folder")),
    ),
    one_of=("url", "file", "device", "obs", "picture"),
    only_with=(("surface", "obs"),),
)
PERSON = Record(
    "person",
    (
        Field("role", Bilingual(), Text("직함", "role, as on the name plate"), required=True),
        Field("city", Bilingual(), Text("도시", "city, as on the name plate"), required=True),
        Field("time_zone", ZONE, Text("있는 곳의 시간대", "time zone of where they are; the event's if left out")),
        Field("where", Choice(Where), Text("현장(hall) 또는 원격(remote)", "hall or remote"), required=True),
        Field("input", ID, Text("이 사람을 보이는 입력", "the input that shows them")),
        Field("preview", PREVIEW, Text("콘솔이 원격 참가자를 보는 곳", "where the desk sees a remote guest")),
        Field("language", LANGUAGE, Text("말하는 언어", "language they speak")),
        Field("assumed", Flag(), Text("가정한 참가자", "assumed and not known from the programme")),
    ),
)
PEOPLE_FILE = Record(
    "people-file", (Field("people", MapOf(ID, PERSON), Text("참가자", "participants"), required=True),)
)

TRANSITION = Record(
    "transition",
    (
        Field("kind", Choice(TransitionKind), Text("전환의 종류", "cut (default), fade, …"), required=True),
        Field("duration", SHORT, Text("전환의 길이", "how long it takes; 0.5s if left out, none for a cut")),
    ),
)
TIMER = Record(
    "timer",
    (
        Field("warning", DURATION, Text("주의 색으로 바뀔 때 남은 시간", "left when the countdown turns to warning")),
        Field("danger", DURATION, Text("위험 색으로 바뀔 때 남은 시간", "left when the countdown turns to danger")),
    ),
)
_DEPARTMENTS = {
    "camera": Text("카메라", "camera"),
    "sound": Text("음향", "sound"),
    "light": Text("조명", "light"),
    "caption": Text("자막", "captions"),
    "interpretation": Text("통역", "interpretation"),
    "stage": Text("무대", "stage"),
}
POSTS = tuple(_DEPARTMENTS)
"""Who must be ready besides people: the posts of the control room and the floor."""
assert {each.name for each in fields(Notes)} == set(POSTS)

NOTES = Record("notes", tuple(Field(name, Line(), about) for name, about in _DEPARTMENTS.items()))

CUE = _with_assumed(
    "cue",
    (
        Field("id", ID, Text("아이디. 행사에서 하나뿐이며 바뀌지 않음", "id, once in the event; never changes"), True),
        Field("number", Line(True), Text("사람이 읽는 번호. 하루에 하나뿐", "what people read; once in a day"), True),
        Field("title", Bilingual(), Text("제목", "title"), True),
        Field("kind", Choice(Kind), Text("종류", "what sort of item it is"), True),
        Field("start", TIME, Text("고정된 시작. 고정일 때만", "start, only where it is fixed (hard)")),
        Field(
            "duration",
            CUE_DURATION,
            Text(
                "길이 또는 open. 영상 큐에서 빼면 영상의 길이", "duration, or open; the clip's own where it is left out"
            ),
        ),
        Field("end", TIME, Text("길이 대신: 이 시각까지", "instead of duration: counts to this time")),
        Field("call", TIME, Text("콜타임", "when its speakers are called")),
        Field("speakers", ListOf(ID), Text("출연자", "people, in the order of the layout's speakers")),
        Field("layouts", MapOf(ID, ID), Text("화면: 구성", "surface: layout")),
        Field("transition", TRANSITION, Text("전환", "how it comes on air")),
        Field("floor", LANGUAGE, Text("현장 언어", "language spoken on the floor")),
        Field("captions", Bilingual(), Text("자막. 없으면 제목", "caption; the title if left out")),
        Field("clip", ID, Text("영상 입력", "the input with its clip")),
        Field(
            "at_end",
            Choice(AtEnd),
            Text(
                "영상이 끝나면: 마지막 화면(freeze) 또는 다음 큐(next)", "when the clip ends: its last picture, or next"
            ),
        ),
        Field("out_cue", Bilingual(), Text("영상의 마지막 말이나 화면", "the clip's last words or picture")),
        Field(
            "two_step",
            Flag(),
            Text("되돌릴 수 없음: 준비(arm)한 뒤에만 GO", "cannot be taken back: GO takes it only once armed"),
        ),
        Field(
            "bells", ListOf(BELL, most=12), Text("종을 칠 남은 시간", "time left when the desk rings; + in overtime")
        ),
        Field("needs", ListOf(ID), Text("준비되어야 할 사람과 부서", "who must be ready: people or posts")),
        Field("timer", TIMER, Text("남은 시간의 색", "when the countdown changes colour")),
        Field("notes", NOTES, Text("부서별 메모", "notes per department")),
        Field("colour", COLOUR, Text("큐시트에서의 색", "its colour in the cue sheet")),
        Field("skip", Flag(), Text("건너뜀", "to be skipped")),
        Field("roll_call", FlagOr(ListOf(ID)), Text("호명 명단. true면 출연자", "who is called; true: its speakers")),
        Field("extra", MapOf(Line(True), Line(blank=True)), Text("자유로운 열", "free columns, kept as they are")),
    ),
    one_of=("duration", "end"),
    unless="clip",
    only_with=(("at_end", "clip"), ("out_cue", "clip")),
)
REPEAT = _with_assumed(
    "repeat",
    repeat_fields(CUE, (Field("start", TIME, Text("첫 큐의 고정된 시작", "fixed start of its first cue")),)),
)
SESSION = _with_assumed(
    "session",
    (
        Field("id", ID, Text("아이디. 하루에 하나뿐", "id, once in a day"), True),
        Field("title", Bilingual(), Text("제목", "title"), True),
        Field("start", TIME, Text("공지된 시작", "published start")),
        Field("end", TIME, Text("넘길 수 없는 끝", "hard end, if there is one")),
        Field("cues", CueList(CUE, REPEAT), Text("큐와 반복", "cues in running order, and blocks of them"), True),
    ),
)
DAY = Record(
    "day",
    (
        Field("id", ID, Text("아이디", "id"), True),
        Field("date", DATE, Text("날짜", "date on which it begins, in the hall's time zone"), True),
        Field("title", Bilingual(), Text("제목", "title"), True),
    ),
)
DAY_FILE = Record(
    "day-file",
    (
        Field("day", DAY, Text("하루", "the day"), True),
        Field("sessions", ListOf(SESSION), Text("세션", "sessions in running order"), True),
    ),
)

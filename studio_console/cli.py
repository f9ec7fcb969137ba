"""The command line: what can be asked for, explained, and handed to the command that does it.

Exit status: 0 done; 1 done, and something is not in order; 2 it could not be done as asked.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Any

from studio_console import __version__
from studio_console.app.arguments import Parser
from studio_console.app.options import language_of
from studio_console.core.problems import UserError
from studio_console.core.text import LANGUAGES, Language, Text

SWITCH_INTERVAL = 0.001
"""Seconds: a busy thread is not to hold back a take for the five ms that Python would give it."""

COMMANDS = {
    "desk": Text(
        "데스크 창을 엽니다(명령을 쓰지 않으면 이것). 행사가 없는 폴더에서는 첫 창을 엽니다",
        "open the desk (what happens without a command); where there is no event, a first window",
    ),
    "new": Text("양식에서 새 행사 폴더를 만듭니다", "make a new event folder from a template"),
    "stage": Text(
        "무대감독 창을 엽니다(열린 데스크에, 없으면 데스크와 함께)",
        "open the stage manager's window: in the desk that is open, or with a desk",
    ),
    "timer": Text(
        "연사용 타이머를 엽니다(열린 데스크에, 없으면 데스크와 함께)",
        "open the speaker's timer: in the desk that is open, or with a desk",
    ),
    "check": Text("행사 파일을 모두 검사합니다", "check all event files"),
    "provision": Text("하루의 장면을 OBS에 만듭니다", "build the scenes of a day in OBS"),
    "preflight": Text("방송 전에 필요한 모든 것을 점검합니다", "check everything that air needs"),
    "dry-run": Text("창 없이 하루를 끝까지 돌려 봅니다", "run a day without a window"),
    "print": Text("큐시트를 PDF로 인쇄", "print the cue sheet to PDF"),
    "report": Text("지난 방송이나 리허설의 진행 결과 보고서", "the as-run report of a show or rehearsal"),
    "simulate-obs": Text(
        "가상 OBS(obs-websocket v5 서버)를 띄웁니다", "run a simulated OBS (an obs-websocket v5 server)"
    ),
}

TABLES = ("summary", "sessions", "cues", "log", "alarms", "surfaces")
DEPARTMENTS = ("all", "video", "audio", "light", "caption", "interpretation", "stage")
WINDOWS = ("desk", "stage", "timer")
"""The commands that open a window on a day; all take what the desk takes."""

DESCRIPTION = Text(
    "큐시트로 홀의 방송을 진행합니다: OBS, LED 월, 원격 참가자, 타이머.",
    "Runs a hall's broadcast from the day's rundown: OBS, the LED wall, remote guests, timers.",
)
TOP_USAGE = Text(
    "{prog} [EVENT] [옵션]\n        {prog} COMMAND [EVENT] [옵션]",
    "{prog} [EVENT] [options]\n       {prog} COMMAND [EVENT] [options]",
)
EVENT_USAGE = Text("{prog} [EVENT] [옵션]", "{prog} [EVENT] [options]")
FOLDER_USAGE = Text("{prog} [FOLDER] [옵션]", "{prog} [FOLDER] [options]")
USAGE = Text("{prog} [옵션]", "{prog} [options]")
COMMAND_LIST = Text("명령(자세히: studio-console COMMAND --help)", "commands (more: studio-console COMMAND --help)")
DESK = Text("데스크(명령 없이)", "the desk (without a command)")
EPILOG = Text(
    """예:
  studio-console --rehearse                    현재 폴더의 행사를 리허설로(가상 OBS, 홀 장비 없이)
  studio-console 행사폴더 --day 2               둘째 날을 방송으로
  studio-console new 행사폴더 --title 시민토론  새 행사를 만들기, 이미 있는 파일은 그대로 둠
  studio-console check                         파일 검사, 오류가 있으면 종료 코드 1
  studio-console provision --day 2 --dry-run   OBS에 무엇을 만들지 보기만
  studio-console dry-run --day 2 --obs real    둘째 날의 모든 큐를 실제 OBS에서 확인
비밀번호는 환경 변수 STUDIO_OBS_PASSWORD_<출력면> 또는 시스템 키링(서비스 studio-console)에 둡니다.
종료 코드: 0 정상, 1 문제가 있음, 2 실행할 수 없음.""",
    """Examples:
  studio-console --rehearse                    the event in this folder as a rehearsal: simulated OBS, no hall
  studio-console my-event --day 2              its second day, on air
  studio-console new my-event --surfaces two   make a new event; nothing is ever overwritten
  studio-console check                         check the files; exit status 1 if there are errors
  studio-console provision --day 2 --dry-run   only show what would be built in OBS
  studio-console dry-run --day 2 --obs real    confirm every cue of the second day on the real OBS
Passwords are in the environment, STUDIO_OBS_PASSWORD_<SURFACE>, or in the keyring (service studio-console).
Exit status: 0 in order, 1 something is not, 2 it could not be done.""",
)

EVENT = Text("행사 폴더(기본: 현재 폴더)", "the event folder (default: this one)")
DAY = Text(
    "날: 번호, 아이디 또는 날짜(기본: 오늘, 없으면 다음 날)",
    "the day by number, id or date (default: today's or the next)",
)
LANG = Text("표시 언어(기본: 시스템 언어)", "language to speak (default: the system's)")
REHEARSE = Text(
    "리허설: 가상 OBS와 대체 화면으로, 실제 장비에는 아무것도 보내지 않음",
    "rehearse: simulated OBS and stand-in pictures; nothing is sent to real devices",
)
CLOCK = Text(
    "리허설을 이 시각부터 새로 시작, 예: ‘2020-06-02 21:55’ (기본: 그날 첫 순서 5분 전)",
    "begin the rehearsal anew at this time, as ‘2020-06-02 21:55’ (default: five minutes before the day begins)",
)
SPEED = Text(
    "리허설을 이 빠르기로 새로 시작(기본: 1)", "begin the rehearsal anew, its clock so many times as fast (default: 1)"
)
GUESTS = Text(
    "리허설 게스트가 멈추고 검어지고 끊기는 대본(docs/event-files.md)",
    "a script by which a rehearsal's guests freeze, go black and drop (docs/event-files.md)",
)
FRESH = Text(
    "처음부터 시작, 지난 기록은 보관(기본: 그날의 기록에서 이어 감)",
    "begin anew; the day's journal is put away and kept (default: go on where it ends)",
)
OBS_URL = Text(
    "이 출력면의 OBS 주소를 바꿈. 대기 OBS는 SURFACE-standby(여러 번 쓸 수 있음)",
    "another OBS address for one surface, for its standby SURFACE-standby (may be given several times)",
)
JSON_OUT = Text("결과를 JSON으로 출력", "print the result as JSON")
SURFACE = Text("이 출력면만(기본: 모두)", "only this surface (default: all)")
DRY = Text("보내지 않고 계획만 보여 줌", "send nothing, only show the plan")
ON_AIR = Text(
    "지금 나가고 있는 장면도 고침(기본: 미뤄 두고 알림)",
    "also change scenes that are on air (default: put off and say so)",
)
STAND_INS = Text(
    "이 기계에 없는 카메라·회선을 대체 화면으로", "stand-in pictures for cameras and feeds that this machine lacks"
)
DRY_SPEED = Text("시계의 빠르기(기본: 600배)", "how fast the clock runs (default: 600 times)")
DRY_OBS = Text("가상 OBS 또는 studio.yaml의 실제 OBS", "simulated OBS, or the real ones of studio.yaml")
FROM = Text("이 큐(번호나 아이디)부터", "from this cue (number or id)")
TO = Text("이 큐(번호나 아이디)까지", "up to this cue (number or id)")
JSON_FILE = Text("보고서를 이 파일에 씀(‘-’는 화면)", "write the report to this file (‘-’: print it)")
REHEARSAL = Text("방송이 아니라 리허설의 기록으로", "of the rehearsal, not of the show")
RUN = Text("몇 번째 기록(기본: 마지막, 목록은 --runs)", "which run (default: the last; --runs lists them)")
RUNS = Text("그날의 기록 목록만 보여 줌", "only list the runs of that day")
CSV = Text("이 파일에 표 하나를 CSV로(--table)", "one table into this file as CSV (--table)")
TABLE = Text("CSV에 쓸 표(기본: 큐)", "the table for the CSV (default: cues)")
XLSX = Text("이 파일에 엑셀로", "into this file as an Excel workbook")
PRINT_PDF = Text("이 파일에(A4 가로)", "into this file (A4 across)")
PRINT_LANG = Text("큐시트의 언어: 한국어, 영어, 둘 다", "language of the sheet: Korean, English, both")
DEPARTMENT = Text("이 부서의 큐시트만(기본: 전체)", "the sheet of one department (default: all)")
REPORT_PDF = Text("이 파일에 PDF로, 지연 그래프와 함께", "into this file as PDF, with the plot of the drift")
PLOT = Text("지연 그래프만 이 PNG나 SVG 파일에", "only the plot of the drift, into this PNG or SVG file")
PORT = Text("포트(0: 빈 포트를 골라 알림)", "port (0: a free one, which is printed)")
PASSWORD_ENV = Text("비밀번호가 들어 있는 환경 변수의 이름", "name of the environment variable that holds the password")
CANVAS = Text("화면 크기, 예: 1920x1080", "size of the canvas, as 1920x1080")
NEW_FOLDER = Text("새 폴더 또는 빈 폴더(기본: 현재 폴더)", "an empty folder, or a new one (default: this one)")
TITLE = Text("행사의 이름(기본: 폴더의 이름)", "the event's title (default: the folder's name)")
TITLE_EN = Text("영어 이름(기본: --title과 같음)", "its title in English (default: the same)")
DATE = Text("날짜, 여러 번 쓸 수 있음(기본: 오늘)", "its date; may be given several times (default: today)")
START = Text("하루가 시작되는 시각(기본: 14:00)", "when each day starts (default: 14:00)")
ZONE = Text("시간대(기본: Asia/Seoul)", "time zone of the hall (default: Asia/Seoul)")
SURFACES = Text(
    "출력면: one 송출(노트북의 OBS 하나), two 송출과 LED 월, four 두 언어까지(기본: one)",
    "one: the programme, from one OBS on a laptop; two: and an LED wall; four: and two languages (default: one)",
)
QUIET = Text("진행 표시를 하지 않음", "no progress bars")
VERSION = Text("버전을 보여 주고 끝냄", "show the version and end")
STOPPED = Text("중단했습니다", "Stopped")
SYSTEM = Text("시스템이 거부했습니다: {detail}", "The system refused: {detail}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command that ``arguments`` ask for; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(given)
    _speak_utf8()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        try:
            return _run(given, language)
        finally:
            # A reader that is gone is noticed here, and not by the interpreter's last breath.
            sys.stdout.flush()
    except UserError as error:
        for problem in getattr(error, "problems", ()):
            print(problem.show(language), file=sys.stderr)
        print(f"studio-console: {error.show(language)}", file=sys.stderr)
    except KeyboardInterrupt:
        print(STOPPED.show(language), file=sys.stderr)
    except BrokenPipeError:
        # ``studio-console check | head -1``: whoever read has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        detail = f"{where}{error.strerror or error}"
        print(f"studio-console: {SYSTEM.show(language, detail=detail)}", file=sys.stderr)
    return 2


def options_for(given: list[str], language: Language) -> argparse.Namespace:
    """What ``given`` asks for, the command among it, in ``language``. Raises UserError; SystemExit after help."""
    options = _parser(language).read(_with_command(given))
    options.asked_lang, options.lang = options.lang, language
    return options


def _run(given: list[str], language: Language) -> int:
    options = options_for(given, language)
    sys.setswitchinterval(SWITCH_INTERVAL)
    command: Any = importlib.import_module(f"studio_console.app.{options.command.replace('-', '_')}")
    status: int = command.run(options)
    return status


def _speak_utf8() -> None:
    """A console in another code page shows a replacement instead of stopping the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _with_command(given: list[str]) -> list[str]:
    """The command first: the language may stand before it, and ``desk`` is what is meant where none is named."""
    ahead = 0
    while ahead < len(given) and given[ahead].partition("=")[0] == "--lang":
        ahead += 2 if given[ahead] == "--lang" else 1
    rest = given[ahead:]
    if rest and rest[0] in ("-h", "--help", "--version"):
        return rest
    if rest and rest[0] in COMMANDS:
        return [rest[0], *given[:ahead], *rest[1:]]
    return ["desk", *given]


def _parser(language: Language) -> Parser:
    parser = Parser(language, "studio-console", DESCRIPTION, TOP_USAGE, EPILOG)
    parser.option("--version", action="version", version=f"studio-console {__version__}", help=VERSION)
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar="COMMAND",
        title=COMMAND_LIST.show(language),
        prog="studio-console",
        parser_class=Parser,
    )

    def command(name: str, *, day: bool = True, obs: bool = True, event: bool = True, lang: bool = True) -> Parser:
        # The desk needs no name, and its help is to be read as it is typed.
        prog = "studio-console" if name == "desk" else f"studio-console {name}"
        text = COMMANDS[name]
        form = EVENT_USAGE if event else FOLDER_USAGE if name == "new" else USAGE
        made = commands.add_parser(name, help=text.show(language), language=language, prog=prog, about=text, form=form)
        made.set_defaults(prog=prog)
        if event:
            made.value("event", nargs="?", default=".", metavar="EVENT", help=EVENT)
        if day:
            made.option("--day", metavar="D", help=DAY)
        if lang:
            made.option("--lang", choices=LANGUAGES, help=LANG)
        if obs:
            made.option("--obs-url", action="append", default=[], metavar="SURFACE=URL", help=OBS_URL)
        return made

    for name in WINDOWS:
        window = command(name)
        window.option("--rehearse", action="store_true", help=REHEARSE)
        window.option("--clock", metavar="TIME", help=CLOCK)
        window.option("--speed", metavar="N", help=SPEED)
        window.option("--guests", metavar="FILE", help=GUESTS)
        window.option("--fresh", action="store_true", help=FRESH)
        if name == "desk":
            parser.show_too(DESK, window)

    new = command("new", day=False, obs=False, event=False)
    new.value("event", nargs="?", default=".", metavar="FOLDER", help=NEW_FOLDER)
    new.option("--title", metavar="TEXT", help=TITLE)
    new.option("--title-en", metavar="TEXT", help=TITLE_EN)
    new.option("--date", action="append", default=[], metavar="DATE", help=DATE)
    new.option("--start", default="14:00", metavar="TIME", help=START)
    new.option("--zone", default="Asia/Seoul", metavar="ZONE", help=ZONE)
    new.option("--surfaces", choices=("one", "two", "four"), default="one", help=SURFACES)

    check = command("check", day=False, obs=False)
    check.option("--json", action="store_true", help=JSON_OUT)

    provision = command("provision")
    provision.option("--surface", metavar="S", help=SURFACE)
    provision.option("--dry-run", action="store_true", help=DRY)
    provision.option("--on-air", action="store_true", help=ON_AIR)
    provision.option("--stand-ins", action="store_true", help=STAND_INS)
    provision.option("--quiet", action="store_true", help=QUIET)

    preflight = command("preflight")
    preflight.option("--json", action="store_true", help=JSON_OUT)
    preflight.option("--stand-ins", action="store_true", help=STAND_INS)

    dry_run = command("dry-run")
    dry_run.option("--speed", default=600.0, metavar="N", help=DRY_SPEED)
    dry_run.option("--obs", choices=("simulated", "real"), default="simulated", help=DRY_OBS)
    dry_run.option("--from", dest="first", metavar="CUE", help=FROM)
    dry_run.option("--to", dest="last", metavar="CUE", help=TO)
    dry_run.option("--json", metavar="FILE", help=JSON_FILE)
    dry_run.option("--quiet", action="store_true", help=QUIET)

    sheet = command("print", obs=False, lang=False)
    sheet.option("--lang", choices=(*LANGUAGES, "both"), help=PRINT_LANG)
    sheet.option("--department", choices=DEPARTMENTS, default="all", help=DEPARTMENT)
    sheet.option("--pdf", metavar="FILE", help=PRINT_PDF)

    report = command("report", obs=False)
    report.option("--rehearsal", action="store_true", help=REHEARSAL)
    report.option("--run", metavar="N", help=RUN)
    report.option("--runs", action="store_true", help=RUNS)
    report.option("--csv", metavar="FILE", help=CSV)
    report.option("--table", choices=TABLES, default="cues", help=TABLE)
    report.option("--xlsx", metavar="FILE", help=XLSX)
    report.option("--pdf", metavar="FILE", help=REPORT_PDF)
    report.option("--plot", metavar="FILE", help=PLOT)

    simulate = command("simulate-obs", day=False, obs=False, event=False)
    simulate.option("--port", default="4455", metavar="P", help=PORT)
    simulate.option("--password-env", metavar="V", help=PASSWORD_ENV)
    simulate.option("--canvas", default="1920x1080", metavar="WxH", help=CANVAS)
    return parser

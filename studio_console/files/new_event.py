"""A new event from a template: its files as a function of what was asked for, and their writing into a folder."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from studio_console.core.first_start import NewEvent
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.core.written import Wrong
from studio_console.files.template_day import EVENT, PEOPLE, day_text
from studio_console.files.template_hall import hall_files
from studio_console.files.values import zone_of

HOLDING_BEFORE = 15
"""Minutes before its published start in which a day's holding slate stands."""
MOST_DAYS = 31
LONGEST_TITLE = 200

NO_TITLE = Text("행사 이름을 적으세요", "Give the event a title")
LONG_TITLE = Text("행사 이름이 너무 깁니다({most}자까지)", "The title is too long (up to {most} letters)")
NO_DATE = Text("날짜를 하나 이상 정하세요", "Choose at least one date")
DATE_YEAR = Text("날짜 {date}의 해는 2000–2099년이어야 합니다", "The date {date} has to be within 2000 to 2099")
MANY_DATES = Text("날짜는 {most}개까지입니다", "At most {most} dates")
SAME_DATE = Text("날짜 {date}이(가) 두 번 있습니다", "The date {date} is there twice")
BAD_START = Text(
    "시작 시각은 14:00처럼 00:00–23:59로 적으세요: ‘{given}’",
    "The start is a time from 00:00 to 23:59, such as 14:00: ‘{given}’",
)
NOT_EMPTY = Text(
    "{folder} 폴더가 비어 있지 않습니다(‘{name}’ 등). 아무것도 덮어쓰지 않으니 새 폴더 이름을 정하세요",
    "The folder {folder} is not empty (‘{name}’ and more). Nothing is overwritten: name a new folder",
)
NOT_A_FOLDER = Text("{folder}은(는) 폴더가 아니라 파일입니다", "{folder} is a file and no folder")
REFUSED = Text(
    "{folder} 폴더에 쓸 수 없습니다: {reason}. 다른 폴더를 고르세요",
    "The folder {folder} cannot be written: {reason}. Choose another one",
)


def event_files(new: NewEvent) -> Mapping[str, str]:
    """The texts of all files by their path in the folder. Raises UserError where ``new`` cannot be one."""
    title = Text(cleaned(new.title.ko) or cleaned(new.title.en), cleaned(new.title.en) or cleaned(new.title.ko))
    start, minutes = _start(new.start)
    _check(new, title)
    before = max(0, minutes - HOLDING_BEFORE)
    event = {"title": bilingual(title), "zone": new.time_zone, "id": event_id(title, new.dates[0]), "start": start}
    files = {**hall_files(new.hall), "rundown/event.yaml": EVENT, "rundown/people.yaml": PEOPLE}
    texts = {path: filled(text, event) for path, text in files.items()}
    for number, day in enumerate(new.dates, 1):
        name = title if len(new.dates) == 1 else Text(f"{number}일차", f"Day {number}")
        values = {
            **event,
            "n": str(number),
            "date": day.isoformat(),
            "day": bilingual(name),
            "letter": letter(number),
            "before": f"{before // 60:02}:{before % 60:02}",
        }
        texts[f"rundown/day-{number:02}.yaml"] = filled(day_text(new.hall, before < minutes), values)
    return texts


def write_event(folder: Path, new: NewEvent) -> None:
    """Writes the event into ``folder``, which is made if it is not there. Raises UserError.

    A folder with anything in it is refused, no file is ever overwritten, and what could not be written to its end
    is taken away again.
    """
    texts = event_files(new)
    check_free(folder)
    made: list[Path] = []
    try:
        for name, text in texts.items():
            path = folder / name
            for missing in [parent for parent in reversed(path.parents) if not parent.exists()]:
                missing.mkdir()
                made.append(missing)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
    except (OSError, ValueError) as error:
        _take_away(made)
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UserError(REFUSED, folder=folder, reason=reason) from None


def check_free(folder: Path) -> None:
    """Raises UserError unless an event can be made in ``folder``: it is empty, or not there."""
    try:
        if folder.exists() and not folder.is_dir():
            raise UserError(NOT_A_FOLDER, folder=folder)
        first = min((path.name for path in folder.iterdir()), default=None) if folder.exists() else None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UserError(REFUSED, folder=folder, reason=reason) from None
    if first is not None:
        raise UserError(NOT_EMPTY, folder=folder, name=first)


def _take_away(made: list[Path]) -> None:
    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _check(new: NewEvent, title: Text) -> None:
    if not title.ko:
        raise UserError(NO_TITLE)
    if max(len(title.ko), len(title.en)) > LONGEST_TITLE:
        raise UserError(LONG_TITLE, most=LONGEST_TITLE)
    if not new.dates:
        raise UserError(NO_DATE)
    if len(new.dates) > MOST_DAYS:
        raise UserError(MANY_DATES, most=MOST_DAYS)
    for place, day in enumerate(new.dates):
        if not 2000 <= day.year <= 2099:
            raise UserError(DATE_YEAR, date=day)
        if day in new.dates[:place]:
            raise UserError(SAME_DATE, date=day)
    try:
        zone_of(new.time_zone)
    except Wrong as wrong:
        hint = wrong.hint.filled(**wrong.values) if wrong.hint else None
        said = wrong.message.filled(**wrong.values)
        raise UserError(said if hint is None else Text(f"{said.ko}. {hint.ko}", f"{said.en}; {hint.en}")) from None


def _start(given: str) -> tuple[str, int]:
    """The start as ``HH:MM``, and in minutes after midnight."""
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", given.strip())
    if found is None:
        raise UserError(BAD_START, given=given)
    hours, minutes = int(found[1]), int(found[2])
    return f"{hours:02}:{minutes:02}", 60 * hours + minutes


def cleaned(title: str) -> str:
    """``title`` on one line, without signs that nobody can see to be there."""
    return " ".join("".join(" " if sign.isspace() else sign for sign in title if _kept(sign)).split())


def _kept(sign: str) -> bool:
    return sign.isspace() or (unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co") and sign != "\ufeff")


def quoted(text: str) -> str:
    """``text`` as YAML has it in double quotation marks, where every sign but two stands for itself."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bilingual(text: Text) -> str:
    return f"{{ko: {quoted(text.ko)}, en: {quoted(text.en)}}}"


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its ``«marks»`` filled in, once: a mark inside a value is only a word."""
    return re.sub("«([a-z]+)»", lambda found: values[found[1]], text)


def event_id(title: Text, day: date) -> str:
    """An id from the English title, as far as it has letters for one; with the date, so that two years differ."""
    words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", title.en).casefold())
    return "-".join([*words, day.isoformat()] if words else ["event", day.isoformat()])[-60:].lstrip("-")


def letter(number: int) -> str:
    """``A`` for the first day's cue numbers, ``B`` for the second, ``A2`` … after ``Z``."""
    round_, place = divmod(number - 1, 26)
    return chr(ord("A") + place) + (f"{round_ + 1}-" if round_ else "")

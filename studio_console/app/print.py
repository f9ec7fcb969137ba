"""``print``: the cue sheet of a day as PDF, whole or for one department."""

from __future__ import annotations

import argparse
from pathlib import Path

from studio_console.app.console import open_event
from studio_console.app.days import choose_day
from studio_console.app.versions import printed_now, version_of
from studio_console.core.problems import UserError
from studio_console.core.text import LANGUAGES, Language, Text
from studio_console.core.units import Instant
from studio_console.files.atomic import write_whole
from studio_console.runtime.clocks import wall_ms

BOTH = "both"
NO_FILE = Text("저장할 파일을 지정하세요: --pdf cue-sheet.pdf", "Say into which file: --pdf cue-sheet.pdf")
WRITTEN = Text("저장함: {file}, {pages}쪽", "Written: {file}, {pages} pages")


def run(options: argparse.Namespace) -> int:
    if not options.pdf:
        raise UserError(NO_FILE)
    opened = open_event(Path(options.event))
    day = choose_day(opened.event, options.day, Instant(wall_ms()))
    # Qt comes last: its import hook reads the source of every module that is imported after it.
    from studio_console.app.paper import cue_sheet_pdf
    from studio_console.gui.paper.cue_sheet import Department

    languages: tuple[Language, ...] = LANGUAGES if options.asked_lang == BOTH else (options.lang,)
    version, printed = version_of(opened.folder).text(opened.zone), printed_now(opened.zone)
    stamp = Text(f"{version.ko} · {printed.ko}", f"{version.en} · {printed.en}")
    content, pages = cue_sheet_pdf(opened, day, Department(options.department), languages, stamp)
    write_whole(Path(options.pdf), content)
    print(WRITTEN.show(options.lang, file=options.pdf, pages=pages))
    return 0

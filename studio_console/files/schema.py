"""JSON Schema of the event files, made from the tables that the decoders read by.

``python -m studio_console.files.schema docs/schema`` writes them. A schema says what an editor can know of one file
alone; what refers to other files, and what adds up, is found by ``check``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from studio_console.files.records import Record
from studio_console.files.rundown_tables import DAY_FILE, EVENT_FILE, PEOPLE_FILE
from studio_console.files.studio_tables import LAYOUT_FILE, STUDIO_FILE

KINDS: dict[str, tuple[Record, str]] = {
    "studio": (STUDIO_FILE, "layouts/studio.yaml: the hall · 공간"),
    "layouts": (LAYOUT_FILE, "layouts/*.yaml: layouts · 화면 구성"),
    "event": (EVENT_FILE, "rundown/event.yaml: the event · 행사"),
    "people": (PEOPLE_FILE, "rundown/people*.yaml: its participants · 참가자"),
    "day": (DAY_FILE, "rundown/day-*.yaml: a day's sessions and cues · 하루의 세션과 큐"),
}


def schema(kind: str) -> dict[str, Any]:
    """The schema of one kind of file: studio, layouts, event, people or day."""
    record, title = KINDS[kind]
    defs: dict[str, Any] = {}
    record.schema(defs)
    top = defs.pop(record.name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **top,
        "$defs": dict(sorted(defs.items())),
    }


def schema_text(kind: str) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def file_name(kind: str) -> str:
    return f"{kind}.schema.json"


def main(folder: Path) -> None:
    """Writes every schema into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        (folder / file_name(kind)).write_text(schema_text(kind), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Which state of the event files is meant, on paper: people compare two prints by it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from studio_console.core.text import Text
from studio_console.core.units import Instant, datetime_of
from studio_console.files.folder import snapshot
from studio_console.runtime.clocks import wall_ms

VERSION = Text("큐시트 버전 {mark} ({saved} 저장)", "rundown version {mark} (saved {saved})")
PRINTED = Text("출력 {at}", "printed {at}")


@dataclass(frozen=True, slots=True)
class Version:
    """``mark`` is the same for the same content, whatever the files' times are."""

    mark: str
    saved: Instant

    def text(self, zone: ZoneInfo) -> Text:
        return VERSION.filled(mark=self.mark, saved=datetime_of(self.saved, zone).strftime("%Y-%m-%d %H:%M"))


def version_of(folder: Path) -> Version:
    """The version of the event files in ``folder`` as they are now."""
    files = snapshot(folder)
    digest = hashlib.sha256()
    for name in sorted(files):
        try:
            content = (folder / name).read_bytes()
        except OSError:
            content = b""
        digest.update(f"{name}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    newest = max((modified for modified, _, _ in files.values()), default=0)
    return Version(digest.hexdigest()[:8], Instant(newest // 1_000_000))


def printed_now(zone: ZoneInfo) -> Text:
    """When this is printed, by the hall's clock."""
    return PRINTED.filled(at=datetime_of(Instant(wall_ms()), zone).strftime("%Y-%m-%d %H:%M"))

"""What a clip file is, asked of libvlc before air: whether it can be played, and how long it is.

As a program, ``python -m studio_console.devices.clipfile FILE …``, it says so in a line of JSON for each: a file that
libvlc cannot bear ends that process, and not the console.
"""

from __future__ import annotations

import importlib
import json
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio_console.core.text import Text
from studio_console.core.units import Duration

PARSE_LIMIT = 5.0
"""Seconds that libvlc may take to look into one file."""

NO_VLC = Text(
    "VLC가 없어 영상을 미리 열어 볼 수 없습니다. VLC를 설치하세요(Debian: apt install libvlc5 vlc-plugin-base)",
    "VLC is not installed, so clips cannot be looked into. Install VLC (Debian: apt install libvlc5 vlc-plugin-base)",
)
NO_FILE = Text("파일이 없습니다: {file}", "There is no such file: {file}")
NOT_PLAYABLE = Text(
    "{file}: 재생할 수 있는 영상이 아닙니다. 다시 내보내 주세요(H.264 MP4 권장)",
    "{file} is not a video that can be played: export it again (H.264 in MP4 is safe)",
)
TOO_SLOW = Text("{file}: {seconds}초 안에 열리지 않았습니다", "{file} could not be opened within {seconds} s")


TROUBLES = {"no file": NO_FILE, "not playable": NOT_PLAYABLE, "too slow": TOO_SLOW, "no vlc": NO_VLC}


@dataclass(frozen=True, slots=True)
class ClipFile:
    """What was found. ``trouble`` is None for a clip that plays; ``known`` False where it could not be asked."""

    duration: Duration | None = None
    trouble: Text | None = None
    known: bool = True


class ClipProbe:
    """One libvlc for as many files as are asked of it. Made once: loading its plugins takes a second."""

    def __init__(self) -> None:
        self._vlc: Any = None
        self._instance: Any = None
        try:
            # Importing it looks for the library, which a machine in rehearsal need not have.
            self._vlc = importlib.import_module("vlc")
            self._instance = self._vlc.Instance("--quiet", "--no-video-title-show")
        except (ImportError, OSError, NameError, AttributeError):
            self._instance = None

    def look_into(self, path: Path) -> ClipFile:
        """What the file is; waits for libvlc, at most PARSE_LIMIT seconds."""
        if not path.is_file():
            return ClipFile(trouble=NO_FILE)
        if self._instance is None:
            return ClipFile(trouble=NO_VLC, known=False)
        media = self._instance.media_new_path(str(path))
        parsed = threading.Event()
        # The reference has to outlive the parsing: libvlc calls it from a thread of its own.
        on_parsed = parsed.set
        events = media.event_manager()
        events.event_attach(self._vlc.EventType.MediaParsedChanged, lambda _event: on_parsed())
        try:
            flag = self._vlc.MediaParseFlag.local
            if media.parse_with_options(flag, round(PARSE_LIMIT * 1000)) != 0 or not parsed.wait(PARSE_LIMIT):
                return ClipFile(trouble=TOO_SLOW)
            kinds = [track.type for track in media.tracks_get() or ()]
            if self._vlc.TrackType.video not in kinds or media.get_duration() <= 0:
                return ClipFile(trouble=NOT_PLAYABLE)
            return ClipFile(duration=Duration(media.get_duration()))
        finally:
            events.event_detach(self._vlc.EventType.MediaParsedChanged)
            media.release()

    def close(self) -> None:
        if self._instance is not None:
            self._instance.release()
            self._instance = None


def to_line(found: ClipFile) -> str:
    trouble = next((name for name, text in TROUBLES.items() if text is found.trouble), None)
    return json.dumps({"duration": found.duration, "trouble": trouble, "known": found.known})


def from_line(line: str | bytes) -> ClipFile:
    """Raises ValueError for what is no such line."""
    try:
        said = json.loads(line)
        duration, trouble = said["duration"], said["trouble"]
        return ClipFile(
            None if duration is None else Duration(int(duration)),
            None if trouble is None else TROUBLES[trouble],
            bool(said["known"]),
        )
    except (TypeError, KeyError) as error:
        raise ValueError("not what was found in a clip") from error


def main(files: list[str]) -> int:
    probe = ClipProbe()
    try:
        for file in files:
            sys.stdout.write(to_line(probe.look_into(Path(file))) + "\n")
            sys.stdout.flush()
    finally:
        probe.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

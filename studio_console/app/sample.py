"""The sample event: a copy of the user's own, since whoever opens an event may also change it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.files.folder import EVENT, PARTS

PARTS_COPIED = (*PARTS, "assets")
SOURCE = Path(__file__).resolve().parents[2]
"""Where the program lies, and with it the sample."""

NO_SAMPLE = Text(
    "견본이 이 설치본에 없습니다. 프로그램의 소스 폴더에서 설치하거나 새 행사를 만드세요",
    "The sample is not part of this installation: install from the program's source folder, or make a new event",
)
NOT_COPIED = Text(
    "견본을 {folder}에 복사하지 못했습니다: {reason}", "The sample could not be copied to {folder}: {reason}"
)


def copy_sample(target: Path, source: Path = SOURCE) -> Path:
    """``target`` with a copy of the sample in it; one that is there already is taken as it is. Raises UserError."""
    if (target / EVENT).is_file():
        return target
    if not (source / EVENT).is_file():
        raise UserError(NO_SAMPLE)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Copied beside and then renamed: a copy that was broken off is never taken for the sample.
        beside = Path(tempfile.mkdtemp(prefix=".sample-", dir=target.parent))
        try:
            for part in PARTS_COPIED:
                if (source / part).is_dir():
                    shutil.copytree(source / part, beside / part, ignore=shutil.ignore_patterns(".*", "*.py", "__*"))
            beside.chmod(0o755)
            beside.rename(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UserError(NOT_COPIED, folder=target, reason=reason) from None
    return target

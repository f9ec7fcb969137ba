"""Draws the sample event's slates (Pillow) and clips (Pillow frames through ffmpeg) into this folder.

    python assets/draw_assets.py [--font FILE] [slates | clips | NAME …]

Needs ffmpeg and a font with Hangul for the words on the pictures. The results are kept in the repository, so this
runs only when a picture is to change. The clips are stand-ins made to be seen working: something always moves, a
countdown runs to the last frame, a beep marks each second.
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FPS = 25
INK = "#0c1b33"
DEEP = "#13294b"
LINE = "#2b4a7a"
ACCENT = "#1fa7a0"
WARM = "#f2b84b"
PAPER = "#f4f7fb"
QUIET = "#9db2d0"

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/truetype/nanum/NanumGothicBold.ttf",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
    "C:/Windows/Fonts/malgunbd.ttf",
)
KOREAN_FACE_OF_NOTO = 1


@dataclass(frozen=True, slots=True)
class Slate:
    """A still of ``size``; the lines stand in its middle, the motif lies around them."""

    name: str
    size: tuple[int, int]
    lines: tuple[str, ...] = ()
    accent: str = ACCENT
    motif: bool = True


@dataclass(frozen=True, slots=True)
class ClipSpec:
    """A clip of ``seconds`` with a Korean and an English title, and a line that says what it stands for."""

    name: str
    seconds: int
    ko: str
    en: str
    stands_for: str
    accent: str = ACCENT


SLATES = (
    Slate("ground-program", (1280, 720)),
    Slate("ground-wall", (1920, 1080)),
    Slate("plain-program", (1280, 720), motif=False),
    Slate("plain-wall", (1920, 1080), motif=False),
    Slate("holding-program", (1280, 720), ("잠시 기다려 주십시오", "We will be right with you")),
    Slate("holding-wall", (1920, 1080), ("잠시 기다려 주십시오", "We will be right with you")),
    Slate("declaration-program", (1280, 720), ("서울 선언", "Seoul Declaration"), WARM),
    Slate("declaration-wall", (1920, 1080), ("서울 선언", "Seoul Declaration"), WARM),
    Slate("no-line-yet", (1280, 720), ("아직 연결 전", "No line yet"), WARM),
)
STANDS_IN = "견본 영상 · Sample stand-in"
CLIPS = (
    ClipSpec("opening", 20, "도시, 함께 이겨 냅니다", "Together We Stand", "서밋 타이틀 · Summit titles"),
    ClipSpec("sting", 8, "도시, 함께 이겨 냅니다", "Together We Stand", "세션 타이틀 · Session titles"),
    ClipSpec("presummit", 15, "나의 일상 방역", "My Everyday Prevention", "프리서밋 · Pre-summit", WARM),
    ClipSpec("cities", 15, "42개 도시가 함께합니다", "Forty-two Cities, One Table", "시장 회의 · Mayors' meeting"),
    ClipSpec("message-climate", 20, "축하 메시지", "Message of Congratulation", STANDS_IN, "#5aa469"),
    ClipSpec("performance", 16, "온라인 공연", "Online Performance", STANDS_IN, "#b0568c"),
    ClipSpec("interview-nurse", 16, "인터뷰: 간호사, 대구", "Interview: Nurse, Daegu", STANDS_IN, "#c8553d"),
    ClipSpec("interview-shopkeeper", 16, "인터뷰: 상인, 서울", "Interview: Shopkeeper, Seoul", STANDS_IN, "#c8553d"),
    ClipSpec("interview-student", 16, "인터뷰: 유학생, 로마", "Interview: Student, Rome", STANDS_IN, "#c8553d"),
    ClipSpec("highlights", 20, "닷새의 기록", "Five Days in Pictures", "폐막 영상 · Closing film", WARM),
)


def font_file(given: str | None) -> str:
    """The font to write with. Raises SystemExit where there is none."""
    for name in (given, *FONTS):
        if name and Path(name).is_file():
            return name
    raise SystemExit("No font with Hangul found: give one with --font FILE")


class Pen:
    """Writes centred lines in one font at any size."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}

    def write(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, size: int, fill: str) -> None:
        if size not in self._sizes:
            face = KOREAN_FACE_OF_NOTO if self._file.endswith("CJK-Bold.ttc") else 0
            self._sizes[size] = ImageFont.truetype(self._file, size, index=face)
        draw.text(at, words, font=self._sizes[size], fill=fill, anchor="mm")


def motif(draw: ImageDraw.ImageDraw, size: tuple[int, int], accent: str) -> None:
    """Wide arcs rising from below, with dots on them for the cities; the upper 60 % stay calm for words."""
    width, height = size
    middle, foot = width / 2, height * 1.3
    for ring in range(6):
        tall = height * (0.38 + 0.065 * ring)
        wide = tall * 2.4
        draw.arc((middle - wide, foot - tall, middle + wide, foot + tall), 180, 360, fill=LINE, width=height // 360)
        for dot in range(7):
            angle = math.radians(218 + 104 * (dot + (ring % 2) / 2) / 6.5)
            x, y = middle + wide * math.cos(angle), foot + tall * math.sin(angle)
            lit = (dot + ring) % 3 == 0
            r = height / (90 if lit else 150)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=accent if lit else LINE)


def ground(size: tuple[int, int], accent: str, with_motif: bool) -> Image.Image:
    """The common background, drawn at twice its size for smooth edges."""
    double = (size[0] * 2, size[1] * 2)
    picture = Image.new("RGB", double, INK)
    draw = ImageDraw.Draw(picture)
    if with_motif:
        motif(draw, double, accent)
    draw.rectangle((0, double[1] - double[1] // 60, double[0], double[1]), fill=accent)
    return picture.resize(size, Image.Resampling.LANCZOS)


def draw_slate(slate: Slate, pen: Pen, folder: Path) -> Path:
    picture = ground(slate.size, slate.accent, slate.motif)
    draw = ImageDraw.Draw(picture)
    width, height = slate.size
    if slate.lines:
        # The upper third: the layouts put the cue's own caption below.
        pen.write(draw, (width / 2, height * 0.17), slate.lines[0], round(height * 0.085), PAPER)
        pen.write(draw, (width / 2, height * 0.27), slate.lines[1], round(height * 0.045), QUIET)
    file = folder / f"{slate.name}.png"
    picture.quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)
    return file


def frames(clip: ClipSpec, pen: Pen) -> Iterator[Image.Image]:
    """The pictures of a clip: title, moving dots, a bar and a countdown that reach their end with the last frame."""
    size = (1280, 720)
    base = ground(size, clip.accent, False)
    draw = ImageDraw.Draw(base)
    pen.write(draw, (640, 300), clip.ko, 68, PAPER)
    pen.write(draw, (640, 384), clip.en, 38, QUIET)
    pen.write(draw, (640, 80), clip.stands_for, 26, clip.accent)
    total = clip.seconds * FPS
    for number in range(total):
        picture = base.copy()
        draw = ImageDraw.Draw(picture)
        for dot in range(12):
            angle = math.tau * (dot / 12 + number / total)
            x, y, r = 640 + 520 * math.cos(angle), 310 + 170 * math.sin(angle), 9 if dot % 3 else 15
            draw.ellipse((x - r, y - r, x + r, y + r), fill=clip.accent if dot % 3 == 0 else LINE)
        done = (number + 1) / total
        draw.rectangle((160, 520, 1120, 528), fill=DEEP)
        draw.rectangle((160, 520, 160 + 960 * done, 528), fill=clip.accent)
        left = math.ceil((total - number) / FPS)
        pen.write(draw, (640, 610), f"−{left // 60:02d}:{left % 60:02d}", 76, PAPER if left > 5 else WARM)
        pen.write(draw, (1090, 650), f"{number // FPS:02d}:{number % FPS:02d}", 26, QUIET)
        yield picture


def render_clip(clip: ClipSpec, pen: Pen, folder: Path) -> Path:
    """H.264 and AAC in MP4, with the index at the front. Raises CalledProcessError with ffmpeg's exit status."""
    file = folder / f"{clip.name}.mp4"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "1280x720", "-r", str(FPS)]
    command += ["-i", "-", "-f", "lavfi", "-i", f"sine=frequency=330:beep_factor=3:duration={clip.seconds}"]
    command += ["-filter:a", "volume=-18dB", "-c:a", "aac", "-b:a", "48k", "-ac", "1", "-ar", "48000"]
    command += ["-c:v", "libx264", "-preset", "slow", "-crf", "30", "-g", "50", "-pix_fmt", "yuv420p"]
    command += ["-t", str(clip.seconds), "-movflags", "+faststart", "-map_metadata", "-1", str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for picture in frames(clip, pen):
            encoder.stdin.write(picture.tobytes())
        encoder.stdin.close()
        if encoder.wait():
            raise subprocess.CalledProcessError(encoder.returncode, command)
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description="Draws the sample event's slates and clips.")
    parser.add_argument("--font", help="font file with Hangul")
    parser.add_argument("only", nargs="*", metavar="NAME", help="slates, clips, or names of single ones")
    given = parser.parse_args()
    pen = Pen(font_file(given.font))
    wanted = set(given.only) or {"slates", "clips"}
    for folder in ("slates", "clips"):
        (HERE / folder).mkdir(exist_ok=True)
    made = [draw_slate(one, pen, HERE / "slates") for one in SLATES if wanted & {"slates", one.name}]
    made += [render_clip(one, pen, HERE / "clips") for one in CLIPS if wanted & {"clips", one.name}]
    for file in made:
        sys.stdout.write(f"{file.relative_to(HERE)}  {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()

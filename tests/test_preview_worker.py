"""A real preview worker with the real VLC: files and streams good and bad, its end in every way, and VLC hanging."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from studio_console.core.reports import Signal
from studio_console.devices.previews import reasons
from studio_console.devices.previews.media import obstacle
from studio_console.devices.previews.protocol import TOO_MANY_STUCK, Act, End, Hello, Play, Shed, Stop, Trick, to_line
from studio_console.devices.previews.reasons import REASONS
from studio_console.devices.previews.stream import STARVED_AFTER
from tests.ports import free_port, free_udp_port
from tests.preview_watch import undisturbed
from tests.preview_worker import WALL, RealWorker, encode, ffmpeg, worker
from tests.waiting import PATIENCE

CLOSE = replace(WALL, width=1280, height=720, fps=25, sound=True)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    encode(folder / "wide.ts", "640x360")
    encode(folder / "tall.ts", "202x358")
    encode(folder / "large.mp4", "1920x1080", seconds=1)
    encode(folder / "anamorphic.mp4", "720x576", "-aspect", "16:9")
    (folder / "changing.ts").write_bytes((folder / "wide.ts").read_bytes() + (folder / "tall.ts").read_bytes())
    return folder


@contextmanager
def serving(data: bytes, port: int = 0, keep: threading.Event | None = None) -> Iterator[int]:
    """An HTTP server that sends ``data`` as an endless stream at about its pace, until ``keep`` is set or it ends."""
    stop = keep or threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "video/mp2t")
            self.end_headers()
            try:
                for begin in range(0, len(data), 1880 * 8):
                    self.wfile.write(data[begin : begin + 1880 * 8])
                    if stop.wait(len(data) and 3 * 1880 * 8 / len(data)):
                        return
            except OSError:
                pass

        def log_message(self, format: str, *args: object) -> None:
            pass

    with web_server(Handler, port) as bound:
        try:
            yield bound
        finally:
            stop.set()


@contextmanager
def web_server(handler: Callable[..., BaseHTTPRequestHandler], port: int = 0) -> Iterator[int]:
    """Its port."""

    class Server(ThreadingHTTPServer):
        allow_reuse_address = True
        daemon_threads = False

    server = Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def red_and_blue(real: RealWorker, stream: int = 0) -> None:
    """The clip's picture as it is meant to be, from edge to edge."""
    picture = real.picture(stream)
    for x, y in ((0.03, 0.03), (0.03, 0.97), (0.45, 0.5)):
        red, _, blue = picture.getpixel((int(x * picture.width), int(y * picture.height)))  # type: ignore[misc]
        assert blue > 150 > 100 > red, (x, y)
    for x, y in ((0.97, 0.03), (0.97, 0.97), (0.55, 0.5)):
        red, _, blue = picture.getpixel((int(x * picture.width), int(y * picture.height)))  # type: ignore[misc]
        assert red > 150 > 100 > blue, (x, y)


# --- pictures --------------------------------------------------------------------------------------------------


def test_a_file_is_live_in_its_own_colours_and_shape(clips: Path) -> None:
    """Also one that is larger than its place, one that is upright, and one whose px are not square."""
    wanted = {"wide.ts": (640, 360), "large.mp4": (640, 360), "anamorphic.mp4": (640, 360)}
    with worker() as real:
        assert real.heard(Hello).vlc.startswith("3.")
        for stream, name in enumerate(wanted):
            real.play(clips / name, stream, job=stream + 1)
        for stream, (name, size) in enumerate(wanted.items()):
            assert real.report(Signal.LIVE, job=stream + 1).stream == stream
            real.new_pictures(3, stream)
            header = real.header(stream)
            assert (header.width, header.height, header.stride) == (*size, size[0] * 4), name
            red_and_blue(real, stream)
        real.play(clips / "tall.ts", 0, job=9)
        real.report(Signal.LIVE, job=9)
        real.until_aspect(202 / 358)
        red_and_blue(real)


def test_a_wall_has_ten_pictures_a_second(clips: Path) -> None:
    """Of the 25 that are sent; a busy machine may have fewer, never more."""
    with worker() as real:
        real.play(clips / "wide.ts")
        real.report(Signal.LIVE)
        begun = time.monotonic()
        real.new_pictures(15)
        assert time.monotonic() - begun >= 1.3


def test_a_change_of_size_in_mid_stream_stays_in_its_place(clips: Path) -> None:
    """The guest turns the telephone. The neighbours' memory is not written to."""
    with worker() as real:
        real.play(clips / "changing.ts", stream=1)
        for aspect in (640 / 360, 202 / 358, 640 / 360):
            real.until_aspect(aspect, 1)
            real.new_pictures(3, 1)
        assert real.process.poll() is None
        for stream in (0, 2):
            assert real.header(stream).sequence == 0
            for number in range(3):
                slot = real.memory.slot(stream, number)
                assert not any(bytes(slot))
                slot.release()


# --- what cannot be played --------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_played_is_said_and_played_once_it_can(clips: Path, tmp_path: Path) -> None:
    """Missing, a folder, empty, no video; then somebody copies the right one into place."""
    (tmp_path / "folder.ts").mkdir()
    (tmp_path / "empty.ts").write_bytes(b"")
    (tmp_path / "text.ts").write_bytes(b"not a video at all\n" * 500)
    bad = {
        "missing.ts": reasons.NO_FILE,
        "folder.ts": reasons.NOT_A_FILE,
        "empty.ts": reasons.EMPTY_FILE,
        "text.ts": reasons.NO_PICTURE,
    }
    with worker(replace(WALL, streams=4)) as real:
        for stream, name in enumerate(bad):
            real.play(tmp_path / name, stream, job=stream + 1)
        for stream, reason in enumerate(bad.values()):
            assert real.report(Signal.UNPLAYABLE, job=stream + 1).reason == reason
        (tmp_path / "folder.ts").rmdir()
        for stream, name in enumerate(bad):
            shutil.copy(clips / "wide.ts", tmp_path / f"copied {name}")
            (tmp_path / f"copied {name}").replace(tmp_path / name)
            real.report(Signal.LIVE, job=stream + 1)


@pytest.mark.parametrize(
    ("kind", "location", "reason"),
    [
        ("url", "ndi://hall", reasons.THROUGH_OBS),
        ("url", "https://", ""),
        ("url", "nonsense", reasons.UNKNOWN),
        ("url", "gopher://a", reasons.UNKNOWN),
        ("device", "No Such Camera", reasons.NO_DEVICE),
        ("file", "a\0b", reasons.NO_FILE),
        ("film", "x", reasons.UNKNOWN),
    ],
)
def test_what_cannot_be_opened_is_known_beforehand(kind: str, location: str, reason: str) -> None:
    if kind == "device" and sys.platform != "linux":
        pytest.skip("the system is not asked for its devices' names here")
    assert obstacle(Play(0, 1, kind, location)) == reason


def test_every_reason_has_a_text_and_its_code_is_used() -> None:
    codes = {name: value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)}
    assert set(codes.values()) == set(REASONS)
    folder = Path(reasons.__file__).parents[2]
    sources = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py") if path != Path(reasons.__file__))
    assert [name for name in codes if not re.search(rf"\breasons\.{name}\b|\bREASONS\[{name}\]", sources)] == []


# --- streams that come and go -----------------------------------------------------------------------------------


def test_a_peer_that_is_not_there_is_lost_and_live_once_it_is(clips: Path) -> None:
    """And lost again when it stops sending, and back again when it is back; each is said once."""
    data = (clips / "wide.ts").read_bytes()
    port = free_port()
    with worker() as real:
        real.play(f"http://127.0.0.1:{port}/a.ts", kind="url")
        assert real.report(Signal.LOST).reason in (reasons.REFUSED, reasons.ENDED)
        ends = threading.Event()
        with serving(data * 20, port, ends):
            real.report(Signal.LIVE)
            before = len(real.reports())
        assert real.report(Signal.LOST, after=before).reason in (reasons.ENDED, reasons.STANDS_STILL)
        before = len(real.reports())
        with serving(data * 20, port):
            real.report(Signal.LIVE, after=before)
        signals = [report.signal for report in real.reports()]
        assert signals[:3] == [Signal.CONNECTING, Signal.LOST, Signal.LIVE]
        assert all(first is not second for first, second in pairwise(signals))


def test_udp_that_falls_silent_is_frozen_and_then_lost(clips: Path) -> None:
    """Nothing tells VLC that it is over; and once it goes on it is live again, by itself."""
    port = free_udp_port()
    send = [
        "ffmpeg",
        "-v",
        "error",
        "-re",
        "-stream_loop",
        "-1",
        "-i",
        str(clips / "wide.ts"),
        "-c",
        "copy",
        "-f",
        "mpegts",
    ]
    command = [*send, f"udp://127.0.0.1:{port}?pkt_size=1316"]
    with worker() as real:
        real.play(f"udp://@127.0.0.1:{port}", kind="url")
        sender = psutil.Popen(command, stdin=subprocess.DEVNULL)
        try:
            real.report(Signal.LIVE)
        finally:
            before = len(real.reports())
            sender.kill()
            sender.wait()
        frozen = real.report(Signal.FROZEN, after=before)
        lost = real.report(Signal.LOST, after=before)
        assert frozen.ago_ms >= STARVED_AFTER * 1000, "no byte comes any more: it need not stand for longer"
        assert lost.reason == reasons.STANDS_STILL
        assert lost.ago_ms >= 2000
        before = len(real.reports())
        sender = psutil.Popen(command, stdin=subprocess.DEVNULL)
        try:
            real.report(Signal.LIVE, after=before)
        finally:
            sender.kill()
            sender.wait()


@pytest.mark.parametrize(("trick", "was"), [(Trick.FREEZE, Signal.FROZEN), (Trick.BLACK, Signal.BLACK)])
def test_who_stands_is_not_live_to_a_new_player(trick: Trick, was: Signal) -> None:
    """What it is told of them holds, and since when, until they are seen to move."""
    with worker() as real:
        real.order(Play(0, 1, "drawn", "Lima", was=was, was_for_ms=7_000))
        real.order(Act(0, trick))
        assert real.report(was).ago_ms >= 7_000
        real.new_pictures(20)
        assert {report.signal for report in real.reports()} <= {Signal.CONNECTING, Signal.FROZEN, Signal.BLACK}
        real.order(Act(0, Trick.BACK))
        real.report(Signal.LIVE)


def test_a_dead_playlist_is_lost_however_often_it_is_played(clips: Path, tmp_path: Path) -> None:
    """HLS: the sender is gone, and the web server goes on handing out its last pieces."""
    pieces = ("-f", "hls", "-hls_time", "1", "-hls_flags", "omit_endlist")
    ffmpeg("-i", str(clips / "wide.ts"), "-c", "copy", *pieces, str(tmp_path / "a.m3u8"))
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            asked.append(self.path)

    with web_server(partial(Handler, directory=str(tmp_path))) as port, worker() as real:
        real.play(f"http://127.0.0.1:{port}/a.m3u8", kind="url")
        real.report(Signal.LIVE)
        assert real.report(Signal.LOST).reason in (reasons.STANDS_STILL, reasons.ENDED)
        told, played = len(real.reports()), asked.count("/a0.ts")
        shown = real.header().sequence
        real.until(lambda: asked.count("/a0.ts") > played and real.header().sequence > shown + 10, "played again")
        assert Signal.LIVE not in [report.signal for report in real.reports()[told:]]


def test_a_stopped_stream_says_nothing_more_and_another_one_takes_its_place(clips: Path) -> None:
    with worker() as real:
        real.play(clips / "wide.ts", job=1)
        real.report(Signal.LIVE, job=1)
        real.order(Stop(0))
        real.play("Seoul", job=2, kind="drawn")
        real.report(Signal.LIVE, job=2)
        assert undisturbed([report.signal for report in real.reports(1)])
        real.play(clips / "wide.ts", job=3)
        real.report(Signal.LIVE, job=3)
        real.new_pictures(3)
        red_and_blue(real)


def test_under_pressure_there_are_fewer_pictures_and_then_keyframes_only(clips: Path) -> None:
    """And all of them again when it is over; a picture that changes once a second is not called frozen."""
    seen: dict[int, int] = {}

    def different(real: RealWorker) -> int:
        """How many of the last ten pictures differ; VLC shows one again and again until the next comes."""
        sequence = real.header().sequence
        if sequence not in seen:
            seen[sequence] = hash(real.picture().tobytes())
        newest = list(seen)[-10:]
        return len({seen[number] for number in newest}) if len(newest) == 10 else -1

    with worker(replace(WALL, frozen_after=1200)) as real:
        real.play(clips / "wide.ts")
        real.report(Signal.LIVE)
        real.order(Shed(1))
        real.new_pictures(2)
        begun = time.monotonic()
        real.new_pictures(8)
        assert time.monotonic() - begun > 1.2
        assert len(real.alive) > 0
        real.until(lambda: different(real) > 7, "all pictures")
        real.order(Shed(2))
        real.until(lambda: 0 < different(real) <= 4, "keyframes only")
        seen.clear()
        before = len(real.reports())
        real.until(lambda: 0 < different(real) <= 4, "keyframes only, still")
        assert Signal.FROZEN not in [report.signal for report in real.reports()[before:]]
        real.order(Shed(0))
        seen.clear()
        real.until(lambda: different(real) > 7, "all pictures again")


# --- the console misbehaves, or is gone -------------------------------------------------------------------------


@pytest.mark.parametrize("setup", [WALL, CLOSE])
def test_it_ends_when_the_console_does(clips: Path, setup: object) -> None:
    """Its input ends, whatever it is doing: within a second nothing is left of it."""
    with worker(setup) as real:  # type: ignore[arg-type]
        for stream in range(3):
            real.play(clips / "wide.ts", stream, job=stream + 1, sound=True)
        real.report(Signal.LIVE)
        assert real.process.stdin is not None
        real.process.stdin.close()
        assert real.ended(within=PATIENCE) == 0


def test_it_ends_before_vlc_is_there() -> None:
    """The console was closed again at once."""
    with worker() as real:
        assert real.process.stdin is not None
        real.process.stdin.close()
        assert real.ended(within=PATIENCE) == 0


def test_it_ends_when_told_to(clips: Path) -> None:
    with worker() as real:
        real.play(clips / "wide.ts")
        real.report(Signal.LIVE)
        real.order(End())
        assert real.ended(within=PATIENCE) == 0


def test_what_is_no_order_is_left_out(clips: Path) -> None:
    """Garbage, a line without end, orders for streams that are not there, reports as orders, numbers out of range."""
    with worker() as real:
        real.heard(Hello)
        real.write(b"\xff\xfe\0garbage\n{}\n[]\n" + b"x" * 200_000 + b"\n" + b"[" * 60_000 + b"\n")
        for order in (
            Play(99, 1, "file", "x"),
            Play(-1, 1, "file", "x"),
            Stop(99),
            Act(0, Trick.DROP),
            Shed(77),
            Shed(0),
        ):
            real.order(order)
        real.write(to_line(Hello("1")).encode())
        real.play(clips / "wide.ts", job=5)
        real.report(Signal.LIVE, job=5)
        assert real.process.poll() is None


def test_a_setup_that_is_none_ends_it_with_a_status() -> None:
    for argument in ([], ["{}"], ["nonsense"], [replace(WALL, memory="studio-console-previews-0-none").to_argument()]):
        command = [sys.executable, "-m", "studio_console.devices.previews.worker", *argument]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
        assert done.returncode == 2


def test_it_gives_signs_of_life_again_and_again() -> None:
    with worker() as real:
        real.until(lambda: len(real.alive) >= 9)


def test_an_address_is_in_nothing_it_says() -> None:
    """Neither in a report nor on its output for errors."""
    with worker() as real:
        real.play("srt://127.0.0.1:9?passphrase=hiddenhidden", kind="url")
        real.play("http://guest:hiddenhidden@127.0.0.1:9/a.ts?key=hiddenhidden", 1, job=2, kind="url")
        real.report(Signal.LOST, job=2)
        real.order(End())
        real.ended(within=PATIENCE)
        said = repr(real.said)
    assert "hidden" not in said + real.complaints


# --- VLC misbehaves ---------------------------------------------------------------------------------------------

HANGS = """
import os, sys, threading
from studio_console.devices.previews import player, worker
player.Player._end = lambda self: threading.Event().wait()
os._exit(worker.main(["", sys.argv[1]]))
"""


def test_a_stop_that_hangs_costs_a_second_and_nobody_else_anything(clips: Path) -> None:
    """As rtsp does with a peer that says nothing. What hangs writes into nobody's picture."""
    with worker(replace(WALL, frozen_after=1500), program=["-c", HANGS]) as real:
        real.play(clips / "wide.ts", 0, job=1)
        real.play(clips / "wide.ts", 1, job=2)
        real.report(Signal.LIVE, job=1)
        real.report(Signal.LIVE, job=2)
        real.play("Busan", 0, job=3, kind="drawn")
        real.report(Signal.LIVE, job=3)
        real.new_pictures(5)
        assert real.picture().getpixel((5, 300))[0] < 150  # type: ignore[index]
        assert undisturbed([report.signal for report in real.reports(2)])


def test_it_ends_though_every_stop_hangs(clips: Path) -> None:
    with worker(program=["-c", HANGS]) as real:
        for stream in range(3):
            real.play(clips / "wide.ts", stream, job=stream + 1)
            real.report(Signal.LIVE, job=stream + 1)
        assert real.process.stdin is not None
        real.process.stdin.close()
        real.ended(within=PATIENCE)


def test_when_too_many_hang_it_asks_to_be_replaced(clips: Path) -> None:
    with worker(program=["-c", HANGS]) as real:
        for stream in range(3):
            real.play(clips / "wide.ts", stream, job=stream + 1)
            real.report(Signal.LIVE, job=stream + 1)
        for stream in range(3):
            real.order(Stop(stream))
        assert real.ended(within=PATIENCE) == TOO_MANY_STUCK


def test_without_vlc_the_rehearsal_goes_on() -> None:
    """It says what is missing, for itself and for every guest it cannot show; drawn guests are live."""
    environment = {**os.environ, "PYTHON_VLC_LIB_PATH": "/nowhere/libvlc.so.5"}
    with worker(environment=environment) as real:
        hello = real.heard(Hello)
        assert (hello.vlc, hello.problem) == ("", reasons.NO_VLC)
        real.play("udp://@127.0.0.1:9", kind="url", job=1)
        real.play("Seoul", 1, job=2, kind="drawn")
        assert real.report(Signal.UNPLAYABLE, job=1).reason == reasons.NO_VLC
        real.report(Signal.LIVE, job=2)

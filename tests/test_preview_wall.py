"""The preview wall with real worker processes, without VLC: whatever dies, hangs or talks nonsense, the others go on.

Every picture of the fake workers carries who made it and for whom (``Mark``), so that a picture in the wrong place, or
one that only looks alive, is seen as such.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest
from PIL import Image

from studio_console.core.events import ShowEvent
from studio_console.core.ports import Load, Picture, Previews
from studio_console.core.previews import DrawnPreview, Source, Wish
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import FilePreview, PicturePreview, StreamPreview
from studio_console.core.studio import GuestRules
from studio_console.core.units import PersonId
from studio_console.devices.previews import pool, wall, words
from studio_console.devices.previews.lanes import Lane
from studio_console.devices.previews.memory import PREFIX
from studio_console.devices.previews.outputs import Outputs
from studio_console.devices.previews.reasons import NO_SOUND, NO_VLC, REASONS
from studio_console.devices.previews.setup import Setup
from studio_console.devices.previews.shedding import UNHEARD_AFTER, Patience, patience
from studio_console.devices.previews.wall import PreviewWall
from studio_console.devices.previews.workers import Worker
from tests import fake_preview_worker
from tests.fake_preview_worker import Mark, place_of
from tests.waiting import PATIENCE, wait_until

FAKE = Path(fake_preview_worker.__file__)
WELL = (Signal.LIVE, None)


def drawn(*labels: str) -> dict[PersonId, Wish]:
    """A guest of each label, named after it."""
    return {PersonId(label): Wish(DrawnPreview(label)) for label in labels}


class Seat:
    """A wall with its workers, and all that it posted."""

    def __init__(self, folder: Path, mode: str = "", streams: int = 8, spare: bool = False) -> None:
        self.started = 0
        self.mode = mode
        self.heard: list[GuestSeen] = []
        self.wall = PreviewWall(GuestRules(), folder, command=self._command, streams_per_worker=streams, spare=spare)
        self.previews: Previews = self.wall

    def _command(self, setup: Setup) -> list[str]:
        self.started += 1
        return [sys.executable, str(FAKE), setup.to_argument(), self.mode]

    def start(self) -> Seat:
        self.wall.start(self._post)
        return self

    def _post(self, event: ShowEvent) -> None:
        assert isinstance(event, GuestSeen)
        self.heard.append(event)

    def show(self, wishes: Mapping[PersonId, Wish]) -> None:
        self.wall.show(wishes)

    def show_live(self, wishes: Mapping[PersonId, Wish]) -> None:
        self.show(wishes)
        wait_until(lambda: all(self.state(guest) == WELL for guest in wishes), lambda: self.heard)

    def state(self, guest: str) -> tuple[Signal, object] | None:
        told = [(event.signal, event.reason) for event in self.heard if event.guest == guest]
        return told[-1] if told else None

    def signals(self, guest: str) -> list[Signal]:
        return [event.signal for event in self.heard if event.guest == guest]

    def picture(self, guest: str) -> Picture:
        picture = self.wall.picture(PersonId(guest))
        assert picture is not None
        return picture

    def mark(self, guest: str) -> Mark:
        return Mark.of(self.picture(guest).data)

    def wait_for_state(self, guest: str, state: tuple[Signal, object]) -> None:
        wait_until(lambda: self.state(guest) == state)

    def wait_for_others(self, pid: int, guests: list[str]) -> None:
        """Until their pictures come from another worker than ``pid``."""
        wait_until(lambda: all(self.mark(guest).pid != pid for guest in guests))

    def goes_on(self, guest: str) -> bool:
        """Waits until the guest has three further pictures."""
        seen: set[int] = set()

        def further() -> bool:
            seen.add(self.picture(guest).sequence)
            return len(seen) > 3

        wait_until(further)
        return True


def be_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "patience", lambda full, opening, hung_before: Patience(PATIENCE, PATIENCE))
    monkeypatch.setattr(pool, "UNHEARD_AFTER", PATIENCE)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only where it is about workers that hang is one given up: on a slow machine good ones are silent for a while."""
    be_patient(monkeypatch)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    made = Seat(tmp_path).start()
    yield made
    made.wall.close()


def workers() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and str(FAKE) in child.cmdline()
    ]


def in_memory(owner: int = os.getpid()) -> list[str]:
    shared = Path("/dev/shm")
    return [path.name for path in shared.glob(f"{PREFIX}{owner}-*")] if shared.is_dir() else []


# --- how it should be -------------------------------------------------------------------------------------------


def test_every_guest_of_a_full_day_has_a_picture_of_their_own(seat: Seat) -> None:
    guests = [f"guest {number}" for number in range(42)]
    seat.show_live(drawn(*guests))
    assert seat.started == 6
    for guest in guests:
        assert seat.mark(guest).location == place_of(guest)
        assert seat.signals(guest) == [Signal.CONNECTING, Signal.LIVE]
        assert seat.goes_on(guest)
    assert in_memory() == []
    assert {process.nice() for process in workers()} == {psutil.Process().nice() + wall.WALL_NICE}


def test_pictures_come_in_three_places_that_can_be_wrapped_once(seat: Seat) -> None:
    seat.show_live(drawn("a"))
    wrapped: dict[int, memoryview] = {}
    sequences: list[int] = []

    def all_three() -> bool:
        picture = seat.picture("a")
        sequences.append(picture.sequence)
        assert wrapped.setdefault(picture.key, picture.data) is picture.data
        assert (picture.width, picture.height) == (fake_preview_worker.WIDTH, fake_preview_worker.HEIGHT)
        assert picture.data.readonly
        assert len(picture.data) == picture.stride * picture.height
        return len(wrapped) == 3 and len(set(sequences)) >= 12

    wait_until(all_three)
    assert len(wrapped) == 3
    assert sequences == sorted(sequences)


def test_the_same_wishes_again_and_again_cost_nothing(seat: Seat) -> None:
    seat.show_live(drawn("a", "b"))
    job, heard = seat.mark("a").job, len(seat.heard)
    for _ in range(100):
        seat.show(drawn("a", "b"))
    assert seat.goes_on("a")
    assert seat.mark("a").job == job
    assert len(seat.heard) == heard
    assert seat.started == 1


def test_one_guest_more_and_one_less_leave_the_others_alone(seat: Seat) -> None:
    seat.show_live(drawn("a", "b"))
    job = seat.mark("a").job
    seat.show_live(drawn("a", "c"))
    wait_until(lambda: seat.wall.picture(PersonId("b")) is None)
    assert seat.mark("a").job == job
    assert seat.mark("c").location == place_of("c")


def test_a_source_is_changed_while_it_runs(seat: Seat) -> None:
    seat.show_live(drawn("a", "b"))
    before = seat.picture("a")
    seat.show({PersonId("a"): Wish(DrawnPreview("nothing")), **drawn("b")})
    wait_until(lambda: seat.state("a") == (Signal.CONNECTING, None))
    # The last picture of the old one stays until there is a new one.
    assert seat.mark("a").location == place_of("a")
    assert seat.picture("a").sequence > before.sequence
    seat.show({PersonId("a"): Wish(DrawnPreview("other")), **drawn("b")})
    wait_until(lambda: seat.state("a") == WELL)
    assert seat.mark("a").location == place_of("other")
    assert seat.signals("b") == [Signal.CONNECTING, Signal.LIVE]


def test_who_takes_over_a_place_never_has_the_picture_of_who_was_there(tmp_path: Path) -> None:
    seat = Seat(tmp_path, streams=1).start()
    try:
        seat.show_live(drawn("a"))
        seat.show(drawn("nothing"))
        wait_until(lambda: seat.state("nothing") is not None)
        assert seat.wall.picture(PersonId("nothing")) is None
        seat.show(drawn("slow b"))
        first = wait_until(lambda: seat.wall.picture(PersonId("slow b")))
        assert Mark.of(first.data).location == place_of("slow b")
    finally:
        seat.wall.close()


def test_what_a_worker_says_of_a_guest_is_told_once(seat: Seat) -> None:
    seat.show_live(drawn("a", "b"))
    for trick, signal_ in (("freeze", Signal.FROZEN), ("black", Signal.BLACK), ("drop", Signal.LOST)):
        seat.wall.act(PersonId("a"), trick)
        seat.wait_for_state("a", (signal_, None))
    last = seat.picture("a")
    assert seat.picture("a") == last
    seat.wall.act(PersonId("a"), "back")
    wait_until(lambda: seat.state("a") == WELL)
    assert seat.signals("a") == [
        *(Signal.CONNECTING, Signal.LIVE, Signal.FROZEN, Signal.BLACK, Signal.LOST, Signal.LIVE),
    ]
    assert seat.signals("b") == [Signal.CONNECTING, Signal.LIVE]
    with pytest.raises(ValueError):
        seat.wall.act(PersonId("a"), "somersault")


# --- looking closer ---------------------------------------------------------------------------------------------


def closely(*labels: str, looked_at: bool = True) -> dict[PersonId, Wish]:
    return {PersonId(name): Wish(DrawnPreview(name), fast=True, sound=True, looked_at=looked_at) for name in labels}


def test_looking_closer_never_costs_the_picture(seat: Seat) -> None:
    seat.show_live(drawn("slow a", "b"))
    assert seat.mark("slow a").fps == wall.WALL_FPS
    assert seat.wall.level(PersonId("slow a")) is None
    told = len(seat.heard)
    for wishes, fps in ((closely("slow a"), wall.CLOSE_FPS), (drawn("slow a"), wall.WALL_FPS)) * 2:
        seat.show(wishes | drawn("b"))
        last = seat.picture("slow a").sequence
        while seat.mark("slow a").fps != fps:
            assert seat.goes_on("slow a")
            assert seat.picture("slow a").sequence > last
            last = seat.picture("slow a").sequence
        assert seat.mark("slow a").location == place_of("slow a")
    assert len(seat.heard) == told
    assert seat.mark("b").fps == wall.WALL_FPS


@pytest.mark.expects_log(r"preview worker \d+ ended")
def test_who_stands_still_is_not_live_for_being_looked_at(seat: Seat) -> None:
    """The first picture of another player is the old one. Nor are they when their worker is killed; and the time for
    which they stand goes on."""
    seat.show(drawn("stands"))
    seat.wait_for_state("stands", (Signal.FROZEN, None))
    stood, told = time.monotonic(), len(seat.heard)
    for wishes, fps in ((closely("stands"), wall.CLOSE_FPS), (drawn("stands"), wall.WALL_FPS)):
        seat.show(wishes)
        wait_until(lambda fps=fps: seat.mark("stands").fps == fps)
    assert len(seat.heard) == told
    os.kill(seat.mark("stands").pid, signal.SIGKILL)
    wait_until(lambda: len(seat.heard) >= told + 2)
    assert [event.signal for event in seat.heard[told:]] == [Signal.CONNECTING, Signal.FROZEN]
    assert 0 < seat.heard[-1].ago <= (time.monotonic() - stood) * 1000 + 1000


def test_the_level_is_known_where_sound_is_decoded(seat: Seat) -> None:
    seat.show_live(closely("a") | drawn("b"))
    wait_until(lambda: seat.wall.level(PersonId("a")) == -20.0)
    assert seat.wall.level(PersonId("b")) is None
    assert seat.wall.level(PersonId("nobody")) is None


def test_a_sender_who_has_no_second_connection_to_give_is_noticed(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "CLOSE_WITHIN", 0.3)
    seat.show_live(drawn("only-once"))
    told = len(seat.heard)
    seat.show(closely("only-once", looked_at=False))
    wait_until(lambda: seat.wall._alone)
    assert seat.goes_on("only-once")
    assert len(seat.heard) == told
    seat.show(closely("only-once"))
    wait_until(lambda: seat.state("only-once") == (Signal.CONNECTING, words.MOVING))
    # The last picture stays.
    assert seat.mark("only-once").fps == wall.WALL_FPS


@pytest.mark.expects_log(r"preview worker \d+ ended")
def test_one_at_a_time_is_heard(seat: Seat) -> None:
    seat.show_live(closely("a") | drawn("b"))
    wait_until(lambda: seat.mark("a").fps == wall.CLOSE_FPS)
    assert not seat.mark("a").heard
    seat.wall.listen(PersonId("a"), "headphones")
    wait_until(lambda: seat.mark("a").heard)
    # Who is only on the wall is fetched.
    seat.wall.listen(PersonId("b"))
    wait_until(lambda: seat.mark("b").heard)
    assert not seat.mark("a").heard
    os.kill(seat.mark("b").pid, signal.SIGKILL)
    wait_until(lambda: seat.state("b") == WELL and seat.mark("b").heard)
    seat.wall.listen(None)
    wait_until(lambda: seat.mark("b").fps == wall.WALL_FPS)
    assert not seat.mark("a").heard


def test_who_has_no_sound_is_said_to_have_none(seat: Seat, tmp_path: Path) -> None:
    """A picture file, and a guest whose player never comes: PFL is not silent without a word."""
    Image.new("RGB", (64, 36), "#204060").save(tmp_path / "still.png")
    seat.show_live(closely("a"))
    seat.show(closely("a") | {PersonId("still"): Wish(PicturePreview("still.png"))})
    seat.wait_for_state("still", (Signal.STILL, words.STILL))
    seat.wall.listen(PersonId("still"))
    wait_until(lambda: seat.previews.not_heard == REASONS[NO_SOUND])
    seat.wall.listen(PersonId("a"))
    wait_until(lambda: seat.mark("a").heard)
    assert seat.previews.not_heard is None
    seat.wall.listen(PersonId("nobody"))
    wait_until(lambda: seat.previews.not_heard == REASONS[NO_SOUND])
    seat.wall.listen(None)
    wait_until(lambda: seat.previews.not_heard is None)


def test_sound_devices_are_listed_without_waiting_for_them() -> None:
    outputs = Outputs([sys.executable, "-c", """print('["headphones", "헤드폰"]')"""])
    assert outputs.names() == ()
    wait_until(lambda: outputs.names() == ("headphones", "헤드폰"))
    outputs.stop()
    outputs.join(5)


@pytest.mark.parametrize("code", ["import time; time.sleep(60)", "print('{')", "print(5)", "raise SystemExit(1)"])
def test_a_sound_system_that_hangs_or_talks_nonsense_costs_nothing(code: str) -> None:
    outputs = Outputs([sys.executable, "-c", code])
    assert outputs.names() == ()
    listing = outputs._thread
    assert listing is not None
    wait_until(lambda: "sleep" in code or not listing.is_alive())
    outputs.stop()
    outputs.join(30)
    assert not listing.is_alive()
    assert outputs.names() == ()


# --- bad days ---------------------------------------------------------------------------------------------------


@pytest.mark.expects_log(r"preview worker \d+ ended")
def test_a_killed_worker_is_replaced_and_nobody_else_notices(seat: Seat) -> None:
    guests = [f"guest {number}" for number in range(20)]
    seat.show_live(drawn(*guests))
    victim = seat.mark(guests[9]).pid
    hit = [guest for guest in guests if seat.mark(guest).pid == victim]
    spared = [guest for guest in guests if guest not in hit]
    before = {guest: seat.mark(guest).job for guest in guests}
    last = {guest: seat.picture(guest) for guest in hit}
    os.kill(victim, signal.SIGKILL)
    restarting = (Signal.CONNECTING, words.RESTARTING)
    wait_until(lambda: {event.guest for event in seat.heard if (event.signal, event.reason) == restarting} == set(hit))
    for guest in hit:
        # The last picture, which was handed out before, is still there, and so is a copy of it.
        assert Mark.of(last[guest].data).location == seat.mark(guest).location == place_of(guest)
    wait_until(lambda: all(seat.state(guest) == WELL for guest in hit))
    assert len(hit) == 8
    assert {seat.mark(guest).pid for guest in hit}.isdisjoint({victim})
    assert all(seat.goes_on(guest) for guest in guests)
    assert {guest: seat.mark(guest).job for guest in guests} == before
    assert all(seat.signals(guest) == [Signal.CONNECTING, Signal.LIVE] for guest in spared)
    assert in_memory() == []


@pytest.mark.expects_log(r"preview worker \d+ hangs")
def test_a_stopped_worker_is_replaced(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "patience", patience)
    guests = [f"guest {number}" for number in range(20)]
    seat.show_live(drawn(*guests))
    victim = seat.mark(guests[0]).pid
    hit = [guest for guest in guests if seat.mark(guest).pid == victim]
    os.kill(victim, signal.SIGSTOP)
    wait_until(lambda: all(seat.mark(guest).pid != victim and seat.state(guest) == WELL for guest in hit))
    wait_until(lambda: not psutil.pid_exists(victim))
    assert all(seat.signals(guest) == [Signal.CONNECTING, Signal.LIVE] for guest in guests if guest not in hit)


def test_a_worker_without_a_sign_of_life_is_said_before_it_is_given_up(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was just told to play somebody, which may take a while: meanwhile nobody in it looks live. It comes back."""
    monkeypatch.setattr(pool, "UNHEARD_AFTER", UNHEARD_AFTER)
    seat.show_live(drawn("a", "b"))
    (worker,) = workers()
    worker.send_signal(signal.SIGSTOP)
    wait_until(lambda: seat.state("a") == seat.state("b") == (Signal.FROZEN, words.NO_SIGN))
    assert min(event.ago for event in seat.heard if event.signal is Signal.FROZEN) >= 1000
    worker.send_signal(signal.SIGCONT)
    wait_until(lambda: seat.state("a") == seat.state("b") == WELL)
    assert seat.goes_on("a")
    assert seat.started == 1


@pytest.mark.expects_log("makes no sense")
def test_garbage_on_its_output_is_not_listened_to(seat: Seat) -> None:
    seat.show_live(drawn("garbage", "a"))
    assert seat.goes_on("garbage")
    assert seat.started == 1


@pytest.mark.expects_log("preview worker")
@pytest.mark.parametrize("poison", ["die", "hang"])
def test_who_kills_every_worker_is_found_and_left_out(seat: Seat, poison: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Good workers on a slow machine are given up, too, and come back.
    monkeypatch.setattr(pool, "patience", lambda full, opening, hung_before: Patience(1.0, 1.0))
    others = [f"guest {number}" for number in range(5)]
    seat.show(drawn(*others, poison))
    wait_until(lambda: seat.state(poison) == (Signal.LOST, words.CRASHES), lambda: seat.heard)
    wait_until(lambda: all(seat.state(guest) == WELL for guest in others))
    assert all(seat.goes_on(guest) for guest in others)
    be_patient(monkeypatch)
    wait_until(lambda: all(seat.state(guest) == WELL for guest in others))
    started, jobs = seat.started, [seat.mark(guest).job for guest in others]
    # Mended in the files: played again at once, and nobody else is disturbed.
    seat.show(drawn(*others) | {PersonId(poison): Wish(DrawnPreview("mended"))})
    wait_until(lambda: seat.state(poison) == WELL)
    assert [seat.mark(guest).job for guest in others] == jobs
    assert seat.started <= started + 1


@pytest.mark.expects_log("preview worker")
def test_who_was_left_out_is_tried_again(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "BARRED_FOR", (0.5,))
    seat.show(drawn("die"))
    wait_until(lambda: seat.state("die") == (Signal.LOST, words.CRASHES), lambda: seat.heard)
    wait_until(lambda: seat.signals("die").count(Signal.LOST) >= 2)


@pytest.mark.expects_log("preview worker")
def test_workers_that_do_not_start_are_told_as_such_and_tried_again(tmp_path: Path) -> None:
    seat = Seat(tmp_path, mode="exits").start()
    try:
        seat.show(drawn("a"))
        wait_until(lambda: seat.state("a") == (Signal.LOST, words.workers_do_not_start(3)), lambda: seat.heard)
        seat.mode = ""
        wait_until(lambda: seat.state("a") == WELL, lambda: seat.heard)
    finally:
        seat.wall.close()


@pytest.mark.expects_log("cannot be started")
def test_a_program_that_is_not_there_does_not_end_the_wall(tmp_path: Path) -> None:
    made = PreviewWall(GuestRules(), tmp_path, command=lambda setup: [str(tmp_path / "nothing")])
    heard: list[ShowEvent] = []
    made.start(heard.append)
    try:
        made.show(drawn("a"))
        wanted = GuestSeen(PersonId("a"), Signal.LOST, reason=words.workers_do_not_start(None))
        wait_until(lambda: wanted in heard)
        assert in_memory() == []
    finally:
        made.close()


def test_without_vlc_tiles_say_what_to_install_and_drawn_guests_go_on(tmp_path: Path) -> None:
    Image.new("RGB", (64, 36), "#204060").save(tmp_path / "still.png")
    seat = Seat(tmp_path, mode="no-vlc").start()
    sources: dict[str, Source] = {
        "stream": StreamPreview("udp://127.0.0.1:9"),
        "file": FilePreview("clip.mp4"),
        "drawn": DrawnPreview("drawn"),
        "still": PicturePreview("still.png"),
    }
    try:
        seat.show({PersonId(name): Wish(source) for name, source in sources.items()})
        wait_until(lambda: all(seat.state(name) not in (None, (Signal.CONNECTING, None)) for name in sources))
        assert seat.state("stream") == seat.state("file") == (Signal.UNPLAYABLE, REASONS[NO_VLC])
        assert seat.state("drawn") == WELL
        assert seat.state("still") == (Signal.STILL, words.STILL)
        assert bytes(seat.picture("still").data[:3]) == bytes.fromhex("604020")
    finally:
        seat.wall.close()


@pytest.mark.expects_log("load FULL")
def test_a_full_machine_is_known_to_the_workers(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    seat.show_live(drawn("a"))
    assert seat.wall.load is Load.FULL
    monkeypatch.setattr(wall, "MEASURE_EVERY", 0.05)
    monkeypatch.setattr("studio_console.devices.previews.shedding.SHED_AFTER", {Load.FULL: 0.1})
    monkeypatch.setattr(seat.wall._pool, "late_ms", lambda: 500.0)
    wait_until(lambda: seat.mark("a").shed == 1)
    assert seat.previews.load is Load.FEWER


# --- stills -----------------------------------------------------------------------------------------------------


def test_a_still_is_read_again_when_its_file_changes_and_never_said_to_be_live(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio_console.devices.previews.stills.LOOK_EVERY", 0.02)
    seat.show({PersonId("a"): Wish(PicturePreview("a.jpg"))})
    wait_until(lambda: seat.state("a") == (Signal.UNPLAYABLE, words.still_missing("a.jpg")))
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    wait_until(lambda: seat.state("a") == (Signal.UNPLAYABLE, words.still_unreadable("a.jpg")))
    Image.new("RGB", (3840, 2160), "#c03020").save(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").replace(tmp_path / "a.jpg")
    wait_until(lambda: seat.state("a") == (Signal.STILL, words.STILL))
    picture = wait_until(lambda: seat.wall.picture(PersonId("a")))
    assert (picture.width, picture.height) == (1280, 720)
    blue, green, red = picture.data[:3]
    assert (abs(red - 0xC0) < 4, abs(green - 0x30) < 4, abs(blue - 0x20) < 4) == (True, True, True)
    Image.new("RGB", (100, 50), "white").save(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").replace(tmp_path / "a.jpg")
    wait_until(lambda: seat.picture("a").width == 100)
    assert Signal.LIVE not in seat.signals("a")


# --- the end ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stopped", [False, True], ids=["at work", "hanging"])
def test_closing_leaves_nothing(tmp_path: Path, stopped: bool) -> None:
    before_threads = set(threading.enumerate())
    handles = psutil.Process().num_fds() if sys.platform != "win32" else 0
    seat = Seat(tmp_path).start()
    seat.show_live(drawn(*(f"guest {number}" for number in range(20))) | closely("looked at"))
    running = workers()
    if stopped:
        for process in running:
            process.send_signal(signal.SIGSTOP)
    seat.wall.close()
    assert len(running) == 4
    assert not any(process.is_running() for process in running)
    wait_until(lambda: set(threading.enumerate()) <= before_threads, threading.enumerate)
    assert in_memory() == []
    if sys.platform != "win32":
        wait_until(lambda: psutil.Process().num_fds() <= handles)  # others may have gone meanwhile
    assert seat.wall.picture(PersonId("looked at")) is None


def test_closing_what_was_never_started_is_done_at_once(tmp_path: Path) -> None:
    made = PreviewWall(GuestRules(), tmp_path)
    made.show(drawn("a"))
    made.close()


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="counts mappings where Linux lists them")
@pytest.mark.expects_log(r"preview worker \d+ ended")
def test_the_memory_of_dead_workers_goes_when_nobody_paints_from_it(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "DEATHS", 100)

    def mapped() -> int:
        """Files in memory without a name: such a one is listed by its number."""
        return sum("/#" in line for line in Path("/proc/self/maps").read_text().splitlines())

    gc.collect()  # what walls of other tests showed
    before = mapped()
    guests = [f"guest {number}" for number in range(8)]
    seat.show_live(drawn(*guests))
    assert mapped() == before + 1
    for _ in range(5):
        held = [seat.picture(guest) for guest in guests]
        victim = seat.mark(guests[0]).pid
        os.kill(victim, signal.SIGKILL)
        seat.wait_for_others(victim, guests[1:])
        assert Mark.of(held[0].data).pid == victim
        # The window asks for this one again and is done with the old memory; so it goes.
        assert seat.picture(guests[0])
        del held
        wait_until(lambda: mapped() == before + 1)
        seat.show_live(drawn(*guests))


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="there is no such folder here")
def test_what_a_killed_console_left_is_swept_away(tmp_path: Path) -> None:
    dead = 2**22 + 1
    assert not psutil.pid_exists(dead)
    left = Path("/dev/shm") / f"{PREFIX}{dead}-0123456789ab"
    left.write_bytes(b"")
    made = PreviewWall(GuestRules(), tmp_path)
    made.start(lambda event: None)
    try:
        wait_until(lambda: not left.exists())
    finally:
        left.unlink(missing_ok=True)
        made.close()


CONSOLE = """
import sys, threading
from pathlib import Path
from studio_console.core.previews import DrawnPreview, Wish
from studio_console.core.studio import GuestRules
from studio_console.core.units import PersonId
from studio_console.devices.previews.process import worker_command
from studio_console.devices.previews.wall import PreviewWall
mode, fake = sys.argv[1:]
started = threading.Semaphore(0)

def command(setup):
    started.release()
    return worker_command(setup) if mode == "real" else [sys.executable, fake, setup.to_argument(), mode]

wall = PreviewWall(GuestRules(), Path(), command=command)
wall.start(lambda event: print(event.signal, flush=True))
wall.show({PersonId(name): Wish(DrawnPreview(name)) for name in "abcdefghij"})
started.acquire(), started.acquire()
print("started", flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize(("mode", "until"), [("real", "live"), ("never-ready", "started")])
def test_a_console_that_is_killed_leaves_nothing(mode: str, until: str) -> None:
    """With guests live, and before its workers have said a word: they end, and there is no file to be swept away."""
    console = psutil.Popen(
        [sys.executable, "-c", CONSOLE, mode, str(FAKE)], stdout=subprocess.PIPE, text=True, cwd=FAKE.parents[1]
    )
    with console.stdout:
        assert any(line.strip() == until for line in console.stdout)
        wait_until(lambda: len(console.children()) >= 2)
        left = console.children()
        console.kill()
        console.wait()
    if mode == "never-ready":
        # Such a one does not even read.
        for process in left:
            process.kill()
    wait_until(lambda: not any(process.is_running() and process.status() != "zombie" for process in left))
    assert in_memory(console.pid) == []


@pytest.mark.expects_log("preview worker")
@pytest.mark.parametrize("lane", list(Lane))
def test_a_spare_worker_takes_over(tmp_path: Path, lane: Lane) -> None:
    """On the wall and in the close view."""
    seat = Seat(tmp_path, spare=True).start()
    spares = seat.wall._pool.workers._spares

    def ready() -> Worker | None:
        spare = spares.get(lane)
        return spare if spare is not None and spare.ready else None

    try:
        seat.show_live((drawn if lane is Lane.WALL else closely)("a", "b"))
        spare = wait_until(ready)
        os.kill(seat.mark("a").pid, signal.SIGKILL)
        wait_until(lambda: seat.state("a") == seat.state("b") == WELL and seat.mark("a").pid == spare.process.pid)
        # And there is another one for the next time; a spare that dies is replaced as well.
        next_one = wait_until(ready)
        assert next_one is not spare
        os.kill(next_one.process.pid, signal.SIGKILL)
        wait_until(lambda: spares.get(lane) is not next_one)
        assert seat.signals("a").count(Signal.CONNECTING) == 2
        seat.show({})
    finally:
        seat.wall.close()
    assert workers() == []

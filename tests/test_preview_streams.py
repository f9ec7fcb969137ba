"""Guests' streams through the console's previews as they come on the day: real VLC, real workers, ffmpeg sends.

Every protocol comes live with its own picture, is said to stand or to be lost, and comes back by itself. What is no
stream, and what kills a worker, costs nobody else a picture.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from studio_console.core.previews import Source
from studio_console.core.reports import GuestSeen, Signal
from studio_console.core.rundown import FilePreview
from studio_console.core.studio import GuestRules
from studio_console.core.units import Duration, PersonId
from studio_console.devices.previews import vlc
from studio_console.devices.previews.memory import PREFIX
from studio_console.devices.previews.wall import PreviewWall
from tests import bad_peers
from tests.preview_watch import (
    GONE,
    LIVE,
    Reports,
    busy_workers,
    mean_colour,
    newest,
    previews,
    streams,
    undisturbed,
    wished,
    workers,
)
from tests.streams import (
    MOVING,
    Clip,
    Sender,
    Way,
    moving,
    of_sizes,
    open_groups,
    plain,
    require_ffmpeg,
    then_black,
    then_frozen,
    then_mute,
)
from tests.waiting import wait_until

COLOURS = {
    Way.UDP: 0x902020,
    Way.SRT: 0x209020,
    Way.RTMP: 0x2020A0,
    Way.HTTP: 0x808020,
    Way.TCP: 0x802080,
}
EVERY_WAY = [PersonId(way) for way in Way]
QUICK = GuestRules(silent_after=Duration(1_500))
pytestmark = pytest.mark.expects_log(r"^preview worker \d+ (ended|hangs)|^previews: load")


@pytest.fixture(autouse=True)
def needs_vlc_and_ffmpeg() -> None:
    require_ffmpeg()
    try:
        vlc.version()
    except vlc.NoVlc as missing:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"needs VLC: {missing.code}")
        pytest.skip(f"needs VLC: {missing.code}")


@pytest.fixture
def wall() -> Iterator[tuple[PreviewWall, Reports]]:
    with previews(QUICK) as (wall, reports):
        yield wall, reports
    assert workers() == []


def send(stack: ExitStack, way: Way, clip: Clip = MOVING) -> Sender:
    return stack.enter_context(Sender(way, clip))


def send_every_way(stack: ExitStack) -> dict[Way, Sender]:
    """A guest by each protocol, each with a ground of another colour."""
    return {way: send(stack, way, plain(COLOURS[way])) for way in Way}


def addresses(senders: dict[Way, Sender]) -> dict[PersonId, Source]:
    return streams({way: sender.url for way, sender in senders.items()})


def shows(wall: PreviewWall, way: Way) -> bool:
    """Whether the picture of a guest is that guest's, and none other's."""
    wanted = COLOURS[way].to_bytes(3)
    return all(abs(is_ - was) < 12 for is_, was in zip(mean_colour(newest(wall, way)), wanted, strict=True))


def wait_for_pictures(wall: PreviewWall, guests: Collection[str]) -> None:
    """Until each has had several new ones."""
    first = {guest: newest(wall, guest).sequence for guest in guests}
    wait_until(lambda: all(newest(wall, guest).sequence > number + 3 for guest, number in first.items()))


def test_every_protocol_comes_live_with_its_own_picture(wall: tuple[PreviewWall, Reports]) -> None:
    previews_, reports = wall
    with ExitStack() as stack:
        previews_.show(wished(addresses(send_every_way(stack))))
        reports.wait(EVERY_WAY, {Signal.LIVE})
        for way in Way:
            assert shows(previews_, way), f"{way}: {mean_colour(newest(previews_, way))}"
            assert (newest(previews_, way).width, newest(previews_, way).height) == (640, 360)
        wait_for_pictures(previews_, EVERY_WAY)
        assert all(undisturbed(reports.signals(guest)) for guest in EVERY_WAY), reports.said
        # Nobody else can open the pictures, and nothing stays of them after a power cut.
        assert list(Path("/dev/shm").glob(f"{PREFIX}{os.getpid()}-*")) == []
    assert all(isinstance(event, GuestSeen) for event in reports.events)


def test_who_stands_still_or_vanishes_is_said_so_and_comes_back_by_itself(wall: tuple[PreviewWall, Reports]) -> None:
    previews_, reports = wall
    with ExitStack() as stack:
        senders = send_every_way(stack)
        steady = send(stack, Way.UDP)
        previews_.show(wished(addresses(senders) | streams({"steady": steady.url})))
        reports.wait([*EVERY_WAY, PersonId("steady")], {Signal.LIVE})

        # Their networks hang: no protocol says a word about it.
        for sender in senders.values():
            sender.freeze()
        reports.wait(EVERY_WAY, GONE)
        for way in Way:
            assert shows(previews_, way), "the last picture stays"
        for sender in senders.values():
            sender.thaw()
        reports.wait(EVERY_WAY, LIVE)

        # Their power fails, and comes back.
        for sender in senders.values():
            sender.kill()
        reports.wait(EVERY_WAY, {Signal.LOST})
        for way in Way:
            assert shows(previews_, way), "the last picture stays"
        for sender in senders.values():
            sender.start(plain(0x306090))
        reports.wait(EVERY_WAY, LIVE)
        for way in Way:
            red, green, blue = mean_colour(newest(previews_, way))
            assert red < green < blue, f"{way} shows what it was before: {red}, {green}, {blue}"
        assert undisturbed(reports.signals(PersonId("steady")))


def test_who_is_joined_in_mid_stream_is_never_seen_in_grey(wall: tuple[PreviewWall, Reports]) -> None:
    """What the decoder makes up of pictures that came before is left out: the first that is seen is the guest's."""
    previews_, reports = wall
    guest = PersonId(Way.UDP)
    with ExitStack() as stack:
        sources = streams({guest: send(stack, Way.UDP, open_groups(COLOURS[Way.UDP])).url})
        for _ in range(4):
            began = time.monotonic()
            previews_.show(wished(sources))
            seen: dict[int, bool] = {}

            def live(seen: dict[int, bool] = seen, began: float = began) -> bool:
                if (picture := previews_.picture(guest)) is not None:
                    seen[picture.sequence] = shows(previews_, Way.UDP)
                return Signal.LIVE in reports.signals(guest, began) and len(seen) > 5

            wait_until(live)
            assert all(seen.values()), seen
            previews_.show({})


def test_a_picture_that_stands_and_a_dark_one_are_told_from_a_live_one(wall: tuple[PreviewWall, Reports]) -> None:
    """Their bytes go on: only the picture tells. The round begins again, and with it they are live."""
    previews_, reports = wall
    guests = {"stands": then_frozen(), "dark": then_black(), "speaks": MOVING}
    with ExitStack() as stack:
        sources = streams({guest: send(stack, Way.UDP, clip).url for guest, clip in guests.items()})
        previews_.show(wished(sources))
        for guest, said in (("stands", Signal.FROZEN), ("dark", Signal.BLACK)):
            fell = reports.wait([PersonId(guest)], {said})
            reports.wait([PersonId(guest)], {Signal.LIVE}, since=fell)
            # A dark picture that stands is both.
            assert set(reports.signals(PersonId(guest))) <= {Signal.CONNECTING, Signal.LIVE, said, Signal.FROZEN}
        assert undisturbed(reports.signals(PersonId("speaks")))


def test_who_is_looked_at_closely_is_large_and_heard(wall: tuple[PreviewWall, Reports]) -> None:
    """The picture is never gone on the way; a guest whose sender takes one player only is left where they are."""
    previews_, reports = wall
    large = Clip(5, moving().picture, then_mute(2, 3).sound, sizes=((1280, 720),))
    with ExitStack() as stack:
        sources: dict[PersonId, Source] = {PersonId("file"): FilePreview(str(large.path))}
        sources |= streams({"single": send(stack, Way.UDP).url})
        previews_.show(wished(sources))
        reports.wait(list(sources), {Signal.LIVE})
        assert newest(previews_, "file").width == 640
        assert previews_.level(PersonId("file")) is None
        moved = reports.said[-1].at

        previews_.show(wished(sources, "file", "single"))
        wait_until(lambda: newest(previews_, "file").width == 1280)
        # The tone is at -18 dBFS and falls silent in every round.
        wait_until(lambda: (previews_.level(PersonId("file")) or -100) > -30)
        reports.wait([PersonId("file")], {Signal.SILENT})
        reports.wait([PersonId("file")], {Signal.LIVE}, since=moved + 0.001)
        previews_.show(wished(sources))
        wait_until(lambda: newest(previews_, "file").width == 640)
        assert previews_.level(PersonId("file")) is None
        assert set(reports.signals(PersonId("file"), since=moved + 0.001)) <= LIVE | {Signal.FROZEN}
        assert undisturbed(reports.signals(PersonId("single")))


def test_pictures_that_change_their_size_do_no_harm(wall: tuple[PreviewWall, Reports]) -> None:
    previews_, reports = wall
    clip = of_sizes((640, 360), (320, 180), (1280, 720))
    with ExitStack() as stack:
        sources = streams({way: send(stack, way, clip).url for way in (Way.UDP, Way.TCP)})
        sources |= streams({"steady": send(stack, Way.UDP).url})
        previews_.show(wished(sources))
        reports.wait(list(sources), {Signal.LIVE})
        (worker,) = busy_workers()
        seen: dict[Way, list[tuple[int, int]]] = {Way.UDP: [], Way.TCP: []}

        def seen_all() -> bool:
            for way, sizes in seen.items():
                picture = newest(previews_, way)
                if sizes[-1:] != [(picture.width, picture.height)]:
                    sizes.append((picture.width, picture.height))
            return all(len(sizes) > 3 for sizes in seen.values())

        wait_until(seen_all, lambda: seen)
        every = {size for sizes in seen.values() for size in sizes}
        assert max(every) == (640, 360), "a larger one is scaled down to the tile"
        assert all(abs(width / height - 16 / 9) < 0.02 for width, height in every)
        assert busy_workers() == [worker]
        assert undisturbed(reports.signals(PersonId("steady")))


def test_bad_peers_cost_nobody_else_a_picture_and_leave_nothing_behind(wall: tuple[PreviewWall, Reports]) -> None:
    """Forty-two of them at once, in six workers, one of which has the good ones too."""
    previews_, reports = wall
    with ExitStack() as stack:
        good = streams({way: send(stack, way).url for way in (Way.UDP, Way.SRT)})
        previews_.show(wished(good))
        reports.wait(list(good), {Signal.LIVE})
        (worker,) = busy_workers()
        threads, files = worker.num_threads(), worker.num_fds()

        silent, refusing = stack.enter_context(bad_peers.silent_peer()), stack.enter_context(bad_peers.refusing_peer())
        hanging_up = stack.enter_context(bad_peers.hanging_up_peer())
        garbage, web = stack.enter_context(bad_peers.garbage_peer()), stack.enter_context(bad_peers.garbage_http_peer())
        bad = {
            **{f"silent {scheme} {n}": silent.url(scheme) for scheme in ("tcp", "http", "rtmp") for n in range(3)},
            "silent srt": stack.enter_context(bad_peers.silent_udp_peer()).url("srt"),
            **{f"refusing {scheme}": refusing.url(scheme) for scheme in ("tcp", "http", "rtmp", "srt")},
            **{
                f"hanging up {scheme} {n}": hanging_up.url(scheme)
                for scheme in ("tcp", "http", "rtmp")
                for n in range(4)
            },
            **{f"garbage {scheme} {n}": garbage.url(scheme) for scheme in ("tcp", "http", "rtmp") for n in range(4)},
            **{f"garbage on the web {n}": web.url("http") for n in range(2)},
            "garbage": stack.enter_context(bad_peers.garbage_over_udp()).url("udp").replace("://", "://@"),
            "garbage like TS": stack.enter_context(bad_peers.garbage_over_udp(True)).url("udp").replace("://", "://@"),
        }
        assert len(bad) == 42
        previews_.show(wished(good | streams(bad)))
        reports.wait([PersonId(guest) for guest in bad], {Signal.LOST, Signal.UNPLAYABLE})
        wait_until(lambda: hanging_up.visits > 6)  # they are tried again and again
        assert worker in busy_workers(), "no worker died of it"
        assert {signal for guest in bad for signal in reports.signals(PersonId(guest))} <= {
            Signal.CONNECTING,
            Signal.LOST,
            Signal.UNPLAYABLE,
        }

        wait_for_pictures(previews_, good)
        assert all(undisturbed(reports.signals(guest)) for guest in good), reports.said
        previews_.show(wished(good))
        wait_until(lambda: worker.num_threads() <= threads + 1, lambda: (threads, worker.num_threads()))
        wait_until(lambda: worker.num_fds() <= files, lambda: (files, worker.num_fds()))


def test_a_worker_that_dies_or_hangs_is_replaced_and_the_others_never_stop() -> None:
    with ExitStack() as stack:
        first, second = (
            streams({f"{which} {way}": send(stack, way).url for way in ways})
            for which, ways in (("first", (Way.UDP, Way.SRT, Way.HTTP)), ("second", (Way.UDP, Way.TCP, Way.SRT)))
        )
        reports = Reports()
        wall = PreviewWall(QUICK, Path(), streams_per_worker=3)
        stack.callback(wall.close)
        wall.start(reports)
        wall.show(wished(first | second))
        reports.wait([*first, *second], {Signal.LIVE})
        for blow in (signal.SIGKILL, signal.SIGSTOP, signal.SIGSEGV):
            survivor = strike(blow, wall, reports, (first, second))
            assert survivor in busy_workers()
            assert len(busy_workers()) == 2


def strike(
    blow: signal.Signals, wall: PreviewWall, reports: Reports, groups: Sequence[Collection[PersonId]]
) -> psutil.Process:
    """Strikes the older of two workers: its guests say so and come back, the other's notice nothing. The other one."""
    everybody = [guest for group in groups for guest in group]
    victim, other = busy_workers()
    struck = time.monotonic()

    def told(group: Collection[PersonId]) -> bool:
        return all(Signal.CONNECTING in reports.signals(guest, struck) for guest in group)

    victim.send_signal(blow)
    wait_until(lambda: any(map(told, groups)))
    (hit,) = filter(told, groups)
    reports.wait(hit, {Signal.LIVE}, struck)
    wait_for_pictures(wall, everybody)
    others = [guest for guest in everybody if guest not in hit]
    assert all(set(reports.signals(guest, struck)) <= {Signal.LIVE, Signal.FROZEN} for guest in others)
    return other

"""The test of a connection before the day: who answers, or in words why nobody does; nothing in OBS is changed."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from studio_console.app.obs_greeting import ConnectionTest
from studio_console.core.first_start import ObsAnswer, SurfaceChoice
from studio_console.core.studio import Size
from studio_console.core.text import same
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.greeting import doubts_of
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.simulated.server import SimulatedObs
from tests.bad_peers import hanging_up_peer, refusing_peer, silent_peer
from tests.real_obs import RealObs
from tests.waiting import wait_until

SECRET = "open sesame"
SURFACE = SurfaceChoice(
    SurfaceId("program"), same("PGM"), Size(1280, 720), "ws://127.0.0.1:1", "STUDIO_OBS_PASSWORD_PROGRAM"
)


def answer(address: str, password: str = "") -> ObsAnswer:
    return ConnectionTest(replace(SURFACE, address=address), password).run()


def trouble(address: str, password: str = "") -> str:
    told = answer(address, password).trouble
    assert told is not None
    assert SECRET not in told.ko + told.en
    return told.en


def test_an_obs_says_who_it_is_and_is_only_asked() -> None:
    """Version, studio mode, canvas, collection; every request is a question."""
    with SimulatedObs(password=SECRET, canvas=(1280, 720)) as obs:
        told = answer(obs.url, SECRET)
        asked = obs.requests_seen()
        wait_until(lambda: obs.clients == 0)
    assert told.trouble is None
    assert told.version
    assert (told.studio_mode, told.canvas, told.fps, told.doubts) == (False, Size(1280, 720), 30, ())
    assert told.collection == "Untitled"
    assert asked
    assert all(name.startswith("Get") for name in asked)


def test_what_ought_to_be_seen_to_before_air_is_said_beside() -> None:
    """Studio mode is on, and its canvas is not that of studio.yaml."""
    with SimulatedObs(canvas=(1920, 1080)) as obs:
        with contextlib.closing(ObsLink(obs.url)) as link:
            link.connect()
            link.call("SetStudioModeEnabled", {"studioModeEnabled": True})
        told = answer(obs.url)
    assert told.trouble is None
    assert [doubt.en.split(":")[0] for doubt in told.doubts] == [
        "Studio mode is on",
        "OBS has a canvas of 1920x1080, studio.yaml says 1280x720",
    ]


def test_the_password_is_wrong_or_there_is_none() -> None:
    with SimulatedObs(password=SECRET) as obs:
        assert trouble(obs.url, "guess").startswith("The password is wrong.")
        assert trouble(obs.url).startswith("This OBS wants a password.")


def test_without_one_typed_the_console_s_own_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desk will use is what is tested."""
    monkeypatch.setenv(SURFACE.variable, SECRET)
    with SimulatedObs(password=SECRET) as obs:
        assert answer(obs.url).trouble is None
        assert trouble(obs.url, "guess").startswith("The password is wrong.")


def test_nobody_listens_there() -> None:
    with refusing_peer() as peer:
        assert "Tools → WebSocket Server Settings" in trouble(peer.url("ws"))


def test_a_web_server_is_no_obs() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), QuietHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        assert trouble(f"ws://127.0.0.1:{server.server_port}").startswith("Something other than OBS answers")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class QuietHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None: ...


def test_a_server_that_never_answers_is_given_up() -> None:
    with silent_peer() as peer:
        assert "takes the connection and says nothing" in trouble(peer.url("ws"))


def test_a_server_that_hangs_up_is_told() -> None:
    with hanging_up_peer() as peer:
        assert "cut the connection" in trouble(peer.url("ws"))


@pytest.mark.parametrize("address", ["ws://no-such-host.invalid:4455", "ws://", "http://127.0.0.1:4455"])
def test_an_address_that_leads_nowhere_is_told(address: str) -> None:
    assert trouble(address)


def test_an_obs_that_hangs_after_the_hello_is_given_up() -> None:
    with SimulatedObs() as obs:
        obs.freeze()
        assert trouble(obs.url)
        obs.thaw()


@contextlib.contextmanager
def running(test: ConnectionTest) -> Iterator[list[ObsAnswer]]:
    told: list[ObsAnswer] = []
    thread = threading.Thread(target=lambda: told.append(test.run()))
    thread.start()
    try:
        yield told
    finally:
        thread.join()


def test_it_can_be_cancelled_in_the_middle() -> None:
    with silent_peer() as peer:
        test = ConnectionTest(replace(SURFACE, address=peer.url("ws")), SECRET)
        with running(test) as told:
            test.cancel()
        assert told[0].trouble is not None
        assert told[0].trouble.en == "The test was cancelled"


def test_the_password_does_not_show_itself() -> None:
    """Neither the test nor its answer has it in words."""
    test = ConnectionTest(SURFACE, SECRET)
    assert SECRET not in repr(test) + str(test)
    assert SECRET not in repr(test.run())


def test_an_old_obs_is_told_so() -> None:
    assert [doubt.en for doubt in doubts_of("28.1.2", False, Size(1, 1), None)] == [
        "OBS 28.1.2 is too old: update it to 29 or newer"
    ]
    assert doubts_of("32.0.0-rc1", False, Size(1, 1), None) == ()


@pytest.mark.real_obs
def test_a_real_obs_answers_and_stays_as_it_is(real_obs: RealObs) -> None:
    told = answer(real_obs.url, real_obs.password)
    assert told.trouble is None
    assert told.version.startswith("29.")
    assert told.canvas is not None
    assert trouble(real_obs.url, "guess").startswith("The password is wrong.")

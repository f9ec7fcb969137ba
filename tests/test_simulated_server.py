"""The simulated OBS as a server: what tests and rehearsals do to it, who can talk to it, and what it leaves behind."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import obsws_python
import psutil
import pytest
import simpleobsws
from obswebsocket import events, obsws, requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from studio_console.core.problems import UserError
from studio_console.devices.simulated import SimulatedObs, run_forever
from studio_console.devices.simulated.protocol import Refusal
from tests.obs_client import ObsClient, obs_client, request
from tests.waiting import wait_until

PASSWORD = "only-in-tests"
STING = Path(__file__).parent.parent / "assets" / "clips" / "sting.mp4"


@pytest.fixture
def obs() -> Iterator[SimulatedObs]:
    with SimulatedObs(password=PASSWORD, canvas=(1280, 720)) as server:
        yield server


@pytest.fixture
def client(obs: SimulatedObs) -> Iterator[ObsClient]:
    with obs_client(obs.url, PASSWORD) as client:
        for name in "AB":
            client.must("CreateScene", sceneName=name)
        yield client


# --- life ------------------------------------------------------------------------------------------------------


def test_it_listens_on_this_machine_only_and_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    server = SimulatedObs()
    server.start()
    assert server.url == f"ws://127.0.0.1:{server.port}"
    with obs_client(server.url, None) as client:
        client.must("GetVersion")
        server.close()
        client.wait("ExitStarted")
    server.close()
    # The client's own threads end a moment after its connection.
    wait_until(lambda: set(threading.enumerate()) <= before)


def test_a_taken_port_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError):
            SimulatedObs(port).start()
        with pytest.raises(UserError) as told:
            run_forever(port, None, (640, 360), lambda _: None)
    assert str(port) in told.value.show("ko")


def test_doing_nothing_costs_nothing(obs: SimulatedObs, client: ObsClient) -> None:
    client.until_quiet(0.2)
    process = psutil.Process()
    before = sum(process.cpu_times()[:2])
    client.until_quiet(1.0)
    assert sum(process.cpu_times()[:2]) - before < 0.1


def test_two_servers_side_by_side_know_nothing_of_each_other(obs: SimulatedObs, client: ObsClient) -> None:
    with SimulatedObs() as other, obs_client(other.url, None) as there:
        assert [scene["sceneName"] for scene in there.must("GetSceneList")["scenes"]] == ["Scene"]
        assert there.ask("SetCurrentProgramScene", sceneName="A")[0] == 600


def test_those_who_knock_with_something_else_are_sent_away(obs: SimulatedObs) -> None:
    with socket.create_connection(("127.0.0.1", obs.port), timeout=5) as knock:
        knock.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert knock.recv(100).startswith(b"HTTP/1.1 ")
    with socket.create_connection(("127.0.0.1", obs.port), timeout=5):
        pass
    with obs_client(obs.url, PASSWORD) as client:
        client.must("GetVersion")


# --- faults ----------------------------------------------------------------------------------------------------


def test_frozen_it_accepts_and_answers_nothing_and_thawed_it_goes_on(obs: SimulatedObs, client: ObsClient) -> None:
    obs.freeze()
    number = client.send("SetCurrentProgramScene", sceneName="A")
    with pytest.raises(TimeoutError), connect(obs.url, open_timeout=0.3):
        pass
    with pytest.raises(AssertionError, match="waited"):
        client.wait("SceneTransitionStarted", timeout=0.1)
    with pytest.raises(RuntimeError):
        _ = obs.on_air
    obs.thaw()
    assert client.wait_answer(number)["requestStatus"]["result"]
    client.wait("CurrentProgramSceneChanged", sceneName="A")


def test_a_frozen_one_can_be_closed(obs: SimulatedObs) -> None:
    obs.freeze()
    obs.close()


def test_dropped_connections_end_without_a_word_and_may_come_again(obs: SimulatedObs, client: ObsClient) -> None:
    obs.drop()
    with pytest.raises(ConnectionClosed) as closed:
        client.must("GetVersion")
    assert closed.value.rcvd is None
    with obs_client(obs.url, PASSWORD) as again:
        assert len(again.must("GetSceneList")["scenes"]) == 3


def test_dead_it_refuses_connections_and_comes_back_with_its_scenes(obs: SimulatedObs, client: ObsClient) -> None:
    port = obs.port
    obs.die()
    with pytest.raises(ConnectionClosed):
        client.must("GetVersion")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
    obs.die()
    obs.come_back()
    assert obs.port == port
    with obs_client(obs.url, PASSWORD) as again:
        assert len(again.must("GetSceneList")["scenes"]) == 3


@pytest.mark.parametrize("code", [4011, 4009, 4010])
def test_kicked_clients_hear_the_code(obs: SimulatedObs, client: ObsClient, code: int) -> None:
    obs.kick(code)
    with pytest.raises(ConnectionClosed) as closed:
        client.must("GetVersion")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == code
    wait_until(lambda: obs.clients == 0)


def test_a_refused_request_does_nothing(obs: SimulatedObs, client: ObsClient) -> None:
    obs.refuse("SetCurrentProgramScene", 702, "out of order")
    assert client.comment("SetCurrentProgramScene", sceneName="A") == (702, "out of order")
    assert obs.on_air == "Scene"
    assert client.batch(request("SetCurrentProgramScene", sceneName="A"))[0]["requestStatus"]["code"] == 702
    obs.refuse("SetCurrentProgramScene", None)
    client.must("SetCurrentProgramScene", sceneName="A")


def test_a_delayed_request_happens_later_and_holds_up_no_other(obs: SimulatedObs, client: ObsClient) -> None:
    obs.delay("SetCurrentProgramScene", 0.3)
    sent = time.monotonic()
    number = client.send("SetCurrentProgramScene", sceneName="A")
    assert client.must("GetCurrentProgramScene")["currentProgramSceneName"] == "Scene"
    assert client.wait_answer(number)["requestStatus"]["result"]
    assert time.monotonic() - sent >= 0.3
    assert client.must("GetCurrentProgramScene")["currentProgramSceneName"] == "A"
    obs.heal()
    client.must("SetCurrentProgramScene", sceneName="B")


def test_a_hand_at_its_own_window(obs: SimulatedObs, client: ObsClient) -> None:
    obs.switch_by_hand("A")
    client.wait("SceneTransitionStarted")
    client.wait("CurrentProgramSceneChanged", sceneName="A")
    obs.set_studio_mode(True)
    client.wait("StudioModeStateChanged", studioModeEnabled=True)
    obs.set_studio_mode(False)
    obs.change_collection("Another")
    client.wait("CurrentSceneCollectionChanged", sceneCollectionName="Another")
    obs.change_collection("Untitled")
    client.wait("CurrentSceneCollectionChanged", sceneCollectionName="Untitled")
    with pytest.raises(Refusal):
        obs.switch_by_hand("missing")
    assert obs.requests_seen()["CreateScene"] == 2


def test_clips_and_fades_run_faster_in_a_faster_world() -> None:
    with SimulatedObs(speed=20) as obs, obs_client(obs.url, None) as client:
        client.must("CreateScene", sceneName="A")
        settings = {"local_file": str(STING)}
        make = {"sceneName": "A", "inputName": "clip", "inputKind": "ffmpeg_source", "inputSettings": settings}
        client.must("CreateInput", **make)
        client.must("SetCurrentSceneTransitionDuration", transitionDuration=2000)
        began = time.monotonic()
        client.must("SetCurrentProgramScene", sceneName="A")
        client.wait("CurrentProgramSceneChanged", sceneName="A")
        client.wait("MediaInputPlaybackEnded", inputName="clip")
        assert 0.35 < time.monotonic() - began < 8, "8 s of clip, 20 times as fast"


def test_it_can_have_every_transition() -> None:
    kinds = ("cut_transition", "fade_transition", "swipe_transition", "fade_to_color_transition")
    with SimulatedObs(transitions=kinds) as obs, obs_client(obs.url, None) as client:
        listed = client.must("GetSceneTransitionList")["transitions"]
        assert [entry["transitionKind"] for entry in listed] == list(kinds)
        client.must("SetCurrentSceneTransition", transitionName="Swipe")
        client.must("SetCurrentSceneTransitionSettings", transitionSettings={"direction": "up"})
        assert client.must("GetCurrentSceneTransition")["transitionSettings"] == {"direction": "up"}


@pytest.mark.expects_log("could not answer")
def test_an_error_of_the_simulation_ends_the_session_and_not_the_server(
    obs: SimulatedObs, client: ObsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio_console.devices.simulated.requests import ANSWERS

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(ANSWERS, "GetStats", broken)
    number = client.send("GetStats")
    with pytest.raises(ConnectionClosed):
        client.wait_answer(number)
    with obs_client(obs.url, PASSWORD) as other:
        other.must("GetVersion")


# --- other people's clients ------------------------------------------------------------------------------------


def test_obs_websocket_py(obs: SimulatedObs) -> None:
    heard: queue.Queue[str] = queue.Queue()
    link = obsws("127.0.0.1", obs.port, PASSWORD, legacy=False, timeout=5)
    link.register(lambda event: heard.put(event.getSceneName()), events.CurrentProgramSceneChanged)
    link.connect()
    try:
        assert link.call(requests.GetVersion()).getObsWebSocketVersion() == "5.1.0"
        assert link.call(requests.CreateScene(sceneName="본행사")).status
        assert link.call(requests.SetCurrentProgramScene(sceneName="본행사")).status
        assert heard.get(timeout=5) == "본행사"
        assert not link.call(requests.SetCurrentProgramScene(sceneName="missing")).status
    finally:
        link.disconnect()


@pytest.mark.expects_log("600")
def test_obsws_python(obs: SimulatedObs) -> None:
    heard: queue.Queue[str] = queue.Queue()

    def on_current_program_scene_changed(data: Any) -> None:
        heard.put(data.scene_name)

    where: dict[str, Any] = {"host": "127.0.0.1", "port": obs.port, "password": PASSWORD, "timeout": 5}
    with obsws_python.ReqClient(**where) as asking, obsws_python.EventClient(**where) as hearing:
        hearing.callback.register(on_current_program_scene_changed)
        assert asking.get_version().obs_web_socket_version == "5.1.0"
        asking.create_scene("A")
        asking.set_current_program_scene("A")
        assert heard.get(timeout=5) == "A"
        assert asking.get_scene_list().current_program_scene_name == "A"
        with pytest.raises(obsws_python.error.OBSSDKRequestError) as refused:
            asking.set_current_program_scene("missing")
        assert refused.value.code == 600
        hearing.callback.clear()


def test_simpleobsws(obs: SimulatedObs) -> None:
    """It speaks MessagePack only."""

    async def talk() -> None:
        link = simpleobsws.WebSocketClient(obs.url, PASSWORD)
        heard: asyncio.Queue[str] = asyncio.Queue()

        async def on_scene(data: dict[str, Any]) -> None:
            await heard.put(data["sceneName"])

        link.register_event_callback(on_scene, "CurrentProgramSceneChanged")
        await link.connect()
        assert await link.wait_until_identified(5)
        version = await link.call(simpleobsws.Request("GetVersion"), timeout=5)
        assert version.responseData["obsWebSocketVersion"] == "5.1.0"
        results = await link.call_batch(
            [
                simpleobsws.Request("CreateScene", {"sceneName": "A"}),
                simpleobsws.Request("CreateScene", {"sceneName": "A"}),
                simpleobsws.Request("SetCurrentProgramScene", {"sceneName": "A"}),
            ],
            timeout=5,
            execution_type=simpleobsws.RequestBatchExecutionType.SerialRealtime,
        )
        assert [result.requestStatus.code for result in results] == [100, 601, 100]
        assert await asyncio.wait_for(heard.get(), 5) == "A"
        await link.disconnect()

    asyncio.run(talk())

"""The link to an OBS: it answers or says why not, nothing that arrives can end it, and a dead one is known soon.

Most of it is the same conversation with a real OBS and with the simulated one; the rest needs a peer that misbehaves
in ways no OBS would on purpose, played by a few lines of socket code.
"""

from __future__ import annotations

import json
import logging
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
from obswebsocket import events as package_events
from obswebsocket import requests as package_requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from studio_console.core.text import LANGUAGES
from studio_console.devices.obs.link import LOW_VOLUME_EVENTS, ObsLink, parse_url
from studio_console.devices.obs.messages import Execution, ObsError, ObsEvent, ObsTimeout, Request
from studio_console.devices.obs.trouble import LinkDown, Trouble
from tests.obs_rigs import Rig, up
from tests.ports import free_port
from tests.waiting import wait_until


@contextmanager
def peer(talk: Callable[[ServerConnection], None], hello: bool = True) -> Iterator[str]:
    """A websocket server that greets as OBS does, then does what ``talk`` says; its address."""

    def greet(client: ServerConnection) -> None:
        if hello:
            client.send(json.dumps({"op": 0, "d": {"obsWebSocketVersion": "5.1.0", "rpcVersion": 1}}))
            assert json.loads(client.recv())["op"] == 1
            client.send(json.dumps({"op": 2, "d": {"negotiatedRpcVersion": 1}}))
        with suppress(ConnectionClosed):
            talk(client)

    with serve(greet, "127.0.0.1", 0, compression=None) as server:
        thread = threading.Thread(target=server.serve_forever, name="peer")
        thread.start()
        try:
            yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        finally:
            server.shutdown()
            thread.join()


def echoing(client: ServerConnection) -> None:
    """Answers every request with success and its own data."""
    for text in client:
        body = json.loads(text)["d"]
        answer(client, body["requestId"], body["requestType"], body.get("requestData"))


def answer(client: ServerConnection, number: str, request: str, data: Any) -> None:
    status = {"result": True, "code": 100}
    reply = {"requestId": number, "requestType": request, "requestStatus": status, "responseData": data}
    client.send(json.dumps({"op": 7, "d": reply}))


# --- asking -----------------------------------------------------------------------------------------------------


def test_a_call_returns_what_obs_answers(rig: Rig) -> None:
    with up(rig.link()) as link:
        assert link.call("GetStudioModeEnabled") == {"studioModeEnabled": False}
        assert link.call("CreateScene", {"sceneName": "가 나"}) == {}
        names = [entry["sceneName"] for entry in link.call("GetSceneList")["scenes"]]
        assert "가 나" in names
        assert link.server_version.startswith("5.")


def test_a_refusal_keeps_code_comment_and_request(rig: Rig) -> None:
    with up(rig.link()) as link:
        with pytest.raises(ObsError) as refused:
            link.call("SetCurrentProgramScene", {"sceneName": "nowhere"})
        assert (refused.value.code, refused.value.request) == (600, "SetCurrentProgramScene")
        assert refused.value.comment
        with pytest.raises(ObsError) as unknown:
            link.call("MakeCoffee")
        assert unknown.value.code == 204


@pytest.mark.parametrize("execution", list(Execution))
def test_a_batch_answers_each_request_in_order(rig: Rig, execution: Execution) -> None:
    rig.hand.scenes("one")
    with up(rig.link()) as link:
        item = link.call("GetSceneItemId", {"sceneName": "one", "sourceName": "one ground"})["sceneItemId"]
        target = {"sceneName": "one", "sceneItemId": item}
        replies = link.batch(
            [
                Request("SetSceneItemEnabled", {**target, "sceneItemEnabled": False}),
                Request("GetSceneItemEnabled", target),
                Request("GetSceneItemEnabled", {"sceneName": "one", "sceneItemId": 9999}),
                Request("GetSceneItemEnabled", target),
            ],
            execution,
        )
        assert [reply.code for reply in replies] == [100, 100, 600, 100]
        assert replies[1].data == replies[3].data == {"sceneItemEnabled": False}
        assert not replies[2].ok
        assert link.batch([]) == ()


def test_many_threads_get_each_its_own_answer(rig: Rig) -> None:
    rig.hand.scenes("a", "b")

    def ask(name: str) -> list[str]:
        return [item["sourceName"] for item in link.call("GetSceneItemList", {"sceneName": name})["sceneItems"]]

    with up(rig.link()) as link, ThreadPoolExecutor(8) as pool:
        names = ["a", "b"] * 40
        assert list(pool.map(ask, names)) == [[f"{name} ground"] for name in names]


def test_request_and_event_classes_of_the_package_work_too(rig: Rig) -> None:
    heard: queue.SimpleQueue[Any] = queue.SimpleQueue()
    with up(rig.link()) as link:
        link.register(heard.put, package_events.SceneCreated)
        link.call(package_requests.CreateScene(sceneName="packed"))
        assert link.call(package_requests.GetStudioModeEnabled()).getStudioModeEnabled() is False
        assert heard.get(timeout=5).getSceneName() == "packed"


def test_the_mask_decides_which_events_come(rig: Rig) -> None:
    heard: list[ObsEvent] = []
    with up(rig.link(events=0, inbox=heard.append)) as link:
        link.call("CreateScene", {"sceneName": "unheard"})
        link.subscribe(LOW_VOLUME_EVENTS)
        link.call("CreateScene", {"sceneName": "heard"})
        wait_until(lambda: [event for event in heard if event.data.get("sceneName") == "heard"])
        assert all(event.data.get("sceneName") != "unheard" for event in heard)
        assert link.mask == LOW_VOLUME_EVENTS


def test_a_call_waits_while_the_collection_changes(rig: Rig) -> None:
    before = rig.hand.do("GetSceneCollectionList")["currentSceneCollectionName"]
    heard: list[str] = []
    with up(rig.link(inbox=lambda event: heard.append(event.name))) as link:
        rig.hand.do("CreateSceneCollection", sceneCollectionName=f"{before} next")
        wait_until(lambda: "CurrentSceneCollectionChanging" in heard)
        assert link.call("GetSceneCollectionList", timeout=10)["currentSceneCollectionName"] == f"{before} next"
        assert "CurrentSceneCollectionChanged" in heard
        assert not link.holding


# --- coming up --------------------------------------------------------------------------------------------------


def trouble_of(url: str, password: str | None = None) -> LinkDown:
    link = ObsLink(url, password)
    with pytest.raises(LinkDown) as down:
        link.connect()
    link.disconnect()
    return down.value


def test_a_wrong_password_is_final_and_shows_nothing_of_itself(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    down = trouble_of(rig.url, "hunter-of-secrets")
    assert (down.trouble, down.code, down.final) == (Trouble.WRONG_PASSWORD, 4009, True)
    explained = down.explain("STUDIO_OBS_PASSWORD_WALL")
    link = ObsLink(rig.url, "hunter-of-secrets")
    texts = [repr(link), repr(vars(link)), str(down), repr(down), explained.ko, explained.en, caplog.text]
    assert not [text for text in texts if "hunter" in text]
    assert "STUDIO_OBS_PASSWORD_WALL" in explained.ko
    assert "STUDIO_OBS_PASSWORD_WALL" in explained.en


def test_a_missing_password_is_asked_for(rig: Rig) -> None:
    down = trouble_of(rig.url)
    assert (down.trouble, down.final) == (Trouble.PASSWORD_NEEDED, True)


def test_nobody_there_is_refused_or_an_obs_without_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"ws://127.0.0.1:{free_port()}"
    for runs, trouble in ((False, Trouble.REFUSED), (True, Trouble.NO_SOCKET)):
        monkeypatch.setattr("studio_console.devices.obs.link.obs_runs_here", lambda runs=runs: runs)
        down = trouble_of(url)
        assert (down.trouble, down.final) == (trouble, False)


def test_an_obs_on_this_machine_is_found(rig: Rig) -> None:
    from studio_console.devices.obs.trouble import obs_runs_here

    if rig.real is not None:
        assert obs_runs_here()


def test_an_unknown_host_is_named() -> None:
    down = trouble_of("ws://no-such-host.invalid:4455")
    assert (down.trouble, down.final) == (Trouble.UNKNOWN_HOST, False)
    assert "no-such-host.invalid" in down.explain().en


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "ws://:4455", "ws://host:port", "127.0.0.1:4455"])
def test_an_address_that_is_none_is_final(url: str) -> None:
    with pytest.raises(LinkDown) as down:
        ObsLink(url)
    assert (down.value.trouble, down.value.final) == (Trouble.BAD_ADDRESS, True)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(LinkDown) as down:
        ObsLink("ws://user:hunter@127.0.0.1:4455")
    assert down.value.trouble is Trouble.BAD_ADDRESS
    assert "hunter" not in str(down.value) + down.value.explain().en + down.value.explain().ko


def test_the_port_is_4455_where_none_is_given() -> None:
    assert parse_url("ws://wall.local") == ("wall.local", 4455)
    assert parse_url("ws://[::1]:4460") == ("::1", 4460)


def test_something_else_on_the_port_is_not_obs() -> None:
    with peer(lambda client: client.send('{"jsonrpc": "2.0"}'), hello=False) as url:
        assert trouble_of(url).trouble is Trouble.NOT_OBS
    with peer(lambda client: client.send("welcome to the chat"), hello=False) as url:
        assert trouble_of(url).trouble is Trouble.NOT_OBS


def test_a_port_that_listens_and_says_nothing_is_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        down = trouble_of(f"ws://127.0.0.1:{mute.getsockname()[1]}")
    assert (down.trouble, down.final) == (Trouble.NO_HELLO, False)


def test_another_protocol_and_a_kick_are_final() -> None:
    for code, trouble in ((4010, Trouble.OTHER_PROTOCOL), (4011, Trouble.KICKED)):
        lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
        with peer(lambda client, code=code: client.close(code, "")) as url:  # type: ignore[misc]
            with up(ObsLink(url, on_lost=lost.put)) as link:
                down = lost.get(timeout=5)
            assert (down.trouble, down.code, down.final) == (trouble, code, True)
            assert link.close_code == code


def test_every_trouble_says_what_to_do_in_both_languages() -> None:
    for trouble in Trouble:
        text = LinkDown(trouble, "wall:4455", detail="GetVersion").explain("STUDIO_OBS_PASSWORD_WALL")
        assert "wall:4455" in text.ko
        assert "wall:4455" in text.en
        assert all(len(text.show(language)) > 15 for language in LANGUAGES)


# --- what a live link withstands --------------------------------------------------------------------------------


@pytest.mark.expects_log("makes no sense|a callback failed")
def test_nothing_that_arrives_ends_the_receiver() -> None:
    """Nonsense, an unknown event, a callback that raises: the next call is answered all the same."""

    def talk(client: ServerConnection) -> None:
        for nonsense in ("", "{", "[]", "null", '{"op": 5}', '{"op": 7, "d": {}}', '{"op": 99, "d": 1}', b"\xff\x00"):
            client.send(nonsense)
        event = {"eventType": "Brandnew", "eventIntent": 1, "eventData": {"x": 1}}
        client.send(json.dumps({"op": 5, "d": event}))
        echoing(client)

    heard: list[ObsEvent] = []

    def fail(event: ObsEvent) -> None:
        heard.append(event)
        raise RuntimeError("a callback of the show failed")

    with peer(talk) as url, up(ObsLink(url, inbox=fail)) as link:
        assert link.call("GetAnything", {"a": 1}) == {"a": 1}
        assert heard == [ObsEvent("Brandnew", {"x": 1})]
        assert link.up


@pytest.mark.expects_log("a callback failed")
def test_a_call_in_a_callback_is_an_error_and_not_a_standstill() -> None:
    problems: queue.SimpleQueue[BaseException] = queue.SimpleQueue()

    def ask(event: ObsEvent) -> None:
        try:
            link.call("GetVersion")
        except RuntimeError as error:
            problems.put(error)
            raise

    def talk(client: ServerConnection) -> None:
        client.send(json.dumps({"op": 5, "d": {"eventType": "Any", "eventData": {}}}))
        echoing(client)

    with peer(talk) as url:
        link = ObsLink(url, inbox=ask)
        with up(link):
            assert "wait for itself" in str(problems.get(timeout=5))
            assert link.call("GetVersion", {"b": 2}) == {"b": 2}


def test_an_answer_that_never_comes_is_a_timeout_and_a_late_one_is_dropped() -> None:
    late: queue.SimpleQueue[str] = queue.SimpleQueue()

    def talk(client: ServerConnection) -> None:
        for text in client:
            body = json.loads(text)["d"]
            if body["requestType"] == "Slow":
                late.put(body["requestId"])
            elif body["requestType"] == "Flush":
                answer(client, late.get(), "Slow", {"late": True})
                answer(client, body["requestId"], "Flush", {"flushed": True})
            else:
                answer(client, body["requestId"], body["requestType"], {})

    with peer(talk) as url, up(ObsLink(url)) as link:
        with pytest.raises(ObsTimeout) as timeout:
            link.call("Slow", timeout=0.1)
        assert timeout.value.request == "Slow"
        assert link.call("Flush") == {"flushed": True}


def test_calls_in_flight_fail_at_once_when_the_link_drops() -> None:
    def talk(client: ServerConnection) -> None:
        for text in client:
            if json.loads(text)["d"]["requestType"] == "Last":
                return

    lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
    with peer(talk) as url, up(ObsLink(url, on_lost=lost.put)) as link, ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(link.call, "Pending", timeout=30) for _ in range(2)]
        wait_until(lambda: len(link._waiting) == 2)
        waiting.append(pool.submit(link.call, "Last", timeout=30))
        assert all(isinstance(call.exception(20), LinkDown) for call in waiting)
        assert lost.get(timeout=5).trouble is Trouble.CLOSED
        assert not link.up
        with pytest.raises(LinkDown):
            link.call("GetVersion")


def test_a_half_open_link_is_known_within_two_seconds() -> None:
    """The peer is there and reads, but answers neither pings nor requests, as after a cable was pulled."""
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as stack:
        real = stack.enter_context(peer(echoing))
        port = int(real.rsplit(":", 1)[1])
        forwarding = threading.Event()
        forwarding.set()
        done = threading.Event()

        def forward() -> None:
            client, _ = server.accept()
            inner = socket.create_connection(("127.0.0.1", port))
            with client, inner:
                for side in (client, inner):
                    side.settimeout(0.05)
                while not done.is_set():
                    for source, target in ((client, inner), (inner, client)):
                        try:
                            data = source.recv(65536)
                        except TimeoutError:
                            continue
                        if forwarding.is_set():
                            target.sendall(data)

        thread = threading.Thread(target=forward)
        thread.start()
        stack.callback(thread.join)
        stack.callback(done.set)
        lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
        link = ObsLink(f"ws://127.0.0.1:{server.getsockname()[1]}", on_lost=lost.put)
        with up(link):
            assert link.call("GetVersion", {"x": 1}) == {"x": 1}
            forwarding.clear()
            assert lost.get(timeout=20).trouble is Trouble.SILENT


def test_a_peer_that_answers_pings_but_no_requests_is_noticed() -> None:
    def talk(client: ServerConnection) -> None:
        for _ in client:
            pass

    lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
    with peer(talk) as url, up(ObsLink(url, on_lost=lost.put)):
        assert lost.get(timeout=5).trouble is Trouble.SILENT


def test_a_goodbye_leaves_no_thread_and_is_no_loss(rig: Rig) -> None:
    lost: list[LinkDown] = []
    link = rig.link(on_lost=lost.append)
    link.connect()
    link.disconnect()
    link.disconnect()
    assert lost == []
    assert not [thread for thread in threading.enumerate() if "receiver" in thread.name]
    with pytest.raises(LinkDown):
        link.call("GetVersion")


def test_the_wire_does_not_wait_for_more(rig: Rig) -> None:
    with up(rig.link()) as link:
        assert link.ws.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_halted_obs_is_known_long_before_its_answer_is_overdue(own_rig: Rig) -> None:
    lost: queue.SimpleQueue[LinkDown] = queue.SimpleQueue()
    with up(own_rig.link(on_lost=lost.put)) as link:
        own_rig.freeze()
        with pytest.raises(LinkDown) as down:
            link.call("GetVersion", timeout=30)
        assert down.value.trouble is Trouble.SILENT
        assert trouble_of(own_rig.url, own_rig.password).trouble is Trouble.NO_HELLO
        own_rig.thaw()
    with up(own_rig.link()) as again:
        assert again.call("GetVersion", timeout=10)["rpcVersion"] == 1

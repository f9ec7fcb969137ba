"""Asks an OBS for its whole state, in two or three batches, and makes a mirror of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio_console.core.studio import Size
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import NOT_READY, ObsError, Reply, Request
from studio_console.devices.obs.mirror import Mirror, ObsInput, ObsTransition, SceneItem, media_state

SNAPSHOT_TIMEOUT = 10.0
CHUNK = 200
"""Requests a batch: OBS answers a batch as a whole, and a link is not to be silent for long."""

MEDIA_FAMILIES = frozenset({"ffmpeg_source", "vlc_source"})

_GENERAL = (
    Request("GetVersion"),
    Request("GetSceneCollectionList"),
    Request("GetVideoSettings"),
    Request("GetStudioModeEnabled"),
    Request("GetSceneList"),
    Request("GetGroupList"),
    Request("GetInputList"),
    Request("GetInputKindList", {"unversioned": False}),
    Request("GetInputKindList", {"unversioned": True}),
    Request("GetSceneTransitionList"),
    Request("GetCurrentSceneTransition"),
)


def take_snapshot(link: ObsLink) -> Mirror:
    """The whole state of the OBS at the other end.

    Raises ObsError, with code NOT_READY while OBS is still loading, ObsTimeout or LinkDown. What disappears while
    it is asked for is left out.
    """
    answers = link.batch(_GENERAL, timeout=SNAPSHOT_TIMEOUT)
    for answer in answers:
        _insist(answer)
    version, collections, video, studio, scenes, groups, inputs, kinds, families, transitions, current = (
        answer.data for answer in answers
    )
    scene_names = [entry["sceneName"] for entry in reversed(scenes["scenes"])]
    listed: Sequence[Mapping[str, Any]] = inputs["inputs"]
    details = [Request("GetSceneItemList", {"sceneName": name}) for name in scene_names]
    for entry in listed:
        name = {"inputName": entry["inputName"]}
        details += [Request(f"GetInput{what}", name) for what in ("Settings", "Mute", "Volume")]
        if entry["unversionedInputKind"] in MEDIA_FAMILIES:
            details.append(Request("GetMediaInputStatus", name))
    replies = dict(zip(map(_key, details), _in_chunks(link, details), strict=True))
    # Of those alone that have a sound: a day has hundreds of texts.
    sounding = [name for (kind, name), reply in replies.items() if kind == "GetInputMute" and reply.ok]
    volumes = [Request("GetInputVolume", {"inputName": name}) for name in sounding]
    replies |= dict(zip(map(_key, volumes), _in_chunks(link, volumes), strict=True))
    return Mirror(
        version=version["obsVersion"],
        socket_version=version["obsWebSocketVersion"],
        platform=version.get("platform", ""),
        requests=frozenset(version["availableRequests"]),
        canvas=Size(video["baseWidth"], video["baseHeight"]),
        fps=video["fpsNumerator"] / max(1, video["fpsDenominator"]),
        collection=collections["currentSceneCollectionName"],
        studio_mode=studio["studioModeEnabled"],
        program=scenes["currentProgramSceneName"],
        scenes={
            name: items_of(replies[("GetSceneItemList", name)].data)
            for name in scene_names
            if replies[("GetSceneItemList", name)].ok
        },
        groups=frozenset(groups["groups"]),
        inputs={
            entry["inputName"]: _input(entry, replies)
            for entry in listed
            if replies[("GetInputSettings", entry["inputName"])].ok
        },
        kinds=dict(zip(families["inputKinds"], kinds["inputKinds"], strict=False)),
        transitions=tuple(
            ObsTransition(entry["transitionName"], entry["transitionKind"], entry["transitionFixed"])
            for entry in transitions["transitions"]
        ),
        transition=current["transitionName"],
        transition_duration=current.get("transitionDuration"),
        media={
            name: media_state(reply.data)
            for (request, name), reply in replies.items()
            if request == "GetMediaInputStatus" and reply.ok
        },
    )


def _key(request: Request) -> tuple[str, str]:
    return request.type, request.data.get("sceneName") or request.data["inputName"]


def _in_chunks(link: ObsLink, requests: Sequence[Request]) -> list[Reply]:
    replies: list[Reply] = []
    for start in range(0, len(requests), CHUNK):
        replies += link.batch(requests[start : start + CHUNK], timeout=SNAPSHOT_TIMEOUT)
    for reply in replies:
        if reply.code == NOT_READY:
            _insist(reply)
    return replies


def _insist(reply: Reply) -> None:
    if not reply.ok:
        raise ObsError(reply.code, reply.comment, reply.request)


def items_of(data: Mapping[str, Any]) -> tuple[SceneItem, ...]:
    """The answer to GetSceneItemList, from bottom to top."""
    items = [
        SceneItem(
            entry["sceneItemId"],
            entry["sourceName"],
            entry["sceneItemIndex"],
            entry["sceneItemEnabled"],
            entry["sceneItemTransform"],
        )
        for entry in data["sceneItems"]
    ]
    return tuple(sorted(items, key=lambda item: item.index))


def _input(entry: Mapping[str, Any], replies: Mapping[tuple[str, str], Reply]) -> ObsInput:
    name = entry["inputName"]
    mute = replies[("GetInputMute", name)]
    volume = replies[("GetInputVolume", name)]
    return ObsInput(
        name,
        entry["inputKind"],
        entry["unversionedInputKind"],
        replies[("GetInputSettings", name)].data["inputSettings"],
        mute.data["inputMuted"] if mute.ok else None,
        volume.data["inputVolumeDb"] if volume.ok else None,
    )

"""Why a take did not happen, and what the operator does about it."""

from __future__ import annotations

from collections.abc import Sequence

from studio_console.core.text import Text
from studio_console.core.units import SceneName
from studio_console.devices.obs.messages import NOT_FOUND, NOT_READY, Reply


def not_connected(why: Text | None) -> Text:
    short = Text("OBS에 연결되어 있지 않습니다.", "There is no link to OBS.")
    return short if why is None else Text(f"{short.ko} {why.ko}", f"{short.en} {why.en}")


def lost_meanwhile() -> Text:
    return Text(
        "전환 중에 OBS 연결이 끊어졌습니다. 다시 연결되면 화면을 확인하고 필요하면 GO를 다시 누르세요.",
        "The link to OBS was lost during the take. When it is back, look at the picture and press GO again if needed.",
    )


def collection_changing() -> Text:
    return Text(
        "OBS가 장면 모음을 바꾸는 중입니다. 끝나면 GO를 다시 누르세요.",
        "OBS is changing its scene collection. Press GO again when it is done.",
    )


def studio_mode_on() -> Text:
    return Text(
        "OBS가 스튜디오 모드입니다. 스튜디오 모드를 끄고 GO를 다시 누르세요.",
        "OBS is in studio mode. Switch studio mode off, then press GO again.",
    )


def scene_missing(scene: SceneName, collection: str) -> Text:
    return Text(
        f"OBS의 장면 모음 '{collection}'에 장면 '{scene}'이(가) 없습니다."
        " 장면 모음을 확인하거나 장면을 다시 만드세요(provision).",
        f"Scene “{scene}” is not in OBS's collection “{collection}”. Check the collection, or run provision again.",
    )


def not_in_projector(scene: SceneName, projector: SceneName) -> Text:
    return Text(
        f"프로젝터 장면 '{projector}'에 '{scene}'이(가) 없습니다. 장면을 다시 만드세요(provision).",
        f"The projector's scene “{projector}” does not hold “{scene}”. Run provision again.",
    )


def no_answer() -> Text:
    return Text(
        "OBS가 제때 응답하지 않았습니다. 화면을 확인하고 OBS에서 직접 전환하세요.",
        "OBS did not answer in time. Look at the picture, and cut in OBS by hand if needed.",
    )


def overruled(scene: SceneName, shown: str) -> Text:
    return Text(
        f"OBS가 '{scene}' 대신 '{shown}'을(를) 내보내고 있습니다. OBS에서 누가 직접 전환했는지 확인하세요.",
        f"OBS shows “{shown}” and not “{scene}”. See whether somebody cut in OBS by hand.",
    )


def scene_on_air(scene: SceneName) -> Text:
    return Text(
        f"장면 '{scene}'이(가) 송출 중입니다. OBS에서 다른 장면으로 바꾸거나 큐를 GO 하세요.",
        f"Scene “{scene}” is on air. Take a cue, or cut to another scene in OBS.",
    )


def inputs_missing(names: Sequence[str]) -> Text:
    first = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return Text(
        f"OBS에 소스가 없습니다: {first}. 장면을 다시 만드세요(provision).",
        f"OBS lacks {first}. Run provision again.",
    )


def not_as_wanted(scene: SceneName) -> Text:
    return Text(
        f"장면 '{scene}'을(를) 원하는 대로 만들지 못했습니다. 다시 준비하세요.",
        f"Scene “{scene}” did not become what is wanted. Arm it again.",
    )


def arranging_refused(reply: Reply) -> Text:
    return Text(
        f"OBS가 거부했습니다({reply.request} {reply.code}: {reply.comment}). 다시 해 보세요.",
        f"OBS refused ({reply.request} {reply.code}: {reply.comment}). Try again.",
    )


def refused(reply: Reply, scene: SceneName, collection: str) -> Text:
    """What OBS's status code means for a take; its comment only where the code is not known here."""
    if reply.code == NOT_FOUND:
        return scene_missing(scene, collection)
    if reply.code == NOT_READY:
        return Text(
            "OBS가 아직 준비되지 않았습니다. 잠시 뒤 GO를 다시 누르세요.",
            "OBS is not ready yet. Press GO again in a moment.",
        )
    return Text(
        f"OBS가 전환을 거부했습니다({reply.request} {reply.code}: {reply.comment}).",
        f"OBS refused the take ({reply.request} {reply.code}: {reply.comment}).",
    )


def output_refused(reply: Reply) -> Text:
    """OBS's own words are left out: what a person wrote into its stream settings may be in them."""
    return Text(
        f"OBS가 거부했습니다(코드 {reply.code}). OBS의 방송·녹화 설정을 확인하세요.",
        f"OBS refused it (code {reply.code}): see its stream and recording settings.",
    )


def output_lost() -> Text:
    return Text(
        "그때 OBS 연결이 끊어졌습니다. 다시 연결되면 상태를 보고 필요하면 다시 누르세요.",
        "The link to OBS was lost just then. When it is back, look at its state, and press again if needed.",
    )

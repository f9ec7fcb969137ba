"""A first look at an OBS: who answers there, asked with requests that change nothing."""

from __future__ import annotations

import re

from studio_console.core.first_start import ObsAnswer
from studio_console.core.studio import Size
from studio_console.core.text import Text
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import NOT_READY, ObsError, ObsTimeout, Request
from studio_console.devices.obs.trouble import LinkDown, Trouble

OLDEST = 29
"""The first major version of OBS that everything here is tested with."""
PATIENCE = 5.0
"""Seconds for the answers, once the link is up."""

ASKED = (
    Request("GetVersion"),
    Request("GetStudioModeEnabled"),
    Request("GetVideoSettings"),
    Request("GetSceneCollectionList"),
)

TOO_OLD = Text(
    "OBS {version}은(는) 오래된 버전입니다. {oldest} 이상으로 업데이트하세요",
    "OBS {version} is too old: update it to {oldest} or newer",
)
STUDIO_MODE = Text(
    "스튜디오 모드가 켜져 있습니다. 방송 전에 OBS에서 끄세요", "Studio mode is on: switch it off in OBS before air"
)
OTHER_CANVAS = Text(
    "OBS의 캔버스는 {canvas}, studio.yaml은 {wanted}입니다. 한쪽을 맞추세요",
    "OBS has a canvas of {canvas}, studio.yaml says {wanted}: make them the same",
)
REFUSED = Text(
    "OBS가 자신의 상태를 알려 주지 않았습니다({detail}). OBS {oldest} 이상인지 보고 다시 시험하세요",
    "OBS did not tell its state ({detail}). See that it is OBS {oldest} or newer, and test again",
)


def greet(link: ObsLink, canvas: Size | None = None) -> ObsAnswer:
    """Connects ``link`` and asks who is there; ``canvas`` is what the files say of it. The link is closed behind it.

    Raises LinkDown.
    """
    try:
        link.connect()
        replies = link.batch(ASKED, timeout=PATIENCE)
        for reply in replies:
            if not reply.ok:
                raise ObsError(reply.code, "", reply.request)
        version, studio, video, collections = (reply.data for reply in replies)
        size = Size(video["baseWidth"], video["baseHeight"])
        answer = ObsAnswer(
            version=version["obsVersion"],
            studio_mode=studio["studioModeEnabled"],
            canvas=size,
            fps=video["fpsNumerator"] / max(1, video["fpsDenominator"]),
            collection=collections["currentSceneCollectionName"],
            doubts=doubts_of(version["obsVersion"], studio["studioModeEnabled"], size, canvas),
        )
    except ObsTimeout:
        raise LinkDown(Trouble.SILENT, link.address) from None
    except (ObsError, KeyError, TypeError) as error:
        if isinstance(error, ObsError) and error.code == NOT_READY:
            raise LinkDown(Trouble.LOADING, link.address) from None
        return ObsAnswer(trouble=REFUSED.filled(detail=type(error).__name__, oldest=OLDEST))
    finally:
        link.disconnect()
    return answer


def doubts_of(version: str, studio_mode: bool, canvas: Size, wanted: Size | None) -> tuple[Text, ...]:
    """What an OBS that answers ought to have otherwise before air; ``wanted`` is the canvas of the files."""
    found = []
    major = re.match(r"[0-9]+", version)
    if major is not None and int(major[0]) < OLDEST:
        found.append(TOO_OLD.filled(version=version, oldest=OLDEST))
    if studio_mode:
        found.append(STUDIO_MODE)
    if wanted is not None and wanted != canvas:
        found.append(OTHER_CANVAS.filled(canvas=canvas, wanted=wanted))
    return tuple(found)

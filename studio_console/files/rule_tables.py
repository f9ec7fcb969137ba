"""The keys of ``studio.yaml`` that are rules: when something is wrong, late or too much."""

from __future__ import annotations

import re

from studio_console.core.text import Text
from studio_console.core.units import Decibels
from studio_console.core.written import Wrong, shorten
from studio_console.files.bounds import between
from studio_console.files.records import Bilingual, Field, ListOf, Record
from studio_console.files.shapes import Parsed, Whole
from studio_console.files.values import SHARE_PATTERN, share_of

DECIBELS = Text("‘{text}’은(는) dB 값이 아닙니다", "‘{text}’ is not a number of dB")
DECIBELS_HINT = Text("0dB에서 60dB까지 정수로 적으세요: 18dB", "a whole number from 0dB to 60dB: 18dB")


DECIBELS_PATTERN = r"^([0-5]?[0-9]|60) ?dB$"


def decibels_of(text: str) -> Decibels:
    """How many dB something is lowered by: ``18dB``."""
    found = re.fullmatch(DECIBELS_PATTERN, text)
    if found is None:
        raise Wrong("decibels", DECIBELS, DECIBELS_HINT, text=shorten(text))
    return Decibels(int(found[1]))


SHARE = Parsed("share", share_of, SHARE_PATTERN, numbers=True, examples=("1%", "50%"))

GUESTS = Record(
    "guests",
    (
        Field(
            "lead",
            between("10s", "4h", "5m"),
            Text("차례보다 이만큼 앞서 연결되어야 함", "so long before their cue a remote guest has to be live"),
        ),
        Field(
            "frozen_after",
            between("0.5s", "1m", "1.2s"),
            Text("그림이 이만큼 멈춰 있으면 멈춤", "a picture that stands still so long is called frozen"),
        ),
        Field(
            "black_after",
            between("0.5s", "1m", "1.5s"),
            Text("그림이 이만큼 검으면 검은 화면", "a picture that is black so long is called black"),
        ),
        Field(
            "silent_after",
            between("2s", "10m", "10s"),
            Text("소리가 이만큼 없으면 무음", "a guest who is not heard for so long is called silent"),
        ),
        Field(
            "caching",
            between("50ms", "10s", "300ms"),
            Text("고르지 않은 네트워크에 대비해 미리 받는 길이", "held back of a stream against an uneven network"),
        ),
    ),
)

INTERPRETATION = Record(
    "interpretation",
    (
        Field(
            "duck",
            Parsed("decibels", decibels_of, DECIBELS_PATTERN, examples=("18dB",)),
            Text("통역 아래 현장음을 이만큼 낮춤", "by how much the floor is lowered under an interpreter"),
        ),
        Field(
            "handover",
            between("1m", "4h", "30m"),
            Text("같은 통역사가 이만큼 말하면 알림", "a reminder once one interpreter has spoken so long"),
        ),
    ),
)

OUTPUTS = Record(
    "outputs",
    (
        Field(
            "bitrate_low",
            Whole(1, 1_000_000),
            Text("스트림이 이보다 낮으면 경보(kbit/s)", "kbit/s that a stream is not to fall below"),
        ),
        Field("dropped", SHARE, Text("회선에서 유실된 프레임의 비율", "the share of frames that the network dropped")),
        Field("skipped", SHARE, Text("인코더가 건너뛴 프레임의 비율", "the share of frames that the encoder skipped")),
        Field("lag", SHARE, Text("늦게 그린 프레임의 비율", "the share of frames that OBS drew too late")),
        Field("congestion", SHARE, Text("회선의 혼잡도", "how congested the line may be")),
        Field(
            "disk",
            between("1m", "24h", "30m"),
            Text("녹화할 수 있는 시간이 이보다 짧으면 경보", "the recording has room for at least so long"),
        ),
        Field(
            "deadline",
            between("2s", "2m", "10s"),
            Text("시작이나 정지가 확인되지 않으면 경보까지", "alarm if a start or stop is not confirmed by then"),
        ),
    ),
)

DEAD_AIR = Record(
    "dead-air",
    (
        Field("black", between("1s", "10m", "3s"), Text("검은 화면이 이만큼 이어지면 경보", "black for so long")),
        Field("frozen", between("2s", "30m", "10s"), Text("화면이 이만큼 멈춰 있으면 경보", "still for so long")),
        Field("silent", between("2s", "30m", "15s"), Text("소리가 이만큼 없으면 경보", "silent for so long")),
    ),
)

SPEAKER_TIMER = Record(
    "speaker-timer",
    (
        Field(
            "warning",
            between("1s", "12h", "1m"),
            Text("큐에 적지 않으면 이만큼 남았을 때 주의", "left when it warns, where a cue does not say"),
        ),
        Field(
            "danger",
            between("1s", "12h", "30s"),
            Text("큐에 적지 않으면 이만큼 남았을 때 위험", "left when it is urgent, where a cue does not say"),
        ),
        Field(
            "messages",
            ListOf(Bilingual(), 1, 9),
            Text("한 번에 보내는 메시지, 키 1부터 9", "messages sent by one key, 1 to 9"),
        ),
    ),
)

"""The obs-websocket v5 protocol as data: numbers, messages and the password's challenge. No I/O."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import Any, TypeAlias

from studio_console.devices.simulated import messagepack

Data: TypeAlias = dict[str, Any]
"""A JSON object as it travels."""

RPC_VERSION = 1


class Op(IntEnum):
    HELLO = 0
    IDENTIFY = 1
    IDENTIFIED = 2
    REIDENTIFY = 3
    EVENT = 5
    REQUEST = 6
    RESPONSE = 7
    BATCH = 8
    BATCH_RESPONSE = 9


class Close(IntEnum):
    DECODE = 4002
    MISSING_FIELD = 4003
    FIELD_TYPE = 4004
    FIELD_VALUE = 4005
    UNKNOWN_OP = 4006
    NOT_IDENTIFIED = 4007
    ALREADY_IDENTIFIED = 4008
    AUTHENTICATION = 4009
    RPC_VERSION = 4010
    KICKED = 4011


class Status(IntEnum):
    SUCCESS = 100
    MISSING_TYPE = 203
    UNKNOWN_TYPE = 204
    WRONG_BATCH_TYPE = 206
    MISSING_FIELD = 300
    MISSING_DATA = 301
    FIELD_INVALID = 400
    FIELD_TYPE = 401
    FIELD_RANGE = 402
    FIELD_EMPTY = 403
    TOO_MANY_FIELDS = 404
    OUTPUT_RUNNING = 500
    OUTPUT_NOT_RUNNING = 501
    OUTPUT_PAUSED = 502
    OUTPUT_NOT_PAUSED = 503
    STUDIO_MODE_ACTIVE = 505
    STUDIO_MODE_NOT_ACTIVE = 506
    NOT_FOUND = 600
    ALREADY_EXISTS = 601
    SOURCE_TYPE = 602
    STATE = 604
    KIND = 605
    NOT_CONFIGURABLE = 606
    FILTER_KIND = 607
    CREATION_FAILED = 700
    ACTION_FAILED = 701
    PROCESSING_FAILED = 702
    CANNOT_ACT = 703


class Intent(IntFlag):
    """Which events a client asked for. ALL is all but those that come many times a second."""

    GENERAL = 1 << 0
    CONFIG = 1 << 1
    SCENES = 1 << 2
    INPUTS = 1 << 3
    TRANSITIONS = 1 << 4
    FILTERS = 1 << 5
    OUTPUTS = 1 << 6
    SCENE_ITEMS = 1 << 7
    MEDIA_INPUTS = 1 << 8
    VENDORS = 1 << 9
    UI = 1 << 10
    ALL = (1 << 11) - 1
    INPUT_VOLUME_METERS = 1 << 16
    INPUT_ACTIVE_STATE_CHANGED = 1 << 17
    INPUT_SHOW_STATE_CHANGED = 1 << 18
    SCENE_ITEM_TRANSFORM_CHANGED = 1 << 19


class CloseSession(Exception):
    """The client broke the protocol; the session ends with ``code``."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Refusal(Exception):
    """A request is answered with a status other than success."""

    def __init__(self, status: int, comment: str | None = None) -> None:
        super().__init__(comment or "")
        self.status = int(status)
        self.comment = comment


def encode_json(op: Op, data: Data) -> str:
    return json.dumps({"op": int(op), "d": data}, ensure_ascii=False, separators=(",", ":"))


def encode_messagepack(op: Op, data: Data) -> bytes:
    return messagepack.pack({"op": int(op), "d": data})


def decode_json(message: str | bytes) -> tuple[int, Data]:
    """The op code and data of a client's message. Raises CloseSession where it is not of the protocol's form."""
    if isinstance(message, bytes):
        reason = "Your session encoding is set to Json, but a binary message was received."
        raise CloseSession(Close.DECODE, reason)
    try:
        payload = json.loads(message)
    except (ValueError, RecursionError) as error:
        raise CloseSession(Close.DECODE, f"Unable to decode Json: {error}") from None
    return _checked(payload)


def decode_messagepack(message: str | bytes) -> tuple[int, Data]:
    """As ``decode_json``."""
    if isinstance(message, str):
        reason = "Your session encoding is set to MsgPack, but a text message was received."
        raise CloseSession(Close.DECODE, reason)
    try:
        payload = messagepack.unpack(message)
    except ValueError as error:
        raise CloseSession(Close.DECODE, f"Unable to decode MsgPack: {error}") from None
    return _checked(payload)


@dataclass(frozen=True, slots=True)
class Encoding:
    """One of the two encodings of a session, chosen by the websocket's subprotocol."""

    subprotocol: str
    encode: Callable[[Op, Data], str | bytes]
    decode: Callable[[str | bytes], tuple[int, Data]]


JSON = Encoding("obswebsocket.json", encode_json, decode_json)
MESSAGEPACK = Encoding("obswebsocket.msgpack", encode_messagepack, decode_messagepack)


def _checked(payload: object) -> tuple[int, Data]:
    if not isinstance(payload, dict):
        raise CloseSession(Close.DECODE, "You sent a non-object payload.")
    if "op" not in payload:
        raise CloseSession(Close.UNKNOWN_OP, "Your request is missing an `op`.")
    if not is_number(payload["op"]):
        raise CloseSession(Close.UNKNOWN_OP, "Your `op` is not a number.")
    if "d" not in payload:
        raise CloseSession(Close.MISSING_FIELD, "Your payload is missing data (`d`).")
    if not isinstance(payload["d"], dict):
        raise CloseSession(Close.FIELD_TYPE, "Your payload's data (`d`) is not an object.")
    return int(payload["op"]), payload["d"]


def is_number(value: object) -> bool:
    """JSON's idea of a number: Python's bool is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def single(value: float) -> float:
    """``value`` as it comes back from OBS, which keeps places, sizes and volumes in single precision."""
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


def is_unsigned(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def answer_to(challenge: str, salt: str, password: str) -> str:
    """What a client that knows ``password`` sends as ``authentication``."""
    secret = base64.b64encode(hashlib.sha256((password + salt).encode()).digest()).decode()
    return base64.b64encode(hashlib.sha256((secret + challenge).encode()).digest()).decode()


def check_identify(data: Data, challenge: str, salt: str, password: str | None) -> None:
    """Raises CloseSession unless the client may come in."""
    if password:
        if "authentication" not in data:
            reason = "Your payload's data is missing an `authentication` string, however authentication is required."
            raise CloseSession(Close.AUTHENTICATION, reason)
        given = str(data["authentication"])
        if not hmac.compare_digest(given.encode(), answer_to(challenge, salt, password).encode()):
            raise CloseSession(Close.AUTHENTICATION, "Authentication failed.")
    if "rpcVersion" not in data:
        raise CloseSession(Close.MISSING_FIELD, "Your payload's data is missing an `rpcVersion`.")
    if not is_unsigned(data["rpcVersion"]):
        raise CloseSession(Close.FIELD_TYPE, "Your `rpcVersion` is not an unsigned number.")
    if data["rpcVersion"] != RPC_VERSION:
        raise CloseSession(Close.RPC_VERSION, "Your requested RPC version is not supported by this server.")


def wanted_events(data: Data, before: int) -> int:
    """The event mask that an Identify or Reidentify asks for; ``before`` if it does not say."""
    if data.get("eventSubscriptions") is None:
        return before
    if not is_unsigned(data["eventSubscriptions"]):
        raise CloseSession(Close.FIELD_TYPE, "Your `eventSubscriptions` is not an unsigned number.")
    return int(data["eventSubscriptions"])


def status_of(refusal: Refusal | None) -> Data:
    if refusal is None:
        return {"result": True, "code": int(Status.SUCCESS)}
    status: Data = {"result": refusal.status == Status.SUCCESS, "code": refusal.status}
    if refusal.comment:
        status["comment"] = refusal.comment
    return status

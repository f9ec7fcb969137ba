"""The address of an OBS in the one spelling by which two of them are compared.

Surfaces with the same address share an OBS, a connection and its programme: one OBS under two spellings would be
driven twice, and a take of the wall would switch the programme. So addresses come in through here, and nowhere else.
"""

from __future__ import annotations

import ipaddress
import re
from enum import Enum
from urllib.parse import SplitResult, urlsplit

DEFAULT_PORT = 4455
"""What OBS's own settings begin with."""
LOOPBACK = "127.0.0.1"


class AddressFault(Enum):
    """Why something is no address of an OBS."""

    FORM = "form"
    SECRET = "secret"
    """A password, or something else that does not belong there."""
    ENCRYPTED = "encrypted"
    """``wss://``: OBS's own server speaks no TLS."""


class NotAnObsAddress(ValueError):
    """No address of an OBS. It never quotes what was given: that may be a password."""

    def __init__(self, fault: AddressFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def obs_address(text: str) -> str:
    """``ws://host:port`` of ``text``: lower case, with its port, without a slash, every loopback as 127.0.0.1.

    Raises NotAnObsAddress.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise NotAnObsAddress(AddressFault.SECRET if "@" in text else AddressFault.FORM) from None
    if _holds_more(parts) or "@" in text:
        raise NotAnObsAddress(AddressFault.SECRET)
    if parts.scheme == "wss":
        raise NotAnObsAddress(AddressFault.ENCRYPTED)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "ws" or parts.path not in ("", "/") or port == 0 or not re.match(r"[a-z0-9.:_-]+\Z", host):
        raise NotAnObsAddress(AddressFault.FORM)
    return f"ws://{_host(host)}:{port or DEFAULT_PORT}"


def _holds_more(parts: SplitResult) -> bool:
    return bool(parts.username is not None or parts.password is not None or parts.query or parts.fragment)


def _host(host: str) -> str:
    """OBS listens on both loopbacks alike, and so does whoever names it by ``localhost``."""
    if host == "localhost":
        return LOOPBACK
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return LOOPBACK if address.is_loopback else f"[{address}]"
    return str(address)

"""The passwords of the OBS connections: from the environment or the system's keyring, never from a file of ours."""

from __future__ import annotations

import logging
import os

import keyring
from keyring.errors import KeyringError

from studio_console.core.first_start import PasswordPlace
from studio_console.core.problems import UserError
from studio_console.core.studio import password_variable
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId

SERVICE = "studio-console"
SAFE = 1
"""The least priority of a keyring that is one: those that keep passwords in plain files have less."""

NOT_KEPT = Text(
    "키링에 저장하지 못했습니다. 대신 환경 변수 {variable}에 비밀번호를 넣고 콘솔을 시작하세요",
    "The keyring did not keep it. Put the password into the environment variable {variable} instead, and start again",
)

log = logging.getLogger(__name__)


def password_of(surface: SurfaceId) -> str | None:
    """The password of the surface's OBS; None if there is none anywhere (an OBS without authentication)."""
    given = os.environ.get(password_variable(surface))
    if given is not None:
        return given
    try:
        return keyring.get_password(SERVICE, surface)
    except KeyringError as error:
        # No keyring on a bare server is usual; what went wrong there names no secret.
        log.info("no keyring for %s: %s", surface, type(error).__name__)
        return None


def password_place(surface: SurfaceId) -> PasswordPlace:
    """Where ``password_of`` has it from."""
    if os.environ.get(password_variable(surface)) is not None:
        return PasswordPlace.ENVIRONMENT
    return PasswordPlace.NOWHERE if password_of(surface) is None else PasswordPlace.KEYRING


def keyring_is_safe() -> bool:
    """Whether the system has a keyring that keeps passwords, and not in a plain file."""
    try:
        return bool(keyring.get_keyring().priority >= SAFE)
    except (KeyringError, RuntimeError):
        return False


def keep_password(surface: SurfaceId, password: str) -> None:
    """Puts the password into the system's keyring. Raises UserError, which does not quote it."""
    try:
        if keyring_is_safe():
            keyring.set_password(SERVICE, surface, password)
            if keyring.get_password(SERVICE, surface) == password:
                return
    except Exception as error:  # noqa: BLE001 - every system's keyring fails in its own way, and may quote what it got
        log.info("the keyring did not keep the password of %s: %s", surface, type(error).__name__)
    raise UserError(NOT_KEPT, variable=password_variable(surface))

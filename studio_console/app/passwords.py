"""The passwords of the OBS connections: from the environment or the system's keyring, never from a file of ours."""

from __future__ import annotations

import logging
import os

import keyring
from keyring.errors import KeyringError

from studio_console.core.studio import password_variable
from studio_console.core.units import SurfaceId

SERVICE = "studio-console"

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

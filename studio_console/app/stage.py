"""``stage``: the stage manager's window."""

from __future__ import annotations

import argparse

from studio_console.app.role_command import run_role


def run(options: argparse.Namespace) -> int:
    return run_role(options, "stage")

"""Whether the scenes in the real OBS are those of the rundown: a cue may have been edited after they were built.

An edit comes in on air at once; its picture is built by ``provision`` alone. Nothing is sent to OBS here but questions.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping

from studio_console.app.console import Console
from studio_console.app.obs import ObsUnusable, Passwords, provision_each
from studio_console.core.picture import SurfacePlan
from studio_console.core.reports import ScenesCompared
from studio_console.core.show import Show
from studio_console.core.studio import Studio
from studio_console.core.units import SceneName, SurfaceId

log = logging.getLogger(__name__)


def compared(console: Console, studio: Studio, passwords: Passwords) -> Iterator[ScenesCompared]:
    """What is stale on each surface whose OBS can be asked."""
    for names, report in provision_each(console.plans, studio, passwords, console.opened.folder, dry_run=True):
        if isinstance(report, ObsUnusable):
            log.info("%s could not be compared with the rundown: %s", names, report)
            continue
        changes = (*report.changes, *report.deferred)
        missing = {change.subject for change in changes if change.request.type == "CreateScene"}
        subjects = {change.subject for change in changes}
        for surface in names.split(", "):
            if (plan := console.plans.get(SurfaceId(surface))) is not None:
                yield ScenesCompared(SurfaceId(surface), stale_scenes(plan, subjects) - missing)


def stale_scenes(plan: SurfacePlan, subjects: Collection[str]) -> frozenset[SceneName]:
    """The scenes of cues that would change if ``subjects`` (scenes and inputs) were changed."""
    shown = frozenset(plan.by_cue.values())
    return frozenset(
        scene.name
        for scene in plan.scenes
        if scene.name in shown and (scene.name in subjects or any(item.input in subjects for item in scene.items))
    )


def collections(show: Show) -> Mapping[SurfaceId, tuple[str, frozenset[SceneName]]]:
    """What, when it changes, is a reason to compare again: who is connected, with which scenes."""
    return {name: (state.collection, state.present) for name, state in show.surfaces.items() if state.connected}

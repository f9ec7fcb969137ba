"""``provision``: the scenes of a day, built in OBS ahead of air.

Exit status: 0 every OBS has all of it; 1 something is left, put off or refused, or one OBS could not be used;
2 none could.
"""

from __future__ import annotations

import argparse
import sys

from studio_console.app.bars import progress_bar
from studio_console.app.console import open_day, plans_for
from studio_console.app.obs import ObsUnusable, provision_each
from studio_console.app.passwords import password_of
from studio_console.app.places import Mode
from studio_console.core.problems import UserError
from studio_console.core.text import Text
from studio_console.core.units import SurfaceId
from studio_console.devices.obs.provision import Progress, ProvisionReport

NO_SURFACE = Text(
    "‘{wanted}’ 출력면이 없습니다. studio.yaml의 출력면: {known}",
    "There is no surface ‘{wanted}’; studio.yaml has {known}",
)
CHANGED = Text("{surfaces}: {count}가지를 바꿨습니다", "{surfaces}: {count} changes made")
WOULD_CHANGE = Text(
    "{surfaces}: {count}가지를 바꾸게 됩니다(보내지 않음)", "{surfaces}: {count} changes to make (nothing was sent)"
)
UNCHANGED = Text("{surfaces}: 바꿀 것이 없습니다", "{surfaces}: nothing to change")
DEFERRED = Text(
    "  미룸(지금 송출 중): {subject}. {reason}",
    "  put off (on air now): {subject}. {reason}",
)
HOW_TO_FORCE = Text(
    "  송출 중인 장면까지 고치려면 --on-air를 붙여 다시 실행하세요",
    "  To change what is on air as well, run this again with --on-air",
)


def run(options: argparse.Namespace) -> int:
    opened, day = open_day(options)
    plans = plans_for(opened, day, Mode.REHEARSAL if options.stand_ins else Mode.SHOW)
    if options.surface:
        wanted = SurfaceId(options.surface)
        if wanted not in plans:
            raise UserError(NO_SURFACE, wanted=wanted, known=", ".join(plans))
        # Surfaces that share an OBS are one job: the later ones live in scenes of the first.
        url = opened.studio.surfaces[wanted].obs_url
        plans = {name: plan for name, plan in plans.items() if opened.studio.surfaces[name].obs_url == url}
    with progress_bar(options.quiet) as bar:

        def follow(surfaces: str) -> Progress:
            task = bar.add_task(surfaces, total=None)

            def told(done: int, total: int, doing: Text) -> None:
                bar.update(task, completed=done, total=total, description=f"{surfaces}: {doing.show(options.lang)}")

            return told

        results = list(
            provision_each(
                plans,
                opened.studio,
                password_of,
                opened.folder,
                dry_run=options.dry_run,
                on_air=options.on_air,
                progress=follow,
            )
        )
    for surfaces, result in results:
        if isinstance(result, ObsUnusable):
            print(f"studio-console: {result.show(options.lang)}", file=sys.stderr)
        else:
            _tell(surfaces, result, options)
    reports = [result for _, result in results if not isinstance(result, ObsUnusable)]
    if not reports:
        return 2
    return 0 if len(reports) == len(results) and all(report.complete for report in reports) else 1


def _tell(surfaces: str, report: ProvisionReport, options: argparse.Namespace) -> None:
    language = options.lang
    summary = UNCHANGED if not report.changes else WOULD_CHANGE if report.dry_run else CHANGED
    print(summary.show(language, surfaces=surfaces, count=len(report.changes)))
    if report.dry_run:
        for change in report.changes:
            print(f"  {change.request.type} {change.subject}: {change.reason.show(language)}")
    for change in report.deferred:
        print(DEFERRED.show(language, subject=change.subject, reason=change.reason))
    if report.deferred:
        print(HOW_TO_FORCE.show(language))
    for finding in report.problems:
        remedy = f" → {finding.remedy.show(language)}" if finding.remedy else ""
        print(f"  ✗ {finding.what.show(language)}: {finding.message.show(language)}{remedy}")

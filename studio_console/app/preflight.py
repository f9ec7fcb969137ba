"""``preflight``: everything that air needs, looked at one by one, each with what to do where it is not in order."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping

from studio_console.app.console import Opened, open_day, plans_for
from studio_console.app.guest_findings import guest_findings
from studio_console.app.obs import linked, obs_jobs
from studio_console.app.passwords import password_of
from studio_console.app.picture_findings import picture_findings
from studio_console.app.places import Mode
from studio_console.core.clip_watch import LENGTH_TOLERANCE
from studio_console.core.picture import SurfacePlan
from studio_console.core.problems import UserError
from studio_console.core.rundown import Day
from studio_console.core.studio import Clip
from studio_console.core.text import Text, same
from studio_console.core.units import SurfaceId
from studio_console.devices.clipfile import PARSE_LIMIT, ClipProbe
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.inspection import inspect

FILES = Text("행사 파일", "event files")
FILES_GOOD = Text("오류 없음, 주의 {count}개", "no errors, {count} warnings")
REACHABLE = Text("OBS 연결", "link to OBS")
REACHED = Text("연결됨", "reached")
CLIP = Text("영상 {file}", "clip {file}")
PLAYS = Text("재생됨, {seconds}초", "plays, {seconds} s")
CUE_LENGTH = Text(
    "영상은 {seconds}초, 큐 {cue}은 {planned}초로 되어 있습니다",
    "the clip lasts {seconds} s, cue {cue} plans {planned} s",
)
MEND_LENGTH = Text(
    "큐시트의 길이를 영상에 맞추거나 영상을 바꾸세요", "Make the cue as long as the clip, or change the clip"
)
REPLACE_CLIP = Text("파일을 다시 받아 넣으세요", "Put a good file in its place")
SUMMARY_GOOD = Text("모두 준비되었습니다 ({total}항목)", "All in order ({total} checks)")
SUMMARY_BAD = Text("{total}항목 중 {bad}개가 준비되지 않았습니다", "{bad} of {total} checks are not in order")


def run(options: argparse.Namespace) -> int:
    opened, day = open_day(options)
    plans = plans_for(opened, day, Mode.REHEARSAL if options.stand_ins else Mode.SHOW)
    results: list[tuple[str, Finding]] = [("", _files(opened))]
    results += _surfaces(opened, day, plans)
    results += [("", finding) for finding in _clips(opened, day)]
    if not options.stand_ins:
        results += [("", finding) for finding in picture_findings(opened, day)]
    results += [("", finding) for finding in guest_findings(opened, day, plans, drawn=options.stand_ins)]
    bad = sum(not finding.ok and not finding.minor for _, finding in results)
    if options.json:
        json.dump([_report(surface, finding, options) for surface, finding in results], sys.stdout, ensure_ascii=False)
        print()
    else:
        for surface, finding in results:
            print(_line(surface, finding, options))
        print((SUMMARY_BAD if bad else SUMMARY_GOOD).show(options.lang, total=len(results), bad=bad))
    return 1 if bad else 0


def _files(opened: Opened) -> Finding:
    return Finding(FILES, True, FILES_GOOD.filled(count=len(opened.problems)))


def _surfaces(opened: Opened, day: Day, plans: Mapping[SurfaceId, SurfacePlan]) -> Iterator[tuple[SurfaceId, Finding]]:
    transitions = {cue.transition.kind for cue in day.cues if not cue.skip}
    for job in obs_jobs(plans, opened.studio):
        together = list(job.plans.values())
        try:
            with linked(job, password_of) as link:
                for name, plan in zip(job.accounts, together, strict=True):
                    yield name, Finding(REACHABLE, True, REACHED)
                    for finding in inspect(
                        link, plan, folder=opened.folder, together=together, transitions=transitions
                    ):
                        yield name, finding
        except UserError as error:
            reason = error.values.get("reason")
            said = reason if isinstance(reason, Text) else Text(error.show("ko"), error.show("en"))
            for name in job.accounts:
                yield name, Finding(REACHABLE, False, said)


def _clips(opened: Opened, day: Day) -> Iterator[Finding]:
    """Every clip of the day, opened for real: a file that is there may still not play."""
    probe = ClipProbe()
    try:
        for name in dict.fromkeys(cue.clip for cue in day.cues if cue.clip and not cue.skip):
            source = opened.studio.inputs[name].source
            if not isinstance(source, Clip):
                continue
            found = probe.look_into(opened.folder / source.file)
            what = CLIP.filled(file=source.file)
            if found.trouble is not None or found.duration is None:
                trouble = found.trouble or same("?")
                said = trouble.filled(file=source.file, seconds=PARSE_LIMIT)
                yield Finding(what, False, said, REPLACE_CLIP if found.known else None)
                continue
            seconds = f"{found.duration / 1000:.1f}"
            yield Finding(what, True, PLAYS.filled(seconds=seconds))
            for cue in day.cues:
                if cue.clip != name or cue.skip or cue.duration is None or source.loop:
                    continue
                if abs(cue.duration - found.duration) > LENGTH_TOLERANCE:
                    planned = f"{cue.duration / 1000:g}"
                    said = CUE_LENGTH.filled(seconds=seconds, cue=cue.number, planned=planned)
                    yield Finding(what, False, said, MEND_LENGTH, minor="duration" in cue.assumed)
    finally:
        probe.close()


def _report(surface: str, finding: Finding, options: argparse.Namespace) -> Mapping[str, object]:
    return {
        "surface": surface or None,
        "what": finding.what.show(options.lang),
        "ok": finding.ok,
        "minor": finding.minor,
        "message": finding.message.show(options.lang),
        "hint": finding.remedy.show(options.lang) if finding.remedy else None,
    }


def _line(surface: str, finding: Finding, options: argparse.Namespace) -> str:
    mark = "✓" if finding.ok else "!" if finding.minor else "✗"
    where = f"{surface}: " if surface else ""
    remedy = f" → {finding.remedy.show(options.lang)}" if finding.remedy and not finding.ok else ""
    return f"{mark} {where}{finding.what.show(options.lang)}: {finding.message.show(options.lang)}{remedy}"

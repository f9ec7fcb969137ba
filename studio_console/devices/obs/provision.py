"""Builds the scenes of a day in OBS, ahead of air, so that a take on air is one scene change.

Run again it changes nothing: each round compares what is wanted with what OBS reports, and sends the difference.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from studio_console.core.picture import SurfacePlan
from studio_console.core.text import Text, same
from studio_console.devices.obs.diff import Change, Difference, Stage, difference
from studio_console.devices.obs.findings import Finding
from studio_console.devices.obs.link import ObsLink
from studio_console.devices.obs.messages import Execution, ObsEvent, Reply, Request
from studio_console.devices.obs.mirror import Mirror
from studio_console.devices.obs.snapshot import take_snapshot
from studio_console.devices.obs.wanted import wanted_in

CHUNK = 50
"""Requests a batch: a take by a running console waits for one batch at most."""
BATCH_TIMEOUT = 120.0
"""Seconds. A large collection makes OBS slow; one that died is known from the link's own watch."""
ROUNDS = 4
"""A round may learn what the next one needs: the size of a picture, the place of a new item."""
NAMED = 5
"""So many of what is left over are named."""
SIZES_SETTLE = 0.5
"""Seconds that new sources get to learn their size before the next comparison."""

Progress: TypeAlias = Callable[[int, int, Text], None]
"""Called with how many changes are done, of how many, and what is being done."""

STAGE_WORDS = {
    Stage.LIBRARY: Text("준비", "getting ready"),
    Stage.REGISTER: Text("목록 쓰기", "writing the list"),
    Stage.SCENES: Text("장면 만들기", "making scenes"),
    Stage.INPUTS: Text("소스 만들기", "making sources"),
    Stage.SETTINGS: Text("소스 설정", "setting sources"),
    Stage.ITEMS: Text("장면 채우기", "filling scenes"),
    Stage.PLACES: Text("자리 맞추기", "placing items"),
}


@dataclass(frozen=True, slots=True)
class ProvisionReport:
    """What was changed, or would be on a dry run; what waits because it is on air; what went wrong."""

    changes: tuple[Change, ...]
    deferred: tuple[Change, ...]
    problems: tuple[Finding, ...]
    dry_run: bool = False

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def complete(self) -> bool:
        """Whether OBS now has all that was wanted, or would have it after a run that is not dry."""
        return self.ok and not self.deferred


class _Changes:
    """Whether the scene collection changed while we worked in it. Fed from the link's receiver."""

    def __init__(self) -> None:
        self.changed = threading.Event()

    def __call__(self, event: ObsEvent) -> None:
        if event.name == "CurrentSceneCollectionChanging":
            self.changed.set()


def provision(
    link: ObsLink,
    plans: Sequence[SurfacePlan],
    *,
    folder: Path,
    dry_run: bool = False,
    allow_on_air: bool = False,
    progress: Progress | None = None,
) -> ProvisionReport:
    """Makes the OBS at ``link`` have what ``plans``, all plans of that OBS, want. ``folder`` is the event's.

    Touches nothing that the console did not make, nor, unless ``allow_on_air``, what is seen on air; deletes no input
    and no scene of another day. Raises LinkDown, ObsError, ObsTimeout; what was done by then stays and is found done
    the next time.
    """
    told = progress or _silent
    watch = _Changes()
    link.inbox = watch
    mirror = take_snapshot(link)
    wanted = wanted_in(mirror, plans, folder)
    plan = difference(wanted, mirror, allow_on_air)
    done: list[Change] = []
    problems: list[Finding] = []
    if dry_run:
        done = list(plan.changes)
    else:
        for _ in range(ROUNDS):
            if not plan.changes or problems:
                break
            problems += _carry_out(link, plan, told, watch)
            done += plan.changes
            mirror = _settled(link)
            wanted = wanted_in(mirror, plans, folder)
            plan = difference(wanted, mirror, allow_on_air)
        if plan.changes and not problems:
            problems.append(_left_over(plan))
    found = (*wanted.problems, *plan.clashes, *problems)
    return ProvisionReport(tuple(done), plan.deferred, found, dry_run)


def _settled(link: ObsLink) -> Mirror:
    threading.Event().wait(SIZES_SETTLE)
    return take_snapshot(link)


def _silent(done: int, total: int, doing: Text) -> None:
    return None


def _carry_out(link: ObsLink, plan: Difference, told: Progress, watch: _Changes) -> list[Finding]:
    """Sends the changes, stage by stage; what OBS refuses is a finding, and the rest goes on."""
    total = len(plan.changes)
    sent = 0
    problems: list[Finding] = []
    for chunk in _chunks(plan.changes):
        if watch.changed.is_set():
            return [*problems, _collection_changed()]
        told(sent, total, STAGE_WORDS[chunk[0].stage])
        requests = [change.request for change in chunk]
        # Side by side new scenes would be quicker, but OBS's list would lose the rundown's order, and whoever runs
        # the show from it by hand goes down that list; no request changes its order later.
        replies = link.batch(requests, timeout=BATCH_TIMEOUT)
        problems += [_refused(change, reply) for change, reply in zip(chunk, replies, strict=True) if not reply.ok]
        follows = list(follow_up(chunk, replies))
        if follows and not watch.changed.is_set():
            # In one frame: an item that appears on air is not to be seen on its way to its place.
            answers = link.batch(follows, Execution.SERIAL_FRAME, timeout=BATCH_TIMEOUT)
            problems += [
                _misplaced(request, reply) for request, reply in zip(follows, answers, strict=True) if not reply.ok
            ]
        sent += len(chunk)
    told(sent, total, Text("끝", "done"))
    return problems


def _chunks(changes: Sequence[Change]) -> Iterator[list[Change]]:
    for _, stage in groupby(changes, key=lambda change: change.stage):
        entries = list(stage)
        for start in range(0, len(entries), CHUNK):
            yield entries[start : start + CHUNK]


def follow_up(chunk: Sequence[Change], replies: Sequence[Reply]) -> Iterator[Request]:
    """Places and enables the items that were just made."""
    for change, reply in zip(chunk, replies, strict=True):
        if change.stage is not Stage.ITEMS or not reply.ok:
            continue
        item = {"sceneName": change.subject, "sceneItemId": reply.data["sceneItemId"]}
        if change.place:
            yield Request("SetSceneItemTransform", {**item, "sceneItemTransform": change.place})
        if change.enable:
            yield Request("SetSceneItemEnabled", {**item, "sceneItemEnabled": True})


def _refused(change: Change, reply: Reply) -> Finding:
    return _failure(change.subject, change.request, reply)


def _misplaced(request: Request, reply: Reply) -> Finding:
    return _failure(request.data["sceneName"], request, reply)


def _failure(subject: str, request: Request, reply: Reply) -> Finding:
    return Finding(
        same(subject),
        False,
        Text(
            f"OBS가 '{subject}'의 {request.type} 요청을 거부했습니다({reply.code}: {reply.comment}).",
            f"OBS refused {request.type} for “{subject}” ({reply.code}: {reply.comment}).",
        ),
        Text("다시 실행해 보고, 계속되면 OBS의 로그를 보세요.", "Run this again; if it stays, see OBS's log."),
    )


def _left_over(plan: Difference) -> Finding:
    """OBS took every change, and yet is not as wanted: a source learnt its size late, or somebody works in it."""
    subjects = list(dict.fromkeys(change.subject for change in plan.changes))
    names = ", ".join(subjects[:NAMED]) + (" …" if len(subjects) > NAMED else "")
    return Finding(
        Text("장면 내용", "contents"),
        False,
        Text(
            f"{len(subjects)}개가 아직 큐시트와 다릅니다: {names}",
            f"{len(subjects)} still not as the rundown has them: {names}",
        ),
        Text(
            "다시 실행해 보고, 계속되면 그 소스의 신호와 OBS에서 함께 작업하는 사람이 있는지 확인하세요.",
            "Run this again; if it stays, check the signal of those sources, and whether somebody else works in OBS.",
        ),
    )


def _collection_changed() -> Finding:
    return Finding(
        Text("장면 모음", "scene collection"),
        False,
        Text(
            "작업 중에 OBS의 장면 모음이 바뀌어 중단했습니다.",
            "The scene collection was changed in OBS meanwhile; the work was stopped.",
        ),
        Text("맞는 장면 모음을 고른 뒤 다시 실행하세요.", "Choose the right collection, then run this again."),
    )

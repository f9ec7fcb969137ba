"""What the ON AIR and NEXT panels say of a cue's clip and of its bells."""

from __future__ import annotations

from studio_console.core.clip_watch import clip_trouble, differs_from_file
from studio_console.core.clips import next_by_itself
from studio_console.core.clocktext import countdown_text, length_text
from studio_console.core.rundown import AtEnd, Cue
from studio_console.core.show import Show, Take, cue_of, next_cue
from studio_console.core.text import Text
from studio_console.core.timing import countdown
from studio_console.core.units import Duration, Instant
from studio_console.gui import theme
from studio_console.gui.context import Context
from studio_console.gui.painting import Keep, Line

CLIP = Text("영상", "Clip")
OUT = Text("끝말", "Out")
BELLS = Text("종", "Bells")
FREEZES = Text("끝나면 마지막 화면이 남음", "freezes at its end")
FOLLOWS = Text("끝나면 저절로 → {cue} (Ctrl+N: 끄기)", "→ {cue} by itself at its end (Ctrl+N: off)")
WOULD_FOLLOW = Text("끝나면 저절로 다음 큐", "the next cue follows its end")
STAYS = Text("자동 진행 꺼짐: 끝나면 Space (Ctrl+N: 켜기)", "following is off: press Space at its end (Ctrl+N: on)")
BY_HAND = Text("저절로 넘어가지 않음: 끝나면 Space", "nothing follows by itself: press Space at its end")
TO_ARM = Text("다음이 두 단계 큐({cue})라 넘어가지 않음", "does not go on by itself: {cue} takes two steps")
REALLY = Text("▲ 파일은 {length}", "▲ the file lasts {length}")
LEFT = Text("{left} 남음", "{left} left")


def clip_lines_on_air(context: Context, show: Show, take: Take, now: Instant) -> list[Line]:
    """What follows its end, its last words beside what is left of it, and its bells."""
    cue = cue_of(show, take.cue.id) or take.cue
    say, lines = context.say, []
    clock = countdown(show, now)
    remaining = clock.remaining if clock is not None else None
    if take.cue.clip is not None:
        lines.append(Line(_what_follows(context, show, take, cue), head=say(CLIP), gap=0.35, most=2))
    if cue.out_cue is not None:
        soon = remaining is not None and remaining <= cue.timer.warning
        left = say(LEFT, left=countdown_text(remaining)) if remaining is not None else ""
        colour = theme.AMBER if soon else theme.TEXT
        lines.append(
            Line(f"“{say(cue.out_cue)}”", 1.05, soon, colour, head=say(OUT), tail=left, tail_colour=colour, most=2)
        )
    return [*lines, *_bell_lines(context, cue, remaining)]


def clip_lines_next(context: Context, show: Show, cue: Cue) -> list[Line]:
    """What is known of its clip before air."""
    say, lines = context.say, []
    trouble = clip_trouble(show, cue)
    if trouble is not None:
        lines.append(Line(f"✕ {say(trouble)}", 1.0, True, theme.AMBER, head=say(CLIP), gap=0.35, most=2))
    elif cue.clip is not None:
        really = differs_from_file(show, cue)
        follows = WOULD_FOLLOW if show.follows_clips else STAYS
        words = say(follows) if cue.at_end is AtEnd.NEXT else say(FREEZES)
        if really is not None:
            words = f"{say(REALLY, length=length_text(really))} · {words}"
        lines.append(
            Line(words, colour=theme.AMBER if really is not None else theme.TEXT, head=say(CLIP), gap=0.35, most=2)
        )
    if cue.out_cue is not None:
        lines.append(Line(f"“{say(cue.out_cue)}”", head=say(OUT), most=2, keep=Keep.IF_ROOM))
    return [*lines, *_bell_lines(context, cue, None)]


def _what_follows(context: Context, show: Show, take: Take, cue: Cue) -> str:
    if cue.at_end is not AtEnd.NEXT:
        return context.say(FREEZES)
    following = next_by_itself(show, take)
    if following is not None:
        return context.say(FOLLOWS, cue=following.number)
    if not show.follows_clips:
        return context.say(STAYS)
    waiting = next_cue(show)
    if waiting is not None and waiting.two_step:
        return context.say(TO_ARM, cue=waiting.number)
    return context.say(BY_HAND)


def _bell_lines(context: Context, cue: Cue, remaining: Duration | None) -> list[Line]:
    """``종 1:00 ✓ · 0:00``: those that have rung are ticked off."""
    if not cue.bells:
        return []
    rung = [
        f"{mark_text(mark)} ✓" if remaining is not None and remaining <= mark else mark_text(mark) for mark in cue.bells
    ]
    return [Line(" · ".join(rung).replace(" ✓", "\u00a0✓"), head=context.say(BELLS), keep=Keep.IF_ROOM)]


def mark_text(mark: Duration) -> str:
    """``1:00``, or ``+1:00`` for a bell in overtime."""
    return f"+{length_text(mark)}" if mark < 0 else length_text(mark)

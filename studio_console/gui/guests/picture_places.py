"""Where the pictures of all surfaces lie in a panel of any shape: as large as they can, now and next side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect

GAP = 6
SMALL = 0.7
"""What a language's picture counts against another: its OBS shows the clean programme with a caption."""
LOWER = 0.62
"""So high a language's picture is at most, by those of the first row."""
LEAST = 84
"""px. A picture that is narrower tells too little; a language's is left out."""
LARGE = 300
"""px. Where pictures are as wide as this beside those of the languages, there is room for all of them."""
ABOUT = 0.95
"""What is this share of another is as large, but for whole px."""
LEFT_SHARES = tuple(percent / 100 for percent in range(50, 82, 4))

Rows = Sequence[Sequence[float]]


def places(
    width: int, height: int, foot: int, pairs: Sequence[float], small: Sequence[float]
) -> tuple[list[QRect], list[QRect]]:
    """Rectangles for ``pairs`` (now and next in turn) and for ``small`` ones, each given by its width over its height.

    ``foot`` is what a picture needs below it. Those of ``small`` are left out where they would be too narrow to tell
    anything.
    """
    count = 2 * len(pairs)
    found: list[list[QRect]] = []
    for extra in ([[*small]] if small else [], []):
        room = QRect(0, 0, width, height)
        found += [_rows(room, [*rows, *extra], foot, bool(extra)) for rows in _candidates(pairs)]
        others = [[shape] for shape in pairs[1:] for _ in range(2)]
        for share in LEFT_SHARES if others else ():
            left, right = QRect(room), QRect(room)
            left.setWidth(round(width * share))
            right.setLeft(left.right() + 1 + GAP)
            first = _rows(left, [[pairs[0]] * 2], foot)
            found.append(_packed(first, _rows(right, [*others, *extra], foot, bool(extra)), width))
            first = _rows(left, [[pairs[0]] * 2, *extra], foot, bool(extra))
            packed = _packed(first, _rows(right, others, foot), width)
            found.append(packed[:2] + packed[len(first) :] + packed[2 : len(first)])
            if extra:
                first = _rows(left, [[pairs[0]] * 2], foot)
                beside = _rows(right, [*([shape] * 2 for shape in pairs[1:]), *extra], foot)
                found.append(_packed(first, beside, width))
    good = [rects for rects in found if all(rect.width() >= LEAST for rect in rects[count:])]
    best = max(good, key=lambda rects: _rank(rects[:count], rects[count:]), default=[])
    return best[:count], best[count:]


def _packed(left: Sequence[QRect], right: Sequence[QRect], width: int) -> list[QRect]:
    """Both blocks side by side, as close as can be, in the middle of ``width``."""
    blocks = [(block, min(rect.left() for rect in block), max(rect.right() + 1 for rect in block))
              for block in (left, right)]  # fmt: skip
    at = (width - sum(end - begin for _, begin, end in blocks) - GAP) // 2
    found: list[QRect] = []
    for block, begin, end in blocks:
        found += [rect.translated(at - begin, 0) for rect in block]
        at += end - begin + GAP
    return found


def _candidates(pairs: Sequence[float]) -> list[Rows]:
    twice = [[shape] * 2 for shape in pairs]
    if not twice:
        return [[]]
    each = [[shape] for pair in twice for shape in pair]
    return [twice, [[shape for pair in twice for shape in pair]], [twice[0], *each[2:]], each]


def _rank(large: Sequence[QRect], few: Sequence[QRect]) -> tuple[bool, bool, bool, float]:
    """Where there is room for all, all are seen; then none wider and higher than the programme; then each wide enough
    to tell what it is; then by worth."""
    roomy = bool(few) and min((rect.width() for rect in large), default=0) >= LARGE
    leads = not any(
        large[0].width() < ABOUT * rect.width() and large[0].height() < ABOUT * rect.height() for rect in (*large, *few)
    )
    told = all(rect.width() >= LEAST for rect in large)
    return roomy, leads, told, _worth(large) + SMALL * _worth(few)


def _worth(rects: Sequence[QRect]) -> float:
    """By their sides and not by their areas: a small picture that grows is worth more than a large one."""
    return float(sum(rect.width() for rect in rects if rect.height() > 0))


def _rows(room: QRect, rows: Rows, foot: int, small: bool = False) -> list[QRect]:
    """Rows below each other in the middle of ``room``, each as high as its width allows, or lower as all have to be.

    ``small``: the last row is of languages.
    """
    if not rows:
        return []
    most = [(room.width() - GAP * (len(row) - 1)) / sum(row) for row in rows]
    if small:
        most[-1] = min(most[-1], most[0] * LOWER)
    spare = room.height() - GAP * (len(rows) - 1) - foot * len(rows)
    scale = max(0.0, min(1.0, spare / sum(most)))
    found: list[QRect] = []
    top = float(room.top())
    for row, height in zip(rows, most, strict=True):
        high = height * scale
        wide = sum(row) * high + GAP * (len(row) - 1)
        left = room.left() + (room.width() - wide) / 2
        for shape in row:
            found.append(QRect(round(left), round(top), int(shape * high), int(high + foot)))
            left += shape * high + GAP
        top += high + foot + GAP
    return found

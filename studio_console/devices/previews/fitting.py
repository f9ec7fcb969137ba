"""How large a picture of a stream is written: whole, not enlarged, and as wide as it is meant to be seen.

VLC asks for a size before it can say the picture's own: what it names has the decoder's padding at the right and below,
1920x1090 for 1920x1080. So the shape is taken from the stream's own words as far as they are there and fit what is
named, else guessed; a wrong guess is found out once the picture is there (see ``Player.real_shape``).
"""

from __future__ import annotations

from collections.abc import Iterable

PADDING = (63, 34)
"""The most px that a decoder adds at the right and below."""
COMMON = (16 / 9, 4 / 3, 9 / 16, 3 / 4, 1.0, 16 / 10, 3 / 2, 5 / 4, 21 / 9)


def fits(width: int, height: int, padded_width: int, padded_height: int) -> bool:
    """Whether a picture of this size can be what a decoder named with its padding."""
    right, below = padded_width - width, padded_height - height
    return 0 <= right <= PADDING[0] and 0 <= below <= PADDING[1]


def guess(padded_width: int, padded_height: int, before: Iterable[float] = ()) -> float:
    """The likely aspect of what is named as padded: one seen ``before``, a common one, else just what is named."""
    narrowest = max(1, padded_width - PADDING[0]) / padded_height
    widest = padded_width / max(1, padded_height - PADDING[1])
    likely = (aspect for aspect in (*before, *COMMON) if narrowest <= aspect <= widest)
    return next(likely, padded_width / padded_height)


def fitted(aspect: float, height: int, most_width: int, most_height: int) -> tuple[int, int]:
    """Width and height in px of a picture of ``height`` lines and ``aspect``, made to fit into what there may be."""
    aspect = min(max(aspect, 1 / most_height), float(most_width))
    scale = min(1.0, most_height / height, most_width / (height * aspect))
    fitted_width, fitted_height = round(height * aspect * scale), round(height * scale)
    return min(max(fitted_width, 1), most_width), min(max(fitted_height, 1), most_height)

"""Colours of labels and zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Color = tuple[int, int, int]
"""Three channels 0..255 in the order in which OpenCV writes them."""

TAB10: tuple[Color, ...] = (
    (31, 119, 180),
    (255, 127, 14),
    (44, 160, 44),
    (214, 39, 40),
    (148, 103, 189),
    (140, 86, 75),
    (227, 119, 194),
    (127, 127, 127),
    (188, 189, 34),
    (23, 190, 207),
)
"""Ten colours that are easily told apart (matplotlib's "tab10"), in RGB.

Existing clients know them written as if they were BGR; we keep that, so that a person has the
same colour as before.
"""

NAMED: Mapping[str, Color] = {
    "red": (0, 0, 255),
    "green": (0, 255, 0),
    "blue": (255, 0, 0),
    "black": (0, 0, 0),
    "white": (255, 255, 255),
}
"""Colours that a client may ask for by name, BGR."""


def assign_colors(names: Iterable[str]) -> Mapping[str, Color]:
    """A colour for every name, spread evenly over the ten in the order of the names.

    Labels are given in alphabetical order, zones in the order of the config.
    """
    ordered = list(dict.fromkeys(names))
    steps = max(len(ordered) - 1, 1)
    return {
        name: TAB10[min(int(i / steps * len(TAB10)), len(TAB10) - 1)]
        for i, name in enumerate(ordered)
    }

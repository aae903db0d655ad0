"""Figures over the number of cameras, as an SVG of our own: two panels need no library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

COLOURS = ("#1b6ca8", "#c2410c", "#15803d", "#7c3aed", "#b91c1c", "#0f766e", "#a16207", "#475569")
PANEL_W, PANEL_H = 380, 260
LEFT, TOP, GAP = 60, 40, 70
LEGEND_LINE = 18
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a figure for each number of cameras."""

    name: str
    points: tuple[tuple[int, float], ...]  # cameras, value; by cameras
    is_floor: bool = False  # dashed, in the colour of the line of the same name


@dataclass(frozen=True, slots=True)
class Panel:
    """One pair of axes."""

    title: str
    series: tuple[Series, ...]


def draw(panels: Sequence[Panel]) -> str:
    """The SVG."""
    names = list(dict.fromkeys(one.name for panel in panels for one in panel.series))
    width = LEFT + len(panels) * (PANEL_W + GAP)
    height = TOP + PANEL_H + 50 + LEGEND_LINE * len(names)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for place, panel in enumerate(panels):
        parts += _panel(panel, LEFT + place * (PANEL_W + GAP), names)
    for place, name in enumerate(names):
        y = TOP + PANEL_H + 50 + place * LEGEND_LINE
        parts.append(f'<path d="M{LEFT} {y - 4}h24" stroke="{_colour(names, name)}"/>')
        parts.append(f'<text x="{LEFT + 32}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])


def tick_step(highest: float) -> float:
    """The least of 1, 2, 5 times a power of ten that cuts 0..highest into five parts at most."""
    step = 1e-3
    for factor in (2, 2.5, 2) * 20:
        if highest <= step * MOST_TICKS:
            break
        step *= factor
    return step


def _panel(panel: Panel, x0: float, names: Sequence[str]) -> list[str]:
    cameras = sorted({n for one in panel.series for n, _ in one.points})
    highest = max((value for one in panel.series for _, value in one.points), default=1.0)
    step = tick_step(highest)
    top = step * MOST_TICKS
    bottom = TOP + PANEL_H

    def at(n: int, value: float) -> str:
        return f"{x0 + PANEL_W * n / max(cameras):.1f} {bottom - PANEL_H * value / top:.1f}"

    parts = [f'<text x="{x0}" y="{TOP - 16}" font-weight="bold">{escape(panel.title)}</text>']
    for tick in range(MOST_TICKS + 1):
        y = bottom - PANEL_H * tick / MOST_TICKS
        parts.append(f'<path d="M{x0} {y:.1f}h{PANEL_W}" stroke="#ddd"/>')
        parts.append(f'<text x="{x0 - 6}" y="{y + 4:.1f}" text-anchor="end">{tick * step:g}</text>')
    for n in cameras:
        x = x0 + PANEL_W * n / max(cameras)
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{n}</text>')
    for one in panel.series:
        line = " L".join(at(n, value) for n, value in one.points)
        dash = ' stroke-dasharray="5 4"' if one.is_floor else ""
        colour = _colour(names, one.name)
        parts.append(f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        for across, down in (at(n, value).split() for n, value in one.points):
            parts.append(f'<circle cx="{across}" cy="{down}" r="3" fill="{colour}"/>')
    return parts


def _colour(names: Sequence[str], name: str) -> str:
    return COLOURS[names.index(name) % len(COLOURS)]

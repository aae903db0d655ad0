"""A drawing of a video's true objects and events along its time, as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from picket.evaluate.scores.about import JudgedEvent
from picket.evaluate.scores.events import EventScores
from picket.evaluate.truth.values import TrueObject, Truth

WIDTH, NAME_WIDTH, ROW_HEIGHT, BAR_HEIGHT = 1000, 120, 20, 7
TICKS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600)
MOST_TICKS = 12


def timeline(truth: Truth, events: EventScores) -> str:
    """A row for each true object, its events below its own bar; false events in the last row."""
    length_s = max([events.duration_s, *(true.end_s for true in truth.objects)], default=0.0)
    rows: list[tuple[str, TrueObject | None]] = [(true.id, true) for true in truth.objects]
    if events.false_events:
        rows.append(("false", None))
    if not rows or not length_s:
        return ""
    height = len(rows) * ROW_HEIGHT
    drawn = "".join(
        part
        for number, (name, true) in enumerate(rows)
        for part in _row(number * ROW_HEIGHT, name, true, events, _scale(length_s))
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {height + 18}" role="img" aria-label="Objects and events">'
        f"{''.join(_axis(length_s, height))}{drawn}</svg>"
    )


def _scale(length_s: float) -> float:
    """Units of the drawing for each second."""
    return (WIDTH - NAME_WIDTH) / length_s


def _axis(length_s: float, height: int) -> Iterator[str]:
    step_s = next((tick for tick in TICKS_S if length_s / tick <= MOST_TICKS), TICKS_S[-1])
    for time_s in range(0, int(length_s) + 1, step_s):
        x = NAME_WIDTH + time_s * _scale(length_s)
        yield f'<line class="tick" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/>'
        yield f'<text class="axis" x="{x:.1f}" y="{height + 13}">{time_s} s</text>'


def _row(
    top: int, name: str, true: TrueObject | None, events: EventScores, scale: float
) -> Iterator[str]:
    yield f'<text x="0" y="{top + 13}">{escape(name)}</text>'
    if true is not None:
        kind = "true optional" if true.is_optional else "true"
        yield _bar(kind, (true.start_s, true.end_s), top + 2, scale, true.id)
    for judged in events.judged:
        if judged.object_id == (None if true is None else true.id):
            kind = "false" if true is None else "right"
            yield _bar(kind, _span(judged), top + 10, scale, f"event: {judged.event.label}")


def _span(judged: JudgedEvent) -> tuple[float, float]:
    return judged.event.noted_s, max(judged.end_s, judged.event.noted_s)


def _bar(kind: str, span_s: tuple[float, float], top: int, scale: float, title: str) -> str:
    x = NAME_WIDTH + span_s[0] * scale
    width = max((span_s[1] - span_s[0]) * scale, 2)
    says = f"{escape(title)}, {span_s[0]:.1f} to {span_s[1]:.1f} s"
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{top}" width="{width:.1f}" height="{BAR_HEIGHT}"'
        f' rx="2"><title>{says}</title></rect>'
    )

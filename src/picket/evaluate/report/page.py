"""Scores as one HTML file that needs nothing from anywhere else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from picket.evaluate.examined import Examined
from picket.evaluate.report.figures import FIGURES, SHARED_KEYS, Value, values_of
from picket.evaluate.report.timeline import timeline
from picket.evaluate.report.worst import Case
from picket.evaluate.scores.video import TrackerScores, VideoScores

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Browsers themselves see to it that nothing is fetched."""

KEY = (
    '<p class="key quiet"><span class="t">true object</span><span class="r">event about it</span>'
    '<span class="f">false event</span></p>'
)

RULES = (
    "An event is about the true object that its box lay on longest, if it lay on any at least half"
    " of the time; or, where only times are known, about one of its label that was there for at"
    " least half of that time; otherwise it is false. Objects that are seen for less than a second"
    " are asked of nobody. Labels that a truth does not speak of, and regions to ignore, are not"
    " judged."
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One video in the report."""

    examined: Examined
    cases: tuple[Case, ...]
    pictures: tuple[bytes, ...]  # JPEG, one for each case


def page(chapters: Sequence[Chapter], overall: VideoScores, detector: str) -> str:
    """The whole page.

    Args:
        chapters: the videos.
        overall: all of them together.
        detector: what looked at them, in words.
    """
    css = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    scores = [chapter.examined.scores for chapter in chapters]
    body = "".join(
        (
            f"<h1>How well it sees</h1><p class='quiet'>{escape(_subtitle(overall, detector))}</p>",
            _cards(overall),
            _table([*scores, overall] if len(scores) > 1 else scores),
            *map(_chapter, chapters),
            _explanations(),
        )
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Picket: evaluation</title><style>{css}</style>{body}</html>\n"
    )


def _subtitle(overall: VideoScores, detector: str) -> str:
    cost = overall.cost
    return f"{detector}; {cost.duration_s / 60:.1f} minutes of video, {cost.frames} frames analysed"


def _cards(overall: VideoScores) -> str:
    """The figures that users feel."""
    values = values_of(overall, overall.ours)
    theirs = values_of(overall, overall.baseline)
    cards = [
        (
            f"{_say('missed_high', values)} of {_say('objects_high', values)}",
            "missed, at least 40 px high",
        ),
        (_say("events_per_object", values), "events for each object found"),
        (_say("false_events_per_hour", values), "false events an hour"),
        (f"{_say('median_delay_s', values)} s", "until the event, median"),
        (_say("idf1", values), _compared("identities kept (IDF1)", theirs)),
        (_say("looks_per_frame", values), "inferences a frame"),
    ]
    return f'<div class="cards">{"".join(f"<div><b>{a}</b>{b}</div>" for a, b in cards)}</div>'


def _say(key: str, values: Mapping[str, Value]) -> str:
    figure = next(figure for figure in FIGURES if figure.key == key)
    return figure.text(values[key])


def _compared(text: str, theirs: Mapping[str, Value]) -> str:
    return text if theirs["idf1"] is None else f"{text}, baseline {_say('idf1', theirs)}"


def _table(videos: Sequence[VideoScores]) -> str:
    names = (
        f'<th><abbr title="{escape(figure.meaning)}">{escape(figure.name)}</abbr></th>'
        for figure in FIGURES
    )
    rows = "".join(row for scores in videos for row in _rows(scores))
    return f'<div class="wide"><table><tr><th>video</th>{"".join(names)}</tr>{rows}</table></div>'


def _rows(scores: VideoScores) -> Iterator[str]:
    yield f"<tr><td>{escape(scores.name)}</td>{_cells(scores, scores.ours, frozenset())}</tr>"
    if scores.baseline is not None:
        cells = _cells(scores, scores.baseline, SHARED_KEYS)
        yield f'<tr class="baseline"><td>baseline</td>{cells}</tr>'


def _cells(scores: VideoScores, tracker: TrackerScores | None, left_out: frozenset[str]) -> str:
    values = values_of(scores, tracker)
    texts = (
        "" if figure.key in left_out else figure.text(values[figure.key]) for figure in FIGURES
    )
    return "".join(f"<td>{text}</td>" for text in texts)


def _chapter(chapter: Chapter) -> str:
    examined = chapter.examined
    facts = examined.observation.video
    head = (
        f"<h2>{escape(facts.name)}</h2><p class='quiet'>{facts.width}x{facts.height},"
        f" {examined.observation.duration_s:.1f} s, {facts.detect_fps} frames a second</p>"
    )
    if examined.truth is None or examined.scores.ours is None:
        return f"{head}<p>Nothing is known of what it shows, so only its cost was measured.</p>"
    drawing = timeline(examined.truth, examined.scores.ours.events)
    pictures = "".join(map(_picture, chapter.cases, chapter.pictures))
    good = "" if pictures else "<p>Nothing went wrong.</p>"
    return f'{head}{KEY if drawing else ""}{drawing}{good}<div class="pictures">{pictures}</div>'


def _picture(case: Case, jpeg: bytes) -> str:
    data = b64encode(jpeg).decode("ascii")
    text = escape(case.text)
    return (
        f'<figure><img alt="{text}" src="data:image/jpeg;base64,{data}">'
        f"<figcaption><b>{escape(case.kind)}</b> {text}</figcaption></figure>"
    )


def _explanations() -> str:
    figures = "".join(
        f"<dt>{escape(figure.name)}</dt><dd>{escape(figure.meaning)}</dd>" for figure in FIGURES
    )
    return f"<h2>How it is counted</h2><dl>{figures}</dl><p>{escape(RULES)}</p>"

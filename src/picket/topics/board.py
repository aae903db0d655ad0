"""What cameras show and hear: counts, motion, sounds, pictures, as topics told when they change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from picket.domain.gaze import Standing
from picket.ipc.messages import PictureTaken, SceneChanged, SoundHeard
from picket.topics.message import Message

ALL = "all"

Count = tuple[str, int]
"""A label, or `all`, and how many there are."""


@dataclass(frozen=True, slots=True)
class Board:
    """What was told so far; the empty value is the start."""

    scenes: Mapping[str, SceneChanged] = field(default_factory=dict)  # newest, by camera
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # told of a camera or zone
    told: Mapping[str, str | int] = field(default_factory=dict)  # last payload by topic
    pictures: Mapping[str, Message] = field(default_factory=dict)  # last one, by topic of the count


def post_scene(board: Board, scene: SceneChanged) -> tuple[Board, tuple[Message, ...]]:
    """Take in what a camera shows; hand back what is news, in the order that clients know.

    The scene may be the same as the camera's last one. A label has no topic before its first
    object. A zone counts the objects of all cameras that have one of its name. When the last
    object of a label is gone, its picture is told again.
    """
    before = board.scenes.get(scene.camera, scene)
    zones = dict.fromkeys((*scene.zones, *before.zones))  # nobody is in a zone that was removed
    scenes = {**board.scenes, scene.camera: scene}
    places = {scene.camera: scene.labels, **{zone: _in_zone(zone, scenes) for zone in zones}}
    counts = {
        place: _counts(count, board.labels.get(place, ()), all_first=place == scene.camera)
        for place, count in places.items()
    }
    wanted: dict[str, str | int] = dict(_topics(scene.camera, counts[scene.camera]))
    motion = f"{scene.camera}/motion"
    if scene.is_moving or motion in board.told:  # a camera is still until it is known to move
        wanted[motion] = "ON" if scene.is_moving else "OFF"
    for zone in zones:
        wanted |= _topics(zone, counts[zone])
    news = {topic: value for topic, value in wanted.items() if board.told.get(topic) != value}
    labels = {place: tuple(one for one, _ in counts[place] if one != ALL) for place in places}
    known, told = {**board.labels, **labels}, {**board.told, **news}
    return replace(board, scenes=scenes, labels=known, told=told), tuple(_tell(news, board))


def post_sound(board: Board, heard: SoundHeard) -> tuple[Board, tuple[Message, ...]]:
    """Take in what a camera hears; its loudness is always news, its sounds when they change."""
    base = f"{heard.camera}/audio"
    now = {f"{base}/{label}": "ON" for label in heard.labels}
    before = {topic: "OFF" for topic in board.told if topic.startswith(f"{base}/")}
    news = {t: on for t, on in {**before, **now}.items() if board.told.get(t, "OFF") != on}
    loudness = {"dBFS": round(heard.dbfs, 4), "rms": round(heard.rms, 4)}
    messages = (
        *(Message(f"{base}/{name}", value) for name, value in loudness.items()),
        *(Message(topic, payload) for topic, payload in news.items()),
    )
    return replace(board, told={**board.told, **news}), messages


def post_standing(board: Board, standing: Standing) -> tuple[Board, tuple[Message, ...]]:
    """Take in whether a camera follows somebody; news when it begins or ends, and at first."""
    topic = f"{standing.camera}/ptz_autotracker/active"
    state = "ON" if standing.is_following else "OFF"
    if board.told.get(topic) == state:
        return board, ()
    return replace(board, told={**board.told, topic: state}), (Message(topic, state),)


def post_picture(board: Board, taken: PictureTaken) -> tuple[Board, Message]:
    """Take in the best picture of a label; hand back what a broker keeps."""
    count = f"{taken.camera}/{taken.label}"
    message = Message(f"{count}/snapshot", taken.jpeg, retain=True)
    return replace(board, pictures={**board.pictures, count: message}), message


def _tell(news: Mapping[str, str | int], board: Board) -> Iterator[Message]:
    for topic, value in news.items():
        yield Message(topic, value)
        if value == 0 and topic in board.pictures:
            yield board.pictures[topic]


def _in_zone(zone: str, scenes: Mapping[str, SceneChanged]) -> Counter[str]:
    total: Counter[str] = Counter()
    for scene in scenes.values():
        total.update(scene.zones.get(zone, {}))
    return total


def _counts(
    present: Mapping[str, int], known: Iterable[str], *, all_first: bool
) -> tuple[Count, ...]:
    """Every label that has a topic, and the sum; `all_first` puts the sum before who is gone."""
    here = tuple(present.items())
    gone = tuple((label, 0) for label in known if label not in present)
    total = ((ALL, sum(present.values())),)
    return (*here, *total, *gone) if all_first else (*here, *gone, *total)


def _topics(place: str, counts: Iterable[Count]) -> dict[str, str | int]:
    return {f"{place}/{label}": count for label, count in counts}

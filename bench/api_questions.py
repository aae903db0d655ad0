"""What clients ask of a large index, and the same as a plain query that no index helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.api_index import END

_ROWS = "SELECT * FROM event NOT INDEXED {where} ORDER BY start_time DESC, id DESC LIMIT 100"
_THUMBNAILS = (
    "SELECT event.*, jpeg FROM event NOT INDEXED"
    " LEFT JOIN event_thumbnail ON event_id = event.id"
    " ORDER BY start_time DESC, event.id DESC LIMIT 100"
)
_COUNTS = (
    "SELECT camera, label, sub_label, zones, (start_second + {offset}) / 86400 AS day, COUNT(*)"
    " FROM event NOT INDEXED {where} GROUP BY camera, label, sub_label, zones, day"
)
_HOURS = (
    "SELECT start_second / 3600 AS hour, SUM(duration_s), SUM(motion), SUM(objects)"
    " FROM segment NOT INDEXED WHERE camera = 'camera01' GROUP BY hour"
)
_DAY = (
    "SELECT * FROM segment NOT INDEXED WHERE camera = 'camera01'"
    f" AND start_time < {END - 86_400} AND end_time > {END - 2 * 86_400} ORDER BY start_time"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A path to ask; `{n}` in it is another number each time."""

    name: str
    path: str
    naive_sql: str = ""


def questions() -> Iterator[Question]:
    """Everything that is measured."""
    yield Question("floor: /api/version", "/api/version")
    yield Question("events, with thumbnails", "/api/events?limit=100", _THUMBNAILS)
    for name, query, condition in _FILTERS:
        where = f"WHERE {condition}" if condition else ""
        path = f"/api/events?limit=100&include_thumbnails=0&{query}"
        yield Question(f"events, {name}", path, _ROWS.format(where=where))
    counts = "/api/events/summary"
    yield Question("summary, UTC", counts, _COUNTS.format(offset=0, where=""))
    berlin = _COUNTS.format(offset=3600, where="WHERE has_clip = 1")
    yield Question("summary, Berlin", f"{counts}?timezone=Europe/Berlin&has_clip=1", berlin)
    hours = "/api/camera01/recordings/summary"
    yield Question("recorded hours of 30 days", hours, _HOURS)
    yield Question("the same in New York", f"{hours}?timezone=America/New_York", _HOURS)
    day = f"{END - 2 * 86_400:.0f}/end/{END - 86_400:.0f}"
    yield Question("playlist of 24 h, warm", f"/vod/camera01/start/{day}/index.m3u8", _DAY)
    cold = f"/vod/camera01/start/{{n}}/end/{END - 86_400:.0f}/index.m3u8"
    yield Question("playlist of 24 h, cold", cold, _DAY)
    yield Question("master of 24 h, cold", cold.replace("index", "master"), _DAY)
    span = f"after={END - 2 * 86_400:.0f}&before={END - 86_400:.0f}"
    yield Question("recordings of 24 h", f"/api/camera01/recordings?{span}", _DAY)
    usage = "SELECT camera, SUM(size_bytes) FROM segment NOT INDEXED GROUP BY camera"
    yield Question("storage by camera", "/api/recordings/storage", usage)
    yield Question("labels", "/api/labels", "SELECT DISTINCT label FROM event NOT INDEXED")
    names = "SELECT DISTINCT sub_label FROM event NOT INDEXED"
    yield Question("sub labels", "/api/sub_labels", names)
    yield Question("timeline", "/api/timeline?limit=100")


_NIGHT = "((start_second + 3600) % 86400 > 79200 OR (start_second + 3600) % 86400 < 21600)"
_MINUTES = "((start_second + 3600) % 86400 > 43200 AND (start_second + 3600) % 86400 < 43800)"
_LENGTH = "end_time - start_time"
_FILTERS = (
    ("newest", "", ""),
    ("a page", f"before={END - 10 * 86_400}", f"start_time < {END - 10 * 86_400}"),
    ("two cameras", "cameras=camera03,camera04", "camera IN ('camera03', 'camera04')"),
    (
        "camera and label",
        "camera=camera03&label=dog",
        "camera = 'camera03' AND label = 'dog'",
    ),
    ("rare label", "labels=bear", "label = 'bear'"),
    (
        "three cameras, two labels",
        "cameras=camera03,camera04,camera05&labels=dog,bear",
        "camera IN ('camera03', 'camera04', 'camera05') AND label IN ('dog', 'bear')",
    ),
    ("common zone", "zones=porch", """zones LIKE '%"porch"%'"""),
    ("rare zone", "zones=gate", """zones LIKE '%"gate"%'"""),
    ("no zone", "zones=None", "zones = '[]'"),
    (
        "zone and label",
        "zones=yard&labels=bear,dog",
        """zones LIKE '%"yard"%' AND label IN ('bear', 'dog')""",
    ),
    ("sub label", "sub_labels=ann", "sub_label LIKE '%ann%'"),
    ("without clip", "has_clip=0", "has_clip = 0"),
    ("old without picture", "has_clip=0&has_snapshot=0", "has_clip = 0 AND has_snapshot = 0"),
    (
        "without clip, rare label",
        "has_clip=0&label=bear&camera=camera03",
        "has_clip = 0 AND label = 'bear' AND camera = 'camera03'",
    ),
    ("favourites", "favorites=1", "retain_indefinitely = 1"),
    (
        "favourites of a camera",
        "favorites=1&camera=camera03",
        "retain_indefinitely = 1 AND camera = 'camera03'",
    ),
    ("running", "in_progress=1", "end_time IS NULL"),
    ("ended", "in_progress=0", "end_time IS NOT NULL"),
    ("submitted", "is_submitted=1", "plus_id IS NOT NULL"),
    ("at night", "time_range=22:00,06:00&timezone=Europe/Berlin", _NIGHT),
    ("ten minutes a day", "time_range=12:00,12:10&timezone=Europe/Berlin", _MINUTES),
    (
        "ten minutes, dogs of a camera",
        "time_range=12:00,12:10&timezone=Europe/Berlin&label=dog&camera=camera03",
        f"{_MINUTES} AND label = 'dog' AND camera = 'camera03'",
    ),
    ("score 0.9 and more", "min_score=0.9", "score >= 0.9"),
    ("score 0.98 and more", "min_score=0.98", "score >= 0.98"),
    ("score 0.995 and more", "min_score=0.995", "score >= 0.995"),
    ("score 0.3 and less", "max_score=0.3", "score <= 0.3"),
    (
        "score 0.95 and more, cars of a camera",
        "min_score=0.95&label=car&camera=camera03",
        "score >= 0.95 AND label = 'car' AND camera = 'camera03'",
    ),
    ("longer than a minute", "min_length=60", f"{_LENGTH} >= 60"),
    ("longer than 4 minutes", "min_length=240", f"{_LENGTH} >= 240"),
    (
        "long, high score",
        "min_length=120&min_score=0.95",
        f"{_LENGTH} >= 120 AND score >= 0.95",
    ),
    (
        "long, high score, in a zone, without clip",
        "min_length=100&min_score=0.9&zones=yard&has_clip=0",
        f"""{_LENGTH} >= 100 AND score >= 0.9 AND zones LIKE '%"yard"%' AND has_clip = 0""",
    ),
    (
        "nothing: high and long",
        "min_score=0.97&min_length=200&max_score=0.98",
        f"score >= 0.97 AND score <= 0.98 AND {_LENGTH} >= 200",
    ),
    ("nothing: no such camera", "camera=nowhere", "camera = 'nowhere'"),
)

"""The strict schemas of the dashboard card, which takes no null for a missing key."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tests.e2e.api.home_assistant import HomeAssistant, as_home_assistant
from tests.e2e.api.scene import Scene

Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """No 1 for true, no text for a number; further keys are dropped."""

    model_config = ConfigDict(strict=True)


class Event(Strict):
    camera: str
    end_time: float | None
    false_positive: bool | None
    has_clip: bool
    has_snapshot: bool
    id: str
    label: str
    sub_label: str | None
    start_time: float
    top_score: float | None
    zones: list[str]
    retain_indefinitely: bool


class SummaryRow(Strict):
    camera: str
    day: str
    label: str
    sub_label: str | None
    zones: list[str]


class Hour(Strict):
    hour: str  # read as a number by the card
    duration: float = Field(ge=0)
    events: float = Field(ge=0)


class Day(Strict):
    day: str
    events: int
    hours: list[Hour]


class Segment(Strict):
    start_time: float
    end_time: float
    id: str


class Change(Strict):
    success: bool
    message: str


class Ptz(Strict):
    """Every key may be missing, and none may be null."""

    name: str = ""
    features: list[str] = []
    presets: list[str] = []


def ask(scene: Scene, path: str, method: str = "GET", **params: Any) -> Any:
    """As Home Assistant asks in the card's name."""

    async def talk(ha: HomeAssistant) -> Any:
        return await ha.json(path, method, params=params)

    return as_home_assistant(scene.picket.url(""), talk)


def read_rows(model: type[Model], rows: Any) -> list[Model]:
    found = TypeAdapter(list[model]).validate_python(rows)  # type: ignore[valid-type]
    assert found
    return found


def test_events_pass_the_cards_schema(scene: Scene) -> None:
    scene.create("parcel", {"include_recording": False, "sub_label": "post"})
    events = read_rows(Event, ask(scene, "/api/events", include_thumbnails=0, limit=10000))
    assert {event.end_time is None for event in events} == {True, False}
    assert "post" in {event.sub_label for event in events}


def test_summaries_pass_the_cards_schema(scene: Scene) -> None:
    read_rows(SummaryRow, ask(scene, "/api/events/summary", timezone="Europe/Berlin"))
    days = ask(scene, "/api/street/recordings/summary", timezone="Europe/Berlin")
    for day in read_rows(Day, days):
        assert all(0 <= int(hour.hour) < 24 for hour in day.hours)


def test_segments_pass_the_cards_schema(scene: Scene) -> None:
    after = int(scene.segments("street")[0]["start_time"])
    read_rows(Segment, ask(scene, "/api/street/recordings", after=after, before=after + 3600))


def test_retain_passes_the_cards_schema(scene: Scene) -> None:
    url = f"/api/events/{scene.ended()['id']}/retain"
    for method in ("POST", "DELETE"):
        assert Change.model_validate(ask(scene, url, method)).success


def test_ptz_info_passes_the_cards_schema(scene: Scene) -> None:
    Ptz.model_validate(ask(scene, "/api/street/ptz/info"))

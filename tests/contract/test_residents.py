"""What stands about: GET and DELETE /api/<camera>/residents."""

from __future__ import annotations

import pytest

from picket.domain.resident import ResidentView, Whereabouts
from tests.contract.conftest import NOW, Door

LIST, FORGET_ALL = "GET /api/{camera}/residents", "DELETE /api/{camera}/residents"
FORGET = "DELETE /api/{camera}/residents/{resident_id}"
URL = "/api/front/residents"
CAR = ResidentView("1.5-parked", "car", (0.1, 0.2, 0.3, 0.4), 1.5, NOW, Whereabouts.STANDING)
VAN = ResidentView("2.5-parked", "truck", (0.5, 0.2, 0.3, 0.4), 2.5, NOW, Whereabouts.REMEMBERED)


@pytest.fixture
def parked(door: Door) -> Door:
    """A camera that knows two vehicles."""
    door.live.standing["front"] = (CAR, VAN)
    return door


def refused(door: Door, method: str, url: str, status: int = 404) -> str:
    answer = door.client.request(method, url)
    assert answer.status_code == status
    assert answer.json()["success"] is False
    return str(answer.json()["message"])


@pytest.mark.endpoint(LIST)
def test_what_stands_about_is_listed(parked: Door) -> None:
    answer = parked.client.get(URL)
    assert answer.status_code == 200
    assert answer.json() == [
        {
            "id": "1.5-parked",
            "label": "car",
            "box": [0.1, 0.2, 0.3, 0.4],
            "since_time": 1.5,
            "seen_time": NOW,
            "whereabouts": "standing",
        },
        {
            "id": "2.5-parked",
            "label": "truck",
            "box": [0.5, 0.2, 0.3, 0.4],
            "since_time": 2.5,
            "seen_time": NOW,
            "whereabouts": "remembered",
        },
    ]


@pytest.mark.endpoint(LIST)
def test_where_nothing_stands_the_list_is_empty(door: Door) -> None:
    assert door.client.get("/api/back/residents").json() == []


@pytest.mark.endpoint(FORGET)
def test_one_is_forgotten_and_the_others_stay(parked: Door) -> None:
    answer = parked.client.request("DELETE", f"{URL}/1.5-parked")
    assert answer.status_code == 200
    assert answer.json() == {"success": True, "message": "Resident 1.5-parked forgotten"}
    assert [one["id"] for one in parked.client.get(URL).json()] == ["2.5-parked"]
    assert "1.5-parked" in refused(parked, "DELETE", f"{URL}/1.5-parked")


@pytest.mark.endpoint(FORGET_ALL)
def test_all_are_forgotten(parked: Door) -> None:
    answer = parked.client.request("DELETE", URL)
    assert answer.status_code == 200
    assert answer.json() == {"success": True, "message": "Camera front forgot 2 residents"}
    assert parked.client.get(URL).json() == []


@pytest.mark.endpoint(LIST)
@pytest.mark.endpoint(FORGET)
@pytest.mark.endpoint(FORGET_ALL)
def test_an_unknown_camera_is_not_found(door: Door) -> None:
    for method, url in (
        ("GET", "/api/nobody/residents"),
        ("DELETE", "/api/nobody/residents"),
        ("DELETE", "/api/nobody/residents/1.5-parked"),
    ):
        assert refused(door, method, url) == "Camera not found"


@pytest.mark.endpoint(LIST)
@pytest.mark.endpoint(FORGET_ALL)
def test_a_camera_that_does_not_answer_is_unavailable(door: Door) -> None:
    door.live.silent.add("front")
    for method in ("GET", "DELETE"):
        assert "front does not tell its residents" in refused(door, method, URL, 503)

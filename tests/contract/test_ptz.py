"""GET /api/<camera>/ptz/info."""

from __future__ import annotations

import pytest

from tests.contract.conftest import Door


@pytest.mark.endpoint("GET /api/{camera}/ptz/info")
def test_a_camera_that_cannot_be_moved_has_no_features(door: Door) -> None:
    answer = door.client.get("/api/front/ptz/info")
    assert answer.status_code == 200
    assert answer.json() == {}


@pytest.mark.endpoint("GET /api/{camera}/ptz/info")
def test_an_unknown_camera_is_not_found(door: Door) -> None:
    answer = door.client.get("/api/nowhere/ptz/info")
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Camera not found"}

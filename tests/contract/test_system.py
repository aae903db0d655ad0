"""GET /api/, /api/version, /api/config, and the description of the API."""

from __future__ import annotations

import re

import pytest

from picket.domain.status import DetectorStatus, ModelInfo
from tests.contract.conftest import Door

MODEL = ModelInfo("yolox", "yolox", 416, 416, "bgr", ("person", "car"))


@pytest.mark.endpoint("GET /api/")
def test_liveness_is_a_line_of_text(door: Door) -> None:
    answer = door.client.get("/api/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/")
    assert answer.text == "Picket is alive."


@pytest.mark.endpoint("GET /api/version")
def test_the_version_is_bare_text_that_clients_can_split(door: Door) -> None:
    answer = door.client.get("/api/version")
    assert answer.headers["content-type"].startswith("text/")
    assert re.fullmatch(r"0\.13\.\d+-\S+", answer.text)


@pytest.mark.endpoint("GET /api/config")
def test_the_configuration_has_what_clients_cannot_do_without(door: Door) -> None:
    door.live.detector_statuses["hog"] = DetectorStatus("hog", "hog", 1, model=MODEL)
    config = door.client.get("/api/config").json()
    assert "version" not in config
    assert {"topic_prefix", "client_id", "stats_interval"} <= config["mqtt"].keys()
    assert {"birdseye", "go2rtc", "ui", "plus", "telemetry", "model", "detectors"} <= config.keys()
    front = config["cameras"]["front"]
    assert front["name"] == "front"
    assert {"enabled", "detect", "record", "snapshots", "motion", "zones", "live"} <= front.keys()
    assert (front["detect"]["width"], front["detect"]["height"]) == (640, 360)
    labels = config["detectors"]["hog"]["model"]["labelmap"]
    assert labels == {"0": "person", "1": "car"}


@pytest.mark.endpoint("GET /api/config")
def test_the_configuration_tells_no_secret(door: Door) -> None:
    text = door.client.get("/api/config").text
    assert "hush" not in text
    assert "rtsp://*:*@front/1" in text


def test_every_route_is_described_in_words(door: Door) -> None:
    paths = door.client.get("/api/openapi.json").json()["paths"]
    assert paths["/api/events"]["get"]["description"]
    assert all(route["description"] for methods in paths.values() for route in methods.values())


def test_the_docs_page_needs_nothing_from_elsewhere(door: Door) -> None:
    answer = door.client.get("/api/docs")
    assert answer.headers["content-type"].startswith("text/html")
    assert "openapi.json" in answer.text
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)


@pytest.mark.endpoint("GET /api/config")
@pytest.mark.endpoint("GET /api/events")
@pytest.mark.endpoint("GET /api/labels")
@pytest.mark.endpoint("GET /api/stats")
@pytest.mark.endpoint("GET /api/timeline")
@pytest.mark.endpoint("GET /api/version")
@pytest.mark.parametrize("word", ["events", "stats", "config", "version", "labels", "timeline"])
def test_fixed_words_win_over_cameras(door: Door, word: str) -> None:
    config = door.client.get(f"/api/{word}")
    assert config.status_code == 200
    assert not config.headers["content-type"].startswith("multipart/")


@pytest.mark.endpoint("GET /api/events")
@pytest.mark.endpoint("GET /api/version")
def test_a_missing_index_is_told_and_the_rest_goes_on(door: Door) -> None:
    for path in door.paths.media.parent.glob("index.db*"):
        path.rename(path.with_suffix(".away"))
    answer = door.client.get("/api/events")
    assert answer.status_code == 500
    assert answer.json()["message"].startswith("cannot open the database")
    assert door.client.get("/api/version").status_code == 200

"""GET /api/, version, logs, restart, vainfo, and the description of the API."""

from __future__ import annotations

import re

import pytest

from tests.contract.conftest import Door


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


@pytest.mark.endpoint("GET /api/logs/{service}")
@pytest.mark.parametrize("service", ["frigate", "picket"])
def test_the_log_is_text(door: Door, service: str) -> None:
    answer = door.client.get(f"/api/logs/{service}")
    assert answer.headers["content-type"].startswith("text/")
    assert answer.text == door.program.lines


@pytest.mark.endpoint("GET /api/logs/{service}")
def test_programs_that_are_not_part_of_it_have_no_log(door: Door) -> None:
    for service in ("go2rtc", "nginx"):
        answer = door.client.get(f"/api/logs/{service}")
        assert answer.status_code == 200
        assert answer.text.startswith(f"{service} is not part of Picket")
    unknown = door.client.get("/api/logs/kernel")
    assert (unknown.status_code, unknown.json()["success"]) == (404, False)


@pytest.mark.endpoint("POST /api/restart")
def test_a_restart_is_asked_for(door: Door) -> None:
    assert door.client.request("POST", "/api/restart").json()["success"] is True
    assert door.program.restarts == 1


@pytest.mark.endpoint("GET /api/vainfo")
def test_vainfo_is_answered_on_any_machine(door: Door) -> None:
    answer = door.client.get("/api/vainfo").json()
    assert answer.keys() == {"return_code", "stderr", "stdout"}
    assert isinstance(answer["return_code"], int)
    assert answer["stderr"] or answer["stdout"]


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

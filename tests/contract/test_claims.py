"""The table of tests cannot lie: claims are compared with what was sent, and with the API."""

from __future__ import annotations

from typing import Any

import pytest
from scripts.generate_api_reference import find_problems, render_table

from tests.contract.conftest import Door
from tests.support.claims import Ledger, Shown, claims_of, everything_asked
from tests.support.http_client import recorded_requests

EVENTS = "GET /api/events"
LIMIT = Shown(EVENTS, "limit")


@pytest.mark.endpoint("GET /api/events", "limit")
def test_what_is_sent_is_recorded_by_route_and_parameter(door: Door) -> None:
    door.client.get("/api/events?limit=1")
    with recorded_requests() as sent:
        door.client.get("/api/events?limit=1&nonsense=2")
        door.client.request("HEAD", "/api/front/latest.jpg")
        door.client.request("POST", "/api/events/1.0-x/sub_label", json={"subLabel": "ann"})
        door.client.request("POST", "/api/events/1.0-x/retain", content=b"\xff")
        door.client.stream("/api/front", "fps=60", parts=1)
        door.client.get("/nowhere")
    assert sent == {
        Shown(EVENTS),
        LIMIT,
        Shown(EVENTS, "nonsense"),
        Shown("GET /api/{camera}/latest.jpg"),
        Shown("POST /api/events/{event_id}/sub_label"),
        Shown("POST /api/events/{event_id}/sub_label", "body.subLabel"),
        Shown("POST /api/events/{event_id}/retain"),
        Shown("GET /api/{camera}"),
        Shown("GET /api/{camera}", "fps"),
    }


@pytest.mark.endpoint("GET /api/events", "limit")
def test_a_claim_that_was_not_sent_is_found(door: Door, request: pytest.FixtureRequest) -> None:
    item = request.node
    assert claims_of(item) == {Shown(EVENTS), LIMIT}
    ledger = Ledger()
    ledger.expect([item])
    assert ledger.untrue_claims(item, {Shown(EVENTS)}) == [LIMIT]
    door.client.get("/api/events?limit=1")


@pytest.mark.endpoint("GET /api/events", "limit")
def test_the_runs_of_a_function_share_its_claims(
    door: Door, request: pytest.FixtureRequest
) -> None:
    item = request.node
    ledger = Ledger()
    ledger.expect([item, item])
    assert ledger.untrue_claims(item, {Shown(EVENTS)}) == []
    assert ledger.untrue_claims(item, {LIMIT}) == []
    door.client.get("/api/events?limit=1")


def test_what_has_no_test_and_what_is_not_served_are_told() -> None:
    tests = {Shown(EVENTS): ["events::one"], Shown(EVENTS, "colour"): ["events::two"]}
    assert find_problems([Shown(EVENTS), LIMIT], tests) == [
        "no contract test is marked with GET /api/events, parameter limit",
        "events::two is marked with GET /api/events, parameter colour, which is not served",
    ]


def test_a_test_stands_at_its_parameters_or_at_the_endpoint() -> None:
    tests = {Shown(EVENTS): ["events::one", "events::two"], LIMIT: ["events::two"]}
    assert render_table([Shown(EVENTS), LIMIT], tests).splitlines()[2:] == [
        "| `GET /api/events` |  | `events::one` |",
        "| `GET /api/events` | `limit` | `events::two` |",
    ]


def test_everything_that_can_be_asked_is_listed() -> None:
    body = {"anyOf": [{"$ref": "#/components/schemas/In"}, {"type": "null"}]}
    operation: dict[str, Any] = {
        "parameters": [{"in": "path", "name": "id"}, {"in": "query", "name": "limit"}],
        "requestBody": {"content": {"application/json": {"schema": body}}},
    }
    schemas: dict[str, Any] = {"In": {"properties": {"draw": {}, "score": {}}}}
    description = {"paths": {"/x/{id}": {"put": operation}}, "components": {"schemas": schemas}}
    assert list(everything_asked(description)) == [
        Shown("PUT /x/{id}"),
        Shown("PUT /x/{id}", "limit"),
        Shown("PUT /x/{id}", "body.draw"),
        Shown("PUT /x/{id}", "body.score"),
    ]

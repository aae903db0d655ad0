"""The description of the API: complete, in our own shape of errors, the same every time."""

from __future__ import annotations

from typing import Any

import pytest

from picket.api.app import make_routes
from picket.api.openapi import describe_api

JSON = "application/json"


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return describe_api(make_routes())


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, one) for path, methods in described["paths"].items() for one in methods.values()]


def test_it_is_openapi_3_1_of_the_contract(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["version"] == "0.13.2"
    assert described == describe_api(make_routes())


def test_every_operation_has_a_name_of_its_own_a_known_tag_and_words(
    described: dict[str, Any],
) -> None:
    names = [one["operationId"] for _, one in operations(described)]
    assert len(names) == len(set(names))
    known = {tag["name"] for tag in described["tags"]}
    for _, one in operations(described):
        assert len(one["tags"]) == 1
        assert set(one["tags"]) <= known
        assert one["description"]
        assert one["summary"]


def test_every_parameter_is_described(described: dict[str, Any]) -> None:
    silent = [
        f"{path} {parameter['name']}"
        for path, one in operations(described)
        for parameter in one.get("parameters", [])
        if not parameter.get("description") or "type" not in parameter["schema"]
    ]
    assert silent == []


def test_errors_have_our_shape_and_are_told_where_they_can_happen(
    described: dict[str, Any],
) -> None:
    for path, one in operations(described):
        answers = one["responses"]
        assert "422" not in answers
        assert ("404" in answers) >= ("{" in path)
        assert ("400" in answers) >= bool(one.get("parameters"))
        assert {"500", "503"} <= answers.keys()
        for status, answer in answers.items():
            if int(status) >= 400:
                assert answer["description"]
                assert answer["content"] == {
                    JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}
                }


def test_switches_of_a_query_are_0_or_1(described: dict[str, Any]) -> None:
    parameters = described["paths"]["/api/events"]["get"]["parameters"]
    schemas = {one["name"]: one["schema"] for one in parameters}
    assert schemas["include_thumbnails"] == {"type": "integer", "enum": [0, 1], "default": 1}
    assert schemas["has_clip"] == {"type": "integer", "enum": [0, 1]}
    assert schemas["min_score"] == {"type": "number"}


def test_answers_have_their_true_types(described: dict[str, Any]) -> None:
    paths = described["paths"]
    rows = paths["/api/events"]["get"]["responses"]["200"]["content"][JSON]["schema"]
    assert rows == {
        "items": {"$ref": "#/components/schemas/EventOut"},
        "title": rows["title"],
        "type": "array",
    }
    clip = paths["/api/events/{event_id}/clip.mp4"]["get"]["responses"]
    assert {"200", "206", "304", "416"} <= clip.keys()
    assert clip["206"]["content"].keys() == {"video/mp4"}
    vod = paths["/vod/event/{event_id}/{name}"]["get"]["responses"]["200"]["content"]
    assert vod.keys() == {"application/vnd.apple.mpegurl", "video/mp4"}


def test_what_is_not_used_is_left_out(described: dict[str, Any]) -> None:
    assert not [name for name in described["components"]["schemas"] if "Validation" in name]

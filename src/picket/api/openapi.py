"""The description of the API for machines: OpenAPI 3.1, made from the typed routes."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from picket.api.deps import CONTRACT_VERSION
from picket.api.security import is_api

Json = dict[str, Any]

TAGS = {
    "system": "The program itself: version, configuration, statistics.",
    "events": "What was seen, heard or told: lists, changes, key moments, words.",
    "cameras": "What cameras say about themselves and can be told to do.",
    "pictures": "Live pictures and pictures of events.",
    "notifications": "Who is told without asking.",
    "recordings": "Footage: segments, gaps, clips, HLS, frames, exports.",
}

PATH_WORDS = {
    "camera": "Name of a camera.",
    "current": "Name of an export with or without `.mp4`, or its id.",
    "day": "Day of the month, 1..31.",
    "end": "End of the range, Unix seconds.",
    "event_id": "Id of an event, such as `1705320000.5-abc123`.",
    "resident_id": "Id of something that stands about, as listed.",
    "frame_time": "The instant, Unix seconds.",
    "hour": "Hour of the local clock, 0..23.",
    "label": "Label of an object, such as `person`.",
    "month": "Year and month, such as `2024-01`.",
    "name": "Name of a file.",
    "new": "Letters, digits, `:`, `_` and `-`.",
    "path": "Folders and file, below the folder that the address begins with.",
    "service": "`frigate` or `picket`; `go2rtc` and `nginx` get a remark.",
    "start": "Start of the range, Unix seconds.",
    "timezone": "IANA name with commas, such as `America,New_York`, or `utc`.",
}
"""What the parts of a path mean, wherever they occur."""

REFUSALS = {
    400: "A value that cannot be answered; the message names it.",
    401: "`Origin` without `X-CSRF-TOKEN`: another site's page asks.",
    404: "What the path names is not there.",
    416: "The range begins past the end.",
    500: "A fault of ours, or a damaged file; the log has the details.",
    503: "Not possible at the moment: try again.",
}

_REFUSAL: Json = {
    "type": "object",
    "title": "Refusal",
    "description": "How every error is told.",
    "properties": {
        "success": {"type": "boolean", "const": False},
        "message": {"type": "string", "description": "What is wrong, and the cure."},
        "problems": {
            "type": "array",
            "description": "Every mistake in a configuration file.",
            "items": {
                "type": "object",
                "properties": {
                    "line": {"type": ["integer", "null"], "description": "From 1."},
                    "key": {"type": "string", "description": "Such as `cameras.front.detect.fps`."},
                    "message": {"type": "string", "description": "What is wrong, and the cure."},
                },
                "required": ["line", "key", "message"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["success", "message"],
    "additionalProperties": False,
}


def describe_api(app: FastAPI) -> Json:
    """OpenAPI 3.1 of all routes; the same for every configuration and every build of ours."""
    description: Json = get_openapi(
        title=app.title,
        version=CONTRACT_VERSION,
        description=app.description,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    schemas = description.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["Refusal"] = _REFUSAL
    for path, methods in description["paths"].items():
        for operation in methods.values():
            operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
            _describe_refusals(path, operation)
            for parameter in operation.get("parameters", []):
                parameter["schema"] = _as_written(parameter["schema"])
                if parameter["in"] == "path":
                    parameter.setdefault("description", PATH_WORDS.get(parameter["name"], ""))
    return description


def _describe_refusals(path: str, operation: Json) -> None:
    """Which errors an operation can have follows from what it is asked."""
    answers = operation["responses"]
    answers.pop("422", None)  # what FastAPI would answer; ours is 400
    possible = {500, 503} | {int(status) for status in answers if int(status) >= 400}
    if is_api(path):
        possible.add(401)
    if operation.get("parameters") or "requestBody" in operation:
        possible.add(400)
    if "{" in path:
        possible.add(404)
    for status in sorted(possible):
        told = answers.setdefault(str(status), {})
        told.setdefault("description", REFUSALS.get(status, HTTPStatus(status).phrase))
        told["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}


def _as_written(schema: Json) -> Json:
    """A schema of what stands in a URL, where nothing is null and a switch is 0 or 1.

    Its words stand beside it already.
    """
    kinds = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    if len(kinds) == 1:
        schema = {key: value for key, value in schema.items() if key != "anyOf"} | kinds[0]
    if schema.get("type") == "boolean":
        schema = {**schema, "type": "integer", "enum": [0, 1]}
        if "default" in schema:
            schema["default"] = int(schema["default"])
    return {key: value for key, value in schema.items() if key not in ("title", "description")}

"""Requests made up from the description of the API: no fault, and every answer as described."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from picket.api.app import make_routes
from picket.api.openapi import describe_api
from picket.domain.segment import Segment
from picket.media.jpeg import encode_jpeg
from picket.store.events import put_event
from picket.store.gaps import put_gap
from picket.store.segments import put_segment
from picket.store.timeline import add_timeline
from tests.contract.conftest import NOW, Door
from tests.support.fake_live import make_frame
from tests.support.index_samples import EVENT, GAP, MOMENT
from tests.support.recordings import record, video_path

ENDLESS = ("/api/{camera}", "/api/birdseye")
EXAMPLES = 15
PICTURE = encode_jpeg(np.full((175, 175, 3), 90, np.uint8))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

DESCRIPTION = describe_api(make_routes())


def can_be_wrong(operation: dict[str, Any]) -> bool:
    """Whether a request can differ from the description; any text is a name in a path."""
    parts = operation.get("parameters", [])
    is_typed = any(one["in"] == "query" or one["schema"]["type"] != "string" for one in parts)
    return is_typed or "requestBody" in operation


REQUESTS = [
    pytest.param(mode, method, path, id=f"{method}-{path}-{mode.value}")
    for path, methods in DESCRIPTION["paths"].items()
    for method, operation in methods.items()
    for mode in GenerationMode
    if path not in ENDLESS and (mode is GenerationMode.POSITIVE or can_be_wrong(operation))
]


@pytest.fixture(scope="session")
def footage(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Segment]]:
    """Real recordings and their rows."""
    folder = tmp_path_factory.mktemp("footage")
    return folder, record(video_path("street_people_gt.mp4"), folder).segments


@pytest.fixture
def known(door: Door, footage: tuple[Path, list[Segment]]) -> dict[str, Any]:
    """A door with something of everything; which values of path parameters lead to it."""
    folder, segments = footage
    shutil.copytree(folder, door.paths.recordings, dirs_exist_ok=True)
    for one in segments:
        put_segment(door.db, one)
    put_event(door.db, EVENT)
    add_timeline(door.db, MOMENT)
    put_gap(door.db, GAP)
    running = replace(EVENT, id="1705320001.5-runnin", end_time=None)
    put_event(door.db, running)
    door.live.snapshots["front", running.id] = PICTURE
    door.live.show("front", make_frame(NOW))
    name = f"front-{EVENT.id}.jpg"
    (door.paths.clips / name).write_bytes(PICTURE)
    start = segments[0].start_time
    return {
        "camera": "front",
        "label": "person",
        "event_id": EVENT.id,
        "frame_time": start + 1,
        "start": start,
        "end": start + 5,
        "name": name,
    }


@pytest.mark.parametrize(("mode", "method", "path"), REQUESTS)
def test_made_up_requests(
    door: Door, known: dict[str, Any], mode: GenerationMode, method: str, path: str
) -> None:
    schema = schemathesis.openapi.from_dict(DESCRIPTION)
    schema.app = door.client.app
    operation = schema[path][method]

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # a failure is told as it was met, without minutes of shrinking
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    def ask(case: Any, is_known: bool) -> None:  # noqa: FBT001
        if is_known and case.path_parameters:
            case.path_parameters |= {
                part: known[part] for part in case.path_parameters if part in known
            }
        case.call_and_validate(checks=CHECKS)

    ask()

"""docs/reference/http-api.md tells what is served, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi.routing import APIWebSocketRoute

from picket.api.routes import ROUTERS
from picket.api.schemas.events import EventFilter
from tests.contract.conftest import Door

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "http-api.md"


def test_the_page_has_every_route(door: Door) -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = set(re.findall(r"^\| ([A-Z]+) \| `([^`]+)`", page, re.MULTILINE))
    paths = door.client.get("/api/openapi.json").json()["paths"]
    served = {
        (method.upper(), re.sub(r"\{(\w+)(:\w+)?\}", r"<\1>", path))
        for path, methods in paths.items()
        for method in methods
    }
    sockets = {
        ("WS", re.sub(r"\{(\w+)}", r"<\1>", route.path))
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIWebSocketRoute)
    }
    assert sockets
    assert told == served | sockets


def test_the_page_has_every_parameter_of_the_event_list() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page.partition("Parameters of `/api/events`:")[2].partition("\n#")[0]
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]+)\|", table, re.MULTILINE))))
    assert told == set(EventFilter.model_fields)

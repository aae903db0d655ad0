"""Which endpoints and parameters the contract tests say they show, and whether that is true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """An endpoint, or one of its parameters."""

    route: str  # `GET /api/{camera}`
    parameter: str = ""  # of the query, or `body.<key>`; "" is the endpoint itself


def plain_route(route: str) -> str:
    """A route without the kinds of its parts: `{name:path}` is `{name}`."""
    return re.sub(r":\w+}", "}", route)


def claims_of(item: pytest.Item) -> set[Shown]:
    """What the markers of a test say."""
    return {
        Shown(plain_route(mark.args[0]), parameter)
        for mark in item.iter_markers("endpoint")
        for parameter in ("", *mark.args[1:])
    }


def function_of(item: pytest.Item) -> str:
    """A test function, whatever values it runs with."""
    return item.nodeid.partition("[")[0]


def everything_asked(description: dict[str, Any]) -> Iterator[Shown]:
    """All endpoints and parameters of an OpenAPI description, in its order."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            route = f"{method.upper()} {path}"
            yield Shown(route)
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    yield Shown(route, parameter["name"])
            for key in _body_keys(operation, description["components"]["schemas"]):
                yield Shown(route, f"body.{key}")


def _body_keys(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    for one in (schema, *schema.get("anyOf", [])):
        name = one.get("$ref", "").rpartition("/")[2]
        yield from schemas.get(name, {}).get("properties", {})


@dataclass
class Ledger:
    """What each test function claimed, and what it has sent so far in all of its runs."""

    runs: Counter[str] = field(default_factory=Counter)  # still to come, by function
    sent: dict[str, set[Shown]] = field(default_factory=dict)

    def expect(self, items: Iterable[pytest.Item]) -> None:
        """These tests are about to run."""
        self.runs.update(function_of(item) for item in items)

    def untrue_claims(self, item: pytest.Item, sent: set[Shown]) -> list[Shown]:
        """After a run: what its function claims and never sent, once all of its runs are over."""
        function = function_of(item)
        self.sent.setdefault(function, set()).update(sent)
        self.runs[function] -= 1
        if self.runs[function] > 0:
            return []
        return sorted(claims_of(item) - self.sent[function])

"""Errors as answers: one table, one shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import Match

from picket.api.answers import refuse
from picket.config.problems import ConfigProblems, Problem
from picket.domain.errors import (
    ConfigError,
    InvalidRequest,
    MediaError,
    ModelError,
    NotFound,
    PicketError,
    StoreError,
    SubmissionFailed,
    Unavailable,
)

PageAnswer = Callable[[Request], Response | None]
"""What the web page has at an address that no route has; None: nothing."""

HTTP_STATUS: dict[type[PicketError], int] = {
    ConfigError: 400,
    InvalidRequest: 400,
    ModelError: 500,
    NotFound: 404,
    StoreError: 500,
    SubmissionFailed: 400,
    MediaError: 500,
    Unavailable: 503,
}
"""The most special class wins; what is not listed is a 500."""


def add_error_answers(app: FastAPI, page: PageAnswer = lambda _: None) -> None:
    """Answer every error of this app as `{"success": false, "message": ...}`."""
    app.add_exception_handler(PicketError, _answer_ours)
    app.add_exception_handler(HTTPException, partial(_answer_http, page))
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(Exception, _answer_unknown)


async def _answer_ours(_: Request, error: Exception) -> Response:
    status = next((HTTP_STATUS[c] for c in type(error).__mro__ if c in HTTP_STATUS), 500)
    if isinstance(error, ConfigProblems):
        return refuse(str(error), status, problems=[_problem(one) for one in error.problems])
    return refuse(str(error), status)


def _problem(one: Problem) -> dict[str, object]:
    """A mistake in a configuration file, for an editor; without a line it is of the whole file."""
    return {"line": one.line or None, "key": one.key, "message": one.message}


async def _answer_http(page: PageAnswer, request: Request, error: Exception) -> Response:
    """What the router itself refuses: paths that are the page's or nobody's, and methods."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    if error.status_code == 404:
        unknown = refuse(f"Nothing is served at {request.scope['path']}", 404)
        return page(request) or unknown
    if error.status_code != 405:
        return refuse(str(error.detail), error.status_code, dict(error.headers or {}))
    allowed = _allowed_methods(request)
    if request.method == "OPTIONS":
        return Response(headers={"Allow": allowed})
    return refuse(f"{request.method} is not possible here, only {allowed}", 405, {"Allow": allowed})


async def _answer_validation(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    return refuse("; ".join(_complaint(one) for one in error.errors()), 400)


def _complaint(one: Mapping[str, Any]) -> str:
    """What is wrong with one value; of a body that is no object there is no name, only a place."""
    source, *path = one["loc"]
    if one["type"] == "json_invalid":
        return f"the body is not JSON: {one['ctx']['error']} at character {path[0]}"
    name = ".".join(str(part) for part in path) or f"the {source}"
    return f"{name}: {one['msg']}"


async def _answer_unknown(_: Request, __: Exception) -> Response:
    """A fault of ours; the server logs it with its traceback."""
    return refuse("Internal error: the log has the details", 500)


def _allowed_methods(request: Request) -> str:
    methods = {"OPTIONS"}
    for route in iter_route_contexts(request.app.routes):
        if route.matches(request.scope)[0] is not Match.NONE:
            methods |= route.methods or set()
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))

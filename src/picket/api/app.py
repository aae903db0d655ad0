"""The HTTP door, put together."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from picket.api.answers import JsonAnswer
from picket.api.compression import Compression
from picket.api.deps import ServerContext, start_services
from picket.api.errors import add_error_answers
from picket.api.head import HeadAnswers
from picket.api.json_bodies import JsonBodies
from picket.api.request_meter import RequestClock
from picket.api.routes import ROUTERS
from picket.api.security import RequestGuard


def create_app(context: ServerContext) -> FastAPI:
    """Everything that is served over HTTP; opens no file and starts no thread by itself."""
    app = make_routes()
    app.state.services = start_services(context)
    add_error_answers(app, context.page_answer)
    app.add_middleware(RequestClock, meter=app.state.services.requests, clock=time.monotonic)
    app.add_middleware(JsonBodies)
    app.add_middleware(Compression)
    app.add_middleware(HeadAnswers)
    app.add_middleware(RequestGuard)
    return app


def make_routes() -> FastAPI:
    """The routes alone, as they are described; they answer once `create_app` adds the rest."""
    app = FastAPI(
        title="Picket",
        description="The HTTP API of a network video recorder; compatible with Frigate 0.13.",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        strict_content_type=False,  # a body is JSON, whatever a small client calls it
        default_response_class=JsonAnswer,
        generate_unique_id_function=lambda route: route.name,
        lifespan=_life,
    )
    for router in ROUTERS:
        app.include_router(router)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncGenerator[None]:
    yield
    app.state.services.readers.close()
    app.state.services.submissions.close()

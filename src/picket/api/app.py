"""The HTTP door, put together."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from picket.api.answers import JsonAnswer
from picket.api.deps import ServerContext, start_services
from picket.api.errors import add_error_answers
from picket.api.head import HeadAnswers
from picket.api.routes import ROUTERS
from picket.api.security import RequestGuard


def create_app(context: ServerContext) -> FastAPI:
    """Everything that is served over HTTP; opens no file and starts no thread by itself."""
    services = start_services(context)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncGenerator[None]:
        yield
        services.readers.close()
        services.submissions.close()

    app = FastAPI(
        title="Picket",
        version=context.version,
        description="The HTTP API of a network video recorder; compatible with Frigate 0.13.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        strict_content_type=False,  # a body is JSON, whatever a small client calls it
        default_response_class=JsonAnswer,
        lifespan=life,
    )
    app.state.services = services
    add_error_answers(app)
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(HeadAnswers)
    app.add_middleware(RequestGuard)
    return app

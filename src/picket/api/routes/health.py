"""For service managers and containers: does it live, can it do its work."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from picket.api.answers import NO_STORE
from picket.api.deps import SharedServices
from picket.api.health import examine, judge
from picket.api.schemas.health import ReadyOut
from picket.domain.errors import Unavailable

router = APIRouter(tags=["system"])


@router.get("/healthz", response_class=PlainTextResponse)
async def show_life() -> PlainTextResponse:
    """A word, as long as the server answers; nothing else is asked."""
    return PlainTextResponse("alive", headers={"Cache-Control": NO_STORE})


@router.get("/readyz")
def show_readiness(services: SharedServices) -> ReadyOut:
    """Whether index, disk and processes work; a camera that is away is told and is no fault."""
    health = judge(examine(services))
    if health.faults:
        states = ", ".join(f"{name} {state}" for name, state in health.cameras.items())
        raise Unavailable(f"not ready: {'; '.join(health.faults)} (cameras: {states or 'none'})")
    return ReadyOut.of(health)

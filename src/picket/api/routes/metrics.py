"""What a monitoring system reads."""

from __future__ import annotations

from fastapi import APIRouter, Response

from picket.api.answers import describe
from picket.api.deps import SharedServices
from picket.api.metrics.snapshot import take_snapshot

router = APIRouter(prefix="/api/metrics", tags=["system"])


@router.get(
    "",
    response_class=Response,
    responses=describe("text/plain", "Prometheus' text format 0.0.4."),
)
def show_metrics(services: SharedServices) -> Response:
    """All measurements for Prometheus; see docs/guide/monitoring.md."""
    # Not above: whoever is not watched by Prometheus need not hold its library.
    from picket.api.metrics.exposition import MEDIA_TYPE, write_metrics

    return Response(write_metrics(take_snapshot(services)), media_type=MEDIA_TYPE)

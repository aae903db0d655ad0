"""How the program says that it is well."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, Field

from picket.api.health import Health


class ReadyOut(BaseModel):
    """Everything that must work does; a 503 has the reasons in its message."""

    success: bool = True
    message: str
    degraded: Annotated[list[str], Field(description="What is away, and lived with.")]
    cameras: Annotated[dict[str, str], Field(description="State of each camera.")]

    @classmethod
    def of(cls, health: Health) -> Self:
        """The answer when there is no fault."""
        message = "ready, with weaknesses" if health.weaknesses else "ready"
        return cls(message=message, degraded=list(health.weaknesses), cameras=dict(health.cameras))

"""ffprobe: answers."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel

from picket.config.masking import mask_credentials
from picket.media.probe import ProbeAnswer


class ProbeOut(BaseModel):
    """How ffprobe ended for one path."""

    return_code: int
    stderr: str
    stdout: dict[str, Any] | str  # "" when it failed

    @classmethod
    def of(cls, answer: ProbeAnswer) -> Self:
        """The answer's form, without credentials."""
        return cls(
            return_code=answer.return_code,
            stderr=mask_credentials(answer.error),
            stdout="" if answer.streams is None else dict(answer.streams),
        )

"""The program and its machine: answers."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel

from picket.media.vainfo import VainfoAnswer


class VainfoOut(BaseModel):
    """How vainfo ended."""

    return_code: int
    stderr: str
    stdout: str

    @classmethod
    def of(cls, answer: VainfoAnswer) -> Self:
        """The answer's form."""
        return cls(return_code=answer.return_code, stderr=answer.error, stdout=answer.output)

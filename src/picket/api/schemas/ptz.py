"""Moving cameras: answers."""

from __future__ import annotations

from pydantic import BaseModel


class PtzInfoOut(BaseModel):
    """GET /api/<camera>/ptz/info; clients refuse null, so what is unknown is left out."""

    name: str = ""
    features: list[str] = []
    presets: list[str] = []

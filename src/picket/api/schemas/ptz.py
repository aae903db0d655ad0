"""Moving cameras: bodies and answers."""

from __future__ import annotations

from pydantic import BaseModel

from picket.api.queries import Question
from picket.ptz.abilities import PtzAbilities


class PtzInfoOut(BaseModel):
    """GET /api/<camera>/ptz/info; clients refuse null, so what is unknown is left out."""

    name: str = ""
    features: list[str] = []
    presets: list[str] = []

    @classmethod
    def of(cls, abilities: PtzAbilities) -> PtzInfoOut:
        """Of a camera that can be asked."""
        return cls(
            name=abilities.name,
            features=list(abilities.features),
            presets=list(abilities.presets),
        )


class PtzCommandIn(Question):
    """Body of POST /api/<camera>/ptz."""

    command: str = ""
    """`MOVE_UP`, `MOVE_DOWN`, `MOVE_LEFT`, `MOVE_RIGHT`, `ZOOM_IN`, `ZOOM_OUT`, `STOP`, `INIT`,
    `preset_<name>`."""

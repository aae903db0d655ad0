"""Adding cameras: bodies and answers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from picket.api.queries import Question
from picket.config.edit import Change
from picket.config.ffmpeg import Role
from picket.config.problems import KeyPath
from picket.media.camera_probe import FoundCamera, suggested_roles

MOST_INPUTS = 8
Url = Annotated[str, Field(min_length=1, max_length=2000)]
Pixels = Annotated[int, Field(ge=16, le=8192)]


class AddressIn(Question):
    """Body of POST /api/cameras/probe."""

    url: Url
    """Of a stream in the network, user name and password included."""


class StreamOut(BaseModel):
    """A video stream."""

    codec: str
    width: int
    height: int
    fps: float  # 0 when the camera does not say
    has_audio: bool


class FoundOut(BaseModel):
    """What an address leads to."""

    streams: list[StreamOut]
    picture: str | None  # a JPEG as `data:` address; null when none came in time
    suggested_roles: list[str]

    @classmethod
    def of(cls, found: FoundCamera) -> Self:
        """The answer's form."""
        jpeg = found.picture
        return cls(
            streams=[StreamOut.model_validate(s, from_attributes=True) for s in found.streams],
            picture=f"data:image/jpeg;base64,{b64encode(jpeg).decode()}" if jpeg else None,
            suggested_roles=suggested_roles(found.streams),
        )


class InputIn(Question):
    """A stream of a new camera."""

    model_config = ConfigDict(extra="forbid")

    url: Url
    """Of a stream in the network; local files are for the configuration file itself."""
    roles: Annotated[list[Role], Field(min_length=1, max_length=4)]
    """What it is used for."""


class DetectIn(Question):
    """How a new camera is analysed."""

    model_config = ConfigDict(extra="forbid")

    width: Pixels | None = None
    """Pixels; the stream's own if left out."""
    height: Pixels | None = None
    """Pixels."""
    fps: Annotated[int, Field(ge=1, le=60)] | None = None
    """Pictures analysed each second."""


class CameraIn(Question):
    """Body of POST /api/cameras."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
    """Letters, digits, `_` and `-`."""
    inputs: Annotated[list[InputIn], Field(min_length=1, max_length=MOST_INPUTS)]
    """Its streams."""
    detect: DetectIn = Field(default=DetectIn())
    """How it is analysed."""

    def to_changes(self) -> Iterator[Change]:
        """The lines that the configuration file gets."""
        camera: KeyPath = ("cameras", self.name)
        for number, source in enumerate(self.inputs):
            place = (*camera, "ffmpeg", "inputs", number)
            yield Change((*place, "path"), (source.url,))
            for n, role in enumerate(source.roles):
                yield Change((*place, "roles", n), (role,))
        for key, value in self.detect.model_dump(exclude_none=True).items():
            yield Change((*camera, "detect", key), (str(value),))

"""`mqtt`: the broker."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from picket.config.section import Section, setting

NO_WILDCARD = "^[^#+]+$"


def _word(value: Any) -> Any:
    """YAML reads a bare `on` or `off` as true or false."""
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


class MqttConfig(Section):
    """The connection to a broker."""

    enabled: bool = setting(
        "Whether to connect; a file without any `mqtt` section does not connect.", default=True
    )
    host: str = setting("Name or address of the broker.", default="")
    port: int = setting("TCP port of the broker.", default=1883, ge=1, le=65535)
    topic_prefix: str = setting(
        "First level of every topic.", default="frigate", min_length=1, pattern=NO_WILDCARD
    )
    client_id: str = setting(
        "Name at the broker; Home Assistant uses it as the instance's id.", default="frigate"
    )
    stats_interval: int = setting(
        "Time between two statistics messages.", default=60, unit="s", gt=0
    )
    user: str | None = setting("User name; `{FRIGATE_NAME}` is replaced.", default=None)
    password: str | None = setting(
        "Password; `{FRIGATE_NAME}` is replaced.", default=None, repr=False
    )
    tls_ca_certs: str | None = setting("File of the authorities to trust.", default=None)
    tls_client_cert: str | None = setting("File of our certificate.", default=None)
    tls_client_key: str | None = setting("File of our certificate's key.", default=None)
    tls_insecure: bool | None = setting("Do not compare the broker's name.", default=None)
    discovery: Annotated[Literal["auto", "on", "off"], BeforeValidator(_word)] = setting(
        "Whether Home Assistant is told of cameras, zones and switches; `auto`: unless its Frigate"
        " integration asks us.",
        default="auto",
    )
    discovery_prefix: str = setting(
        "First level of the topics by which Home Assistant discovers devices.",
        default="homeassistant",
        min_length=1,
        pattern=NO_WILDCARD,
    )


class CameraMqttConfig(Section):
    """The pictures published for one camera."""

    enabled: bool = setting("Whether pictures are published.", default=True)
    timestamp: bool = setting("Draw the time.", default=True)
    bounding_box: bool = setting("Draw the box.", default=True)
    crop: bool = setting("Cut out the object.", default=True)
    height: int = setting("Height of the picture.", default=270, unit="px", gt=0)
    required_zones: tuple[str, ...] = setting(
        "Publish only if the object entered one of these zones; empty means always.", default=()
    )
    quality: int = setting("JPEG quality.", default=70, unit="0..100", ge=0, le=100)

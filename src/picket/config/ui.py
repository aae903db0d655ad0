"""`ui`: the web page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from picket.config.section import Section, setting

DateTimeStyle = Literal["full", "long", "medium", "short"]
"""Length of a date or time, as in the browser's Intl.DateTimeFormat."""

_ORIGIN = r"^https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?$"
Origin = Annotated[str, Field(pattern=_ORIGIN)]
"""Scheme, host and port of a page, as a browser's address line begins."""


class UiConfig(Section):
    """How the web page shows things."""

    live_mode: Literal["jsmpeg", "mse", "webrtc"] = setting("Player tried first.", default="mse")
    timezone: str | None = setting(
        "Time zone such as `Europe/Paris`; null means the browser's.", default=None
    )
    use_experimental: bool = setting("Show unfinished pages.", default=False)
    time_format: Literal["browser", "12hour", "24hour"] = setting("Clock.", default="browser")
    date_style: DateTimeStyle = setting("Length of dates.", default="short")
    time_style: DateTimeStyle = setting("Length of times.", default="medium")
    frame_ancestors: tuple[Origin, ...] = setting(
        "Pages that may show this one in a frame, such as `http://homeassistant.local:8123`.",
        default=(),
    )
    strftime_fmt: str | None = setting("A strftime pattern in place of both styles.", default=None)


class CameraUiConfig(Section):
    """One camera on the web page."""

    order: int = setting("Place among the cameras, lowest first.", default=0)
    dashboard: bool = setting("Whether the dashboard shows it.", default=True)

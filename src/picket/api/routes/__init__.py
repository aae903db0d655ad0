"""One file per resource; their order decides who answers."""

from __future__ import annotations

from picket.api.routes import (
    clips,
    event_pictures,
    events,
    files,
    labels,
    live,
    recordings,
    stats,
    system,
    timeline,
    vod,
)

ROUTERS = (
    system.router,
    stats.router,
    events.router,
    timeline.router,
    labels.router,
    recordings.router,
    clips.router,
    vod.router,
    event_pictures.router,
    files.router,
    live.router,
)
"""First match wins: words stand before `<camera>`, so a camera named `events` cannot be reached."""

"""What the rules of notifications name must be there: pure."""

from __future__ import annotations

from collections.abc import Iterator

from picket.config.notifications import NotificationsConfig
from picket.config.problems import Finding
from picket.config.root import Config


def check_notifications(config: Config) -> Iterator[Finding]:
    """A name that exists nowhere is a misspelling, and nobody would be told."""
    known = {
        "channels": set(config.notifications.channels),
        "cameras": set(config.cameras),
        "zones": {zone for camera in config.cameras.values() for zone in camera.zones},
    }
    for name, rule in config.notifications.rules.items():
        for key in ("channels", "when"):
            if not getattr(rule, key):
                yield Finding(
                    ("notifications", "rules", name, key),
                    "is empty, so nobody is told: name one, or remove the rule",
                )
        for key, names in known.items():
            unknown = [one for one in getattr(rule, key) if one not in names]
            if unknown:
                have = ", ".join(sorted(names)) or "none"
                yield Finding(
                    ("notifications", "rules", name, key),
                    f"{', '.join(unknown)} is not there (there is {have}): add it, or mend the"
                    " spelling",
                )


def doubt_notifications(notifications: NotificationsConfig) -> Iterator[Finding]:
    """A link needs the address under which the reader reaches us."""
    for name, rule in notifications.rules.items():
        is_meant = "picture" in rule.model_fields_set and rule.picture == "link"
        if is_meant and not notifications.base_url:
            yield Finding(
                ("notifications", "rules", name, "picture"),
                "no picture is linked without `notifications.base_url`: write it, or use `inline`",
            )

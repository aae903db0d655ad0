from __future__ import annotations

from picket.config.notification_checks import check_notifications
from tests.unit.config.samples import config

CHANNELS = {"hook": {"type": "webhook", "url": "http://h/"}}
ZONE = {"porch": {"coordinates": "0,0,1,0,1,1"}}


def test_names_that_are_there_are_no_mistake() -> None:
    rule = {"channels": ["hook"], "cameras": ["front"], "zones": ["porch"]}
    told = {"channels": CHANNELS, "rules": {"r": rule}}
    assert list(check_notifications(config({"zones": ZONE}, notifications=told))) == []

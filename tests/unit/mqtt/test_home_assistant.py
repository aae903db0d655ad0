from __future__ import annotations

import json

from picket.config.mqtt import MqttConfig
from picket.config.root import Config
from picket.mqtt.home_assistant import PATIENCE_S, SETTLING_S, Announcements
from tests.unit.mqtt.samples import make_config


class House:
    """Announcements over a clock and a configuration that a test moves by hand."""

    def __init__(self, mode: str) -> None:
        self.config: Config = make_config()
        self.now = 100.0
        self.announcements = Announcements(
            MqttConfig.model_validate({"discovery": mode}),
            lambda: self.config,
            "0.1",
            lambda: self.now,
        )

    def due(self, session: int = 1) -> dict[str, str]:
        messages = self.announcements.due(session)
        assert all(one.retain for one in messages)
        return {one.topic.split("/")[2]: str(one.payload) for one in messages}

    def remember(self, earlier: House) -> None:
        """The broker hands out what it was told in another run."""
        for message in earlier.announcements.due(1):
            self.announcements.see_kept(message.topic, str(message.payload).encode())


EVERYTHING = {
    "picket-frigate",
    "picket-frigate-camera-front",
    "picket-frigate-camera-back",
    "picket-frigate-zone-porch",
}


def test_on_tells_everything_once_in_each_session() -> None:
    house = House("on")
    assert house.due().keys() == EVERYTHING
    assert house.due() == {}
    assert house.due(session=2).keys() == EVERYTHING


def test_off_takes_back_what_the_broker_keeps_and_says_nothing_otherwise() -> None:
    house = House("off")
    assert house.due() == {}
    house.remember(House("on"))
    assert house.due() == dict.fromkeys(EVERYTHING, "")
    assert house.due() == {}


def test_what_was_removed_while_we_were_stopped_is_taken_back() -> None:
    house = House("on")
    house.config = make_config(zones={}, track=["dog"])
    house.due()  # what the broker keeps comes when it comes
    house.remember(House("on"))
    news = house.due()
    assert news.pop("picket-frigate-zone-porch") == ""
    assert news.keys() == {"picket-frigate-camera-front", "picket-frigate-camera-back"}
    parts = json.loads(news["picket-frigate-camera-front"])["components"]
    assert parts["person_count"] == {"platform": "sensor"}
    assert parts["dog_count"]["state_topic"] == "frigate/front/dog"
    assert house.due() == {}


def test_a_label_that_is_tracked_no_more_is_taken_back_until_it_returns() -> None:
    house = House("on")
    house.config = make_config(zones={})
    first = house.due()
    house.config = make_config(zones={}, track=["car"])
    front = json.loads(house.due()["picket-frigate-camera-front"])["components"]
    assert front["person_occupancy"] == {"platform": "binary_sensor"}
    house.config = make_config(zones={})
    assert house.due()["picket-frigate-camera-front"] == first["picket-frigate-camera-front"]


def test_auto_waits_for_the_integration_and_then_speaks() -> None:
    house = House("auto")
    assert house.due() == {}
    house.now += PATIENCE_S - 1
    assert house.due() == {}
    house.now += 1
    assert house.due().keys() == EVERYTHING


def test_auto_takes_everything_back_once_the_integration_comes() -> None:
    house = House("auto")
    house.now += PATIENCE_S
    assert house.due()
    house.announcements.see_integration()
    assert house.due() == dict.fromkeys(EVERYTHING, "")
    assert house.due() == {}
    house.now += PATIENCE_S
    assert house.due() == {}


def test_on_does_not_care_for_the_integration() -> None:
    house = House("on")
    house.announcements.see_integration()
    assert all(json.loads(payload) for payload in house.due().values())


def test_a_change_is_told_and_a_zone_that_was_removed_is_taken_back() -> None:
    house = House("on")
    house.due()
    house.config = make_config(zones={})
    assert house.due() == {"picket-frigate-zone-porch": ""}
    house.config = make_config(zones={}, track=["dog"])
    assert house.due().keys() == {"picket-frigate-camera-front", "picket-frigate-camera-back"}
    house.config = make_config()
    assert house.due().keys() == EVERYTHING - {"picket-frigate"}


def test_home_assistant_says_that_it_starts() -> None:
    announcements = House("auto").announcements
    assert announcements.is_birth("homeassistant/status", b"online")
    assert not announcements.is_birth("homeassistant/status", b"offline")
    assert not announcements.is_birth("frigate/available", b"online")


def test_what_the_broker_forgets_is_told_once_after_each_announcement() -> None:
    house = House("on")
    assert not house.announcements.are_made
    for session in (1, 2):
        house.due(session)
        assert house.announcements.are_made
        assert not house.announcements.have_settled()
        house.now += SETTLING_S
        assert house.announcements.have_settled()
        assert not house.announcements.have_settled()


def test_nobody_is_told_of_states_who_was_told_of_nothing() -> None:
    house = House("off")
    house.due()
    house.now += SETTLING_S
    assert not house.announcements.have_settled()
    assert not house.announcements.are_made

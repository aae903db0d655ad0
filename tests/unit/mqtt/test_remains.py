from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.mqtt.entities import Naming, describe
from picket.mqtt.remains import parts_of, read_kept, without
from tests.unit.mqtt.samples import make_config

NAMING = Naming("frigate", "frigate", "0.1")
OURS = NAMING.device_id()
DEVICES = describe(make_config(), NAMING)

keys = st.sampled_from(["person_count", "car_count", "motion", "zebra_count", "bark_sound"])


@pytest.mark.parametrize("ident", DEVICES)
def test_what_we_announced_is_read_back(ident: str) -> None:
    kept = read_kept(json.dumps(DEVICES[ident]).encode(), OURS)
    assert kept == parts_of(DEVICES[ident])
    assert kept


@pytest.mark.parametrize("client_id", ["frigate-camera", "frigate-2", "other"])
def test_another_instances_devices_are_not_ours(client_id: str) -> None:
    for device in describe(make_config(), Naming("frigate", client_id, "0.1")).values():
        assert read_kept(json.dumps(device).encode(), OURS) is None


@pytest.mark.parametrize(
    "payload",
    [
        *("", "ON", "1", "[]", "{}", '{"device": 1}', '{"dev": {"ids": "x"}, "cmps": {}}'),
        '{"device": {"identifiers": ["picket-frigate"]}, "components": [1]}',
        '{"device": {"identifiers": ["picket-frigate"]}, "components": {"a": {}}}',
    ],
)
def test_what_others_announce_in_their_way_is_let_be(payload: str) -> None:
    assert read_kept(payload.encode(), OURS) is None


@given(st.binary(max_size=60))
def test_no_message_of_others_is_an_error(payload: bytes) -> None:
    assert read_kept(payload, OURS) is None


@given(
    st.dictionaries(keys, st.just({"platform": "sensor", "name": "x"})),
    st.dictionaries(keys, st.just("sensor")),
)
def test_what_is_no_part_any_more_is_taken_back_and_nothing_else(
    now: dict[str, Any], left: dict[str, str]
) -> None:
    told = without({"device": {}, "components": now}, left)["components"]
    assert {key: told[key] for key in now} == now
    assert {key: told[key] for key in told.keys() - now.keys()} == {
        key: {"platform": "sensor"} for key in left.keys() - now.keys()
    }

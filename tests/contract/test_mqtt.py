"""The topics over a real broker: what is told, what is kept, and commands."""

from __future__ import annotations

import gc
import logging
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from picket.domain.errors import Unavailable
from picket.ipc.messages import PictureTaken
from picket.mqtt.link import CONNECT_S
from picket.topics.message import Message
from tests.contract.conftest import Door
from tests.contract.telling import JPEG, online, scene, telling
from tests.support.mosquitto import (
    PATIENCE_S,
    Mosquitto,
    make_certificates,
    mosquitto,
    other_client,
)
from tests.support.servers import free_port, wait_for


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with mosquitto(tmp_path) as running:
        yield running


def test_a_broker_is_first_told_how_everything_is_and_keeps_the_states(
    door: Door, broker: Mosquitto
) -> None:
    door.settings.switch("back", "detect", "OFF")
    with other_client(broker.port) as witness, telling(door, broker.port) as told:
        online(witness)
        assert witness.order()[-1] == "frigate/available online"
        assert "frigate/front/motion OFF" in witness.order()
        told.announcer.announce(scene(labels={"person": 1}))
        witness.wait("frigate/front/person", "1")
        with other_client(broker.port) as late:
            online(late)
            states = {f"frigate/{t}": p for t, p in door.settings.states().items()}
            kept = {one.topic: one.payload.decode() for one in late.heard}
            assert kept == {**states, "frigate/available": "online"}
            assert all(one.retain for one in late.heard)
            assert kept["frigate/back/detect/state"] == "OFF"


def test_a_clean_stop_says_offline_and_a_lost_program_too(door: Door, broker: Mosquitto) -> None:
    with other_client(broker.port) as witness:
        with telling(door, broker.port):
            online(witness)
        witness.wait("frigate/available", "offline")
        assert witness.told("frigate/available") == ["online", "offline"]
        with other_client(broker.port) as late:
            late.wait("frigate/available", "offline")
        with telling(door, broker.port):
            wait_for(lambda: len(witness.told("frigate/available")) == 3, PATIENCE_S, "return")
            with other_client(broker.port, name="frigate"):  # who takes our name throws us out
                wait_for(lambda: len(witness.told("frigate/available")) > 3, PATIENCE_S, "will")
        assert witness.told("frigate/available")[2:4] == ["online", "offline"]


def test_counts_motion_and_pictures_come_in_order(door: Door, broker: Mosquitto) -> None:
    with other_client(broker.port) as witness, telling(door, broker.port) as told:
        online(witness)
        witness.heard.clear()
        told.announcer.announce(scene(is_moving=True))
        told.announcer.announce(PictureTaken("front", "person", JPEG))
        told.announcer.announce(scene(is_moving=True, labels={"person": 1}))
        inside = scene(is_moving=True, labels={"person": 1}, zones={"porch": {"person": 1}})
        told.announcer.announce(inside)
        told.announcer.announce(scene())
        witness.wait("frigate/front/motion", "OFF")
        wait_for(lambda: len(witness.heard) >= 14, PATIENCE_S, "last message")
        assert witness.order() == [
            "frigate/front/all 0",
            "frigate/front/motion ON",
            "frigate/porch/all 0",
            "frigate/front/person/snapshot",
            "frigate/front/person 1",
            "frigate/front/all 1",
            "frigate/porch/person 1",
            "frigate/porch/all 1",
            "frigate/front/all 0",
            "frigate/front/person 0",
            "frigate/front/person/snapshot",
            "frigate/front/motion OFF",
            "frigate/porch/person 0",
            "frigate/porch/all 0",
        ]
        with other_client(broker.port, "frigate/front/+/snapshot") as late:
            wait_for(lambda: late.heard, PATIENCE_S, "kept picture")
            assert (late.heard[0].payload, late.heard[0].retain) == (JPEG, True)


def test_the_prefix_and_the_name_are_the_users(door: Door, broker: Mosquitto) -> None:
    names = {"topic_prefix": "house/cams", "client_id": "yard"}
    with other_client(broker.port) as witness, telling(door, broker.port, **names):
        online(witness, "house/cams")
        witness.say("house/cams/front/snapshots/set", "ON")
        witness.wait("house/cams/front/snapshots/state", "ON")
        assert all(one.topic.startswith("house/cams/") for one in witness.heard)


def test_a_command_changes_the_system_and_is_confirmed_to_all(
    door: Door, broker: Mosquitto
) -> None:
    with (
        other_client(broker.port) as one,
        other_client(broker.port) as other,
        telling(door, broker.port),
    ):
        online(one)
        online(other)
        one.say("frigate/front/detect/set", "OFF")
        for client in (one, other):
            client.wait("frigate/front/detect/state", "OFF")
        other.say("frigate/front/motion_threshold/set", "44")
        one.wait("frigate/front/motion_threshold/state", "44")
        one.say("frigate/front/birdseye_mode/set", "CONTINUOUS")
        other.wait("frigate/front/birdseye_mode/state", "CONTINUOUS")
        front = door.settings.current.cameras["front"]
        assert (front.detect.enabled, front.motion.threshold) == (False, 44)
        assert front.birdseye.mode == "continuous"
        assert door.program.adopted[-1].cameras["front"] == front
        with other_client(broker.port, "frigate/front/detect/state") as late:
            late.wait("frigate/front/detect/state", "OFF")


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("front/recordings/set", "ON"),  # the file says no
        ("front/motion/set", "OFF"),  # detection needs it
        ("front/detect/set", "perhaps"),
        ("front/audio/set", "ON"),
        ("nobody/detect/set", "ON"),
        ("front/motion_threshold/set", "many"),
        ("front/birdseye_mode/set", "ON"),
    ],
)
def test_a_command_that_cannot_be_obeyed_is_not_confirmed(
    door: Door, broker: Mosquitto, topic: str, payload: str
) -> None:
    with other_client(broker.port) as client, telling(door, broker.port):
        online(client)
        before = door.settings.current
        client.heard.clear()
        client.say(f"frigate/{topic}", payload)
        client.say("frigate/back/snapshots/set", "ON")
        client.wait("frigate/back/snapshots/state", "ON")
        states = [one.topic for one in client.heard if one.topic.endswith("/state")]
        assert states == ["frigate/back/snapshots/state"]
        assert door.settings.current.cameras["front"] == before.cameras["front"]


def test_a_command_that_the_broker_kept_is_neither_obeyed_nor_kept_on(
    door: Door, broker: Mosquitto
) -> None:
    with other_client(broker.port) as client:
        client.say("frigate/front/detect/set", "OFF", retain=True)
        client.say("frigate/restart", "now", retain=True)
        with telling(door, broker.port):
            online(client)
            client.say("frigate/back/snapshots/set", "ON")
            client.wait("frigate/back/snapshots/state", "ON")
            with other_client(broker.port, "frigate/+/+/set") as late:
                client.say("frigate/nobody/ping/set", "x")
                late.wait("frigate/nobody/ping/set", "x")
                assert late.told("frigate/front/detect/set") == []
    assert door.settings.current.cameras["front"].detect.enabled
    assert door.program.restarts == 0


def test_cameras_are_moved_and_the_program_is_restarted(
    door: Door, broker: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    with other_client(broker.port) as client, telling(door, broker.port) as told:
        online(client)
        client.say("frigate/front/ptz", "preset_gate")
        wait_for(lambda: told.ptz.moves == [("front", "preset_gate")], PATIENCE_S, "movement")
        told.ptz.error = Unavailable("the camera front does not answer")
        client.say("frigate/front/ptz", "STOP")
        client.say("frigate/restart", "")
        wait_for(lambda: door.program.restarts == 1, PATIENCE_S, "restart")
    assert "'front/ptz' was not carried out: the camera front does not answer" in caplog.text


def test_what_sockets_say_reaches_the_broker(door: Door, broker: Mosquitto) -> None:
    with other_client(broker.port) as client, telling(door, broker.port) as told:
        online(client)
        told.hub.publish(Message("events", '{"type":"new"}'))
        told.hub.publish(Message("no/#/topic", "ignored"))
        told.hub.publish(Message("x" * 65_530, "too long with its prefix"))
        told.hub.publish(Message("doorbell/rang", 2.5))
        client.wait("frigate/doorbell/rang", "2.5")
        assert client.told("frigate/events") == ['{"type":"new"}']


def test_after_a_restart_of_the_broker_it_knows_everything_again(
    door: Door, broker: Mosquitto
) -> None:
    with telling(door, broker.port) as told:
        with other_client(broker.port) as witness:
            online(witness)
            told.announcer.announce(PictureTaken("front", "person", JPEG))
            told.announcer.announce(scene(labels={"person": 1}))
            witness.wait("frigate/front/person", "1")
        broker.stop()
        told.announcer.announce(scene(labels={"person": 2}))
        told.announcer.announce(scene(labels={"person": 3}))
        told.hub.publish(Message("events", '{"type":"update"}'))
        told.hub.publish(Message("stats", "old"))
        door.settings.switch("front", "snapshots", "ON")
        broker.start()
        with other_client(broker.port) as late:
            late.wait("frigate/events", '{"type":"update"}')
            online(late)
            assert late.told("frigate/front/person") in ([], ["3"])  # joined before, or after
            assert late.told("frigate/front/snapshots/state") == ["ON"]
            assert late.told("frigate/stats") == []
            assert [o.payload for o in late.heard if o.topic.endswith("/snapshot")] == [JPEG]
            late.say("frigate/front/detect/set", "OFF")
            late.wait("frigate/front/detect/state", "OFF")


def test_a_broker_that_stands_still_delays_nobody_and_hears_what_was_kept(
    door: Door, broker: Mosquitto
) -> None:
    picture = b"\xff\xd8" + bytes(20_000)
    with other_client(broker.port, "frigate/+") as witness, telling(door, broker.port) as told:
        online(witness)
        broker.process.send_signal(signal.SIGSTOP)
        for n in range(3000):  # 60 MB, far more than a connection that stands still takes
            told.hub.publish(Message(f"large/{n}", picture))
        told.hub.publish(Message("last", "word", retain=True))
        assert told.door._broker.backlog.lost > 1000
        broker.process.send_signal(signal.SIGCONT)
        witness.wait("frigate/last", "word")


def test_the_stop_waits_for_no_broker(door: Door, broker: Mosquitto) -> None:
    with telling(door, broker.port), other_client(broker.port) as witness:
        online(witness)
        broker.process.send_signal(signal.SIGSTOP)
        begun = time.monotonic()
    assert time.monotonic() - begun < CONNECT_S
    with telling(door, free_port()):
        begun = time.monotonic()
    assert time.monotonic() - begun < CONNECT_S


def test_a_broker_that_is_away_is_told_of_once_and_found_when_it_comes(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    late = Mosquitto(tmp_path)
    with caplog.at_level(logging.INFO), telling(door, late.port):
        wait_for(lambda: "refused" in caplog.text, PATIENCE_S, "complaint")
        late.start()
        try:
            with other_client(late.port) as witness:
                online(witness)
        finally:
            late.stop()
    assert caplog.text.count("cannot be reached: [Errno 111] Connection refused") == 1


def test_a_wrong_password_is_told_without_saying_it(
    door: Door, broker: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    with telling(door, broker.port, password="hush-wrong"):
        wait_for(lambda: "refuses us: Not authorized" in caplog.text, PATIENCE_S, "complaint")
    assert "hush-wrong" not in caplog.text
    assert "hush" not in door.client.get("/api/config").text


# The library leaves the socket of a failed handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <ssl.SSLSocket")
def test_tls_with_certificates_on_both_sides(
    door: Door, tmp_path: Path, certificates: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ours = {
        "tls_ca_certs": str(certificates / "ca.crt"),
        "tls_client_cert": str(certificates / "client.crt"),
        "tls_client_key": str(certificates / "client.key"),
    }
    with mosquitto(tmp_path, certificates=certificates) as broker, caplog.at_level(logging.INFO):
        with telling(door, broker.port, **ours):  # by its number: the certificate has a name
            wait_for(lambda: "certificate is not valid for" in caplog.text, PATIENCE_S, "refusal")
        with telling(door, broker.port, **{**ours, "host": "localhost"}):
            wait_for(lambda: "connected to the broker localhost" in caplog.text, PATIENCE_S, "TLS")
        with telling(door, broker.port, **ours, tls_insecure=True):
            wait_for(lambda: "connected to the broker 127" in caplog.text, PATIENCE_S, "TLS")
        caplog.clear()
        with telling(door, broker.port, tls_ca_certs=ours["tls_ca_certs"], tls_insecure=True):
            wait_for(lambda: "the broker 127" in caplog.text, PATIENCE_S, "refusal")
        assert "connected to" not in caplog.text
    wait_for(lambda: not any("paho" in t.name for t in threading.enumerate()), PATIENCE_S, "end")
    gc.collect()


def test_certificates_that_cannot_be_read_are_named(
    door: Door, broker: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    with telling(door, broker.port, tls_ca_certs="/nonexistent/ca.crt"):
        wait_for(lambda: "mend mqtt.tls_ca_certs" in caplog.text, PATIENCE_S, "complaint")

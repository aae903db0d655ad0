"""A Home Assistant with its MQTT integration; runs by itself in an environment of its own.

Usage: house.py FOLDER BROKER_PORT USER PASSWORD HTTP_PORT

It answers each line of its standard input, a JSON list of a verb and its arguments, with one line
of JSON; the first line that it says is its version. It ends with its input.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from homeassistant import auth, bootstrap, const, loader
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry, entity_registry
from homeassistant.setup import async_setup_component

Json = Any
BASIS = ("homeassistant", "persistent_notification", "http")


async def build(folder: Path, http_port: int) -> HomeAssistant:
    """The core as its own start makes it, without the integrations that nobody here asks for."""
    config = {"http": {"server_host": "127.0.0.1", "server_port": http_port}}
    hass = HomeAssistant(str(folder))
    loader.async_setup(hass)
    hass.config.skip_pip = True
    hass.config_entries = ConfigEntries(hass, config)
    await loader.async_get_custom_components(hass)
    await bootstrap.async_load_base_functionality(hass)
    hass.auth = await auth.auth_manager_from_config(hass, [], [])
    for name in BASIS:
        assert await async_setup_component(hass, name, config), name
    return hass


async def meet_broker(hass: HomeAssistant, port: int, user: str, password: str) -> None:
    """What a user enters when he adds the integration."""
    flows = hass.config_entries.flow
    form = await flows.async_init("mqtt", context={"source": "user"})
    entered = {"broker": "127.0.0.1", "port": port, "username": user, "password": password}
    done = await flows.async_configure(form["flow_id"], entered)
    assert done["type"] == "create_entry", done
    await hass.async_block_till_done()


class Door:
    """What may be asked of the house."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass

    async def entities(self) -> Json:
        """Each entity of a broker's: what is registered, and its state, null when disabled."""
        rows = entity_registry.async_get(self._hass).entities.values()
        return {row.unique_id: self._entity(row) for row in rows if row.platform == "mqtt"}

    async def devices(self) -> Json:
        """Each device by its identifier."""
        rows = device_registry.async_get(self._hass).devices.values()
        return {ident: self._device(row) for row in rows for _, ident in row.identifiers}

    async def call(self, domain: str, service: str, entity_id: str, more: Json) -> Json:
        """Use a service on an entity."""
        await self._hass.services.async_call(
            domain, service, {"entity_id": entity_id, **more}, blocking=True
        )

    async def picture(self, entity_id: str) -> Json:
        """Hexadecimal digits of what an image or a camera shows."""
        component = self._hass.data["entity_components"][entity_id.split(".")[0]]
        entity = component.get_entity(entity_id)
        is_image = entity_id.startswith("image.")
        shown = await (entity.async_image() if is_image else entity.async_camera_image())
        return shown.hex() if shown else None

    def _entity(self, row: Json) -> Json:
        state = self._hass.states.get(row.entity_id)
        device = device_registry.async_get(self._hass).devices[row.device_id]
        ((_, ident),) = device.identifiers
        return {
            "entity_id": row.entity_id,
            "device": ident,
            "disabled_by": row.disabled_by,
            "state": state and state.state,
        }

    def _device(self, row: Json) -> Json:
        above = device_registry.async_get(self._hass).devices.get(row.via_device_id)
        return {"name": row.name, "above": above and above.name}


async def serve(hass: HomeAssistant) -> None:
    """Answer until nobody asks any more."""
    door = Door(hass)
    while line := await asyncio.to_thread(sys.stdin.readline):
        verb, *arguments = json.loads(line)
        ask: Callable[..., Awaitable[Json]] = getattr(door, verb)
        answer = await ask(*arguments)
        sys.stdout.write(json.dumps(answer, default=str) + "\n")
        sys.stdout.flush()


async def main(folder: str, broker_port: str, user: str, password: str, http_port: str) -> None:
    """Start, say who we are, answer, and stop."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    hass = await build(Path(folder), int(http_port))
    await hass.async_start()
    await meet_broker(hass, int(broker_port), user, password)
    sys.stdout.write(const.__version__ + "\n")
    sys.stdout.flush()
    await serve(hass)
    await hass.async_stop()


asyncio.run(main(*sys.argv[1:]))

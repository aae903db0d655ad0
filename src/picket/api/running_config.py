"""The configuration in effect: asked by every route, switched and rewritten by some."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from picket.api.ports import Program
from picket.config.adoption import adopt
from picket.config.config_file import read_config_text, replace_config
from picket.config.edit import Edit, edit_text
from picket.config.env import read_secrets, secrets_folder
from picket.config.hidden_text import hide_secrets, restore_secrets
from picket.config.load import load_text
from picket.config.root import Config
from picket.config.switches import FEATURES, carry_over, states, switch
from picket.domain.errors import ConfigError, InvalidRequest, NotFound


class RunningConfig:
    """One for the server; safe to ask and to change from many threads."""

    def __init__(self, config: Config, file: Path, program: Program) -> None:
        self._config = config
        self._file = file
        self._program = program
        self._lock = threading.RLock()

    @property
    def current(self) -> Config:
        """What is in effect."""
        return self._config

    def switch(self, camera: str, feature: str, payload: str) -> Mapping[str, str]:
        """See picket.api.ports.Controls."""
        with self._lock:
            before = self._config.cameras.get(camera)
            if before is None or feature not in FEATURES:
                raise NotFound(f"there is no {camera}/{feature} that could be switched")
            after = switch(before, feature, payload)
            if after is None:
                return {}
            cameras = {**self._config.cameras, camera: after}
            self._take(self._config.model_copy(update={"cameras": cameras}))
        old, new = states(before), states(after)
        return {
            _state_topic(camera, name): payload
            for name, payload in new.items()
            if name == feature or payload != old[name]
        }

    def states(self) -> Mapping[str, str]:
        """See picket.api.ports.Controls."""
        return {
            _state_topic(name, feature): payload
            for name, camera in self._config.cameras.items()
            for feature, payload in states(camera).items()
        }

    def restart(self) -> None:
        """See picket.api.ports.Controls."""
        self._program.restart()

    def text(self) -> str:
        """The file's text, with stars for credentials. Raises: NotFound."""
        try:
            return hide_secrets(read_config_text(self._file))
        except ConfigError as error:
            raise NotFound(str(error)) from None

    def save(self, text: str) -> tuple[str, ...]:
        """Replace the whole file; stars in unchanged lines stand for the credentials that were.

        Returns: keys of settings that come into effect with the next start.
        Raises: ConfigError, and nothing is changed, when the text is no valid configuration.
        """
        return self._rewrite(lambda old: self._restored(text, old))

    def check(self, text: str) -> None:
        """Raises: ConfigError when `save` would refuse the text; nothing is changed anyway."""
        with self._lock:
            self._load(self._restored(text, read_config_text(self._file)))

    def set(self, changes: Sequence[Edit]) -> tuple[str, ...]:
        """Change single settings in the file; comments stay.

        Returns: keys of settings that come into effect with the next start.
        Raises: ConfigError, and nothing is changed, when the result is no valid configuration.
        """
        is_json = self._file.suffix == ".json"
        return self._rewrite(lambda old: edit_text(old, changes, is_json=is_json))

    def _restored(self, text: str, old: str) -> str:
        if not text.strip():
            raise InvalidRequest("no configuration was sent: the body must be the file's new text")
        return restore_secrets(text, old, str(self._file))

    def _rewrite(self, change: Callable[[str], str]) -> tuple[str, ...]:
        with self._lock:
            old = read_config_text(self._file)
            text = change(old)
            wanted = self._load(text)
            replace_config(self._file, text)
            adoption = adopt(self._config, self._with_switches(old, wanted))
            self._take(adoption.config)
        return adoption.waiting

    def _with_switches(self, old: str, wanted: Config) -> Config:
        try:
            written = self._load(old)
        except ConfigError:
            return wanted  # spoilt by hand since the start: the file alone says what counts
        return carry_over(written, self._config, wanted)

    def _load(self, text: str) -> Config:
        known = {**read_secrets(secrets_folder(os.environ)), **os.environ}
        return load_text(text, str(self._file), known)

    def _take(self, config: Config) -> None:
        self._config = config
        self._program.adopt(config)


def _state_topic(camera: str, feature: str) -> str:
    return f"{camera}/{feature}/state"

"""The configuration file of a fresh installation, to which the first camera is added."""

from __future__ import annotations

from pathlib import Path

from picket.domain.errors import ConfigError

TEXT = """\
# Picket's configuration. Cameras can be added on the web page or here; what each setting means is
# told in docs/reference/config.md.

mqtt:
  enabled: false

record:
  enabled: true
  retain:
    days: 3
    mode: all
  events:
    retain:
      default: 14

snapshots:
  enabled: true

cameras: {}
"""


def write_first(config: Path, recordings: Path) -> bool:
    """Write the first file where nothing was ever recorded; whether it was written.

    Who has recordings and misses his file has named the wrong one, or lost it: starting without
    his cameras would hide that.

    Raises: ConfigError when the file cannot be written.
    """
    if config.exists() or any(recordings.glob("*")):
        return False
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        with config.open("x", encoding="utf-8") as file:
            file.write(TEXT)
    except OSError as error:
        raise ConfigError(
            f"there is no configuration, and none can be written ({error.strerror}): create it, or"
            f" name another one with --config or CONFIG_FILE: {config}"
        ) from None
    return True

"""What must still be told, on the disk: survives whoever is restarted."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from picket.domain.notice import Clock, Notice, Subject, When
from picket.notify.rules import RuleMemory, Verdict
from picket.record.files import FILES

logger = logging.getLogger(__name__)

MEMORY = "decided.json"


class Spool:
    """A folder with a file for each notification that nobody took yet, and one of what was decided.

    A file appears whole or not at all, and goes once its notification has met its fate. A disk that
    refuses is logged and no reason to tell less: then a restart forgets.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting = folder / "outbox"

    def keep(self, notice: Notice) -> None:
        """Be sure that it survives."""
        self._write(self._file(notice), asdict(notice))

    def drop(self, notice: Notice) -> None:
        """It has met its fate."""
        try:
            self._file(notice).unlink(missing_ok=True)
        except OSError as error:
            logger.warning("a notification may be told again after a restart: %s", error)

    def load(self) -> Iterator[Notice]:
        """What was kept, oldest first; what cannot be read is put aside."""
        for file in sorted(self._waiting.glob("*.json")):
            try:
                yield _notice(json.loads(file.read_bytes()))
            except (OSError, ValueError, KeyError, TypeError) as error:
                logger.warning("a notification is lost, since it cannot be read: %s", error)
                with suppress(OSError):  # then it is complained about at the next start again
                    file.rename(file.with_suffix(".unreadable"))

    def remember(self, memory: RuleMemory) -> None:
        """Keep what the rules decided."""
        verdicts = [[*key, one.is_told, one.time] for key, one in memory.verdicts.items()]
        told = [[*key, time] for key, time in memory.told.items()]
        self._write(self._folder / MEMORY, {"verdicts": verdicts, "told": told})

    def recall(self) -> RuleMemory:
        """What the rules had decided; nothing when it cannot be read."""
        try:
            found = json.loads((self._folder / MEMORY).read_bytes())
            return RuleMemory(
                {
                    (r, i): Verdict(bool(is_told), float(t))
                    for r, i, is_told, t in found["verdicts"]
                },
                {(r, camera, label): float(t) for r, camera, label, t in found["told"]},
            )
        except FileNotFoundError:
            return RuleMemory()
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning("what was told is forgotten, since it cannot be read: %s", error)
            return RuleMemory()

    def _file(self, notice: Notice) -> Path:
        name = f"{notice.clock.judged * 1000:015.0f}-{notice.key}{notice.target}.json"
        return self._waiting / name

    def _write(self, file: Path, content: dict[str, Any]) -> None:
        fresh = file.with_suffix(".new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("w", encoding="utf-8") as target:
                json.dump(content, target)
                target.flush()
                os.fsync(target.fileno())
            fresh.replace(file)
            FILES.sync_folder(file.parent)
        except OSError as error:
            logger.warning("a restart would forget what must be told: %s", error)


def _notice(found: dict[str, Any]) -> Notice:
    """Raises: KeyError or TypeError when it is not what was written."""
    subject = found["subject"]
    subject |= {"when": When(subject["when"]), "zones": tuple(subject["zones"])}
    return Notice(**{**found, "subject": Subject(**subject), "clock": Clock(**found["clock"])})

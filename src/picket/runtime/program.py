"""From a configuration file to a running program."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from picket.config.checks import find_warnings
from picket.config.first import write_first
from picket.config.load import load_config
from picket.config.paths import Paths, database_place, prepare_media
from picket.domain.errors import ConfigError, Unavailable
from picket.ipc.log_ring import make_log_block
from picket.ipc.messages import ConfigChanged, RestartAsked
from picket.plus.account import find_account
from picket.runtime.environment import child_environment
from picket.runtime.keeper.keeping import close_orphans
from picket.runtime.keeper.reconcile import adopt_recent
from picket.runtime.logs import LogSettings, configure_logging
from picket.runtime.plan import process_plan
from picket.runtime.service_manager import ServiceManager
from picket.runtime.settings import Settings
from picket.runtime.supervisor import StopSignal, Supervisor
from picket.runtime.upkeep.opening import Readiness, make_ready
from picket.runtime.upkeep.volume import join_volume, read_volume, take_folder
from picket.runtime.wiring import Wires, make_wires, share_out
from picket.store.counts import counts_agree, rebuild_counts
from picket.store.database import Database, open_database, transaction
from picket.store.events import close_open_events
from picket.store.gaps import end_open_gaps
from picket.store.migrate import migrate, read_migrations
from picket.store.segments import newest_start
from picket.store.upkeep import Task, Upkeep, put_upkeep

logger = logging.getLogger(__name__)

STORE_TRIES = 12  # a database server may be starting together with this program
STORE_RETRY_S = 5.0

LOCK_WAIT_S = 15.0
"""Who lost his parent notices within a second and stops within five, on a machine with time."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line adds to the configuration."""

    host: str = "0.0.0.0"  # noqa: S104  # the door of the contract; announced at every start
    port: int = 5000
    logs_as_json: bool = False


def run_program(paths: Paths, env: Mapping[str, str], options: RunOptions) -> bool:
    """Run until SIGTERM or SIGINT, or until a client asks for a restart.

    Returns: whether to start again.

    Raises:
        ConfigError: the configuration or a folder cannot be used.
        StoreError: the database cannot be used.
        Unavailable: its server did not answer for a minute.
    """
    is_first = write_first(paths.config, paths.media.recordings)
    config = load_config(paths.config, env)
    log_block = make_log_block()
    logs = LogSettings(
        config.logger.default, config.logger.logs, as_json=options.logs_as_json, ring=log_block
    )
    configure_logging(logs, "main")
    if is_first:
        logger.info("there was no configuration: wrote the first one, %s", paths.config)
    for finding in find_warnings(config):
        logger.warning("%s: %s", finding.path, finding.message)
    os.environ.update(child_environment(env, config.environment_vars))
    settings = Settings(
        config,
        paths.config.absolute(),
        paths.media,
        database_place(paths, config.database),
        options.host,
        options.port,
        time.time(),
        find_account(env),
    )
    prepare_media(paths.media)
    lock = take_folder(paths.media.media, LOCK_WAIT_S)
    settings = replace(settings, lock=lock, started_time=time.time())
    prepare_store(settings)
    cameras = [name for name, camera in config.cameras.items() if camera.enabled]
    wires = make_wires(config, share_out(cameras, os.cpu_count() or 1), log_block)
    manager = ServiceManager.of(env)
    supervisor = Supervisor(process_plan(settings, wires), logs, manager)
    orders = Orders(settings, wires, supervisor, StopSignal())
    announce(settings, cameras)
    supervisor.run(orders.stop, wires.main, orders.obey)
    if orders.is_restart:
        manager.restarting()
    logger.info("restarting" if orders.is_restart else "stopped")
    return orders.is_restart


@dataclass(slots=True)
class Orders:
    """What the server may ask of `main`."""

    settings: Settings
    wires: Wires
    supervisor: Supervisor
    stop: StopSignal
    is_restart: bool = False

    def obey(self, order: object) -> None:
        """A process that is started again finds the configuration that was in effect last."""
        match order:
            case ConfigChanged(config):
                self.settings = replace(self.settings, config=config)
                self.supervisor.adopt(process_plan(self.settings, self.wires))
            case RestartAsked():
                self.is_restart = True
                self.stop.ask()


def prepare_store(settings: Settings, pause: Callable[[float], None] = time.sleep) -> None:
    """Bring the schema up to date and end what a crash left open; nobody else is running yet.

    Raises: StoreError, ConfigError, Unavailable.
    """
    readiness = _make_ready(settings)
    db = open_database(settings.database, read_only=False)
    try:
        _wait_for_answer(db, pause)
        migrate(db, read_migrations())
        is_behind = readiness in {Readiness.RESTORED, Readiness.REBUILT} or _is_new(db, settings)
        _join_volume(db, settings)
        _reconcile(db, settings, is_behind=is_behind)
        db.refresh_statistics()
    finally:
        db.close()


def _make_ready(settings: Settings) -> Readiness:
    """See to the file of the index; a server looks after its own."""
    if not isinstance(settings.database, Path):
        return Readiness.FOUND
    try:
        settings.database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"the database's folder cannot be made ({error.strerror}): name another file with"
            f" --database or PICKET_DATABASE: {settings.database.parent}"
        ) from None
    return make_ready(settings.database, settings.media, settings.started_time)


def _is_new(db: Database, settings: Settings) -> bool:
    """Whether a server's index is empty although footage was recorded here before."""
    is_empty = not isinstance(settings.database, Path) and newest_start(db) is None
    return is_empty and read_volume(settings.media.media) is not None


def _wait_for_answer(db: Database, pause: Callable[[float], None]) -> None:
    for _ in range(STORE_TRIES):
        try:
            db.rows("SELECT 1 AS answer")
        except Unavailable as error:
            logger.warning("waiting for the database: %s", error)
            pause(STORE_RETRY_S)
        else:
            return
    db.rows("SELECT 1 AS answer")


def _join_volume(db: Database, settings: Settings) -> None:
    try:
        is_own = join_volume(db, settings.media.media)
    except OSError as error:
        raise ConfigError(f"the media folder cannot be marked: {error}") from None
    if not is_own:
        logger.error(
            "the index belongs to another media folder: is a disk not mounted? Recording goes on"
            " here; mount it and restart, or name another --database. If this folder is the right"
            " one, `picket repair --force` says so: %s",
            settings.media.media,
        )


def _reconcile(db: Database, settings: Settings, *, is_behind: bool) -> None:
    """Bring rows in line with what a crash left; what takes long is left to the keeper."""
    now, recordings = settings.started_time, settings.media.recordings
    with transaction(db):
        ended = close_open_events(db, now)
        end_open_gaps(db, now)
        close_orphans(db, recordings)
        recent = adopt_recent(db, recordings, now)
        if is_behind or not recent.is_complete:
            put_upkeep(db, Upkeep(Task.RECONCILE, now, is_good=False, outcome="under way"))
        if not counts_agree(db):
            logger.info("counting events and recordings anew; this may take a minute")
            rebuild_counts(db)
    if ended:
        logger.info("ended %d events that an unclean stop had left open", ended)
    if recent.adopted:
        logger.info("adopted %d recordings that were missing in the index", recent.adopted)


def announce(settings: Settings, cameras: list[str]) -> None:
    """Say what is started, and who can reach it."""
    logger.info(
        "%d cameras (%s); recordings in %s", len(cameras), ", ".join(cameras), settings.media.media
    )
    if not cameras:
        logger.info("no cameras yet: add the first one at http://localhost:%d", settings.port)
    for name, detector in settings.config.detectors.items():
        if detector.type == "hog":
            logger.info(
                "detector %s is OpenCV's built-in people detector: it finds upright people only;"
                " `picket models` lists better ones",
                name,
            )
    if settings.plus.is_mistaken:
        logger.warning("nothing can be submitted for labelling: %s", settings.plus.problem)
    logger.warning(
        "http://%s:%d has no accounts: everyone who can reach this port can see the cameras",
        settings.host,
        settings.port,
    )

"""The real program loses its index in every way there is, and has footage and API again."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from picket.config.paths import MediaPaths, prepare_media
from picket.runtime.upkeep.backups import BackupPlaces, make_backup
from picket.store.database import open_database
from picket.store.events import put_event
from tests.support.damage import spoil_pages
from tests.support.index_samples import make_event
from tests.support.recordings import START, record, video_path
from tests.support.servers import Picket, decode_errors, free_port, running_picket, wait_for

RANGE = f"start/{int(START)}/end/{int(START) + 100}"


def config() -> str:
    """A camera that is away: what there is comes from before."""
    source = f"{{path: 'rtsp://127.0.0.1:{free_port()}/no', roles: [detect, record]}}"
    return (
        "mqtt: {enabled: false}\n"
        "record: {enabled: true, retain: {days: 100000, mode: all}}\n"
        "cameras:\n"
        "  front:\n"
        f"    ffmpeg: {{inputs: [{source}]}}\n"
        "    detect: {width: 320, height: 180, enabled: false}\n"
    )


def repair(folder: Path, *options: str) -> str:
    places = ["--media", str(folder / "media"), "--database", str(folder / "picket.db")]
    command = [sys.executable, "-m", "picket", "repair", *places, *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout


def rows(picket: Picket) -> list[Any]:
    found = picket.json(f"/api/front/recordings?after=0&before={START + 1000}")
    return list(found or [])


def record_street(media: MediaPaths) -> int:
    """Footage of an hour ago, as far as the files' own times tell; how many segments."""
    prepare_media(media)
    recorded = record(video_path("street_people_gt.mp4"), media.recordings, loops=4)
    past = time.time() - 3600
    for segment in recorded.segments:
        os.utime(media.recordings / segment.path, (past, past))
    return len(recorded.segments)


@contextmanager
def mended(folder: Path, segments: int) -> Iterator[Picket]:
    """The program, once it shows all footage again; it must end in time."""
    with running_picket(folder, config()) as picket:
        wait_for(lambda: len(rows(picket)) == segments, 60, "footage")
        yield picket
        assert picket.stop() < 8


def test_the_program_survives_the_loss_of_its_index(tmp_path: Path) -> None:
    media, database = MediaPaths(tmp_path / "media"), tmp_path / "picket.db"
    segments = record_street(media)
    assert f"{segments} files entered" in repair(tmp_path)
    db = open_database(database, read_only=False)
    for number in range(200):
        put_event(db, make_event(number, end_time=START + 5))
    db.close()
    make_backup(BackupPlaces.of(database, media), 3, time.time(), lambda: None)
    event = f"/api/events/{make_event(7).id}"
    with mended(tmp_path, segments):
        spoil_pages(database)  # under the running program
    with mended(tmp_path, segments) as picket:
        assert picket.json(event)
        database.unlink()
    with mended(tmp_path, segments) as picket:
        assert picket.json(event)
        assert decode_errors(picket.url(f"/vod/front/{RANGE}/index.m3u8")) == ""
    os.truncate(database, database.stat().st_size // 2)
    with mended(tmp_path, segments) as picket:
        assert picket.json(event)
        assert "restored from a backup" in picket.log.read_text()
    assert len(list(tmp_path.glob("picket.db.damaged-*Z"))) == 2


def test_without_any_backup_the_footage_is_there_and_the_log_says_what_is_not(
    tmp_path: Path,
) -> None:
    media, database = MediaPaths(tmp_path / "media"), tmp_path / "picket.db"
    segments = record_street(media)
    repair(tmp_path)
    database.unlink()
    with mended(tmp_path, segments) as picket:
        assert decode_errors(picket.url(f"/api/front/{RANGE}/clip.mp4")) == ""
        wait_for(
            lambda: picket.json("/api/stats")["service"]["index"]["reconcile"]["good"],
            20,
            "word that index and files agree",
        )
        refused = subprocess.run(
            [sys.executable, "-m", "picket", "repair", "--media", str(media.media)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PICKET_DATABASE": str(database)},
        )
        assert refused.returncode == 1
        assert "stop it first" in refused.stderr
    assert "could only have come from a backup" in (tmp_path / "picket.log").read_text()
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)

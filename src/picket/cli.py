"""The command line: parses, then calls the rooms below."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from picket import __version__
from picket.config.checks import find_unbuilt, find_warnings
from picket.config.load import load_config
from picket.config.paths import GivenPaths, MediaPaths, Paths, database_place, resolve_paths
from picket.config.problems import dotted
from picket.domain.errors import ConfigError, PicketError

DEMO_MEDIA = Path("var/demo")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when it did what was asked."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except PicketError as error:
        print(f"picket: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="picket", description="A network video recorder.")
    parser.add_argument("--version", action="version", version=f"picket {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="record and watch the cameras of a configuration file")
    run.add_argument("--config", type=Path, help="default: CONFIG_FILE or /config/config.yml")
    _add_run_options(run)
    run.set_defaults(command=_run)
    demo = commands.add_parser("demo", help="try it out with a scene drawn by the program")
    demo.add_argument("--video", type=Path, help="play this file; default: PICKET_DEMO_VIDEO")
    _add_run_options(demo)
    demo.set_defaults(command=_demo)
    check = commands.add_parser("check", help="check a configuration file and say what to mend")
    check.add_argument("file", type=Path)
    check.set_defaults(command=_check)
    models = commands.add_parser("models", help="list, verify or download detection models")
    models.add_argument("action", nargs="?", choices=("list", "verify", "download"), default="list")
    models.add_argument("name", nargs="*", help="models to verify or download; default: all")
    models.add_argument("--folder", type=Path, default=Path("models"))
    models.set_defaults(command=_models)
    _add_evaluate_command(commands)
    _add_index_commands(commands)
    return parser


def _add_evaluate_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from picket.config.detect import Decode
    from picket.config.detectors import DetectorType

    evaluate = commands.add_parser("evaluate", help="score detection and tracking on your videos")
    evaluate.add_argument(
        "input", type=Path, nargs="+", metavar="CONFIG|VIDEO", help="videos, or cameras of a file"
    )
    evaluate.add_argument(
        "--truth", type=Path, nargs="+", action="extend", default=[], help="files or folders"
    )
    evaluate.add_argument("--camera", help="whose settings to use; default: the only one")
    evaluate.add_argument("--detector", choices=get_args(DetectorType), help="in place of CONFIG's")
    evaluate.add_argument("--model", type=Path, help="file of the model, in place of CONFIG's")
    evaluate.add_argument("--decode", choices=get_args(Decode), help="in place of CONFIG's")
    evaluate.add_argument(
        "--baseline", action="store_true", help="show Frigate's association rules beside ours"
    )
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    evaluate.add_argument("--html", type=Path, metavar="FOLDER", help="write a page with pictures")
    evaluate.set_defaults(command=_evaluate)


def _add_index_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    repair = commands.add_parser("repair", help="bring index and files in line; stop Picket first")
    repair.add_argument("--config", type=Path, help="default: CONFIG_FILE or /config/config.yml")
    _add_places(repair)
    repair.add_argument("--dry-run", action="store_true", help="only say what would be done")
    repair.add_argument("--force", action="store_true", help="drop rows however many are missing")
    repair.add_argument(
        "--delete-garbage", action="store_true", help="delete what nothing can play"
    )
    repair.set_defaults(command=_repair)
    frigate = commands.add_parser("import-frigate", help="take over what Frigate recorded")
    frigate.add_argument("--from", dest="source", type=Path, required=True, metavar="FRIGATE_DB")
    frigate.add_argument("--config", type=Path, help="default: CONFIG_FILE or /config/config.yml")
    _add_places(frigate)
    frigate.set_defaults(command=_import_frigate)


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--media", type=Path, help="default: PICKET_MEDIA or /media/frigate")
    parser.add_argument("--database", type=Path, help="default: PICKET_DATABASE or the file's")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    _add_places(parser)
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on")  # noqa: S104
    parser.add_argument("--port", type=int, default=5000, help="default: 5000")
    parser.add_argument("--log-json", action="store_true", help="one JSON object a line")


def _run(options: argparse.Namespace) -> int:
    from picket.runtime.program import RunOptions, run_program

    given = GivenPaths(options.config, options.media, options.database)
    paths = resolve_paths(os.environ, given)
    run_options = RunOptions(options.host, options.port, logs_as_json=options.log_json)
    if run_program(paths, os.environ, run_options):
        _begin_anew(options, paths)
    return 0


def _begin_anew(options: argparse.Namespace, paths: Paths) -> NoReturn:
    """Become `picket run`, in the same process and with nothing in memory."""
    os.execv(sys.executable, again_argv(options, paths))  # noqa: S606 - ourselves, no shell


def again_argv(options: argparse.Namespace, paths: Paths) -> list[str]:
    """The command line that runs the same program again, with the same places and options."""
    database = ["--database", str(paths.database)] if paths.database else []
    return [
        *(sys.executable, "-m", "picket", "run", "--config", str(paths.config)),
        *("--media", str(paths.media.media), *database),
        *("--host", options.host, "--port", str(options.port)),
        *(["--log-json"] if options.log_json else []),
    ]


def _demo(options: argparse.Namespace) -> int:
    from picket.demo.setup import prepare_demo

    media = (options.media or DEMO_MEDIA).absolute()
    given = options.video or os.environ.get("PICKET_DEMO_VIDEO")
    options.config = prepare_demo(media, Path(given) if given else None)
    options.media = media
    options.database = options.database or media / "picket.db"
    given_paths = GivenPaths(options.config, options.media, options.database)
    _begin_anew(options, resolve_paths(os.environ, given_paths))


def _check(options: argparse.Namespace) -> int:
    config = load_config(options.file, os.environ)
    for finding in find_warnings(config):
        print(f"{options.file}: warning: {dotted(finding.path)}: {finding.message}")
    unbuilt = list(find_unbuilt(config))
    for finding in unbuilt:
        print(f"{options.file}: {dotted(finding.path)}: {finding.message}", file=sys.stderr)
    if unbuilt:
        return 1
    names = ", ".join(config.cameras)
    print(f"{options.file}: good: {len(config.cameras)} cameras ({names})")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from picket.evaluate.command import Outputs, evaluate
    from picket.evaluate.jobs import Wish

    wish = Wish(
        inputs=tuple(options.input),
        truths=tuple(options.truth),
        camera=options.camera,
        detector=options.detector,
        model=options.model,
        with_baseline=options.baseline,
        decode=options.decode,
    )
    evaluate(wish, Outputs(options.json, options.html), os.environ, print)
    return 0


def _repair(options: argparse.Namespace) -> int:
    from picket.runtime.upkeep.repair import RepairOptions, repair

    database, media = _index_places(options)
    allowed = RepairOptions(options.dry_run, options.force, options.delete_garbage)
    return 0 if repair(database, media, allowed, time.time(), print) else 1


def _import_frigate(options: argparse.Namespace) -> int:
    from picket.runtime.upkeep.frigate_import import import_frigate

    database, media = _index_places(options)
    import_frigate(options.source, database, media, time.time(), print)
    print(
        f"Picket looks after these files from now on: start it with --database {database}, and"
        " look at `record.retain` first, which decides what stays"
    )
    return 0


def _index_places(options: argparse.Namespace) -> tuple[Path, MediaPaths]:
    """Index and media folder; the configuration is read only where it decides."""
    paths = resolve_paths(os.environ, GivenPaths(options.config, options.media, options.database))
    if not paths.media.media.is_dir():
        raise ConfigError(f"there is no media folder: mount it or name it: {paths.media.media}")
    if paths.database is not None:
        return paths.database, paths.media
    config = load_config(paths.config, os.environ)
    place = database_place(paths, config.database)
    if not isinstance(place, Path):
        raise ConfigError(
            "this command works on an index in a file, and database.url names a server: name a file"
            " with --database"
        )
    return place, paths.media


def _models(options: argparse.Namespace) -> int:
    from picket.detect.catalogue import (
        ModelState,
        download,
        find_model,
        list_models,
        settings_for,
    )

    copies = list_models(options.folder)
    wanted = {find_model(name).name for name in options.name} or {c.model.name for c in copies}
    if options.action == "download":
        for name in sorted(wanted):
            print(settings_for(download(name, options.folder)), end="")
        return 0
    chosen = [copy for copy in copies if copy.model.name in wanted]
    for copy in chosen:
        model = copy.model
        size = f"{model.size_bytes / 2**20:.1f} MiB"
        print(f"{model.name:<20} {copy.state:<8} {size:>8}  {model.licence:<13} {model.summary}")
    sound = all(copy.state is ModelState.READY for copy in chosen)
    return 0 if options.action == "list" or sound else 1


if __name__ == "__main__":
    sys.exit(main())

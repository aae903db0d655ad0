"""Makes every pipe and ring; nobody else does.

`main` keeps both ends, so that any process can be started again and goes on with the same pipes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from picket.config.live_streams import LiveStream, live_inputs
from picket.config.root import Config
from picket.ipc.block import SharedBlock
from picket.ipc.channel import Channel, make_channel
from picket.ipc.packet_ring import make_packet_block
from picket.ipc.pulse import Pulse
from picket.ipc.ring_size import RingSize, make_ring_block

CAMERAS_PER_WORKER = 8
CROP_SIDE_MAX = 1280  # pixels of the largest model input
CROP_SLOTS = 32  # what was never used costs no memory
LARGEST_FRAME = RingSize(4096, 2304)


@dataclass(frozen=True, slots=True)
class Ring:
    """Where a camera's newest frames lie."""

    block: SharedBlock
    size: RingSize


LiveRings = Mapping[LiveStream, SharedBlock]
"""Where packets lie for who watches a camera live; the same block twice where it is one input."""


@dataclass(frozen=True, slots=True)
class DetectorWire:
    """One end of the pipe between a worker and a detector, and the crops they share."""

    channel: Channel
    crops: SharedBlock


@dataclass(frozen=True, slots=True)
class WorkerWires:
    """Everything a camera worker holds."""

    name: str
    cameras: tuple[str, ...]
    rings: Mapping[str, Ring]
    packets: Mapping[str, LiveRings]
    keeper: Channel
    server: Channel
    detectors: Mapping[str, DetectorWire]


@dataclass(frozen=True, slots=True)
class DetectorWires:
    """Everything a detector holds."""

    workers: tuple[DetectorWire, ...]
    server: Channel
    pulse: Pulse  # watched by `main`


@dataclass(frozen=True, slots=True)
class ServerWires:
    """Everything the HTTP server holds."""

    rings: Mapping[str, Ring]
    packets: Mapping[str, LiveRings]
    workers: Mapping[tuple[str, ...], Channel]  # by the cameras they run
    detectors: tuple[Channel, ...]
    keeper: Channel
    main: Channel
    logs: SharedBlock  # a ring of the newest lines


@dataclass(frozen=True, slots=True)
class KeeperWires:
    """Everything the keeper holds."""

    workers: tuple[Channel, ...]
    server: Channel


@dataclass(frozen=True, slots=True)
class Wires:
    """All of it."""

    workers: tuple[WorkerWires, ...]
    detectors: Mapping[str, DetectorWires]
    server: ServerWires
    keeper: KeeperWires
    main: Channel  # to the server


def share_out(cameras: Sequence[str], cores: int) -> list[tuple[str, ...]]:
    """Which worker runs which cameras: few processes, evenly filled, never more than cores."""
    if not cameras:
        return []
    wanted = -(-len(cameras) // CAMERAS_PER_WORKER)
    count = max(1, min(wanted, max(cores, 1)))
    return [tuple(cameras[n::count]) for n in range(count)]


def make_wires(config: Config, groups: Sequence[tuple[str, ...]], logs: SharedBlock) -> Wires:
    """All pipes and rings for a configuration, beside the log's, which is older than any."""
    rings = {name: _ring(name, config) for group in groups for name in group}
    packets = {name: _packets(name, config) for group in groups for name in group}
    names = [f"cameras:{n}" for n in range(len(groups))]
    to_keeper = {name: make_channel() for name in names}
    to_server = {name: make_channel() for name in names}
    to_detector = {
        (name, detector): (make_channel(), _crops(name, detector))
        for name in names
        for detector in config.detectors
    }
    detector_server = {detector: make_channel() for detector in config.detectors}
    keeper_server, main_server = make_channel(), make_channel()
    workers = tuple(
        WorkerWires(
            name,
            group,
            {camera: rings[camera] for camera in group},
            {camera: packets[camera] for camera in group},
            keeper=to_keeper[name][0],
            server=to_server[name][0],
            detectors={
                detector: DetectorWire(
                    to_detector[name, detector][0][0], to_detector[name, detector][1]
                )
                for detector in config.detectors
            },
        )
        for name, group in zip(names, groups, strict=True)
    )
    detectors = {
        detector: DetectorWires(
            tuple(
                DetectorWire(to_detector[name, detector][0][1], to_detector[name, detector][1])
                for name in names
            ),
            detector_server[detector][0],
            Pulse(),
        )
        for detector in config.detectors
    }
    server = ServerWires(
        rings,
        packets,
        {group: to_server[name][1] for name, group in zip(names, groups, strict=True)},
        tuple(end for _, end in detector_server.values()),
        keeper_server[0],
        main_server[1],
        logs,
    )
    keeper = KeeperWires(tuple(end for _, end in to_keeper.values()), keeper_server[1])
    return Wires(workers, detectors, server, keeper, main_server[0])


def _ring(camera: str, config: Config) -> Ring:
    detect = config.cameras[camera].detect
    size = (
        RingSize(detect.width, detect.height) if detect.width and detect.height else LARGEST_FRAME
    )
    return Ring(make_ring_block(camera, size), size)


def _packets(camera: str, config: Config) -> LiveRings:
    inputs = live_inputs(config.cameras[camera])
    blocks = {source: make_packet_block(camera) for source in inputs.values()}
    return {stream: blocks[source] for stream, source in inputs.items()}


def _crops(worker: str, detector: str) -> SharedBlock:
    return SharedBlock(f"picket-{worker}-{detector}", CROP_SLOTS * CROP_SIDE_MAX**2 * 3)

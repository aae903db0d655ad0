"""Packets of one session to frames of the detect rate, decoded only where something stirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from av.video.frame import VideoFrame

from picket.capture.decoder import NOTHING, Decoder, FrameRate
from picket.capture.demand import Arrival, Demand, Order, note, obstacle, order, wake
from picket.config.hardware import Hardware
from picket.domain.stream import Packet, TrackInfo

SAME_INSTANT_S = 0.001


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """A decoded frame."""

    frame_time: float  # Unix seconds
    picture: VideoFrame


class Onlooker(Protocol):
    """Whoever analyses the frames."""

    def is_still(self, shot: Shot) -> bool:
        """Whether nothing has changed up to this frame, as far as it shows; remembers nothing."""

    def see(self, shot: Shot) -> bool:
        """Analyse the next frame; whether something stirs, so that the next ones matter too."""

    def pass_over(self, frame_times: Sequence[float]) -> None:
        """Nothing stirred in the frames of these times, which are not decoded."""


class OnDemand:
    """Shows one session to an onlooker: every due frame, or while nothing stirs keyframes."""

    def __init__(
        self,
        track: TrackInfo,
        rate: FrameRate,
        onlooker: Onlooker,
        hardware: Hardware = NOTHING,
    ) -> None:
        """Raises: MediaError when libav cannot decode the track."""
        self._decoder = Decoder(track, hardware)
        self._rate = rate
        self._onlooker = onlooker
        self._demand = Demand()
        self._held: list[Packet] = []  # the keyframe seen last, and what came after it
        self._seen_time = float("-inf")
        self._known_until = float("-inf")  # frame time up to which decoding anew shows no news
        self._time_s = 0.0  # of the newest packet

    @property
    def is_resting(self) -> bool:
        """Whether packets are held, and need not come as soon as they could."""
        return bool(self._held)

    @property
    def obstacle(self) -> str:
        """Why everything is decoded, however quiet it is; empty if nothing is in the way."""
        return obstacle(self._demand)

    @property
    def hardware_problem(self) -> str:
        """Why the CPU decodes though hardware was asked for; empty if it was not, or it works."""
        return self._decoder.problem

    def take(self, packet: Packet, *, is_wanted: bool) -> None:
        """The next packet; a session begins with a keyframe.

        `is_wanted`: it is to be decoded whether anything stirs or not.
        """
        self._time_s = packet.dts_s
        arrival = Arrival(packet.dts_s, len(packet.data), packet.is_keyframe)
        self._demand, wanted = order(self._demand, arrival, is_wanted=is_wanted)
        if wanted is Order.GLANCE:
            self._glance(packet)
        elif wanted is Order.HOLD:
            self._held.append(packet)
        else:
            self._decode(packet)

    def skip(self, wall_times: Sequence[float]) -> int:
        """Packets of these times were left out, up to a keyframe; how many due frames they held."""
        self._pass_over()
        self._decoder.restart()
        return sum(self._rate.is_due(time) for time in sorted(wall_times))

    def finish(self) -> None:
        """No more will come; what is held was quiet."""
        self._pass_over()

    def _decode(self, packet: Packet) -> None:
        """This packet, after those that are held: their frames are late, but none is missing."""
        held, self._held = self._held, []
        if held:
            self._decoder.restart()
            self._known_until = self._seen_time
            self._count([each for each in held if not self._is_news(each.wall_time)])
        for each in (*held, packet):
            self._show(self._decoder.decode(each))

    def _glance(self, keyframe: Packet) -> None:
        if not self._held:  # up to here everything was decoded
            self._show(self._decoder.drain())
        self._decoder.restart()
        shots = [Shot(*found) for found in self._decoder.decode_alone(keyframe)]
        if self._demand.is_awake or not shots or not self._onlooker.is_still(shots[0]):
            self._demand = wake(self._demand)
            self._decoder.restart()
            self._decode(keyframe)
            return
        self._pass_over()
        self._held = [keyframe]
        self._see(shots[0])

    def _show(self, frames: Iterator[tuple[float, VideoFrame]]) -> None:
        for frame_time, picture in frames:
            if self._is_news(frame_time) and self._rate.is_due(frame_time):
                self._see(Shot(frame_time, picture))

    def _see(self, shot: Shot) -> None:
        self._seen_time = shot.frame_time
        stirs = self._onlooker.see(shot)
        self._demand = note(self._demand, self._time_s, stirs=stirs)

    def _is_news(self, frame_time: float) -> bool:
        return frame_time > self._known_until + SAME_INSTANT_S

    def _pass_over(self) -> None:
        held, self._held = self._held, []
        self._count(held)

    def _count(self, held: Sequence[Packet]) -> None:
        """The keyframe seen last, and packets whose frames will not be seen.

        In an open GOP some of these are shown before the keyframe, though they are sent after it.
        """
        due = [time for time in sorted(each.wall_time for each in held) if self._rate.is_due(time)]
        self._onlooker.pass_over(
            [time for time in due if abs(time - self._seen_time) > SAME_INSTANT_S]
        )

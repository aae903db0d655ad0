"""Cameras that share one detector, in a time that the test makes pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from picket.domain.geometry import Box
from picket.domain.look import Ask, Urgency
from picket.runtime.detecting.look_queue import LookQueue
from picket.runtime.detecting.look_turns import (
    LookTurns,
    Turn,
    begin_frame,
    note_asked,
    note_made,
    take_turns,
)

STEP_S = 0.005
INTERVAL_S = 0.2
UNDER_WAY = 2
REGION = Box(0, 0, 160, 160)


@dataclass(eq=False)
class Job:
    """A look under way."""

    camera: Camera
    turn: Turn

    @property
    def due_monotonic(self) -> float:
        return self.turn.due

    @property
    def until_monotonic(self) -> float:
        return self.turn.until


@dataclass(eq=False)
class Camera:
    """Wants the same looks in every frame; analysing takes no time beside them."""

    wants: Sequence[Urgency]
    phase_s: float = 0.0
    turns: LookTurns = field(default_factory=LookTurns)
    frames: int = 0  # that are through
    todo: list[Turn] = field(default_factory=list)
    waiting: list[Job] = field(default_factory=list)
    is_busy: bool = False
    begun: float = 0.0
    made_in_frame: set[Urgency] = field(default_factory=set)
    made: Counter[Urgency] = field(default_factory=Counter)
    shed: Counter[Urgency] = field(default_factory=Counter)
    times: dict[Urgency, list[float]] = field(default_factory=dict)  # of looks
    longest_lag_s: float = 0.0  # from the arrival of a frame to its end

    def step(self, now: float, queue: LookQueue[Job]) -> None:
        """As far as it comes without waiting."""
        arrived = self.phase_s + self.frames * INTERVAL_S
        if not self.is_busy and arrived <= now:
            asks = [Ask(REGION, urgency) for urgency in self.wants]
            self.turns = begin_frame(self.turns, max(now - self.begun, INTERVAL_S))
            self.turns = note_asked(self.turns, set(self.wants), now)
            self.todo = take_turns(self.turns, asks, arrived, now)
            self.is_busy, self.made_in_frame, self.begun = True, set(), now
        while self.todo and len(self.waiting) < UNDER_WAY:
            turn = self.todo.pop(0)
            if now <= turn.until:
                self.waiting.append(Job(self, turn))
                queue.put(self.waiting[-1])
            else:
                self.shed[turn.ask.urgency] += 1
        if self.is_busy and not self.waiting:
            self.turns = note_made(self.turns, self.made_in_frame, now - self.begun, now)
            self.longest_lag_s = max(self.longest_lag_s, now - arrived)
            self.frames, self.is_busy = self.frames + 1, False

    def answer(self, job: Job, now: float, *, is_shed: bool) -> None:
        self.waiting.remove(job)
        kind = job.turn.ask.urgency
        if is_shed:
            self.shed[kind] += 1
            return
        self.made[kind] += 1
        self.made_in_frame.add(kind)
        self.times.setdefault(kind, []).append(now)


@dataclass
class Hour:
    """A detector and its cameras."""

    cameras: Sequence[Camera]
    look_s: float
    now: float = 0.0
    busy_s: float = 0.0
    idle_in_vain: int = 0  # steps in which nothing was done though a look waited

    def pass_by(self, length_s: float) -> None:
        """Let time pass."""
        queue: LookQueue[Job] = LookQueue(lambda: self.now)
        under_way: Job | None = None
        done = 0.0
        while self.now < length_s:
            self.now += STEP_S
            if under_way is not None and self.now >= done:
                under_way.camera.answer(under_way, self.now, is_shed=False)
                under_way = None
            for job in queue.take_late():
                job.camera.answer(job, self.now, is_shed=True)
            for camera in self.cameras:
                camera.step(self.now, queue)
            if under_way is None and queue.next_late_monotonic() < float("inf"):
                under_way, done = queue.take(), self.now + self.look_s
            self.busy_s += STEP_S if under_way is not None else 0.0
            waits = any(set(camera.waiting) - {under_way} for camera in self.cameras)
            self.idle_in_vain += under_way is None and waits

    def shed_share(self, urgency: Urgency) -> float:
        """Of the looks of a kind, all cameras together."""
        made = sum(camera.made[urgency] for camera in self.cameras)
        shed = sum(camera.shed[urgency] for camera in self.cameras)
        return shed / max(made + shed, 1)

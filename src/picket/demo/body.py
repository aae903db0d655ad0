"""A clothed figure with joints: from a pose to solid parts, in metres."""

from __future__ import annotations

import math
from dataclasses import dataclass

from picket.demo.lens import EYE_HEIGHT_M, Ball

Bgr = tuple[int, int, int]

SKIN: Bgr = (128, 160, 208)
HAIR: Bgr = (30, 40, 58)
JACKET: Bgr = (92, 46, 28)
COLLAR: Bgr = (74, 38, 24)
TROUSERS: Bgr = (58, 52, 50)
SHOES: Bgr = (34, 46, 74)
SOLES: Bgr = (196, 204, 208)
EYES: Bgr = (40, 42, 48)
LIPS: Bgr = (98, 112, 176)

STRIDE_M = 1.2  # two steps
THIGH_M = 0.44
SHIN_M = 0.43
ANKLE_M = 0.09  # above the ground
HIP_M = 0.945
BELOW_JACKET_M = 0.12  # legs set back so far hide under the hem, and still hide the far arm
STANCE_SHARE = 0.58  # of a cycle that a foot stays on the ground


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the figure is and what its limbs do."""

    x: float  # metres, as in lens.Points
    z: float
    heading_rad: float  # 0 walks to the right, pi / 2 towards the camera, pi to the left
    phase: float  # of the gait, in cycles; the left foot lands at whole numbers
    stride: float  # 0 steps on the spot .. 1 full steps
    effort: float  # 0 stands still .. 1 lifts feet and swings arms
    glance_rad: float = 0.0  # the head against the body, positive to its left


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of one colour: the convex hulls of groups of balls, grown together."""

    hulls: tuple[tuple[Ball, ...], ...]
    color: Bgr
    setback_m: float = 0.0  # added to the distance when deciding what hides what


@dataclass(frozen=True, slots=True)
class Joint:
    """A point of the body: metres forward, up and to its left, from the ground below the hips."""

    forward: float
    up: float
    left: float


@dataclass(frozen=True, slots=True)
class Leg:
    """The joints of one leg; `pitch_rad` is positive when the toes point up."""

    hip: Joint
    knee: Joint
    ankle: Joint
    pitch_rad: float


def build_figure(pose: Pose) -> tuple[Part, ...]:
    """Every part of the figure, farthest from the camera first."""
    parts = (*_legs(pose), *_arms(pose), *_trunk(pose), *_head(pose))
    return tuple(sorted(parts, key=_distance_m, reverse=True))


def _distance_m(part: Part) -> float:
    balls = [ball for hull in part.hulls for ball in hull]
    middle = (
        sum(b.x for b in balls),
        sum(b.y - EYE_HEIGHT_M for b in balls),
        sum(b.z for b in balls),
    )
    return math.hypot(*middle) / len(balls) + part.setback_m


def _place(pose: Pose, joint: Joint, radius: float) -> Ball:
    sin, cos = math.sin(pose.heading_rad), math.cos(pose.heading_rad)
    return Ball(
        pose.x + joint.forward * cos + joint.left * sin,
        joint.up,
        pose.z - joint.forward * sin + joint.left * cos,
        radius,
    )


def _hull(pose: Pose, *ends: tuple[Joint, float]) -> tuple[Ball, ...]:
    return tuple(_place(pose, joint, radius) for joint, radius in ends)


def _bob_m(pose: Pose) -> float:
    """The hips sink while both feet are on the ground, twice a cycle."""
    return -0.022 * pose.effort * (1 + math.cos(4 * math.pi * pose.phase)) / 2


def _legs(pose: Pose) -> list[Part]:
    parts: list[Part] = []
    for side, offset in ((1, 0.0), (-1, 0.5)):
        leg = _bend_leg(pose, side, (pose.phase + offset) % 1.0)
        thigh = _hull(pose, (leg.hip, 0.1), (leg.knee, 0.071))
        shin = _hull(pose, (leg.knee, 0.071), (leg.ankle, 0.06))
        parts += [Part((thigh, shin), TROUSERS, BELOW_JACKET_M), *_shoe(pose, leg)]
    return parts


def _bend_leg(pose: Pose, side: int, phase: float) -> Leg:
    """Set the foot on its path, then bend the knee so that the lengths fit (law of cosines)."""
    reach = STRIDE_M * STANCE_SHARE / 2 * pose.stride
    if phase < STANCE_SHARE:  # on the ground: the foot goes back at the speed of walking
        share = phase / STANCE_SHARE
        forward = reach * (1 - 2 * share)
        pitch = 0.3 * max(0.0, 1 - 6 * share) - 0.7 * max(0.0, 3 * share - 2)
        lift = 0.09 * max(0.0, 3 * share - 2)  # the heel leaves the ground first
    else:
        share = (phase - STANCE_SHARE) / (1 - STANCE_SHARE)
        forward = -reach * math.cos(math.pi * share)
        lift = 0.09 * (1 - share) + 0.03 * math.sin(math.pi * share)
        pitch = -0.7 + 1.0 * share
    hip = Joint(0.0, HIP_M + _bob_m(pose), 0.095 * side)
    ankle = Joint(forward, ANKLE_M + lift * pose.effort, 0.085 * side)
    return Leg(hip, _knee(hip, ankle), ankle, pitch * pose.effort)


def _knee(hip: Joint, ankle: Joint) -> Joint:
    down, ahead = hip.up - ankle.up, ankle.forward - hip.forward
    length = min(math.hypot(down, ahead), THIGH_M + SHIN_M - 1e-6)
    cosine = (THIGH_M**2 + length**2 - SHIN_M**2) / (2 * THIGH_M * length)
    angle = math.atan2(ahead, down) + math.acos(cosine)  # a knee bends forward only
    return Joint(
        hip.forward + THIGH_M * math.sin(angle),
        hip.up - THIGH_M * math.cos(angle),
        (hip.left + ankle.left) / 2,
    )


def _shoe(pose: Pose, leg: Leg) -> list[Part]:
    sin, cos = math.sin(leg.pitch_rad), math.cos(leg.pitch_rad)

    def at(forward: float, up: float, left: float = 0.0) -> Joint:
        return Joint(
            leg.ankle.forward + forward * cos - up * sin,
            leg.ankle.up + forward * sin + up * cos,
            leg.ankle.left + left,
        )

    sole = _hull(
        pose,
        *((at(along, -0.07, side * 0.026), 0.02) for along in (-0.06, 0.175) for side in (1, -1)),
    )
    upper = _hull(
        pose, (at(-0.04, -0.025), 0.045), (at(0.15, -0.045), 0.036), (at(0.0, 0.01), 0.052)
    )
    return [Part((sole,), SOLES, BELOW_JACKET_M), Part((upper,), SHOES, BELOW_JACKET_M)]


def _arms(pose: Pose) -> list[Part]:
    parts: list[Part] = []
    bob = _bob_m(pose)
    for side, offset in ((1, 0.5), (-1, 0.0)):  # an arm swings with the other leg
        swing = math.cos(2 * math.pi * (pose.phase + offset)) * pose.effort * pose.stride
        elbow = _swung(Joint(0.0, 1.43 + bob, 0.2 * side), 0.29, 0.05 + 0.42 * swing, 0.045 * side)
        wrist = _swung(elbow, 0.25, 0.36 + 0.48 * swing, 0.01 * side)
        hand = _swung(wrist, 0.075, 0.36 + 0.48 * swing, -0.01 * side)
        upper = _hull(pose, (Joint(0.0, 1.42 + bob, 0.165 * side), 0.078), (elbow, 0.06))
        lower = _hull(pose, (elbow, 0.06), (wrist, 0.048))
        parts += [
            Part((_hull(pose, (wrist, 0.034), (hand, 0.042)),), SKIN),
            Part((upper, lower), JACKET, -0.02),
        ]
    return parts


def _swung(joint: Joint, length_m: float, angle_rad: float, left_m: float) -> Joint:
    """The far end of a bone that hangs from a joint, swung forward by an angle."""
    return Joint(
        joint.forward + length_m * math.sin(angle_rad),
        joint.up - length_m * math.cos(angle_rad),
        joint.left + left_m,
    )


def _trunk(pose: Pose) -> list[Part]:
    bob = _bob_m(pose)

    def pair(up: float, left: float, radius: float) -> tuple[tuple[Joint, float], ...]:
        return tuple((Joint(0.0, up + bob, left * side), radius) for side in (1, -1))

    neck = (Joint(0.0, 1.48 + bob, 0.0), 0.075)
    torso = _hull(pose, neck, *pair(1.42, 0.13, 0.088), *pair(1.2, 0.09, 0.118))
    hem = _hull(pose, *pair(1.2, 0.09, 0.118), *pair(0.9, 0.09, 0.115))
    collar = _hull(
        pose, (Joint(0.0, 1.475 + bob, 0.0), 0.075), (Joint(0.0, 1.52 + bob, 0.0), 0.064)
    )
    return [Part((torso, hem), JACKET), Part((collar,), COLLAR, 0.01)]


def _head(pose: Pose) -> list[Part]:
    bob = _bob_m(pose)
    sin, cos = math.sin(pose.glance_rad), math.cos(pose.glance_rad)

    def at(forward: float, up: float, left: float = 0.0) -> Joint:
        return Joint(0.02 + forward * cos - left * sin, 1.64 + up + bob, left * cos + forward * sin)

    neck = _hull(pose, (at(0.0, -0.06), 0.055), (Joint(0.0, 1.5 + bob, 0.0), 0.06))
    skull = _hull(pose, (at(0.0, 0.035), 0.094), (at(0.035, -0.07), 0.055))
    nose = _hull(pose, (at(0.085, 0.02), 0.012), (at(0.1, -0.025), 0.017))
    back = _hull(pose, (at(-0.03, 0.06), 0.1), (at(-0.055, -0.025), 0.07))
    sides = [(at(-0.03, 0.092, 0.02 * side), 0.073) for side in (1, -1)]
    top = _hull(pose, (at(0.035, 0.105), 0.048), *sides)
    ears = [_hull(pose, (at(-0.01, 0.0, 0.088 * side), 0.02)) for side in (1, -1)]
    mouth = _hull(pose, *((at(0.083, -0.068, 0.016 * side), 0.006) for side in (1, -1)))
    eyes = [_hull(pose, (at(0.078, 0.022, 0.034 * side), 0.0095)) for side in (1, -1)]
    return [
        Part((neck,), SKIN, 0.08),
        Part((skull, nose), SKIN),
        Part((back,), HAIR),
        Part((top,), HAIR, -0.1),
        Part((mouth,), LIPS),
        *(Part((ear,), SKIN) for ear in ears),
        *(Part((eye,), EYES) for eye in eyes),
    ]

"""OpenCV's built-in people detector: needs no model file, finds upright people."""

from __future__ import annotations

import cv2
import numpy as np

from picket.config.detectors import DetectorConfig
from picket.detect.decode.candidates import Candidates
from picket.detect.decode.family import Floats
from picket.detect.decode.grid import sigmoid
from picket.detect.found import found_objects
from picket.domain.frame import Picture
from picket.domain.status import ModelInfo
from picket.ipc.messages import FoundObject

SIDE = 320
"""Pixels of a crop. The cost grows with the area, and people in a region around motion fill about
half of it, well over the 100 px that the detector needs."""

OBJECT_ROOM = 2.0
"""A window holds a quarter more than its person, and only where several sizes of window fit in
around a person the best one is met: in a region of 1.2 times the person's size halves of people win
now and then, and the track goes astray."""

LEAST_HEIGHT_PX = 100.0
"""Of a person in the crop; what is smaller fills too little of a window."""

STRIDE = (8, 8)
PADDING = (8, 8)
PYRAMID_SCALE = 1.1
MAX_IOU = 0.45

WEIGHT_AT_HALF = 0.4
"""SVM weight at which nine of ten windows are people; it becomes a score of 0.5."""

WEIGHT_SLOPE = 2.2
"""Makes a weight of 0.8 a score of 0.7, the default threshold of a sure object."""

# The window is 64x128 pixels and its person was 96 high in training; the rest is surroundings.
MARGIN = np.array([0.15, 0.06, -0.15, -0.06], dtype=np.float32)


class HogBackend:
    """Histograms of oriented gradients and a linear classifier.

    Source: Dalal and Triggs 2005, "Histograms of Oriented Gradients for Human Detection"; the
    weights are those of OpenCV's `getDefaultPeopleDetector`.
    """

    def __init__(self, config: DetectorConfig) -> None:
        cv2.setNumThreads(config.num_threads)
        self._hog = cv2.HOGDescriptor()
        weights = cv2.HOGDescriptor.getDefaultPeopleDetector()
        self._hog.setSVMDetector(np.array(weights, dtype=np.float32))
        self.info = ModelInfo(
            *("opencv-people", "hog", SIDE, SIDE, "bgr", ("person",)),
            object_room=OBJECT_ROOM,
            least_height_px=LEAST_HEIGHT_PX,
        )

    def infer(self, crop: Picture) -> list[FoundObject]:
        """What is in a crop (of any size over 64x128); see picket.detect.load.Backend."""
        # Grouping is left to our own suppression, which keeps the weight of the best window.
        windows, weights = self._hog.detectMultiScale(
            crop, winStride=STRIDE, padding=PADDING, scale=PYRAMID_SCALE, groupThreshold=0
        )
        if len(windows) == 0:
            return []
        height, width = crop.shape[:2]
        size = np.array([width, height] * 2, dtype=np.float32)
        boxes = person_boxes(np.asarray(windows, np.float32)) / size
        scores = score_of(np.asarray(weights, np.float32).ravel())
        people = Candidates(boxes, scores, np.zeros(len(scores), dtype=np.int64))
        return found_objects(people, self.info.labels, MAX_IOU)


def person_boxes(windows: Floats) -> Floats:
    """Corners of the people in windows (x, y, width, height), pixels, shape (n, 4)."""
    corners = np.concatenate((windows[:, :2], windows[:, :2] + windows[:, 2:]), axis=1)
    sizes = np.concatenate((windows[:, 2:], windows[:, 2:]), axis=1)
    boxes: Floats = corners + sizes * MARGIN
    return boxes


def score_of(weights: Floats) -> Floats:
    """Scores 0..1 of SVM weights: higher weight, higher score."""
    return sigmoid((weights - WEIGHT_AT_HALF) * WEIGHT_SLOPE)

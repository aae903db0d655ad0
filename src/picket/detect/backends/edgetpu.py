"""TFLite models compiled for a Coral Edge TPU, through LiteRT and Google's libedgetpu."""

from __future__ import annotations

import ctypes
import re

from ai_edge_litert.interpreter import Delegate, Interpreter, load_delegate

from picket.config.detectors import DetectorConfig
from picket.detect.backends.cpu import LiteRtNetwork, allocate
from picket.detect.backends.files import model_file
from picket.detect.backends.network import NetworkBackend
from picket.domain.errors import ModelError

LIBRARY = "libedgetpu.so.1"

COMPILED = b"edgetpu-custom-op"
"""The operation that edgetpu_compiler leaves in a file in place of those that it took over."""

DEVICE = re.compile(r"(usb|pci)?(:\d+)?")
"""Source: libedgetpu's `edgetpu_c.h`: a bus, a number among those found, or both."""


def open_edgetpu(config: DetectorConfig, library: str = LIBRARY) -> NetworkBackend:
    """A detector that runs its model on an Edge TPU.

    Raises: ModelError when the file, the library or the device cannot be used.
    """
    path = model_file(config, ".tflite")
    if COMPILED not in path.read_bytes():
        raise ModelError(
            f"{path.name} is not compiled for an Edge TPU: set model.path to a file that"
            " edgetpu_compiler made (their names end in _edgetpu.tflite), or the detector's type"
            " to cpu"
        )
    delegate = open_device(config.device, library)
    interpreter = allocate(
        lambda: Interpreter(str(path), experimental_delegates=[delegate]), path.name
    )
    return NetworkBackend(LiteRtNetwork(interpreter, path.name), path, config.model)


def open_device(device: str | int | None, library: str) -> Delegate:
    """The Edge TPU, taken for this process alone.

    Args:
        device: `usb`, `usb:0`, `pci`, `pci:1`, a number; none or "" takes the first that is found.
        library: file of libedgetpu.

    Raises: ModelError when the library is missing or no such device answers.
    """
    options = device_options(device)
    try:
        ctypes.CDLL(library)  # LiteRT's own object is left half made where this fails
        return load_delegate(library, options)
    except OSError as error:
        raise ModelError(
            f"the Edge TPU's library {library} cannot be loaded ({error}): install Google's package"
            " libedgetpu1-std, or set the detector's type to cpu"
        ) from error
    except ValueError as error:
        wanted = f"Edge TPU {device!r}" if device else "Edge TPU"
        raise ModelError(
            f"no {wanted} answers ({' '.join(str(error).split())}): plug it in, pass /dev/bus/usb"
            " or /dev/apex_0 through to the container, and see that no other detector has it;"
            " `device` is usb, usb:0, pci, pci:0 or absent"
        ) from error


def device_options(device: str | int | None) -> dict[str, str]:
    """What libedgetpu is told.

    Raises: ModelError when a device is named in no form that it knows.
    """
    wanted = f":{device}" if isinstance(device, int) else device or ""
    if not DEVICE.fullmatch(wanted):
        raise ModelError(
            f"device {device!r} of the edgetpu detector is unknown: write usb, usb:0, pci or pci:0,"
            " or remove it to take the first that is found"
        )
    return {"device": wanted} if wanted else {}

"""ffmpeg arguments by preset name, as data.

`{fps}`, `{width}` and `{height}` are the detect settings. The names are Frigate 0.13's; options are
documented at https://ffmpeg.org/ffmpeg-protocols.html, ffmpeg-formats.html and ffmpeg-filters.html.
"""

from __future__ import annotations

from dataclasses import dataclass

USER_AGENT = "-user_agent Picket"
GENERATE = "-fflags +genpts+discardcorrupt"
START_AT_ZERO = "-avoid_negative_ts make_zero"
WALL_CLOCK = "-use_wallclock_as_timestamps 1"
LOW_LATENCY = "-fflags nobuffer -flags low_delay"
WITHOUT_WAITING = (
    f"{START_AT_ZERO} -fflags nobuffer -flags low_delay -strict experimental"
    " -fflags +genpts+discardcorrupt"
)
RTSP_TCP = "-rtsp_transport tcp -timeout 5000000"
IO_TIMEOUT = "-rw_timeout 5000000"

INPUT: dict[str, str] = {
    "preset-http-jpeg-generic": (
        f"-r {{fps}} -stream_loop -1 -f image2 {WITHOUT_WAITING} {WALL_CLOCK}"
    ),
    "preset-http-mjpeg-generic": f"{WITHOUT_WAITING} {WALL_CLOCK}",
    "preset-http-reolink": (
        f"{START_AT_ZERO} {GENERATE} -flags low_delay -strict experimental"
        f" -analyzeduration 1000M -probesize 1000M {IO_TIMEOUT}"
    ),
    "preset-rtmp-generic": f"{WITHOUT_WAITING} {IO_TIMEOUT} {WALL_CLOCK} -f live_flv",
    "preset-rtsp-generic": f"{USER_AGENT} {START_AT_ZERO} {GENERATE} {RTSP_TCP} {WALL_CLOCK}",
    "preset-rtsp-restream": f"{USER_AGENT} {RTSP_TCP}",
    "preset-rtsp-restream-low-latency": f"{USER_AGENT} {RTSP_TCP} {LOW_LATENCY}",
    "preset-rtsp-udp": (
        f"{USER_AGENT} {START_AT_ZERO} {GENERATE} -rtsp_transport udp -timeout 5000000 {WALL_CLOCK}"
    ),
    "preset-rtsp-blue-iris": (
        f"{USER_AGENT} {START_AT_ZERO} -flags low_delay -strict experimental {GENERATE}"
        f" {RTSP_TCP} {WALL_CLOCK}"
    ),
}
"""Arguments before `-i`."""

FILE = "-re -stream_loop -1 -fflags +genpts"
"""For a local file: in real time, over and over."""

SEGMENTS = "-f segment -segment_time 10 -segment_format mp4 -reset_timestamps 1 -strftime 1"

RECORD: dict[str, str] = {
    "preset-record-generic": f"{SEGMENTS} -c copy -an",
    "preset-record-generic-audio-aac": f"{SEGMENTS} -c:v copy -c:a aac",
    "preset-record-generic-audio-copy": f"{SEGMENTS} -c copy",
    "preset-record-mjpeg": f"{SEGMENTS} -c:v libx264 -an",
    "preset-record-jpeg": f"{SEGMENTS} -c:v libx264 -an",
    "preset-record-ubiquiti": f"{SEGMENTS} -c:v copy -ar 44100 -c:a aac",
}
"""Arguments before the segment's file name."""

RTMP: dict[str, str] = {
    "preset-rtmp-generic": "-c copy -f flv",
    "preset-rtmp-mjpeg": "-c:v libx264 -an -f flv",
    "preset-rtmp-jpeg": "-c:v libx264 -an -f flv",
    "preset-rtmp-ubiquiti": "-c:v copy -f flv -ar 44100 -c:a aac",
}
"""Arguments before the RTMP address."""


@dataclass(frozen=True, slots=True)
class HardwarePreset:
    """A hardware decoder."""

    decode: str  # before the input arguments
    scale: str  # gives frames of the detect size in memory


SOFTWARE_SCALE = "-r {fps} -vf fps={fps},scale={width}:{height}"
DOWNLOAD = "hwdownload,format=nv12,format=yuv420p"
CUDA = HardwarePreset(
    "-hwaccel cuda -hwaccel_output_format cuda",
    f"-r {{fps}} -vf fps={{fps}},scale_cuda=w={{width}}:h={{height}}:format=nv12,{DOWNLOAD}",
)
QSV_SCALE = (
    f"-r {{fps}} -vf vpp_qsv=framerate={{fps}}:w={{width}}:h={{height}}:format=nv12,{DOWNLOAD}"
)
QSV = "-hwaccel qsv -qsv_device /dev/dri/renderD128 -hwaccel_output_format qsv"

HARDWARE: dict[str, HardwarePreset] = {
    "preset-rpi-64-h264": HardwarePreset("-c:v h264_v4l2m2m", SOFTWARE_SCALE),
    "preset-rpi-64-h265": HardwarePreset("-c:v hevc_v4l2m2m", SOFTWARE_SCALE),
    "preset-vaapi": HardwarePreset(
        "-hwaccel_flags allow_profile_mismatch -hwaccel vaapi -hwaccel_device /dev/dri/renderD128"
        " -hwaccel_output_format vaapi",
        f"-r {{fps}} -vf fps={{fps}},scale_vaapi=w={{width}}:h={{height}}:format=nv12,{DOWNLOAD}",
    ),
    "preset-intel-qsv-h264": HardwarePreset(f"{QSV} -c:v h264_qsv", QSV_SCALE),
    "preset-intel-qsv-h265": HardwarePreset(f"{QSV} -c:v hevc_qsv", QSV_SCALE),
    "preset-nvidia-h264": CUDA,
    "preset-nvidia-h265": CUDA,
    "preset-nvidia-mjpeg": HardwarePreset(CUDA.decode, SOFTWARE_SCALE),
    "preset-jetson-h264": HardwarePreset("-c:v h264_nvmpi -resize {width}x{height}", "-r {fps}"),
    "preset-jetson-h265": HardwarePreset("-c:v hevc_nvmpi -resize {width}x{height}", "-r {fps}"),
    "preset-rk-h264": HardwarePreset("-c:v h264_rkmpp_decoder", SOFTWARE_SCALE),
    "preset-rk-h265": HardwarePreset("-c:v hevc_rkmpp_decoder", SOFTWARE_SCALE),
}
"""Arguments of hardware decoders."""

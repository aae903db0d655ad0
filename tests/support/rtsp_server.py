"""An RTSP server for tests: plays MP4 files in real time, one mount for each file.

Runs under the system's Python (python3-gi): `python3 rtsp_server.py PORT NAME=FILE …`. Prints
`ready` when it listens. Like a camera, all clients of a mount share one stream. H.264 and H.265
video, AAC or G.711 audio if there is any; `.lossy.` loses packets.
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402


def launch_line(location: str) -> str:
    """The pipeline of one mount; its file name tells the codecs (`.hevc.`, `.aac.`, `.alaw.`)."""
    video = "h265" if ".hevc." in location else "h264"
    pay = f"rtp{video}pay name=pay0 pt=96"
    if ".lossy." in location:
        pay = f"rtp{video}pay pt=96 ! identity name=pay0 drop-probability=0.01"
    line = (
        f"( filesrc location={location} ! qtdemux name=d"
        f" d.video_0 ! queue ! {video}parse config-interval=-1 ! {pay}"
    )
    if ".alaw." in location:
        line += " d.audio_0 ! queue ! rtppcmapay name=pay1 pt=8"
    if ".aac." in location:
        line += " d.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97"
    return line + " )"


def main() -> None:
    """Serve until killed."""
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(sys.argv[1])
    for mount in sys.argv[2:]:
        name, location = mount.split("=", 1)
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(launch_line(location))
        factory.set_shared(True)
        server.get_mount_points().add_factory(f"/{name}", factory)
    server.attach(None)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()

"""The envelopes in which an ONVIF camera answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

NAMESPACES = (
    ' xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:tt="http://www.onvif.org/ver10/schema"'
    ' xmlns:tds="http://www.onvif.org/ver10/device/wsdl"'
    ' xmlns:trt="http://www.onvif.org/ver10/media/wsdl"'
    ' xmlns:tptz="http://www.onvif.org/ver20/ptz/wsdl"'
    ' xmlns:ter="http://www.onvif.org/ver10/error"'
)

PAN_TILT = "http://www.onvif.org/ver10/tptz/PanTiltSpaces"
ZOOM = "http://www.onvif.org/ver10/tptz/ZoomSpaces"

ZOOM_TO = f"{ZOOM}/PositionGenericSpace"

CONTINUOUS = ("ContinuousPanTiltVelocity", "ContinuousZoomVelocity")

FOLLOWING = (*CONTINUOUS, "RelativePanTiltTranslationFov")
"""Of a camera that can follow what it shows."""

EVERY_SPACE = (
    "AbsolutePanTiltPosition",
    "AbsoluteZoomPosition",
    "RelativePanTiltTranslation",
    "RelativePanTiltTranslationFov",
    "RelativeZoomTranslation",
    *CONTINUOUS,
)
"""In the order of the schema; `Fov` marks the space whose unit is the picture."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A media profile."""

    token: str
    encoding: str  # empty without video
    ptz: str  # token of its PTZ configuration; empty without


def envelope(body: str) -> bytes:
    """A whole document."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope{NAMESPACES}>'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def done(operation: str) -> bytes:
    """A PTZ command was accepted."""
    return envelope(f"<tptz:{operation}Response/>")


def fault(reason: str, code: str) -> bytes:
    """A refusal."""
    return envelope(
        f"<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>{code}</s:Value>"
        f'</s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">{reason}</s:Text></s:Reason>'
        "</s:Fault>"
    )


def system_time(now: datetime | None) -> bytes:
    """The camera's clock; None for one that does not tell it in UTC."""
    utc = ""
    if now is not None:
        utc = (
            f"<tt:UTCDateTime><tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}"
            f"</tt:Minute><tt:Second>{now.second}</tt:Second></tt:Time><tt:Date><tt:Year>"
            f"{now.year}</tt:Year><tt:Month>{now.month}</tt:Month><tt:Day>{now.day}</tt:Day>"
            "</tt:Date></tt:UTCDateTime>"
        )
    return envelope(
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:DateTimeType>NTP"
        "</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>"
        f"{utc}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>"
    )


def services(url: str) -> bytes:
    """Where each service is."""
    found = (
        ("http://www.onvif.org/ver10/device/wsdl", "device_service"),
        ("http://www.onvif.org/ver10/media/wsdl", "media"),
        ("http://www.onvif.org/ver20/ptz/wsdl", "ptz"),
    )
    rows = "".join(
        f"<tds:Service><tds:Namespace>{namespace}</tds:Namespace><tds:XAddr>{url}/{path}"
        "</tds:XAddr><tds:Version><tt:Major>2</tt:Major><tt:Minor>0</tt:Minor></tds:Version>"
        "</tds:Service>"
        for namespace, path in found
    )
    return envelope(f"<tds:GetServicesResponse>{rows}</tds:GetServicesResponse>")


def capabilities(url: str) -> bytes:
    """Where each service is, as older cameras tell it."""
    return envelope(
        "<tds:GetCapabilitiesResponse><tds:Capabilities>"
        f"<tt:Device><tt:XAddr>{url}/device_service</tt:XAddr></tt:Device>"
        f"<tt:Media><tt:XAddr>{url}/media</tt:XAddr></tt:Media>"
        f"<tt:PTZ><tt:XAddr>{url}/ptz</tt:XAddr></tt:PTZ>"
        "</tds:Capabilities></tds:GetCapabilitiesResponse>"
    )


def profiles(wanted: Sequence[Profile]) -> bytes:
    """The media profiles."""
    rows = "".join(
        f'<trt:Profiles token="{one.token}" fixed="true"><tt:Name>{one.token}</tt:Name>'
        f"{_video(one)}{_ptz(one)}</trt:Profiles>"
        for one in wanted
    )
    return envelope(f"<trt:GetProfilesResponse>{rows}</trt:GetProfilesResponse>")


def options(spaces: Sequence[str]) -> bytes:
    """The coordinate systems for moves."""
    rows = "".join(_space(name) for name in EVERY_SPACE if name in spaces)
    return envelope(
        "<tptz:GetConfigurationOptionsResponse><tptz:PTZConfigurationOptions>"
        f"<tt:Spaces>{rows}</tt:Spaces><tt:PTZTimeout><tt:Min>PT1S</tt:Min><tt:Max>PT1M</tt:Max>"
        "</tt:PTZTimeout></tptz:PTZConfigurationOptions></tptz:GetConfigurationOptionsResponse>"
    )


def presets(stored: Sequence[tuple[str, str | None]]) -> bytes:
    """Stored positions: tokens and names."""
    rows = "".join(
        f'<tptz:Preset token="{token}">'
        + (f"<tt:Name>{name}</tt:Name>" if name is not None else "")
        + "</tptz:Preset>"
        for token, name in stored
    )
    return envelope(f"<tptz:GetPresetsResponse>{rows}</tptz:GetPresetsResponse>")


def status(is_moving: bool | None, zoom: float | None = None) -> bytes:  # noqa: FBT001
    """Whether it moves, and where its zoom is; None for a camera that does not tell."""
    place = (
        ""
        if zoom is None
        else f'<tt:Position><tt:Zoom x="{zoom}" space="{ZOOM_TO}"/></tt:Position>'
    )
    word = "MOVING" if is_moving else "IDLE"
    move = (
        ""
        if is_moving is None
        else (
            f"<tt:MoveStatus><tt:PanTilt>{word}</tt:PanTilt><tt:Zoom>IDLE</tt:Zoom></tt:MoveStatus>"
        )
    )
    return envelope(
        f"<tptz:GetStatusResponse><tptz:PTZStatus>{place}{move}"
        "<tt:UtcTime>2026-01-01T00:00:00Z</tt:UtcTime></tptz:PTZStatus></tptz:GetStatusResponse>"
    )


def _video(profile: Profile) -> str:
    if not profile.encoding:
        return ""
    return (
        '<tt:VideoEncoderConfiguration token="v"><tt:Name>v</tt:Name><tt:UseCount>1</tt:UseCount>'
        f"<tt:Encoding>{profile.encoding}</tt:Encoding><tt:Resolution><tt:Width>640</tt:Width>"
        "<tt:Height>360</tt:Height></tt:Resolution><tt:Quality>5</tt:Quality><tt:SessionTimeout>"
        "PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration>"
    )


def _ptz(profile: Profile) -> str:
    if not profile.ptz:
        return ""
    return (
        f'<tt:PTZConfiguration token="{profile.ptz}"><tt:Name>ptz</tt:Name><tt:UseCount>1'
        "</tt:UseCount><tt:NodeToken>node</tt:NodeToken></tt:PTZConfiguration>"
    )


def _space(name: str) -> str:
    kind = name.removesuffix("Fov")
    is_plane = "PanTilt" in kind
    sort = kind.partition("PanTilt" if is_plane else "Zoom")[2]  # such as `Translation`
    unit = "TranslationSpaceFov" if name.endswith("Fov") else f"{sort}GenericSpace"
    low = 0 if name == "AbsoluteZoomPosition" else -1
    axes = ("XRange", "YRange") if is_plane else ("XRange",)
    ranges = "".join(
        f"<tt:{axis}><tt:Min>{low}</tt:Min><tt:Max>1</tt:Max></tt:{axis}>" for axis in axes
    )
    return (
        f"<tt:{kind}Space><tt:URI>{PAN_TILT if is_plane else ZOOM}/{unit}</tt:URI>{ranges}"
        f"</tt:{kind}Space>"
    )

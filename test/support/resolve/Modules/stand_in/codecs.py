"""Formats and codecs by platform and version: descriptions drift, ids don't."""

from . import store

PRORES = {
    "Apple ProRes 422 Proxy": "ProRes422P",
    "Apple ProRes 422 LT": "ProRes422LT",
    "Apple ProRes 422": "ProRes422",
    "Apple ProRes 422 HQ": "ProRes422HQ",
    "Apple ProRes 4444": "ProRes4444",
}
DNXHR = {"Avid DNxHR LB": "DNxHRLB", "Avid DNxHR SQ": "DNxHRSQ", "Avid DNxHR HQ 12-bit": "DNxHRHQ"}
NVIDIA = {"H.264 NVIDIA": "H264_NVIDIA", "H.265 NVIDIA": "H265_NVIDIA"}
H26X = {"H.264": "H264", "H.265": "H265"}


def formats():
    return {"QuickTime": "mov", "MXF OP1A": "mxf_op1a", "MXF OP-Atom": "mxf", "MP4": "mp4", "MKV": "mkv", "Wave": "wav"}


def codecs_of(render_format):
    """ProRes outside macOS exists since 19.1.4; on Linux H.264 needs an NVIDIA card."""
    is_linux = store.knob("platform", "linux") == "linux"
    has_prores = store.knob("platform") == "darwin" or store.version() >= (19, 1, 4)
    prores = PRORES if has_prores else {}
    h26x = (NVIDIA if store.knob("nvidia", True) else {}) if is_linux else H26X
    av1 = {"AV1 NVIDIA": "AV1_NVIDIA"} if store.knob("av1", False) else {}
    return {
        "mov": dict(prores, **DNXHR, **h26x),
        "mxf_op1a": DNXHR,
        "mxf": DNXHR,
        "mp4": dict(h26x, **av1),
        "mkv": dict(h26x, **av1),
    }.get(render_format, {})

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
H26X = {"H.264": "H264", "H.265": "H265"}


def formats():
    return {"QuickTime": "mov", "MXF OP1A": "mxf_op1a", "MXF OP-Atom": "mxf", "MP4": "mp4", "Wave": "wav"}


def codecs_of(render_format):
    """ProRes outside macOS exists since 19.1.4."""
    has_prores = store.knob("platform", "linux") == "darwin" or store.version() >= (19, 1, 4)
    prores = PRORES if has_prores else {}
    return {
        "mov": dict(prores, **DNXHR, **H26X),
        "mxf_op1a": DNXHR,
        "mxf": DNXHR,
        "mp4": H26X,
    }.get(render_format, {})

"""Rules of SetRenderSettings: all or nothing, and some keys only together."""

from . import store

# Refused on several versions of the real one.
REFUSED = ["ReplaceExistingFilesInPlace"]
PAIRS = [("FormatWidth", "FormatHeight"), ("MarkIn", "MarkOut")]


# Since 21.1.
NEWER = ["DataBurnIn", "ExportSubtitle", "UseFullExtents", "AddFrameHandles"]


def accepts(settings, codec):
    if store.version() < (21, 1) and any(key in NEWER for key in settings):
        return False
    if any(key in store.knob("reject_keys", []) + REFUSED for key in settings):
        return False
    if any((one in settings) != (other in settings) for one, other in PAIRS):
        return False
    if "VideoQuality" in settings and not codec.startswith(("H26", "AV1")):
        return False
    # Like graphics cards.
    if codec.startswith("H264") and settings.get("FormatWidth", 0) > 4096:
        return False
    return not (settings.get("AudioCodec") == "aac" and store.knob("platform", "linux") == "linux")

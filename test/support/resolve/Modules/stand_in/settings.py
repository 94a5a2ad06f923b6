"""Which settings of a project or timeline can have which values."""

from . import store

RATES = ["16", "18", "23.976", "24", "25", "29.97", "29.97 DF", "30", "47.952", "48", "50", "59.94", "59.94 DF", "60"]
SIZING = ["centerCrop", "scaleToFit", "scaleToCrop", "stretch"]
SWITCH = ["0", "1"]
SIZE = ["timelineResolutionWidth", "timelineResolutionHeight"]
VALUES = {
    "timelineInputResMismatchBehavior": SIZING,
    "timelineOutputResMismatchBehavior": SIZING,
    "timelineInputResMismatchUseCustomPreset": SWITCH,
    "timelineOutputResMismatchUseCustomPreset": SWITCH,
    "timelineOutputResMatchTimelineRes": SWITCH,
    "timelineInterlaceProcessing": SWITCH,
    "timelinePixelAspectRatio": ["square", "cinemascope", "16_9", "4_3"],
    "timelineFrameRateMismatchBehavior": ["resolve", "fcp7", "fcpx", "none"],
    "superScale": ["0", "1", "2", "3", "4"],
    "colorScienceMode": ["davinciYRGB", "davinciYRGBColorManaged", "davinciYRGBColorManagedv2", "acescct"],
}


def accepts(settings, name, value, is_locked, is_timeline=False):
    """True if Resolve accepts a value, which must be text."""
    if not isinstance(value, str) or name in store.knob("reject_settings", []):
        return False
    if name == "timelineFrameRate":
        return not is_locked and value in store.knob("rates", RATES)
    if name in SIZE and not is_timeline:
        width, height = (int(value if side == name else settings[side]) for side in SIZE)
        return height <= width or store.knob("portrait", "refused") == "allowed"
    if name.startswith("timelineOutputResMismatch") and settings["timelineOutputResMatchTimelineRes"] == "1":
        # Disabled while the output has the timeline's size.
        return False
    if name in VALUES:
        return value in VALUES[name]
    return name.startswith("timeline") and value.isdigit()


def kept(name, value):
    """Value as read back: two of them as numbers."""
    if name == "timelineFrameRate":
        return float(value.split()[0])
    if name == "superScale":
        return int(value)
    return "deaf" if name in store.knob("deaf_settings", []) else value

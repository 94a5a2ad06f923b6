"""Settings of a project or timeline, set and read back, so that no saved default gets into a proxy."""

from channel import Fault

SIZE = (("timelineResolutionWidth", "width"), ("timelineResolutionHeight", "height"))
COLOUR = ("colorScience", "colorSpace", "isAutoColor", "rcm")


class Settings:
    """Values set, values kept, and Resolve's answers."""

    def __init__(self, channel):
        self._channel = channel
        self._values = {}
        self._colour = {}

    def pin(self, project, wanted):
        """Sets each setting by itself; refusals are only reported. Returns the project."""
        for key, value in wanted.items():
            self.set(project, key, value)
        everything = project.GetSetting() or {}
        self._colour = {key: value for key, value in everything.items() if key.startswith(COLOUR)}
        return project

    def set(self, target, key, value):
        """True if Resolve keeps the value."""
        answer = target.SetSetting(key, value)
        read = target.GetSetting(key)
        self.note(key, value, read, answer)
        return _is_same(value, read)

    def note(self, key, value, read, answer=True):
        """Records a setting: the value set, the value read back, and Resolve's answer."""
        self._values[key] = {"set": value, "read": read, "answer": bool(answer)}

    def tell(self):
        refused = [key for key, one in self._values.items() if not _is_same(one["set"], one["read"])]
        self._channel.emit("project", project_settings=self._values, colour=self._colour, refused=refused)

    def set_rate(self, project, rate):
        """True if the project now has the rate. It may refuse a rate that it already has; drop-frame is then unknown."""
        has_rate = self.set(project, "timelineFrameRate", rate)
        if self._values["timelineFrameRate"]["answer"]:
            return has_rate
        self._channel.observe("rate_locked", True)
        return has_rate and "DF" not in rate + project.GetName()

    def make_timeline(self, project, name, clip, wanted):
        """Makes a timeline of the wanted size, by the project's settings or, if they refuse it, by the timeline's own.
        Users report that projects refuse portrait sizes, which timelines accept."""
        is_project_sized = self._has_size(project, wanted)
        timeline = project.GetMediaPool().CreateTimelineFromClips(name, [clip])
        if not timeline:
            raise Fault("TIMELINE_FAILED", "Resolve can't make a timeline of the clip.")
        project.SetCurrentTimeline(timeline)
        if not is_project_sized:
            self._channel.observe("size_by_timeline", True)
            self.set(timeline, "useCustomSettings", "1")
            if not self._has_size(timeline, wanted):
                size = tuple(self._values[key]["read"] for key, _ in SIZE) + (wanted["width"], wanted["height"])
                raise Fault("TIMELINE_FAILED", "Resolve keeps the timeline at %sx%s instead of %dx%d." % size)
        start = wanted["startTimecode"]
        answer = timeline.SetStartTimecode(start)
        self.note("startTimecode", start, timeline.GetStartTimecode(), answer)
        if not answer:
            raise Fault("TIMELINE_FAILED", "Resolve refuses the start timecode %s." % start)

    def _has_size(self, target, wanted):
        """Sets the size; true if it is kept. Tries twice: until the height is set, a width may count as portrait."""
        return any(all([self.set(target, key, str(wanted[side])) for key, side in SIZE]) for _ in SIZE)


def _is_same(value, read):
    """Compares as numbers if both are: Resolve returns numbers for values set as text."""
    return str(read) == str(value) or (number(value) is not None and number(read) == number(value))


def number(value):
    """Number at the start of a text, such as `29.97 DF`."""
    try:
        return round(float(str(value).split()[0]), 2)
    except (ValueError, IndexError):
        return None

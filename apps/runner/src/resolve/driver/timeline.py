"""Rate, size and start of the one timeline."""

from faults import Fault

SIZE = (("timelineResolutionWidth", "width"), ("timelineResolutionHeight", "height"))
DROP_FRAME = "timelineDropFrameTimecode"


def set_rate(channel, pinned, project, rate):
    """Whether the project has the rate now. A refusal isn't one where it has it already, but that doesn't show drop-frame."""
    has_rate = pinned.set(project, "timelineFrameRate", rate)
    if pinned.values["timelineFrameRate"]["answer"]:
        return has_rate
    channel.observe("rate_locked", True)
    return has_rate and (not rate.endswith(" DF") or str(project.GetSetting(DROP_FRAME)) == "1")


def make_timeline(channel, pinned, project, clip, wanted):
    """@returns the timeline, of the wanted size by the project's settings or, where those refuse it, by its own."""
    refused = _refused_size(pinned, project, wanted)
    timeline = project.GetMediaPool().CreateTimelineFromClips("proxy", [clip])
    if not timeline:
        raise Fault("TIMELINE_FAILED", "Resolve can't make a timeline of the clip.")
    project.SetCurrentTimeline(timeline)
    if refused:
        # Upright pictures, say reports: a project refuses them and a timeline of its own settings doesn't.
        channel.observe("size_by_timeline", True)
        pinned.set(timeline, "useCustomSettings", "1")
        refused = _refused_size(pinned, timeline, wanted)
        pinned.pin(timeline, channel.request["timelineSettings"])
    if refused:
        kept = pinned.values[refused]["read"]
        raise Fault("TIMELINE_FAILED", "Resolve keeps %s at %s instead of %s." % (refused, kept, pinned.values[refused]["set"]))
    _set_start(channel, pinned, timeline, wanted["startTimecode"])
    return timeline


def _refused_size(pinned, target, wanted):
    """The first that isn't kept. The width may count as upright until the height has changed: then it is tried again."""
    refused = []
    for _ in SIZE:
        refused = [key for key, side in SIZE if not pinned.set(target, key, str(wanted[side]))]
        if not refused:
            return None
    return refused[0]


def _set_start(channel, pinned, timeline, start):
    answer = timeline.SetStartTimecode(start)
    kept = timeline.GetStartTimecode()
    pinned.note("startTimecode", start, kept, answer)
    if not answer:
        raise Fault("TIMELINE_FAILED", "Resolve refuses the start timecode %s." % start)
    if kept != start:
        channel.warn("Resolve keeps the start timecode %s instead of %s." % (kept, start))

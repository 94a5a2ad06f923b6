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
    _set_start(channel, timeline, wanted["startTimecode"])
    return timeline


def _refused_size(pinned, target, wanted):
    """The first that isn't kept; both are tried."""
    refused = [key for key, side in SIZE if not pinned.set(target, key, str(wanted[side]))]
    return refused[0] if refused else None


def _set_start(channel, timeline, start):
    if not timeline.SetStartTimecode(start):
        raise Fault("TIMELINE_FAILED", "Resolve refuses the start timecode %s." % start)
    kept = timeline.GetStartTimecode()
    channel.emit("timeline", start=kept)
    if kept != start:
        channel.warn("Resolve keeps the start timecode %s instead of %s." % (kept, start))

"""Settings of a new project: Resolve's own defaults, unless somebody has saved others."""

UNTITLED = "Untitled Project"

SETTINGS = {
    "timelineFrameRate": 24.0,
    "timelineResolutionWidth": "1920",
    "timelineResolutionHeight": "1080",
    "timelineInputResMismatchBehavior": "scaleToFit",
    "timelineInputResMismatchUseCustomPreset": "0",
    "timelineOutputResMismatchBehavior": "scaleToFit",
    "timelineOutputResMismatchUseCustomPreset": "0",
    "timelineOutputResMatchTimelineRes": "1",
    "timelineOutputResolutionWidth": "1920",
    "timelineOutputResolutionHeight": "1080",
    "timelinePixelAspectRatio": "square",
    "timelineFrameRateMismatchBehavior": "resolve",
    "timelineInterlaceProcessing": "0",
    "superScale": 1,
    "colorScienceMode": "davinciYRGB",
    "colorSpaceTimeline": "Rec.709 Gamma 2.4",
    "isAutoColorManage": "0",
}


def new_project(saved=True, settings=None, **facts):
    """`modified`: leaving it asks."""
    project = {"saved": saved, "modified": False, "folder": ""}
    project["settings"] = dict(SETTINGS, **(settings or {}))
    project.update({"clips": {}, "bins": [], "timelines": {}, "jobs": {}})
    project.update({"render": {}, "format": ["mov", "ProRes422HQ"], "mode": 0}, **facts)
    return project

"""One clip into one file: project, import, timeline, settings, queue, render, and cleaning up in any case."""

import os
import time

from faults import Fault
from progress import follow
from settings import apply_settings, select_codec, set_mode, unlike
from workspace import Workspace

ONE_CLIP = 1
START_GRACE_S = 5


class RenderJob:
    def __init__(self, channel, resolve, manager):
        self._channel = channel
        self._resolve = resolve
        self._workspace = Workspace(channel, manager)
        self._job = None

    def run(self):
        """Cleans up whatever happened; what can't be removed is named, and changes nothing of the outcome."""
        self._workspace.claim()
        try:
            self._render()
        except Exception as error:  # pylint: disable=broad-except
            self._channel.fail(error)
        self._channel.enter("cleanup")
        try:
            self._clean_up()
        except Exception as error:  # pylint: disable=broad-except
            self._channel.left.append(self._channel.request["project"])
            self._channel.warn("Cleaning up failed: %s: %s" % (type(error).__name__, error))

    def _render(self):
        channel = self._channel
        channel.phase("project")
        self._workspace.create()
        channel.phase("import")
        self._check_storage()
        clip = self._import()
        channel.emit("clip", properties=_properties(clip))
        plan = channel.plan()
        channel.phase("timeline")
        self._make_timeline(clip, plan["timeline"])
        channel.phase("settings")
        project = self._workspace.project
        codec = select_codec(project, plan["format"], plan["codecs"])
        set_mode(project, ONE_CLIP)
        target = {"TargetDir": channel.request["directory"], "CustomName": channel.request["stem"]}
        applied, refused = apply_settings(project, dict(plan["settings"], **target), plan["optional"])
        channel.emit("settings", codec=codec, applied=applied, refused=refused)
        channel.phase("queue")
        self._enqueue(applied)
        channel.phase("start")
        self._start()
        channel.phase("render")
        follow(channel, project, self._job)
        channel.emit("result", job=self._job)

    def _import(self):
        source = self._channel.request["source"]
        item = source["path"]
        if "start" in source:
            item = {"FilePath": item, "StartIndex": source["start"], "EndIndex": source["end"]}
        items = self._workspace.project.GetMediaPool().ImportMedia([item]) or []
        if len(items) != 1:
            raise Fault("IMPORT_FAILED", "Resolve made %d clips of %s." % (len(items), source["path"]))
        if items[0].GetClipProperty("Online Status") == "Offline":
            raise Fault("MEDIA_OFFLINE", "Resolve has imported %s but can't read it." % source["path"])
        return items[0]

    def _make_timeline(self, clip, wanted):
        rate = wanted["rate"]
        project = self._workspace.project
        if not _set_rate(project, rate):
            # The rate is locked once a project has media: a new one gets it first.
            self._workspace.remove()
            project = self._workspace.create()
            if not _set_rate(project, rate):
                raise Fault("FPS_UNSUPPORTED", "Resolve makes no timeline of %s frames per second." % rate)
            clip = self._import()
        _set_size(project, wanted)
        timeline = project.GetMediaPool().CreateTimelineFromClips("proxy", [clip])
        if not timeline:
            raise Fault("TIMELINE_FAILED", "Resolve can't make a timeline of the clip.")
        project.SetCurrentTimeline(timeline)
        if wanted["startTimecode"] and not timeline.SetStartTimecode(wanted["startTimecode"]):
            raise Fault("TIMELINE_FAILED", "Resolve refuses the start timecode %s." % wanted["startTimecode"])

    def _check_storage(self):
        """Outside its storage locations Resolve refuses a render without a reason, or hangs."""
        volumes = self._resolve.GetMediaStorage().GetMountedVolumeList() or []
        directory = os.path.realpath(self._channel.request["directory"])
        if volumes and not any(_contains(os.path.realpath(volume), directory) for volume in volumes):
            listed = ", ".join(volumes)
            output = os.path.dirname(directory)
            raise Fault("RENDER_PATH", "%s is in none of Resolve's storage locations (%s)." % (output, listed))

    def _enqueue(self, settings):
        project = self._workspace.project
        self._job = project.AddRenderJob() or None
        if self._job is None:
            output = os.path.dirname(self._channel.request["directory"])
            raise Fault("RENDER_PATH", "Resolve refuses to queue a render into %s." % output)
        queued = next((job for job in project.GetRenderJobList() or [] if job.get("JobId") == self._job), None)
        if queued is None:
            raise Fault("QUEUE_FAILED", "The render is not in Resolve's queue.")
        for key, found, wanted in unlike(queued, settings):
            self._channel.warn("Resolve has queued %s %s instead of %s." % (key, found, wanted))

    def _start(self):
        """Resolve sometimes says no although it has begun."""
        project = self._workspace.project
        if project.StartRendering(self._job):
            return
        deadline = time.monotonic() + START_GRACE_S
        while not project.IsRenderingInProgress():
            if time.monotonic() >= deadline:
                raise Fault("START_REFUSED", "Resolve refuses to start the render.")
            self._channel.wait(0.2)
            self._channel.check()

    def _clean_up(self):
        project = self._workspace.project
        if project is not None and self._job is not None:
            project.DeleteRenderJob(self._job)
        left = self._workspace.remove()
        self._workspace.restore()
        if left:
            self._channel.left += left
            self._channel.warn("Resolve keeps the project %s. Delete it there." % ", ".join(left))


def _set_rate(project, rate):
    """Resolve reads a rate back as a number, whatever it was given."""
    project.SetSetting("timelineFrameRate", rate)
    return abs(_number(project.GetSetting("timelineFrameRate")) - _number(rate)) < 0.01


def _set_size(project, wanted):
    for key, value in (("timelineResolutionWidth", wanted["width"]), ("timelineResolutionHeight", wanted["height"])):
        project.SetSetting(key, str(value))
        kept = project.GetSetting(key)
        if str(kept) != str(value):
            raise Fault("TIMELINE_FAILED", "Resolve keeps %s at %s instead of %s." % (key, kept, value))


def _number(rate):
    try:
        return float(str(rate).split(" ")[0])
    except ValueError:
        return 0.0


def _properties(clip):
    properties = clip.GetClipProperty()
    if not properties:
        raise Fault("IMPORT_FAILED", "Resolve says nothing about the clip.")
    return properties


def _contains(folder, path):
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

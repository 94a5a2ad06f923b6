"""Renders one clip into one file: project, import, timeline, settings, queue, render, clean-up."""

import time

from channel import Fault
from progress import follow, stop
from render_queue import apply_settings, choose_target, enqueue, for_api, select_codec, start
from settings import Settings, number
from workspace import TIMELINE, Workspace


class RenderJob:
    def __init__(self, channel, resolve, manager):
        self._channel = channel
        self._resolve = resolve
        self._workspace = Workspace(channel, manager)
        self._settings = Settings(channel)
        self._has_begun = False

    def run(self):
        """Renders, then cleans up even after an error, unless something still renders or another project is open."""
        channel, workspace = self._channel, self._workspace
        workspace.claim()
        try:
            self._render()
        except Exception as error:  # pylint: disable=broad-except
            self._settings.tell()
            if self._has_begun and workspace.is_open() and not stop(channel, workspace.project):
                return channel.fail(Fault("RENDER_STUCK", "%s Resolve goes on rendering although it was told to stop." % error))
            channel.fail(error)
        channel.enter("cleanup")
        workspace.leave()

    def _render(self):
        channel, request = self._channel, self._channel.request
        project = self._settings.pin(self._workspace.project, request["projectSettings"])
        if request["rate"] is not None and not self._has_rate(request["rate"]):
            project = self._project_of(request["rate"])
        channel.phase("import")
        target = choose_target(channel, self._resolve)
        clip, plan = self._import(number(project.GetSetting("timelineFrameRate")) if request["rate"] else None)
        channel.phase("timeline")
        rate = plan["timeline"]["rate"]
        if not self._has_rate(rate):
            project = self._project_of(rate)
            clip, plan = self._import(None)
        if plan["timeline"]["rate"] != rate or number(project.GetSetting("timelineFrameRate")) != number(rate):
            raise Fault("FPS_UNSUPPORTED", "Resolve makes no timeline of %s frames per second." % rate)
        self._settings.make_timeline(project, TIMELINE + str(time.time()), clip, plan["timeline"])
        channel.phase("settings")
        codec = select_codec(self._settings, project, plan)
        self._settings.tell()
        required = dict(plan["settings"], TargetDir=for_api(target), CustomName=request["stem"])
        applied, refused = apply_settings(project, required, plan["optional"])
        channel.emit("settings", codec=codec, applied=applied, refused=refused)
        channel.phase("queue")
        job = enqueue(channel, self._resolve, project, target)
        channel.phase("start")
        self._has_begun = True
        start(channel, project, job)
        channel.phase("render")
        follow(channel, project, job)
        channel.emit("result", job=job)

    def _has_rate(self, rate):
        return self._settings.set_rate(self._workspace.project, rate) or self._workspace.is_of(rate)

    def _project_of(self, rate):
        """Switches to the project of a rate. Media may lock the rate, so it is set first; media without a rate take it."""
        self._channel.observe("project_of_rate", rate)
        self._workspace.switch(rate)
        project = self._settings.pin(self._workspace.project, self._channel.request["projectSettings"])
        self._settings.set_rate(project, rate)
        return project

    def _import(self, rate):
        """Imports the source. Returns the clip and the runner's plan for it. `rate`: that of a clip without its own."""
        source = self._channel.request["source"]
        item = for_api(source["path"])
        if "start" in source:
            item = {"FilePath": item, "StartIndex": source["start"], "EndIndex": source["end"]}
        items = self._workspace.project.GetMediaPool().ImportMedia([item]) or []
        if len(items) != 1:
            raise Fault("IMPORT_FAILED", "Resolve made %d clips of %s." % (len(items), source["path"]))
        # Only English is recognised. In other languages, the check of the proxy's frames finds offline media.
        properties = items[0].GetClipProperty() or {}
        if properties.get("Online Status") == "Offline":
            raise Fault("MEDIA_OFFLINE", "Resolve has imported %s but can't read it." % source["path"])
        self._channel.emit("clip", properties=properties, rate=rate)
        return items[0], self._channel.plan()

"""One clip into one file: project, import, timeline, settings, queue, render, and cleaning up in any case."""

from faults import Fault
from paths import for_api
from pinned import PinnedSettings, number
from progress import follow
from render_queue import check_storage, enqueue, start
from settings import apply_settings, select_codec, set_mode
from timeline import make_timeline, set_rate
from workspace import Workspace

ONE_CLIP = 1


class RenderJob:
    def __init__(self, channel, resolve, manager):
        self._channel = channel
        self._resolve = resolve
        self._workspace = Workspace(channel, manager)
        self._pinned = PinnedSettings(channel)
        self._job = None

    def run(self):
        """Cleans up whatever happened; what can't be removed is named, and changes nothing of the outcome."""
        self._workspace.claim()
        try:
            self._render()
        except Exception as error:  # pylint: disable=broad-except
            self._pinned.tell()
            self._channel.fail(self._cause_of(error))
        self._channel.enter("cleanup")
        try:
            self._clean_up()
        except Exception as error:  # pylint: disable=broad-except
            self._channel.left.append(self._channel.request["project"])
            self._channel.warn("Cleaning up failed: %s: %s" % (type(error).__name__, error))

    def _render(self):
        channel = self._channel
        channel.phase("project")
        self._create(channel.request["rate"])
        self._begin("import")
        check_storage(channel, self._resolve)
        clip, plan = self._import(None if channel.request["rate"] is None else self._kept_rate())
        self._begin("timeline")
        clip, plan = self._at_rate(clip, plan)
        project = self._workspace.project
        make_timeline(channel, self._pinned, project, clip, plan["timeline"])
        self._begin("settings")
        codec = select_codec(self._pinned, project, plan)
        set_mode(self._pinned, project, ONE_CLIP)
        self._pinned.tell()
        target = {"TargetDir": for_api(channel.request["directory"]), "CustomName": channel.request["stem"]}
        self._workspace.check()
        applied, refused = apply_settings(project, dict(plan["settings"], **target), plan["optional"])
        channel.emit("settings", codec=codec, applied=applied, refused=refused)
        self._begin("queue")
        self._job = enqueue(channel, project, applied)
        self._begin("start")
        start(channel, project, self._job)
        channel.phase("render")
        follow(channel, self._workspace, self._job)
        channel.emit("result", job=self._job)

    def _cause_of(self, error):
        """With somebody's project open every call can fail, in ways that say nothing of it."""
        if not self._channel.cancelled and self._workspace.project is not None:
            try:
                self._workspace.check()
            except Fault as opened:
                return opened
        return error

    def _begin(self, phase):
        self._pinned.tell()
        self._channel.phase(phase)
        self._workspace.check()

    def _create(self, rate):
        """A new project with everything set that must be before there is media in it."""
        project = self._workspace.create()
        self._pinned.pin(project, self._channel.request["projectSettings"])
        if rate is not None:
            self._pinned.set(project, "timelineFrameRate", rate)

    def _kept_rate(self):
        return number(self._workspace.project.GetSetting("timelineFrameRate"))

    def _import(self, rate):
        """The clip, and what the runner makes of what Resolve says about it. `rate`: what a clip without one takes."""
        source = self._channel.request["source"]
        item = for_api(source["path"])
        if "start" in source:
            item = {"FilePath": item, "StartIndex": source["start"], "EndIndex": source["end"]}
        self._workspace.check()
        items = self._workspace.project.GetMediaPool().ImportMedia([item]) or []
        if len(items) != 1:
            raise Fault("IMPORT_FAILED", "Resolve made %d clips of %s." % (len(items), source["path"]))
        # In other languages than English another word stands there; then the picture of the proxy tells.
        if items[0].GetClipProperty("Online Status") == "Offline":
            raise Fault("MEDIA_OFFLINE", "Resolve has imported %s but can't read it." % source["path"])
        properties = items[0].GetClipProperty()
        if not properties:
            raise Fault("IMPORT_FAILED", "Resolve says nothing about the clip.")
        self._channel.emit("clip", properties=properties, rate=rate)
        return items[0], self._channel.plan()

    def _at_rate(self, clip, plan):
        """The clip in a project of its timeline's rate. One with media may keep another; then a new one gets the rate first,
        and the clip is looked at again: what has no rate of its own takes the project's."""
        rate = plan["timeline"]["rate"]
        if set_rate(self._channel, self._pinned, self._workspace.project, rate):
            return clip, plan
        self._channel.observe("project_made_anew", True)
        self._workspace.remove()
        self._create(rate)
        clip, plan = self._import(None)
        if plan["timeline"]["rate"] != rate or self._kept_rate() != number(rate):
            raise Fault("FPS_UNSUPPORTED", "Resolve makes no timeline of %s frames per second." % rate)
        return clip, plan

    def _clean_up(self):
        project = self._workspace.project
        if project is not None and self._job is not None and self._workspace.is_open():
            project.DeleteRenderJob(self._job)
        left = self._workspace.remove()
        if left:
            self._channel.left += left
            self._channel.warn("Resolve keeps the project %s. Delete it there." % ", ".join(left))

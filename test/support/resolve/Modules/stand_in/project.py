"""A project: settings, and everything about rendering."""

import contextlib
import uuid

from . import render, render_settings, settings as rules, store
from .codecs import codecs_of, formats
from .media_pool import MediaPool, Timeline
from .remote import Remote


class Project(Remote):
    """Known by its name; once it is closed, its calls give nothing, or go to the one that is open."""

    def __init__(self, name):
        self._name = name

    @contextlib.contextmanager
    def _open(self, changes=False):
        with store.state() as state:
            is_open = state["current"] == self._name or store.knob("stale_calls") == "open"
            project = state["projects"].get(state["current"]) if is_open else None
            if project and changes:
                project["modified"] = True
            yield project

    def GetName(self):
        return self._name

    def GetMediaPool(self):
        return MediaPool(self)

    def GetTimelineCount(self):
        with self._open() as project:
            return len(project["timelines"]) if project else None

    def GetTimelineByIndex(self, index):
        with self._open() as project:
            names = list(project["timelines"]) if project else []
            return Timeline(self, names[index - 1]) if 0 < index <= len(names) else None

    def SetCurrentTimeline(self, timeline):
        with self._open(changes=True) as project:
            if project is None or timeline is None:
                return False
            project["timeline"] = timeline._name
            return True

    def GetCurrentTimeline(self):
        with self._open() as project:
            return Timeline(self, project["timeline"]) if project and "timeline" in project else None

    def GetSetting(self, name=None):
        """Without a name all of them."""
        with self._open() as project:
            settings = project["settings"] if project else {}
            return settings if name is None else settings.get(name, "")

    def SetSetting(self, name, value):
        """The frame rate is locked once there is media, or isn't."""
        with self._open() as project:
            is_locked = bool(project and project["clips"] and store.knob("fps_lock", True))
            if project is None or not rules.accepts(project["settings"], name, value, is_locked):
                return False
            project["modified"] = True
            project["settings"][name] = rules.kept(name, value)
            return True

    def GetRenderFormats(self):
        return formats()

    def GetRenderCodecs(self, render_format):
        """Asking changes what is set."""
        available = codecs_of(render_format)
        with self._open(changes=True) as project:
            if project and available:
                project["format"] = [render_format, list(available.values())[0]]
        return available

    def SetCurrentRenderFormatAndCodec(self, render_format, codec):
        with self._open(changes=True) as project:
            if project is None or codec not in codecs_of(render_format).values():
                return False
            project["format"] = [render_format, codec]
            return True

    def GetCurrentRenderFormatAndCodec(self):
        with self._open() as project:
            return dict(zip(("format", "codec"), project["format"])) if project else None

    def SetCurrentRenderMode(self, mode):
        with self._open(changes=True) as project:
            if project and not store.knob("stuck_mode"):
                project["mode"] = mode
            return bool(project)

    def GetCurrentRenderMode(self):
        with self._open() as project:
            return project["mode"] if project else None

    def SetRenderSettings(self, settings):
        with self._open() as project:
            if project is None or not render_settings.accepts(settings, project["format"][1]):
                return False
            project["modified"] = True
            project["render"].update(settings)
            return True

    def AddRenderJob(self):
        page = store.current_page()
        with self._open(changes=True) as project:
            directory = project["render"].get("TargetDir", "") if project else ""
            roots = store.knob("storage_roots", ["/"])
            if store.knob("add_job") == "empty" or not any(store.contains(root, directory) for root in roots):
                return ""
            if store.knob("add_job") == "page" and page != "deliver":
                return ""
            if store.knob("platform") == "win32" and "\\" in directory:
                return ""
            job = str(uuid.uuid4())
            project["jobs"][job] = render.job_of(project)
            return job

    def GetRenderJobList(self):
        with self._open() as project:
            return [render.entry(job, facts) for job, facts in project["jobs"].items()] if project else None

    def DeleteRenderJob(self, job):
        with self._open(changes=True) as project:
            if project and render.is_of(job):
                render.orphan()
            return bool(project and project["jobs"].pop(job, None))

    def StartRendering(self, *jobs):
        how = store.knob("start", "ok")
        if how == "false" or len(jobs) != 1 or not isinstance(jobs[0], str):
            return False
        with self._open(changes=True) as project:
            facts = project["jobs"].get(jobs[0]) if project else None
        if facts is None:
            return False
        return render.start(jobs[0], facts) and how != "spurious_false"

    def StopRendering(self):
        render.stop()

    def IsRenderingInProgress(self):
        return render.is_running()

    def GetRenderJobStatus(self, job):
        return render.status(job)

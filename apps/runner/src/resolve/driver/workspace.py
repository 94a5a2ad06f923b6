"""The runner's projects in somebody else's Resolve. Of others, only an empty untitled one is left; none is saved or deleted.

One project is kept, and emptied between clips. If media lock a project's rate, there is one more project for that rate.
"""

import re

from channel import Fault
from connection import ensure_idle
from progress import stop

UNTITLED = "Untitled Project"
TIMELINE = "proxy "


class Workspace:
    """The runner's projects. It holds the machine's lock, so anything in them was left by a run that died."""

    def __init__(self, channel, manager):
        self._channel = channel
        self._manager = manager
        self._name = channel.request["project"]
        self._own = re.compile(re.escape(self._name) + r"( [\d.]+( DF)?)?")
        self.project = None

    def claim(self):
        """Opens the runner's project and empties it. Ends the command if another one is open that may be in use."""
        self._channel.phase("project")
        current = self._manager.GetCurrentProject()
        if current is None or not self._own.fullmatch(current.GetName() or ""):
            ensure_idle(self._manager)
            self._respect(current)
            current = self._open(self._name)
        self.project = current
        if not stop(self._channel, current):
            raise Fault("RENDER_STUCK", "Resolve still renders a clip of an earlier run, and doesn't stop.")
        self.empty()

    def is_of(self, rate):
        """True if the current project was made for a rate."""
        return self.project.GetName() == "%s %s" % (self._name, rate)

    def switch(self, rate):
        """Leaves the current project for that of a rate."""
        self.leave()
        self.project = self._open("%s %s" % (self._name, rate))
        self.empty()

    def is_open(self):
        """True if the runner's project is open: somebody may have opened another one."""
        current = self._manager.GetCurrentProject()
        return current is not None and current.GetName() == self.project.GetName()

    def leave(self):
        """Empties the runner's project and saves it, so that opening another one asks nothing. Leaves others untouched."""
        if not self.is_open():
            return
        self.empty()
        # SaveProject saves whichever project is open at that moment.
        if self.is_open() and not self._manager.SaveProject():
            self._channel.observe("save_project_refused", True)

    def empty(self):
        """Removes jobs, timelines and clips; anything else ends the command. Leftovers do no harm to later clips."""
        project, pool = self.project, self.project.GetMediaPool()
        timelines = [project.GetTimelineByIndex(index + 1) for index in range(project.GetTimelineCount() or 0)]
        root = pool.GetRootFolder()
        if root.GetSubFolderList() or not all(one.GetName().startswith(TIMELINE) for one in timelines):
            message = "The project %s has something in it that isn't the runner's. Move it to another project." % project.GetName()
            raise Fault("PROJECT_OPEN", message)
        for job in project.GetRenderJobList() or []:
            project.DeleteRenderJob(job["JobId"])
        if timelines:
            pool.DeleteTimelines(timelines)
        clips = root.GetClipList()
        if clips:
            pool.DeleteClips(clips)
        if root.GetClipList() or project.GetTimelineCount():
            self._channel.observe("project_emptied", False)

    def _respect(self, current):
        name, is_empty = (current.GetName() or "", _is_empty(current)) if current else (UNTITLED, True)
        if is_empty and name.startswith(UNTITLED):
            return
        hint = " If it is the empty one of another language's Resolve, create the project %s there, and save it." % self._name
        raise Fault("PROJECT_OPEN", "The project %s is open in Resolve.%s" % (name, hint if is_empty else ""))

    def _open(self, name):
        """Opens or creates a project. Names apply to the project manager's current folder: the runner uses the root."""
        self._manager.GotoRootFolder()
        project = self._manager.LoadProject(name)
        if not project:
            project = self._manager.CreateProject(name)
            current = self._manager.GetCurrentProject()
            if not project or current is None or current.GetName() != name:
                message = "Resolve can't create the project %s. Create it there by hand, empty, and save it." % name
                raise Fault("PROJECT_CREATE", message)
            self._manager.SaveProject()
        return project


def _is_empty(project):
    """True only if Resolve says so: a media pool that doesn't answer may have content."""
    pool = project.GetMediaPool()
    root = pool.GetRootFolder() if pool else None
    if not root or project.GetTimelineCount() != 0:
        return False
    return all(one in ([], {}) for one in (root.GetClipList(), root.GetSubFolderList()))

"""A project of our own in somebody else's Resolve: made, rebuilt, and removed without touching any other."""

import re
import time

from connection import ensure_idle
from faults import Fault

UNTITLED = "Untitled Project"


class Workspace:
    """Projects are ours whose whole names are the request's prefix and numbers as in `create`. The runner holds the
    machine's lock, so those that are there were left by a run that died."""

    def __init__(self, channel, manager):
        self._channel = channel
        self._manager = manager
        self._own = re.compile(re.escape(channel.request["projectPrefix"]) + r"\d+-\d+-\d+(-\d+)?")
        self._created = []
        self._interrupted = None
        self.project = None

    def claim(self):
        """Clears what a run that died has left, and ends the command when somebody else is at work in this Resolve."""
        self.sweep()
        current = self._manager.GetCurrentProject()
        if current is not None:
            self._respect(current)

    def sweep(self):
        """Stops and removes what is ours, and touches nothing else. @returns the names of what was removed."""
        removed = []
        current = self._manager.GetCurrentProject()
        if current is not None and self._own.fullmatch(current.GetName()):
            self._stop(current)
            self._manager.CloseProject(current)
        for leftover in self._listed():
            if not self._own.fullmatch(leftover):
                continue
            if self._delete(leftover):
                removed.append(leftover)
            else:
                self._channel.left.append(leftover)
                self._channel.warn("Resolve can't delete the project %s of an earlier run." % leftover)
        return removed

    def create(self):
        """A new project becomes the current one, which closes the one that was."""
        attempt = len(self._created) + 1
        name = self._channel.request["project"] + ("" if attempt == 1 else "-%d" % attempt)
        project = self._manager.CreateProject(name)
        if not project:
            why = "it exists already" if name in self._listed() else "a dialog may be open in Resolve"
            raise Fault("PROJECT_CREATE", "Resolve can't create the project %s: %s." % (name, why))
        self._created.append(name)
        self.project = project
        return project

    def remove(self):
        """Closes and deletes what was created. @returns the names of projects that stay."""
        if self.project is not None:
            self._manager.CloseProject(self.project)
            self.project = None
        self._created = [name for name in self._created if not self._delete(name)]
        return self._created

    def restore(self):
        """Opens the project again that was closed for ours."""
        name, self._interrupted = self._interrupted, None
        if name is not None and not self._manager.LoadProject(name):
            self._channel.warn("Resolve can't open the project %s again." % name)

    def _respect(self, project):
        """A dedicated Resolve has nobody who works in it; what can't be opened again isn't closed there either."""
        ensure_idle(self._manager)
        name = project.GetName()
        is_saved = name in self._listed() and not name.startswith(UNTITLED)
        if is_saved and self._channel.request["dedicated"]:
            self._interrupted = name
            self._manager.CloseProject(project)
        elif is_saved or project.GetTimelineCount():
            raise Fault("PROJECT_OPEN", "The project %s is open in Resolve." % name)

    def _stop(self, project):
        if not project.IsRenderingInProgress():
            return
        project.StopRendering()
        while project.IsRenderingInProgress():
            self._channel.wait(0.5)
            self._channel.check()

    def _listed(self):
        return self._manager.GetProjectListInCurrentFolder() or []

    def _delete(self, name):
        """Resolve sometimes refuses right after closing."""
        for attempt in range(3):
            if attempt:
                time.sleep(0.5)
            if self._manager.DeleteProject(name):
                return True
        return False

"""Projects of our own in somebody else's Resolve: one for each clip, and one to rest on. No other is saved, closed or deleted.

Closing a project that has changes, or the unsaved one that Resolve opens by itself, asks in a window and blocks Resolve until
somebody answers. So ours are saved before they are closed, and between clips an empty, saved project of ours is open.
"""

import re

from connection import ensure_idle
from faults import Fault
from projects import Projects

UNTITLED = "Untitled Project"


class Workspace:
    """Projects are ours whose whole names are the request's prefix and numbers as in `create`. The runner holds the
    machine's lock, so those that are there were left by a run that died."""

    def __init__(self, channel, manager):
        self._channel = channel
        self._manager = manager
        self._projects = Projects(channel, manager)
        self._parking = channel.request["parking"]
        self._own = re.compile(re.escape(channel.request["projectPrefix"]) + r"\d+-\d+-\d+(-\d+)?")
        self._created = []
        self.project = None

    def claim(self):
        """Clears what a run that died has left, and ends the command when another project is open."""
        self.sweep()
        if self._manager.GetCurrentProject() is not None:
            ensure_idle(self._manager)
        self._respect()

    def sweep(self):
        """Stops and removes what is ours, and touches nothing else. @returns the names of what was removed."""
        current = self._manager.GetCurrentProject()
        if current is not None and self._is_own(current.GetName()):
            self._stop(current)
            self._close(current.GetName())
        leftovers = [name for name in self._projects.names() if self._is_own(name)]
        if leftovers and self._is_free_now():
            self._projects.load(self._parking)
        removed = []
        for leftover in leftovers:
            if self._projects.delete(leftover) or self._delete_opened(leftover):
                removed.append(leftover)
            else:
                self._channel.left.append(leftover)
                self._channel.warn("Resolve can't delete the project %s of an earlier run." % leftover)
        return removed

    def create(self):
        """Makes a new project, which is open then, and the parking project where there is none."""
        self._respect()
        self._park()
        attempt = len(self._created) + 1
        name = self._channel.request["project"] + ("" if attempt == 1 else "-%d" % attempt)
        project = self._projects.create(name)
        if not project and name not in self._projects.names():
            self._channel.observe("create_project_refused_once", True)
            self._park_anew()
            project = self._projects.create(name)
        if not project:
            why = "it exists already" if name in self._projects.names() else "a dialog may be open in Resolve"
            raise Fault("PROJECT_CREATE", "Resolve can't create the project %s: %s." % (name, why))
        self._created.append(name)
        self.project = self._opened(name, project)
        self._projects.save(name)
        return self.project

    def is_open(self):
        """Whether the project of the clip is what is open."""
        return bool(self._created) and self._projects.opened(self._created[-1]) is not None

    def check(self):
        """Ends the command when somebody has opened another project: calls could go to that one."""
        current = self._manager.GetCurrentProject()
        if current is not None and not self.is_open():
            raise Fault("PROJECT_OPEN", "The project %s was opened in Resolve meanwhile." % current.GetName())

    def remove(self):
        """Saves, closes and deletes what was created. @returns the names of projects that stay."""
        if self._created and self.project is not None:
            self._close(self._created[-1])
        self.project = None
        self._created = [name for name in self._created if not self._projects.delete(name)]
        return self._created

    def _respect(self, is_ours_saved=False):
        """Asked again before each step that leaves what is open: people work meanwhile. One of ours that couldn't be saved
        isn't left either, since that would ask."""
        current = self._manager.GetCurrentProject()
        if current is None or self._is_free(current):
            return
        name = current.GetName()
        if is_ours_saved and self._is_own(name):
            return
        message = "The project %s is open in Resolve." % name
        if _is_empty(current):
            message += " If it is the empty one of another language's Resolve, create the project %s there, and save it." % self._parking
        raise Fault("PROJECT_OPEN", message)

    def _is_own(self, name):
        return self._own.fullmatch(name or "") is not None

    def _is_free(self, project):
        """Nobody's work: our parking project, or the unsaved one. In neither is there anything."""
        name = project.GetName() or ""
        return (name == self._parking or name.startswith(UNTITLED)) and _is_empty(project)

    def _is_free_now(self):
        current = self._manager.GetCurrentProject()
        return current is None or (self._is_free(current) and not current.IsRenderingInProgress())

    def _park(self):
        """Opens the parking project, and makes it where there is none."""
        if self._projects.opened(self._parking) or self._projects.load(self._parking):
            return
        project = self._projects.create(self._parking)
        if not project:
            message = "Resolve can't create the empty project %s. Create it there by hand and save it." % self._parking
            raise Fault("PROJECT_CREATE", message)
        self._opened(self._parking, project)
        self._projects.save(self._parking)

    def _park_anew(self):
        """The project that is open can stand in the way of a new one, even an empty one; one that was just opened doesn't."""
        self._respect()
        if self._projects.save(self._parking):
            self._projects.close(self._parking)
        self._projects.load(self._parking)

    def _opened(self, name, project):
        """Some versions make a project and don't open it: the calls that follow would go to the one that is open."""
        if self._projects.opened(name):
            return project
        self._channel.observe("create_project_opens", False)
        self._respect(is_ours_saved=True)
        loaded = self._projects.load(name)
        if not loaded:
            raise Fault("PROJECT_CREATE", "Resolve has created the project %s and doesn't open it." % name)
        return loaded

    def _close(self, name):
        """Closing is what lets Resolve delete a project; opening another one over it isn't enough."""
        if not self._projects.opened(name):
            return
        if not self._projects.save(name):
            self._channel.warn("Resolve can't save the project %s, which stays open." % name)
            return
        if self._parking not in self._projects.names():
            self._park()
            self._projects.load(name)
        if self._projects.close(name) and not self._is_left_empty():
            return
        if not self._projects.load(self._parking):
            self._channel.warn("Resolve can't open the project %s." % self._parking)

    def _is_left_empty(self):
        """Whatever its name is in the language of the interface, nobody has opened a project of work meanwhile."""
        current = self._manager.GetCurrentProject()
        return current is None or _is_empty(current)

    def _delete_opened(self, name):
        """One that was left open by its run is let go of by opening and closing it, where nobody's work is in the way."""
        if not self._is_free_now() or not self._projects.load(name):
            return False
        self._close(name)
        return self._projects.delete(name)

    def _stop(self, project):
        if not project.IsRenderingInProgress():
            return
        project.StopRendering()
        while project.IsRenderingInProgress():
            self._channel.wait(0.5)
            self._channel.check()


def _is_empty(project):
    """Only what Resolve says outright counts: a pool that doesn't answer is somebody's."""
    pool = project.GetMediaPool()
    root = pool.GetRootFolder() if pool else None
    if not root or project.GetTimelineCount() != 0:
        return False
    return all(isinstance(one, (list, dict)) and not one for one in (root.GetClipList(), root.GetSubFolderList()))

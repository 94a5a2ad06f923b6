"""Projects of our own in somebody else's Resolve: one for each clip, and one to rest on. No other is saved, closed or deleted.

Closing a project that has changes, or the unsaved one that Resolve opens by itself, asks in a window and blocks Resolve until
somebody answers. So ours are saved before they are closed, and between clips an empty, saved project of ours is open.
"""

import re
import time

from connection import ensure_idle
from faults import Fault

UNTITLED = "Untitled Project"
DELETE_TRIES = 5
DELETE_PAUSE_S = 1


class Workspace:
    """Projects are ours whose whole names are the request's prefix and numbers as in `create`. The runner holds the
    machine's lock, so those that are there were left by a run that died."""

    def __init__(self, channel, manager):
        self._channel = channel
        self._manager = manager
        self._parking = channel.request["parking"]
        self._own = re.compile(re.escape(channel.request["projectPrefix"]) + r"\d+-\d+-\d+(-\d+)?")
        self._created = []
        self.project = None

    def claim(self):
        """Clears what a run that died has left, and ends the command when somebody else's project is open."""
        self.sweep()
        if self._manager.GetCurrentProject() is not None:
            ensure_idle(self._manager)
        self._respect()

    def sweep(self):
        """Stops and removes what is ours, and touches nothing else. @returns the names of what was removed."""
        # Ours lie at the top of the database; what a list, an opening or a deletion sees is the folder that is open.
        self._manager.GotoRootFolder()
        current = self._manager.GetCurrentProject()
        if current is not None and self._is_own(current.GetName()):
            self._stop(current)
            self._close(current)
        leftovers = [name for name in self._listed() if self._is_own(name)]
        if leftovers and self._is_free_now():
            self._manager.LoadProject(self._parking)
        removed = []
        for leftover in leftovers:
            if self._delete(leftover) or self._delete_opened(leftover):
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
        project = self._manager.CreateProject(name)
        if not project and name not in self._listed():
            # The project that is open can stand in the way; a clean one doesn't.
            self._channel.observe("create_project_refused_once", True)
            self._manager.LoadProject(self._parking)
            project = self._manager.CreateProject(name)
        if not project:
            why = "it exists already" if name in self._listed() else "a dialog may be open in Resolve"
            raise Fault("PROJECT_CREATE", "Resolve can't create the project %s: %s." % (name, why))
        self._created.append(name)
        self.project = self._opened(name, project)
        self._save()
        return self.project

    def remove(self):
        """Saves, closes and deletes what was created. @returns the names of projects that stay."""
        if self.project is not None:
            self._close(self.project)
            self.project = None
        self._created = [name for name in self._created if not self._delete(name)]
        return self._created

    def _respect(self):
        """Asked again before each step that leaves what is open: people work meanwhile."""
        current = self._manager.GetCurrentProject()
        if current is not None and not self._is_own(current.GetName()) and not self._is_free(current):
            raise Fault("PROJECT_OPEN", "The project %s is open in Resolve." % current.GetName())

    def _is_own(self, name):
        return self._own.fullmatch(name or "") is not None

    def _is_free(self, project):
        """Nobody's work: our parking project, or the unsaved one. In neither is there anything."""
        name = project.GetName() or ""
        return (name == self._parking or name.startswith(UNTITLED)) and _is_empty(project)

    def _is_free_now(self):
        current = self._manager.GetCurrentProject()
        return current is None or self._is_free(current)

    def _park(self):
        """Opens the parking project, and makes it where there is none."""
        current = self._manager.GetCurrentProject()
        if current is not None and current.GetName() == self._parking:
            return
        if self._manager.LoadProject(self._parking):
            return
        project = self._manager.CreateProject(self._parking)
        if not project:
            message = "Resolve can't create the empty project %s. Create it there by hand and save it." % self._parking
            raise Fault("PROJECT_CREATE", message)
        self._opened(self._parking, project)
        self._save()

    def _opened(self, name, project):
        """Some versions make a project and don't open it: the calls that follow would go to the one that is open."""
        current = self._manager.GetCurrentProject()
        if current is not None and current.GetName() == name:
            return project
        self._channel.observe("create_project_opens", False)
        loaded = self._manager.LoadProject(name)
        if not loaded:
            raise Fault("PROJECT_CREATE", "Resolve has created the project %s and doesn't open it." % name)
        return loaded

    def _save(self):
        """Saves the project that is open, if it is ours: somebody may have opened another meanwhile."""
        current = self._manager.GetCurrentProject()
        name = current.GetName() if current is not None else ""
        if name != self._parking and not self._is_own(name):
            return False
        return bool(self._manager.SaveProject())

    def _close(self, project):
        """Closing is what lets Resolve delete a project; opening another one over it isn't enough. Unsaved, it would ask."""
        name = project.GetName()
        if not self._save():
            self._channel.warn("Resolve can't save the project %s, which stays open." % name)
            return
        if self._parking not in self._listed():
            self._park()
            project = self._manager.LoadProject(name) or project
        self._manager.CloseProject(project)
        if not self._manager.LoadProject(self._parking):
            self._channel.warn("Resolve can't open the project %s." % self._parking)

    def _delete(self, name):
        """Resolve often refuses right after closing."""
        for attempt in range(1, DELETE_TRIES + 1):
            if self._manager.DeleteProject(name):
                self._channel.observe("delete_project_tries", attempt)
                return True
            if self._is_gone(name):
                return True
            # Also tells the runner that nothing hangs.
            self._channel.observe("delete_project_refused", attempt)
            if attempt < DELETE_TRIES:
                time.sleep(DELETE_PAUSE_S)
        return False

    def _delete_opened(self, name):
        """One that was left open by its run is let go of by opening and closing it, where nobody's work is in the way."""
        project = self._manager.LoadProject(name) if self._is_free_now() else None
        if not project:
            return False
        self._close(project)
        return self._delete(name)

    def _stop(self, project):
        if not project.IsRenderingInProgress():
            return
        project.StopRendering()
        while project.IsRenderingInProgress():
            self._channel.wait(0.5)
            self._channel.check()

    def _is_gone(self, name):
        listed = self._manager.GetProjectListInCurrentFolder()
        current = self._manager.GetCurrentProject()
        is_open = current is not None and current.GetName() == name
        return listed is not None and name not in listed and not is_open

    def _listed(self):
        return self._manager.GetProjectListInCurrentFolder() or []


def _is_empty(project):
    """Only what Resolve says outright counts: a pool that doesn't answer is somebody's."""
    pool = project.GetMediaPool()
    root = pool.GetRootFolder() if pool else None
    if not root or project.GetTimelineCount() != 0:
        return False
    return all(isinstance(one, (list, dict)) and not one for one in (root.GetClipList(), root.GetSubFolderList()))

"""The projects at the top of the database, where ours lie.

Lists, opening and deleting work on the folder that is open in the project manager, and somebody at the machine may look into
another one at any time: each call goes to the top first.
"""

import time

DELETE_TRIES = 5
DELETE_PAUSE_S = 1


class Projects:
    def __init__(self, channel, manager):
        self._channel = channel
        self._manager = manager

    def opened(self, name):
        """The project that is open, if that is its name."""
        current = self._manager.GetCurrentProject()
        return current if current is not None and current.GetName() == name else None

    def names(self):
        return self._listed() or []

    def load(self, name):
        self._manager.GotoRootFolder()
        return self._manager.LoadProject(name)

    def create(self, name):
        self._manager.GotoRootFolder()
        return self._manager.CreateProject(name)

    def save(self, name):
        """Saves the project that is open, if that is its name: somebody may have opened another meanwhile."""
        return self.opened(name) is not None and bool(self._manager.SaveProject())

    def close(self, name):
        """Unsaved, it would ask."""
        project = self.opened(name)
        return project is not None and bool(self._manager.CloseProject(project))

    def delete(self, name):
        """Resolve often refuses right after closing. @returns whether it is gone."""
        for attempt in range(1, DELETE_TRIES + 1):
            self._manager.GotoRootFolder()
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

    def _is_gone(self, name):
        listed = self._listed()
        return listed is not None and name not in listed and self.opened(name) is None

    def _listed(self):
        self._manager.GotoRootFolder()
        return self._manager.GetProjectListInCurrentFolder()

"""Projects: made, opened, saved, closed and deleted, with every dialog that stands in the way of a script."""

from . import render, store
from .defaults import UNTITLED, new_project
from .project import Project
from .remote import Remote


class ProjectManager(Remote):
    def GetCurrentDatabase(self):
        return {"DbType": "Disk", "DbName": "Local Database"} if self._has_database() else None

    def GetProjectListInCurrentFolder(self):
        """Lists saved projects of the current folder of the database."""
        if not self._has_database():
            return None
        with store.state() as state:
            return [name for name, one in state["projects"].items() if one["saved"] and _is_here(state, name)]

    def GotoRootFolder(self):
        with store.state() as state:
            state["folder"] = ""
            return True

    def GetCurrentProject(self):
        with store.state() as state:
            return Project(state["current"]) if state["current"] else None

    def CreateProject(self, name):
        """None for a name that is taken, and while the project that is open stands in the way."""
        with store.state() as state:
            refused = store.knob("create_project", "ok") == "none"
            if refused or name in state["projects"] or not self._has_database():
                return None
            if state["projects"][state["current"]]["modified"]:
                return None
            facts = dict(store.knob("inherited", {}), folder=state["folder"])
            state["projects"][name] = new_project(saved=False, settings=dict(store.knob("defaults", {})), **facts)
            if store.knob("create_loads", True):
                _leave(state)
                state["current"] = name
            return Project(name)

    def LoadProject(self, name):
        """None for the project that is open already. Changes in the one that is left are asked about."""
        with store.state() as state:
            is_known = name in state["projects"] and _is_here(state, name)
            if name == state["current"] or not is_known:
                return None
            if not _asks(state):
                _leave(state)
                state["current"] = name
                return Project(name)
        store.ask("ProjectManager.LoadProject", "Save changes?")
        return None

    def SaveProject(self):
        """A project that Resolve opened by itself can't be saved: without a window the call never returns."""
        with store.state() as state:
            name = state["current"]
            if name != UNTITLED:
                if store.knob("save_project") == "refused":
                    return False
                state["projects"][name].update(saved=True, modified=False)
                return True
        if not store.has_window():
            store.hang("ProjectManager.SaveProject")
        return False

    def CloseProject(self, project):
        with store.state() as state:
            if state["current"] != project._name:
                return False
            if not _asks(state):
                _leave(state)
                state["projects"][UNTITLED] = new_project(saved=False)
                state["current"] = UNTITLED
                return True
        store.ask("ProjectManager.CloseProject", "Save changes?")
        return False

    def DeleteProject(self, name):
        with store.state() as state:
            if name == state["current"] or name not in state["projects"] or not _is_here(state, name):
                return False
            del state["projects"][name]
            return True

    def _has_database(self):
        return store.knob("database", "ok") == "ok"


def _is_here(state, name):
    return state["projects"][name]["folder"] == state["folder"]


def _asks(state):
    """A window asks about changes."""
    return store.has_window() and state["projects"][state["current"]]["modified"]


def _leave(state):
    """Without a window changes are lost; what was never saved is gone; what is rendered is orphaned."""
    render.orphan()
    name = state["current"]
    if not state["projects"][name]["saved"]:
        del state["projects"][name]
    elif state["projects"][name]["modified"]:
        state["projects"][name].update(modified=False, lost=True)

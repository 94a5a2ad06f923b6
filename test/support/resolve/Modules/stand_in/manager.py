"""Projects: made, opened, saved, closed and deleted, with every dialog that stands in the way of a script."""

from . import store
from .defaults import UNTITLED, new_project
from .project import Project
from .remote import Remote


class ProjectManager(Remote):
    def GetCurrentDatabase(self):
        return {"DbType": "Disk", "DbName": "Local Database"} if self._has_database() else None

    def GetProjectListInCurrentFolder(self):
        """What was never saved isn't listed, and what lies in another folder of the database neither."""
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
            blocked = store.knob("create_blocked") and not state.get("clean")
            if blocked or state["projects"][state["current"]]["modified"]:
                return None
            asks = bool(state.get("fallback")) and store.has_window()
            if state.get("fallback") and not asks:
                return None
            if not asks:
                return self._create(state, name)
        store.ask("ProjectManager.CreateProject", "Save Current Project")
        return None

    def _create(self, state, name):
        facts = dict(store.knob("inherited", {}), folder=state["folder"])
        settings = dict(store.knob("defaults", {}))
        state["projects"][name] = new_project(saved=False, settings=settings, held=True, **facts)
        if store.knob("create_loads", True):
            _leave(state)
            state["current"] = name
        return Project(name)

    def LoadProject(self, name):
        """None for the project that is open already. Changes in the one that is left are asked about."""
        with store.state() as state:
            refused = store.knob("load_project") == "refused"
            is_known = name in state["projects"] and _is_here(state, name)
            if refused or name == state["current"] or not is_known:
                return None
            if not _asks(state):
                _leave(state)
                state.update(current=name, fallback=False, clean=True)
                state["projects"][name]["held"] = True
                return Project(name)
        store.ask("ProjectManager.LoadProject", "Save changes?")
        return None

    def SaveProject(self):
        """What Resolve opens by itself can't be saved: without a window the call never comes back."""
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
            if not _asks(state, closing=True):
                state["projects"][project._name]["held"] = False
                _leave(state)
                state["projects"][UNTITLED] = new_project(saved=False)
                state.update(current=UNTITLED, fallback=True)
                return True
        store.ask("ProjectManager.CloseProject", "Save changes?")
        return False

    def DeleteProject(self, name):
        """Not while it is held or another isn't open, and not at the first try after it was closed."""
        with store.state() as state:
            project = state["projects"].get(name)
            if project is None or store.knob("delete_project") == "refused" or not _is_here(state, name):
                return False
            if name == state["current"] or project["held"] or state["current"] == UNTITLED:
                return False
            project["delete_refusals"] += 1
            if project["delete_refusals"] <= store.knob("delete_flaky", 1):
                return False
            del state["projects"][name]
            return True

    def _has_database(self):
        return store.knob("database", "ok") == "ok"


def _is_here(state, name):
    return state["projects"][name]["folder"] == state["folder"]


def _asks(state, closing=False):
    """A window asks about changes, and about closing what can't be saved."""
    name = state["current"]
    is_stuck = closing and name == UNTITLED and state.get("fallback")
    return store.has_window() and (state["projects"][name]["modified"] or bool(is_stuck))


def _leave(state):
    """Without a window changes are lost; what was never saved is gone."""
    name = state["current"]
    if not state["projects"][name]["saved"]:
        del state["projects"][name]
    elif state["projects"][name]["modified"]:
        state["projects"][name].update(modified=False, lost=True)
    state["fallback"] = False

"""The application, its project manager and its storage."""

from . import store
from .project import Project
from .remote import Remote


class Resolve(Remote):
    def GetProductName(self):
        is_studio = store.knob("edition", "studio") == "studio"
        return "DaVinci Resolve Studio" if is_studio else "DaVinci Resolve"

    def GetVersionString(self):
        return store.knob("version", "21.0.4.5")

    def GetProjectManager(self):
        return ProjectManager()

    def GetMediaStorage(self):
        return MediaStorage()


class Resolve211(Resolve):
    """Since 21.1."""

    def IsStudio(self):
        return store.knob("edition", "studio") == "studio"


class MediaStorage(Remote):
    def GetMountedVolumeList(self):
        return store.knob("storage_roots", ["/"])


class ProjectManager(Remote):
    def GetCurrentDatabase(self):
        return {"DbType": "Disk", "DbName": "Local Database"} if self._has_database() else None

    def GetProjectListInCurrentFolder(self):
        if not self._has_database():
            return None
        with store.state() as state:
            return [name for name, project in state["projects"].items() if project["saved"]]

    def GetCurrentProject(self):
        with store.state() as state:
            return Project(state["current"]) if state["current"] else None

    def CreateProject(self, name):
        """The new project becomes the current one; what was open is closed without saving."""
        with store.state() as state:
            refused = store.knob("create_project", "ok") == "none"
            if refused or name in state["projects"] or not self._has_database():
                return None
            _close_current(state)
            state["projects"][name] = store.new_project(**store.knob("inherited", {}))
            state["current"] = name
        return Project(name)

    def LoadProject(self, name):
        """None for the project that is open already."""
        with store.state() as state:
            refused = store.knob("load_project") == "refused"
            if refused or name == state["current"] or name not in state["projects"]:
                return None
            _close_current(state)
            state["current"] = name
        return Project(name)

    def CloseProject(self, project):
        with store.state() as state:
            if state["current"] != project._name:
                return False
            _close_current(state)
            state["projects"]["Untitled Project"] = store.new_project(saved=False)
            state["current"] = "Untitled Project"
            return True

    def DeleteProject(self, name):
        with store.state() as state:
            state["refusals"] = state.get("refusals", 0) + 1
            if state["refusals"] <= store.knob("delete_flaky", 0) or store.knob("delete_project") == "refused":
                return False
            if name == state["current"] or name not in state["projects"]:
                return False
            del state["projects"][name]
            return True

    def _has_database(self):
        return store.knob("database", "ok") == "ok"


def _close_current(state):
    name = state["current"]
    if name in state["projects"] and not state["projects"][name]["saved"]:
        del state["projects"][name]

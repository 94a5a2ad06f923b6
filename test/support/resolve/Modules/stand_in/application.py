"""The application and its storage."""

from . import store
from .manager import ProjectManager
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

    def GetCurrentPage(self):
        return store.current_page()

    def OpenPage(self, name):
        """Without a window there is none."""
        if not store.has_window():
            return False
        with store.state() as state:
            state["page"] = name
            return True


class Resolve211(Resolve):
    """Since 21.1."""

    def IsStudio(self):
        return store.knob("edition", "studio") == "studio"


class MediaStorage(Remote):
    def GetMountedVolumeList(self):
        return store.knob("storage_roots", ["/"])

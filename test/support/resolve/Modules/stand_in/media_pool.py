"""Media: what a file is comes from the scenario; only a QuickTime file is looked into."""

import os
import re
import uuid

from . import probe, render, settings as rules, store
from .remote import Remote

CLIP = {
    "Format": "BRAW",
    "Video Codec": "Blackmagic RAW",
    "Resolution": "640x360",
    "FPS": 24.0,
    "Frames": "24",
    "Start TC": "19:37:31:16",
    "Drop frame": "0",
    "Audio Ch": "2",
    "PAR": "Square",
    "Reel Name": "",
    "Online Status": "Online",
    "Type": "Video + Audio",
}
# Values are in the language of the interface, keys are not.
WORDS = {
    "it": {"Online": "In linea", "Offline": "Non in linea", "Square": "Quadrato"},
    "ja": {"Online": "オンライン", "Offline": "オフライン", "Square": "スクエア"},
    "zh": {"Online": "在线", "Offline": "离线", "Square": "方形"},
}


# State of the stand-in itself.
OWN = ("is_offline", "Picture")


class MediaPool(Remote):
    def __init__(self, project):
        self._project = project

    def GetRootFolder(self):
        return Folder(self._project)

    def ImportMedia(self, items):
        """Nothing for a path that is relative, not there, or of no use to Resolve."""
        clips = []
        with self._project._open() as project:
            for item in items if project is not None else []:
                properties = _properties(item, project)
                if properties is not None:
                    identity = str(uuid.uuid4())
                    project["clips"][identity] = properties
                    project["modified"] = True
                    clips.append(MediaPoolItem(self._project, identity))
        return clips

    def DeleteClips(self, clips):
        with self._project._open() as project:
            if project is None or store.knob("delete_media") == "refused":
                return False
            render.orphan()
            project["modified"] = True
            for clip in clips:
                project["clips"].pop(clip._identity, None)
            return True

    def DeleteTimelines(self, timelines):
        with self._project._open() as project:
            if project is None or store.knob("delete_media") == "refused":
                return False
            render.orphan()
            project["modified"] = True
            for timeline in timelines:
                project["timelines"].pop(timeline._name, None)
            project.pop("timeline", None)
            return True

    def CreateTimelineFromClips(self, name, clips):
        with self._project._open() as project:
            known = [clip._identity for clip in clips if project and clip._identity in project["clips"]]
            if store.knob("timeline_none") or not known or name in project["timelines"]:
                return None
            project["modified"] = True
            project["timelines"][name] = {"clips": sorted(set(known)), "start": "01:00:00:00", "settings": {}}
            return Timeline(self._project, name)


class Folder(Remote):
    """The root of a media pool."""

    def __init__(self, project):
        self._project = project

    def GetClipList(self):
        with self._project._open() as project:
            return [MediaPoolItem(self._project, identity) for identity in project["clips"]] if project else None

    def GetSubFolderList(self):
        with self._project._open() as project:
            return [Folder(self._project) for _ in project["bins"]] if project else None


class MediaPoolItem(Remote):
    def __init__(self, project, identity):
        self._project, self._identity = project, identity

    def GetClipProperty(self, name=None):
        with self._project._open() as project:
            properties = project["clips"].get(self._identity) if project else None
        if properties is None:
            return None
        words = WORDS.get(store.knob("locale", "en"), {})
        told = {key: words.get(value, value) for key, value in properties.items() if key not in OWN}
        return told if name is None else told.get(name, "")


class Timeline(Remote):
    def __init__(self, project, name):
        self._project, self._name = project, name

    def GetName(self):
        return self._name

    def SetStartTimecode(self, timecode):
        with self._project._open() as project:
            if project is None or store.knob("refuse_timecode"):
                return False
            project["timelines"][self._name]["start"] = timecode
            return True

    def GetStartTimecode(self):
        with self._project._open() as project:
            return project["timelines"][self._name]["start"] if project else None

    def GetSetting(self, name):
        """The project's while the timeline has none of its own."""
        with self._project._open() as project:
            own = project["timelines"][self._name]["settings"] if project else {}
            has_own = own.get("useCustomSettings") == "1"
            return own.get("useCustomSettings", "0") if name == "useCustomSettings" else (
                own if has_own else project["settings"] if project else {}
            ).get(name, "")

    def SetSetting(self, name, value):
        with self._project._open() as project:
            if project is None:
                return False
            own = project["timelines"][self._name]["settings"]
            if name == "useCustomSettings":
                project["timelines"][self._name]["settings"] = dict(project["settings"], useCustomSettings=value)
                return True
            if own.get("useCustomSettings") != "1" or not rules.accepts(own, name, value, True, is_timeline=True):
                return False
            own[name] = rules.kept(name, value)
            return True


def _properties(item, project):
    path = item["FilePath"] if isinstance(item, dict) else item
    special = store.knob("media", {}).get(path, store.knob("clip", {}))
    if special is None or not os.path.isabs(path) or (store.knob("platform") == "win32" and "\\" in path):
        return None
    if isinstance(item, dict):
        properties = _sequence(path, item["StartIndex"], item["EndIndex"], special)
    else:
        properties = dict(CLIP, **dict(probe.properties_of(path), **special)) if os.path.isfile(path) else None
    if properties is not None and properties["FPS"] is None:
        # Frames without a rate take the project's, and so much for its rate.
        properties["FPS"] = project["settings"]["timelineFrameRate"]
    if properties is not None:
        properties["File Name"] = os.path.basename(path)
        properties["is_offline"] = properties["Online Status"] == "Offline"
    return properties


def _sequence(path, first, last, special):
    """One number and nothing else: what `%%` means isn't documented."""
    if len(re.findall("%", path)) != 1 or not re.search(r"%0\d+d", path):
        return None
    if not all(os.path.isfile(path % index) for index in range(first, last + 1)):
        return None
    return dict(dict(CLIP, Frames=str(last - first + 1)), **special)

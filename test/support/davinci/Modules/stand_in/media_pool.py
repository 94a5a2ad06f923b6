"""Media: what a file is comes from the scenario, never from looking inside."""

import os
import uuid

from . import store
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
    "Online Status": "Online",
    "Type": "Video + Audio",
}


class MediaPool(Remote):
    def __init__(self, project):
        self._project = project

    def ImportMedia(self, items):
        """Nothing for a path that is relative, not there, or of no use to Resolve."""
        clips = []
        with self._project._open() as project:
            for item in items if project is not None else []:
                properties = _properties(item)
                if properties is not None:
                    identity = str(uuid.uuid4())
                    project["clips"][identity] = properties
                    clips.append(MediaPoolItem(self._project, identity))
        return clips

    def CreateTimelineFromClips(self, name, clips):
        with self._project._open() as project:
            known = [clip._identity for clip in clips if project and clip._identity in project["clips"]]
            if store.knob("timeline_none") or not known:
                return None
            project["timelines"][name] = {"clips": sorted(set(known)), "start": "01:00:00:00"}
            return Timeline(self._project, name)


class MediaPoolItem(Remote):
    def __init__(self, project, identity):
        self._project, self._identity = project, identity

    def GetClipProperty(self, name=None):
        with self._project._open() as project:
            properties = project["clips"].get(self._identity) if project else None
        if properties is None:
            return None
        return properties if name is None else properties.get(name, "")


class Timeline(Remote):
    def __init__(self, project, name):
        self._project, self._name = project, name

    def SetStartTimecode(self, timecode):
        with self._project._open() as project:
            if project is None or store.knob("refuse_timecode"):
                return False
            project["timelines"][self._name]["start"] = timecode
            return True

    def GetStartTimecode(self):
        with self._project._open() as project:
            return project["timelines"][self._name]["start"] if project else None


def _properties(item):
    path = item["FilePath"] if isinstance(item, dict) else item
    special = store.knob("media", {}).get(path, store.knob("clip", {}))
    if special is None or not os.path.isabs(path):
        return None
    if not isinstance(item, dict):
        return dict(CLIP, **special) if os.path.isfile(path) else None
    first, last = item["StartIndex"], item["EndIndex"]
    if not all(os.path.isfile(path % index) for index in range(first, last + 1)):
        return None
    return dict(dict(CLIP, Frames=str(last - first + 1)), **special)

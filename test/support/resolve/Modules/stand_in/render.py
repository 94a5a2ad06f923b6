"""Renders go on without their client: a process of its own writes a real file and its progress."""

import json
import os
import subprocess
import sys

from . import store

STATES = ["Ready", "Rendering", "Complete", "Failed", "Cancelled"]
WORDS = {
    "en": STATES,
    "it": ["Pronto", "In corso", "Concluso", "Errore", "Annullato"],
    "zh": ["就绪", "渲染中", "已完成", "失败", "已取消"],
    "ja": ["準備完了", "レンダリング中", "完了", "失敗", "キャンセル"],
}


def job_of(project):
    """Snapshot of a project for the queue."""
    timeline = project["timelines"][project["timeline"]]
    own = timeline["settings"]
    return {
        "clip": project["clips"][timeline["clips"][0]],
        "start": timeline["start"],
        "timeline": dict(project["settings"], **(own if own.get("useCustomSettings") == "1" else {})),
        "format": project["format"][0],
        "codec": project["format"][1],
        "mode": project["mode"],
        "settings": dict(project["render"]),
    }


def entry(job, facts):
    """Entry of the queue, where numbers are text."""
    settings = facts["settings"]
    listed = {"JobId": job, "TargetDir": settings.get("TargetDir"), "FrameRate": str(rate_of(facts))}
    for key in ("FormatWidth", "FormatHeight"):
        listed[key] = str(settings.get(key))
    for key in ("ExportVideo", "ExportAudio"):
        listed["Is" + key] = settings.get(key)
    return dict(listed, **store.knob("queued_as", {}))


def rate_of(facts):
    """A render setting comes before the timeline's."""
    return facts["settings"].get("FrameRate", facts["timeline"]["timelineFrameRate"])


def start(job, facts):
    """One render at a time; a second one is a violation that tests look for."""
    if is_running():
        store.log("VIOLATION: two renders at once", [job], None)
        return False
    # A queued job may wait for a moment before anything goes on.
    waits = store.knob("start_latency_s", 0) > 0
    store.write("progress.json", {"job": job, "state": "Ready", "percent": 0, "waiting": waits})
    store.write("rendering.json", {"job": job})
    store.write("job.json", dict(facts, job=job))
    worker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "worker.py")
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen([sys.executable, "-B", worker], start_new_session=True, **quiet)
    return True


def stop():
    """A graphics card that hangs doesn't stop, and what is orphaned neither."""
    if is_running() and store.knob("stop") != "ignored" and not _is_orphan():
        open(store.path("stop"), "w").close()


def orphan():
    """What is rendered while its project is left, or its clip or job deleted, goes on for ever as far as Resolve tells, and
    nothing else is rendered until the program is started again."""
    if os.path.exists(store.path("rendering.json")):
        store.log("VIOLATION: orphaned render", [], None)
        open(store.path("orphan"), "w").close()


def _is_orphan():
    return os.path.exists(store.path("orphan"))


def is_of(job):
    return os.path.exists(store.path("rendering.json")) and bool(_progress(job))


def is_running():
    if store.knob("other_client_rendering") or _is_orphan():
        return True
    return os.path.exists(store.path("rendering.json")) and not _progress().get("waiting", False)


def status(job):
    progress = _progress(job)
    words = dict(zip(STATES, WORDS[store.knob("locale", "en")]))
    answer = {"JobStatus": words[progress.get("state", "Ready")], "CompletionPercentage": progress.get("percent", 0)}
    if "error" in progress:
        answer["Error"] = progress["error"]
    return answer


def _progress(job=None):
    try:
        with open(store.path("progress.json"), encoding="utf-8") as file:
            progress = json.load(file)
            return progress if job in (None, progress["job"]) else {}
    except OSError:
        return {}

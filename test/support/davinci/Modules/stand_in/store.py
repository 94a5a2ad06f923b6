"""What outlives a process: knobs (scenario.json), state (state.json), calls (calls.jsonl), found beside this file."""

import contextlib
import ctypes
import fcntl
import json
import os
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "state")


def path(name):
    return os.path.join(FOLDER, name)


def knob(name, default=None):
    try:
        with open(path("scenario.json"), encoding="utf-8") as file:
            return json.load(file).get(name, default)
    except OSError:
        return default


def version():
    return tuple(int(part) for part in knob("version", "21.0.4.5").split(".")[:3])


@contextlib.contextmanager
def state():
    """The state, for this process alone; changes are kept."""
    with open(path("lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            with open(path("state.json"), encoding="utf-8") as file:
                content = json.load(file)
        except OSError:
            content = {"projects": {"Untitled Project": new_project(saved=False)}, "current": "Untitled Project"}
        yield content
        temporary = path("state.json.new")
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(temporary, path("state.json"))


def new_project(saved=True, **facts):
    project = {"saved": saved, "settings": {"timelineFrameRate": 24.0}, "clips": {}, "timelines": {}, "jobs": {}}
    project.update({"render": {}, "format": ["mov", "ProRes422HQ"], "mode": 0}, **facts)
    return project


def log(method, arguments, answer):
    with open(path("calls.jsonl"), "a", encoding="utf-8") as file:
        call = {"pid": os.getpid(), "method": method, "arguments": arguments, "answer": answer}
        file.write(json.dumps(call, default=repr) + "\n")


def hang(method):
    """As a call does while a dialog is open."""
    log(method, [], "hangs")
    if knob("hold_gil"):
        ctypes.PyDLL(None).sleep(3600)
    time.sleep(3600)

"""State that outlives a process: knobs (scenario.json), state (state.json), calls (calls.jsonl), found beside this file."""

import contextlib
import ctypes
import fcntl
import json
import os
import time

from .defaults import UNTITLED, new_project

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "state")
# The run of the program that this process has reached; the objects of an earlier one are worth nothing.
CONNECTION = {"session": 0}


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


def has_window():
    return knob("ui", "window") == "window"


@contextlib.contextmanager
def state():
    """The state, for this process alone; changes are kept."""
    with open(path("lock"), "w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        try:
            with open(path("state.json"), encoding="utf-8") as file:
                content = json.load(file)
        except OSError:
            untitled = new_project(saved=False, **knob("inherited", {}))
            content = {"projects": {UNTITLED: untitled}, "current": UNTITLED, "folder": knob("folder", "")}
        yield content
        write("state.json", content)


def write(name, content):
    with open(path(name) + ".new", "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(path(name) + ".new", path(name))


def contains(folder, path):
    """Compares paths as written: no link is followed."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def meanwhile(state, method):
    """Somebody at the machine opens another project or folder at the moment of a call: once."""
    changes = knob("meanwhile", {})
    if not changes:
        state.pop("interrupted", None)
    elif method in changes and method not in state.setdefault("interrupted", []):
        state["interrupted"].append(method)
        state.update(changes[method])


def log(method, arguments, answer, **facts):
    with open(path("calls.jsonl"), "a", encoding="utf-8") as file:
        call = dict(facts, pid=os.getpid(), method=method, arguments=arguments, answer=answer)
        file.write(json.dumps(call, default=repr) + "\n")


def current_page():
    with state() as content:
        return content.get("page", "media") if has_window() else None


def current():
    with state() as content:
        return content["current"]


def hang(method, arguments=()):
    """Hangs like a call that Resolve never answers."""
    log(method, list(arguments), "hangs", current=current())
    if knob("hold_gil"):
        ctypes.PyDLL(None).sleep(3600)
    time.sleep(3600)


def ask(method, question):
    """A dialog blocks the whole application until somebody closes it; what asked for it has then not been done."""
    log(method, [], "hangs: " + question, current=current())
    with open(path("dialog"), "w", encoding="utf-8") as file:
        file.write(question)
    wait_for_dialog(method)


def wait_for_dialog(method, arguments=()):
    """True when a dialog kept the call waiting."""
    if not os.path.exists(path("dialog")):
        return False
    log(method, list(arguments), "waits for a dialog", current=current())
    while os.path.exists(path("dialog")):
        time.sleep(0.05)
    return True

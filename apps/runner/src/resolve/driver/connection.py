"""Connects to Resolve, waits until it has started, and identifies it."""

import platform
import re
import time

from channel import Fault


def connect(channel, module, seconds):
    message = "Resolve gave no answer within %g s." % seconds
    return _ask(channel, seconds, lambda: module.scriptapp("Resolve"), Fault("NOT_CONNECTED", message))


def wait_until_ready(channel, resolve, seconds):
    """Waits for the database: Resolve answers before it has one and, after a bad shutdown, may never get one."""

    def ready():
        manager = resolve.GetProjectManager()
        return manager if manager is not None and manager.GetCurrentDatabase() else None

    message = "Resolve answers, but has no project manager with a database."
    return _ask(channel, seconds, ready, Fault("RESOLVE_WEDGED", message))


def _ask(channel, seconds, question, fault):
    """Repeats a question until it is answered: Resolve returns None for any failure."""
    deadline = time.monotonic() + seconds
    while True:
        answer = question()
        if answer is not None:
            return answer
        left = deadline - time.monotonic()
        if left <= 0:
            raise fault
        channel.wait(min(0.5, left))


def describe(resolve, module, minimum):
    """Product and version. Only Studio can be relied on for scripting; IsStudio exists since 21.1. A version that can't
    be parsed is accepted."""
    product = resolve.GetProductName() or ""
    is_studio = resolve.IsStudio() if "IsStudio" in dir(resolve) else "Studio" in product
    version = resolve.GetVersionString() or ""
    if not is_studio:
        raise Fault("NOT_STUDIO", "%s %s is not the Studio edition." % (product, version))
    if _numbers(version) and _numbers(version) < _numbers(minimum):
        raise Fault("VERSION_TOO_OLD", "%s %s is too old: %s or newer is needed." % (product, version, minimum))
    python, path = platform.python_version(), getattr(module, "__file__", None)
    return {"product": product, "version": version, "python": python, "module": path}


def ensure_idle(manager):
    """Ends the command if Resolve is rendering: it renders one job at a time."""
    project = manager.GetCurrentProject()
    if project is not None and project.IsRenderingInProgress():
        raise Fault("RESOLVE_BUSY", "Resolve is rendering the project %s." % project.GetName())


def _numbers(version):
    """Numbers in a version such as 21.0.4.5 or 18.1b3.5, as a list that can be compared."""
    return [int(number) for number in re.findall(r"\d+", version)]

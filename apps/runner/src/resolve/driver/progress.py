"""Follows a render to its end. Resolve translates its words for the state: they decide nothing but a failure."""

import os
import time

from faults import Fault

POLL_S = 0.5
# Right after the start a job may still be waiting, with nothing in progress.
BEGIN_GRACE_S = 30
# Two looks at least this far apart must agree that nothing goes on.
IDLE_S = 2
STOP_S = 10
ENGLISH_FAILURES = ("Failed", "Cancelled")


def follow(channel, workspace, job):
    """Returns when the render has ended well by Resolve's account; the file has the last word."""
    project = workspace.project
    began = changed = time.monotonic()
    idle_since = None
    seen_rendering = False
    last = None
    while True:
        status = project.GetRenderJobStatus(job) or {}
        is_rendering = bool(project.IsRenderingInProgress())
        percent = status.get("CompletionPercentage") or 0
        now = time.monotonic()
        channel.emit("progress", percent=percent, status=status.get("JobStatus"))
        if status.get("Error") or status.get("JobStatus") in ENGLISH_FAILURES:
            raise _failed(status)
        if not is_rendering and percent >= 100:
            return
        seen_rendering = seen_rendering or is_rendering
        is_idle = not is_rendering and (seen_rendering or now - began > BEGIN_GRACE_S)
        idle_since = (idle_since or now) if is_idle else None
        if idle_since is not None and now - idle_since >= IDLE_S:
            raise _failed(status)
        state = (percent, _written(channel.request["directory"]))
        if state != last:
            last, changed = state, now
        if now - changed >= channel.request["stallSeconds"]:
            _stop(workspace)
            raise Fault("RENDER_STALLED", "The render made no progress for %g s." % channel.request["stallSeconds"])
        channel.wait(POLL_S)
        if channel.cancelled:
            _stop(workspace)
            channel.check()


def _failed(status):
    text = status.get("Error") or status.get("JobStatus") or "no reason given"
    return Fault("RENDER_FAILED", "Resolve's render failed: %s" % text, status)


def _stop(workspace):
    """Resolve must not write on when its folder goes. With another project open, what goes on may be that one's render."""
    if not workspace.is_open():
        return
    workspace.project.StopRendering()
    deadline = time.monotonic() + STOP_S
    while workspace.project.IsRenderingInProgress() and time.monotonic() < deadline:
        time.sleep(0.1)


def _written(directory):
    total = 0
    for folder, _, names in os.walk(directory):
        for name in names:
            try:
                total += os.path.getsize(os.path.join(folder, name))
            except OSError:
                pass
    return total

"""Follows a render to its end. Resolve translates its status words, so only the English ones for failure are relied on."""

import os
import time

from channel import Fault

POLL_S = 0.5
# Seconds after the start in which a job may still be waiting, with nothing in progress.
BEGIN_GRACE_S = 30
# Seconds without any render in progress after which the render counts as failed.
IDLE_S = 2
ENGLISH_FAILURES = ("Failed", "Cancelled")


def follow(channel, project, job):
    """Returns when Resolve reports success; the runner checks the file itself."""
    began = changed = time.monotonic()
    idle_since, seen_rendering, last = None, False, None
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
        state = (percent, _written(channel.request["realDirectory"]))
        if state != last:
            last, changed = state, now
        if now - changed >= channel.request["stallSeconds"]:
            raise Fault("RENDER_STALLED", "The render made no progress for %g s." % channel.request["stallSeconds"])
        channel.wait(POLL_S)


def stop(channel, project):
    """Stops the project's render. After a rendering project is closed, emptied or left, Resolve renders nothing any more.

    Returns True if nothing is rendering any more.
    """
    if not project.IsRenderingInProgress():
        return True
    channel.enter("stop")
    begun = time.monotonic()
    project.StopRendering()
    while project.IsRenderingInProgress():
        if time.monotonic() - begun >= channel.request["phaseSeconds"]:
            return False
        time.sleep(POLL_S)
        channel.enter("stop")
    channel.observe("stop_seconds", round(time.monotonic() - begun, 1))
    return True


def _failed(status):
    text = status.get("Error") or status.get("JobStatus") or "no reason given"
    return Fault("RENDER_FAILED", "Resolve's render failed: %s" % text)


def _written(directory):
    try:
        return sum(one.stat().st_size for one in os.scandir(directory))
    except OSError:
        return 0

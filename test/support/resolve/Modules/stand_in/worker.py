"""Renders one job with FFmpeg, or misbehaves as the scenario says. Run as a process of its own."""

import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from stand_in import picture, store  # noqa: E402

LIFETIME_S = 300


def main():
    with open(store.path("job.json"), encoding="utf-8") as file:
        job = json.load(file)
    store.write("worker.json", {"pid": os.getpid()})
    try:
        _render(job, store.knob("render", "ok"))
    finally:
        for name in ("rendering.json", "worker.json", "stop"):
            if os.path.exists(store.path(name)):
                os.remove(store.path(name))


def _render(job, how):
    _tell(job, "Ready", 0, waiting=store.knob("start_latency_s", 0) > 0)
    _pause(store.knob("start_latency_s", 0))
    _tell(job, "Rendering", 0)
    if how.startswith("fail:"):
        return _tell(job, "Failed", 30, error=how[5:])
    if how == "fail_hidden":
        # The failure waits in a dialog; until that is closed, everything looks like rendering.
        _tell(job, "Rendering", 30)
        return _tell(job, "Cancelled", 30) if _pause(LIFETIME_S) else None
    rendered = picture.encode(job, how, store.FOLDER, _is_stopped)
    targets = picture.targets(job, how)
    for target in targets:
        with open(target, "wb") as file:
            file.write(rendered[: len(rendered) // 3])
    if how == "stall":
        _tell(job, "Rendering", 40)
        if _pause(LIFETIME_S):
            _tell(job, "Cancelled", 40)
        return None
    for percent in range(20, 100, 20):
        _tell(job, "Rendering", percent)
        if _pause(store.knob("progress_step_s", 0)):
            return _tell(job, "Cancelled", percent)
    for target in targets:
        with open(target, "wb") as file:
            file.write(rendered)
    if how == "disk_full":
        return _tell(job, "Failed", 80, error="The disk is full")
    if how == "gives_up":
        return _tell(job, "Failed", 80)
    return _tell(job, "Rendering" if how == "never_complete" else "Complete", 100)


def _pause(seconds):
    """True when the render was stopped meanwhile."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _is_stopped():
            time.sleep(store.knob("stop_s", 0))
            return True
        time.sleep(0.02)
    return _is_stopped()


def _is_stopped():
    return os.path.exists(store.path("stop"))


def _tell(job, state, percent, **facts):
    store.write("progress.json", dict(facts, job=job["job"], state=state, percent=percent))


main()

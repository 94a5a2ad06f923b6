"""Puts the render into Resolve's queue and starts it."""

import os
import time

from faults import Fault
from paths import contains
from settings import shown, unlike

START_GRACE_S = 5


def check_storage(channel, resolve):
    """Outside its storage locations Resolve refuses a render without a reason, or hangs."""
    volumes = resolve.GetMediaStorage().GetMountedVolumeList() or []
    directory = os.path.realpath(channel.request["directory"])
    if volumes and not any(contains(os.path.realpath(volume), directory) for volume in volumes):
        listed = ", ".join(volumes)
        output = os.path.dirname(directory)
        raise Fault("RENDER_PATH", "%s is in none of Resolve's storage locations (%s)." % (output, listed))


def enqueue(channel, project, settings):
    """@returns the job's id."""
    job = project.AddRenderJob() or None
    if job is None:
        output = os.path.dirname(channel.request["directory"])
        raise Fault("RENDER_PATH", "Resolve refuses to queue a render into %s." % output)
    queued = next((one for one in project.GetRenderJobList() or [] if one.get("JobId") == job), None)
    if queued is None:
        raise Fault("QUEUE_FAILED", "The render is not in Resolve's queue.")
    values = shown(queued, settings)
    channel.emit("queued", settings=values)
    for key, found, wanted in unlike(values, settings):
        channel.warn("Resolve has queued %s %s instead of %s." % (key, found, wanted))
    return job


def start(channel, project, job):
    """Resolve sometimes says no although it has begun."""
    if project.StartRendering(job):
        return
    channel.observe("start_says_no", True)
    deadline = time.monotonic() + START_GRACE_S
    while not project.IsRenderingInProgress():
        if time.monotonic() >= deadline:
            raise Fault("START_REFUSED", "Resolve refuses to start the render.")
        channel.wait(0.2)
        channel.check()

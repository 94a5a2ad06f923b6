"""Target folder, render settings and the render queue."""

import os

from channel import Fault

QUEUE_TRIES = 5
START_TRIES = 25


def for_api(path, flavour=os.path):
    """Path with slashes on Windows, where backslashes break Resolve's interface. Elsewhere they are part of a name."""
    return path.replace("\\", "/") if flavour.sep == "\\" else path


def contains(folder, path, flavour=os.path):
    """True if a path is the folder or inside it. Compares normalised text, not the file system."""
    inner, outer = (flavour.normcase(flavour.normpath(one)) for one in (path, folder))
    return inner == outer or inner.startswith(outer.rstrip(flavour.sep) + flavour.sep)


def target_in(volumes, named, real, flavour=os.path):
    """Path by which Resolve accepts a directory: it compares paths as written, without following links. None if no
    path is inside a storage location. On macOS one location is a link to `/`."""
    for path in (named, real):
        if not volumes or any(contains(volume, path, flavour) for volume in volumes):
            return path
    return named if any(contains(flavour.realpath(volume), real, flavour) for volume in volumes) else None


def choose_target(channel, resolve):
    """Path of the target folder for Resolve. Outside its storage locations, Resolve refuses to render, or hangs."""
    volumes = resolve.GetMediaStorage().GetMountedVolumeList() or []
    named, real = channel.request["directory"], channel.request["realDirectory"]
    target = target_in(volumes, named, real)
    if target is None:
        where = (os.path.dirname(named), ", ".join(volumes))
        raise Fault("RENDER_PATH", "%s is in none of Resolve's storage locations (%s)." % where)
    return target


def select_codec(settings, project, plan):
    """Sets the first wanted codec that this Resolve has. Queries come first, because they may change settings."""
    render_format, candidates = plan["format"], plan["codecs"]
    available = list((project.GetRenderCodecs(render_format) or {}).values())
    codec = next((codec for codec in candidates if codec in available), None)
    if codec is None or not project.SetCurrentRenderFormatAndCodec(render_format, codec):
        facts = (" or ".join(candidates), render_format, ", ".join(available) or "none")
        raise Fault("CODEC_UNAVAILABLE", "This Resolve has no codec %s for %s; it has: %s." % facts)
    current = project.GetCurrentRenderFormatAndCodec() or {}
    settings.note("renderFormat", render_format, current.get("format"))
    settings.note("renderCodec", codec, current.get("codec"))
    answer = project.SetCurrentRenderMode(plan["mode"])
    kept = project.GetCurrentRenderMode()
    settings.note("renderMode", str(plan["mode"]), kept, answer)
    if kept != plan["mode"]:
        raise Fault("SETTINGS_REJECTED", "Resolve keeps its render mode at %s instead of %s." % (kept, plan["mode"]))
    return codec


def apply_settings(project, required, optional):
    """Applies the required settings in one call, because some work only together, and the optional ones one by one.
    Returns the accepted settings and the names of the refused ones."""
    if not project.SetRenderSettings(required):
        raise Fault("SETTINGS_REJECTED", "Resolve refuses the render settings %s." % ", ".join(sorted(required)))
    refused = [key for key, value in optional.items() if not project.SetRenderSettings({key: value})]
    return dict(required, **{key: value for key, value in optional.items() if key not in refused}), refused


def enqueue(channel, resolve, project, target):
    """Queues the render and returns the job's id. With a window, Resolve may refuse until the Deliver page is open."""
    request = channel.request
    names = ((target, request["realDirectory"]), (request["namedSource"], request["realSource"]))
    for named, real in names:
        if not _is_same(named, real):
            raise Fault("NAME_REPLACED", "%s leads to something else now." % named)
    for attempt in range(1, QUEUE_TRIES + 1):
        job = project.AddRenderJob()
        if job:
            queued = next((one for one in project.GetRenderJobList() or [] if one.get("JobId") == job), {})
            channel.emit("queued", settings=queued)
            return job
        channel.observe("add_job_refused", attempt)
        resolve.OpenPage("deliver")
        channel.wait(1)
    raise Fault("RENDER_PATH", "Resolve refuses to queue a render into %s." % os.path.dirname(target))


def _is_same(named, real):
    try:
        return os.path.samefile(named, real)
    except OSError:
        return False


def start(channel, project, job):
    """Starts the render. Resolve sometimes answers no although it has started."""
    if project.StartRendering(job):
        return
    channel.observe("start_says_no", True)
    for _ in range(START_TRIES):
        if project.IsRenderingInProgress():
            return
        channel.wait(0.2)
    raise Fault("START_REFUSED", "Resolve refuses to start the render.")

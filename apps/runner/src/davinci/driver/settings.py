"""Render settings, read back or narrowed down: Resolve refuses without saying what."""

from faults import Fault


def select_codec(project, render_format, candidates):
    """Sets the first of the wanted codecs that this Resolve has. A query can change what is set, so it comes first."""
    available = list((project.GetRenderCodecs(render_format) or {}).values())
    codec = next((codec for codec in candidates if codec in available), None)
    if codec is None or not project.SetCurrentRenderFormatAndCodec(render_format, codec):
        listed = ", ".join(available) or "none"
        wanted = " or ".join(candidates)
        message = "This Resolve has no codec %s for %s; it has: %s." % (wanted, render_format, listed)
        raise Fault("CODEC_UNAVAILABLE", message)
    current = project.GetCurrentRenderFormatAndCodec() or {}
    if current.get("codec") != codec or current.get("format") != render_format:
        raise Fault("CODEC_UNAVAILABLE", "Resolve stays with %s instead of %s." % (current, codec))
    return codec


def set_mode(project, mode):
    project.SetCurrentRenderMode(mode)
    kept = project.GetCurrentRenderMode()
    if kept != mode:
        raise Fault("SETTINGS_REJECTED", "Resolve keeps its render mode at %s instead of %s." % (kept, mode))


def apply_settings(project, required, optional):
    """All or nothing is what Resolve does; when it is nothing, each key is tried alone to find the ones it refuses."""
    wanted = dict(required, **optional)
    if project.SetRenderSettings(wanted):
        return wanted, []
    refused = [key for key, value in wanted.items() if not project.SetRenderSettings({key: value})]
    missing = [key for key in refused if key in required]
    if missing:
        raise Fault("SETTINGS_REJECTED", "Resolve refuses the render settings %s." % ", ".join(missing), refused)
    accepted = {key: value for key, value in wanted.items() if key not in refused}
    if not project.SetRenderSettings(accepted):
        raise Fault("SETTINGS_REJECTED", "Resolve refuses its render settings together.", sorted(accepted))
    return accepted, refused


# Resolve has no getter for render settings; a queued job shows some of them, under these names.
QUEUED = {
    "FormatWidth": "FormatWidth",
    "FormatHeight": "FormatHeight",
    "FrameRate": "FrameRate",
    "ExportVideo": "IsExportVideo",
    "ExportAudio": "IsExportAudio",
}


def unlike(queued, settings):
    """What of the settings a queued job doesn't have: key, found, wanted. What a job doesn't show is left to the file."""
    pairs = [(key, queued.get(name), settings[key]) for key, name in sorted(QUEUED.items()) if key in settings]
    return [(key, found, wanted) for key, found, wanted in pairs if found is not None and not _same(found, wanted)]


def _same(found, wanted):
    """Numbers come back as text now and then, a rate with its drop-frame."""
    try:
        return abs(float(str(found).split()[0]) - float(wanted)) < 0.01
    except (ValueError, IndexError):
        return str(found).lower() == str(wanted).lower()

"""Format, codec and render settings: what can be read back is, and a refusal is narrowed down, since Resolve says nothing of it."""

from faults import Fault

# Refused alone, whatever they are.
TOGETHER = (("FormatWidth", "FormatHeight"),)


def select_codec(pinned, project, plan):
    """Sets the first of the wanted codecs that this Resolve has. A query can change what is set, so it comes first."""
    render_format, candidates = plan["format"], plan["codecs"]
    formats = list((project.GetRenderFormats() or {}).values())
    if render_format not in formats:
        message = "This Resolve has no format %s; it has: %s." % (render_format, ", ".join(formats) or "none")
        raise Fault("CODEC_UNAVAILABLE", message)
    available = list((project.GetRenderCodecs(render_format) or {}).values())
    codec = next((codec for codec in candidates if codec in available), None)
    if codec is None or not project.SetCurrentRenderFormatAndCodec(render_format, codec):
        listed = ", ".join(available) or "none"
        wanted = " or ".join(candidates)
        message = "This Resolve has no codec %s for %s; it has: %s." % (wanted, render_format, listed)
        raise Fault("CODEC_UNAVAILABLE", message)
    if plan["hasSizeLimit"]:
        _check_size(project, render_format, codec, plan["timeline"])
    current = project.GetCurrentRenderFormatAndCodec() or {}
    pinned.note("renderFormat", render_format, current.get("format"), True)
    pinned.note("renderCodec", codec, current.get("codec"), True)
    if current.get("codec") != codec or current.get("format") != render_format:
        raise Fault("CODEC_UNAVAILABLE", "Resolve stays with %s instead of %s." % (current, codec))
    return codec


def _check_size(project, render_format, codec, size):
    """The list has the usual sizes only: just a picture that is larger than all of them is refused."""
    listed = [(int(one["Width"]), int(one["Height"])) for one in project.GetRenderResolutions(render_format, codec) or []]
    if not listed:
        return
    longest, shortest = max(map(max, listed)), max(map(min, listed))
    width, height = size["width"], size["height"]
    if max(width, height) > longest or min(width, height) > shortest:
        message = "This Resolve makes %s up to %dx%d, and the proxy is %dx%d." % (codec, longest, shortest, width, height)
        raise Fault("SIZE_UNAVAILABLE", message)


def set_mode(pinned, project, mode):
    answer = project.SetCurrentRenderMode(mode)
    kept = project.GetCurrentRenderMode()
    pinned.note("renderMode", str(mode), kept, answer)
    if kept != mode:
        raise Fault("SETTINGS_REJECTED", "Resolve keeps its render mode at %s instead of %s." % (kept, mode))


def apply_settings(project, required, optional):
    """The required ones at once, the others one by one. @returns what was taken, and the names of what was refused."""
    if not project.SetRenderSettings(required):
        named = [key for keys in _groups(required) if not project.SetRenderSettings(_some(required, keys)) for key in keys]
        what = ", ".join(named) if named else "%s together" % ", ".join(sorted(required))
        raise Fault("SETTINGS_REJECTED", "Resolve refuses the render settings %s." % what, sorted(required))
    refused = [key for key, value in optional.items() if not project.SetRenderSettings({key: value})]
    taken = dict(required, **_some(optional, [key for key in optional if key not in refused]))
    return taken, refused


def _groups(settings):
    """Some count only together."""
    joined = [keys for keys in TOGETHER if all(key in settings for key in keys)]
    single = [(key,) for key in settings if not any(key in keys for keys in joined)]
    return joined + single


def _some(settings, keys):
    return {key: settings[key] for key in keys}


# Resolve has no getter for render settings; a queued job shows some of them, under these names.
QUEUED = {
    "FormatWidth": "FormatWidth",
    "FormatHeight": "FormatHeight",
    "FrameRate": "FrameRate",
    "ExportVideo": "IsExportVideo",
    "ExportAudio": "IsExportAudio",
    "AudioCodec": "AudioCodec",
}


def shown(queued, settings):
    """What of the settings a queued job shows, under the names that they were set by."""
    pairs = ((key, queued.get(name)) for key, name in sorted(QUEUED.items()) if key in settings)
    return {key: value for key, value in pairs if value is not None}


def unlike(values, settings):
    """What a queued job shows otherwise: key, found, wanted. What it doesn't show is left to the file."""
    return [(key, found, settings[key]) for key, found in values.items() if not _same(found, settings[key])]


def _same(found, wanted):
    """Numbers come back as text now and then, a rate with its drop-frame."""
    try:
        return abs(float(str(found).split()[0]) - float(wanted)) < 0.01
    except (ValueError, IndexError):
        return str(found).lower() == str(wanted).lower()

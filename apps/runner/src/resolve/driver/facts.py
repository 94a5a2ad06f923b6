"""What a Resolve says of itself, for a report. It is asked with our project open: to ask for codecs changes a project."""

from workspace import UNTITLED, Workspace


def tell_facts(channel, resolve, manager):
    opened = manager.GetCurrentProject()
    is_untitled = opened is not None and (opened.GetName() or "").startswith(UNTITLED)
    channel.emit("facts", facts={"project": opened is not None, "untitled": is_untitled, "page": resolve.GetCurrentPage()})
    workspace = Workspace(channel, manager)
    workspace.claim()
    project = workspace.project
    formats = project.GetRenderFormats() or {}
    codecs = {key: project.GetRenderCodecs(key) for key in formats.values()}
    volumes = resolve.GetMediaStorage().GetMountedVolumeList()
    settings = project.GetSetting()
    channel.emit("facts", facts={"storage locations": volumes, "formats": formats, "codecs": codecs, "settings": settings})
    workspace.leave()

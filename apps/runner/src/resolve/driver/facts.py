"""What a Resolve says of itself, for a report: nothing is changed but which format is set."""


def tell_facts(channel, resolve, manager):
    project = manager.GetCurrentProject()
    formats = (project.GetRenderFormats() or {}) if project else {}
    channel.emit(
        "facts",
        facts={
            "open project": project and project.GetName(),
            "page": resolve.GetCurrentPage(),
            "storage locations": resolve.GetMediaStorage().GetMountedVolumeList(),
            "formats": formats,
            "codecs": {key: project.GetRenderCodecs(key) for key in formats.values()},
            "settings": project and project.GetSetting(),
        },
    )

import { asciiJson, type ScriptClip } from './script-data.ts';

/**
 * A Python script that attaches proxies in DaVinci Resolve: `LinkProxyMedia` of its scripting. The clips are text that the script
 * parses, and never part of its code.
 */
export function resolveScript(clips: readonly ScriptClip[]): string {
  // JSON of JSON: a string literal of Python that holds a line of JSON.
  const lines = clips.map((clip) => `    ${JSON.stringify(asciiJson(clip))},\n`);
  return `${HEAD}${lines.join('')}${TAIL}`;
}

const HEAD = `#!/usr/bin/env python3
# Attaches proxies to the clips of the project that is open in DaVinci Resolve 17 or newer.
# Run it from Workspace > Scripts, or by Python while Resolve is open and its scripting module can be found.
import json
import os
import sys

CLIPS = [json.loads(line) for line in (
`;

const TAIL = `)]


def connected():
    try:
        return bmd.scriptapp("Resolve")  # noqa: F821 - Resolve's own scripts have it.
    except NameError:
        pass
    try:
        import DaVinciResolveScript
    except ImportError:
        return None
    return DaVinciResolveScript.scriptapp("Resolve")


def clips_in(folder):
    for clip in folder.GetClipList() or []:
        yield clip
    for inner in folder.GetSubFolderList() or []:
        for clip in clips_in(inner):
            yield clip


def places_of(path):
    """A frame sequence is known by its frames, /A001/A001.[0001-0100].ari, and named by its folder."""
    yield path
    if "[" in os.path.basename(path):
        yield os.path.dirname(path)


def main():
    resolve = connected()
    project = resolve and resolve.GetProjectManager().GetCurrentProject()
    if not project:
        return "Resolve doesn't answer. Open it with a project, and allow scripts in its preferences."
    known = {}
    for clip in clips_in(project.GetMediaPool().GetRootFolder()):
        for place in places_of(clip.GetClipProperty("File Path") or ""):
            known.setdefault(place, []).append(clip)
    linked = 0
    problems = []
    for one in CLIPS:
        clips = known.get(one["source"], [])
        if not clips:
            problems.append("Not in the media pool: " + ascii(one["source"]))
        elif not os.path.isfile(one["proxy"]):
            problems.append("Not here: " + ascii(one["proxy"]))
        for clip in clips if os.path.isfile(one["proxy"]) else []:
            if clip.LinkProxyMedia(one["proxy"]):
                linked += 1
            else:
                problems.append("Resolve doesn't take it: " + ascii(one["proxy"]))
    print("%d proxies attached." % linked)
    for problem in problems:
        print(problem)
    return None if not problems else "%d not attached." % len(problems)


if __name__ == "__main__":
    sys.exit(main())
`;

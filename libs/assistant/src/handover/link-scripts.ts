/** ASCII-only JSON: a string literal in every language that has JSON's quotes, whatever a name contains. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Clip as passed to a script. */
interface ScriptClip {
  /** Path in the editing system. */
  source: string;
  proxy: string;
}

/**
 * Script that attaches proxies in Adobe Premiere Pro, in ExtendScript's language (ECMAScript 3). Clips are embedded as
 * JSON literals, never as code.
 */
export function premiereScript(clips: readonly ScriptClip[]): string {
  const lines = clips.map((clip) => `    ${asciiJson(clip)}`);
  return `${PREMIERE_HEAD}${lines.join(',\n')}${PREMIERE_TAIL}`;
}

const PREMIERE_HEAD = `// Attaches proxies to the clips of the project that is open in Adobe Premiere Pro.
// Run it by ExtendScript: from a panel, or from an editor that is connected to Premiere Pro.
(function () {
  var CLIPS = [
`;

const PREMIERE_TAIL = `
  ];
  var BIN = 2;
  var known = {};

  function each(item, visit) {
    for (var index = 0; index < item.children.numItems; index += 1) {
      var child = item.children[index];
      if (child.type === BIN) each(child, visit);
      else visit(child);
    }
  }

  // No path begins with a space, so none is taken for a property that every object has.
  function keyOf(path) {
    return ' ' + path;
  }

  each(app.project.rootItem, function (item) {
    var key = keyOf(item.getMediaPath());
    if (known[key] === undefined) known[key] = [];
    known[key].push(item);
  });

  var attached = 0;
  var problems = [];
  for (var place = 0; place < CLIPS.length; place += 1) {
    var clip = CLIPS[place];
    var items = known[keyOf(clip.source)] || [];
    if (items.length === 0) problems.push('Not in the project: ' + clip.source);
    for (var index = 0; index < items.length; index += 1) {
      var item = items[index];
      if (item.canProxy()) item.attachProxy(clip.proxy, 0);
      if (item.hasProxy()) attached += 1;
      else problems.push('Premiere Pro does not take it: ' + clip.proxy);
    }
  }
  var words = attached + ' proxies attached.';
  if (problems.length > 0) words += '\\n' + problems.slice(0, 20).join('\\n');
  if (problems.length > 20) words += '\\nand ' + (problems.length - 20) + ' more.';
  alert(words);
  return words;
})();
`;

/**
 * Python script that attaches proxies in DaVinci Resolve, by `LinkProxyMedia` of its API. Clips are embedded as text
 * that the script parses, never as code.
 */
export function resolveScript(clips: readonly ScriptClip[]): string {
  // Double-encoded: a Python string literal with one line of JSON.
  const lines = clips.map((clip) => `    ${JSON.stringify(asciiJson(clip))},\n`);
  return `${RESOLVE_HEAD}${lines.join('')}${RESOLVE_TAIL}`;
}

const RESOLVE_HEAD = `#!/usr/bin/env python3
# Attaches proxies to the clips of the project that is open in DaVinci Resolve 17 or newer.
# Run it from Workspace > Scripts, or by Python while Resolve is open and its scripting module can be found.
import json
import os
import sys

CLIPS = [json.loads(line) for line in (
`;

const RESOLVE_TAIL = `)]


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

import { asciiJson, type ScriptClip } from './script-data.ts';

/**
 * A script that attaches proxies in Adobe Premiere Pro, in the language that its ExtendScript knows (ECMAScript 3). The clips are a
 * literal of JSON, and never part of the code around it.
 */
export function premiereScript(clips: readonly ScriptClip[]): string {
  const lines = clips.map((clip) => `    ${asciiJson(clip)}`);
  return `${HEAD}${lines.join(',\n')}${TAIL}`;
}

const HEAD = `// Attaches proxies to the clips of the project that is open in Adobe Premiere Pro.
// Run it by ExtendScript: from a panel, or from an editor that is connected to Premiere Pro.
(function () {
  var CLIPS = [
`;

const TAIL = `
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

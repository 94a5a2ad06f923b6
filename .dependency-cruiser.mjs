import { existsSync } from 'node:fs';

/**
 * Who may import whom, checked by `npm run house`.
 *
 * Each list is an order: a room imports only rooms that stand below it, so no circle can close. A room is a folder's own
 * files; its subfolders are rooms of their own, unless it ends in `/**`. `.` is the top of the package. A room that has an
 * `index.ts` is entered by it alone.
 */
export const ROOMS = {
  'apps/runner/src': [
    '.',
    'cli',
    'health',
    'watch',
    'job',
    'validation',
    'routing',
    'resolve',
    'ffmpeg',
    'logging',
    'config',
  ],
  'apps/dashboard': [
    '.',
    'app/**',
    'components/overview',
    'components/clip',
    'components/job',
    'components/clips',
    'components/jobs',
    'components/shell',
    'components/text',
    'lib/indexer',
    'lib/http',
    'lib/query',
    'lib/words',
    'lib/index',
  ],
  'libs/assistant/src': [
    '.',
    'progress',
    'kit',
    'retry',
    'plan',
    'handover',
    'doctor',
    'cards',
    'lists',
    'mhl',
    'jobs',
    'refusal',
  ],
  'libs/storage/src': ['.', 'watch-folder', 'sources', 'process', 'files'],
  'libs/engines/src': [
    '.',
    'prove',
    'resolve',
    'make',
    'ffmpeg/prores',
    'ffmpeg',
    'verify',
    'content',
    'content/look',
    'content/frames',
    'content/audio',
    'content/measure',
    'proxy',
    'proxy/video',
    'proxy/audio',
    'proxy/time',
    'proxy/codecs',
    'proxy/plan',
    'proxy/containers',
    'routing',
    'preflight',
    'look',
    'burn-in',
    'media',
  ],
  'libs/jobspec/src': [
    '.',
    'contract',
    'fields',
    'naming',
    'reading',
    'inventory',
    'folder',
    'ledger',
    'result',
    'json',
    'failure',
    'schema',
    'wording',
    'vocabulary',
  ],
};

/** What the dashboard may import of the libraries: no decorators, no class-validator. */
const PLAIN_CONTRACT =
  '^libs/(jobspec/src/(result|folder|ledger|inventory)|storage/src/inventory|assistant/src/card)\\.ts$';
const PUBLIC_FACES = [PLAIN_CONTRACT, '^libs/[^/]+/src/index\\.ts$'];

const forbidden = [
  rule('no-circle-between-files', {}, { circular: true }),
  { ...rule('no-circle-between-folders', {}, { circular: true }), scope: 'folder' },
  ...Object.entries(ROOMS).flatMap(([root, rooms]) => downwards(root, rooms)),
  ...Object.entries(ROOMS).flatMap(([root, rooms]) => faces(root, rooms)),

  // apps → assistant → storage → engines → jobspec, each through its face.
  rule('jobspec-imports-nothing-of-ours', '^libs/jobspec/', '^(apps|libs/(?!jobspec/))'),
  rule('engines-import-only-jobspec', '^libs/engines/', '^(apps|libs/(storage|assistant))/'),
  rule('storage-knows-no-assistant', '^libs/storage/', '^(apps|libs/assistant)/'),
  rule('assistant-is-handed-the-service', '^libs/assistant/', '^apps/'),
  rule('service-knows-no-assistant', '^apps/runner/src/(?!cli/)', '^libs/assistant/'),
  rule('apps-do-not-meet', '^apps/([^/]+)/', { path: '^apps/', pathNot: '^apps/$1/' }),
  rule('libraries-have-one-face', '^(apps/[^/]+|libs/[^/]+)/', {
    path: '^libs/',
    pathNot: ['^$1/', ...PUBLIC_FACES],
  }),
  rule('dashboard-knows-the-plain-contract', '^apps/dashboard/', {
    path: '^libs/',
    pathNot: PLAIN_CONTRACT,
  }),
  rule('dashboard-has-no-decorators', '^apps/dashboard/', {
    path: 'node_modules/(class-validator|class-transformer|reflect-metadata|@nestjs)/',
    reachable: true,
  }),
  rule('libraries-know-no-nest', '^libs/', 'node_modules/@nestjs/'),
  rule('contract-and-engines-know-no-files-and-processes', '^libs/(jobspec|engines)/', {
    dependencyTypes: ['core'],
    path: '^(node:)?(fs|child_process|os|net|http)',
  }),
  rule(
    'storage-is-asked-with-a-deadline',
    {
      path: '^(apps/runner|libs)/',
      pathNot: '^libs/storage/src/files/bounded-fs\\.ts$',
    },
    { dependencyTypes: ['core'], path: '^(node:)?fs/promises$' },
  ),
  rule(
    'programs-are-started-bounded',
    { path: '^(apps/runner|libs)/', pathNot: '^libs/storage/src/process/' },
    {
      dependencyTypes: ['core'],
      dependencyTypesNot: ['type-only'],
      path: '^(node:)?child_process$',
    },
  ),
  rule(
    'only-main-starts',
    { pathNot: '^apps/runner/src/main\\.cts$' },
    '^apps/runner/src/main\\.ts$',
  ),
  rule('no-import-that-leads-nowhere', {}, { couldNotResolve: true }),
  rule(
    'no-forgotten-file',
    { orphan: true, pathNot: '\\.d\\.ts$|/next\\.config\\.ts$|/app/.*/route\\.ts$' },
    {},
  ),
];

export default {
  forbidden,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.ts$|(^|/)(dist|\\.next|testing)/|next-env\\.d\\.ts$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

/** A room must not import a room above it, and every file must be in a room. */
function downwards(root, rooms) {
  const patterns = rooms.map((room) => patternOf(root, room));
  const orders = rooms
    .map((room, index) =>
      rule(`${root}: ${room} looks down only`, patterns[index], patterns.slice(0, index).join('|')),
    )
    .slice(1);
  const everyFile = { path: `^${root}/`, pathNot: patterns };
  return [...orders, rule(`${root}: every file is in a room`, everyFile, {})];
}

/** What a room with an `index.ts` doesn't name there is its own business. */
function faces(root, rooms) {
  return rooms
    .filter((room) => room !== '.' && existsSync(`${root}/${room}/index.ts`))
    .map((room) => {
      const inside = patternOf(root, room);
      const inner = { path: inside, pathNot: `^${root}/${room}/index\\.ts$` };
      return rule(`${root}: ${room} is entered by its index.ts`, { pathNot: inside }, inner);
    });
}

function patternOf(root, room) {
  const folder = room === '.' ? root : `${root}/${room}`;
  return folder.endsWith('**') ? `^${folder.slice(0, -2)}` : `^${folder}/[^/]+$`;
}

function rule(name, from, to) {
  return { name, severity: 'error', from: pathOf(from), to: pathOf(to) };
}

function pathOf(condition) {
  return typeof condition === 'string' ? { path: condition } : condition;
}

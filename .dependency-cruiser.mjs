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
    'commands',
    'retry',
    'plan',
    'health',
    'doctor',
    'doctor/render-test',
    'doctor/prove',
    'watch',
    'watch/scan',
    'watch/work',
    'watch/finish',
    'watch/after',
    'watch/claim',
    'watch/folder',
    'handover',
    'handover/links',
    'handover/lists',
    'handover/clips',
    'cdl',
    'mhl',
    'job',
    'results',
    'validation',
    'routing',
    'resolve',
    'ffmpeg',
    'probe',
    'sources',
    'process',
    'files',
    'logging',
    'config',
    'text',
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
    'lib/server',
    'lib/http',
    'lib/query',
    'lib/format',
    'lib/live',
    'lib/indexer',
    'lib/store',
    'lib/reading',
    'lib/jobs',
    'lib/settings',
    'lib/text',
  ],
  'libs/engines/src': [
    '.',
    'prove',
    'cards',
    'resolve',
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
    'lists',
    'media',
  ],
  'libs/jobspec/src': [
    '.',
    'contract',
    'fields',
    'naming',
    'reading',
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
const PLAIN_CONTRACT = '^libs/(jobspec/src/(result|folder|ledger)|engines/src/card)\\.ts$';
const PUBLIC_FACES = [PLAIN_CONTRACT, '^libs/(jobspec|engines)/src/index\\.ts$'];

const forbidden = [
  rule('no-circle-between-files', {}, { circular: true }),
  { ...rule('no-circle-between-folders', {}, { circular: true }), scope: 'folder' },
  ...Object.entries(ROOMS).flatMap(([root, rooms]) => downwards(root, rooms)),
  ...Object.entries(ROOMS).flatMap(([root, rooms]) => faces(root, rooms)),

  rule('jobspec-imports-nothing-of-ours', '^libs/jobspec/', '^(apps|libs/(?!jobspec/))'),
  rule('engines-import-only-jobspec', '^libs/engines/', '^apps/'),
  rule('apps-do-not-meet', '^apps/([^/]+)/', { path: '^apps/', pathNot: '^apps/$1/' }),
  rule('libraries-have-one-face', '^apps/', { path: '^libs/', pathNot: PUBLIC_FACES }),
  rule('jobspec-has-one-face', '^libs/engines/', {
    path: '^libs/jobspec/',
    pathNot: '^libs/jobspec/src/index\\.ts$',
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
  rule('libraries-know-no-files-and-processes', '^libs/', {
    dependencyTypes: ['core'],
    path: '^(node:)?(fs|child_process|os|net|http)',
  }),
  rule(
    'storage-is-asked-with-a-deadline',
    { path: '^apps/runner/src/', pathNot: '^apps/runner/src/files/bounded-fs\\.ts$' },
    { dependencyTypes: ['core'], path: '^(node:)?fs/promises$' },
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

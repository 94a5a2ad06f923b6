// npm run test:all: `npm test`, then every shard of the night. `npm run test:night -- SHARD…` runs only these shards; `--list` prints
// their names as JSON, for .github/workflows/nightly.yml. The output of a shard is kept in night/, with the versions of Node and FFmpeg.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const LOGS = `${root}night`;

const vitest = (project, ...args) => ['npx', 'vitest', 'run', '--project', project, ...args];
const script = (name, ...args) => ['npm', 'run', '--silent', name, '--', ...args];
/** Folders of integration tests whose night tests are a shard of their own. */
const FOLDERS = {
  damage: ['test/damage/'],
  recordings: ['test/recordings/', 'test/proxy/'],
  resolve: ['test/resolve/'],
  documents: ['test/docs/', 'test/package/', 'test/deploy/'],
};
/** All other folders. They are listed because Vitest ignores exclusions for projects. */
const others = readdirSync(`${root}test`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `test/${name}/`)
  .filter((folder) => !Object.values(FOLDERS).flat().includes(folder));

/** Commands of each shard, in order. Each shard takes less than an hour on two cores, `storage` less than an hour and a half. */
const SHARDS = {
  ...Object.fromEntries(
    Object.entries(FOLDERS).map(([shard, folders]) => [
      shard,
      [vitest('integration', '--tags-filter', 'night', ...folders)],
    ]),
  ),
  cases: [vitest('integration', '--tags-filter', 'night', ...others)],
  browser: [vitest('browser', '--tags-filter', 'night')],
  matrix: [script('test:matrix')],
  defects: [script('test:defects')],
  kills: [script('test:crash', '--kills', '200', '--seed', String(today()))],
  follow: [script('test:follow', '--rounds', '100', '--seed', String(today()))],
  'resolve-campaign': [script('test:resolve', '--jobs', '200', '--seed', String(today()))],
  soak: [script('soak')],
  // Three of the properties of media, in turn, and all others.
  fuzz: [script('fuzz', '--minutes', '7')],
  // With the newest FFmpeg in .github/workflows/nightly.yml; the gate is run with it, too.
  footage: [script('test:footage', '--codecs', 'prores_proxy,dnxhr,h264')],
  slurm: [script('test:slurm')],
  storage: [script('test:storage')],
};

/** Seed of the day, which the log shows in the command. */
function today() {
  return Math.floor(Date.now() / 86_400_000);
}

async function run(shard) {
  mkdirSync(LOGS, { recursive: true });
  const log = createWriteStream(`${LOGS}/${shard}.log`);
  const say = (text) => {
    process.stdout.write(text);
    log.write(text);
  };
  say(`${shard}\n${versions()}\n`);
  let failed = false;
  for (const [command, ...args] of SHARDS[shard]) {
    say(`\n${[command, ...args].join(' ')}\n`);
    const env = { ...process.env, NO_COLOR: '1', KEEP_FAILED: `${LOGS}/${shard}` };
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', say);
    child.stderr.on('data', say);
    const [code] = await once(child, 'close');
    failed ||= code !== 0;
  }
  log.end();
  return !failed;
}

function versions() {
  const { stdout } = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' });
  return `Node ${process.version}, ${stdout?.split('\n', 1)}`;
}

const { values, positionals } = parseArgs({
  options: { list: { type: 'boolean' }, all: { type: 'boolean' } },
  allowPositionals: true,
});
const unknown = positionals.filter((shard) => !(shard in SHARDS));
if (unknown.length > 0) {
  console.error(
    `There is no shard ${unknown.join(', ')}; there are ${Object.keys(SHARDS).join(', ')}.`,
  );
  process.exit(2);
}
const shards = positionals.length > 0 ? positionals : Object.keys(SHARDS);
if (values.list) console.log(JSON.stringify(shards));
else {
  const failed = [];
  for (const shard of shards) if (!(await run(shard))) failed.push(shard);
  console.log(
    failed.length > 0
      ? `Failed: ${failed.join(', ')}; see night/`
      : `${shards.length} shards passed.`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

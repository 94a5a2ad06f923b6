// Cost of reading an inventory of media, whatever its lines are: start of the runner and `status`, in processor time and memory.
import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { MAIN, scratch, watchFolder } from './runner.mjs';

const MANY = Number(process.env.BENCH_LINES ?? 100_000);
const FEW = MANY / 2;
const SECONDS = 3;
const MEGABYTES = 200;
const GROWTH = 2.3;
/** Below this, a start of Node outweighs what is measured. */
const LEAST_SECONDS = 0.5;

const AT = '2026-12-01T08:00:00.000+00:00';
const pathOf = (name) => `/cards/A001/CLIPS/A001_${String(name).padStart(6, '0')}.mov`;
const clip = (given) => ({
  at: AT,
  medium: '/cards/A001',
  path: pathOf(0),
  bytes: 5_000_000,
  mtime_ms: 1_700_000_000_000,
  seconds: 20,
  kind: 'prores_proxy mov',
  look: 'half',
  ...given,
});
const left = (given, index) =>
  clip({ cause: 'equal_name', reason: `Two clips have the name of number ${index}.`, ...given });
const asked = (given, index) =>
  clip({ job: `job-${index}.json`, job_sha256: 'a'.repeat(64), ...given });
const gone = (path) => ({ at: AT, gone: path });

/** Line of each shape by its number, of which there are `count`. */
const SHAPES = {
  'clips left out': (index) => left({ path: pathOf(index) }, index),
  'clips requested': (index) => asked({ path: pathOf(index) }, index),
  'one clip and kind': (index) => left({}, index),
  'kinds of one clip': (index) => left({ kind: `h264 mp4 ${index}` }, index),
  'kinds of one clip, requested': (index) => asked({ kind: `h264 mp4 ${index}` }, index),
  'looks of one clip': (index) => left({ look: `look ${index}` }, index),
  'looks of one clip, requested': (index) => asked({ look: `look ${index}` }, index),
  'looks of many kinds, replaced in turn': (index, count) =>
    left({ kind: `h264 mp4 ${index % (count / 2)}`, look: `${index}` }, index),
  'kinds of few clips': (index) =>
    left({ path: pathOf(index % 300), kind: `h264 mp4 ${index}` }, index),
  'dismissed clips': (index, count) =>
    index < count / 2
      ? left({ path: pathOf(index) }, index)
      : { at: AT, dismissed: pathOf(index - count / 2) },
  'dismissals only': (index) => ({ at: AT, dismissed: pathOf(index) }),
  'one clip gone and back': (index) => (index % 2 ? gone(pathOf(0)) : left({}, index)),
  'clips gone and back': (index) =>
    index % 2 ? gone(pathOf(index % 1000)) : left({ path: pathOf(index % 1000) }, index),
  'kinds of one clip, gone and back': (index, count) => {
    const turn = index % (count / 2);
    return turn === count / 2 - 1 ? gone(pathOf(0)) : left({ kind: `h264 mp4 ${turn}` }, index);
  },
  media: (index) => ({ at: AT, medium: pathOf(index), others: { sidecar: 2 } }),
  'archived jobs': (index, count) =>
    index < count / 2
      ? asked({ path: pathOf(index) }, index)
      : {
          at: AT,
          archived: `job-${index - count / 2}.json`,
          sha256: 'a'.repeat(64),
          sources: [pathOf(index - count / 2)],
        },
  'clips of one archived job': (index) =>
    index === 0
      ? { at: AT, archived: 'job-0.json', sha256: 'a'.repeat(64), sources: sources() }
      : asked({ path: pathOf(index % 500) + index }, 0),
  'lines that are none': () => ({ at: AT, path: 5 }),
};

const sources = () => Array.from({ length: 500 }, (_, index) => pathOf(index));

/** Where lines are, and who reads them. */
const READERS = {
  'status of the record': ['record', (folder) => ['status', folder]],
  'start with the record': ['record', (folder) => [folder, '--once']],
  'status of what waits': ['pending', (folder) => ['status', folder]],
  'start with what waits': ['pending', (folder) => [folder, '--once']],
};

export function inventory() {
  const wanted = process.env.BENCH_SHAPE;
  return Object.keys(SHAPES)
    .filter((name) => wanted === undefined || name === wanted)
    .flatMap((name) => rowsOf(name));
}

function rowsOf(name) {
  return Object.entries(READERS).map(([reader, [place, argsOf]]) => {
    const [few, many] = [FEW, MANY].map((count) => {
      const folder = watchFolder(scratch(), 'watch');
      const own = join(folder, '.runner');
      mkdirSync(own, { recursive: true });
      const at = {
        record: join(own, 'inventory.jsonl'),
        pending: join(folder, 'pending', 'x.inventory'),
      };
      writeFileSync(at[place], linesOf(name, count));
      return costOf(argsOf(folder));
    });
    const growth = many.seconds / Math.max(few.seconds, LEAST_SECONDS);
    const isFast = many.seconds <= SECONDS && many.megabytes <= MEGABYTES && growth <= GROWTH;
    return {
      measure: `${MANY} lines, ${name}: ${reader}`,
      value: `${many.seconds.toFixed(2)} s, ${many.megabytes.toFixed(0)} MB, ${(many.seconds / few.seconds).toFixed(2)} x of ${FEW}`,
      bound: `<= ${SECONDS} s, ${MEGABYTES} MB, ${GROWTH} x`,
      ok: isFast,
    };
  });
}

function linesOf(name, count) {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify(SHAPES[name](index, count)),
  );
  return `${lines.join('\n')}\n`;
}

/** Processor seconds of a command, and its peak memory in MB. */
function costOf(args) {
  const { stderr } = spawnSync(
    'bash',
    [
      '-c',
      'TIMEFORMAT="cost %U %S"; time "$@" >/dev/null',
      'bash',
      process.execPath,
      '--import',
      METER,
      MAIN,
      ...args,
    ],
    { encoding: 'utf8', timeout: 120_000 },
  );
  const [, user, system] = /cost ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  const [, kilobytes] = /peak (\d+)/.exec(stderr) ?? [];
  return {
    seconds: Number(user ?? 120) + Number(system ?? 0),
    megabytes: Number(kilobytes) / 1024,
  };
}

/** Says on stderr how much memory a process had at its peak. */
const METER = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`));",
)}`;

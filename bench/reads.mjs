// Number of times that the runner and its programs read the bytes of a source and of its proxy, counted by strace. Linux only.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { footage } from './footage.mjs';
import { byRunner, makeSource } from './jobs.mjs';
import { scratch } from './runner.mjs';

const BOUNDS = { source: 1, proxy: 2 };
/** Tolerance for headers, which are read more than once. */
const ROUNDING = 0.05;
const PROXIES = [
  { codec: 'prores_proxy', container: 'mov' },
  { codec: 'h264', container: 'mov' },
];
const CALLS = 'read,pread64,readv,preadv,preadv2,sendfile,copy_file_range';
/** Successful call, with the path of its file and the number of bytes. */
const READ = /^\w+\(\d+<([^>]*)>.* = (\d+)$/gm;

/** A short and a long clip: some seconds of each are read more than once, which weigh more in the short one. */
const CLIPS = { 'ten seconds': ['1920x1080', 10], 'five minutes': ['640x360', 300] };

export function reads() {
  const folder = scratch();
  const own = () =>
    Object.entries(CLIPS).map(([name, [size, seconds]]) =>
      makeSource(join(folder, `${name}.mov`), size, { seconds }),
    );
  return (footage() ?? own()).flatMap((clip) =>
    PROXIES.flatMap((wanted) => rowsOf(folder, clip, wanted)),
  );
}

function rowsOf(folder, clip, wanted) {
  const traces = join(folder, 'traces');
  mkdirSync(traces);
  const before = ['strace', '-ff', '-qq', '-y', '-s', '0', '-o', join(traces, 'trace')];
  const form = { ...wanted, resolution: 'half' };
  const made = byRunner(folder, clip, form, { before: [...before, '-e', `trace=${CALLS}`] });
  const read = bytesRead(traces);
  rmSync(traces, { recursive: true });
  const times = {
    source: sum(read, (path) => path === clip) / statSync(clip).size,
    proxy: sum(read, (path) => path.endsWith('.mov') && path !== clip) / made.bytes,
  };
  return Object.entries(times).map(([what, value]) => ({
    measure: `${basename(clip)} to ${wanted.codec}: bytes read of the ${what}`,
    value: `${value.toFixed(2)} x`,
    bound: `<= ${BOUNDS[what].toFixed(1)} x`,
    ok: value <= BOUNDS[what] + ROUNDING,
  }));
}

/** Bytes read, by path. */
function bytesRead(traces) {
  const read = new Map();
  for (const name of readdirSync(traces))
    for (const [, path, bytes] of readFileSync(join(traces, name), 'utf8').matchAll(READ))
      read.set(path, (read.get(path) ?? 0) + Number(bytes));
  return read;
}

function sum(read, isWanted) {
  const found = [...read].filter(([path]) => isWanted(path));
  return found.reduce((total, [, bytes]) => total + bytes, 0);
}

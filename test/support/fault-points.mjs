// Preloaded into a runner by tests (`node --import`): makes chosen calls of node:fs/promises go wrong. The rule is JSON
// in FAULT: { calls?, path?, nth?, count?, when?, act }. `act` is kill, kill-group, hang, full (of statfs),
// slow (one second), exchange (two `names` with each other, as another user does), or the code of a system error; it meets every matching call from the nth on, or only so many. `hang` and `slow` are announced on stderr. FAULT_TRACE names a file that gets a line for each call.
import { appendFileSync, readlinkSync, renameSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** Every call that changes the file system or makes it durable. */
const STEPS = ['mkdir', 'rename', 'link', 'rm', 'open', 'sync', 'datasync', 'write'];
const rule = JSON.parse(process.env.FAULT ?? '{"calls":[]}');
const calls = new Set(rule.calls ?? STEPS);
const pattern = new RegExp(rule.path ?? '');
let matches = 0;
const hung = [];

for (const name of [
  'mkdir',
  'rename',
  'link',
  'rm',
  'lstat',
  'stat',
  'statfs',
  'readdir',
  'opendir',
  'readFile',
  'access',
  'realpath',
  'opendir',
  'writeFile',
  'rmdir',
]) {
  const real = fs[name];
  fs[name] = (...args) => step(name, args.slice(0, 2).join(' '), () => real(...args));
}
const open = fs.open;
fs.open = async (file, flags, ...rest) => {
  // The last two bits of numeric flags are 0 for read-only.
  const reads = flags === 'r' || (typeof flags === 'number' && (flags & 3) === 0);
  const handle = await step(reads ? 'read' : 'open', file, () => open(file, flags, ...rest));
  for (const [name, as] of [
    ['sync', 'sync'],
    ['datasync', 'datasync'],
    ['writeFile', 'write'],
    ['appendFile', 'write'],
    ['read', 'handle-read'],
    ['stat', 'handle-stat'],
    ['truncate', 'truncate'],
    ['close', 'close'],
  ]) {
    const real = handle[name].bind(handle);
    handle[name] = (...args) =>
      step(
        as,
        file,
        () => real(...args),
        (half) => real(half(args[0])),
      );
  }
  return handle;
};
syncBuiltinESMExports();

/** Paths that lead to open folders, by the names of these. */
const named = (file) =>
  file.replaceAll(/\/proc\/\d+\/fd\/\d+/g, (path) => {
    try {
      return readlinkSync(path).replace(/ \(deleted\)$/, '');
    } catch {
      return path;
    }
  });

async function step(name, path, run, torn) {
  const file = named(String(path));
  if (process.env.FAULT_TRACE) appendFileSync(process.env.FAULT_TRACE, `${name} ${file}\n`);
  const hit = calls.has(name) && pattern.test(file) && isMet(++matches);
  if (!hit) return run();
  if (rule.act === 'full') return Object.assign(await run(), { bavail: 0 });
  if (rule.act === 'hang' || rule.act === 'slow')
    process.stderr.write(`${rule.act}: ${name} ${file}\n`);
  // The system keeps what it hasn't answered.
  if (rule.act === 'hang') return new Promise((resolve) => hung.push({ resolve, run }));
  if (rule.act === 'slow') return new Promise((resolve) => setTimeout(resolve, 1000)).then(run);
  if (rule.act.startsWith('kill')) return kill(run, torn);
  if (rule.act === 'exchange') return exchange(run);
  if (rule.when === 'after') await run();
  throw systemError(rule.act, name, file);
}

async function exchange(run) {
  const [one, other] = rule.names;
  const found = rule.when === 'after' ? await run() : null;
  renameSync(one, `${one}.aside`);
  renameSync(other, one);
  renameSync(`${one}.aside`, other);
  return found ?? run();
}

async function kill(run, torn) {
  if (rule.when === 'torn' && torn) await torn((text) => text.slice(0, text.length / 2));
  if (rule.when === 'after') await run();
  process.kill(rule.act === 'kill-group' ? -process.pid : process.pid, 'SIGKILL');
  return new Promise(() => {});
}

function isMet(match) {
  const first = rule.nth ?? 1;
  return match >= first && match < first + (rule.count ?? Infinity);
}

function systemError(code, call, file) {
  return Object.assign(new Error(`${code}: injected, ${call} '${file}'`), { code, syscall: call });
}

// Preloaded into every worker of a run, and by NODE_OPTIONS into every Node program that a test starts: writes what each should not have done,
// with its stack, into a file of its own beside $PROCESS_WARNINGS. That is a warning, an error that nobody caught, and a file or folder that
// was opened and let go unclosed. It is no module: loading one starts the threads for the file system before the runner has set their number.
const { appendFileSync } = require('node:fs');
const fs = require('node:fs/promises');
const { syncBuiltinESMExports } = require('node:module');
const { setFlagsFromString } = require('node:v8');
const { isMainThread } = require('node:worker_threads');
const { runInNewContext } = require('node:vm');

const [, program = ''] = process.argv;
/** npm, Next.js and other tools have faults of their own. */
const isTool = /[/\\]node_modules[/\\](?!(vitest|watch-folder-runner)[/\\])/.test(program);
/** A worker of Vitest ends without `exit`: its files are looked at after each test file. */
const isWorker = process.env.VITEST_WORKER_ID !== undefined && program.includes('vitest');

/** What is open: the stack of the call that opened it, by a weak reference. */
const open = new Map();
globalThis.openedFiles = open;

if (!isTool) {
  process.on('warning', ({ stack }) => note(stack));
  process.on('uncaughtExceptionMonitor', (error, origin) =>
    note(`${origin}: ${error?.stack ?? error}`),
  );
  for (const call of ['open', 'opendir']) record(call);
  syncBuiltinESMExports();
  if (isMainThread && !isWorker) process.on('exit', noteUnclosed);
}

function record(call) {
  const real = fs[call];
  fs[call] = async (...args) => {
    const { stack } = new Error(`${args[0]} is left open, from ${call}`);
    const opened = await real(...args);
    const reference = new WeakRef(opened);
    open.set(reference, stack);
    // Whoever iterates over a folder has it closed in the end; a file tells it, also one that is streamed.
    for (const name of ['close', Symbol.asyncIterator]) {
      const method = opened[name];
      if (typeof method !== 'function') continue;
      opened[name] = (...rest) => {
        open.delete(reference);
        return method.apply(opened, rest);
      };
    }
    opened.once?.('close', () => open.delete(reference));
    return opened;
  };
}

/** Notes what nothing refers to any more. What is held to the end of a process, such as a lock, is closed with it. */
function noteUnclosed() {
  if (open.size === 0) return;
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  for (const [reference, stack] of open) if (reference.deref() === undefined) note(stack);
}

function note(what) {
  const place = process.env.PROCESS_WARNINGS;
  if (place === undefined) return;
  try {
    appendFileSync(`${place}.${process.pid}`, `${process.argv.slice(1).join(' ')}\n${what}\n\n`);
  } catch (error) {
    console.error(`${what}\n(not written: ${error.message})`);
  }
}

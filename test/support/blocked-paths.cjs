// Preloaded into a runner by tests (`node --require`): whoever asks for the real path of something in BLOCKED_PATHS waits
// for ever, and so does a thread: it opens BLOCKING_FIFO, which nobody writes to.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const { realpath, open } = fs.promises;
fs.promises.realpath = (path, ...rest) =>
  String(path).startsWith(process.env.BLOCKED_PATHS)
    ? open(process.env.BLOCKING_FIFO, 'r')
    : realpath(path, ...rest);
syncBuiltinESMExports();

// Stands for npm in the commands of documents. What takes long or changes the machine is only looked at: other tests build, pack and install.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const file = (name) => new URL(`../../${name}`, import.meta.url);
const { scripts, version } = JSON.parse(readFileSync(file('package.json'), 'utf8'));
const [command, ...args] = process.argv.slice(2).filter((arg) => arg !== '--silent');

/** A checkout, as a file, and this checkout in somebody's home. What example programs are compiled with. */
const INSTALLED = new Set([
  '/path/to/watch-folder-runner',
  '--save-dev typescript @types/node',
  `--global watch-folder-runner-${version}.tgz`,
  `--global --prefix ${process.env.HOME}/.local .`,
]);

const COMMANDS = {
  ci: () => 0,
  test: () => 0,
  pack: () => 0,
  link: () => 0,
  install: () => (INSTALLED.has(args.join(' ')) ? 0 : 1),
  run: ([script, , ...rest]) => {
    if (!(script in scripts)) return 1;
    if (script !== 'dashboard') return 0;
    const argv = [file('scripts/dashboard.mjs').pathname, ...rest];
    return spawnSync(process.execPath, argv, { stdio: 'inherit' }).status;
  },
};

process.exitCode = COMMANDS[command]?.(args) ?? 1;
if (process.exitCode !== 0) console.error(`npm ${process.argv.slice(2).join(' ')}: failed`);

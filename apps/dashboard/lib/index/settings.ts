import { homedir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { visibleLine } from './visible-text.ts';

/** Watch folder to show. */
export interface FolderSetting {
  /** Unique name in pages, filters and the API. */
  name: string;
  /** Absolute path. */
  path: string;
}

export interface Settings {
  folders: readonly FolderSetting[];
  /** `scrypt:…` as printed by `npm run dashboard -- --hash-password`; `null` for no password. */
  passwordHash: string | null;
  /** Host names accepted besides IP addresses, `localhost` and the name of this machine. */
  allowedHosts: readonly string[];
  /** Folders below which proxies may be played; empty by default. */
  mediaRoots: readonly string[];
  /** Directory of the index, which can be deleted at any time. */
  dataDirectory: string;
}

// A slash before the first `=` means that the `=` belongs to a path.
const NAMED_FOLDER = /^([^=/\\]*)=(.*)$/su;
const NAME_LIMIT = 100;
const PASSWORD_HASH = /^scrypt:\d+:\d+:\d+:[\w-]+:[\w-]+$/u;

/**
 * Reads all settings from the environment.
 * @throws Error with one sentence for each bad setting
 */
export function readSettings(env: Partial<NodeJS.ProcessEnv> = process.env): Settings {
  const problems: string[] = [];
  const settings = {
    folders: readFolders(env['WFR_DASHBOARD_FOLDERS'] ?? '', problems),
    passwordHash: readPasswordHash(env['WFR_DASHBOARD_PASSWORD_HASH'] ?? '', problems),
    allowedHosts: readHosts(env['WFR_DASHBOARD_ALLOW_HOST'] ?? '', problems),
    mediaRoots: readRoots(env['WFR_DASHBOARD_MEDIA_ROOT'] ?? ''),
    dataDirectory: dataDirectoryOf(env),
  };
  for (const { name, path } of settings.folders)
    if (isInside(settings.dataDirectory, path))
      problems.push(
        `The index would lie in the watch folder "${name}": choose another place with --data-dir PATH.`,
      );
  if (problems.length > 0) throw new Error(problems.join(' '));
  return settings;
}

/** Parses one folder per line, `PATH` or `NAME=PATH`; the name defaults to the last part of the path. */
function readFolders(lines: string, problems: string[]): FolderSetting[] {
  const folders = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = basename(resolve(line)), path = line] = NAMED_FOLDER.exec(line) ?? [];
      const problem = folderProblem(name.trim(), path.trim());
      if (problem !== null) problems.push(`The folder "${line}" ${problem}.`);
      return { name: name.trim(), path: resolve(/* turbopackIgnore: true */ path) };
    });
  if (folders.length === 0)
    problems.push('No watch folder is set: name one, or set WFR_DASHBOARD_FOLDERS.');
  const names = folders.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) problems.push(`Two folders are called "${twice}": name them NAME=PATH.`);
  return folders;
}

/** @returns end of a sentence. URLs contain the name, so `..` is refused. */
function folderProblem(name: string, path: string): string | null {
  if (path === '') return 'has no path: expected PATH or NAME=PATH';
  if (name === '' || /^\.\.?$/u.test(name)) return 'needs a name: use NAME=PATH';
  if (name.length > NAME_LIMIT || visibleLine(name) !== name)
    return `needs another name: at most ${NAME_LIMIT} characters, all of them visible`;
  return null;
}

function readPasswordHash(value: string, problems: string[]): string | null {
  if (value === '') return null;
  if (!PASSWORD_HASH.test(value))
    problems.push(
      'WFR_DASHBOARD_PASSWORD_HASH is not a hash: make one with "npm run dashboard -- --hash-password".',
    );
  return value;
}

/** Cache directory of the systemd service, or else of the user. */
function dataDirectoryOf(env: Partial<NodeJS.ProcessEnv>): string {
  const chosen = env['WFR_DASHBOARD_DATA_DIR'] || env['CACHE_DIRECTORY'];
  if (chosen) return resolve(/* turbopackIgnore: true */ chosen);
  const caches = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(/* turbopackIgnore: true */ caches, 'watch-folder-runner', 'dashboard');
}

function readRoots(lines: string): string[] {
  const roots = lines.split('\n').filter((line) => line.trim() !== '');
  return roots.map((root) => resolve(/* turbopackIgnore: true */ root));
}

function isInside(path: string, parent: string): boolean {
  const inner = relative(parent, path);
  return inner === '' || (!inner.startsWith('..') && !/^[A-Za-z]:/u.test(inner));
}

function readHosts(value: string, problems: string[]): string[] {
  const hosts = value.split(/[\s,]+/u).filter((host) => host !== '');
  for (const host of hosts)
    if (!/^(?:\*\.)?[\w-]+(?:\.[\w-]+)*$/u.test(host))
      problems.push(`--allow-host is "${host}", expected a host name like proxies.example.`);
  return hosts.map((host) => host.toLowerCase());
}

const PREFIX = 'WFR_DASHBOARD_';

/** Environment variables of the dashboard and its start script. */
export const VARIABLES = [
  'WFR_DASHBOARD_FOLDERS',
  'WFR_DASHBOARD_PORT',
  'WFR_DASHBOARD_HOST',
  'WFR_DASHBOARD_ALLOW_HOST',
  'WFR_DASHBOARD_DATA_DIR',
  'WFR_DASHBOARD_MEDIA_ROOT',
  'WFR_DASHBOARD_PASSWORD_HASH',
] as const;

/** @returns one warning for each unknown variable with the prefix of the settings */
export function unknownVariables(environment: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !VARIABLES.some((known) => known === name))
    .sort()
    .map(
      (name) =>
        `${name} is not a setting of the dashboard and is ignored; --help and docs/dashboard.md list all.`,
    );
}

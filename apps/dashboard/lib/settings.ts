import { basename, resolve } from 'node:path';

/** One watch folder to show. */
export interface FolderSetting {
  /** How pages, filters and the API call it; unique. */
  name: string;
  /** Absolute path. */
  path: string;
}

export interface Settings {
  folders: readonly FolderSetting[];
  /** `scrypt:…` as `npm run dashboard -- --hash-password` prints it; `null` when no password is asked for. */
  passwordHash: string | null;
  /** Where readers reach the dashboard, without a final slash; `null` to go by the request. */
  publicUrl: string | null;
}

const NAMED_FOLDER = /^([A-Za-z0-9._-]+)=(.+)$/su;
const PASSWORD_HASH = /^scrypt:\d+:\d+:\d+:[\w-]+:[\w-]+$/u;

/**
 * Reads every setting from the environment, once, and names all that is wrong in one error.
 * @throws Error with one sentence for each bad setting
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const problems: string[] = [];
  const settings = {
    folders: readFolders(env['WFR_DASHBOARD_FOLDERS'] ?? '', problems),
    passwordHash: readPasswordHash(env['WFR_DASHBOARD_PASSWORD_HASH'] ?? '', problems),
    publicUrl: readPublicUrl(env['WFR_DASHBOARD_URL'] ?? '', problems),
  };
  if (problems.length > 0) throw new Error(problems.join(' '));
  return settings;
}

/** One folder a line, `PATH` or `NAME=PATH`; a folder without a name is called after its last part. */
function readFolders(lines: string, problems: string[]): FolderSetting[] {
  const folders = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, path] = NAMED_FOLDER.exec(line) ?? [undefined, basename(resolve(line)), line];
      return { name: name ?? '', path: resolve(/* turbopackIgnore: true */ path ?? '') };
    });
  if (folders.length === 0)
    problems.push('No watch folder is set: start with --folder PATH or set WFR_DASHBOARD_FOLDERS.');
  const names = folders.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    problems.push(`Two folders are called "${twice}": name them with --folder NAME=PATH.`);
  return folders;
}

function readPasswordHash(value: string, problems: string[]): string | null {
  if (value === '') return null;
  if (!PASSWORD_HASH.test(value))
    problems.push(
      'WFR_DASHBOARD_PASSWORD_HASH is no hash: make one with "npm run dashboard -- --hash-password".',
    );
  return value;
}

function readPublicUrl(value: string, problems: string[]): string | null {
  if (value === '') return null;
  if (!/^https?:\/\/[^/]/u.test(value))
    problems.push(
      `WFR_DASHBOARD_URL is "${value}", expected an address like https://proxies.example.`,
    );
  return value.replace(/\/+$/u, '');
}

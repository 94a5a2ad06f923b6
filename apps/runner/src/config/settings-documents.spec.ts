import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { addRunnerOptions, defaultTextOf } from './runner-options.ts';
import { settingsOf, type Setting } from './setting-kinds.ts';
import { DEFAULT_SETTINGS, RunnerSettings } from './settings.ts';

const SETTINGS = settingsOf(RunnerSettings);
const ROOT = new URL('../../../../', import.meta.url);
const text = (path: string) => readFile(new URL(path, ROOT), 'utf8');

const ENVIRONMENT_FILE_HEADER = `# Every setting of the runner with its default. A line without "#" in front of it says what holds anyway; change it and restart.
# For systemd: /etc/watch-folder-runner/runner.env. For Docker: --env-file. Flags win over these.
# Several paths in one variable: with ":" between them. "npm run settings" writes this file.
`;

function sentencesOf({ about, more, isList }: Setting): string {
  const first = `${about.charAt(0).toUpperCase()}${about.slice(1)}.`;
  return [first, ...(more === null ? [] : [more]), ...(isList ? ['Repeatable.'] : [])].join(' ');
}

function environmentLines(setting: Setting): string {
  const { variable, example } = setting;
  const fallback = defaultTextOf(setting);
  const line = fallback === null ? `#${variable}=${example}` : `${variable}=${fallback}`;
  return `# ${sentencesOf(setting).replace(' Repeatable.', '')}\n${line}\n`;
}

/** A switch is off unless it is given: that needs no words. */
function shownDefaultOf(setting: Setting): string {
  return setting.argument === null ? '' : (defaultTextOf(setting) ?? '');
}

function tableRow(setting: Setting): string {
  const { flag, argument, variable } = setting;
  const shown = argument === null ? flag : `${flag} ${argument}`;
  return `| \`${shown}\` | \`${variable}\` | ${shownDefaultOf(setting)} | ${sentencesOf(setting)} |`;
}

/** A document with its table of settings as the settings are. */
async function withTable(path: string): Promise<string> {
  const table = ['| flag | variable | default | meaning |', '| --- | --- | --- | --- |'];
  const lines = [...table, ...SETTINGS.map(tableRow)].join('\n');
  const marked = /(<!-- settings: npm run settings -->\n)[^]*?(<!-- end of settings -->)/;
  const document = await text(path);
  expect(document).toMatch(marked);
  const written = document.replace(marked, (_, begin, end) => `${begin}\n${lines}\n${end}`);
  return format(written, { parser: 'markdown' });
}

describe('a setting', () => {
  it('is whatever the class holds, but for the folder, which is an argument', () => {
    const decorated = SETTINGS.map(({ key }) => key);
    expect(['folder', ...decorated].sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
  });

  it('is in --help with its flag, variable and default', () => {
    const help = addRunnerOptions(new Command()).configureHelp({ helpWidth: 1000 });
    const lines = help.helpInformation().split('\n');
    for (const setting of SETTINGS) {
      const line = lines.find((one) => one.includes(` ${setting.flag} `));
      expect(line).toContain(`env: ${setting.variable})`);
      expect(line).toContain(shownDefaultOf(setting) && `default: ${shownDefaultOf(setting)}`);
    }
  });

  it('has a value to begin with where nothing holds by default', () => {
    const bare = SETTINGS.filter((setting) => defaultTextOf(setting) === null);
    expect(bare.map(({ example }) => example)).not.toContain(null);
  });

  it('is in deploy/runner.env (npm run settings writes it)', async () => {
    const file = [ENVIRONMENT_FILE_HEADER, ...SETTINGS.map(environmentLines)].join('\n');
    await expect(file).toMatchFileSnapshot(new URL('deploy/runner.env', ROOT).pathname);
  });

  it('is in the table of docs/operations.md (npm run settings writes it)', async () => {
    const path = 'docs/operations.md';
    await expect(await withTable(path)).toMatchFileSnapshot(new URL(path, ROOT).pathname);
  });
});

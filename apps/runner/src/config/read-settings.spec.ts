import { delimiter, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, type Environment } from './read-settings.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

function refusal(given: object, environment: Environment = {}): readonly string[] {
  try {
    readSettings(given, environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('are the defaults where nothing is given', () => {
    expect(readSettings({}, {})).toEqual(DEFAULT_SETTINGS);
  });

  it('come from flags, then from the environment', () => {
    const environment = { WFR_POLL_SECONDS: '0.5', WFR_MAX_WORKERS: '4' };
    const { pollSeconds, maxWorkers } = readSettings({ maxWorkers: '2' }, environment);
    expect({ pollSeconds, maxWorkers }).toEqual({ pollSeconds: 0.5, maxWorkers: 2 });
  });

  it.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    ['false', false],
    ['No', false],
    ['0', false],
    ['', false],
  ])('take a variable %j of a switch for %s', (text, wished) => {
    expect(readSettings({}, { WFR_ONCE: text }).once).toBe(wished);
  });

  it('split the paths of a variable, and none of a flag', () => {
    const environment = { WFR_ALLOW_SOURCE_ROOT: ['/a', 'b'].join(delimiter) };
    const { allowSourceRoots, requirePaths } = readSettings(
      { requirePaths: [`c${delimiter}d`] },
      environment,
    );
    expect(allowSourceRoots).toEqual(['/a', resolve('b')]);
    expect(requirePaths).toEqual([resolve(`c${delimiter}d`)]);
  });

  it.each(['WFR_HTTP_HOST', 'WFR_RESOLVE_PYTHON'])('take an empty %s for none', (variable) => {
    expect(readSettings({}, { [variable]: '' })).toEqual(DEFAULT_SETTINGS);
  });
});

describe('a setting that can not be used', () => {
  it.each([
    [
      { maxWorkers: '1.5' },
      `option '--max-workers <n>' argument '1.5' is invalid. Expected a whole number from 1 to 1024, got "1.5".`,
    ],
    [
      { pollSeconds: 'NaN' },
      `option '--poll-seconds <n>' argument 'NaN' is invalid. Expected a number from 0.01 to 1000000, got "NaN".`,
    ],
    [
      { logLevel: 'loud' },
      `option '--log-level <level>' argument 'loud' is invalid. Allowed choices are error, warn, log, debug.`,
    ],
    [{ httpHost: '' }, '--http-host is empty. Name an address.'],
    [
      { requirePaths: ['/a', ''] },
      '--require-path holds an empty path. Name a path, or leave it out.',
    ],
    [
      { httpPort: '1\u001B[31m' },
      String.raw`option '--http-port <n>' argument '1\u001b[31m' is invalid. Expected a whole number from 0 to 65535, got "1\u001b[31m".`,
    ],
  ])('is a flag with what was expected and what came: %j', (given, sentence) => {
    expect(refusal(given)).toEqual([sentence]);
  });

  it.each([
    [
      { WFR_MAX_WORKERS: '' },
      `option '--max-workers <n>' value '' from env 'WFR_MAX_WORKERS' is invalid. Expected a whole number from 1 to 1024, got "".`,
    ],
    [{ WFR_ONCE: 'perhaps' }, 'WFR_ONCE is "perhaps". Expected "true" or "false".'],
    [
      { WFR_ALLOW_OUTPUT_ROOT: '' },
      'WFR_ALLOW_OUTPUT_ROOT holds an empty path. Name a path, or leave it out.',
    ],
  ])('is a variable with its name: %j', (environment, sentence) => {
    expect(refusal({}, environment)).toEqual([sentence]);
  });

  it('is named with all others', () => {
    const lines = refusal({ maxWorkers: '0' }, { WFR_LOG_FORMAT: 'xml', WFR_POLL_SECONDS: '-1' });
    expect(lines).toHaveLength(3);
  });
});

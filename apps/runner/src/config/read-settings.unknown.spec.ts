import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { unknownVariables, unknownVariableSentence } from './read-settings.ts';

const text = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8');

describe('a variable that is not a setting', () => {
  it.each([
    ['WFR_POLL_SECOND', 'WFR_POLL_SECONDS'],
    ['WFR_REQUIRE_PATHS', 'WFR_REQUIRE_PATH'],
    ['WFR_MAXWORKERS', 'WFR_MAX_WORKERS'],
    ['WFR_COLOUR', null],
  ])('is found with the setting that was meant: %s', (variable, nearest) => {
    const found = unknownVariables({ [variable]: '1', WFR_ONCE: 'true', PATH: '/bin' });
    expect(found).toEqual([{ variable, nearest }]);
  });

  it('is named in one sentence, without control characters', () => {
    const sentence = unknownVariableSentence({ variable: 'WFR_\u001B', nearest: 'WFR_ONCE' });
    expect(sentence).toBe(
      String.raw`WFR_\u001b is not a setting of the runner and is ignored; did you mean WFR_ONCE`,
    );
  });

  it.each(['docker/compose.yaml', 'docs/dashboard.md', 'deploy/dashboard.env'])(
    'is none that %s names: others read it',
    async (path) => {
      const names = (await text(path)).match(/\bWFR_[A-Z_]+[A-Z]\b/g) ?? [];
      expect(names.length).toBeGreaterThan(2);
      const environment = Object.fromEntries(names.map((name) => [name, 'x']));
      expect(unknownVariables(environment)).toEqual([]);
    },
  );
});

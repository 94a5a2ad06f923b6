import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unknownVariables, VARIABLES } from './settings.ts';

/** The variables that a file names. */
function namedIn(path: string): string[] {
  const text = readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
  return [...new Set(text.match(/\bWFR_DASHBOARD_[A-Z_]+/gu))].sort();
}

describe('the variables of the dashboard', () => {
  it.each(['docs/dashboard.md', 'scripts/dashboard.mjs'])('are those of %s', (path) => {
    expect(namedIn(path)).toEqual(VARIABLES.toSorted());
  });

  it('are all that the settings read', () => {
    const read = namedIn('apps/dashboard/lib/index/settings.ts');
    expect(VARIABLES).toEqual(expect.arrayContaining(read));
  });

  it('are known, and nothing is said of those of others', () => {
    const known = VARIABLES.map((name) => [name, 'x']);
    const others = { WFR_POLL_SECONDS: '2', WFR_DASHBOARD: 'x', HOME: '/' };
    expect(unknownVariables({ ...Object.fromEntries(known), ...others })).toEqual([]);
  });

  it('are told from slips', () => {
    expect(unknownVariables({ WFR_DASHBOARD_FOLDER: '/a', WFR_DASHBOARD_URI: '' })).toEqual([
      'WFR_DASHBOARD_FOLDER is not a setting of the dashboard and is ignored; --help and docs/dashboard.md list all.',
      'WFR_DASHBOARD_URI is not a setting of the dashboard and is ignored; --help and docs/dashboard.md list all.',
    ]);
  });
});

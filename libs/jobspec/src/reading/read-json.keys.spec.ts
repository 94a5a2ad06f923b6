import { describe, expect, it } from 'vitest';
import * as say from '../wording/messages.ts';
import { jobSpec, refusalOf, unknownField } from '../testing/specimens.ts';

/** The valid JobSpec with more text after its last field. */
const withText = (text: string) =>
  `${JSON.stringify(jobSpec(), null, 2).slice(0, -2)},\n${text}\n}`;

describe('keys', () => {
  it('are named at the second one when they are duplicates', () => {
    expect(refusalOf(withText('  "codec": "prores_proxy"')).violations).toEqual([
      { path: 'codec', message: say.duplicateKey('codec'), line: 20, column: 3 },
    ]);
  });

  it('are duplicates when only an escape tells them apart', () => {
    expect(refusalOf(withText('"cod\\u0065c": "prores_lt"')).violations).toMatchObject([
      { path: 'codec', message: say.duplicateKey('codec'), line: 20, column: 1 },
    ]);
  });

  it('are duplicates below the top too', () => {
    const file = JSON.stringify(jobSpec()).replace('"reel":', '"reel":"B001",\n"reel":');
    expect(refusalOf(file).violations).toEqual([
      {
        path: 'resolved_tokens.reel',
        message: say.duplicateKey('resolved_tokens.reel'),
        line: 2,
        column: 1,
      },
    ]);
  });

  it('are named each time they come again', () => {
    expect(refusalOf(withText('"job_id": "a",\n"job_id": "b"')).violations).toMatchObject([
      { path: 'job_id', line: 20 },
      { path: 'job_id', line: 21 },
    ]);
  });

  it('may be the same in different objects', () => {
    const found = refusalOf(withText('"x": [{"a": 1}, {"a": 1, "b": {"a": 1}}]')).violations;
    expect(found).toEqual([{ path: 'x', message: unknownField('x') }]);
  });

  it.each(['__proto__', 'constructor'])('must not be %s, at the top or below', (key) => {
    const nested = JSON.stringify(jobSpec()).replace('"reel":', `"${key}":`);
    expect(refusalOf(withText(`"${key}": {"codec": "h264"}`)).violations).toEqual([
      { path: key, message: say.forbiddenKey(key), line: 20, column: 1 },
    ]);
    expect(refusalOf(nested).violations).toMatchObject([
      {
        path: `resolved_tokens.${key}`,
        message: say.forbiddenKey(`resolved_tokens.${key}`),
        line: 1,
      },
    ]);
  });

  it.each(['sources', 'resolved_tokens', 'codec', 'x'])(
    'named constructor are only data in %s, whatever they hold',
    (field) => {
      for (const held of ['null', '5', '"Function"', '{"prototype": null}']) {
        const { violations } = refusalOf(
          `{"jobspec_version": 2, "${field}": [{"constructor": ${held}}]}`,
        );
        expect(violations.map(({ path }) => path)).toContain(`${field}[0].constructor`);
      }
    },
  );

  it('are counted within bounds in a hostile file', () => {
    const { violations } = refusalOf(`{"jobspec_version": 2, ${'"a":1,'.repeat(300_000)}"a":1}`);
    expect(violations).toHaveLength(10_001);
  });
});

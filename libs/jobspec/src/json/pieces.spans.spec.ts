import { describe, expect, it } from 'vitest';
import { elementsOf, membersOf } from './pieces.ts';

const LEVELS = 10;

function taken(json: string): Record<string, unknown> {
  const bytes = Buffer.from(json);
  const members = [...membersOf(bytes, LEVELS)];
  return Object.fromEntries(
    members.map(({ key, from, to }) => [key, JSON.parse(bytes.toString('utf8', from, to))]),
  );
}

function elements(json: string): unknown[] {
  const bytes = Buffer.from(json);
  const spans = [...elementsOf(bytes, { from: 0, to: bytes.length }, LEVELS)];
  return spans.map(({ from, to }) => JSON.parse(bytes.toString('utf8', from, to)) as unknown);
}

describe('an object that is taken apart', () => {
  it.each([
    '{}',
    ' { } \n',
    '{"a":1}',
    '{"a":{"b":[1,2,{"c":"}]"}]},"d":"x,y:z","e":null}',
    String.raw`{"quote\"d":"\\","next":"\\\"{","ü":"[["}`,
  ])('has the members that JSON.parse finds: %s', (json) => {
    expect(taken(json)).toEqual(JSON.parse(json));
  });

  it.each(['[]', ' [ ] ', '[1]', '["a,b", [1,[2]], {"c":[3]}]', String.raw`["\\\"]", "]"]`])(
    'lists the elements that JSON.parse finds: %s',
    (json) => {
      expect(elements(json)).toEqual(JSON.parse(json));
    },
  );

  it.each([
    '',
    '1',
    '[1]',
    '{',
    '{"a":1',
    '{"a":1,}',
    '{,"a":1}',
    '{"a"}',
    '{"a":1}}',
    '{"a":1} x',
    'x {"a":1}',
    '{"a":1]',
    '{"a":"',
  ])('is refused when it is not whole: %s', (json) => {
    expect(() => taken(json)).toThrow(SyntaxError);
  });

  it.each(['[1,]', '[,1]', '[1 2]', '[1]]'])('is refused when its list is not: %s', (json) => {
    expect(() => elements(json)).toThrow(SyntaxError);
  });

  it('is refused when it nests too deeply, however long it is', () => {
    const json = `{"a":${'['.repeat(1_000_000)}`;
    expect(() => taken(json)).toThrow(new RangeError('nests deeper than 10 levels'));
  });
});

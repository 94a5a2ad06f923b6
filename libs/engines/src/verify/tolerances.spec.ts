import { readFile } from 'node:fs/promises';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { SOUND_LIMITS } from '../content/audio/sound-limits.ts';
import { CONTENT_TOLERANCES } from '../content/measure/tolerances.ts';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import { TOLERANCES } from './tolerances.ts';

const DOCUMENT = new URL('../../../../docs/fidelity-tables.md', import.meta.url);

/** Codecs that leave the same of a frame, with one of them. */
const FAMILIES = [
  ['H.264, H.265, VP9, AV1', 'h264'],
  ['ProRes, DNxHR, DNxHD', 'prores_proxy'],
] as const;

const COLUMNS = 'likeness lateLevels'.split(' ');

function markdown(rows: readonly (readonly unknown[])[]): string {
  const [head = [], ...body] = rows;
  const lines = [head, head.map(() => '---'), ...body];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Comments above the values. */
async function tableOf(path: string, values: Readonly<Record<string, number>>): Promise<string> {
  const code = await readFile(new URL(path, import.meta.url), 'utf8');
  const found = Array.from(code.matchAll(/^ {2}\/\*\* (.*) \*\/\n {2}(\w+): (\S+),$/gm));
  const rows = found.map(([, about, name, value]) => [`\`${name}\``, value, about]);
  expect(rows.map(([name, value]) => `${name} ${value}`)).toEqual(
    Object.entries(values).map(([name, value]) => `\`${name}\` ${value}`),
  );
  return markdown([['tolerance', 'value', 'of what, and why'], ...rows]);
}

function tableOfCodecs(): string {
  const rows = FAMILIES.map(([title, codec]) => {
    const { limits } = CODEC_RULES[codec];
    const { likeness, lateLevels } = limits;
    return [title, likeness, lateLevels];
  });
  return markdown([['codec', ...COLUMNS], ...rows]);
}

it('docs/fidelity-tables.md has every tolerance with its reason (npm run tolerances writes it)', async () => {
  const tables = {
    tolerances: await tableOf('tolerances.ts', TOLERANCES),
    content: await tableOf('../content/measure/tolerances.ts', CONTENT_TOLERANCES),
    sound: await tableOf('../content/audio/sound-limits.ts', SOUND_LIMITS),
    codecs: tableOfCodecs(),
  };
  let document = await readFile(DOCUMENT, 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    const marked = new RegExp(
      `(<!-- ${name}: npm run tolerances -->\n)[^]*?(<!-- end of ${name} -->)`,
    );
    expect(document).toMatch(marked);
    document = document.replace(marked, (_, begin, end) => `${begin}\n${table}\n\n${end}`);
  }
  const written = await format(document, { parser: 'markdown' });
  await expect(written).toMatchFileSnapshot(DOCUMENT.pathname);
});

it('every codec leaves what its family leaves', () => {
  const families = FAMILIES.map(([, codec]) => CODEC_RULES[codec].limits);
  expect(families).toEqual(
    expect.arrayContaining(Object.values(CODEC_RULES).map(({ limits }) => limits)),
  );
});

import { expect, it } from 'vitest';
import { capabilitiesDocument } from './capabilities-document.ts';
import { markdownTable } from './markdown-table.ts';

it('docs/ENGINE_CAPABILITIES.md says what the tables say (npm run capabilities writes it)', async () => {
  const document = new URL('../../docs/ENGINE_CAPABILITIES.md', import.meta.url).pathname;
  await expect(capabilitiesDocument()).toMatchFileSnapshot(document);
});

it('a table lines up and keeps bars inside their cells', () => {
  expect(markdownTable(['a', 'name'], [['x|y', 'z']])).toBe(
    '| a    | name |\n| ---- | ---- |\n| x\\|y | z    |',
  );
});

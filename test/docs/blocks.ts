import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Fenced block, with its position. */
export interface Block {
  document: string;
  heading: string;
  language: string;
  text: string;
}

const documentsIn = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));

/** Every document, as a path from the root. */
export const documents = () => ['', 'docs', 'docs/decisions'].flatMap(documentsIn);

/** Every block of every document. Read at once, since each becomes a test. */
export const blocks = () => documents().flatMap(blocksOf);

function blocksOf(document: string): Block[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const parts = text.matchAll(/^#+ ([^\n]*)$|^ *```(\w*)\n(.*?)^ *```$/gms);
  let heading = '';
  return Array.from(parts).flatMap(([, title, language = '', block = '']) => {
    heading = title ?? heading;
    return title === undefined ? [{ document, heading, language, text: block }] : [];
  });
}

export const SHELLS = ['sh', 'bash'];

/** The blocks that a reader types, or copies. */
export const commands = () => blocks().filter(({ language }) => SHELLS.includes(language));

/** Serves, asks or configures the dashboard, which is built for the browser tests. */
export const needsDashboard = ({ text }: Block) =>
  /npm run .*dashboard|runner dashboard|127\.0\.0\.1:3000/.test(text);

/** With what a test is called. */
export const titled = (block: Block): [string, Block] => {
  const { document, heading, text } = block;
  return [`${document}, ${heading}: ${text.split('\n', 1).join()}`, block];
};

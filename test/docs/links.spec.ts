import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, ROOT } from './blocks.ts';

const read = (document: string) => readFileSync(join(ROOT, document), 'utf8');
const withoutCode = (text: string) => text.replaceAll(/^ *```.*?^ *```$|`[^`\n]*`/gms, '');

/** Each place that a document links to, but for those in the web. */
function links(document: string): string[] {
  const targets = withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g);
  return Array.from(targets, ([, target = '']) => target).filter((to) => !/^https?:/.test(to));
}

/** The anchors of a document, as GitHub makes them of its headings. */
function anchors(document: string): Set<string> {
  const headings = read(document).matchAll(/^#+ (.*)$/gm);
  const slugs = Array.from(headings, ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(slugs);
}

/** True if a link of a document leads to an existing file, and to a heading that it has. */
function leadsSomewhere(document: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? document : relative(ROOT, join(ROOT, dirname(document), file));
  return existsSync(join(ROOT, target)) && (anchor === undefined || anchors(target).has(anchor));
}

describe('every link of every document', () => {
  it.each(documents())('leads somewhere: %s', (document) => {
    expect(links(document).filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });
});

describe('the figures of the README', () => {
  const [, why = ''] = /## Why not a script\?(.*?)^## /ms.exec(read('README.md')) ?? [];
  const facts = why.split(/^- /m).slice(1);

  it.each(facts)('stand in the document that they are linked to: %s', (fact) => {
    const [, document = ''] = /\]\(([^)#]+)/.exec(fact) ?? [];
    const figures = fact.replace(/\(\[.*/s, '').match(/\d[\d,.]*\d/g) ?? [];
    expect(figures).not.toEqual([]);
    for (const figure of figures) expect(read(document)).toContain(figure);
  });
});

import type { ListedClip } from '@app/engines';
import { attributeOf, elementsIn, readXml, textOf, type XmlElement } from '../../mhl/xml.ts';

/**
 * Colour decisions by the ASC's XML: a collection (`.ccc`, `.cdl`) or a single one (`.cc`).
 *
 * @param name of the file without extension: what a decision without an id is of.
 * @throws Error with a sentence when it is no XML.
 */
export function readColourList(text: string, name: string): ListedClip[] {
  return corrections(readXml(text)).map((correction) => ({
    line: 1,
    name: attributeOf(correction, 'id') ?? name,
    file: null,
    reel: null,
    start: null,
    end: null,
    sop: sopOf(correction),
    saturation: textWithin(correction, 'SatNode', 'Saturation'),
  }));
}

function corrections(element: XmlElement): XmlElement[] {
  return Object.keys(element).flatMap((name) =>
    name === 'ColorCorrection'
      ? elementsIn(element, name)
      : elementsIn(element, name).flatMap(corrections),
  );
}

function sopOf(correction: XmlElement): string | null {
  const [node] = elementsIn(correction, 'SOPNode');
  if (node === undefined) return null;
  const triples = ['Slope', 'Offset', 'Power'].map((name) =>
    textWithin(correction, 'SOPNode', name),
  );
  if (triples.includes(null)) return null;
  return triples.map((triple) => `(${triple?.split(/\s+/).join(' ')})`).join('');
}

function textWithin(correction: XmlElement, outer: string, inner: string): string | null {
  const [node] = elementsIn(correction, outer);
  const [element] = node === undefined ? [] : elementsIn(node, inner);
  const text = element === undefined ? '' : textOf(element);
  return text === '' ? null : text;
}

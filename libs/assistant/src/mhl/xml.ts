import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Child elements by name, attributes prefixed with `@`, and text as `#`. */
export interface XmlElement {
  readonly [name: string]: readonly XmlElement[] | string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  removeNSPrefix: true,
  trimValues: false,
  // Without it, numeric entities such as `&#233;` aren't decoded either.
  htmlEntities: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** Limit on tags, attributes and entities, which cost more than plain bytes. A list of 300,000 files stays below it. */
const MAX_MARKS = 3_000_000;
const MARKS = new Set(['<', '=', '&'].map((mark) => mark.charCodeAt(0)));

/**
 * Parses an XML document. Documents with a DOCTYPE are refused: no list needs entities of its own.
 *
 * @returns an element that contains the root
 * @throws Error with a sentence if it isn't well-formed or is too large
 */
export function readXml(text: string): XmlElement {
  if (exceedsLimit(text)) throw new Error('it has more entries than are read');
  if (/<!DOCTYPE/i.test(text)) throw new Error('it declares a document type');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new Error(`${verdict.err.msg} (line ${verdict.err.line})`);
  return parser.parse(text) as XmlElement;
}

/** True if the text has too many tags, attributes and entities to be parsed. */
function exceedsLimit(text: string): boolean {
  let marks = 0;
  for (let at = 0; at < text.length && marks <= MAX_MARKS; at++)
    if (MARKS.has(text.charCodeAt(at))) marks++;
  return marks > MAX_MARKS;
}

/** Returns the child elements of a name. */
export function elementsIn(parent: XmlElement, name: string): readonly XmlElement[] {
  const found = parent[name];
  return typeof found === 'object' ? found : [];
}

/** Trimmed text of an element. */
export function textOf(element: XmlElement): string {
  const text = element['#'];
  return typeof text === 'string' ? text.trim() : '';
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  const value = element[`@${name}`];
  return typeof value === 'string' ? value.trim() : undefined;
}

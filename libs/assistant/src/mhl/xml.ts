import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Elements by their names, attributes with an `@` before theirs, and the text as `#`. */
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
  // Without it no `&#233;` is read either.
  htmlEntities: true,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** What costs time and memory beside mere bytes: tags, attributes, entities. A list of 300,000 files has as many. */
const MOST_MARKS = 3_000_000;
const MARKS = new Set(['<', '=', '&'].map((mark) => mark.charCodeAt(0)));

/**
 * Reads an XML document. One that declares a document type is refused: no list needs entities of its own.
 *
 * @returns an element that holds the root.
 * @throws Error with a sentence when it isn't well-formed, or has more than is read.
 */
export function readXml(text: string): XmlElement {
  if (hasTooMuch(text)) throw new Error('it has more entries than are read');
  if (/<!DOCTYPE/i.test(text)) throw new Error('it declares a document type');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new Error(`${verdict.err.msg} (line ${verdict.err.line})`);
  return parser.parse(text) as XmlElement;
}

/** Asked before anything is made of the text. */
function hasTooMuch(text: string): boolean {
  let marks = 0;
  for (let at = 0; at < text.length && marks <= MOST_MARKS; at++)
    if (MARKS.has(text.charCodeAt(at))) marks++;
  return marks > MOST_MARKS;
}

/** The elements of a name in another. */
export function elementsIn(parent: XmlElement, name: string): readonly XmlElement[] {
  const found = parent[name];
  return typeof found === 'object' ? found : [];
}

/** The text of an element, without white space around it. */
export function textOf(element: XmlElement): string {
  const text = element['#'];
  return typeof text === 'string' ? text.trim() : '';
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  const value = element[`@${name}`];
  return typeof value === 'string' ? value.trim() : undefined;
}

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

/**
 * Reads an XML document. One that declares a document type is refused: no list needs entities of its own.
 *
 * @returns an element that holds the root.
 * @throws Error with a sentence when it isn't well-formed.
 */
export function readXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new Error('it declares a document type');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new Error(`${verdict.err.msg} (line ${verdict.err.line})`);
  return parser.parse(text) as XmlElement;
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

/** The same of a name, which may begin or end with a space: only what lays the element out is left away. */
export function nameOf(element: XmlElement): string {
  const text = element['#'];
  return typeof text === 'string' ? text.replaceAll(/^\s*\n\s*|\s*\n\s*$/g, '') : '';
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  const value = element[`@${name}`];
  return typeof value === 'string' ? value.trim() : undefined;
}

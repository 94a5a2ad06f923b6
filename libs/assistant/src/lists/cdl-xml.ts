import { quoted } from '@app/jobspec';
import { EMPTY_CLIP, type ListedClip } from './listed-clip.ts';
import { attributeOf, elementsIn, readXml, textOf, type XmlElement } from '../mhl/xml.ts';

/** Unusable CDL file. The message follows the file's name. */
export class CdlFault extends Error {
  override readonly name = 'CdlFault';
}

/** Root elements of ASC CDL files. */
const ROOTS = ['ColorCorrection', 'ColorCorrectionCollection', 'ColorDecisionList'] as const;

/**
 * Reads the corrections of a `.cc`, `.ccc` or `.cdl` file, each with its id and referenced media as names.
 *
 * @param stem of the file, which names the correction of a `.cc`
 * @throws CdlFault if it isn't a CDL
 */
export function readXmlCdls(text: string, stem: string): ListedClip[] {
  const document = orFault(() => readXml(text));
  const [root] = ROOTS.flatMap((name) => elementsIn(document, name).map((one) => ({ name, one })));
  if (root === undefined) throw new CdlFault(`holds none of ${ROOTS.join(', ')}`);
  const found = correctionsIn(root.one, root.name);
  if (found.length === 0) throw new CdlFault('holds no ColorCorrection');
  return found.map(({ correction, media }, index) => {
    const id = attributeOf(correction, 'id') ?? null;
    const file = media ?? (root.name === 'ColorCorrection' ? stem : null);
    if (id === null && file === null)
      throw new CdlFault(`has a ColorCorrection without id, the ${index + 1}th`);
    const numbers = numbersOf(correction, id ?? file ?? '');
    return Object.assign({}, EMPTY_CLIP, numbers, { line: index + 1, name: id, file });
  });
}

interface FoundCorrection {
  correction: XmlElement;
  /** Target of the MediaRef. */
  media: string | null;
}

function correctionsIn(root: XmlElement, name: (typeof ROOTS)[number]): FoundCorrection[] {
  if (name === 'ColorCorrection') return [{ correction: root, media: null }];
  const own = elementsIn(root, 'ColorCorrection').map((correction) => ({
    correction,
    media: null,
  }));
  if (name === 'ColorCorrectionCollection') return own;
  const decided = elementsIn(root, 'ColorDecision').flatMap((decision) => {
    const [reference] = elementsIn(decision, 'MediaRef');
    const media = reference === undefined ? null : (attributeOf(reference, 'ref') ?? null);
    if (elementsIn(decision, 'ColorCorrectionRef').length > 0)
      throw new CdlFault('refers to corrections elsewhere, which can’t be followed');
    return elementsIn(decision, 'ColorCorrection').map((correction) => ({ correction, media }));
  });
  return [...own, ...decided];
}

/** Allowed child elements, the usual spelling first. Any other element could change the look. */
const SOP_NAMES = ['SOPNode', 'ASC_SOP'];
const SAT_NAMES = ['SatNode', 'SATNode', 'ASC_SAT'];
const SOP = ['Slope', 'Offset', 'Power'];
const NOTES: ReadonlySet<string> = new Set([
  'Description',
  'InputDescription',
  'ViewingDescription',
]);

function numbersOf(correction: XmlElement, name: string): Pick<ListedClip, 'sop' | 'saturation'> {
  checkElements(correction, [...SOP_NAMES, ...SAT_NAMES], name);
  const [sop, sat] = [only(correction, SOP_NAMES, name), only(correction, SAT_NAMES, name)];
  if (sop === null && sat === null)
    throw new CdlFault(`has neither SOPNode nor SatNode for ${quoted(name)}`);
  if (sop !== null) checkElements(sop, SOP, name);
  if (sat !== null) checkElements(sat, ['Saturation'], name);
  return {
    sop: sop === null ? null : SOP.map((key) => `(${valueOf(sop, key, name)})`).join(''),
    saturation: sat === null ? null : valueOf(sat, 'Saturation', name),
  };
}

/** @throws CdlFault for any element other than these and descriptions */
function checkElements(parent: XmlElement, names: readonly string[], of: string) {
  const unexpected = Object.keys(parent).find(
    (key) => !/^[#@]/.test(key) && !names.includes(key) && !NOTES.has(key),
  );
  if (unexpected !== undefined)
    throw new CdlFault(`has ${quoted(unexpected)} for ${quoted(of)}, which is no part of a CDL`);
}

function valueOf(node: XmlElement, key: string, name: string): string {
  const element = only(node, [key], name);
  if (element === null) throw new CdlFault(`has no ${key} for ${quoted(name)}`);
  checkElements(element, [], name);
  return textOf(element).split(/\s+/).join(' ');
}

function only(parent: XmlElement, names: readonly string[], of: string): XmlElement | null {
  const found = names.flatMap((name) => elementsIn(parent, name));
  if (found.length > 1) throw new CdlFault(`has ${names[0]} more than once for ${quoted(of)}`);
  return found[0] ?? null;
}

function orFault<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CdlFault(`is not readable XML: ${quoted((error as Error).message)}`);
  }
}

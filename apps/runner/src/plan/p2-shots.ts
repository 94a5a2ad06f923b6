import type { Span } from '@app/engines';
import { readWhole } from '../files/index.ts';
import { elementsIn, readXml, textOf, type XmlElement } from '../mhl/xml.ts';
import { severalAtOnce } from '../process/several-at-once.ts';

/** `…/CONTENTS/VIDEO/0001AB.MXF`, described by `…/CONTENTS/CLIP/0001AB.XML`. */
const ESSENCE = /^(?<card>.*\/CONTENTS\/)(?:VIDEO|AVCLIP)\/(?<name>[^/]+)\.\w+$/i;
/** No camera's description of a clip is larger, in bytes. */
const MOST_BYTES = 1024 * 1024;

/** A clip that is a part of a shot, by the card. */
interface Part {
  path: string;
  /** The clip that the shot begins with. */
  top: string;
  /** In frames from there. */
  offset: number;
}

/** Shots of P2 in several clips, in order, and clips whose shot has parts that aren't here. */
export interface P2Shots {
  spans: Span[];
  incomplete: string[];
}

/**
 * Reads which clips belong to one shot; a shot may lie on several cards. A description that can't be read tells nothing.
 *
 * @param paths of clips, absolute, with slashes.
 */
export async function p2Shots(paths: readonly string[]): Promise<P2Shots> {
  const essences = paths.filter((path) => ESSENCE.test(path));
  const parts = (await severalAtOnce(essences, partOf)).filter((part) => part !== null);
  const shots = new Map<string, Part[]>();
  for (const part of parts) shots.set(part.top, [...(shots.get(part.top) ?? []), part]);
  const inOrder = Array.from(shots.values(), (shot) =>
    shot.toSorted((a, b) => a.offset - b.offset).map(({ path }) => path),
  );
  return {
    spans: inOrder.filter(({ length }) => length > 1),
    incomplete: inOrder.filter(({ length }) => length === 1).flat(),
  };
}

async function partOf(path: string): Promise<Part | null> {
  const { card = '', name = '' } = ESSENCE.exec(path)?.groups ?? {};
  try {
    const description = `${card}CLIP/${name}.XML`;
    const root = readXml((await readWhole(description, MOST_BYTES)).toString());
    const relation = within(root, 'P2Main', 'ClipContent', 'Relation');
    const top = textOf(within(relation, 'Connection', 'Top', 'GlobalClipID'));
    const neighbours = ['Previous', 'Next'].filter(
      (one) => textOf(within(relation, 'Connection', one, 'GlobalClipID')) !== '',
    );
    const offset = Number(textOf(within(relation, 'OffsetInShot')));
    return top === '' || neighbours.length === 0 ? null : { path, top, offset };
  } catch {
    return null;
  }
}

/** The first element that lies below these names; an empty one for none. */
function within(element: XmlElement, ...names: readonly string[]): XmlElement {
  return names.reduce<XmlElement>((outer, name) => elementsIn(outer, name)[0] ?? {}, element);
}

import type { Leftover } from './leftover.ts';

/** Something that lies on a card and is no clip. */
export interface CardRule {
  kind: Leftover;
  /** For the document. */
  what: string;
  /** Holds of the path with slashes, in any case; of a card's own rule, from the card's folders on. */
  path: RegExp;
  /** Then it is one only where such a clip lies there. */
  beside?: {
    where: 'folder' | 'parent';
    /** `same`: named like the file, the extension aside. */
    name: 'same' | 'any';
    /** The end of the file's name that the clip's doesn't have. */
    without?: RegExp;
    /** Lower case, with the dot. */
    extensions: readonly string[];
  };
}

/** How a maker's cameras lay out a card. */
export interface CardLayout {
  title: string;
  cameras: string;
  /** The folders that give it away in the path of a file, with slashes, in any case. */
  folders?: RegExp;
  /** What gives it away in a path where no folders do. */
  file?: RegExp;
  /** The folder that is the card, from the beginning of a path; without it the one above `folders`, or that of `file`. */
  root?: RegExp;
  /** For the document. */
  clips: string;
  leftovers: readonly CardRule[];
}

import type { JobDocument } from './draft.ts';
import type { Clip } from './examine.ts';
import type { Problem } from './found.ts';
import type { HashList } from './mhl/find-lists.ts';
import type { SubmitResult } from './store.ts';
import type { Walk } from './walk.ts';

/** What was found, and what became of it. */
export interface Plan {
  clips: readonly Clip[];
  /** Paths of clips that go on from another, by the lists of their cameras. */
  joined: readonly string[];
  jobs: readonly { document: JobDocument; fate: SubmitResult }[];
  /** Proxies that jobs have made, and that are there. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  alreadySubmitted: number;
  leftovers: Walk['leftovers'];
  /** Symbolic links, which are not followed. */
  links: number;
  lists: readonly HashList[];
  /** Sources that match, and those of which no list tells; `null` when nobody has asked. */
  hashes: { matched: number; unlisted: readonly string[] } | null;
  problems: readonly Problem[];
}

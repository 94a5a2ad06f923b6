import type { JobDocument } from './draft.ts';
import type { Clip } from './examine.ts';
import type { Problem } from './found.ts';
import type { HashList } from './mhl/find-lists.ts';
import type { SubmitResult } from './store.ts';
import type { Shots } from './shots.ts';
import type { Walk } from './walk.ts';

/** What was found, and what became of it. */
export interface Plan {
  clips: readonly Clip[];
  shots: Shots;
  jobs: readonly { document: JobDocument; fate: SubmitResult }[];
  /** Sources that failed before, and are in jobs of their own. */
  failedBefore: readonly string[];
  /** Proxies that are there. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  alreadySubmitted: number;
  leftovers: Walk['leftovers'];
  /** Clips that the list of `--only` doesn't name. */
  notListed: number;
  /** Symbolic links, which are not followed. */
  links: number;
  lists: readonly HashList[];
  /** Sources that match, and those of which no list tells; `null` when nobody has asked. */
  hashes: { matched: number; unlisted: readonly string[] } | null;
  problems: readonly Problem[];
}

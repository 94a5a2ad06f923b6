import type { ClipSums } from '../jobs/clip-row.ts';

export { CLIPS_COUNTED } from '../jobs/clip-row.ts';

/** The clips of a view: where the sources stand first, then earlier attempts at them; in each, what needs somebody first. */
export interface ClipView {
  sums: ClipSums;
  /** False when there are more clips than are counted: `sums` are those of the latest ones. */
  isCounted: boolean;
  /** How many clips the proxies of the sums were asked of; `null` when that is not told. */
  sources: number | null;
  /** Rows on all pages: earlier attempts are listed too. */
  listed: number;
  /** Clips that decide at the end of the day that the view is of; `null` when the index says it. */
  latest: ReadonlySet<number> | null;
  /** One clip for each proxy that is decided elsewhere. */
  decided: ReadonlySet<number>;
  /** Ids of one page. */
  ids: number[];
  /** The sums of folders of sources, by the id of the folder. */
  groups: ReadonlyMap<number, ClipSums>;
}

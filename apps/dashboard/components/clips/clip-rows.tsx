import { NoPictures } from '@/components/pictures/no-pictures.tsx';
import type { ClipRow } from '@/lib/jobs/clip-row.ts';
import type { Reading } from '@/lib/format/so-far.ts';
import type { JobQuery } from '@/lib/query/job-query.ts';
import type { ClipPage } from '@/lib/query/select-clips.ts';
import type { ShownPicture } from '@/lib/query/shown-pictures.ts';
import { ClipGroups } from './clip-groups.tsx';
import { NoClips } from './no-clips.tsx';

interface Props {
  index: Reading;
  query: JobQuery;
  view: ClipPage;
  pictures: ReadonlyMap<ClipRow, ShownPicture>;
  shown: 'list' | 'sheet';
  /** Where the list is. */
  list: string;
}

/** One page of clips, or why there is none. */
export function ClipRows({ index, query, list, ...props }: Props) {
  if (props.view.rows.length === 0) return <NoClips index={index} query={query} />;
  if (props.shown === 'sheet' && props.pictures.size === 0) return <NoPictures list={list} />;
  return <ClipGroups {...props} />;
}

import type { ActiveJob } from '@app/jobspec/folder';
import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/words.tsx';
import { nowSentence } from '@/lib/format/now-sentence.ts';
import { fileNameOf } from '@/lib/text/quantities.ts';

/** The clip being made: how far, which one and since when. */
export function ClipNow({ active }: { active: ActiveJob }) {
  const { source_path, clip_started_at } = active;
  return (
    <>
      <span>{nowSentence(active)}</span>
      {source_path !== null && <Name value={fileNameOf(source_path)} />}
      {clip_started_at !== null && (
        <span>
          since <Moment at={Date.parse(clip_started_at)} seconds />
        </span>
      )}
    </>
  );
}

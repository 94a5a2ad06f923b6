import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { ClipStory } from '@/components/clip/clip-story.tsx';
import type { JobReference } from '@/lib/index/job-row.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { clipReferred } from '@/lib/query/clip-rows.ts';
import { clipPath, decodeReference, placeOf } from '@/lib/query/job-path.ts';
import { findMovedJob, openJob } from '@/lib/query/open-job.ts';
import { fileNameOf } from '@/lib/index/paths.ts';
import { visibleLine } from '@/lib/index/visible-text.ts';

interface Props {
  params: Promise<JobReference & { clip: string }>;
}

async function find(params: Props['params']) {
  const { clip, ...address } = await params;
  const [reference, index] = [decodeReference(address), placeOf(clip) - 1];
  if (reference === null || index < 0) return null;
  const job = await openJob(watchIndex(), reference, index);
  return { reference, index, job, row: clipReferred(watchIndex(), reference, index) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await find(params);
  return { title: visibleLine(fileNameOf(found?.row?.source_path ?? 'Clip')).slice(0, 200) };
}

export default async function ClipPage({ params }: Props) {
  const found = await find(params);
  if (found === null) notFound();
  const { reference, index, job, row } = found;
  if (job === null) {
    const moved = findMovedJob(watchIndex(), reference);
    if (moved === null) notFound();
    redirect(clipPath(moved, index));
  }
  if (row === null) notFound();
  return <ClipStory index={watchIndex()} {...{ row, job }} />;
}

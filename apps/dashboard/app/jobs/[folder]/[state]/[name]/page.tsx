import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { JobStory } from '@/components/job/job-story.tsx';
import type { JobReference } from '@/lib/index/job-row.ts';
import { visibleLine } from '@/lib/index/visible-text.ts';
import { watchIndex } from '@/lib/index/watch-index.ts';
import { clipPageOf, decodeReference, jobPath } from '@/lib/query/job-path.ts';
import { findMovedJob, openJob } from '@/lib/query/open-job.ts';

interface Props {
  params: Promise<JobReference>;
  searchParams: Promise<{ clips?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = decodeReference(await params)?.name ?? 'Job';
  return { title: visibleLine(name).slice(0, 200) };
}

export default async function JobPage({ params, searchParams }: Props) {
  const index = watchIndex();
  const reference = decodeReference(await params);
  if (reference === null) notFound();
  const job = await openJob(index, reference);
  if (job === null) {
    const moved = findMovedJob(index, reference);
    if (moved === null) notFound();
    redirect(jobPath(moved));
  }
  return <JobStory index={index} job={job} page={clipPageOf(await searchParams)} />;
}

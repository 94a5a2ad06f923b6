import { notFound, redirect } from 'next/navigation';
import { JobSheet } from '@/components/job/job-sheet.tsx';
import type { JobReference } from '@/lib/jobs/job-row.ts';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { clipsOfJob } from '@/lib/query/clip-rows.ts';
import { posters } from '@/lib/query/shown-pictures.ts';
import { clipPageOf, CLIPS_A_PAGE, decodeReference, jobPath } from '@/lib/query/job-path.ts';
import { jobReferred } from '@/lib/query/job-rows.ts';

export { generateMetadata } from '../page.tsx';

interface Props {
  params: Promise<JobReference>;
  searchParams: Promise<{ clips?: string | string[] }>;
}

export default async function JobSheetPage({ params, searchParams }: Props) {
  const index = watchIndex();
  const reference = decodeReference(await params);
  if (reference === null) notFound();
  const job = jobReferred(index, reference);
  // Its page knows what became of it, and has it before the index does.
  if (job === null) redirect(jobPath(reference));
  const page = clipPageOf(await searchParams);
  const rows = clipsOfJob(index, job, (page - 1) * CLIPS_A_PAGE, CLIPS_A_PAGE);
  const pictures = await posters(index, rows);
  return <JobSheet {...{ job, page, rows, pictures }} />;
}

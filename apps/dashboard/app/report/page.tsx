import type { Metadata } from 'next';
import { DayReport } from '@/components/report/day-report.tsx';
import { NoReport } from '@/components/report/no-report.tsx';
import { watchIndex } from '@/lib/live/watch-index.ts';
import { dayOf } from '@/lib/query/days.ts';
import { jobsToEnd } from '@/lib/query/jobs-to-end.ts';
import { pageQuery, type PageParameters } from '@/lib/query/requested-query.ts';

interface Props {
  searchParams: PageParameters;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { query, problems } = await pageQuery(watchIndex(), searchParams);
  return {
    title: problems.length > 0 ? 'No report' : `Report of ${query.day ?? dayOf(Date.now())}`,
  };
}

/** A day to hand over, on paper or as PDF by the browser. */
export default async function ReportPage({ searchParams }: Props) {
  const index = watchIndex();
  const { query, problems } = await pageQuery(index, searchParams);
  // On paper a hint is soon lost: no other report than the one that was asked for.
  if (problems.length > 0) return <NoReport problems={problems} />;
  const day = query.day ?? dayOf(Date.now());
  const asked = { ...query, day, page: 1, pageSize: 500 };
  const toEnd = jobsToEnd(index, asked, Date.now());
  return <DayReport index={index} query={asked} day={day} toEnd={toEnd} />;
}

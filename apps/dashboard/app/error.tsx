'use client';

import { Empty } from '@/components/text/empty.tsx';

/** A defect of ours; the watch folders are not touched by it. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <Empty title="This page could not be shown.">
      <p>The jobs are not affected: the dashboard only reads. Its log says what went wrong.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </Empty>
  );
}

'use client';

import { Empty } from '@/components/text/empty.tsx';

/** A defect of ours; the watch folders are not touched by it. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <Empty title="Something went wrong.">
      <p>Your jobs aren’t affected. Details are in the dashboard’s log.</p>
      <button type="button" onClick={reset}>
        Try again
      </button>
    </Empty>
  );
}

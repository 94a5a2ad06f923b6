'use client';

import { Empty } from '@/components/text/empty.tsx';

/** Page for unhandled errors. */
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

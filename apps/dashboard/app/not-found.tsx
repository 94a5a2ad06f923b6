import type { Metadata } from 'next';
import { A } from '@/components/text/a.tsx';
import { Empty } from '@/components/text/empty.tsx';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <div data-missing>
      <h1>Page not found.</h1>
      <Empty title="A job may have been retried or deleted since.">
        <p>
          <A href="/clips">Search clips</A> · <A href="/jobs">Search jobs</A>
        </p>
      </Empty>
    </div>
  );
}

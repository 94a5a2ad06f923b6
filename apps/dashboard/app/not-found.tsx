import type { Metadata } from 'next';
import { A } from '@/components/text/a.tsx';
import { Empty } from '@/components/text/empty.tsx';

export const metadata: Metadata = { title: 'Not there' };

export default function NotFound() {
  return (
    <div data-missing>
      <h1>There is nothing at this address.</h1>
      <Empty title="A job that was handed in again, or deleted, has left it.">
        <p>
          <A href="/clips">Look for the clip</A> or <A href="/jobs">for the job</A>.
        </p>
      </Empty>
    </div>
  );
}

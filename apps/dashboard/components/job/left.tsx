import { Name } from '@/components/text/words.tsx';
import type { LeftToMake } from '@/lib/query/left-to-make.ts';
import { formatCount } from '@/lib/text/quantities.ts';

/** What is to stay in the copy. */
export function Left({ left: { total, names } }: { left: LeftToMake }) {
  if (total === 0) return null;
  return (
    <p>
      Keep only the sources of what is left to make: <Name value={names.join(', ')} limit={1500} />
      {total > names.length && ` and ${formatCount(total - names.length)} more`}.
    </p>
  );
}

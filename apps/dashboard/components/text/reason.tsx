import { clipped } from '@/lib/text/visible-text.ts';
import { Sentence } from './sentence.tsx';

const BEGINNING = 240;
const WHOLE = 65_536;

/** A reason of any length: a long one shows its beginning, and the rest when it is asked for. */
export function Reason({ value }: { value: string }) {
  const isLong = clipped(value, BEGINNING) !== value;
  return (
    <>
      <p>
        <Sentence value={value} limit={BEGINNING} />
      </p>
      {isLong && (
        <details>
          <summary>All of the reason</summary>
          <p>
            <Sentence value={value} limit={WHOLE} />
          </p>
        </details>
      )}
    </>
  );
}

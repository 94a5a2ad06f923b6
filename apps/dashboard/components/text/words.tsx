import { Fragment } from 'react';
import { clipped, visibleLine } from '@/lib/text/visible-text.ts';
import styles from './text.module.css';

const NAME_LIMIT = 400;
/** Where a name that is too long for its line may go on in the next one. */
const BREAKS = /(?<=[/_.-])(?=.)/u;

/** A file name, path or id of unknown origin: shown as text, on its own whatever direction it is written in. */
export function Name({ value, limit = NAME_LIMIT }: { value: string; limit?: number }) {
  return (
    <bdi className={styles.name} translate="no">
      {clipped(visibleLine(value), limit)
        .split(BREAKS)
        .map((part, at) => (
          // The parts of one name never change their order.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={at}>
            {at > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
    </bdi>
  );
}

const SENTENCE_LIMIT = 4000;

/** A reason or a warning of unknown origin, shown as text. */
export function Sentence({ value, limit = SENTENCE_LIMIT }: { value: string; limit?: number }) {
  return <bdi className={styles.sentence}>{clipped(visibleLine(value), limit)}</bdi>;
}

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

import { Fragment } from 'react';
import { cardName } from '@app/assistant/card';
import { cardPath } from '@/lib/query/job-path.ts';
import { clipped, clippedSentence, visibleLine } from '@/lib/index/visible-text.ts';
import { A } from './a.tsx';
import styles from './text.module.css';

const NAME_LIMIT = 400;
/** Characters kept at the end of a name, which tells clips apart. */
const TAIL = 12;

/** Untrusted file name or id on one line, shortened in the middle if space is short. */
export function Name({ value, limit = NAME_LIMIT }: { value: string; limit?: number }) {
  const text = clipped(visibleLine(value), limit);
  const at = text.length > 2 * TAIL ? endOf(text) : 0;
  if (at === 0)
    return (
      <bdi className={styles.name} translate="no">
        {text}
      </bdi>
    );
  return (
    <bdi className={styles.longName} title={text} translate="no">
      <span>{text.slice(0, at)}</span>
      <span>{text.slice(at)}</span>
    </bdi>
  );
}

/** Start of the tail, without splitting a surrogate pair. */
function endOf(text: string): number {
  const at = text.length - TAIL;
  return /[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at + 1 : at;
}

/** Allows line breaks after slashes. */
function brokenAtSlashes(text: string) {
  return text.split(/(?<=[/\\])(?=.)/u).map((part, at) => (
    // Parts of a path never change their order.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** Untrusted path on as many lines as needed. */
export function Path({ value, limit = 4096 }: { value: string; limit?: number }) {
  return (
    <bdi className={styles.path} translate="no">
      {brokenAtSlashes(clipped(visibleLine(value), limit))}
    </bdi>
  );
}

/** Name of a card with its parent folder, as names may repeat. */
export function CardName({ path }: { path: string }) {
  const above = cardName(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return (
    <span className={styles.card} translate="no">
      <bdi>{visibleLine(cardName(path)) || 'No folder'}</bdi>
      {above !== '' && <small> {visibleLine(above)}</small>}
    </span>
  );
}

/** Link to all clips of a card. */
export function CardLink({ path }: { path: string }) {
  return (
    <A href={cardPath(path)}>
      <CardName path={path} />
    </A>
  );
}

const SENTENCE_LIMIT = 4000;

/** Untrusted reason or warning, shown as text. */
export function Sentence({ value, limit = SENTENCE_LIMIT }: { value: string; limit?: number }) {
  return (
    <bdi className={styles.sentence}>
      {brokenAtSlashes(clippedSentence(visibleLine(value), limit))}
    </bdi>
  );
}

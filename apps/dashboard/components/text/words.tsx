import { Fragment } from 'react';
import { cardName } from '@app/assistant/card';
import { cardPath } from '@/lib/query/job-path.ts';
import { clipped, clippedSentence, visibleLine } from '@/lib/index/visible-text.ts';
import { A } from './a.tsx';
import styles from './text.module.css';

const NAME_LIMIT = 400;
/** What tells clips apart stands at the end of their names. */
const TAIL = 12;

/** A file name or id of unknown origin, on one line: where there is no room, its middle gives way. */
export function Name({ value, limit = NAME_LIMIT }: { value: string; limit?: number }) {
  const shown = clipped(visibleLine(value), limit);
  const at = shown.length > 2 * TAIL ? endOf(shown) : 0;
  if (at === 0)
    return (
      <bdi className={styles.name} translate="no">
        {shown}
      </bdi>
    );
  return (
    <bdi className={styles.longName} title={shown} translate="no">
      <span>{shown.slice(0, at)}</span>
      <span>{shown.slice(at)}</span>
    </bdi>
  );
}

/** Characters are not cut in two. */
function endOf(text: string): number {
  const at = text.length - TAIL;
  return /[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at + 1 : at;
}

/** A path that is too long for its line goes on in the next one with a whole name. */
function brokenAtSlashes(text: string) {
  return text.split(/(?<=[/\\])(?=.)/u).map((part, at) => (
    // The parts of one path never change their order.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** A path of unknown origin, whole, on as many lines as it takes. */
export function Path({ value, limit = 4096 }: { value: string; limit?: number }) {
  return (
    <bdi className={styles.path} translate="no">
      {brokenAtSlashes(clipped(visibleLine(value), limit))}
    </bdi>
  );
}

/** How people call a card; two of one name are told apart by the folder above. */
export function CardName({ path }: { path: string }) {
  const above = cardName(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return (
    <span className={styles.card} translate="no">
      <bdi>{visibleLine(cardName(path)) || 'No folder'}</bdi>
      {above !== '' && <small> {visibleLine(above)}</small>}
    </span>
  );
}

/** To all of its clips. */
export function CardLink({ path }: { path: string }) {
  return (
    <A href={cardPath(path)}>
      <CardName path={path} />
    </A>
  );
}

const SENTENCE_LIMIT = 4000;

/** A reason or a warning of unknown origin, shown as text. */
export function Sentence({ value, limit = SENTENCE_LIMIT }: { value: string; limit?: number }) {
  return (
    <bdi className={styles.sentence}>
      {brokenAtSlashes(clippedSentence(visibleLine(value), limit))}
    </bdi>
  );
}

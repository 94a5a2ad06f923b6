import { Moment } from '@/components/text/moment.tsx';
import { Name } from '@/components/text/words.tsx';
import { instant } from '@/lib/reading/narrow.ts';
import type { ResultHead } from '@/lib/reading/narrow-result.ts';
import styles from './job.module.css';

/** Explains a job that was cut off, and what became of its clips. */
export function Recovery({ result }: { result: ResultHead }) {
  if (result._recovery === undefined && result.failure_type !== 'RunnerInterrupted') return null;
  const recoveredAt = instant(result._recovery?.recovered_at ?? null);
  return (
    <section className={styles.section} aria-labelledby="interrupted">
      <h2 id="interrupted">What happened</h2>
      <div className={styles.steps}>
        {result._recovery === undefined ? (
          <p>
            The runner was asked to stop, waited as long as it may, and then ended the encoder. It
            recorded that before it went.
          </p>
        ) : (
          <p>
            The runner ended without warning: a crash, a power cut, a killed process. When it
            started again {recoveredAt !== null && <Moment at={recoveredAt} seconds />} it found the
            job at <Name value={result._recovery.original_path} /> and recorded it as interrupted.
          </p>
        )}
        <p>
          Proxies that had been published by then are complete and listed below. The clip that was
          in the works was not published. Nothing is tried again by itself.
        </p>
      </div>
    </section>
  );
}

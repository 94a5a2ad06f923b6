import styles from '../text/text.module.css';

/** What a new folder needs before there is anything to see. */
export function FirstSteps({ folder }: { folder: string }) {
  return (
    <section className={styles.empty}>
      <h2>No job yet. Drop the first one.</h2>
      <p>Start the runner for the folder, then hand it a JobSpec:</p>
      <pre tabIndex={0} aria-label="Commands">
        {`watch-folder-runner ${folder}\nwatch-folder-runner submit job.json ${folder}`}
      </pre>
      <p>It appears here within seconds, and so does its result.</p>
    </section>
  );
}

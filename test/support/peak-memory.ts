/** Preloaded with `node --import`: says on stderr how much memory the process had at its peak. */
export const METER = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`));",
)}`;

/** Output of {@link METER}, in MB. */
export function peakMegabytes(stderr: string): number {
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
}

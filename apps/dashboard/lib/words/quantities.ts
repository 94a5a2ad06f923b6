const COUNT = new Intl.NumberFormat('en');
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Largest figures shown, so that a corrupt file can't break the layout. */
const MOST = { count: 999_999_999, hours: 999_999, bytes: 9999e15 };

/** Shown for negative values. */
const NONSENSE = 'unknown';

/** `12.3 MB`, in powers of 1000 as drives and deliverables are measured. */
export function formatBytes(bytes: number): string {
  if (bytes < 0) return NONSENSE;
  if (bytes > MOST.bytes) return `> ${formatCount(MOST.bytes / 1e15)} PB`;
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 ? Math.round(value) : value.toFixed(value < 100 ? 1 : 0)} ${BYTE_UNITS[power]}`;
}

/** `< 0.1 s`, `0.4 s`, `59 s`, `4 min 05 s`, `2 h 03 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 0) return NONSENSE;
  if (seconds > 0 && seconds < 0.1) return '< 0.1 s';
  if (seconds < 10) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole > MOST.hours * 3600) return `> ${formatCount(MOST.hours)} h`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(whole % 60)} s`;
  return `${formatCount(Math.floor(minutes / 60))} h ${twoDigits(minutes % 60)} min`;
}

/** `05`. */
function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** `1,234`. */
export function formatCount(count: number): string {
  return count > MOST.count ? `> ${COUNT.format(MOST.count)}` : COUNT.format(count);
}

/** `1 clip`, `3 clips`, `3 proxies`. */
export function plural(count: number, thing: string): string {
  const several = thing.endsWith('y') ? `${thing.slice(0, -1)}ies` : `${thing}s`;
  return `${formatCount(count)} ${count === 1 ? thing : several}`;
}

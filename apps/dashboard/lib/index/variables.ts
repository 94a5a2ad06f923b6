const PREFIX = 'WFR_DASHBOARD_';

/** Every setting that the dashboard, or the script that starts it, takes from the environment. */
export const VARIABLES = [
  'WFR_DASHBOARD_FOLDERS',
  'WFR_DASHBOARD_PORT',
  'WFR_DASHBOARD_HOST',
  'WFR_DASHBOARD_ALLOW_HOST',
  'WFR_DASHBOARD_DATA_DIR',
  'WFR_DASHBOARD_MEDIA_ROOT',
  'WFR_DASHBOARD_PASSWORD_HASH',
] as const;

/** A sentence for each variable that looks like a setting and isn't one: a slip, or a setting of another version. */
export function unknownVariables(environment: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !VARIABLES.some((known) => known === name))
    .sort()
    .map(
      (name) =>
        `${name} is not a setting of the dashboard and is ignored; --help and docs/dashboard.md list all.`,
    );
}

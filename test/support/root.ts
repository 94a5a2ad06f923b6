/** True if tests may mount file systems and become other users. */
export const isRoot = process.getuid?.() === 0;

/** Tests that need root say so in the report where they are skipped. */
export const NEEDS_ROOT = isRoot ? '' : ' (skipped: needs root to mount or to change users)';

/** A user without rights, on every system. */
export const NOBODY = 65_534;

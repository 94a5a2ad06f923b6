/** When a test runs, as its options: in the gate and at night, or at night only. */
export const GATE: { tags?: string[] } = {};
export const NIGHT = { tags: ['night'] };

/** Options of a test of many alike: the gate takes some of them, the night takes all. */
export const nightUnless = (isOften: boolean): { tags?: string[] } => (isOften ? GATE : NIGHT);

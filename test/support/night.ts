/** Options of a test of many alike: the gate takes some of them, the night takes all. */
export const nightUnless = (isOften: boolean): { tags?: string[] } =>
  isOften ? {} : { tags: ['night'] };

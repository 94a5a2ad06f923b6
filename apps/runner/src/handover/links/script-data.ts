/** JSON in ASCII alone: whatever a name holds, it stays within its quotes in every language that has them. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What scripts are told of a clip. */
export interface ScriptClip {
  /** As the editing system knows it. */
  source: string;
  proxy: string;
}

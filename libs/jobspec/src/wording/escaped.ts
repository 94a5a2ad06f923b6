/** Control characters, line separators, and characters that turn the direction of a text. */
const UNPRINTABLE =
  // oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
  /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/** Unprintable characters as `\n`, `\u001b` and the like. */
export const escaped = (text: string): string =>
  text.replaceAll(UNPRINTABLE, (character) => {
    const inJson = JSON.stringify(character).slice(1, -1);
    return inJson === character
      ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
      : inJson;
  });

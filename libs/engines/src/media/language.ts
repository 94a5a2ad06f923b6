/** True if two codes mean one language: `en`, `en-US` and `eng` do, and so do `ger` and `deu`. */
export function isSameLanguage(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(code: string): string {
  const [main = code] = code.toLowerCase().split(/[-_]/);
  try {
    return Intl.getCanonicalLocales(main).join();
  } catch {
    // Not a language code.
    return main;
  }
}

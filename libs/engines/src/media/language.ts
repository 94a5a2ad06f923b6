/** Languages with two ISO 639-2 codes: terminological, then bibliographic. */
const TWO_CODES: readonly (readonly [string, string])[] = [
  ['bod', 'tib'],
  ['ces', 'cze'],
  ['cym', 'wel'],
  ['deu', 'ger'],
  ['ell', 'gre'],
  ['eus', 'baq'],
  ['fas', 'per'],
  ['fra', 'fre'],
  ['hye', 'arm'],
  ['isl', 'ice'],
  ['kat', 'geo'],
  ['mkd', 'mac'],
  ['msa', 'may'],
  ['mya', 'bur'],
  ['nld', 'dut'],
  ['ron', 'rum'],
  ['slk', 'slo'],
  ['sqi', 'alb'],
  ['zho', 'chi'],
];

/** One code for a language, whichever of the two a file uses, so that they compare. */
export function canonicalLanguage(code: string): string {
  return TWO_CODES.find(([, bibliographic]) => bibliographic === code)?.[0] ?? code;
}

/** Every code of a language, the one given first. */
export function codesOf(code: string): readonly string[] {
  const canonical = canonicalLanguage(code);
  const other = TWO_CODES.find(([terminological]) => terminological === canonical)?.[1];
  return [code, canonical, ...(other === undefined ? [] : [other])];
}

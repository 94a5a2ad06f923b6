import { sep } from 'node:path';
import { grouped } from '../json/grouped.ts';
import type { JobSpec } from '../vocabulary/job-spec.ts';
import { MAX_NAME_BYTES } from '../vocabulary/limits.ts';
import type { NamingToken } from '../vocabulary/vocabulary.ts';
import * as say from '../wording/messages.ts';
import type { Violation } from '../failure/cause.ts';
import { filledBytes, stemFor, tokenValues, type TokenValues } from './output-names.ts';

interface Output {
  source: string;
  stem: string;
  name: string;
  /** Length of the whole name. */
  bytes: number;
}

interface Kind {
  isWrong: (output: Output) => boolean;
  message: (first: Output, sources: readonly string[]) => string;
}

const KINDS: readonly Kind[] = [
  { isWrong: ({ stem }) => stem === '', message: (_, sources) => say.emptyName(sources) },
  {
    isWrong: ({ stem }) => stem.startsWith('.'),
    message: ({ name }, sources) => say.hiddenName(name, sources),
  },
  {
    isWrong: ({ stem }) => stem.includes('/') || stem.includes(sep),
    message: ({ name }, sources) => say.separatorInName(name, sources),
  },
  {
    isWrong: ({ bytes }) => bytes > MAX_NAME_BYTES,
    message: ({ bytes }, sources) => say.longName(bytes, sources),
  },
];

/**
 * Violations of the output names of a readable JobSpec: one for each kind of mistake, and one for each group of sources with
 * the same output, naming the sources.
 */
export function nameViolations(spec: JobSpec, jobId: string): Violation[] {
  const wrong = new Map<Kind, { first: Output; sources: string[] }>();
  const legal: Output[] = [];
  // Illegal names are not kept: there may be thousands, each as long as a hostile author likes.
  for (const output of outputs(spec, jobId)) {
    const kind = KINDS.find(({ isWrong }) => isWrong(output));
    if (!kind) legal.push(output);
    else if (!wrong.has(kind)) wrong.set(kind, { first: output, sources: [output.source] });
    else wrong.get(kind)?.sources.push(output.source);
  }
  const illegal = [...wrong].map(([kind, { first, sources }]) => kind.message(first, sources));
  return [...illegal, ...shared(legal)].map((message) => ({ path: 'naming_template', message }));
}

function* outputs(spec: JobSpec, jobId: string): Generator<Output> {
  const { naming_template: template, container } = spec;
  let index = 0;
  for (const values of tokenValues(spec, jobId)) {
    const stem = stemFor(template, shortened(values));
    const bytes =
      filledBytes(template, (token) => values[token as NamingToken]) + 1 + container.length;
    yield { source: `sources[${index}]`, stem, name: `${stem}.${container}`, bytes };
    index += 1;
  }
}

/** Cuts values that make a name too long in any case: forty tokens of some megabytes each would fill the memory. */
function shortened(values: TokenValues): TokenValues {
  const { source_name, source_ext } = values;
  return {
    ...values,
    source_name: source_name.slice(0, MAX_NAME_BYTES + 1),
    source_ext: source_ext.slice(0, MAX_NAME_BYTES + 1),
  };
}

function shared(outputs: readonly Output[]): string[] {
  return [...grouped(outputs, ({ name }) => foldedName(name)).values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const sources = group.map(({ source }) => source);
      const names = [...new Set(group.map(({ name }) => name))];
      const [name = '', ...others] = names;
      return others.length === 0 ? say.sameName(name, sources) : say.alikeNames(names, sources);
    });
}

/** Key that is equal for names that a share may treat as one file, because it ignores case or normalises Unicode. */
export const foldedName = (name: string): string =>
  name.normalize('NFD').toUpperCase().normalize('NFC');

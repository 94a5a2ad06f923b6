import { sep } from 'node:path';
import type { JobSpec } from '../vocabulary/job-spec.ts';
import { MAX_NAME_BYTES } from '../vocabulary/limits.ts';
import * as say from '../wording/messages.ts';
import type { Violation } from '../failure/violation.ts';
import { outputStems } from './output-names.ts';

interface Output {
  source: string;
  stem: string;
  name: string;
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
    isWrong: ({ name }) => byteLength(name) > MAX_NAME_BYTES,
    message: ({ name }, sources) => say.longName(byteLength(name), sources),
  },
];

/**
 * What is wrong with the names a readable JobSpec leads to: one violation for each kind of mistake and for each group
 * of sources that would share an output, naming the sources.
 */
export function nameViolations(spec: JobSpec, jobId: string): Violation[] {
  const wrong = new Map<Kind, { first: Output; sources: string[] }>();
  const legal: Output[] = [];
  // Illegal names are not kept: they can be thousands, each as long as a hostile author likes.
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
  let index = 0;
  for (const stem of outputStems(spec, jobId)) {
    yield { source: `sources[${index}]`, stem, name: `${stem}.${spec.container}` };
    index += 1;
  }
}

function shared(outputs: readonly Output[]): string[] {
  return groupsBy(outputs, ({ name }) => folded(name))
    .filter((group) => group.length > 1)
    .map((group) => {
      const sources = group.map(({ source }) => source);
      const names = [...new Set(group.map(({ name }) => name))];
      const [name = '', ...others] = names;
      return others.length === 0 ? say.sameName(name, sources) : say.alikeNames(names, sources);
    });
}

function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** Equal for names that a share without case or with its own Unicode form takes for one file. */
const folded = (name: string) => name.normalize('NFD').toUpperCase().normalize('NFC');

const byteLength = (name: string) => Buffer.byteLength(name, 'utf8');

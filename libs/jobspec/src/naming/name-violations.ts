import { sep } from 'node:path';
import type { JobSpec } from '../job-spec.ts';
import { MAX_NAME_BYTES } from '../limits.ts';
import * as say from '../messages.ts';
import type { Violation } from '../result.ts';
import { outputStems } from './output-names.ts';

interface Output {
  source: string;
  stem: string;
  name: string;
}

/**
 * What is wrong with the names a readable JobSpec leads to: one violation for each kind of mistake and for each group
 * of sources that would share an output, naming the sources.
 */
export function nameViolations(spec: JobSpec, jobId: string): Violation[] {
  const outputs = outputStems(spec, jobId).map((stem, i) => ({
    source: `sources[${i}]`,
    stem,
    name: `${stem}.${spec.container}`,
  }));
  return [...illegal(outputs), ...shared(outputs)].map((message) => ({
    path: 'naming_template',
    message,
  }));
}

const KINDS: readonly [
  (output: Output) => boolean,
  (first: Output, sources: string[]) => string,
][] = [
  [({ stem }) => stem === '', (_, sources) => say.emptyName(sources)],
  [({ stem }) => stem.startsWith('.'), ({ name }, sources) => say.hiddenName(name, sources)],
  [
    ({ stem }) => stem.includes('/') || stem.includes(sep),
    ({ name }, sources) => say.separatorInName(name, sources),
  ],
  [
    ({ name }) => byteLength(name) > MAX_NAME_BYTES,
    ({ name }, sources) => say.longName(byteLength(name), sources),
  ],
];

function illegal(outputs: readonly Output[]): string[] {
  return KINDS.flatMap(([isWrong, message]) => {
    const wrong = outputs.filter(isWrong);
    const [first] = wrong;
    return first
      ? [
          message(
            first,
            wrong.map(({ source }) => source),
          ),
        ]
      : [];
  });
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

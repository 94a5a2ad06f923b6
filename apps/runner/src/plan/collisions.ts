import { foldedName } from '@app/jobspec';
import type { JobDocument } from './draft.ts';
import type { Problem } from './found.ts';

/** Proxies that would get one name, or a source's, each with both paths. Such a plan must not be carried out. */
export function collisions(documents: readonly JobDocument[]): Problem[] {
  const taken = new Map<string, string>();
  for (const { clips } of documents)
    for (const { path } of clips) taken.set(foldedName(path), path);
  const problems: Problem[] = [];
  const made = new Map<string, string>();
  for (const { clips, outputs } of documents) {
    for (const [index, { path }] of clips.entries()) {
      const output = outputs[index] ?? '';
      const key = foldedName(output);
      const [source, other] = [taken.get(key), made.get(key)];
      if (source !== undefined) problems.push(problem(path, `${path} would get ${source}`, OVER));
      else if (other === undefined) made.set(key, path);
      else problems.push(problem(path, `${other} and ${path} would both become ${output}`, TELL));
    }
  }
  return problems;
}

const OVER = 'a source itself, as its proxy. Name another --output.';
const TELL = 'Tell them apart with --naming: {source_ext}, {codec} or {index}.';

function problem(path: string, fact: string, advice: string): Problem {
  const joint = advice === OVER ? ', ' : '. ';
  return { path, kind: 'naming', reason: fact + joint + advice };
}

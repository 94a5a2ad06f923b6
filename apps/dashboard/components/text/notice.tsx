import { Sentence } from './words.tsx';

export function Notice({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className="note" data-of="refused">
      {sentences.map((sentence) => (
        <li key={sentence}>
          <Sentence value={sentence} limit={600} />
        </li>
      ))}
    </ul>
  );
}

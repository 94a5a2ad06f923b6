// npm run bench [-- card|overhead|plain|content|reads|claims|idle|startup|plan|prores|looks|inventory]: prints a table and JSON; exits with 1 if a bound isn't kept. Linux only.
import { card } from './card.mjs';
import { claims } from './claims.mjs';
import { content } from './content.mjs';
import { idle } from './idle.mjs';
import { inventory } from './inventory.mjs';
import { looks } from './looks.mjs';
import { overhead } from './overhead.mjs';
import { plain } from './plain.mjs';
import { plan } from './plan.mjs';
import { prores } from './prores.mjs';
import { reads } from './reads.mjs';
import { startup } from './startup.mjs';

const BENCHMARKS = {
  card,
  overhead,
  plain,
  content,
  reads,
  claims,
  idle,
  startup,
  plan,
  prores,
  looks,
  inventory,
};

const wanted = process.argv.slice(2);
const rows = [];
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (wanted.length === 0 || wanted.includes(name)) rows.push(...(await benchmark()));
}
console.table(rows);
console.log(JSON.stringify(rows));
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

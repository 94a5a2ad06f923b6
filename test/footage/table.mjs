/** One line of the table. */
export function row({ name, codec, verdict, healthy, fault, why }) {
  const state = healthy ? 'healthy' : `damaged (${fault.slice(0, 80)})`;
  return `| ${name} | ${codec} | ${verdict} | ${state} | ${why.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`;
}

/** Number of clips with each verdict, and of those to be looked at. */
export function summary(results) {
  const count = (test) => results.filter(test).length;
  const of = (verdict) => count((result) => result.verdict === verdict);
  const refused = count(({ verdict, healthy }) => verdict === 'refused' && healthy);
  return `${results.length} proxies: ${of('right')} right, ${of('wrong')} wrong, ${of('refused')} refused (${refused} of them of clips that decode without an error).`;
}

/** Of the report, which is a page of its own: paper first. */
export const REPORT_STYLES = `
@page { size: A4; margin: 15mm 14mm 16mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; } }
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #14181a; font: 14px/1.4 'Helvetica Neue', Arial, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.15; }
h2, h3 { margin: 1.6rem 0 .4rem; font-size: 1rem; break-after: avoid; }
h3 { margin-top: 1rem; }
p { margin: .3rem 0; }
.day { font-size: 1.05rem; font-weight: 600; }
.soft { color: #4c5558; }
.screen { margin: 1rem 0; padding: .7rem .9rem; background: #f1f3f4; border-radius: 6px; }
input, button { font: inherit; min-height: 1.9rem; border: 1px solid #7c868a; border-radius: 4px; background: #fff; color: inherit; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: start; font-weight: 500; }
thead th { font-size: .8rem; color: #4c5558; border-bottom: 1px solid #7c868a; }
th, td { padding: .12rem .9rem .12rem 0; vertical-align: top; white-space: nowrap; }
td:last-child { width: 100%; white-space: normal; overflow-wrap: anywhere; }
.cards :is(th, td):nth-child(n + 2):nth-child(-n + 6), .clips :is(th, td):is(:nth-child(4), :nth-child(5)) { text-align: end; }
.card { break-after: avoid; }
.hashes td { font-family: ui-monospace, Menlo, Consolas, monospace; }
tbody tr { border-bottom: 1px solid #e1e5e7; break-inside: avoid; }
b { color: #a3170f; }
a { color: #0b5563; }
.appendix { break-before: page; }
@media print { .screen { display: none; } main { max-width: none; padding: 0; } body { font-size: 8.5pt; } }
@media (max-width: 40rem) {
  main { padding: 1rem .75rem 3rem; }
  table, thead, tbody { display: block; }
  tr { display: grid; grid-template-columns: 4fr 5fr 4fr 4fr; column-gap: .4rem; } .cards tr { grid-template-columns: repeat(5, 1fr); }
  th, td { padding-inline-end: 0; white-space: normal; overflow-wrap: anywhere; }
  tr > :is(:first-child, :last-child) { grid-column: 1 / -1; }
}
`;

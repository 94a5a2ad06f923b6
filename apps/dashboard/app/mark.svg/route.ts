/** The mark in the tab: a slate, with a red lamp while a watch folder stands still. */
export function GET(request: Request): Response {
  const isStill = new URL(request.url).searchParams.get('state') === 'still';
  const lamp = isStill ? '#d3261c' : '#1f8a4c';
  const slate =
    '<path d="M2 7h16v11H2zM2 7l3-4.500h3L5 7m4 0 3-4.500h3L12 7" fill="none" stroke="#7d8789" stroke-width="1.600"/>';
  return new Response(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${slate}<circle cx="10" cy="12.500" r="${isStill ? 4 : 2.5}" fill="${lamp}"/></svg>`,
    { headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'private, max-age=3600' } },
  );
}

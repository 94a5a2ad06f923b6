import { REPORT_STYLES } from '@/lib/report/report-styles.ts';

export function GET(): Response {
  return new Response(REPORT_STYLES, {
    headers: {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'private, max-age=3600',
    },
  });
}

import Link from 'next/link';
import type { ComponentProps } from 'react';

/** Link without prefetching, as every refresh would prefetch all visible links again. */
export function A(props: ComponentProps<typeof Link>) {
  return <Link {...props} prefetch={false} />;
}

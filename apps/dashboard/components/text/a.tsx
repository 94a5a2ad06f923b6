import Link from 'next/link';
import type { ComponentProps } from 'react';

/** A link that fetches its page when it is followed, and not because it is seen: every update would fetch all of them again. */
export function A(props: ComponentProps<typeof Link>) {
  return <Link {...props} prefetch={false} />;
}

import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const root = fileURLToPath(new URL('../..', import.meta.url));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  // libsql picks its native binary at run time, which tracing doesn't see.
  serverExternalPackages: ['libsql'],
  outputFileTracingIncludes: {
    '/**': ['libsql', '@libsql', '@neon-rs', 'detect-libc'].map(
      (name) => `../../node_modules/${name}/**/*`,
    ),
  },
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  // Checked by `npm run lint`.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  devIndicators: false,
  experimental: {
    // Loading all pages first would slow down a restart.
    preloadEntriesOnStart: false,
    // Keeps a page open while the server restarts, instead of the browser's error page, which never reloads.
    useOffline: true,
  },
};

export default config;

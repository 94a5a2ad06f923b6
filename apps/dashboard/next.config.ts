import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const root = fileURLToPath(new URL('../..', import.meta.url));

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: root,
  // The binary of SQLite is chosen by its platform at run time, where no tracing sees it.
  serverExternalPackages: ['libsql'],
  outputFileTracingIncludes: {
    '/**': ['libsql', '@libsql', '@neon-rs', 'detect-libc'].map(
      (name) => `../../node_modules/${name}/**/*`,
    ),
  },
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run lint` checks them, together with those of everything else.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  devIndicators: false,
  experimental: {
    // All pages would be loaded before the first answer, and a restart has to be quick.
    preloadEntriesOnStart: false,
    // A page whose server restarts would be left for the browser's own error page, which asks nobody any more.
    useOffline: true,
  },
};

// The one default export that Next asks for in this file.
export default config;

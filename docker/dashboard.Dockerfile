# The read-only dashboard as a standalone server. Build from the repository's root:
#   docker build -f docker/dashboard.Dockerfile -t watch-folder-runner-dashboard .
ARG NODE_IMAGE=node:24-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
COPY apps/dashboard/package.json apps/dashboard/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY libs libs
COPY schemas schemas
COPY apps/dashboard apps/dashboard
RUN npm run build:dashboard

FROM ${NODE_IMAGE}
RUN apt-get update \
  && apt-get install -y --no-install-recommends tini \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
WORKDIR /opt/watch-folder-runner
COPY LICENSE ./
COPY scripts/dashboard.mjs scripts/
COPY --from=build /build/apps/dashboard/.next/standalone apps/dashboard/.next/standalone
# Directory of the index. A volume keeps it when the container is replaced; otherwise it is rebuilt.
RUN install -d -o 1000 -g 1000 -m 0777 /var/cache/watch-folder-runner
ENV WFR_DASHBOARD_FOLDERS=/watch WFR_DASHBOARD_HOST=0.0.0.0 WFR_DASHBOARD_PORT=3000 \
  WFR_DASHBOARD_DATA_DIR=/var/cache/watch-folder-runner
VOLUME /var/cache/watch-folder-runner
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD node -e "fetch('http://127.0.0.1:' + process.env.WFR_DASHBOARD_PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1))"
ENTRYPOINT ["tini", "--", "node", "scripts/dashboard.mjs"]

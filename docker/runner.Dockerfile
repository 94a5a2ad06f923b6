# The runner with a lean FFmpeg from Debian's sources, as an unprivileged user. Build from the repository's root:
#   docker build -f docker/runner.Dockerfile -t watch-folder-runner .
# To build on exactly the same base each time, name it by digest: --build-arg NODE_IMAGE=node:24.21.0-trixie-slim@sha256:…
ARG NODE_IMAGE=node:24-trixie-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --workspaces=false --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --workspaces=false --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json ./
COPY scripts/bundle.mjs scripts/
COPY libs libs
COPY schemas schemas
COPY apps/runner apps/runner
RUN npm run build && find dist -name '*.map' -delete && chmod 755 dist/apps/runner/src/main.cjs

FROM ${NODE_IMAGE} AS ffmpeg
COPY deploy/ffmpeg/build.sh /
RUN /build.sh /opt/ffmpeg

FROM ${NODE_IMAGE}
# The two shared libraries that the lean FFmpeg needs.
RUN apt-get update \
  && apt-get install -y --no-install-recommends libdav1d7 libsvtav1enc2 tini \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
COPY --from=ffmpeg /opt/ffmpeg/ffmpeg /opt/ffmpeg/ffprobe /usr/local/bin/
WORKDIR /opt/watch-folder-runner
RUN ln -s /opt/watch-folder-runner/dist/apps/runner/src/main.cjs /usr/local/bin/watch-folder-runner \
  && install -d -o node -g node /watch
COPY --from=dependencies /build/node_modules node_modules
COPY package.json LICENSE ./
COPY schemas schemas
COPY --from=build /build/dist dist
ENV NODE_ENV=production WFR_LOG_FORMAT=json
USER 1000:1000
# The runner writes its status file at every scan, so no port is needed, and a folder that is gone is noticed too.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD find /watch/.runner/status.json -mmin -2 | grep -q .
ENTRYPOINT ["tini", "--", "watch-folder-runner"]
CMD ["/watch"]

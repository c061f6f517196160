# syntax=docker/dockerfile:1
# Three stages: what is locked is installed, the app is built, and only what runs is kept.

FROM node:24-bookworm-slim AS installed
WORKDIR /src
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
# The image brings Node 24 itself: the `node` package has nothing to install.
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM installed AS built
# Shown in the footer and in the log: docker build --build-arg REBOUND_COMMIT=$(git rev-parse HEAD)
ARG REBOUND_COMMIT=""
ENV REBOUND_COMMIT=$REBOUND_COMMIT REBOUND_STANDALONE=1 NODE_ENV=production
COPY . .
RUN mkdir -p public && node node_modules/next/dist/bin/next build

FROM node:24-bookworm-slim AS app
LABEL org.opencontainers.image.title="Rebound"
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=3000 DATABASE_URL=file:/data/rebound.db
WORKDIR /app
COPY --from=built --chown=root:root /src/.next/standalone ./
COPY --from=built --chown=root:root /src/.next/static ./.next/static
COPY --from=built --chown=root:root /src/public ./public
# The only place that is written to; with a PostgreSQL none is.
RUN install -d -o node -g node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "server.js"]

# One file for every process: `docker build --target intake --tag lacollecte/intake .`
# Node is the version that npm pins for development (package.json, optionalDependencies).
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

# The manifests alone, so that a change of a source leaves the installed packages as they are.
FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
RUN find apps libs -type f ! -name package.json -delete && find apps libs -type d -empty -delete

FROM base AS build
COPY --from=manifests /app ./
RUN npm ci
COPY tsconfig.base.json ./
COPY docs/openapi docs/openapi
COPY apps apps
COPY libs libs
# `--force`: whatever an earlier build left in the context is not believed.
RUN npx tsc --build --force apps/directory apps/intake apps/refurbishment apps/inventory apps/matching apps/dispatch apps/traceability apps/gateway apps/operate \
  && node apps/console/build.mjs \
  && rm -rf apps/console/node_modules \
  && find libs apps -type f ! -path '*/dist/*' ! -name package.json ! -name help.txt -delete \
  && find libs apps -type f \( -name '*.d.ts' -o -name '*.d.ts.map' -o -name '.tsbuildinfo' \) -delete \
  && rm -rf libs/testing libs/servers

# Optional packages are an embedded PostgreSQL and a Node of npm's own: both are for a machine without containers.
FROM base AS dependencies
COPY --from=manifests /app ./
RUN npm ci --omit=dev --omit=optional && find node_modules -xtype l -delete && npm cache clean --force

FROM base AS process
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 METRICS_PORT=9464
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/libs libs
COPY package.json ./
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 3000 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.METRICS_PORT + '/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

FROM process AS directory
COPY --from=build /app/apps/directory apps/directory
ENTRYPOINT ["node", "--enable-source-maps", "apps/directory/dist/main.js"]

FROM process AS intake
COPY --from=build /app/apps/intake apps/intake
ENTRYPOINT ["node", "--enable-source-maps", "apps/intake/dist/main.js"]

FROM process AS refurbishment
COPY --from=build /app/apps/refurbishment apps/refurbishment
ENTRYPOINT ["node", "--enable-source-maps", "apps/refurbishment/dist/main.js"]

FROM process AS inventory
COPY --from=build /app/apps/inventory apps/inventory
ENTRYPOINT ["node", "--enable-source-maps", "apps/inventory/dist/main.js"]

FROM process AS matching
COPY --from=build /app/apps/matching apps/matching
ENTRYPOINT ["node", "--enable-source-maps", "apps/matching/dist/main.js"]

FROM process AS dispatch
COPY --from=build /app/apps/dispatch apps/dispatch
ENTRYPOINT ["node", "--enable-source-maps", "apps/dispatch/dist/main.js"]

FROM process AS traceability
COPY --from=build /app/apps/traceability apps/traceability
ENTRYPOINT ["node", "--enable-source-maps", "apps/traceability/dist/main.js"]

FROM process AS gateway
COPY --from=build /app/apps/gateway apps/gateway
COPY --from=build /app/apps/console/dist apps/console/dist
ENTRYPOINT ["node", "--enable-source-maps", "apps/gateway/dist/main.js"]

# Commands that end: `migrate`, `topics`, `republish`, `replay`, `demonstration`.
FROM process AS operate
COPY --from=build /app/apps/operate apps/operate
HEALTHCHECK NONE
ENTRYPOINT ["node", "--enable-source-maps", "apps/operate/dist/main.js"]
CMD ["--help"]

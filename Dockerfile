# The server without an embedded PostgreSQL: DATABASE_URL says where one is. docker-compose.yml puts both together.
ARG NODE_IMAGE=node:20-bookworm-slim

# Everything, to generate the database client and to compile.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
COPY console/package.json console/
RUN npm ci --ignore-scripts
COPY tsconfig.json .swcrc ./
COPY prisma.config.ts ./
COPY prisma prisma
COPY scripts scripts
COPY client client
COPY console console
COPY src src
RUN npm run build

# What runs. The optional packages are 60 MB of PostgreSQL, what Prisma's command line needs, and the native code of argon2, which the
# last stage takes from the first.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
COPY console/package.json console/
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 KEYRING_FILE=/keys/keyring.json
WORKDIR /app
# A new volume takes its owner from here.
RUN install -d -o node -g node -m 700 /keys
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/node_modules/@node-rs node_modules/@node-rs
COPY package.json LICENSE ./
COPY client/package.json client/
COPY prisma prisma
COPY scripts/build-if-stale.mjs scripts/build-steps.mjs scripts/db-migrate.mjs scripts/
COPY --from=build /app/client/dist client/dist
COPY --from=build /app/console/dist console/dist
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
VOLUME /keys
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--v8-pool-size=1", "--max-semi-space-size=8", "--initial-old-space-size=128", "--no-allocation-site-pretenuring", "dist/main.js"]

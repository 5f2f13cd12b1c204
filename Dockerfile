# Postern, for production. ENCRYPTION_KEYS is to be kept: without it what is encrypted is lost.
#   docker build -t postern .
#   echo "ENCRYPTION_KEYS=first:$(openssl rand -base64 32)" > .env
#   docker run -p 127.0.0.1:4000:4000 -v postern:/data --env-file .env -e PUBLIC_URL=http://localhost:4000 -e MAIL=off postern

FROM node:24-slim AS build
WORKDIR /postern
COPY .npmrc package.json package-lock.json ./
COPY web/package.json web/
# No script has to run: argon2 ships its binaries, and what the project itself builds is built below, when its sources are there.
# The page is built with optional packages; those that bring a Node of their own, which the image has, are gone afterwards.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY web web
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts && mkdir /data

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /postern
COPY package.json ./
COPY bin bin
COPY --from=build /postern/node_modules node_modules
COPY --from=build /postern/dist dist
COPY --from=build --chown=node:node /data /data
USER node
# The embedded database, where no DATABASE_URL is given.
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4000}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/start.js"]

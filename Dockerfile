# The bot as an image. How it is built and run: docs/server.md.
FROM denoland/deno:debian-2.9.6

# Traces would record the address of every call to Telegram, and the token is part of it.
ENV container=docker DENO_NO_UPDATE_CHECK=1 OTEL_DENO_TRACING=false KV_PATH=/data/balcao.sqlite3

WORKDIR /app
RUN mkdir /data && chown deno:deno /data
COPY deno.json deno.lock main.ts ./
COPY src src
COPY tasks tasks

USER deno
RUN deno install --frozen

VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=5s --start-period=1m \
  CMD deno eval 'const port = Deno.env.get("PORT") || 8000; Deno.exit((await fetch(`http://127.0.0.1:${port}/health`)).ok ? 0 : 1)'
CMD ["deno", "task", "--frozen", "start"]

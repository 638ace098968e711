# The same commands as on any machine, in two stages: what builds (with torch, to export the model), and what serves.
FROM python:3.11-slim-bookworm AS base
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 acobot \
    && install -d -o acobot -g acobot /app
USER acobot
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1
# Dependencies first, so that a changed source file does not install them again.
COPY --chown=acobot:acobot pyproject.toml constraints.txt requirements-serve.lock Makefile README.md LICENSE ./
COPY --chown=acobot:acobot src src
COPY --chown=acobot:acobot web web

FROM base AS build
# Where pip would choose a CUDA build of torch, PIP_EXTRA_INDEX_URL names an index of CPU builds.
ARG PIP_EXTRA_INDEX_URL=
RUN PIP_EXTRA_INDEX_URL="${PIP_EXTRA_INDEX_URL}" make install
COPY --chown=acobot:acobot sources sources
RUN make index

FROM base
RUN make install-serve
# For assistants (/mcp) one line more here: docs/mcp.md.
COPY --from=build --chown=acobot:acobot /app/index index
RUN mkdir learned
# One answer, so that what serving uses is compiled: the image runs with a read-only root (docker run --read-only).
RUN .venv/bin/python -c "import uvicorn.loops.auto, uvicorn.protocols.http.auto, acobot.api" \
    && .venv/bin/acobot ask "What is this about?" > /dev/null
ENV TMPDIR=/dev/shm ACOBOT_HOST=0.0.0.0 ACOBOT_PORT=8000 PYTHONDONTWRITEBYTECODE=1 HF_HUB_OFFLINE=1 HOME=/tmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD [".venv/bin/python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"ACOBOT_PORT\"]}/readyz', timeout=4)"]
CMD [".venv/bin/acobot", "serve"]

# The same commands as on any machine: `make install`, then `acobot index` and `acobot serve`.
FROM python:3.11-slim-bookworm

RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 acobot \
    && install -d -o acobot -g acobot /app
USER acobot
WORKDIR /app

# Dependencies first, so that a changed source file does not install them again.
COPY --chown=acobot:acobot pyproject.toml constraints.txt Makefile README.md LICENSE ./
COPY --chown=acobot:acobot src src
COPY --chown=acobot:acobot web web
# Where pip would choose a CUDA build of torch, PIP_EXTRA_INDEX_URL names an index of CPU builds.
ARG PIP_EXTRA_INDEX_URL=
RUN PIP_EXTRA_INDEX_URL="${PIP_EXTRA_INDEX_URL}" PIP_NO_CACHE_DIR=1 make install

COPY --chown=acobot:acobot sources sources
RUN make index

# The image runs with a read-only root (docker run --read-only): what torch wants to write on being imported goes to
# shared memory, which every container has.
ENV TMPDIR=/dev/shm TORCHINDUCTOR_CACHE_DIR=/dev/shm/torch ACOBOT_HOST=0.0.0.0 ACOBOT_PORT=8000 PYTHONDONTWRITEBYTECODE=1 HF_HUB_OFFLINE=1 HOME=/tmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD [".venv/bin/python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"ACOBOT_PORT\"]}/readyz', timeout=4)"]
CMD [".venv/bin/acobot", "serve"]

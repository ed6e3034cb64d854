# Rollcall as an image: pinned libraries, no compiler, no root at run time, data in /data.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore

RUN useradd --system --uid 10001 --home-dir /app rollcall && install -d -o rollcall /data

WORKDIR /app

COPY requirements/runtime.txt requirements/
RUN pip install --only-binary :all: --require-hashes -r requirements/runtime.txt

COPY pyproject.toml README.md ./
COPY bot bot
COPY handlers handlers
COPY locales locales
COPY migrations migrations
RUN pip install --no-deps --no-build-isolation --no-index --editable .
RUN python -m compileall -q bot handlers

# The token and every other secret come from the environment, never from the image.
ENV ROLLCALL_DATABASE_URL=sqlite:////data/rollcall.db \
    MPLCONFIGDIR=/tmp/matplotlib

USER 10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["rollcall", "health"]
ENTRYPOINT ["rollcall"]
CMD ["run"]

# The service in a container: everything is built in the first stage, the second has what serving needs.
#   docker build -t planner .
#   docker run --read-only --tmpfs /tmp -v planner:/data -p 8000:8000 planner
FROM python:3.12-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends make npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/planner
COPY Makefile requirements.txt package.json package-lock.json ./
RUN make installed
COPY . .
RUN make files && rm -rf node_modules

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin planner \
    && install -d -o planner -g planner -m 700 /data
WORKDIR /srv/planner
COPY --from=build /srv/planner /srv/planner
ENV PATH="/srv/planner/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PLANNER_DATA_DIR=/data \
    HOST=0.0.0.0
USER planner
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s CMD ["python", "docs/deploy/healthy.py"]
CMD ["sh", "docs/deploy/serve.sh"]

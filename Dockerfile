# The program and nothing else: docker build -t jianti . && docker run --rm -v "$PWD:/work" jianti articles -o out
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
ARG JIANTI_COMMIT=""
# Large documents and archives go through /tmp, whoever runs it.
RUN JIANTI_COMMIT="$JIANTI_COMMIT" scripts/build_dist.sh \
    && mkdir -p /out/usr/local/bin /out/work \
    && mkdir -m 1777 /out/tmp \
    && cp target/dist/jianti-*/jianti /out/usr/local/bin/

FROM scratch
COPY --from=build /out/ /
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/jianti"]
CMD ["--help"]

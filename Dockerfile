# The program alone, on a small Debian: docker build -t jianti . && docker run --rm -v "$PWD:/work" jianti articles -o out
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
ARG JIANTI_COMMIT=""
RUN JIANTI_COMMIT="$JIANTI_COMMIT" cargo build --release --locked --bin jianti \
    && mkdir -p /out/man /out/completions \
    && cp target/release/jianti /out/ \
    && target/release/jianti --generate man > /out/man/jianti.1

FROM debian:bookworm-slim
COPY --from=build /out/jianti /usr/local/bin/jianti
COPY --from=build /out/man/jianti.1 /usr/local/share/man/man1/jianti.1
ENV LANG=C.UTF-8
WORKDIR /work
ENTRYPOINT ["jianti"]
CMD ["--help"]

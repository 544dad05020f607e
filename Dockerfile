# Builds the program with the Swift toolchain and ships it on plain Debian, as nobody in particular.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev libssl-dev libsndfile1-dev libsoxr-dev zlib1g-dev pkg-config make \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
# An image may run on another machine than made it; --build-arg AVX2=1 where all have AVX2.
ARG AVX2=0
RUN AVX2=$AVX2 swift build -c release --product fairvoice -Xswiftc -static-stdlib

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libsqlite3-0 libssl3 libsndfile1 libsoxr0 zlib1g libcurl4 libxml2 curl ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data fairvoice && install -d -o fairvoice -m 700 /data
COPY --from=build /source/.build/release/fairvoice /usr/local/bin/fairvoice
USER fairvoice
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s CMD curl -fsS http://127.0.0.1:8080/readyz || exit 1
ENTRYPOINT ["fairvoice"]
CMD ["serve", "--data", "/data", "--host", "0.0.0.0", "--port", "8080"]

# docker build -t careerbot .
#
# The build is that of deploy/release, so the program in the image is the one
# of the release, if Go and the commit are the same.
FROM --platform=$BUILDPLATFORM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/careerbot ./cmd/careerbot

# No shell, no package, nothing to write to: run it with --read-only.
FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /src/LICENSE /src/NOTICE /
COPY --from=build /out/careerbot /careerbot
USER 65532:65532
# For platforms that send requests; what the operator looks at is on 9090, and
# only inside unless ADMIN_ADDR says otherwise.
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 CMD ["/careerbot", "health"]
ENTRYPOINT ["/careerbot"]
CMD ["serve"]

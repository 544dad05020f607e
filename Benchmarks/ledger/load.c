// Sends one money POST after the other on keep-alive connections to a loopback server, each with an Idempotency-Key of its
// own, and prints requests per second and latencies. One thread, epoll.
//
//     load PORT CONNECTIONS SECONDS PATH BODY KEYFILE
//
// KEYFILE holds bearer keys, one a line; connection n uses line n mod count.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 1024, LATENCIES_MAX = 4000000 };

struct connection {
    int socket;
    double sent;
    char input[16384];
    int filled;
};

static struct connection connections[CONNECTIONS_MAX];
static char keys[CONNECTIONS_MAX][100];
static float *latencies;
static long count, failed, serial;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void die(const char *what) { perror(what); exit(1); }

static void ask(struct connection *c, const char *path, const char *body, const char *key, long run) {
    char request[2048];
    int size = snprintf(
        request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
        "Idempotency-Key: bench-%ld-%ld\r\nContent-Length: %zu\r\n\r\n%s",
        path, key, run, serial++, strlen(body), body);
    c->filled = 0;
    c->sent = now();
    if (write(c->socket, request, size) != size) die("write");
}

// The status once the answer is whole, else 0.
static int answer(struct connection *c) {
    ssize_t got = read(c->socket, c->input + c->filled, sizeof c->input - 1 - c->filled);
    if (got <= 0) { fprintf(stderr, "load: the server closed a connection\n"); exit(1); }
    c->filled += got;
    c->input[c->filled] = 0;
    char *end = strstr(c->input, "\r\n\r\n");
    if (!end) return 0;
    char *length = strcasestr(c->input, "content-length:");
    if (!length || length > end) { fprintf(stderr, "load: no length\n"); exit(1); }
    if (c->filled < end + 4 - c->input + atol(length + 15)) return 0;
    return atoi(c->input + 9);
}

static int order(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc != 7) { fprintf(stderr, "load PORT CONNECTIONS SECONDS PATH BODY KEYFILE\n"); return 2; }
    int connectionCount = atoi(argv[2]);
    double seconds = atof(argv[3]);
    latencies = malloc(sizeof(float) * LATENCIES_MAX);
    FILE *file = fopen(argv[6], "r");
    if (!file) die(argv[6]);
    int keyCount = 0;
    while (keyCount < CONNECTIONS_MAX && fscanf(file, "%99s", keys[keyCount]) == 1) keyCount++;
    fclose(file);
    if (keyCount == 0 || connectionCount > CONNECTIONS_MAX) { fprintf(stderr, "load: no keys\n"); return 2; }

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int queue = epoll_create1(0);
    long run = (long)(now() * 1000);
    double begin = now(), end = begin + seconds;
    for (int n = 0; n < connectionCount; n++) {
        struct connection *c = &connections[n];
        c->socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(c->socket, (struct sockaddr *)&address, sizeof address)) die("connect");
        int on = 1;
        setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = n}};
        if (epoll_ctl(queue, EPOLL_CTL_ADD, c->socket, &event)) die("epoll_ctl");
        ask(c, argv[4], argv[5], keys[n % keyCount], run);
    }
    while (now() < end) {
        struct epoll_event events[64];
        int ready = epoll_wait(queue, events, 64, 1000);
        for (int i = 0; i < ready; i++) {
            int n = events[i].data.u32;
            int status = answer(&connections[n]);
            if (status == 0) continue;
            if (status < 200 || status > 299) {
                if (failed++ == 0) fprintf(stderr, "load: %s\n", connections[n].input);
            } else if (count < LATENCIES_MAX) {
                latencies[count++] = now() - connections[n].sent;
            }
            ask(&connections[n], argv[4], argv[5], keys[n % keyCount], run);
        }
    }
    double elapsed = now() - begin;
    qsort(latencies, count, sizeof(float), order);
    printf(
        "%.0f %.2f %.2f %ld\n", count / elapsed, count ? latencies[count / 2] * 1000 : 0,
        count ? latencies[count * 99 / 100] * 1000 : 0, failed);
    return failed ? 1 : 0;
}

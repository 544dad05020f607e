// Opens connections to a loopback server and ends each in one of twelve ways, politely and not. Prints how many of each way were
// done, and how many answers were due and did not come.
//
//     churn PORT CONNECTIONS THREADS SEED [tls]
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

enum { WAYS = 12, WAIT_SECONDS_MAX = 30 };

static atomic_long done[WAYS], failed, missing;
static struct sockaddr_in server = {.sin_family = AF_INET};

struct worker {
    pthread_t thread;
    int number;
    long connections;
    uint64_t random;
};

// xorshift64* (Vigna 2016)
static uint32_t draw(struct worker *w, uint32_t below) {
    w->random ^= w->random >> 12, w->random ^= w->random << 25, w->random ^= w->random >> 27;
    return (uint32_t)((w->random * 0x2545F4914F6CDD1D) >> 33) % below;
}

static void say(struct wire *wire, const char *text) {
    size_t count = strlen(text);
    while (count > 0) {
        ssize_t sent = wire_send(wire, text, count);
        if (sent <= 0) return;
        text += sent, count -= (size_t)sent;
    }
}

// Reads until the end, or until something came.
static void hear(struct wire *wire, int until_end) {
    char input[4096];
    long heard = 0;
    for (;;) {
        ssize_t count = wire_receive(wire, input, sizeof input);
        if (count > 0) heard += count;
        if (count <= 0 || !until_end) break;
    }
    if (heard == 0) missing++;
}

static void reset(struct wire *wire) { setsockopt(wire->socket, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger)); }

#define HEAD "GET /livez HTTP/1.1\r\nHost: a\r\n"
#define BODY "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"key\":"

// Ends a fresh connection in one of the ways; the caller closes it.
static void use(struct wire *wire, int way) {
    switch (way) {
    case 0: reset(wire); break;
    case 1: break;
    case 2: say(wire, HEAD "Connection: close\r\n\r\n"), hear(wire, 1); break;
    case 3: say(wire, HEAD "\r\n"), hear(wire, 0); break;
    case 4: say(wire, HEAD "\r\n"), reset(wire); break;
    case 5: say(wire, "GET /livez HTTP/1.1\r\nHos"); break;
    case 6: say(wire, "GET /livez HTTP/1.1\r\nHos"), reset(wire); break;
    case 7: say(wire, HEAD "\r\n"), shutdown(wire->socket, SHUT_WR), hear(wire, 1); break;
    case 8: say(wire, BODY), reset(wire); break;
    case 9: say(wire, BODY); break;
    case 10: say(wire, HEAD "\r\n" HEAD "\r\n"), hear(wire, 0), reset(wire); break;
    case 11: say(wire, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"), hear(wire, 1); break;
    }
}

static void *run(void *argument) {
    struct worker *w = argument;
    for (long i = 0; i < w->connections; i++) {
        int socket_ = socket(AF_INET, SOCK_STREAM, 0);
        struct timeval wait = {.tv_sec = WAIT_SECONDS_MAX};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        // Many addresses of loopback: one has too few ports for all who wait for their time to pass.
        struct sockaddr_in own = {.sin_family = AF_INET};
        own.sin_addr.s_addr = htonl(0x7F010000u + (uint32_t)w->number * 256 + 1 + (uint32_t)(i % 250));
        setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &(int){1}, sizeof(int));
        if (bind(socket_, (struct sockaddr *)&own, sizeof own) < 0 || connect(socket_, (struct sockaddr *)&server, sizeof server) < 0) {
            failed++;
        } else {
            int way = (int)draw(w, WAYS);
            struct wire wire = {.socket = socket_};
            // Over TLS half of those who say nothing whole don't finish their handshake either.
            int is_rude = wire_context && (way == 0 || way == 1 || way == 5 || way == 6) && draw(w, 2);
            if (!is_rude && !wire_open(&wire)) failed++;
            use(&wire, way);
            if (draw(w, 2)) wire_finish(&wire);
            wire_free(&wire);
            done[way]++;
        }
        close(socket_);
    }
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 5 && count != 6) return fprintf(stderr, "churn PORT CONNECTIONS THREADS SEED [tls]\n"), 2;
    signal(SIGPIPE, SIG_IGN);
    if (count == 6) wire_use_tls();
    server.sin_port = htons((uint16_t)atoi(arguments[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    long all = atol(arguments[2]);
    int threads = atoi(arguments[3]);
    struct worker *workers = calloc((size_t)threads, sizeof *workers);
    for (int i = 0; i < threads; i++) {
        workers[i].number = i;
        workers[i].connections = all / threads + (i < all % threads);
        workers[i].random = 0x9E3779B97F4A7C15 * ((uint64_t)atoll(arguments[4]) * 1000 + (uint64_t)i + 1);
        if (pthread_create(&workers[i].thread, NULL, run, &workers[i])) return perror("pthread_create"), 1;
    }
    for (int i = 0; i < threads; i++) pthread_join(workers[i].thread, NULL);
    long total = 0;
    for (int way = 0; way < WAYS; way++) total += done[way];
    printf("{\"connections\": %ld, \"failed\": %ld, \"missing\": %ld}\n", total, failed, missing);
    return 0;
}

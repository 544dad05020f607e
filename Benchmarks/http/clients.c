// Keeps requests coming to a loopback server that restarts again and again, and says what became of each that was written whole.
// A thread a client, until standard input ends.
//
//     clients PORT CLIENTS SEED [tls]
//
// "unanswered": the connection ended before the answer did. "withdrawn": requests behind an answer that said it would be the last
// (RFC 9112 section 9.6). "unsent": the connection ended before the request was written whole, or within the handshake.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

enum { INPUT_MAX = 1 << 16, REQUESTS_A_CONNECTION_MAX = 200, PIPELINE_MAX = 4, WAIT_SECONDS_MAX = 60 };

static atomic_int is_over;
static atomic_long connections, refused, written, answered, errors, withdrawn, unsent;
// By how the connection ended: said that all was read (FIN), or not (RST); on its first request or a later one; silence.
static atomic_long ended_first, ended_later, reset_first, reset_later, cut, silent;
static struct sockaddr_in server = {.sin_family = AF_INET};

struct client {
    struct wire wire;
    uint64_t random;
    char input[INPUT_MAX];
    size_t filled;
    long served;
};

// xorshift64* (Vigna 2016)
static uint32_t draw(struct client *c, uint32_t below) {
    c->random ^= c->random >> 12, c->random ^= c->random << 25, c->random ^= c->random >> 27;
    return (uint32_t)((c->random * 0x2545F4914F6CDD1D) >> 33) % below;
}

static int write_all(struct wire *wire, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = wire_send(wire, bytes, count);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return 0;
        bytes += sent, count -= (size_t)sent;
    }
    return 1;
}

// One answer, dropped from the input: 1 where the connection goes on, 0 where it said that it ends, -1 where it did not come.
static int take_answer(struct client *c, int *status) {
    size_t begun = c->filled;
    for (;;) {
        c->input[c->filled] = 0;
        char *end = strstr(c->input, "\r\n\r\n");
        if (end) {
            size_t head = (size_t)(end - c->input) + 4, body = 0;
            char *length = strcasestr(c->input, "\r\ncontent-length:");
            if (length && length < end) body = strtoul(length + 17, NULL, 10);
            if (head + body >= INPUT_MAX) abort();
            if (c->filled >= head + body) {
                char *close = strcasestr(c->input, "\r\nconnection: close");
                int goes_on = !(close && close < end);
                *status = atoi(c->input + 9);
                memmove(c->input, c->input + head + body, c->filled - head - body);
                c->filled -= head + body;
                return goes_on;
            }
        }
        ssize_t count = wire_receive(&c->wire, c->input + c->filled, INPUT_MAX - 1 - c->filled);
        if (count > 0) {
            c->filled += (size_t)count;
            continue;
        }
        if (count < 0 && errno == EINTR) continue;
        if (begun < c->filled || c->filled > 0) cut++;
        else if (count < 0 && errno == EAGAIN) silent++;
        else if (count == 0) *(c->served ? &ended_later : &ended_first) += 1;
        else *(c->served ? &reset_later : &reset_first) += 1;
        return -1;
    }
}

// Writes some requests and reads their answers; whether the connection goes on.
static int exchange(struct client *c) {
    static const char *const gets[] = {"/livez", "/v1/rate-card", "/readyz", "/nothing"};
    char text[2048];
    int count = 1, at = 0, split = 0;
    uint32_t kind = draw(c, 20);
    if (kind < 2) {  // A body, in one piece or behind its head, and work that is written to disk.
        const char *body = kind ? "{\"languages\":[{\"language\":\"de\"}]}" : "{\"key\":\"fv_pD1LQ7yMyqI3w9UmixijoCNNOxQ3TI42jS8p\"}";
        at = split = sprintf(text, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
                             kind ? "/v1/contributors" : "/v1/sessions", strlen(body));
        at += sprintf(text + at, "%s", body);
    } else {
        if (kind < 5) count = 2 + (int)draw(c, PIPELINE_MAX - 1);
        for (int i = 0; i < count; i++) at += sprintf(text + at, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", gets[draw(c, 4)]);
    }
    int is_sent = split ? write_all(&c->wire, text, (size_t)split) && (draw(c, 2) ? usleep(draw(c, 2000)), 1 : 1) &&
                              write_all(&c->wire, text + split, (size_t)(at - split))
                        : write_all(&c->wire, text, (size_t)at);
    if (!is_sent) {
        unsent += count;
        return 0;
    }
    written += count;
    for (int i = 0; i < count; i++) {
        int status = 0, goes_on = take_answer(c, &status);
        if (goes_on < 0) return 0;
        answered++;
        c->served++;
        if (status >= 500) errors++;
        if (!goes_on) {
            withdrawn += count - 1 - i;
            return 0;
        }
    }
    return 1;
}

static void *run(void *argument) {
    struct client *c = argument;
    while (!is_over) {
        int handle = c->wire.socket = socket(AF_INET, SOCK_STREAM, 0);
        struct timeval wait = {.tv_sec = WAIT_SECONDS_MAX};
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        c->filled = 0, c->served = 0, connections++;
        if (connect(handle, (struct sockaddr *)&server, sizeof server) < 0) {
            refused++;
            usleep(10000);
        } else if (!wire_open(&c->wire)) {
            unsent++;
        } else {
            long left = 1 + draw(c, REQUESTS_A_CONNECTION_MAX);
            while (left-- > 0 && !is_over && exchange(c)) if (draw(c, 4) == 0) usleep(draw(c, 5000));
        }
        wire_free(&c->wire);
        close(handle);
    }
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 4 && count != 5) return fprintf(stderr, "clients PORT CLIENTS SEED [tls]\n"), 2;
    signal(SIGPIPE, SIG_IGN);
    if (count == 5) wire_use_tls();
    int clients = atoi(arguments[2]);
    server.sin_port = htons((uint16_t)atoi(arguments[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    pthread_t *threads = calloc((size_t)clients, sizeof *threads);
    for (int i = 0; i < clients; i++) {
        struct client *c = calloc(1, sizeof *c);
        c->random = 0x9E3779B97F4A7C15 * ((uint64_t)atoll(arguments[3]) * 1000 + (uint64_t)i + 1);
        if (pthread_create(&threads[i], NULL, run, c)) return perror("pthread_create"), 1;
    }
    char byte;
    while (read(0, &byte, 1) > 0) {}
    is_over = 1;
    for (int i = 0; i < clients; i++) pthread_join(threads[i], NULL);
    long unanswered = ended_first + ended_later + reset_first + reset_later + cut + silent;
    printf("{\"connections\": %ld, \"refused\": %ld, \"written\": %ld, \"answered\": %ld, \"server_errors\": %ld, \"withdrawn\": %ld, "
           "\"unsent\": %ld, \"unanswered\": %ld, \"ended_first\": %ld, \"ended_later\": %ld, \"reset_first\": %ld, "
           "\"reset_later\": %ld, \"cut\": %ld, \"silent\": %ld}\n",
           connections, refused, written, answered, errors, withdrawn, unsent, unanswered, ended_first, ended_later, reset_first,
           reset_later, cut, silent);
    return 0;
}

// A client's connection, plain or through TLS without a look at the certificate.
#pragma once
#include <errno.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <sys/socket.h>

struct wire {
    int socket;
    SSL *tls;
};

// Nil for plain connections.
static SSL_CTX *wire_context;

static inline void wire_use_tls(void) {
    wire_context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_options(wire_context, SSL_OP_IGNORE_UNEXPECTED_EOF);
}

// After connect(2); whether the handshake was done.
static inline int wire_open(struct wire *w) {
    w->tls = NULL;
    if (!wire_context) return 1;
    w->tls = SSL_new(wire_context);
    SSL_set_fd(w->tls, w->socket);
    return SSL_connect(w->tls) == 1;
}

// As send(2) and recv(2).
static inline ssize_t wire_send(struct wire *w, const char *bytes, size_t count) {
    return w->tls ? SSL_write(w->tls, bytes, (int)count) : send(w->socket, bytes, count, MSG_NOSIGNAL);
}

static inline ssize_t wire_receive(struct wire *w, char *bytes, size_t count) {
    if (!w->tls) return recv(w->socket, bytes, count, 0);
    int got = SSL_read(w->tls, bytes, (int)count);
    if (got > 0) return got;
    return SSL_get_error(w->tls, got) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

// Says over TLS that nothing more will be sent.
static inline void wire_finish(struct wire *w) { if (w->tls) SSL_shutdown(w->tls); }

static inline void wire_free(struct wire *w) {
    if (w->tls) SSL_free(w->tls);
    w->tls = NULL;
}

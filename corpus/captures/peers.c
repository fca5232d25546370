/*
 * The stories: what the users of two Linux hosts do, and what the network does to their packets.
 *
 *     recorder DIRECTORY         records every story into DIRECTORY/<story>.pcap
 *     recorder DIRECTORY STORY   records one
 *     recorder --list            prints names and one sentence each
 *
 * A is the client (port 40001), B the server (port 40002: no dissector of tshark claims it). Each
 * story is told by one function in the order in which things happen; relay_settle() lets everything
 * on the wire come to rest. Nothing of TCP is made up here: all segments come from the kernel.
 */
#define _GNU_SOURCE
#include "relay.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define QUIET_MS 90 /* longer than Linux delays an ACK (40 ms) */

enum { PORT_A = 40001, PORT_B = 40002 };

struct story {
    const char *name;
    const char *sentence;
    const char *rules;
    void (*tell)(void);
};

static int family = AF_INET;

static void set(int fd, int level, int option, int value)
{
    if (setsockopt(fd, level, option, &value, sizeof value) != 0) {
        relay_die("setsockopt");
    }
}

static socklen_t address(int host, struct sockaddr_storage *to)
{
    memset(to, 0, sizeof *to);
    const uint16_t port = htons(host == HOST_A ? PORT_A : PORT_B);
    if (family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *)to;
        in->sin_family = AF_INET;
        in->sin_port = port;
        inet_pton(AF_INET, host == HOST_A ? "192.0.2.1" : "192.0.2.2", &in->sin_addr);
        return sizeof *in;
    }
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)to;
    in6->sin6_family = AF_INET6;
    in6->sin6_port = port;
    inet_pton(AF_INET6, host == HOST_A ? "2001:db8::1" : "2001:db8::2", &in6->sin6_addr);
    return sizeof *in6;
}

/* A socket of that host, bound to its address; small writes are sent at once. */
static int bound(int host)
{
    struct sockaddr_storage own;
    const socklen_t size = address(host, &own);
    const int fd = relay_socket(host, family);
    set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    if (bind(fd, (struct sockaddr *)&own, size) != 0) {
        relay_die("bind");
    }
    return fd;
}

static void call(int host, int fd)
{
    struct sockaddr_storage peer;
    const socklen_t size = address(!host, &peer);
    if (connect(fd, (struct sockaddr *)&peer, size) != 0 && errno != EINPROGRESS) {
        relay_die("connect");
    }
}

static int server(void)
{
    const int fd = bound(HOST_B);
    if (listen(fd, 4) != 0) {
        relay_die("listen");
    }
    return fd;
}

static int accepted(int listener)
{
    const int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        relay_die("accept: the handshake did not complete");
    }
    set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    return fd;
}

static void rest(void)
{
    relay_settle(QUIET_MS);
}

/* Until a timer of the first second has fired and its echo has come to rest. */
static void wait_for_timer(void)
{
    relay_run(1100);
    rest();
}

static void say(int fd, int octets)
{
    static const char text[4096] = "the quick brown fox jumps over the lazy dog ";
    if (send(fd, text, (size_t)octets, MSG_NOSIGNAL) != octets) {
        relay_die("send");
    }
}

/* Reads what is there and checks that it is at least so much; 0 expects the end of the stream. */
static void hear(int fd, int octets)
{
    char text[8192];
    const ssize_t got = recv(fd, text, sizeof text, 0);
    if (got < octets || (octets == 0 && got != 0)) {
        fprintf(stderr, "record: %zd octets heard instead of %d\n", got, octets);
        exit(1);
    }
}

/* The next thing the user hears must be this error. */
static void expect_error(int fd, int error)
{
    char text[1];
    const ssize_t got = recv(fd, text, sizeof text, 0);
    if (got >= 0 || errno != error) {
        fprintf(stderr, "record: %s expected, got %zd %s\n", strerror(error), got, strerror(errno));
        exit(1);
    }
}

static void finish(int fd)
{
    shutdown(fd, SHUT_WR);
}

static void abort_now(int fd)
{
    const struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(fd);
}

/* The four-tuple of a story: listener, A's end, B's end. */
struct pair {
    int listener, a, b;
};

static struct pair connected(void)
{
    struct pair pair = {.listener = server(), .a = bound(HOST_A)};
    call(HOST_A, pair.a);
    rest();
    pair.b = accepted(pair.listener);
    return pair;
}

static void close_a_then_b(const struct pair *pair)
{
    close(pair->a);
    rest();
    close(pair->b);
    rest();
}

static void tell_talk(void)
{
    const struct pair pair = connected();
    say(pair.a, 11);
    rest();
    hear(pair.b, 11);
    say(pair.b, 23);
    rest();
    hear(pair.a, 23);
    close_a_then_b(&pair);
}

static void tell_talk_6(void)
{
    family = AF_INET6;
    tell_talk();
}

static void tell_talk_plain(void)
{
    relay_sysctl("ipv4/tcp_timestamps", "0");
    relay_sysctl("ipv4/tcp_sack", "0");
    relay_sysctl("ipv4/tcp_window_scaling", "0");
    tell_talk();
}

static void tell_lost_handshake(void)
{
    struct pair pair = {.listener = server(), .a = bound(HOST_A)};
    call(HOST_A, pair.a);
    wait_for_timer();
    pair.b = accepted(pair.listener);
    say(pair.a, 5);
    rest();
    hear(pair.b, 5);
    close_a_then_b(&pair);
}

/* The ACK of the handshake is lost: what A says next brings it. */
static void tell_lost_handshake_ack(void)
{
    struct pair pair = {.listener = server(), .a = bound(HOST_A)};
    call(HOST_A, pair.a);
    rest();
    say(pair.a, 5);
    rest();
    pair.b = accepted(pair.listener);
    hear(pair.b, 5);
    close_a_then_b(&pair);
}

static void tell_half_close(void)
{
    const struct pair pair = connected();
    say(pair.a, 7);
    finish(pair.a);
    rest();
    hear(pair.b, 7);
    say(pair.b, 100);
    rest();
    say(pair.b, 200);
    rest();
    hear(pair.a, 300);
    close(pair.b);
    rest();
    hear(pair.a, 0);
    close(pair.a);
}

static void tell_simultaneous_open(void)
{
    struct pair pair = {.a = bound(HOST_A), .b = bound(HOST_B)};
    call(HOST_A, pair.a);
    call(HOST_B, pair.b);
    rest();
    say(pair.a, 4);
    rest();
    hear(pair.b, 4);
    say(pair.b, 6);
    rest();
    hear(pair.a, 6);
    close_a_then_b(&pair);
}

static void tell_simultaneous_close(void)
{
    const struct pair pair = connected();
    finish(pair.a);
    finish(pair.b);
    rest();
}

static void tell_lost_fins(void)
{
    const struct pair pair = connected();
    finish(pair.a);
    wait_for_timer();
    finish(pair.b);
    wait_for_timer();
}

static void tell_three_segment_close(void)
{
    const struct pair pair = connected();
    say(pair.a, 3);
    rest();
    say(pair.b, 3);
    rest();
    hear(pair.b, 3);
    set(pair.b, IPPROTO_TCP, TCP_QUICKACK, 0);
    finish(pair.a);
    relay_run(5);
    finish(pair.b);
    rest();
}

static void tell_abort(void)
{
    const struct pair pair = connected();
    say(pair.a, 20);
    rest();
    abort_now(pair.a);
    rest();
    hear(pair.b, 20);
}

static void tell_refused(void)
{
    const int a = bound(HOST_A);
    call(HOST_A, a);
    rest();
    expect_error(a, ECONNREFUSED);
}

/* B's user closed for good, A's goes on: its text draws a RST. */
static void tell_text_after_close(void)
{
    const struct pair pair = connected();
    close(pair.b);
    rest();
    say(pair.a, 9);
    rest();
    hear(pair.a, 0);
}

static void tell_unread_close(void)
{
    const struct pair pair = connected();
    say(pair.a, 9);
    rest();
    close(pair.b);
    rest();
    expect_error(pair.a, ECONNRESET);
}

/* B forgot the connection and its RST was lost: A finds out when it speaks. */
static void tell_half_open(void)
{
    const struct pair pair = connected();
    abort_now(pair.b);
    rest();
    say(pair.a, 8);
    rest();
    expect_error(pair.a, ECONNRESET);
}

static void tell_zero_window(void)
{
    struct pair pair = {.listener = server(), .a = bound(HOST_A)};
    set(pair.listener, SOL_SOCKET, SO_RCVBUF, 2048);
    call(HOST_A, pair.a);
    rest();
    pair.b = accepted(pair.listener);
    say(pair.a, 3000);
    relay_run(900);
    for (int i = 0; i < 4; i++) {
        hear(pair.b, 1);
        rest();
    }
    close_a_then_b(&pair);
}

static void tell_three_writes(void)
{
    const struct pair pair = connected();
    say(pair.a, 10);
    say(pair.a, 20);
    say(pair.a, 30);
    rest();
    wait_for_timer();
    hear(pair.b, 60);
    close_a_then_b(&pair);
}

static void tell_urgent(void)
{
    const struct pair pair = connected();
    say(pair.a, 6);
    rest();
    if (send(pair.a, "stop!", 5, MSG_OOB) != 5) {
        relay_die("send urgent");
    }
    rest();
    say(pair.a, 6);
    rest();
    hear(pair.b, 10); /* up to the octet out of band */
    hear(pair.b, 6);
    close_a_then_b(&pair);
}

/* B closes first and waits in TIME-WAIT when A comes back from the same port. */
static void tell_reuse(void)
{
    struct pair pair = connected();
    say(pair.a, 4);
    rest();
    hear(pair.b, 4);
    close(pair.b);
    rest();
    close(pair.a);
    rest();
    pair.a = bound(HOST_A);
    call(HOST_A, pair.a);
    rest();
    pair.b = accepted(pair.listener);
    say(pair.a, 12);
    rest();
    hear(pair.b, 12);
    close_a_then_b(&pair);
}

static void tell_reuse_plain(void)
{
    relay_sysctl("ipv4/tcp_timestamps", "0");
    tell_reuse();
}

static void tell_server_closes(void)
{
    const struct pair pair = connected();
    say(pair.a, 4);
    rest();
    hear(pair.b, 4);
    close(pair.b);
    rest();
    close(pair.a);
    rest();
}

static void tell_keep_alive(void)
{
    const struct pair pair = connected();
    say(pair.a, 2);
    rest();
    set(pair.a, IPPROTO_TCP, TCP_KEEPIDLE, 1);
    set(pair.a, IPPROTO_TCP, TCP_KEEPINTVL, 1);
    set(pair.a, SOL_SOCKET, SO_KEEPALIVE, 1);
    relay_run(2300);
    hear(pair.b, 2);
    close_a_then_b(&pair);
}

/* A's ISS lies just below 2^32: its text crosses the end of the sequence space. */
static void tell_wrap(void)
{
    struct pair pair = {.listener = server(), .a = bound(HOST_A)};
    set(pair.a, IPPROTO_TCP, TCP_REPAIR, 1);
    set(pair.a, IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_SEND_QUEUE);
    set(pair.a, IPPROTO_TCP, TCP_QUEUE_SEQ, -6);
    set(pair.a, IPPROTO_TCP, TCP_REPAIR, -1);
    call(HOST_A, pair.a);
    rest();
    pair.b = accepted(pair.listener);
    say(pair.a, 10);
    rest();
    hear(pair.b, 10);
    say(pair.b, 2);
    rest();
    hear(pair.a, 2);
    close_a_then_b(&pair);
}

static const struct story stories[] = {
    {"handshake-data-close", "A and B each say something, A closes, then B", "", tell_talk},
    {"handshake-data-close-ipv6", "the same over IPv6", "", tell_talk_6},
    {"no-options", "the same without window scale, timestamps and SACK", "", tell_talk_plain},
    {"lost-syn", "A's first SYN is lost", "drop A syn 1", tell_lost_handshake},
    {"lost-syn-ack", "B's first SYN,ACK is lost", "drop B syn-ack 1", tell_lost_handshake},
    {"lost-handshake-ack", "the ACK of the SYN,ACK is lost; A's text brings it", "drop A ack 1",
     tell_lost_handshake_ack},
    {"simultaneous-open", "both connect at once and the SYNs cross", "hold A syn 1 until B syn 1",
     tell_simultaneous_open},
    {"simultaneous-close", "both close at once and the FINs cross: CLOSING on both sides",
     "hold A fin 1 until B fin 1", tell_simultaneous_close},
    {"half-close", "A closes; B goes on talking and closes later", "", tell_half_close},
    {"three-segment-close", "B closes so soon that its FIN carries the ACK of A's", "",
     tell_three_segment_close},
    {"lost-fins", "the first FIN of each side is lost", "drop A fin 1\ndrop B fin 1",
     tell_lost_fins},
    {"lost-last-ack", "A's last ACK is lost: B's FIN comes again into TIME-WAIT", "drop A ack 2",
     tell_lost_fins},
    {"server-closes-first", "B closes first and ends in TIME-WAIT", "", tell_server_closes},
    {"lost-data", "the second of three segments is lost and sent again", "drop A data 2",
     tell_three_writes},
    {"reordered-data", "the second of three segments comes after the third",
     "hold A data 2 until A data 3", tell_three_writes},
    {"duplicated-data", "the second of three segments comes twice", "twice A data 2",
     tell_three_writes},
    {"urgent-data", "A sends urgent text between other text", "", tell_urgent},
    {"zero-window", "B does not read: its window closes, is probed, and opens again", "",
     tell_zero_window},
    {"keep-alive", "A is idle and probes B", "", tell_keep_alive},
    {"sequence-wrap", "A's sequence numbers cross 2^32", "", tell_wrap},
    {"abort", "A aborts: RST", "", tell_abort},
    {"refused", "nobody listens at B: RST", "", tell_refused},
    {"text-after-close", "B closed for good, A goes on talking: RST", "", tell_text_after_close},
    {"close-with-unread-text", "B closes without reading what came: RST", "", tell_unread_close},
    {"half-open", "B's RST is lost; A's next text finds nobody: RST", "drop B rst 1",
     tell_half_open},
    {"old-syn-in-established", "a copy of the SYN arrives late: challenge ACK",
     "again A syn 1 until A data 1", tell_talk},
    {"time-wait-assassination",
     "a copy of the SYN draws an ACK, the ACK a RST, and that ends TIME-WAIT",
     "again A syn 1 until A fin 1", tell_server_closes},
    {"time-wait-reuse", "A comes back from the same port while B waits in TIME-WAIT", "",
     tell_reuse},
    {"time-wait-reuse-no-timestamps", "the same where only sequence numbers can tell", "",
     tell_reuse_plain},
};

/* Each story in a process of its own: whatever happens to one, its hosts are gone with it. */
static bool record(const struct story *story, const char *directory)
{
    const pid_t child = fork();
    if (child == 0) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s.pcap", directory, story->name);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        alarm(30);
        relay_open(story->rules, path);
        story->tell();
        printf("%-30s %3u packets  %s\n", story->name, relay_close(), story->sentence);
        fflush(stdout);
        _exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        fprintf(stderr, "record: %s: failed\n", story->name);
        return false;
    }
    return true;
}

int main(int count, char **words)
{
    const bool list = count == 2 && strcmp(words[1], "--list") == 0;
    if (count < 2 || count > 3) {
        fprintf(stderr, "usage: recorder DIRECTORY [STORY] | recorder --list\n");
        return 2;
    }
    bool good = true;
    bool found = false;
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        if (list) {
            printf("%s\t%s\n", stories[i].name, stories[i].sentence);
        } else if (count == 2 || strcmp(words[2], stories[i].name) == 0) {
            good = record(&stories[i], words[1]) && good;
            found = true;
        }
    }
    if (!list && !found) {
        fprintf(stderr, "recorder: no such story: %s\n", words[2]);
        return 2;
    }
    return good ? 0 : 1;
}

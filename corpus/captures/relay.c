/*
 * The network between two Linux hosts: see relay.h.
 *
 * One thread does everything: a packet written to a TUN device is processed by the kernel before
 * write() returns, so what a host sends is always read after what made it send. That is what lets a
 * capture be replayed in its order. TUN without IFF_VNET_HDR: the kernel hands over complete
 * packets with complete checksums, no offloading.
 */
#define _GNU_SOURCE
#include "relay.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PACKET_MAX 2048 /* above the MTU of 1500 */
#define HELD_MAX   64   /* packets waiting to go out; far more than any scenario holds back */
#define RULES_MAX  8

enum kind { KIND_SYN, KIND_SYN_ACK, KIND_DATA, KIND_FIN, KIND_ACK, KIND_RST, KINDS };
static const char *const kind_word[KINDS] = {"syn", "syn-ack", "data", "fin", "ack", "rst"};

enum verb { VERB_DROP, VERB_TWICE, VERB_HOLD, VERB_AGAIN, VERBS };
static const char *const verb_word[VERBS] = {"drop", "twice", "hold", "again"};

struct which {
    int host;
    enum kind kind;
    unsigned number;
};

struct rule {
    enum verb verb;
    struct which packet;
    struct which until; /* hold and again */
};

struct packet {
    int from;
    size_t size;
    bool waiting; /* for `until`; otherwise ready to go out */
    struct which until;
    unsigned char bytes[PACKET_MAX];
};

static struct {
    int netns[HOSTS];
    int tun[HOSTS];
    struct rule rule[RULES_MAX];
    size_t rules;
    unsigned seen[HOSTS][KINDS]; /* packets of each kind so far */
    struct packet queue[HELD_MAX];
    size_t queued;
    pcap_t *pcap;
    pcap_dumper_t *dump;
    unsigned recorded;
} relay;

_Noreturn void relay_die(const char *what)
{
    fprintf(stderr, "record: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Writes one packet into the capture as `tcpdump -i any` would on a router with A on interface 2
 * and B on interface 3. */
static void capture(const struct packet *packet, bool outgoing)
{
    unsigned char frame[20 + PACKET_MAX] = {0};
    const int side = outgoing ? !packet->from : packet->from;
    const unsigned protocol = packet->bytes[0] >> 4 == 6 ? 0x86dd : 0x0800;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct pcap_pkthdr header = {
        .ts = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000},
        .caplen = (bpf_u_int32)(20 + packet->size),
        .len = (bpf_u_int32)(20 + packet->size),
    };
    frame[0] = (unsigned char)(protocol >> 8);
    frame[1] = (unsigned char)protocol;
    frame[7] = (unsigned char)(2 + side); /* interface index */
    frame[8] = ARPHRD_NONE >> 8;
    frame[9] = ARPHRD_NONE & 0xff;
    frame[10] = outgoing ? 4 : 0; /* LINUX_SLL_OUTGOING : LINUX_SLL_HOST */
    memcpy(frame + 20, packet->bytes, packet->size);
    pcap_dump((unsigned char *)relay.dump, &header, frame);
    relay.recorded++;
}

/* Which kinds a TCP packet is: a bit each; 0 when it is none of ours. */
static unsigned kinds_of(const struct packet *packet)
{
    const unsigned char *ip = packet->bytes;
    const size_t ip_size = ip[0] >> 4 == 6 ? 40 : (size_t)(ip[0] & 15) * 4;
    const unsigned protocol = ip[0] >> 4 == 6 ? ip[6] : ip[9];
    if (protocol != IPPROTO_TCP || packet->size < ip_size + 20) {
        return 0;
    }
    const unsigned char *tcp = ip + ip_size;
    const bool text = packet->size > ip_size + (size_t)(tcp[12] >> 4) * 4;
    const bool fin = tcp[13] & 0x01, syn = tcp[13] & 0x02, rst = tcp[13] & 0x04;
    const bool ack = tcp[13] & 0x10;
    unsigned kinds = 0;
    kinds |= (unsigned)(syn && !ack) << KIND_SYN;
    kinds |= (unsigned)(syn && ack) << KIND_SYN_ACK;
    kinds |= (unsigned)text << KIND_DATA;
    kinds |= (unsigned)fin << KIND_FIN;
    kinds |= (unsigned)rst << KIND_RST;
    kinds |= (unsigned)(kinds == 0) << KIND_ACK;
    return kinds;
}

/* True when the packet that has just been counted is the one meant. */
static bool is(const struct which *which, int host, unsigned kinds)
{
    return which->host == host && (kinds >> which->kind & 1) != 0 &&
           which->number == relay.seen[host][which->kind];
}

static void enqueue(const struct packet *packet)
{
    if (relay.queued == HELD_MAX) {
        errno = ENOBUFS;
        relay_die("packets held back");
    }
    relay.queue[relay.queued++] = *packet;
}

static void release(int host, unsigned kinds)
{
    for (size_t i = 0; i < relay.queued; i++) {
        struct packet *held = &relay.queue[i];
        if (!held->waiting || !is(&held->until, host, kinds)) {
            continue;
        }
        struct packet moved = *held;
        memmove(held, held + 1, (relay.queued - i - 1) * sizeof *held);
        relay.queued--;
        i--;
        moved.waiting = false;
        enqueue(&moved);
    }
}

/* A packet has come in: records it, and queues what shall go out. */
static void arrive(struct packet *packet)
{
    const unsigned kinds = kinds_of(packet);
    if (kinds == 0) {
        return;
    }
    capture(packet, false);
    for (unsigned kind = 0; kind < KINDS; kind++) {
        relay.seen[packet->from][kind] += kinds >> kind & 1;
    }
    const struct rule *rule = NULL;
    for (size_t i = 0; i < relay.rules && rule == NULL; i++) {
        rule = is(&relay.rule[i].packet, packet->from, kinds) ? &relay.rule[i] : NULL;
    }
    if (rule == NULL || rule->verb == VERB_TWICE || rule->verb == VERB_AGAIN) {
        enqueue(packet);
    }
    if (rule != NULL && rule->verb != VERB_DROP) {
        packet->waiting = rule->verb != VERB_TWICE;
        packet->until = rule->until;
        enqueue(packet);
    }
    release(packet->from, kinds);
}

/* Reads all that the hosts have sent. True when there was something. */
static bool collect(void)
{
    bool any = false;
    for (int host = 0; host < HOSTS; host++) {
        struct packet packet = {.from = host};
        ssize_t size;
        while ((size = read(relay.tun[host], packet.bytes, sizeof packet.bytes)) > 0) {
            packet.size = (size_t)size;
            packet.waiting = false;
            arrive(&packet);
            any = true;
        }
    }
    return any;
}

/* Sends the oldest packet that may go. False when there is none. */
static bool deliver(void)
{
    size_t i = 0;
    while (i < relay.queued && relay.queue[i].waiting) {
        i++;
    }
    if (i == relay.queued) {
        return false;
    }
    const struct packet packet = relay.queue[i];
    memmove(&relay.queue[i], &relay.queue[i + 1], (relay.queued - i - 1) * sizeof packet);
    relay.queued--;
    capture(&packet, true);
    if (write(relay.tun[!packet.from], packet.bytes, packet.size) != (ssize_t)packet.size) {
        relay_die("write to TUN device");
    }
    return true;
}

static long long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void carry(int ms, bool until_quiet)
{
    long long end = milliseconds() + ms;
    for (;;) {
        bool busy = collect();
        busy = deliver() || busy;
        const long long now = milliseconds();
        if (busy) {
            end = until_quiet ? now + ms : end;
            continue;
        }
        if (now >= end) {
            return;
        }
        struct pollfd wait[HOSTS] = {{.fd = relay.tun[0], .events = POLLIN},
                                     {.fd = relay.tun[1], .events = POLLIN}};
        poll(wait, HOSTS, (int)(end - now));
    }
}

void relay_settle(int quiet_ms)
{
    carry(quiet_ms, true);
}

void relay_run(int ms)
{
    carry(ms, false);
}

static void enter(int host)
{
    if (setns(relay.netns[host], CLONE_NEWNET) != 0) {
        relay_die("setns");
    }
}

static void put(const char *path, const char *value)
{
    const int fd = open(path, O_WRONLY);
    if (fd < 0 || write(fd, value, strlen(value)) != (ssize_t)strlen(value)) {
        relay_die(path);
    }
    close(fd);
}

void relay_sysctl(const char *name, const char *value)
{
    char path[128];
    snprintf(path, sizeof path, "/proc/sys/net/%s", name);
    for (int host = 0; host < HOSTS; host++) {
        enter(host);
        put(path, value);
    }
}

int relay_socket(int host, int family)
{
    enter(host);
    const int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        relay_die("socket");
    }
    return fd;
}

static void run(const char *command)
{
    if (system(command) != 0) {
        fprintf(stderr, "record: failed: %s\n", command);
        exit(1);
    }
}

/* A fresh namespace with a TUN device that has both addresses. */
static void make_host(int host)
{
    if (unshare(CLONE_NEWNET) != 0) {
        relay_die("unshare: a network namespace needs root");
    }
    relay.netns[host] = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    relay.tun[host] = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (relay.netns[host] < 0 || relay.tun[host] < 0) {
        relay_die("/dev/net/tun");
    }
    struct ifreq request = {.ifr_name = "wire", .ifr_flags = IFF_TUN | IFF_NO_PI};
    if (ioctl(relay.tun[host], TUNSETIFF, &request) != 0) {
        relay_die("TUNSETIFF");
    }
    char command[256];
    snprintf(command, sizeof command,
             "ip addr add 192.0.2.%d/24 dev wire && ip -6 addr add 2001:db8::%d/64 dev wire nodad "
             "&& ip link set wire mtu 1500 up",
             host + 1, host + 1);
    run(command);
}

static bool word(const char *text, const char *const *words, int count, int *index)
{
    for (*index = 0; *index < count; ++*index) {
        if (strcmp(text, words[*index]) == 0) {
            return true;
        }
    }
    return false;
}

static struct which which_of(const char *host, const char *kind, unsigned number)
{
    static const char *const host_word[HOSTS] = {"A", "B"};
    struct which which = {.number = number};
    int index = 0;
    if (!word(host, host_word, HOSTS, &which.host) || !word(kind, kind_word, KINDS, &index)) {
        fprintf(stderr, "record: no such packet in a rule: %s %s\n", host, kind);
        exit(1);
    }
    which.kind = (enum kind)index;
    return which;
}

static void parse_rule(const char *line)
{
    char verb[8], host[4], kind[8], until_host[4] = "A", until_kind[8] = "syn";
    unsigned number, until_number = 0;
    int index = 0;
    const int items = sscanf(line, "%7s %3s %7s %u until %3s %7s %u", verb, host, kind, &number,
                             until_host, until_kind, &until_number);
    const bool known = items >= 4 && word(verb, verb_word, VERBS, &index);
    if (!known || (index >= VERB_HOLD) != (items == 7) || relay.rules == RULES_MAX) {
        fprintf(stderr, "record: not a rule: %s\n", line);
        exit(1);
    }
    relay.rule[relay.rules++] = (struct rule){
        .verb = (enum verb)index,
        .packet = which_of(host, kind, number),
        .until = which_of(until_host, until_kind, until_number),
    };
}

void relay_open(const char *rules, const char *capture_path)
{
    memset(&relay, 0, sizeof relay);
    char text[512];
    snprintf(text, sizeof text, "%s", rules);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        parse_rule(line);
    }
    for (int host = 0; host < HOSTS; host++) {
        make_host(host);
    }
    relay.pcap = pcap_open_dead(DLT_LINUX_SLL2, 65535);
    relay.dump = relay.pcap == NULL ? NULL : pcap_dump_open(relay.pcap, capture_path);
    if (relay.dump == NULL) {
        relay_die(capture_path);
    }
}

unsigned relay_close(void)
{
    pcap_dump_close(relay.dump);
    pcap_close(relay.pcap);
    for (int host = 0; host < HOSTS; host++) {
        close(relay.tun[host]);
        close(relay.netns[host]);
    }
    return relay.recorded;
}

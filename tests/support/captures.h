/*
 * Capture files in memory, for tests: read from the corpus, taken apart into IP packets, and put
 * together again with other link types, fewer packets, or damage.
 */
#ifndef SP_TEST_CAPTURES_H
#define SP_TEST_CAPTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct file {
    uint8_t *bytes; /* exactly `size` octets of the heap, so that a sanitizer sees an overrun */
    size_t size;
};

/* Reads corpus/<folder>/<name><suffix>; fails the test when it cannot. */
struct file load(const char *folder, const char *name, const char *suffix);

void drop(struct file *file);

/* One packet of a LINUX_SLL2 capture. */
struct packet {
    const uint8_t *ip;
    size_t size;
    bool outgoing;
    unsigned device;
};

#define PACKETS_MAX 64

/* Takes a corpus capture apart; the packets point into the file. Returns their number. */
size_t unpack(const struct file *file, struct packet packets[PACKETS_MAX]);

/* LINKTYPE_ values of pcap-linktype(7). */
enum link {
    LINK_NULL = 0,
    LINK_ETHERNET = 1,
    LINK_RAW = 101,
    LINK_USER0 = 147, /* nothing that anybody reads */
    LINK_LOOP = 108,
    LINK_SLL = 113,
    LINK_IPV4 = 228,
    LINK_IPV6 = 229,
    LINK_SLL2 = 276,
};

struct packing {
    enum link link;
    unsigned vlans;  /* ETHERNET: tags before the type */
    size_t snap;     /* octets of IP kept of each packet; 0: all */
    bool big_endian; /* file header and records */
};

/* Writes the packets as a capture file. */
struct file pack(const struct packet *packets, size_t count, const struct packing *packing);

#endif

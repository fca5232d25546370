/*
 * What the files of harness/capture share: the stages between a capture file and a script.
 *
 *     file -> sightings (read.c) -> one connection's passages (passage.c) -> script (follow.c)
 *
 * A sighting is a packet as the file has it. A passage is what it meant to the two ends: sent,
 * arrived, both at once, or sent and lost. Sequence numbers stay those of the wire throughout.
 */
#ifndef SP_CAPTURE_PRIVATE_H
#define SP_CAPTURE_PRIVATE_H

#include "capture/capture.h"

/* Where on its way a packet was seen, as far as the link type tells. */
enum sp_way { SP_WAY_UNKNOWN, SP_WAY_IN, SP_WAY_OUT };

struct sp_sighting {
    uint32_t packet; /* number in the file, from 1 */
    uint32_t device; /* interface index, with LINUX_SLL2; else 0 */
    uint8_t way;     /* enum sp_way */
    uint16_t ip_id;  /* IPv4 identification; 0 with IPv6 */
    uint32_t digest; /* of the text, so that equal packets are told from similar ones */
    struct sp_flow flow;
    struct sp_segment segment; /* text is 0 */
};

struct sp_sightings {
    struct sp_sighting *item;
    size_t count;
    size_t capacity;
};

struct sp_passage {
    uint32_t packet;
    uint8_t from;  /* enum sp_host_name */
    bool sent;     /* the sender put it on the wire here */
    bool arrives;  /* it reaches the other end here */
    bool lost;     /* with sent: it never arrives */
    size_t origin; /* index of the passage in which it was sent: this one's own, with sent */
    struct sp_segment segment;
};

struct sp_passages {
    struct sp_passage *item;
    size_t count;
    size_t capacity;
};

/* Room for one more element of `size` octets; false when there is no memory. */
bool sp_capture_grow(void **array, size_t *capacity, size_t count, size_t size);

/* Keeps a remark, or counts it when there are too many. */
void sp_capture_remark(struct sp_capture *capture, uint32_t packet, bool lost_track,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* read.c. Reads all packets of an open capture. False: out of memory. pcap is a pcap_t. */
bool sp_capture_sight(void *pcap, struct sp_capture *capture, struct sp_sightings *sightings);

/* passage.c. Fills capture->connection, and the passages of connection number `connection` (from
 * 1). False: out of memory. */
bool sp_capture_connections(const struct sp_sightings *sightings, struct sp_capture *capture);
bool sp_capture_passages(const struct sp_sightings *sightings, size_t selected,
                         struct sp_capture *capture, struct sp_passages *passages);

/* bounds.c. The set-up of the script, from the SYNs and windows of the passages. */
void sp_capture_setup(const struct sp_passages *passages, struct sp_capture *capture);

/* follow.c. Fills capture->script's actions, capture->packet and capture->end. False: out of
 * memory. */
bool sp_capture_follow(const struct sp_passages *passages, struct sp_capture *capture);

/* "SYN,ACK", "FIN,PSH,ACK", "none": for remarks. text holds at least 40 octets. */
void sp_capture_flags(uint8_t flags, char *text, size_t capacity);

#endif

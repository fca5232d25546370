/*
 * A capture file as a script: what really went over a wire, as a path through the model's world.
 *
 * Any file that libpcap reads, of link types RAW, IPV4, IPV6, EN10MB, LINUX_SLL, LINUX_SLL2, NULL
 * and LOOP. One TCP connection is taken from it (a pair of sockets, with every incarnation it had);
 * the end that sends first is host A.
 *
 * Every packet that arrives at a host becomes an INJECT, every one that was sent and never arrived
 * a VANISH. User calls and timers are not on the wire: they are inferred from what each end sends,
 * by taking every action in a world of the model at once and looking where that leaves the host.
 * Where the model and the real end part, a remark says so; nothing here is a verdict.
 */
#ifndef SP_CAPTURE_CAPTURE_H
#define SP_CAPTURE_CAPTURE_H

#include "bytes/wire.h"
#include "event/script.h"
#include "net/world.h"

/* Something worth saying about one packet, or about the file. */
struct sp_capture_remark {
    uint32_t packet; /* its number in the file, from 1; 0: about the file or the connection */
    bool lost_track; /* the model is in another state than the real end, or cannot do what it did */
    char text[180];  /* one sentence without a full stop, 0-terminated */
};

/* One pair of sockets between which TCP segments went. */
struct sp_capture_connection {
    struct sp_flow flow; /* as A, the end that sent first, sends */
    uint32_t first;      /* number of its first packet, from 1 */
    uint32_t packets;    /* how many it has; one seen twice on its way counts twice */
};

struct sp_capture {
    struct sp_script script; /* policy linux, bounds from the SYNs; action is owned by the capture
                                and may be handed to sp_trace_run */
    uint32_t *packet;        /* of each action: number of the packet it stands for or was inferred
                                from */
    struct sp_world end;     /* the world after the last action; began with initial number 0 */

    struct sp_capture_connection *connection; /* in order of their first packets */
    size_t connections;
    size_t selected; /* index of the one that the script is about */

    struct sp_capture_remark *remark; /* in order of appearance; the first SP_CAPTURE_REMARKS_MAX */
    size_t remarks;
    size_t remarks_more; /* said, but not kept */

    uint32_t packets; /* read from the file, whatever they hold */
    uint32_t rejects; /* not TCP segments: each has a remark with the name of the reason */
    bool both_sides;  /* packets were seen coming in and going out: losses are known */
    char link[32];    /* "LINUX_SLL2" */
};

/* Remarks kept: more than anybody reads. */
#define SP_CAPTURE_REMARKS_MAX 100

/* Packets of one file that are looked at: a script of more actions is not for people. */
#define SP_CAPTURE_PACKETS_MAX 200000

/* True when the first octets of a file are those of a capture (pcap of either byte order and
 * resolution, or pcapng). 4 octets are enough to tell. */
bool sp_capture_magic(const uint8_t *bytes, size_t size);

/*
 * Reads a capture and converts connection number `connection` (from 1; 0: the first) into
 * capture->script, which expects PASS. Damaged and truncated files are read as far as they go; what
 * could not be read is remarked.
 *
 * False: there is no segment of such a connection (no capture, no TCP in it, or no connection of
 * that number); complaint says what and why, with the name of the file.
 * Either way sp_capture_free(capture) must follow.
 */
bool sp_capture_read(const char *path, uint32_t connection, struct sp_capture *capture,
                     struct sp_complaint *complaint);

/* The same of a file that is in memory; name is what messages call it. */
bool sp_capture_read_bytes(const uint8_t *bytes, size_t size, const char *name, uint32_t connection,
                           struct sp_capture *capture, struct sp_complaint *complaint);

void sp_capture_free(struct sp_capture *capture);

/* "192.0.2.1:40001 > 192.0.2.2:80" or "[2001:db8::1]:40001 > [2001:db8::2]:80", 0-terminated;
 * text holds at least SP_CAPTURE_FLOW_TEXT octets. */
#define SP_CAPTURE_FLOW_TEXT 112
void sp_capture_flow_print(const struct sp_flow *flow, char *text, size_t capacity);

#endif

/*
 * The way from a capture file to a script: see capture.h. This file opens, chooses and frees; the
 * stages are in read.c, passage.c, bounds.c and follow.c.
 *
 * The invariant: whatever the file holds, the result is a script that replays, or a complaint.
 */
#define _GNU_SOURCE /* fmemopen */
#include "capture/private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <pcap/pcap.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sp_capture_grow(void **array, size_t *capacity, size_t count, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    const size_t wanted = *capacity == 0 ? 64 : *capacity * 2;
    void *grown = realloc(*array, wanted * size);
    if (grown == NULL) {
        return false;
    }
    *array = grown;
    *capacity = wanted;
    return true;
}

void sp_capture_remark(struct sp_capture *capture, uint32_t packet, bool lost_track,
                       const char *format, ...)
{
    if (capture->remark == NULL) {
        capture->remark = calloc(SP_CAPTURE_REMARKS_MAX, sizeof *capture->remark);
    }
    if (capture->remark == NULL || capture->remarks == SP_CAPTURE_REMARKS_MAX) {
        capture->remarks_more++;
        return;
    }
    struct sp_capture_remark *remark = &capture->remark[capture->remarks++];
    remark->packet = packet;
    remark->lost_track = lost_track;
    va_list values;
    va_start(values, format);
    vsnprintf(remark->text, sizeof remark->text, format, values);
    va_end(values);
}

void sp_capture_flags(uint8_t flags, char *text, size_t capacity)
{
    static const char *const word[8] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    size_t size = 0;
    snprintf(text, capacity, "none");
    for (unsigned bit = 0; bit < 8 && size < capacity; bit++) {
        if ((flags >> bit & 1) != 0) {
            const int more =
                snprintf(text + size, capacity - size, "%s%s", size > 0 ? "," : "", word[bit]);
            size += (size_t)more;
        }
    }
}

void sp_capture_flow_print(const struct sp_flow *flow, char *text, size_t capacity)
{
    char source[INET6_ADDRSTRLEN] = "?";
    char destination[INET6_ADDRSTRLEN] = "?";
    const int family = flow->version == 6 ? AF_INET6 : AF_INET;
    inet_ntop(family, flow->source, source, sizeof source);
    inet_ntop(family, flow->destination, destination, sizeof destination);
    const char *format = flow->version == 6 ? "[%s]:%u > [%s]:%u" : "%s:%u > %s:%u";
    snprintf(text, capacity, format, source, flow->source_port, destination,
             flow->destination_port);
}

bool sp_capture_magic(const uint8_t *bytes, size_t size)
{
    static const uint8_t magic[][4] = {
        {0xa1, 0xb2, 0xc3, 0xd4}, {0xd4, 0xc3, 0xb2, 0xa1}, /* microseconds */
        {0xa1, 0xb2, 0x3c, 0x4d}, {0x4d, 0x3c, 0xb2, 0xa1}, /* nanoseconds */
        {0x0a, 0x0d, 0x0d, 0x0a},                           /* pcapng */
    };
    for (size_t i = 0; size >= 4 && i < sizeof magic / sizeof magic[0]; i++) {
        if (memcmp(bytes, magic[i], 4) == 0) {
            return true;
        }
    }
    return false;
}

static bool complain(struct sp_complaint *complaint, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Always false, so that a caller can return it. */
static bool complain(struct sp_complaint *complaint, const char *format, ...)
{
    complaint->line = 0;
    va_list values;
    va_start(values, format);
    vsnprintf(complaint->text, sizeof complaint->text, format, values);
    va_end(values);
    return false;
}

/* Why there is no connection to convert. */
static bool complain_empty(const struct sp_capture *capture, const char *name,
                           struct sp_complaint *complaint)
{
    if (capture->packets == 0) {
        return complain(complaint, "%s: a capture without a complete packet%s%s", name,
                        capture->remarks > 0 ? ": " : "",
                        capture->remarks > 0 ? capture->remark[0].text : "");
    }
    return complain(complaint, "%s: no TCP segment in %" PRIu32 " packets%s%s", name,
                    capture->packets, capture->remarks > 0 ? "; the first: " : "",
                    capture->remarks > 0 ? capture->remark[0].text : "");
}

/* Stages two to four. */
static bool convert(const struct sp_sightings *sightings, const char *name, uint32_t connection,
                    struct sp_capture *capture, struct sp_complaint *complaint)
{
    if (!sp_capture_connections(sightings, capture)) {
        return complain(complaint, "%s: out of memory", name);
    }
    if (capture->connections == 0) {
        return complain_empty(capture, name, complaint);
    }
    if (connection > capture->connections) {
        return complain(complaint, "%s: there is no connection %" PRIu32 ": 1..%zu are in it", name,
                        connection, capture->connections);
    }
    capture->selected = connection == 0 ? 0 : connection - 1;
    struct sp_passages passages = {0};
    bool done = sp_capture_passages(sightings, capture->selected, capture, &passages);
    if (done) {
        sp_capture_setup(&passages, capture);
        done = sp_capture_follow(&passages, capture);
    }
    free(passages.item);
    return done || complain(complaint, "%s: out of memory", name);
}

/* file is closed in any case. */
static bool read_file(FILE *file, const char *name, uint32_t connection, struct sp_capture *capture,
                      struct sp_complaint *complaint)
{
    char error[PCAP_ERRBUF_SIZE] = "";
    pcap_t *pcap = pcap_fopen_offline(file, error);
    if (pcap == NULL) {
        fclose(file);
        return complain(complaint, "%s: not a capture: %.250s", name, error);
    }
    struct sp_sightings sightings = {0};
    bool done = sp_capture_sight(pcap, capture, &sightings);
    pcap_close(pcap);
    done = done ? convert(&sightings, name, connection, capture, complaint)
                : complain(complaint, "%s: out of memory", name);
    free(sightings.item);
    return done;
}

bool sp_capture_read(const char *path, uint32_t connection, struct sp_capture *capture,
                     struct sp_complaint *complaint)
{
    memset(capture, 0, sizeof *capture);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return complain(complaint, "%s: %s", path, strerror(errno));
    }
    return read_file(file, path, connection, capture, complaint);
}

bool sp_capture_read_bytes(const uint8_t *bytes, size_t size, const char *name, uint32_t connection,
                           struct sp_capture *capture, struct sp_complaint *complaint)
{
    memset(capture, 0, sizeof *capture);
    if (size == 0) {
        return complain(complaint, "%s: not a capture: the file is empty", name);
    }
    /* "rb" never writes through the pointer. */
    FILE *file = fmemopen((void *)(uintptr_t)bytes, size, "rb");
    if (file == NULL) {
        return complain(complaint, "%s: %s", name, strerror(errno));
    }
    return read_file(file, name, connection, capture, complaint);
}

void sp_capture_free(struct sp_capture *capture)
{
    free(capture->script.action);
    free(capture->packet);
    free(capture->connection);
    free(capture->remark);
    memset(capture, 0, sizeof *capture);
}

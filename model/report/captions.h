/*
 * The words of a step, shared by the renderings: what happened, what the user is told, which rules
 * fired, what was violated; and what the numbers of its segments are relative to.
 *
 * A caption is one line of printable ASCII without line end.
 */
#ifndef SP_REPORT_CAPTIONS_H
#define SP_REPORT_CAPTIONS_H

#include "report/trace.h"

/* Room for a caption; for that of all rules that a step may fire, and of all properties. */
#define SP_CAPTION_MAX    320
#define SP_RULES_TEXT_MAX 3072
#define SP_VIOLATIONS_MAX 4096

/* What the numbers of a segment are relative to; both 0: as on the wire. */
struct sp_bases {
    sp_seq seq;
    sp_seq ack;
};

/* Of a segment that a host sent in this step. The RST with SEQ 0 that CLOSED answers with is
 * numbered in no space: it stays 0. */
struct sp_bases sp_sent_bases(const struct sp_trace_step *step, const struct sp_segment *segment);

/* Of a segment that nobody in this world sent, as `host`, to which it goes, understands it. */
struct sp_bases sp_network_bases(const struct sp_trace_step *step, unsigned host);

/* "#3 SYN,ACK seq=0 ack=1 wnd=2 <mss 1>"; serial 0: without "#3". */
void sp_caption_segment(const struct sp_writer *writer, uint16_t serial,
                        const struct sp_segment *segment, struct sp_bases bases);

/* "SEND 3: error: connection closing", "retransmission timeout", a tick, a crash, an action that
 * was not possible; nothing of what a segment says. */
void sp_caption_event(const struct sp_writer *writer, const struct sp_trace_step *step);

/* "user: 2 octets delivered, connection closing". False: nothing is told, nothing written. */
bool sp_caption_notices(const struct sp_writer *writer, const struct sp_trace_step *step);

/* "LISTEN_SYN [RFC 9293 3.10.7.2, MUST-11]; ...". Up to SP_RULES_MAX rules. */
void sp_caption_rules(const struct sp_writer *writer, const struct sp_output *output);

/* "sends #3 #4": numbers alone. False: nothing was sent, nothing written. */
bool sp_caption_sends(const struct sp_writer *writer, const struct sp_trace_step *step);

/* "still in flight: #3 #4", at the end of a run. False: nothing is, nothing written. */
bool sp_caption_in_flight(const struct sp_writer *writer, const struct sp_trace *trace);

/* "S5 isn-agreement, S14 graceful-means-received". Nothing when nothing is violated. */
void sp_caption_violations(const struct sp_writer *writer, uint64_t violated);

/* The text form of a script line by line: joined by line ends, the lines are what sp_script_print
 * writes. Begins with everything but the script 0. */
struct sp_script_lines {
    const struct sp_script *script;
    unsigned part; /* of the text form: version, settings, expectation, blank line, actions */
    size_t index;  /* within the part */
};

/* The next line, without line end, 0-terminated. False past the last. text has room for
 * SP_SCRIPT_LINE_MAX. */
#define SP_SCRIPT_LINE_MAX 512
bool sp_script_lines_next(struct sp_script_lines *lines, char *text, size_t capacity);

#endif

/*
 * The renderings of a trace for other tools: each writes one whole file.
 *
 * They take the trace that the ladder takes and are as pure: the same trace gives the same octets.
 * Whatever the trace is, the file is one that its reader accepts.
 */
#ifndef SP_REPORT_EXPORTS_H
#define SP_REPORT_EXPORTS_H

#include "report/trace.h"

/* A mermaid sequence diagram of less than 50,000 characters, GitHub's limit: when all steps do not
 * fit, the middle is left out and a note says how many steps and violations that are. `rules` of
 * the options is not used. */
void sp_report_mermaid(const struct sp_trace *trace, const struct sp_ladder_options *options,
                       const struct sp_writer *writer);

/* The ladder as an SVG document: no script, no font, nothing from elsewhere. */
void sp_report_svg(const struct sp_trace *trace, const struct sp_ladder_options *options,
                   const struct sp_writer *writer);

/* A pcapng section of raw IPv4 packets: what was sent, each once, where it was sent, and what came
 * from the network, where it arrived; with a comment each. Interface 0 is "wire", interface 1 is
 * "lost": what arrived nowhere. A is 192.0.2.1 port 50001, B is 192.0.2.2 port 50002; step number n
 * happens at n ms. A segment that a capture replaced (INJECT or VANISH for it) is the captured one.
 * Text is sp_stream_octet of its sender. What no IPv4 packet can hold is cut, and the comment says
 * so. */
void sp_report_pcapng(const struct sp_trace *trace, const struct sp_writer *writer);

/* A packetdrill script: what the user of `host` (enum sp_host_name) does, "<" what reaches the
 * host, ">" what it sends, in relative sequence numbers. What packetdrill cannot say is a comment.
 */
void sp_report_pkt(const struct sp_trace *trace, unsigned host, const struct sp_writer *writer);

/* An ITF trace (Informal Trace Format, Apalache ADR-015) with all that is known of every step in
 * #meta; README.md has the fields. */
void sp_report_json(const struct sp_trace *trace, const struct sp_writer *writer);

/* A cmocka test in one C file: it replays the script through the headers of model/ and compares
 * states and violations after each step. */
void sp_report_cmocka(const struct sp_trace *trace, const struct sp_writer *writer);

#endif

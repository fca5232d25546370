/*
 * The two halves of a segment's line, for reports that must place them apart: what every segment
 * has, and its options.
 */
#ifndef SP_REPORT_SEGMENT_H
#define SP_REPORT_SEGMENT_H

#include "bytes/segment.h"
#include "report/writer.h"

/* "SYN,ACK seq=0 ack=1 wnd=4 len=2 urg=1". The bases are subtracted; 0 leaves a number as it is. */
void sp_segment_write(const struct sp_writer *writer, const struct sp_segment *segment,
                      sp_seq seq_base, sp_seq ack_base);

/* " <mss 536, scale 2, sack-ok, ts 7/3, sack 10-20>", or nothing. SACK blocks speak of the space
 * that the ACK field is in. */
void sp_segment_write_options(const struct sp_writer *writer, const struct sp_segment *segment,
                              sp_seq ack_base);

/* A sequence number: unsigned as on the wire when base is 0, else its signed distance from base. */
void sp_segment_write_number(const struct sp_writer *writer, sp_seq number, sp_seq base);

#endif

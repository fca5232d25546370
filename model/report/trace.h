/*
 * A trace: a script that was run, step by step, with what the oracle said; and its renderings.
 */
#ifndef SP_REPORT_TRACE_H
#define SP_REPORT_TRACE_H

#include "event/script.h"
#include "oracle/oracle.h"
#include "report/writer.h"

struct sp_trace_step {
    struct sp_step step;
    struct sp_world after;
    struct sp_findings findings;
    bool possible; /* false: the action named a segment that is not in flight; nothing happened */
};

struct sp_trace {
    const struct sp_script *script;
    struct sp_world start;
    struct sp_trace_step *step; /* the caller's array, room for script->count */
    size_t count;               /* steps taken: script->count, or up to the first violation */
    uint64_t violated;          /* over all steps */
    uint64_t witnessed;
    size_t impossible; /* steps with possible = false */
};

/* Replays the script in a counting world that begins with initial number `initial`, into
 * trace->step (room for script->count). Goes on after a violation unless stop_at_violation. */
void sp_trace_run(const struct sp_script *script, uint32_t initial, bool stop_at_violation,
                  struct sp_trace *trace);

/* Whose view a ladder is. One end sees its calls and timers, and what arrives at it. */
enum sp_view { SP_VIEW_BOTH, SP_VIEW_A, SP_VIEW_B };

/* What a writer may put around words that stand out. Only a terminal gets more than "". */
struct sp_paint {
    const char *alarm;  /* before what is wrong */
    const char *strong; /* before a head */
    const char *end;    /* after either */
};

/* No field, and every field, of sp_field_name. */
#define SP_FIELDS_NONE ((uint64_t)0)
#define SP_FIELDS_ALL  UINT64_MAX

struct sp_ladder_options {
    bool
        absolute; /* sequence numbers as on the wire; otherwise relative to the ISS of their side */
    bool rules;   /* a line with rule and RFC section under each step */
    enum sp_view view; /* events that this end does not see are left out */
    uint64_t fields;   /* a line with these fields of the host under each step: bits */
    size_t rows;       /* 0: every event; else about so many rows: folded in the middle */
    size_t focus;      /* with rows: the index of an event that is not left out */
    const struct sp_paint *paint; /* NULL: plain */
};

/* The ladder: both state columns, segments as arrows, lost and duplicated ones drawn, the rule and
 * RFC section of each step; at most 100 columns. What violates a property is never left out of a
 * view, and what is left out by folding is counted. */
void sp_report_ladder(const struct sp_trace *trace, const struct sp_ladder_options *options,
                      const struct sp_writer *writer);

/* "SYN,ACK seq=0 ack=1 wnd=4 len=2 <mss 536>": what a segment is, on one line, 0-terminated.
 * seq_base and ack_base are subtracted (0 for absolute numbers). */
void sp_segment_print(const struct sp_segment *segment, sp_seq seq_base, sp_seq ack_base,
                      char *text, size_t capacity);

/* Fields of a host's TCB that differ, one "name old -> new" each, numbers relative to the ISS and
 * IRS; "nothing" when none. */
void sp_report_changes(const struct sp_tcb *before, const struct sp_tcb *after,
                       const struct sp_writer *writer);

/* The same of the fields in a set of bits alone. */
void sp_report_changes_of(const struct sp_tcb *before, const struct sp_tcb *after, uint64_t fields,
                          const struct sp_writer *writer);

/* Every field of a TCB, "name value" a line, in the same order and the same words. */
void sp_report_fields(const struct sp_tcb *tcb, const struct sp_writer *writer);

/* Those in the set, one a line: "name value", or "name old -> new" when it changed. */
void sp_report_fields_of(const struct sp_tcb *before, const struct sp_tcb *after, uint64_t fields,
                         const struct sp_writer *writer);

/* The name of the field that is bit `index` of a set; NULL past the last one. */
const char *sp_field_name(size_t index);

/* Lines as one text, "; " between them, at most 100 columns wide: its lines begin with `indent`
 * spaces, but for the first, which continues what is `column` columns wide already. A line of the
 * text is not broken, unless it is longer than a line can be. Ends the line. */
void sp_report_packed(const char *lines, size_t column, size_t indent,
                      const struct sp_writer *writer);

#endif

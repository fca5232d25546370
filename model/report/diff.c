/*
 * What a step changed in a TCB: one line a field, "name old -> new", with the names of RFC 9293
 * 3.3.1 as the code spells them.
 *
 * Sequence numbers are written relative to the ISS or IRS of their own TCB: "-" where that is not
 * known yet. The invariant: TCBs of two open connections that differ give at least one line; of a
 * TCB that is gone only its end is told, because CLOSED holds nothing.
 */
#include "report/buffer.h"
#include "report/fields.h"
#include "report/trace.h"

#include <inttypes.h>
#include <string.h>

static bool has_iss(const struct sp_tcb *tcb)
{
    return tcb->state != SP_CLOSED && tcb->state != SP_LISTEN;
}

static bool has_irs(const struct sp_tcb *tcb)
{
    return has_iss(tcb) && tcb->state != SP_SYN_SENT;
}

static void write_bits(const struct sp_writer *writer, uint32_t value,
                       const struct sp_bit_name *bits)
{
    const char *comma = "";
    for (; bits->name != NULL; bits++) {
        if ((value & bits->bit) != 0) {
            sp_write(writer, "%s%s", comma, bits->name);
            comma = ",";
        }
    }
    if (value == 0) {
        sp_write(writer, "none");
    }
}

/* False: the field has no meaning yet. *base is what its numbers are relative to. */
static bool is_known(const struct sp_tcb *tcb, enum sp_tcb_space space, sp_seq *base)
{
    *base = 0;
    switch (space) {
    case SP_FIELD_IS_SEND:
        *base = tcb->iss;
        return has_iss(tcb);
    case SP_FIELD_IS_WINDOW:
        *base = tcb->iss;
        return has_irs(tcb);
    case SP_FIELD_IS_RECEIVE:
        *base = tcb->irs;
        return has_irs(tcb);
    case SP_FIELD_IS_PEER_FIN:
        *base = tcb->irs;
        return (tcb->flags & SP_TCB_FIN_HELD) != 0;
    case SP_FIELD_IS_PLAIN:
    case SP_FIELD_IS_STATE:
    case SP_FIELD_IS_BITS:
    case SP_FIELD_IS_ABSOLUTE:
        break;
    }
    return true;
}

static void write_value(const struct sp_writer *writer, const struct sp_tcb *tcb,
                        const struct sp_tcb_field *field)
{
    uint32_t value = sp_tcb_field_value(tcb, field);
    sp_seq base;
    if (!is_known(tcb, field->space, &base)) {
        sp_write(writer, "-");
    } else if (field->space == SP_FIELD_IS_STATE) {
        sp_write(writer, "%s", sp_state_name((enum sp_state)value));
    } else if (field->space == SP_FIELD_IS_BITS) {
        write_bits(writer, value, field->bits);
    } else if (field->space == SP_FIELD_IS_PLAIN || field->space == SP_FIELD_IS_ABSOLUTE) {
        sp_write(writer, "%" PRIu32, value);
    } else {
        sp_write(writer, "%" PRId32, (int32_t)(value - base));
    }
}

static void write_held(const struct sp_writer *writer, const struct sp_tcb *tcb)
{
    for (unsigned i = 0; i < tcb->helds && i < SP_HELD_MAX; i++) {
        sp_write(writer, "%s%" PRId32 "..%" PRId32, i == 0 ? "" : ",",
                 (int32_t)(tcb->held[i].left - tcb->irs),
                 (int32_t)(tcb->held[i].right - 1 - tcb->irs));
    }
    if (tcb->helds == 0) {
        sp_write(writer, "none");
    }
}

/* "name old -> new", when the two texts differ: what reads the same did not change for a reader. */
static bool write_change(const struct sp_writer *writer, const char *name, const char *old,
                         const char *new)
{
    if (strcmp(old, new) == 0) {
        return false;
    }
    sp_write(writer, "%s %s -> %s\n", name, old, new);
    return true;
}

static bool write_field(const struct sp_writer *writer, const struct sp_tcb_field *field,
                        const struct sp_tcb *before, const struct sp_tcb *after)
{
    char old[240];
    char new[240];
    struct sp_buffer buffer;
    struct sp_writer to_old = sp_buffer_open(&buffer, old, sizeof old);
    write_value(&to_old, before, field);
    struct sp_writer to_new = sp_buffer_open(&buffer, new, sizeof new);
    write_value(&to_new, after, field);
    return write_change(writer, field->name, old, new);
}

static bool write_held_change(const struct sp_writer *writer, const struct sp_tcb *before,
                              const struct sp_tcb *after)
{
    char old[120];
    char new[120];
    struct sp_buffer buffer;
    struct sp_writer to_old = sp_buffer_open(&buffer, old, sizeof old);
    write_held(&to_old, before);
    struct sp_writer to_new = sp_buffer_open(&buffer, new, sizeof new);
    write_held(&to_new, after);
    return write_change(writer, "held", old, new);
}

/* `held`, which is a list, comes behind the others. */
const char *sp_field_name(size_t index)
{
    if (sp_tcb_field(index) != NULL) {
        return sp_tcb_field(index)->name;
    }
    return sp_tcb_field(index - 1) != NULL ? "held" : NULL;
}

static bool in(uint64_t set, size_t index)
{
    return (set >> index & 1) != 0;
}

void sp_report_changes_of(const struct sp_tcb *before, const struct sp_tcb *after, uint64_t set,
                          const struct sp_writer *writer)
{
    if (after->state == SP_CLOSED && before->state != SP_CLOSED) {
        sp_write(writer, "state %s -> CLOSED\n", sp_state_name((enum sp_state)before->state));
        return;
    }
    bool changed = false;
    size_t i = 0;
    for (; sp_tcb_field(i) != NULL; i++) {
        changed |= in(set, i) && write_field(writer, sp_tcb_field(i), before, after);
    }
    changed |= in(set, i) && write_held_change(writer, before, after);
    if (!changed) {
        sp_write(writer, "nothing\n");
    }
}

void sp_report_changes(const struct sp_tcb *before, const struct sp_tcb *after,
                       const struct sp_writer *writer)
{
    sp_report_changes_of(before, after, SP_FIELDS_ALL, writer);
}

void sp_report_fields_of(const struct sp_tcb *before, const struct sp_tcb *after, uint64_t set,
                         const struct sp_writer *writer)
{
    size_t i = 0;
    for (; sp_tcb_field(i) != NULL; i++) {
        if (in(set, i) && !write_field(writer, sp_tcb_field(i), before, after)) {
            sp_write(writer, "%s ", sp_tcb_field(i)->name);
            write_value(writer, after, sp_tcb_field(i));
            sp_write(writer, "\n");
        }
    }
    if (in(set, i) && !write_held_change(writer, before, after)) {
        sp_write(writer, "held ");
        write_held(writer, after);
        sp_write(writer, "\n");
    }
}

void sp_report_fields(const struct sp_tcb *tcb, const struct sp_writer *writer)
{
    sp_report_fields_of(tcb, tcb, SP_FIELDS_ALL, writer);
}

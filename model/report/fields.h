/*
 * The fields of a TCB as a table, with the names of RFC 9293 3.3.1 as the code spells them; `held`,
 * which is a list, stands apart.
 */
#ifndef SP_REPORT_FIELDS_H
#define SP_REPORT_FIELDS_H

#include "machine/tcb.h"

enum sp_tcb_space {
    SP_FIELD_IS_PLAIN,    /* a number of its own */
    SP_FIELD_IS_SEND,     /* a sequence number of this end: relative to ISS */
    SP_FIELD_IS_RECEIVE,  /* one of the peer: relative to IRS */
    SP_FIELD_IS_WINDOW,   /* one of this end that came with a segment of the peer: known with IRS */
    SP_FIELD_IS_PEER_FIN, /* one of the peer, known once its FIN arrived */
    SP_FIELD_IS_STATE,    /* enum sp_state */
    SP_FIELD_IS_BITS,     /* a set with names */
    SP_FIELD_IS_ABSOLUTE, /* a sequence number as on the wire */
};

struct sp_bit_name {
    unsigned bit;
    const char *name;
};

struct sp_tcb_field {
    const char *name;
    size_t offset;
    size_t size;
    enum sp_tcb_space space;
    const struct sp_bit_name *bits; /* with SP_FIELD_IS_BITS; ends with a row without name */
};

/* NULL past the last. */
const struct sp_tcb_field *sp_tcb_field(size_t index);

uint32_t sp_tcb_field_value(const struct sp_tcb *tcb, const struct sp_tcb_field *field);

#endif

/* clang-format off */
/*
 * A question to a world: whether it is in a state that a person describes by named fields.
 *
 *     A=SYN_SENT & B=TIME_WAIT
 *     B.rcv_nxt < A.snd_nxt & !(A.flying(SYN,!ACK) | losses > 0)
 *
 * question := comparisons with ! before, & and | between them; ! binds before &, & before |;
 *             ( ) around a question
 * comparison := sum OP sum, OP one of = != < <= > >= (=< and ==, && and || are taken too);
 *             a sum that stands alone means that it is not 0
 * sum      := fields and whole numbers with + and - between them
 * field    := a row of query.def: A.snd_una, B.rcv_nxt, A (the state of A), flight
 *             fields that count segments in flight may name control bits: A.flying(FIN,ACK) counts
 *             those with all of the bits, A.flying(SYN,!ACK) those with SYN and without ACK
 * A field that is a state is compared, by = and !=, with a state or another such field. A state is
 * written with _ or -, a way to end (A.ended) likewise.
 *
 * Sequence numbers are relative, so that they read as in a ladder: what a host sends to its ISS,
 * what it receives to its IRS. So B.rcv_nxt and A.snd_nxt can be compared while B has taken the SYN
 * of A's latest incarnation. A comparison of a number that the host does not know yet is false,
 * whatever its operator.
 *
 * Pure; reading is total: every octet string is a question or draws a complaint.
 */
/* clang-format on */
#ifndef SP_ORACLE_QUERY_H
#define SP_ORACLE_QUERY_H

#include "net/world.h"

enum sp_query_unit {
    SP_QUERY_STATE,    /* enum sp_state */
    SP_QUERY_ENDING,   /* enum sp_end */
    SP_QUERY_YES,      /* 1 or 0 */
    SP_QUERY_COUNT,    /* a number of its own */
    SP_QUERY_OCTETS,   /* of text or window */
    SP_QUERY_SEGMENTS, /* in flight; takes control bits */
    SP_QUERY_WIRE,     /* a sequence number as on the wire, 0..4294967295 */
    SP_QUERY_FROM_ISS, /* a sequence number, relative to the host's ISS */
    SP_QUERY_FROM_IRS, /* a sequence number, relative to the host's IRS */
};

/* A field with a sign. */
struct sp_query_term {
    uint8_t field; /* index of the row in query.def */
    uint8_t host;  /* 0 or 1; 0 for a field of the network */
    uint8_t with;  /* SEGMENTS: count those with all of these control bits */
    uint8_t without;
    bool minus;
};

enum sp_query_relation {
    SP_QUERY_EQUAL,
    SP_QUERY_UNEQUAL,
    SP_QUERY_LESS,
    SP_QUERY_LESS_EQUAL,
    SP_QUERY_GREATER,
    SP_QUERY_GREATER_EQUAL,
};

/* The sum of the terms and the constant, compared with 0. */
struct sp_query_test {
    int64_t constant; /* at most SP_QUERY_TERMS_MAX numbers below 2^32: no sum overflows */
    struct sp_query_term term[SP_QUERY_TERMS_MAX];
    uint8_t terms;
    uint8_t relation; /* enum sp_query_relation */
};

enum sp_query_step {
    SP_QUERY_TEST, /* puts the answer of the next test on a stack of answers */
    SP_QUERY_NOT,  /* changes the answer on top */
    SP_QUERY_AND,  /* joins the two on top */
    SP_QUERY_OR,
};

/* Steps in postfix order: they leave one answer. */
struct sp_query {
    uint8_t step[SP_QUERY_STEPS_MAX]; /* enum sp_query_step */
    uint8_t steps;
    uint8_t tests;
    struct sp_query_test test[SP_QUERY_TESTS_MAX];
};

/* Reads `size` octets. False: *query is unspecified, and *complaint names the column (octets, from
 * 1), what stands there and what would be valid, with the nearest word where there is one. */
bool sp_query_parse(struct sp_query *query, const char *text, size_t size,
                    struct sp_complaint *complaint);

/* The world is one that the question (from sp_query_parse) describes. */
bool sp_query_holds(const struct sp_query *query, const struct sp_world *world);

/* One row of query.def, in its order. NULL past the last. */
struct sp_query_field {
    const char *word; /* "snd_una": without "A." */
    bool host;        /* a field of each host */
    uint8_t unit;     /* enum sp_query_unit */
    uint8_t known;    /* when it has a meaning; private to query.c */
    const char *sentence;
};
const struct sp_query_field *sp_query_field(size_t index);

/* "state", "octets from ISS", ... */
const char *sp_query_unit_text(enum sp_query_unit unit);

/* The number of the field that a term names, without its sign. False: the host does not know it
 * yet. */
bool sp_query_value(const struct sp_query_term *term, const struct sp_world *world, int64_t *value);

/* The word that a value of this unit is written as, "SYN_SENT"; NULL: it is written as a number, or
 * the unit has no such value. */
const char *sp_query_word(enum sp_query_unit unit, int64_t value);

#endif

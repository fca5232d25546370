/*
 * The oracle: which properties a step of the world broke, which witnesses it reached.
 *
 * The same predicates serve the explorer, the fuzz targets and replay. They read the world before
 * and after one action and what the step put out; they never change anything.
 */
#ifndef SP_ORACLE_ORACLE_H
#define SP_ORACLE_ORACLE_H

#include "net/world.h"

/* Rows of properties.def and liveness.def, in this order, and of witnesses.def; at most 64 each:
 * they are bits. */
enum sp_property {
#define PROPERTY(id, name, word, section, needs, sentence) SP_PROPERTY_##name,
#include "oracle/properties.def"
#undef PROPERTY
#define LIVENESS(id, name, word, kind, section, needs, sentence) SP_PROPERTY_##name,
#include "oracle/liveness.def"
#undef LIVENESS
    SP_PROPERTY_COUNT
};

/* What a property of liveness forbids of the worlds in which it is pending. */
enum sp_promise {
    SP_PROMISE_NONE,       /* it is none */
    SP_PROMISE_STUCK_IN,   /* a fair run that stays among them for ever, or stops in one */
    SP_PROMISE_NO_WAY_OUT, /* one from which no other world can be reached */
    SP_PROMISE_STORM,      /* a cycle through them of quiet moves alone */
};

/* What a fair run owes to a move that stays possible. */
struct sp_owed {
    uint64_t name; /* the same for the same move in other worlds; 0: nothing */
    bool quiet;    /* it needs neither a user nor a timer */
    bool strong;   /* owed, too, to a move that is possible again and again */
};

enum sp_witness {
#define WITNESS(name, word, possible, sentence, holds) SP_WITNESS_##name,
#include "oracle/witnesses.def"
#undef WITNESS
    SP_WITNESS_COUNT
};

/* Bits of all properties. */
#define SP_PROPERTIES (UINT64_MAX >> (64 - SP_PROPERTY_COUNT))

struct sp_property_info {
    const char *id;       /* "S5" */
    const char *name;     /* "isn-agreement" */
    const char *section;  /* "9293 3.4.1, 3.5" */
    const char *needs;    /* letters of assumptions, "N M Q I"; "" */
    const char *sentence; /* what must hold, as the RFC has it */
};

struct sp_witness_info {
    const char *name;     /* "simultaneous-open" */
    const char *sentence; /* what was seen */
};

/* The numbers behind a violated predicate: "SND.UNA 105 =< SND.NXT 101 is false". */
struct sp_evidence {
    char claim[160]; /* the predicate in RFC terms with its values, 0-terminated */
};

/* Bits of the properties that hold no longer, and of the witnesses seen, in this step. */
struct sp_findings {
    uint64_t violated;
    uint64_t witnessed;
};

/* step: what sp_world_move or sp_world_act wrote; after: the world it left behind. Properties that
 * need assumption N are not judged once a segment was forged (after->forged). */
struct sp_findings sp_oracle_judge(const struct sp_setup *setup, const struct sp_step *step,
                                   const struct sp_world *after);

/* The evidence for one property that sp_oracle_judge found violated in this step. */
void sp_oracle_explain(const struct sp_setup *setup, const struct sp_step *step,
                       const struct sp_world *after, enum sp_property property,
                       struct sp_evidence *evidence);

/* Properties violated by a world in which no move is enabled: deadlock, unless the bounds end here.
 */
uint64_t sp_oracle_stuck(const struct sp_setup *setup, const struct sp_world *world);

/* The promise of a property. */
enum sp_promise sp_oracle_promise(enum sp_property property);

/* Promises that are pending in a world. Bits. */
uint64_t sp_oracle_pending(const struct sp_setup *setup, const struct sp_world *world);

/* What is owed to a move that sp_world_moves gave for this world. */
struct sp_owed sp_oracle_owed(const struct sp_setup *setup, const struct sp_world *world,
                              sp_move move);

/* Witnesses that some behaviour within these bounds and this policy is expected to reach. A run
 * that misses one is VACUOUS. The others are impossible there, by the `possible` column. */
uint64_t sp_oracle_expected(const struct sp_setup *setup);

/* Properties that a search within these bounds and this policy does not judge, of those asked for:
 * what they speak of is switched off; with symmetry also those that ask for fairness, because it is
 * not the same world that comes again. Promises are judged between patient timers. One that
 * forbids a storm needs no timer, only all of the graph once more: where it is asked for by name,
 * asked != SP_PROPERTIES, it is judged everywhere. Bits. */
uint64_t sp_oracle_unjudged(const struct sp_setup *setup, uint64_t asked);

/* Properties that need assumption N: where the bounds admit an attacker, they are judged until the
 * first segment is forged, and nothing is said of what follows. Bits. */
uint64_t sp_oracle_unforged(void);

/* Properties of whose assumptions (needs), but for N, the bounds or the policy drop at least one.
 * They are
 * judged all the same: that one holds is more than was promised, that one does not is the known
 * hazard. */
uint64_t sp_oracle_unassumed(const struct sp_setup *setup);

const struct sp_property_info *sp_property_info(enum sp_property property);
const struct sp_witness_info *sp_witness_info(enum sp_witness witness);

/* Property by id ("S5") or name ("isn-agreement"); SP_PROPERTY_COUNT when there is none. */
enum sp_property sp_property_find(const char *word);

/* Letters of the assumptions that the bounds and the policy drop, 0-terminated. Returns text, which
 * has room for SP_DROPPED_MAX. */
#define SP_DROPPED_MAX 8
const char *sp_oracle_dropped(const struct sp_setup *setup, char *text);

/* Letter of an assumption -> its sentence ("N" -> "no forged segments"), or NULL. */
const char *sp_assumption_text(char letter);

/* "S5/ESTABLISHED/SYN_SENT_SYN_ACK": property, state it showed in, last rule that fired. Stable
 * across versions that do not rename them. 0-terminated; text holds at least 96 octets. */
void sp_signature(const struct sp_step *step, const struct sp_world *after,
                  enum sp_property property, char *text, size_t capacity);

#endif

/* What one step gives back besides the new TCB: segments, an answer to the user, rules that fired.
 */
#ifndef SP_MACHINE_OUTPUT_H
#define SP_MACHINE_OUTPUT_H

#include "bytes/segment.h"

/* The answer to a user call (RFC 9293 3.10, the texts are the RFC's). */
enum sp_reply {
#define REPLY(NAME, text) SP_REPLY_##NAME,
#include "machine/replies.def"
#undef REPLY
    SP_REPLY_COUNT
};

/* What the user is told without having asked; bits, several may come in one step. */
enum sp_signal {
#define SIGNAL(NAME, bit, text) SP_SIGNAL_##NAME = (bit),
#include "machine/replies.def"
#undef SIGNAL
};

/* Rules of rules.def. */
enum sp_rule {
#define RULE(NAME, section, ids, text) SP_RULE_##NAME,
#include "machine/rules.def"
#undef RULE
    SP_RULE_COUNT
};

struct sp_output {
    enum sp_reply reply;         /* SP_REPLY_NONE unless the event is a user call */
    uint32_t signals;            /* SP_SIGNAL_ bits */
    uint32_t delivered;          /* octets handed to the user in this step, in order */
    struct sp_range taken;       /* text of the arriving segment that was kept, in order or held;
                                    empty (left = right) when none */
    uint8_t sent;                /* segments in `segment`, in the order they go out */
    uint8_t rules;               /* rules in `rule`, in the order they fired; at least 1 */
    uint16_t rule[SP_RULES_MAX]; /* enum sp_rule */
    struct sp_segment segment[SP_SEND_MAX];
};

struct sp_rule_info {
    const char *name;    /* "SYN_SENT_SYN_ACK" */
    const char *section; /* "9293 3.10.7.3" */
    const char *ids;     /* "MUST-10 D2", or "" */
    const char *text;    /* one line of English */
};
const struct sp_rule_info *sp_rule_info(enum sp_rule rule);

const char *sp_reply_text(enum sp_reply reply); /* "error: connection does not exist" */
const char *sp_signal_text(enum sp_signal one); /* of exactly one bit: "connection reset" */

#endif

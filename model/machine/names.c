/* Names of states, rules, replies and signals, from the lists that define them. */
#include "machine/output.h"
#include "machine/tcb.h"

static const char *const state_names[SP_STATE_COUNT] = {
#define STATE(NAME, text) text,
#include "machine/states.def"
};

static const char *const state_words[SP_STATE_COUNT] = {
#define STATE(NAME, text) #NAME,
#include "machine/states.def"
};

static const struct sp_rule_info rules[SP_RULE_COUNT] = {
#define RULE(NAME, section, ids, text) {#NAME, section, ids, text},
#include "machine/rules.def"
};

static const char *const replies[SP_REPLY_COUNT] = {
#define REPLY(NAME, text) text,
#include "machine/replies.def"
};

const char *sp_state_name(enum sp_state state)
{
    return state < SP_STATE_COUNT ? state_names[state] : "?";
}

const char *sp_state_word(enum sp_state state)
{
    return state < SP_STATE_COUNT ? state_words[state] : "?";
}

const struct sp_rule_info *sp_rule_info(enum sp_rule rule)
{
    return rule < SP_RULE_COUNT ? &rules[rule] : NULL;
}

const char *sp_reply_text(enum sp_reply reply)
{
    return reply < SP_REPLY_COUNT ? replies[reply] : "?";
}

const char *sp_signal_text(enum sp_signal one)
{
    switch (one) {
#define SIGNAL(NAME, bit, text)                                                                    \
    case SP_SIGNAL_##NAME:                                                                         \
        return text;
#include "machine/replies.def"
    }
    return "?";
}

/*
 * What a question asks, looked up in a world: the fields of query.def (RFC 9293 3.3.1 and ghosts).
 *
 * It reads no text: that is query_parse.c. The invariant: it never reads beyond the question's
 * counts or changes the world, and a number that a host does not know is never compared.
 */
#include "oracle/query.h"

enum known { ALWAYS, ISS, IRS, FIN };

static const struct sp_query_field fields[] = {
#define HOST(word, unit, known, value, sentence) {#word, true, SP_QUERY_##unit, known, sentence},
#define NET(word, unit, value, sentence)         {#word, false, SP_QUERY_##unit, ALWAYS, sentence},
#define END(NAME, word)
#define BIT(NAME)
#include "oracle/query.def"
};

enum field {
#define HOST(word, unit, known, value, sentence) FIELD_##word,
#define NET(word, unit, value, sentence)         FIELD_##word,
#define END(NAME, word)
#define BIT(NAME)
#include "oracle/query.def"
    FIELD_COUNT
};
_Static_assert(FIELD_COUNT <= UINT8_MAX, "a term names its field by an octet");
_Static_assert(SP_QUERY_TESTS_MAX <= 32, "the answers of all tests fit the stack of answers");

static const char *const endings[] = {
#define HOST(word, unit, known, value, sentence)
#define NET(word, unit, value, sentence)
#define END(NAME, word) [SP_END_##NAME] = (word),
#define BIT(NAME)
#include "oracle/query.def"
};

static const struct sp_life no_life;

const struct sp_query_field *sp_query_field(size_t index)
{
    return index < FIELD_COUNT ? &fields[index] : NULL;
}

const char *sp_query_unit_text(enum sp_query_unit unit)
{
    switch (unit) {
    case SP_QUERY_STATE:
        return "state";
    case SP_QUERY_ENDING:
        return "ending";
    case SP_QUERY_YES:
        return "1 or 0";
    case SP_QUERY_COUNT:
        return "number";
    case SP_QUERY_OCTETS:
        return "octets";
    case SP_QUERY_SEGMENTS:
        return "segments";
    case SP_QUERY_WIRE:
        return "on the wire";
    case SP_QUERY_FROM_ISS:
        return "from ISS";
    case SP_QUERY_FROM_IRS:
        break;
    }
    return "from IRS";
}

const char *sp_query_word(enum sp_query_unit unit, int64_t value)
{
    if (unit == SP_QUERY_STATE && value >= 0 && value < SP_STATE_COUNT) {
        return sp_state_word((enum sp_state)value);
    }
    if (unit == SP_QUERY_ENDING && value >= 0 && value <= SP_END_ASSASSINATED) {
        return endings[value];
    }
    return NULL;
}

/* Packets in flight that the term counts; of both hosts when the field is the network's. */
static uint32_t flying(const struct sp_world *w, const struct sp_query_term *term)
{
    uint32_t count = 0;
    for (unsigned i = 0; i < w->channel.count && i < SP_FLIGHT_MAX; i++) {
        const struct sp_packet *packet = &w->channel.packet[i];
        bool sender = !fields[term->field].host || packet->from == term->host;
        bool bits =
            sp_has(&packet->segment, term->with) && (packet->segment.flags & term->without) == 0;
        count += sender && bits;
    }
    return count;
}

#define TIMER(NAME) ((t->timers & SP_TIMER_##NAME) != 0)
#define FLAG(NAME)  ((t->flags & SP_TCB_##NAME) != 0)
#define LIFE(NAME)  ((l->flags & SP_LIFE_##NAME) != 0)
#define FLYING      flying(w, term)

/* The field as the world holds it. */
static uint32_t raw_value(const struct sp_query_term *term, const struct sp_world *w)
{
    const struct sp_host *h = &w->host[term->host];
    const struct sp_tcb *t = &h->tcb;
    const struct sp_life *l = h->lives == 0 ? &no_life : sp_life(h);
    switch ((enum field)term->field) {
#define HOST(word, unit, known, value, sentence)                                                   \
    case FIELD_##word:                                                                             \
        return value;
#define NET(word, unit, value, sentence)                                                           \
    case FIELD_##word:                                                                             \
        return value;
#define END(NAME, word)
#define BIT(NAME)
#include "oracle/query.def"
    case FIELD_COUNT:
        break;
    }
    return 0;
}

static bool is_known(const struct sp_tcb *t, enum known known)
{
    switch (known) {
    case ALWAYS:
        return true;
    case ISS:
        return t->state >= SP_SYN_SENT;
    case IRS:
        return t->state >= SP_SYN_RECEIVED;
    case FIN:
        break;
    }
    return (t->flags & SP_TCB_FIN_HELD) != 0;
}

bool sp_query_value(const struct sp_query_term *term, const struct sp_world *world, int64_t *value)
{
    const struct sp_tcb *t = &world->host[term->host].tcb;
    uint32_t raw = raw_value(term, world);
    *value = raw;
    if (fields[term->field].unit == SP_QUERY_FROM_ISS) {
        *value = (int32_t)(raw - t->iss);
    } else if (fields[term->field].unit == SP_QUERY_FROM_IRS) {
        *value = (int32_t)(raw - t->irs);
    }
    return is_known(t, (enum known)fields[term->field].known);
}

static bool test_holds(const struct sp_query_test *test, const struct sp_world *world)
{
    int64_t sum = test->constant;
    for (unsigned i = 0; i < test->terms; i++) {
        int64_t value = 0;
        if (!sp_query_value(&test->term[i], world, &value)) {
            return false;
        }
        sum += test->term[i].minus ? -value : value;
    }
    switch ((enum sp_query_relation)test->relation) {
    case SP_QUERY_EQUAL:
        return sum == 0;
    case SP_QUERY_UNEQUAL:
        return sum != 0;
    case SP_QUERY_LESS:
        return sum < 0;
    case SP_QUERY_LESS_EQUAL:
        return sum <= 0;
    case SP_QUERY_GREATER:
        return sum > 0;
    case SP_QUERY_GREATER_EQUAL:
        break;
    }
    return sum >= 0;
}

bool sp_query_holds(const struct sp_query *query, const struct sp_world *world)
{
    uint32_t answers = 0; /* a stack: bit 0 is on top */
    unsigned next = 0;
    for (unsigned i = 0; i < query->steps; i++) {
        switch ((enum sp_query_step)query->step[i]) {
        case SP_QUERY_TEST:
            answers = answers << 1 | test_holds(&query->test[next++], world);
            break;
        case SP_QUERY_NOT:
            answers ^= 1;
            break;
        case SP_QUERY_AND:
            answers = answers >> 1 & (answers | ~UINT32_C(1));
            break;
        case SP_QUERY_OR:
            answers = answers >> 1 | (answers & 1);
            break;
        }
    }
    return (answers & 1) != 0;
}

/*
 * The verdict on one step: every property that the step can break, judged by its predicate; what
 * the bounds and the policy assume of them; the signature under which a violation is known.
 *
 * Nothing is decided here about TCP. To keep in mind: sp_oracle_judge runs on every transition of a
 * search, so a predicate is called only where the step can break it, and writes no text there.
 */
#include "oracle/scene.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct sp_life no_life;

void sp_scene_init(struct sp_scene *scene, const struct sp_setup *setup, const struct sp_step *step,
                   const struct sp_world *after)
{
    const struct sp_life *old_life = sp_life(&step->before);
    const struct sp_life *life = sp_life(&after->host[step->host]);

    scene->setup = setup;
    scene->policy = &setup->policy;
    scene->step = step;
    scene->world = after;
    scene->was = &step->before;
    scene->is = &after->host[step->host];
    scene->peer = &after->host[!step->host];
    scene->before = &scene->was->tcb;
    scene->after = &scene->is->tcb;
    scene->segment = step->event.kind == SP_EVENT_SEGMENT ? &step->event.segment : NULL;
    scene->output = &step->output;
    scene->old_life = old_life == NULL ? &no_life : old_life;
    scene->life = life == NULL ? &no_life : life;
    scene->other = sp_life_number(scene->peer, scene->life->peer);
    scene->same = scene->was->lives == scene->is->lives && scene->before->state > SP_LISTEN &&
                  scene->after->state > SP_LISTEN;
    scene->moved = scene->before->state != scene->after->state;
}

bool sp_fails(struct sp_evidence *evidence, const char *format, ...)
{
    if (evidence != NULL) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(evidence->claim, sizeof evidence->claim, format, arguments);
        va_end(arguments);
    }
    return false;
}

#define BIT(name) (1ull << SP_PROPERTY_##name)

/* Only a forged segment can break these. */
#define BY_FORGERY (BIT(blind_reset) | BIT(blind_syn) | BIT(blind_data))

/* Only an arriving segment can break these. */
#define BY_SEGMENT                                                                                 \
    (BIT(correct_rst_on_syn_in_time_wait) | BIT(handshake_needs_own_ack) | BIT(no_answer_to_rst) | \
     BIT(rst_acceptance) | BIT(syn_changes_nothing) | BIT(ack_of_nothing_sent) |                   \
     BIT(no_amplification) | BIT(ack_owed) | BIT(take_what_fits) | BIT(good_ack_counts) |          \
     BIT(syn_sent_unmoved) | BIT(listen_unmoved) | BIT(no_false_reset) | BY_FORGERY)

/* Only a step that sends can break these. (fin_position also looks at SEND after CLOSE.) */
#define BY_SENDING                                                                                 \
    (BIT(rst_has_a_reason) | BIT(rst_form) | BIT(acks_sent) | BIT(one_number_one_octet) |          \
     BIT(within_send_window))

/* Only a change of state can break these. */
#define BY_MOVING                                                                                  \
    (BIT(graceful_means_received) | BIT(legal_edges) | BIT(syn_draws_syn_ack) |                    \
     BIT(back_to_listen) | BIT(one_end_waits))

/* Judged of a world without moves, not of a step. */
#define BY_STANDING BIT(deadlock)

/* All that are no promises. */
static const uint64_t all = 0
#define PROPERTY(id, name, word, section, needs, sentence) | BIT(name)
#include "oracle/properties.def"
#undef PROPERTY
    ;

_Static_assert(SP_PROPERTY_COUNT < 64, "properties are bits");

/* The letter N stands first. */
uint64_t sp_oracle_unforged(void)
{
    uint64_t bits = 0;
#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    bits |= (needs)[0] == 'N' ? BIT(name) : 0;
#include "oracle/properties.def"
#undef PROPERTY
    return bits;
}

static uint64_t breakable(const struct sp_scene *s)
{
    uint64_t bits = all & ~BY_STANDING;

    if (s->segment == NULL)
        bits &= ~BY_SEGMENT;
    if (s->output->sent == 0)
        bits &= ~BY_SENDING;
    if (!s->moved)
        bits &= ~BY_MOVING;
    if (s->world->forged)
        bits &= ~sp_oracle_unforged();
    if (!s->step->forged || s->setup->bounds.forgeries == 0)
        bits &= ~BY_FORGERY;
    return bits;
}

static bool holds(enum sp_property property, const struct sp_scene *s, struct sp_evidence *e)
{
    switch (property) {
#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    case SP_PROPERTY_##name:                                                                       \
        return sp_holds_##name(s, e);
#include "oracle/properties.def"
#undef PROPERTY
#define LIVENESS(id, name, word, kind, section, needs, sentence) case SP_PROPERTY_##name:
#include "oracle/liveness.def"
#undef LIVENESS
    case SP_PROPERTY_COUNT:
        break;
    }
    return true;
}

struct sp_findings sp_oracle_judge(const struct sp_setup *setup, const struct sp_step *step,
                                   const struct sp_world *after)
{
    struct sp_findings findings = {0, 0};
    if (!step->acted)
        return findings;

    struct sp_scene scene;
    sp_scene_init(&scene, setup, step, after);
    const uint64_t judged = breakable(&scene);

#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    if ((judged & BIT(name)) != 0 && !sp_holds_##name(&scene, NULL))                               \
        findings.violated |= BIT(name);
#include "oracle/properties.def"
#undef PROPERTY
    findings.witnessed = sp_witnesses_of(&scene);
    return findings;
}

/* A deadlock is a standing world: no step broke it. */
static void explain_deadlock(const struct sp_world *world, struct sp_evidence *evidence)
{
    const struct sp_tcb *a = &world->host[SP_A].tcb, *b = &world->host[SP_B].tcb;

    sp_fails(evidence,
             "something is owed and nothing can happen: A %s (unacknowledged %u), "
             "B %s (unacknowledged %u)",
             sp_state_name(a->state), a->snd_max - a->snd_una, sp_state_name(b->state),
             b->snd_max - b->snd_una);
}

/* Of the world that the cycle begins and ends in, or the run. */
static void explain_promise(const struct sp_world *world, enum sp_property property,
                            struct sp_evidence *evidence)
{
    static const char *const ways[] = {
        [SP_PROMISE_NONE] = "",
        [SP_PROMISE_STUCK_IN] = "stays pending for ever",
        [SP_PROMISE_NO_WAY_OUT] = "is out of reach from here",
        [SP_PROMISE_STORM] = "segments draw segments for ever",
    };
    const struct sp_tcb *a = &world->host[SP_A].tcb, *b = &world->host[SP_B].tcb;

    sp_fails(evidence, "%s: A %s (unacknowledged %u), B %s (unacknowledged %u), %u in flight",
             ways[sp_oracle_promise(property)], sp_state_name(a->state), a->snd_max - a->snd_una,
             sp_state_name(b->state), b->snd_max - b->snd_una, world->channel.count);
}

void sp_oracle_explain(const struct sp_setup *setup, const struct sp_step *step,
                       const struct sp_world *after, enum sp_property property,
                       struct sp_evidence *evidence)
{
    evidence->claim[0] = '\0';
    if (property == SP_PROPERTY_deadlock) {
        explain_deadlock(after, evidence);
        return;
    }
    if (sp_oracle_promise(property) != SP_PROMISE_NONE) {
        explain_promise(after, property, evidence);
        return;
    }
    if (!step->acted)
        return;

    struct sp_scene scene;
    sp_scene_init(&scene, setup, step, after);
    holds(property, &scene, evidence);
}

/* Of a standing world the predicate has nothing to compare: sp_oracle_stuck judges it. */
bool sp_holds_deadlock(const struct sp_scene *s, struct sp_evidence *e)
{
    (void)s;
    (void)e;
    return true;
}

uint64_t sp_oracle_stuck(const struct sp_setup *setup, const struct sp_world *world)
{
    bool dead = sp_world_owes(setup, world) && !sp_world_truncated(setup, world);

    return dead ? BIT(deadlock) : 0;
}

/* Some host may begin a second incarnation. */
static bool again(const struct sp_bounds *bounds)
{
    return bounds->host[SP_A].opens > 1 || bounds->host[SP_B].opens > 1;
}

/* I: the initial sequence number of a later incarnation may lie where the old one's were. */
static bool drops_i(const struct sp_bounds *bounds)
{
    const unsigned overlap = SP_REOPEN_EDGE | SP_REOPEN_SAME | SP_REOPEN_BELOW;
    bool dropped = false;

    for (unsigned i = 0; i < 2; i++)
        dropped |= bounds->host[i].opens > 1 && (bounds->host[i].reopen & overlap) != 0;
    return dropped;
}

/* T: TIME-WAIT may be cut short by a RST, a SYN (RFC 793), an ABORT or the user timeout; or an
 * aborted end, which has no TIME-WAIT, may be followed by another incarnation. */
static bool drops_t(const struct sp_setup *setup)
{
    const struct sp_bounds *b = &setup->bounds;
    const struct sp_policy *p = &setup->policy;
    bool by_syn = p->syn_check == SP_syn_check_RESET && p->tw_reply == SP_tw_reply_BY_SYN_CHECK;
    bool by_user = b->host[SP_A].aborts + b->host[SP_B].aborts + b->host[SP_A].user_timeouts +
                       b->host[SP_B].user_timeouts >
                   0;

    return again(b) && (p->tw_rst != SP_tw_rst_IGNORE || by_syn || by_user);
}

/* E: an opener may give up in SYN-SENT, which has no TIME-WAIT, and begin again within the peer's
 * window; its first SYN then makes a simultaneous open with a peer in SYN-SENT, and a segment of
 * the second incarnation, inside that window, completes a handshake with the one that is gone. */
static bool drops_e(const struct sp_setup *setup)
{
    const struct sp_host_bounds *host = setup->bounds.host;
    const unsigned opens = SP_OPEN_ACTIVE | SP_OPEN_UPGRADE;
    bool cross = (host[SP_A].open & opens) != 0 && (host[SP_B].open & opens) != 0 &&
                 setup->policy.sim_open == SP_sim_open_ACCEPT;
    bool dropped = false;

    for (unsigned i = 0; i < 2; i++)
        dropped |= host[i].opens > 1 && host[!i].opens > 0 && host[i].reopen != SP_REOPEN_ABOVE;
    return cross && dropped;
}

/* Q: a host may begin another incarnation right after a crash. */
static bool drops_q(const struct sp_bounds *bounds)
{
    bool dropped = false;

    for (unsigned i = 0; i < 2; i++)
        dropped |= bounds->host[i].opens > 1 && bounds->host[i].crashes > 0;
    return dropped && !bounds->quiet;
}

/* R: TCP may give up unacknowledged text. */
static bool drops_r(const struct sp_bounds *bounds)
{
    return bounds->r2 != 0 || bounds->host[SP_A].user_timeouts != 0 ||
           bounds->host[SP_B].user_timeouts != 0;
}

/* D: RECEIVE refuses text that is on hand. */
static bool drops_d(const struct sp_setup *setup)
{
    bool reads = setup->bounds.host[SP_A].read && setup->bounds.host[SP_B].read;

    return setup->policy.receive_closing == SP_receive_closing_REFUSE && !reads;
}

static uint64_t promises_of(enum sp_promise wanted)
{
    uint64_t bits = 0;
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    bits |= SP_PROMISE_##kind == wanted ? BIT(name) : 0;
#include "oracle/liveness.def"
#undef LIVENESS
    return bits;
}

/* Without patient timers the bounds end before anything has to happen. A user who never closes
 * keeps a connection for ever, and a buffer of no octets takes no text. */
static uint64_t unjudged_promises(const struct sp_setup *setup, bool by_name)
{
    const struct sp_bounds *b = &setup->bounds;
    const bool closes = b->host[SP_A].close && b->host[SP_B].close;
    const bool takes = b->host[SP_A].window > 0 && b->host[SP_B].window > 0;
    uint64_t bits = 0;

    bits |= setup->policy.sim_open == SP_sim_open_ACCEPT ? 0 : BIT(simultaneous_open_completes);
    bits |= closes && takes ? 0 : BIT(clean_end_in_reach);
    bits |= takes ? 0 : BIT(text_is_delivered) | BIT(both_closed_ends) | BIT(closing_is_left);
    bits |= takes ? 0 : BIT(half_close_delivers);
    bits |= b->symmetry ? promises_of(SP_PROMISE_STUCK_IN) : 0;
    bits |= b->patient ? 0 : promises_of(SP_PROMISE_STUCK_IN) | promises_of(SP_PROMISE_NO_WAY_OUT);
    return bits | (b->patient || by_name ? 0 : promises_of(SP_PROMISE_STORM));
}

uint64_t sp_oracle_unjudged(const struct sp_setup *setup, uint64_t asked)
{
    uint64_t bits = setup->bounds.timestamps ? 0 : BIT(paws);
    bits |= setup->policy.syn_check == SP_syn_check_CHALLENGE ? 0 : BIT(syn_changes_nothing);
    bits |= setup->bounds.forgeries > 0 ? 0 : BY_FORGERY;
    return asked & (bits | unjudged_promises(setup, asked != SP_PROPERTIES));
}

const char *sp_oracle_dropped(const struct sp_setup *setup, char *text)
{
    const struct sp_bounds *bounds = &setup->bounds;
    unsigned count = 0;

    if (!bounds->msl)
        text[count++] = 'M';
    if (drops_i(bounds))
        text[count++] = 'I';
    if (drops_q(bounds))
        text[count++] = 'Q';
    if (drops_e(setup))
        text[count++] = 'E';
    if (drops_t(setup))
        text[count++] = 'T';
    if (drops_r(bounds))
        text[count++] = 'R';
    if (drops_d(setup))
        text[count++] = 'D';
    text[count] = '\0';
    return text;
}

uint64_t sp_oracle_unassumed(const struct sp_setup *setup)
{
    char dropped[SP_DROPPED_MAX];
    uint64_t bits = 0;

    sp_oracle_dropped(setup, dropped);
#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    bits |= strpbrk(needs, dropped) != NULL ? BIT(name) : 0;
#include "oracle/properties.def"
#undef PROPERTY
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    bits |= strpbrk(needs, dropped) != NULL ? BIT(name) : 0;
#include "oracle/liveness.def"
#undef LIVENESS
    return bits;
}

static const struct sp_property_info properties[] = {
#define PROPERTY(id, name, word, section, needs, sentence) {id, word, section, needs, sentence},
#include "oracle/properties.def"
#undef PROPERTY
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    {id, word, section, needs, sentence},
#include "oracle/liveness.def"
#undef LIVENESS
};

const struct sp_property_info *sp_property_info(enum sp_property property)
{
    return &properties[property];
}

enum sp_property sp_property_find(const char *word)
{
    unsigned i = 0;

    while (i < SP_PROPERTY_COUNT && strcmp(word, properties[i].id) != 0 &&
           strcmp(word, properties[i].name) != 0)
        i++;
    return (enum sp_property)i;
}

const char *sp_assumption_text(char letter)
{
    switch (letter) {
    case 'N':
        return "no forged segments";
    case 'M':
        return "no segment older than MSL is delivered";
    case 'Q':
        return "quiet time after a crash that loses memory";
    case 'I':
        return "an initial sequence number lies beyond all that the incarnation before it used";
    case 'E':
        return "no SYN of an incarnation given up in SYN-SENT meets an opener in SYN-SENT";
    case 'W':
        return "less than 2^31 sequence numbers are outstanding, and none is used again within MSL";
    case 'T':
        return "TIME-WAIT lasts 2MSL, and after an end broken off, other than by a crash, no other "
               "follows";
    case 'R':
        return "neither R2 nor the user timeout gives the connection up";
    case 'F':
        return "a packet that is in flight is delivered at last, unless it is lost, and timers "
               "fire";
    case 'U':
        return "users go on reading";
    case 'D':
        return "RECEIVE is satisfied from what is on hand, whatever the state";
    default:
        return NULL;
    }
}

void sp_signature(const struct sp_step *step, const struct sp_world *after,
                  enum sp_property property, char *text, size_t capacity)
{
    const struct sp_output *out = &step->output;
    const char *id = properties[property].id;

    if (!step->acted || property == SP_PROPERTY_deadlock ||
        sp_oracle_promise(property) != SP_PROMISE_NONE) {
        snprintf(text, capacity, "%s/%s+%s/-", id, sp_state_word(after->host[SP_A].tcb.state),
                 sp_state_word(after->host[SP_B].tcb.state));
        return;
    }
    const char *rule =
        out->rules == 0 ? "-" : sp_rule_info((enum sp_rule)out->rule[out->rules - 1])->name;
    snprintf(text, capacity, "%s/%s/%s", id, sp_state_word(after->host[step->host].tcb.state),
             rule);
}

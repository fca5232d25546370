/*
 * What the bounds have left, and why an action is not enabled: for a reader who looks for it.
 *
 * Which moves there are is decided by sp_world_moves alone. Here a reason is found for a kind of
 * move that it did not give. The invariant: no kind of move that is enabled is given a reason.
 */
#include "page/run.h"

static void budget(struct sp_json *json, const char *of, const char *what, uint64_t used,
                   uint64_t most)
{
    if (most == 0 && used == 0) {
        return;
    }
    sp_json_open(json, '{');
    sp_json_pair(json, "of", of);
    sp_json_pair(json, "what", what);
    sp_json_count(json, "used", (int64_t)used);
    sp_json_count(json, "most", (int64_t)most);
    sp_json_close(json, '}');
}

void sp_page_write_budgets(struct sp_json *json, const struct sp_page_run *run)
{
    const struct sp_bounds *b = &run->script.setup.bounds;
    const struct sp_world *w = &run->world;
    sp_json_name(json, "budgets");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < 2; i++) {
        const struct sp_host *h = &w->host[i];
        const struct sp_host_bounds *hb = &b->host[i];
        const char *of = i == SP_A ? "A" : "B";
        const struct sp_life *life = sp_life(h);
        budget(json, of, "connections begun", h->lives, hb->opens);
        budget(json, of, "octets written", life == NULL ? 0 : life->written, hb->send);
        if (!b->patient) {
            budget(json, of, "retransmission and persist timeouts", h->timeouts, hb->timeouts);
        }
        budget(json, of, "user timeouts", h->user_timeouts, hb->user_timeouts);
        budget(json, of, "keep-alive timeouts", h->keep_alives, hb->keep_alives);
        budget(json, of, "ABORT calls", h->aborts, hb->aborts);
        budget(json, of, "crashes", h->crashes, hb->crashes);
    }
    budget(json, "network", "segments in flight", w->channel.count, b->flight);
    budget(json, "network", "segments lost", w->losses, b->losses);
    budget(json, "network", "segments duplicated", w->duplicates, b->duplicates);
    budget(json, "network", "ticks of the timestamp clock", w->now - 1, b->ticks);
    budget(json, "network", "segments injected or forged", w->forged, b->forgeries);
    sp_json_close(json, ']');
}

/* A move of that kind, of that host unless it is 2, with that event unless it is SP_EVENT_COUNT,
 * is enabled. */
static bool enabled(const struct sp_page_run *run, enum sp_action_kind kind, unsigned host,
                    unsigned event)
{
    for (uint32_t i = 0; i < run->moves; i++) {
        struct sp_action action;
        sp_world_action(&run->script.setup, &run->world, run->move[i], &action);
        if (action.kind == kind && (host > SP_B || action.host == host) &&
            (event == SP_EVENT_COUNT || action.event == event)) {
            return true;
        }
    }
    return false;
}

static void closed(struct sp_json *json, const char *of, const char *what, const char *why)
{
    sp_json_open(json, '{');
    sp_json_pair(json, "of", of);
    sp_json_pair(json, "what", what);
    sp_json_pair(json, "why", why);
    sp_json_close(json, '}');
}

/* The reason that most kinds share: a budget of the bounds. NULL: there is some left. */
static const char *spent(uint32_t used, uint32_t most)
{
    if (most == 0) {
        return "the bounds never admit it";
    }
    return used >= most ? "its budget in the bounds is used up" : NULL;
}

static const char *first_of(const char *one, const char *other)
{
    return one != NULL ? one : other;
}

static const char *why_no_open(const struct sp_host *h, const struct sp_host_bounds *b)
{
    if (h->tcb.state == SP_LISTEN) {
        return "it listens, and the bounds do not let it change its mind (open = upgrade)";
    }
    if (h->tcb.state != SP_CLOSED) {
        return "there is a connection: OPEN would be refused";
    }
    return first_of(spent(h->lives, b->open == 0 ? 0 : b->opens),
                    "quiet time after a crash: old segments are in flight (quiet = on)");
}

/* SEND and CLOSE: states and flags that both ask for. */
static const char *why_no_call(const struct sp_tcb *t)
{
    if (t->state == SP_CLOSED) {
        return "there is no connection";
    }
    if ((t->flags & SP_TCB_CLOSE) != 0) {
        return "CLOSE was called";
    }
    return NULL;
}

static const char *why_no_send(const struct sp_host *h, const struct sp_host_bounds *b)
{
    const struct sp_life *life = sp_life(h);
    const char *why = why_no_call(&h->tcb);
    why = first_of(why, spent(life == NULL ? 0 : life->written, b->send));
    return first_of(why, "not called in this state");
}

static const char *why_no_close(const struct sp_host *h, const struct sp_host_bounds *b)
{
    const char *why = first_of(b->close ? NULL : "the bounds never admit it", why_no_call(&h->tcb));
    if (why == NULL && !b->early_close) {
        why = "only when the connection is open and all is written (early_close = off)";
    }
    return first_of(why, "not called in this state");
}

static const char *why_no_receive(const struct sp_host *h, const struct sp_host_bounds *b)
{
    if (b->read) {
        return "a RECEIVE is posted all the time (read = on)";
    }
    return h->tcb.state == SP_CLOSED ? "there is no connection" : "nothing is on hand";
}

static const char *why_no_timer(const struct sp_page_run *run, unsigned host, unsigned event)
{
    const struct sp_host *h = &run->world.host[host];
    const struct sp_bounds *all = &run->script.setup.bounds;
    const struct sp_host_bounds *b = &all->host[host];
    static const uint8_t bits[SP_EVENT_COUNT] = {
        [SP_EVENT_RETRANSMISSION] = SP_TIMER_RETRANSMISSION,
        [SP_EVENT_TIME_WAIT] = SP_TIMER_TIME_WAIT,
        [SP_EVENT_PERSIST] = SP_TIMER_PERSIST,
        [SP_EVENT_DELAYED_ACK] = SP_TIMER_DELAYED_ACK,
        [SP_EVENT_KEEP_ALIVE] = SP_TIMER_KEEP_ALIVE,
    };
    if (h->tcb.state == SP_CLOSED) {
        return "there is no connection";
    }
    if (event == SP_EVENT_USER_TIMEOUT) {
        return first_of(spent(h->user_timeouts, b->user_timeouts), "it does not run");
    }
    if ((h->tcb.timers & bits[event]) == 0) {
        return "it does not run";
    }
    if (event == SP_EVENT_TIME_WAIT) {
        return "segments of this incarnation are in flight (msl = on)";
    }
    bool keep_alive = event == SP_EVENT_KEEP_ALIVE;
    return first_of(keep_alive ? spent(h->keep_alives, b->keep_alives)
                               : spent(h->timeouts, b->timeouts),
                    "not now");
}

static void write_calls(struct sp_json *json, const struct sp_page_run *run, unsigned host)
{
    const struct sp_host *h = &run->world.host[host];
    const struct sp_host_bounds *b = &run->script.setup.bounds.host[host];
    const char *of = host == SP_A ? "A" : "B";
    if (!enabled(run, SP_ACTION_CALL, host, SP_EVENT_OPEN_PASSIVE) &&
        !enabled(run, SP_ACTION_CALL, host, SP_EVENT_OPEN_ACTIVE)) {
        closed(json, of, "OPEN", why_no_open(h, b));
    }
    if (!enabled(run, SP_ACTION_CALL, host, SP_EVENT_SEND)) {
        closed(json, of, "SEND", why_no_send(h, b));
    }
    if (!enabled(run, SP_ACTION_CALL, host, SP_EVENT_RECEIVE)) {
        closed(json, of, "RECEIVE", why_no_receive(h, b));
    }
    if (!enabled(run, SP_ACTION_CALL, host, SP_EVENT_CLOSE)) {
        closed(json, of, "CLOSE", why_no_close(h, b));
    }
    if (!enabled(run, SP_ACTION_CALL, host, SP_EVENT_ABORT)) {
        closed(json, of, "ABORT", first_of(spent(h->aborts, b->aborts), "there is no connection"));
    }
    for (unsigned event = SP_EVENT_USER_TIMEOUT; event <= SP_EVENT_KEEP_ALIVE; event++) {
        if (!enabled(run, SP_ACTION_TIMER, host, event)) {
            closed(json, of, sp_event_name((enum sp_event_kind)event),
                   why_no_timer(run, host, event));
        }
    }
    if (!enabled(run, SP_ACTION_CRASH, host, SP_EVENT_COUNT)) {
        closed(json, of, "crash",
               first_of(spent(h->crashes, b->crashes), "there is no connection"));
    }
}

static void write_network(struct sp_json *json, const struct sp_page_run *run)
{
    const struct sp_bounds *b = &run->script.setup.bounds;
    const struct sp_world *w = &run->world;
    const char *none = w->channel.count == 0 ? "nothing is in flight" : NULL;
    if (!enabled(run, SP_ACTION_DELIVER, 2, SP_EVENT_COUNT)) {
        closed(json, "network", "deliver", first_of(none, "not now"));
    }
    if (!enabled(run, SP_ACTION_DUPLICATE, 2, SP_EVENT_COUNT)) {
        closed(json, "network", "duplicate",
               first_of(spent(w->duplicates, b->duplicates), first_of(none, "not now")));
    }
    if (!enabled(run, SP_ACTION_LOSE, 2, SP_EVENT_COUNT)) {
        closed(json, "network", "lose",
               first_of(spent(w->losses, b->losses), first_of(none, "not now")));
    }
    if (!enabled(run, SP_ACTION_TICK, 2, SP_EVENT_COUNT)) {
        closed(json, "network", "tick",
               b->timestamps ? first_of(spent(w->now - 1, b->ticks), "not now")
                             : "no timestamps are offered (timestamps = off)");
    }
    if (!enabled(run, SP_ACTION_INJECT, 2, SP_EVENT_COUNT)) {
        closed(json, "network", "forge a segment",
               first_of(spent(w->forged, b->forgeries),
                        "no host is in a state to which the bounds let one be forged"));
    }
}

void sp_page_write_closed(struct sp_json *json, const struct sp_page_run *run)
{
    sp_json_name(json, "closed");
    sp_json_open(json, '[');
    write_calls(json, run, SP_A);
    write_calls(json, run, SP_B);
    write_network(json, run);
    sp_json_close(json, ']');
}

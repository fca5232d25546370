/*
 * The set-up of a script made from a capture: what both ends offered in their SYNs and how large
 * their windows grew, as bounds (RFC 9293 3.7.1, RFC 7323 2.2).
 *
 * The bounds have one value for both ends where the wire may have two (MSS, scale, the options).
 * What only one end offered is in use by neither, so it is left out; of two numbers the larger is
 * taken, so that the model never refuses what the real end took. Budgets are set wide: in a replay
 * they forbid nothing.
 */
#include "capture/private.h"

#include <inttypes.h>
#include <string.h>

/* What one end said. */
struct end {
    const struct sp_segment *syn; /* its first SYN; NULL: none seen */
    uint32_t window;              /* largest it offered, scaled */
    uint32_t text;                /* octets it sent, repetitions counted again */
    bool closed_window;           /* it offered a window of 0 */
    bool closes_half;             /* it acknowledged text that came after its FIN */
    bool barred;                  /* the window it was last offered is 0 */
    bool probes;                  /* it sent one below what it had sent before, not barred */
    bool active;                  /* it sent a SYN without ACK */
    bool passive;                 /* it answered a SYN in a way that only a listener does */
    bool clocked;                 /* it sent timestamps */
    unsigned openings;            /* initial sequence numbers it used */
    sp_seq iss;                   /* the latest of them */
    sp_seq first_iss;
    sp_seq sent; /* one past the highest number it used, once it has an iss */
    bool fin;    /* it sent a FIN */
    bool late;   /* text came after that, up to */
    sp_seq late_end;
};

static void note_syn(struct end *end, const struct sp_segment *s)
{
    if (end->syn == NULL) {
        end->syn = s;
        end->first_iss = s->seq;
    }
    if (end->openings == 0 || end->iss != s->seq) {
        end->openings++;
        end->iss = s->seq;
        end->sent = s->seq + 1;
        end->fin = false;
        end->late = false;
    }
    end->active = end->active || !sp_has(s, SP_ACK);
}

static void note_sent(struct end *end, const struct sp_segment *s)
{
    if (sp_has(s, SP_SYN)) {
        note_syn(end, s);
    }
    const bool plain = (s->flags & (SP_SYN | SP_RST)) == 0;
    if (plain && end->openings > 0 && s->len <= 1 && s->seq + 1 == end->sent && !end->fin &&
        !end->barred) {
        end->probes = true;
    }
    if (!sp_has(s, SP_RST)) {
        end->sent = end->openings == 0 ? s->seq + sp_segment_len(s)
                                       : sp_seq_max(end->sent, s->seq + sp_segment_len(s));
    }
    if (plain && sp_has(s, SP_ACK)) {
        end->closed_window = end->closed_window || s->wnd == 0;
        end->closes_half = end->closes_half || (end->late && sp_seq_ge(s->ack, end->late_end));
    }
    end->fin = end->fin || sp_has(s, SP_FIN);
    end->text += s->len;
    end->clocked = end->clocked || (s->options & SP_OPT_TIMESTAMPS) != 0;
}

static void note_arrived(struct end *end, const struct sp_segment *s)
{
    end->barred = sp_has(s, SP_ACK) && s->wnd == 0;
    if (end->fin && s->len > 0) {
        end->late = true;
        end->late_end = sp_segment_text_seq(s) + s->len;
    }
}

static void note_window(struct end *end, const struct sp_segment *s, unsigned scale)
{
    const uint32_t window = (uint32_t)s->wnd << (sp_has(s, SP_SYN) ? 0 : scale);
    if (!sp_has(s, SP_RST) && window > end->window) {
        end->window = window;
    }
}

/* Options that both ends offered; one of whom no SYN was seen is believed to have agreed. */
static unsigned agreed(const struct end *a, const struct end *b)
{
    const unsigned all = 0xff;
    return (a->syn == NULL ? all : a->syn->options) & (b->syn == NULL ? all : b->syn->options);
}

/* The shift for both ends: theirs when they agree, else the finest that can say their windows. The
 * model's own window fields reach nobody; a coarse shift would only round its window up. */
static uint32_t choose_scale(const struct end end[2], struct sp_capture *capture)
{
    const struct sp_segment *a = end[0].syn != NULL ? end[0].syn : end[1].syn;
    const struct sp_segment *b = end[1].syn != NULL ? end[1].syn : end[0].syn;
    if (a->scale == b->scale) {
        return a->scale;
    }
    const uint32_t widest = end[0].window > end[1].window ? end[0].window : end[1].window;
    uint32_t scale = 1;
    while (scale < SP_SCALE_MAX && widest >> scale > 65535) {
        scale++;
    }
    sp_capture_remark(capture, 0, false,
                      "A offers window scale %u, B %u: the model offers %" PRIu32 " for both",
                      a->scale, b->scale, scale);
    return scale;
}

/* MUST-15: no option means 536. */
static uint32_t mss_of(const struct sp_segment *syn)
{
    return syn == NULL ? 0 : (syn->options & SP_OPT_MSS) == 0 ? 536 : syn->mss == 0 ? 1 : syn->mss;
}

/* Neither SYN was seen: the options are those of the packets, and the scale rather too wide than
 * too narrow. */
static void suppose_options(const struct end end[2], struct sp_bounds *bounds)
{
    bounds->mss = 1460;
    bounds->timestamps = end[0].clocked || end[1].clocked;
    bounds->scale = SP_SCALE_MAX;
}

static void set_options(const struct end end[2], struct sp_bounds *bounds,
                        struct sp_capture *capture)
{
    if (end[0].syn == NULL && end[1].syn == NULL) {
        suppose_options(end, bounds);
        return;
    }
    const unsigned both = agreed(&end[0], &end[1]);
    const uint32_t mss[2] = {mss_of(end[0].syn), mss_of(end[1].syn)};
    bounds->mss = mss[0] > mss[1] ? mss[0] : mss[1];
    bounds->timestamps = (both & SP_OPT_TIMESTAMPS) != 0;
    bounds->sack = (both & SP_OPT_SACK_PERMITTED) != 0;
    bounds->scale = (both & SP_OPT_SCALE) != 0 ? choose_scale(end, capture) : 0;
}

/* Shift of the windows that this end sends. */
static unsigned own_scale(const struct end *a, const struct end *b)
{
    if (a->syn == NULL && b->syn == NULL) {
        return SP_SCALE_MAX;
    }
    return a->syn != NULL && (agreed(a, b) & SP_OPT_SCALE) != 0 ? a->syn->scale : 0;
}

static void set_host(const struct end *end, unsigned name, struct sp_capture *capture,
                     struct sp_host_bounds *host)
{
    const uint32_t window_max = 1048576;
    host->open =
        (uint8_t)((end->active ? SP_OPEN_ACTIVE : 0) | (end->passive ? SP_OPEN_PASSIVE : 0));
    host->open = host->open == 0 ? SP_OPEN_PASSIVE : host->open;
    host->opens = end->openings > 1 ? 2 : 1;
    host->iss = (struct sp_iss_list){.value = {end->first_iss}, .count = 1};
    host->read = !end->closed_window;
    host->window = end->window < window_max ? end->window : window_max;
    if (end->window > window_max) {
        sp_capture_remark(capture, 0, false,
                          "%c offers windows up to %" PRIu32 ": the model's end at %" PRIu32,
                          name == SP_A ? 'A' : 'B', end->window, window_max);
    }
    host->send = end->text < 1000000 ? end->text : 1000000;
    host->write = host->send == 0 ? 1 : host->send < 65535 ? host->send : 65535;
    host->aborts = 1;
    host->timeouts = 15;
    host->user_timeouts = 1;
    host->keep_alives = end->probes ? 3 : 0;
}

static void look(const struct sp_passages *passages, struct end end[2])
{
    for (size_t i = 0; i < passages->count; i++) {
        const struct sp_passage *p = &passages->item[i];
        const struct sp_segment *s = &p->segment;
        struct end *from = &end[p->from];
        struct end *to = &end[!p->from];
        if (p->sent) {
            note_sent(from, s);
        }
        if (p->arrives) {
            note_arrived(to, s);
        }
        from->passive = from->passive || (sp_has(s, SP_SYN | SP_ACK) && !from->active);
    }
}

void sp_capture_setup(const struct sp_passages *passages, struct sp_capture *capture)
{
    struct end end[2] = {{0}, {0}};
    struct sp_setup *setup = &capture->script.setup;
    struct sp_bounds *bounds = &setup->bounds;
    sp_setup_init(setup);
    setup->policy = sp_policy_set_find("linux")->policy;
    look(passages, end);
    /* An end that hears its peer out after its own FIN had called CLOSE for its half only. */
    if (end[0].closes_half || end[1].closes_half) {
        setup->policy.close_unread = SP_close_unread_FIN;
    }
    const unsigned scale[2] = {own_scale(&end[0], &end[1]), own_scale(&end[1], &end[0])};
    for (size_t i = 0; i < passages->count; i++) {
        const struct sp_passage *p = &passages->item[i];
        note_window(&end[p->from], &p->segment, scale[p->from]);
    }
    /* Where reading is followed, the window follows it octet by octet: real stacks move it in steps
     * of their own. */
    if (end[0].closed_window || end[1].closed_window) {
        setup->policy.sws = SP_sws_OFF;
    }
    set_options(end, bounds, capture);
    bounds->flight = SP_FLIGHT_MAX;
    for (unsigned i = 0; i < 2; i++) {
        set_host(&end[i], i, capture, &bounds->host[i]);
    }
}

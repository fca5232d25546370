/*
 * The ladder: a trace as two columns of states with the segments between them, as in the figures of
 * RFC 9293 3.5 and 3.6.
 *
 * A segment is sent in one step and arrives, or is lost, in a later one. Where it is sent it is
 * named ("sends #3 ..."); its arrow is drawn where it arrives, or up to the X where it is lost. So
 * reading downwards is reading in time, and the numbers show what overtook what. The invariant: a
 * host's state stands in its column in every step that the host took part in.
 */
#include "report/buffer.h"
#include "report/lane.h"
#include "report/segment.h"
#include "report/trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX 320

/* Room for the fields of a host, a line each. */
#define FIELDS_MAX 4096

/* Events that folding keeps at the beginning, and up to the focus. */
#define FOLD_HEAD 3
#define FOLD_NEAR 3

struct ladder {
    const struct sp_trace *trace;
    const struct sp_ladder_options *options;
    const struct sp_writer *writer;
    size_t index; /* of the step being drawn */
    struct sp_row row;
};

/* What the numbers of a segment are relative to; both 0: as on the wire. */
struct bases {
    sp_seq seq;
    sp_seq ack;
};

/* The ISS of a host's latest incarnation, 0 before it has one. */
static sp_seq iss_of(const struct sp_host *host)
{
    const struct sp_life *life = sp_life(host);
    return life != NULL && life->begun ? life->iss : 0;
}

/* The peer's ISS, where this host knows it. */
static bool irs_of(const struct sp_tcb *tcb, sp_seq *irs)
{
    enum sp_state state = (enum sp_state)tcb->state;
    if (state != SP_SYN_RECEIVED && !sp_synchronized(state)) {
        return false;
    }
    *irs = tcb->irs;
    return true;
}

/* Of a segment that a host sent in this step. The RST with SEQ 0 that CLOSED answers with is
 * numbered in no space: it stays 0. */
static struct bases sent_bases(const struct ladder *l, const struct sp_trace_step *step,
                               const struct sp_segment *segment)
{
    struct bases bases = {0, 0};
    if (l->options->absolute) {
        return bases;
    }
    const struct sp_host *self = &step->after.host[step->step.host];
    const struct sp_host *peer = &step->after.host[1 - step->step.host];
    bool unnumbered = sp_has(segment, SP_RST) && segment->seq == 0;
    bases.seq = unnumbered ? 0 : iss_of(self);
    if (!irs_of(&self->tcb, &bases.ack) && !irs_of(&step->step.before.tcb, &bases.ack)) {
        bases.ack = iss_of(peer);
    }
    return bases;
}

/* Of a segment that nobody in this world sent, as `host`, to which it goes, understands it. */
static struct bases network_bases(const struct ladder *l, const struct sp_trace_step *step,
                                  unsigned host)
{
    struct bases bases = {0, 0};
    if (l->options->absolute) {
        return bases;
    }
    const struct sp_host *after = &step->after.host[host];
    const struct sp_host *before = step->step.acted ? &step->step.before : after;
    if (!irs_of(&before->tcb, &bases.seq)) {
        bases.seq = iss_of(&step->after.host[1 - host]);
    }
    bases.ack = iss_of(before) != 0 ? iss_of(before) : iss_of(after);
    return bases;
}

/* The step before this one that sent segment `serial`; *at is its place among what that step sent.
 */
static const struct sp_trace_step *find_sent(const struct ladder *l, uint16_t serial, unsigned *at)
{
    for (size_t i = l->index; i > 0; i--) {
        const struct sp_trace_step *step = &l->trace->step[i - 1];
        for (unsigned j = 0; step->step.acted && j < step->step.output.sent; j++) {
            if (step->step.serial[j] == serial) {
                *at = j;
                return step;
            }
        }
    }
    return NULL;
}

static void write_label(const struct sp_writer *writer, uint16_t serial,
                        const struct sp_segment *segment, struct bases bases)
{
    if (serial != 0) {
        sp_write(writer, "#%u ", serial);
    }
    sp_segment_write(writer, segment, bases.seq, bases.ack);
}

static void draw_arrow(struct ladder *l, struct sp_arrow arrow, uint16_t serial,
                       const struct sp_segment *segment, struct bases bases)
{
    char label[TEXT_MAX];
    char options[TEXT_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, label, sizeof label);
    write_label(&writer, serial, segment, bases);
    writer = sp_buffer_open(&buffer, options, sizeof options);
    sp_segment_write_options(&writer, segment, bases.ack);

    arrow.label = label;
    arrow.options = options;
    if (!sp_row_arrow(&l->row, &arrow) && options[0] != '\0') {
        sp_row_text(&l->row, arrow.from, options + 1);
        sp_row_end(&l->row);
    }
}

/* DELIVER, DUPLICATE, LOSE: a segment that an earlier step sent. */
static void draw_sent(struct ladder *l, const struct sp_trace_step *step, enum sp_fate fate)
{
    unsigned at = 0;
    uint16_t serial = step->step.action.serial;
    const struct sp_trace_step *sending = find_sent(l, serial, &at);
    if (sending == NULL) {
        return;
    }
    const struct sp_segment *segment = &sending->step.output.segment[at];
    struct sp_arrow arrow = {.from = sending->step.host, .fate = fate};
    draw_arrow(l, arrow, serial, segment, sent_bases(l, sending, segment));
}

static const char *timer_text(enum sp_event_kind event)
{
    switch (event) {
    case SP_EVENT_USER_TIMEOUT:
        return "user timeout";
    case SP_EVENT_RETRANSMISSION:
        return "retransmission timeout";
    case SP_EVENT_TIME_WAIT:
        return "TIME-WAIT timeout";
    case SP_EVENT_PERSIST:
        return "persist timeout";
    case SP_EVENT_DELAYED_ACK:
        return "delayed-ACK timeout";
    case SP_EVENT_KEEP_ALIVE:
        return "keep-alive timeout";
    case SP_EVENT_OPEN_PASSIVE:
    case SP_EVENT_OPEN_ACTIVE:
    case SP_EVENT_SEND:
    case SP_EVENT_RECEIVE:
    case SP_EVENT_CLOSE:
    case SP_EVENT_ABORT:
    case SP_EVENT_STATUS:
    case SP_EVENT_SEGMENT:
    case SP_EVENT_COUNT:
        break;
    }
    return "no timer";
}

static void write_call(const struct sp_writer *writer, const struct sp_action *action)
{
    sp_write(writer, "%s", sp_event_name((enum sp_event_kind)action->event));
    if (action->event == SP_EVENT_SEND || action->event == SP_EVENT_RECEIVE) {
        sp_write(writer, " %" PRIu32 "%s", action->count, action->urgent ? " urgent" : "");
    }
}

static void draw_call(struct ladder *l, const struct sp_trace_step *step)
{
    char text[TEXT_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    write_call(&writer, &step->step.action);
    enum sp_reply reply = step->step.output.reply;
    if (reply != SP_REPLY_NONE && reply != SP_REPLY_OK && reply != SP_REPLY_QUEUED) {
        sp_write(&writer, ": %s", sp_reply_text(reply));
    }
    sp_row_text(&l->row, step->step.host, text);
}

static void draw_timer(struct ladder *l, const struct sp_trace_step *step)
{
    char text[TEXT_MAX];
    const struct sp_output *output = &step->step.output;
    bool idle = output->rules > 0 && output->rule[0] == SP_RULE_TIMER_IDLE;
    snprintf(text, sizeof text, "%s%s", timer_text((enum sp_event_kind)step->step.action.event),
             idle ? " (that timer does not run)" : "");
    sp_row_text(&l->row, step->step.host, text);
}

/* INJECT arrives at its host; VANISH was sent by it, and is lost. One that stands for a segment of
 * this run has its number and comes from its sender; what it says is what was really sent. */
static void draw_network(struct ladder *l, const struct sp_trace_step *step)
{
    const struct sp_step *s = &step->step;
    bool arrives = s->action.kind == SP_ACTION_INJECT;
    unsigned to = arrives ? s->action.host : 1U - s->action.host;
    bool attacked = l->trace->script->setup.bounds.forgeries > 0;
    const char *origin = attacked ? "attacker" : "network";
    struct sp_arrow arrow = {
        .from = 1 - to,
        .origin = arrives && s->action.serial == 0 ? origin : NULL,
        .fate = arrives ? SP_FATE_ARRIVES : SP_FATE_LOST,
    };
    struct bases bases = network_bases(l, step, to);
    draw_arrow(l, arrow, s->action.serial, &s->event.segment, bases);
}

static void draw_impossible(struct ladder *l, const struct sp_trace_step *step)
{
    char line[TEXT_MAX];
    char text[TEXT_MAX];
    sp_action_print(&step->step.action, line, sizeof line);
    snprintf(text, sizeof text, "%.200s: no such segment is in flight", line);
    sp_row_text(&l->row, SP_A, text);
}

static void draw_crash(struct ladder *l, const struct sp_trace_step *step)
{
    unsigned host = step->step.action.host;
    sp_row_state(&l->row, host, (enum sp_state)step->after.host[host].tcb.state);
    sp_row_text(&l->row, host, "crashes: its TCB is gone, and nobody is told");
}

static void draw_action(struct ladder *l, const struct sp_trace_step *step)
{
    if (!step->possible) {
        draw_impossible(l, step);
        return;
    }
    char text[TEXT_MAX];
    switch ((enum sp_action_kind)step->step.action.kind) {
    case SP_ACTION_CALL:
        draw_call(l, step);
        break;
    case SP_ACTION_TIMER:
        draw_timer(l, step);
        break;
    case SP_ACTION_DELIVER:
        draw_sent(l, step, SP_FATE_ARRIVES);
        break;
    case SP_ACTION_DUPLICATE:
        draw_sent(l, step, SP_FATE_ARRIVES_AND_STAYS);
        break;
    case SP_ACTION_LOSE:
        draw_sent(l, step, SP_FATE_LOST);
        break;
    case SP_ACTION_TICK:
        snprintf(text, sizeof text, "the timestamp clock ticks: %" PRIu32, step->after.now);
        sp_row_text(&l->row, SP_A, text);
        break;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        draw_network(l, step);
        break;
    case SP_ACTION_CRASH:
        draw_crash(l, step);
        break;
    case SP_ACTION_COUNT:
        break;
    }
}

/* Notices that the ladder shows: the others say what state or segments say already. */
#define NOTICES                                                                                    \
    (SP_SIGNAL_OPENED | SP_SIGNAL_URGENT | SP_SIGNAL_CLOSED | SP_SIGNAL_CLOSING |                  \
     SP_SIGNAL_RESET | SP_SIGNAL_REFUSED | SP_SIGNAL_TIMED_OUT | SP_SIGNAL_FLUSHED |               \
     SP_SIGNAL_TROUBLE)

static void draw_notices(struct ladder *l, const struct sp_trace_step *step)
{
    const struct sp_output *output = &step->step.output;
    char text[TEXT_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    const char *before = "user: ";
    if (output->delivered > 0) {
        sp_write(&writer, "%s%" PRIu32 " octet%s delivered", before, output->delivered,
                 output->delivered == 1 ? "" : "s");
        before = ", ";
    }
    for (uint32_t bit = 1; bit != 0 && bit <= NOTICES; bit <<= 1) {
        if ((output->signals & bit & NOTICES) != 0) {
            sp_write(&writer, "%s%s", before, sp_signal_text((enum sp_signal)bit));
            before = ", ";
        }
    }
    if (buffer.size > 0) {
        sp_row_text(&l->row, step->step.host, text);
    }
}

/* "sends #3 ...", its options on a row of their own when they do not fit. */
static void draw_sending(struct ladder *l, unsigned host, uint16_t serial,
                         const struct sp_segment *segment, struct bases bases)
{
    char text[TEXT_MAX];
    char options[TEXT_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, options, sizeof options);
    sp_segment_write_options(&writer, segment, bases.ack);
    writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_write(&writer, "sends ");
    write_label(&writer, serial, segment, bases);
    if (buffer.size + strlen(options) <= SP_LANE_WIDTH) {
        sp_write(&writer, "%s", options);
        sp_row_text(&l->row, host, text);
        return;
    }
    sp_row_text(&l->row, host, text);
    sp_row_end(&l->row);
    sp_row_text(&l->row, host, options + 1);
}

/* What the step put on the wire. A segment for which the network had no room dies here. */
static void draw_output(struct ladder *l, const struct sp_trace_step *step)
{
    const struct sp_output *output = &step->step.output;
    for (unsigned i = 0; i < output->sent; i++) {
        const struct sp_segment *segment = &output->segment[i];
        struct bases bases = sent_bases(l, step, segment);
        if ((step->step.overflow >> i & 1) != 0) {
            sp_row_end(&l->row);
            struct sp_arrow arrow = {.from = step->step.host, .fate = SP_FATE_OVERFLOW};
            draw_arrow(l, arrow, step->step.serial[i], segment, bases);
            continue;
        }
        draw_sending(l, step->step.host, step->step.serial[i], segment, bases);
    }
    draw_notices(l, step);
}

static void draw_rules(struct ladder *l, const struct sp_output *output)
{
    for (unsigned i = 0; i < output->rules; i++) {
        const struct sp_rule_info *rule = sp_rule_info((enum sp_rule)output->rule[i]);
        char head[TEXT_MAX];
        snprintf(head, sizeof head, "       rule %s  %s%s%s", rule->name, rule->section,
                 rule->ids[0] == '\0' ? "" : "  ", rule->ids);
        bool one_line = strlen(head) + 2 + strlen(rule->text) <= SP_ROW_WIDTH;
        sp_write(l->writer, "%s%s%s\n", head, one_line ? "  " : "\n            ", rule->text);
    }
}

static const struct sp_paint *paint_of(const struct ladder *l)
{
    static const struct sp_paint plain = {"", "", ""};
    return l->options->paint == NULL ? &plain : l->options->paint;
}

/* The fields that are asked for, of the host that took the step. */
static void draw_fields(struct ladder *l, const struct sp_trace_step *step)
{
    char text[FIELDS_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    const unsigned host = step->step.host;
    sp_report_fields(&step->step.before.tcb, &step->after.host[host].tcb, l->options->fields,
                     &writer);
    sp_write(l->writer, "       %c: ", "AB"[host]);
    sp_report_packed(text, 10, 10, l->writer);
}

static void draw_violations(struct ladder *l, uint64_t violated)
{
    const struct sp_paint *paint = paint_of(l);
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((violated >> i & 1) != 0) {
            const struct sp_property_info *property = sp_property_info((enum sp_property)i);
            sp_write(l->writer, "       %s<- violates %s %s%s\n", paint->alarm, property->id,
                     property->name, paint->end);
        }
    }
}

static void draw_step(struct ladder *l)
{
    const struct sp_trace_step *step = &l->trace->step[l->index];
    sp_row_number(&l->row, l->index + 1);
    if (step->possible && step->step.acted) {
        unsigned host = step->step.host;
        sp_row_state(&l->row, host, (enum sp_state)step->after.host[host].tcb.state);
    }
    draw_action(l, step);
    if (step->possible && step->step.acted) {
        draw_output(l, step);
    }
    sp_row_end(&l->row);
    if (l->options->rules && step->possible && step->step.acted) {
        draw_rules(l, &step->step.output);
    }
    if (l->options->fields != SP_FIELDS_NONE && step->possible && step->step.acted) {
        draw_fields(l, step);
    }
    draw_violations(l, step->findings.violated);
}

static bool sees(const struct ladder *l, unsigned host)
{
    return l->options->view == SP_VIEW_BOTH || (l->options->view == SP_VIEW_A) == (host == SP_A);
}

/* One end sees neither what the other does nor what the network does to segments on their way. */
static bool is_seen(const struct ladder *l, const struct sp_trace_step *step)
{
    if (l->options->view == SP_VIEW_BOTH || step->findings.violated != 0) {
        return true;
    }
    if (!step->possible) {
        return false;
    }
    const enum sp_action_kind kind = (enum sp_action_kind)step->step.action.kind;
    if (kind == SP_ACTION_CRASH) {
        return sees(l, step->step.action.host);
    }
    return step->step.acted ? sees(l, step->step.host) : kind == SP_ACTION_TICK;
}

static void draw_head(struct ladder *l)
{
    const char *note = l->options->absolute ? "sequence numbers as on the wire"
                                            : "sequence numbers relative to each side's ISS";
    sp_write(l->writer, "  #  %-*s%-*s%s\n", SP_LANE - SP_A_COLUMN, "A", SP_B_COLUMN - SP_LANE,
             note, "B");
    sp_row_number(&l->row, 0);
    for (unsigned host = 0; host < 2; host++) {
        if (sees(l, host)) {
            sp_row_state(&l->row, host, (enum sp_state)l->trace->start.host[host].tcb.state);
        }
    }
    sp_row_end(&l->row);
}

static void draw_in_flight(const struct ladder *l)
{
    if (l->trace->count == 0) {
        return;
    }
    const struct sp_channel *channel = &l->trace->step[l->trace->count - 1].after.channel;
    for (unsigned i = 0; i < channel->count; i++) {
        sp_write(l->writer, "%s#%u", i == 0 ? "     still in flight: " : " ",
                 channel->packet[i].serial);
    }
    if (channel->count > 0) {
        sp_write(l->writer, "\n");
    }
}

static void draw_step_at(struct ladder *l, size_t index)
{
    l->index = index;
    if (is_seen(l, &l->trace->step[index])) {
        draw_step(l);
    }
}

static void count_rows(void *to, const char *text, size_t size)
{
    size_t *rows = to;
    for (size_t i = 0; i < size; i++) {
        *rows += text[i] == '\n';
    }
}

/* Drawn for nobody, to be counted. */
static size_t rows_of(const struct ladder *l, size_t index)
{
    size_t rows = 0;
    const struct sp_writer counter = {.write = count_rows, .to = &rows};
    struct ladder silent = {.trace = l->trace, .options = l->options, .writer = &counter};
    sp_row_begin(&silent.row, &counter);
    draw_step_at(&silent, index);
    return rows;
}

/* Events that a folded ladder keeps: the first ones, those up to the focus, the last ones. */
struct fold {
    size_t head;
    size_t focus;
    size_t tail;
};

static bool keeps(const struct fold *fold, size_t index)
{
    return index < fold->head || index >= fold->tail ||
           (index <= fold->focus && index + FOLD_NEAR > fold->focus);
}

static struct fold fold_of(const struct ladder *l)
{
    const size_t count = l->trace->count;
    const size_t limit = l->options->rows;
    struct fold fold = {.head = count, .focus = l->options->focus, .tail = count};
    size_t rows = 0;
    for (size_t i = 0; limit > 0 && i < count && rows <= limit; i++) {
        rows += rows_of(l, i);
    }
    if (limit == 0 || rows <= limit) {
        return fold;
    }
    fold.head = count < FOLD_HEAD ? count : FOLD_HEAD;
    rows = 0;
    for (size_t i = 0; i < count; i++) {
        rows += keeps(&fold, i) ? rows_of(l, i) : 0;
    }
    while (fold.tail > fold.head) {
        rows += keeps(&fold, fold.tail - 1) ? 0 : rows_of(l, fold.tail - 1);
        if (rows > limit && fold.tail < count) {
            break;
        }
        fold.tail--;
    }
    return fold;
}

/* The events from `from` to before `to`, which are left out. */
static void draw_gap(struct ladder *l, size_t from, size_t to)
{
    size_t events = 0;
    size_t violate = 0;
    for (size_t i = from; i < to; i++) {
        events += is_seen(l, &l->trace->step[i]);
        violate += l->trace->step[i].findings.violated != 0;
    }
    if (events == 0) {
        return;
    }
    const char *plural = events == 1 ? "" : "s";
    if (violate == 0) {
        sp_write(l->writer, "     ... %zu event%s left out; --full shows them\n", events, plural);
    } else {
        sp_write(l->writer,
                 "     ... %zu event%s left out, %zu with a violation; --full shows them\n", events,
                 plural, violate);
    }
}

/* How many events are not in this end's view. */
static void draw_unseen(const struct ladder *l)
{
    size_t unseen = 0;
    for (size_t i = 0; i < l->trace->count; i++) {
        unseen += !is_seen(l, &l->trace->step[i]);
    }
    if (unseen > 0) {
        sp_write(l->writer, "     not seen by %c: %zu event%s\n",
                 l->options->view == SP_VIEW_A ? 'A' : 'B', unseen, unseen == 1 ? "" : "s");
    }
}

void sp_report_ladder(const struct sp_trace *trace, const struct sp_ladder_options *options,
                      const struct sp_writer *writer)
{
    struct ladder l = {.trace = trace, .options = options, .writer = writer};
    sp_row_begin(&l.row, writer);
    draw_head(&l);
    const struct fold fold = fold_of(&l);
    size_t gap = 0;
    for (size_t i = 0; i < trace->count; i++) {
        if (keeps(&fold, i)) {
            draw_gap(&l, gap, i);
            draw_step_at(&l, i);
            gap = i + 1;
        }
    }
    if (options->view == SP_VIEW_BOTH) {
        draw_in_flight(&l);
    } else {
        draw_unseen(&l);
    }
}

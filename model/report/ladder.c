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
#include "report/captions.h"
#include "report/journey.h"
#include "report/lane.h"
#include "report/segment.h"
#include "report/trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TEXT_MAX SP_CAPTION_MAX

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

/* Both 0 with --absolute: numbers are as on the wire. */
static struct sp_bases sent_bases(const struct ladder *l, const struct sp_trace_step *step,
                                  const struct sp_segment *segment)
{
    return l->options->absolute ? (struct sp_bases){0, 0} : sp_sent_bases(step, segment);
}

static struct sp_bases network_bases(const struct ladder *l, const struct sp_trace_step *step,
                                     unsigned host)
{
    return l->options->absolute ? (struct sp_bases){0, 0} : sp_network_bases(step, host);
}

static void write_label(const struct sp_writer *writer, uint16_t serial,
                        const struct sp_segment *segment, struct sp_bases bases)
{
    if (serial != 0) {
        sp_write(writer, "#%u ", serial);
    }
    sp_segment_write(writer, segment, bases.seq, bases.ack);
}

static void draw_arrow(struct ladder *l, struct sp_arrow arrow, uint16_t serial,
                       const struct sp_segment *segment, struct sp_bases bases)
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
    struct sp_sent sent;
    uint16_t serial = step->step.action.serial;
    if (!sp_journey_origin(l->trace, l->index, serial, &sent)) {
        return;
    }
    const struct sp_trace_step *sending = &l->trace->step[sent.index];
    const struct sp_segment *segment = &sending->step.output.segment[sent.at];
    struct sp_arrow arrow = {.from = sending->step.host, .fate = fate};
    draw_arrow(l, arrow, serial, segment, sent_bases(l, sending, segment));
}

/* A call, a timer, a crash, a tick, what was not possible: in words, beside the host. */
static void draw_event(struct ladder *l, const struct sp_trace_step *step, unsigned host)
{
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_event(&writer, step);
    sp_row_text(&l->row, host, text);
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
    struct sp_bases bases = network_bases(l, step, to);
    draw_arrow(l, arrow, s->action.serial, &s->event.segment, bases);
}

static void draw_crash(struct ladder *l, const struct sp_trace_step *step)
{
    unsigned host = step->step.action.host;
    sp_row_state(&l->row, host, (enum sp_state)step->after.host[host].tcb.state);
    draw_event(l, step, host);
}

static void draw_action(struct ladder *l, const struct sp_trace_step *step)
{
    if (!step->possible) {
        draw_event(l, step, SP_A);
        return;
    }
    switch ((enum sp_action_kind)step->step.action.kind) {
    case SP_ACTION_CALL:
    case SP_ACTION_TIMER:
        draw_event(l, step, step->step.host);
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
        draw_event(l, step, SP_A);
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

static void draw_notices(struct ladder *l, const struct sp_trace_step *step)
{
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    if (sp_caption_notices(&writer, step)) {
        sp_row_text(&l->row, step->step.host, text);
    }
}

/* "sends #3 ...", its options on a row of their own when they do not fit. */
static void draw_sending(struct ladder *l, unsigned host, uint16_t serial,
                         const struct sp_segment *segment, struct sp_bases bases)
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
        struct sp_bases bases = sent_bases(l, step, segment);
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
    sp_report_fields_of(&step->step.before.tcb, &step->after.host[host].tcb, l->options->fields,
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
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    if (sp_caption_in_flight(&writer, l->trace)) {
        sp_write(l->writer, "     %s\n", text);
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

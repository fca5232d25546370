/*
 * A trace as a mermaid sequence diagram, for Markdown that GitHub renders.
 *
 * A segment is an arrow where it arrives or is lost, as in the ladder, and what a host does is a
 * note over it. It does not lay anything out and knows no themes. The invariant: fewer than 50,000
 * characters; all that could be syntax is written as a character code.
 */
#include "report/buffer.h"
#include "report/captions.h"
#include "report/exports.h"
#include "report/journey.h"

#include <string.h>

/* mermaid's maxTextSize is 50,000: GitHub draws nothing of what is longer. */
#define SIZE_MAX_HEAD 24000
#define SIZE_MAX_TAIL 24000
#define SIZE_MAX_ALL  49000

struct mermaid {
    const struct sp_trace *trace;
    const struct sp_ladder_options *options;
    const struct sp_writer *writer;
};

static void write_escaped(const struct sp_writer *writer, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("#;<>\"&%{}\\`", *text) != NULL) {
            sp_write(writer, "#%d;", *text);
        } else {
            sp_write(writer, "%c", *text);
        }
    }
}

static struct sp_bases sent_bases(const struct mermaid *m, const struct sp_trace_step *step,
                                  const struct sp_segment *segment)
{
    return m->options->absolute ? (struct sp_bases){0, 0} : sp_sent_bases(step, segment);
}

static void write_segment(const struct mermaid *m, uint16_t serial,
                          const struct sp_segment *segment, struct sp_bases bases)
{
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_segment(&writer, serial, segment, bases);
    write_escaped(m->writer, text);
}

/* "A->>B: ", "A-xB: ", or, from outside, a message of the network. */
static void begin_arrow(const struct mermaid *m, size_t number, const char *from, const char *arrow,
                        unsigned to)
{
    sp_write(m->writer, "    %s%s%c: %zu. ", from, arrow, "AB"[to], number);
}

static void draw_sent(const struct mermaid *m, size_t index)
{
    const struct sp_action *action = &m->trace->step[index].step.action;
    struct sp_sent sent;
    if (!sp_journey_origin(m->trace, index, action->serial, &sent)) {
        return;
    }
    const struct sp_trace_step *sending = &m->trace->step[sent.index];
    const struct sp_segment *segment = &sending->step.output.segment[sent.at];
    bool lost = action->kind == SP_ACTION_LOSE;
    unsigned from = sending->step.host;
    begin_arrow(m, index + 1, from == SP_A ? "A" : "B", lost ? "-x" : "->>", 1 - from);
    write_segment(m, action->serial, segment, sent_bases(m, sending, segment));
    struct sp_journey journey = sp_journey_of(m->trace, sent);
    if (lost) {
        sp_write(m->writer, " (lost)");
    } else if (action->kind == SP_ACTION_DUPLICATE) {
        sp_write(m->writer, " (duplicate: a copy stays)");
    } else if (journey.arrivals > 1 && journey.again == index + 1) {
        sp_write(m->writer, " (duplicate: again)");
    }
    sp_write(m->writer, "\n");
}

static void draw_network(const struct mermaid *m, size_t index)
{
    const struct sp_trace_step *step = &m->trace->step[index];
    const struct sp_action *action = &step->step.action;
    bool arrives = action->kind == SP_ACTION_INJECT;
    unsigned to = arrives ? action->host : 1U - action->host;
    struct sp_bases bases =
        m->options->absolute ? (struct sp_bases){0, 0} : sp_network_bases(step, to);
    const char *from = to == SP_A ? "B" : "A";
    begin_arrow(m, index + 1, arrives && action->serial == 0 ? "N" : from, arrives ? "->>" : "-x",
                to);
    write_segment(m, action->serial, &step->step.event.segment, bases);
    sp_write(m->writer, "%s\n", arrives ? "" : " (lost)");
}

static void draw_arrow(const struct mermaid *m, size_t index)
{
    const struct sp_trace_step *step = &m->trace->step[index];
    if (!step->possible) {
        return;
    }
    switch ((enum sp_action_kind)step->step.action.kind) {
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        draw_sent(m, index);
        break;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        draw_network(m, index);
        break;
    case SP_ACTION_CALL:
    case SP_ACTION_TIMER:
    case SP_ACTION_TICK:
    case SP_ACTION_CRASH:
    case SP_ACTION_COUNT:
        break;
    }
}

/* Parts of a note, with a line break between each two. */
struct note {
    const struct sp_writer *writer;
    unsigned host;
    bool begun;
};

static void add(struct note *note, const char *text)
{
    if (text[0] == '\0') {
        return;
    }
    if (note->begun) {
        sp_write(note->writer, "<br/>");
    } else {
        sp_write(note->writer, "    Note over %c: ", "AB"[note->host]);
    }
    note->begun = true;
    write_escaped(note->writer, text);
}

static void add_states(struct note *note, const struct sp_trace_step *step, unsigned before)
{
    unsigned after = step->after.host[note->host].tcb.state;
    if (before == after) {
        return;
    }
    char text[64];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_write(&writer, "%s to %s", sp_state_name((enum sp_state)before),
             sp_state_name((enum sp_state)after));
    add(note, text);
}

/* What the host did in this step: the call or timer, its new state, what the user is told. */
static void draw_note(const struct mermaid *m, size_t index)
{
    const struct sp_trace_step *step = &m->trace->step[index];
    const struct sp_world *world = index == 0 ? &m->trace->start : &m->trace->step[index - 1].after;
    struct note note = {.writer = m->writer, .host = step->possible ? step->step.host : SP_A};
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_event(&writer, step);
    if (text[0] != '\0') {
        char numbered[SP_CAPTION_MAX + 24];
        writer = sp_buffer_open(&buffer, numbered, sizeof numbered);
        sp_write(&writer, "%zu. %s", index + 1, text);
        add(&note, numbered);
    }
    if (step->possible) {
        add_states(&note, step, world->host[note.host].tcb.state);
    }
    writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_sends(&writer, step);
    add(&note, text);
    writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_notices(&writer, step);
    add(&note, text);
    if (note.begun) {
        sp_write(m->writer, "\n");
    }
}

/* What the network had no room for is never taken up again by another step. */
static void draw_overflow(const struct mermaid *m, size_t index)
{
    const struct sp_trace_step *step = &m->trace->step[index];
    if (!step->possible || !step->step.acted) {
        return;
    }
    for (unsigned i = 0; i < step->step.output.sent; i++) {
        if ((step->step.overflow >> i & 1) != 0) {
            const struct sp_segment *segment = &step->step.output.segment[i];
            unsigned from = step->step.host;
            begin_arrow(m, index + 1, from == SP_A ? "A" : "B", "-x", 1 - from);
            write_segment(m, step->step.serial[i], segment, sent_bases(m, step, segment));
            sp_write(m->writer, " (lost: the network is full)\n");
        }
    }
}

static void draw_step(const struct mermaid *m, size_t index)
{
    draw_arrow(m, index);
    draw_note(m, index);
    draw_overflow(m, index);
    uint64_t violated = m->trace->step[index].findings.violated;
    if (violated != 0) {
        char text[SP_VIOLATIONS_MAX];
        struct sp_buffer buffer;
        struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
        sp_caption_violations(&writer, violated);
        sp_write(m->writer, "    Note over A,B: violates ");
        write_escaped(m->writer, text);
        sp_write(m->writer, "\n");
    }
}

static void count(void *to, const char *text, size_t size)
{
    (void)text;
    *(size_t *)to += size;
}

/* Characters that a step takes. */
static size_t size_of(const struct mermaid *m, size_t index)
{
    size_t size = 0;
    struct sp_writer counter = {.write = count, .to = &size};
    struct mermaid measured = {.trace = m->trace, .options = m->options, .writer = &counter};
    draw_step(&measured, index);
    return size;
}

/* Steps from the front that fit into `room`. */
static size_t head_of(const struct mermaid *m, size_t room)
{
    size_t steps = 0;
    for (size_t size = 0; steps < m->trace->count; steps++) {
        size += size_of(m, steps);
        if (size > room) {
            break;
        }
    }
    return steps;
}

/* The first of the steps at the end that fit into `room`; not before `least`. */
static size_t tail_of(const struct mermaid *m, size_t least, size_t room)
{
    size_t first = m->trace->count;
    for (size_t size = 0; first > least; first--) {
        size += size_of(m, first - 1);
        if (size > room) {
            break;
        }
    }
    return first;
}

static void draw_fold(const struct mermaid *m, size_t from, size_t to)
{
    uint64_t violated = 0;
    for (size_t i = from; i < to; i++) {
        violated |= m->trace->step[i].findings.violated;
    }
    sp_write(m->writer, "    Note over A,B: %zu steps are left out", to - from);
    if (violated != 0) {
        char text[SP_VIOLATIONS_MAX];
        struct sp_buffer buffer;
        struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
        sp_caption_violations(&writer, violated);
        sp_write(m->writer, ", some of them violate ");
        write_escaped(m->writer, text);
    }
    sp_write(m->writer, "\n");
}

static bool uses_network(const struct sp_trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        const struct sp_action *action = &trace->step[i].step.action;
        if (action->kind == SP_ACTION_INJECT && action->serial == 0) {
            return true;
        }
    }
    return false;
}

static void draw_in_flight(const struct mermaid *m)
{
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    if (sp_caption_in_flight(&writer, m->trace)) {
        sp_write(m->writer, "    Note over A,B: ");
        write_escaped(m->writer, text);
        sp_write(m->writer, "\n");
    }
}

void sp_report_mermaid(const struct sp_trace *trace, const struct sp_ladder_options *options,
                       const struct sp_writer *writer)
{
    struct mermaid m = {.trace = trace, .options = options, .writer = writer};
    sp_write(writer, "sequenceDiagram\n    participant A\n");
    if (uses_network(trace)) {
        bool attacked = trace->script->setup.bounds.forgeries > 0;
        sp_write(writer, "    participant N as %s\n", attacked ? "attacker" : "network");
    }
    sp_write(writer, "    participant B\n");
    sp_write(writer, "    Note over A: %s\n    Note over B: %s\n",
             sp_state_name((enum sp_state)trace->start.host[SP_A].tcb.state),
             sp_state_name((enum sp_state)trace->start.host[SP_B].tcb.state));
    size_t head = head_of(&m, SIZE_MAX_ALL);
    size_t tail = head;
    if (head < trace->count) {
        head = head_of(&m, SIZE_MAX_HEAD);
        tail = tail_of(&m, head, SIZE_MAX_TAIL);
    }
    for (size_t i = 0; i < head; i++) {
        draw_step(&m, i);
    }
    if (tail > head) {
        draw_fold(&m, head, tail);
    }
    for (size_t i = tail; i < trace->count; i++) {
        draw_step(&m, i);
    }
    draw_in_flight(&m);
}

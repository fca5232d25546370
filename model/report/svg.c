/*
 * The ladder as an SVG document: what stands in the rows of a ladder, drawn.
 *
 * A segment is an arrow where it arrives, or up to a cross where it is lost; what a host does
 * stands beside its line. It measures no fonts: a line of text has at most COLUMNS characters of a
 * monospaced font. The invariant: the same document reads in light and dark, without script, font
 * or picture from elsewhere, and the first pass over the trace gives the height that the second
 * one fills.
 */
#include "report/buffer.h"
#include "report/captions.h"
#include "report/exports.h"
#include "report/journey.h"

#include <string.h>

enum {
    WIDTH = 1030,
    NUMBER_X = 34, /* right end */
    A_STATE_X = 140,
    A_X = 150,
    B_X = 910,
    B_STATE_X = 920,
    MARGIN = 10, /* between a host's line and what stands beside it */
    ROW = 18,
    HEAD = 64,    /* height of what stands above the first step */
    COLUMNS = 98, /* of text between the two lines */
    SLOPE = 8,    /* an arrow falls so much on its way */
};

struct svg {
    const struct sp_trace *trace;
    const struct sp_ladder_options *options;
    const struct sp_writer *to;
    unsigned long y; /* baseline of the row being drawn */
    size_t index;
};

/* No CSS variables: some viewers do not know them. */
static const char style[] =
    "<style>\n"
    "text { font: 12px ui-monospace, Menlo, Consolas, \"DejaVu Sans Mono\", monospace; "
    "fill: #1b1f24 }\n"
    ".paper { fill: #fff }\n"
    ".host { font-size: 15px; font-weight: bold; text-anchor: middle }\n"
    ".right { text-anchor: end }\n"
    ".middle { text-anchor: middle }\n"
    ".faint { fill: #5f6973 }\n"
    ".new { font-weight: bold }\n"
    ".bad { fill: #b3261e; font-weight: bold }\n"
    "path { fill: none; stroke: #0b5fb0; stroke-width: 1.5 }\n"
    ".life { stroke: #c4cad1; stroke-width: 2 }\n"
    ".lost { stroke: #b3261e }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  .paper { fill: #14181d }\n"
    "  text { fill: #e4e8ec }\n"
    "  .faint { fill: #949da7 }\n"
    "  .bad { fill: #ff8a80 }\n"
    "  path { stroke: #6cb2f5 }\n"
    "  .life { stroke: #444c56 }\n"
    "  .lost { stroke: #ff8a80 }\n"
    "}\n"
    "</style>\n";

static void write_text(const struct svg *s, int x, const char *class, const char *text, size_t size)
{
    sp_write(s->to, "<text x=\"%d\" y=\"%lu\" class=\"%s\">", x, s->y, class);
    sp_write_markup_of(s->to, text, size);
    sp_write(s->to, "</text>\n");
}

/* Where the first line of a text ends: at a blank, unless it has none. */
static size_t line_size(const char *text)
{
    size_t size = strlen(text);
    if (size <= COLUMNS) {
        return size;
    }
    for (size = COLUMNS; size > 0 && text[size] != ' '; size--) {
    }
    return size == 0 ? COLUMNS : size;
}

/* A row for each line of the text. */
static void write_lines(struct svg *s, int x, const char *class, const char *text)
{
    while (*text != '\0') {
        size_t size = line_size(text);
        write_text(s, x, class, text, size);
        s->y += ROW;
        text += size;
        text += *text == ' ';
    }
}

static void write_beside(struct svg *s, unsigned host, const char *text)
{
    write_lines(s, host == SP_A ? A_X + MARGIN : B_X - MARGIN, host == SP_A ? "left" : "right",
                text);
}

static void write_state(const struct svg *s, unsigned host, unsigned state, bool is_new)
{
    const char *name = sp_state_name((enum sp_state)state);
    const char *class =
        host == SP_A ? (is_new ? "right new" : "right faint") : (is_new ? "new" : "faint");
    write_text(s, host == SP_A ? A_STATE_X : B_STATE_X, class, name, strlen(name));
}

static struct sp_bases sent_bases(const struct svg *s, const struct sp_trace_step *step,
                                  const struct sp_segment *segment)
{
    return s->options->absolute ? (struct sp_bases){0, 0} : sp_sent_bases(step, segment);
}

/* From x to its end, the end of the lane or a cross in it. */
struct arrow {
    unsigned from;
    bool from_network; /* it begins in the lane */
    bool lost;
    const char *remark; /* behind the label */
};

static void draw_head(const struct svg *s, int x, unsigned long y, int forward, bool lost)
{
    if (lost) {
        sp_write(s->to, "<path class=\"lost\" d=\"M%d %lul12 12m0-12l-12 12\"/>\n", x - 6, y - 6);
    } else {
        sp_write(s->to, "<path d=\"M%d %lul%d 5M%d %lul%d-5\"/>\n", x, y, -10 * forward, x, y,
                 -10 * forward);
    }
}

static void draw_arrow(struct svg *s, const struct arrow *arrow, const char *label)
{
    int forward = arrow->from == SP_A ? 1 : -1;
    int begin = arrow->from == SP_A ? A_X : B_X;
    int end = arrow->from == SP_A ? B_X : A_X;
    begin += arrow->from_network ? forward * (B_X - A_X) / 3 : 0;
    end -= arrow->lost ? forward * (B_X - A_X) / 4 : 0;
    char text[2 * SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_write(&writer, "%s%s", label, arrow->remark);
    write_lines(s, (A_X + B_X) / 2, arrow->lost ? "middle bad" : "middle", text);
    unsigned long y = s->y - ROW + 5;
    sp_write(s->to, "<path%s d=\"M%d %luL%d %lu\"/>\n", arrow->lost ? " class=\"lost\"" : "", begin,
             y, end, y + SLOPE);
    draw_head(s, end, y + SLOPE, forward, arrow->lost);
    s->y += ROW;
}

static void draw_segment(struct svg *s, const struct arrow *arrow, uint16_t serial,
                         const struct sp_segment *segment, struct sp_bases bases)
{
    char label[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, label, sizeof label);
    sp_caption_segment(&writer, serial, segment, bases);
    draw_arrow(s, arrow, label);
}

static void draw_sent(struct svg *s, const struct sp_trace_step *step)
{
    struct sp_sent sent;
    uint16_t serial = step->step.action.serial;
    if (!sp_journey_origin(s->trace, s->index, serial, &sent)) {
        return;
    }
    const struct sp_trace_step *sending = &s->trace->step[sent.index];
    const struct sp_segment *segment = &sending->step.output.segment[sent.at];
    bool lost = step->step.action.kind == SP_ACTION_LOSE;
    bool stays = step->step.action.kind == SP_ACTION_DUPLICATE;
    struct arrow arrow = {.from = sending->step.host,
                          .lost = lost,
                          .remark = lost    ? " (lost)"
                                    : stays ? " (a copy stays)"
                                            : ""};
    draw_segment(s, &arrow, serial, segment, sent_bases(s, sending, segment));
}

static void draw_network(struct svg *s, const struct sp_trace_step *step)
{
    const struct sp_action *action = &step->step.action;
    bool arrives = action->kind == SP_ACTION_INJECT;
    unsigned to = arrives ? action->host : 1U - action->host;
    bool attacked = s->trace->script->setup.bounds.forgeries > 0;
    bool outside = arrives && action->serial == 0;
    struct arrow arrow = {
        .from = 1 - to,
        .from_network = outside,
        .lost = !arrives,
        .remark = !arrives   ? " (lost)"
                  : !outside ? ""
                  : attacked ? " (from the attacker)"
                             : " (from the network)",
    };
    struct sp_bases bases =
        s->options->absolute ? (struct sp_bases){0, 0} : sp_network_bases(step, to);
    draw_segment(s, &arrow, action->serial, &step->step.event.segment, bases);
}

/* False: the step is no segment's arrival or end. */
static bool draw_journey(struct svg *s, const struct sp_trace_step *step)
{
    if (!step->possible) {
        return false;
    }
    switch ((enum sp_action_kind)step->step.action.kind) {
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
        draw_sent(s, step);
        return true;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        draw_network(s, step);
        return true;
    case SP_ACTION_CALL:
    case SP_ACTION_TIMER:
    case SP_ACTION_TICK:
    case SP_ACTION_CRASH:
    case SP_ACTION_COUNT:
        break;
    }
    return false;
}

static void draw_output(struct svg *s, const struct sp_trace_step *step)
{
    const struct sp_output *output = &step->step.output;
    unsigned host = step->step.host;
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    for (unsigned i = 0; i < output->sent; i++) {
        const struct sp_segment *segment = &output->segment[i];
        struct sp_bases bases = sent_bases(s, step, segment);
        if ((step->step.overflow >> i & 1) != 0) {
            struct arrow arrow = {
                .from = host, .lost = true, .remark = " (lost: the network is full)"};
            draw_segment(s, &arrow, step->step.serial[i], segment, bases);
            continue;
        }
        struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
        sp_write(&writer, "sends ");
        sp_caption_segment(&writer, step->step.serial[i], segment, bases);
        write_beside(s, host, text);
    }
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    if (sp_caption_notices(&writer, step)) {
        write_beside(s, host, text);
    }
}

static void draw_rules(struct svg *s, const struct sp_output *output)
{
    for (unsigned i = 0; i < output->rules; i++) {
        const struct sp_rule_info *rule = sp_rule_info((enum sp_rule)output->rule[i]);
        char text[SP_CAPTION_MAX];
        struct sp_buffer buffer;
        struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
        sp_write(&writer, "%s [RFC %s] %s", rule->name, rule->section, rule->text);
        write_lines(s, (A_X + B_X) / 2, "middle faint", text);
    }
}

static void draw_violations(struct svg *s, uint64_t violated)
{
    if (violated == 0) {
        return;
    }
    char text[SP_VIOLATIONS_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_write(&writer, "violates ");
    sp_caption_violations(&writer, violated);
    write_lines(s, (A_X + B_X) / 2, "middle bad", text);
}

static void draw_step(struct svg *s)
{
    const struct sp_trace_step *step = &s->trace->step[s->index];
    bool acted = step->possible && step->step.acted;
    bool crashed = step->possible && step->step.action.kind == SP_ACTION_CRASH;
    unsigned host = step->possible ? step->step.host : SP_A;
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_write(&writer, "%zu", s->index + 1);
    write_text(s, NUMBER_X, "right faint", text, buffer.size);
    if (acted || crashed) {
        unsigned state = step->after.host[host].tcb.state;
        write_state(s, host, state, crashed || state != step->step.before.tcb.state);
    }
    writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_event(&writer, step);
    if (!draw_journey(s, step)) {
        write_beside(s, host, text);
    }
    if (acted) {
        draw_output(s, step);
    }
    if (acted && s->options->rules) {
        draw_rules(s, &step->step.output);
    }
    draw_violations(s, step->findings.violated);
    s->y += ROW / 2;
}

static void draw_steps(struct svg *s)
{
    s->y = HEAD;
    write_state(s, SP_A, s->trace->start.host[SP_A].tcb.state, false);
    write_state(s, SP_B, s->trace->start.host[SP_B].tcb.state, false);
    s->y += ROW + ROW / 2;
    for (s->index = 0; s->index < s->trace->count; s->index++) {
        draw_step(s);
    }
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    if (sp_caption_in_flight(&writer, s->trace)) {
        write_lines(s, (A_X + B_X) / 2, "middle faint", text);
    }
}

static void nowhere(void *to, const char *text, size_t size)
{
    (void)to;
    (void)text;
    (void)size;
}

static unsigned long height_of(const struct svg *s)
{
    struct sp_writer writer = {.write = nowhere};
    struct svg measured = {.trace = s->trace, .options = s->options, .to = &writer};
    draw_steps(&measured);
    return measured.y + ROW;
}

static const char *last_state(const struct sp_trace *trace, unsigned host)
{
    const struct sp_world *world =
        trace->count == 0 ? &trace->start : &trace->step[trace->count - 1].after;
    return sp_state_name((enum sp_state)world->host[host].tcb.state);
}

static void write_description(const struct svg *s)
{
    const struct sp_trace *trace = s->trace;
    char text[SP_VIOLATIONS_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_violations(&writer, trace->violated);
    sp_write(s->to, "<title id=\"synproof-title\">Two TCPs, %zu events</title>\n", trace->count);
    sp_write(s->to,
             "<desc id=\"synproof-desc\">From top to bottom, the segments between host A, left, "
             "and host B, right, with their states. A ends in %s, B in %s. Violated: ",
             last_state(trace, SP_A), last_state(trace, SP_B));
    s->to->write(s->to->to, text, buffer.size);
    sp_write(s->to, "%s.</desc>\n", trace->violated == 0 ? "nothing" : "");
}

void sp_report_svg(const struct sp_trace *trace, const struct sp_ladder_options *options,
                   const struct sp_writer *writer)
{
    struct svg s = {.trace = trace, .options = options, .to = writer};
    unsigned long height = height_of(&s);
    sp_write(writer,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %lu\" width=\"%d\" "
             "height=\"%lu\" role=\"img\" aria-labelledby=\"synproof-title synproof-desc\">\n",
             WIDTH, height, WIDTH, height);
    write_description(&s);
    writer->write(writer->to, style, sizeof style - 1);
    sp_write(writer, "<rect class=\"paper\" width=\"%d\" height=\"%lu\"/>\n", WIDTH, height);
    sp_write(writer, "<path class=\"life\" d=\"M%d %dV%luM%d %dV%lu\"/>\n", A_X, HEAD - ROW - 6,
             height - 6, B_X, HEAD - ROW - 6, height - 6);
    static const char note[] = "sequence numbers relative to each side's ISS";
    static const char wire[] = "sequence numbers as on the wire";
    s.y = HEAD - ROW - 12;
    write_text(&s, A_X, "host", "A", 1);
    write_text(&s, B_X, "host", "B", 1);
    if (options->absolute) {
        write_text(&s, (A_X + B_X) / 2, "middle faint", wire, sizeof wire - 1);
    } else {
        write_text(&s, (A_X + B_X) / 2, "middle faint", note, sizeof note - 1);
    }
    draw_steps(&s);
    sp_write(writer, "</svg>\n");
}

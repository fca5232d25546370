/*
 * A trace as JSON in the Informal Trace Format (Apalache ADR-015), with what synproof knows of each
 * step in its #meta. README.md documents the fields.
 *
 * Numbers fit 32 bits and are written plain; "#bigint" is never needed. The octets written are
 * ASCII. The invariant: state number 0 is the world that the run began in, state number n the one
 * that step n left behind, and every state has every variable.
 */
#include "report/buffer.h"
#include "report/captions.h"
#include "report/exports.h"
#include "report/fields.h"

#include <inttypes.h>

#define FORMAT_VERSION 1

static void write_octets(const struct sp_writer *to, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char octet = (unsigned char)*text;
        if (octet == '"' || octet == '\\') {
            sp_write(to, "\\%c", octet);
        } else if (octet < ' ' || octet > '~') {
            sp_write(to, "\\u%04x", octet);
        } else {
            sp_write(to, "%c", octet);
        }
    }
}

static void write_string(const struct sp_writer *to, const char *text)
{
    sp_write(to, "\"");
    write_octets(to, text);
    sp_write(to, "\"");
}

/* "name": "text", and what comes before. */
static void write_member(const struct sp_writer *to, const char *before, const char *name,
                         const char *text)
{
    sp_write(to, "%s\"%s\": ", before, name);
    write_string(to, text);
}

static const char *boolean(bool value)
{
    return value ? "true" : "false";
}

static void write_script(const struct sp_writer *to, const struct sp_script *script)
{
    char line[SP_SCRIPT_LINE_MAX];
    sp_write(to, "\"");
    struct sp_script_lines lines = {.script = script};
    while (sp_script_lines_next(&lines, line, sizeof line)) {
        write_octets(to, line);
        sp_write(to, "\\n");
    }
    sp_write(to, "\"");
}

static void write_settings(const struct sp_writer *to, const struct sp_setup *setup)
{
    static const char equals[] = " = ";
    char line[SP_SETTING_MAX];
    sp_write(to, "{");
    for (size_t i = 0; sp_setup_print(setup, i, line, sizeof line); i++) {
        sp_write(to, "%s\n        \"", i == 0 ? "" : ",");
        size_t size = 0;
        while (line[size] != '\0' && line[size] != equals[0]) {
            sp_write(to, "%c", line[size++]);
        }
        sp_write(to, "\": ");
        size += line[size] == '\0' ? 0 : sizeof equals - 1;
        write_string(to, line + size);
    }
    sp_write(to, "\n      }");
}

static void write_violation(const struct sp_writer *to, const struct sp_trace *trace, size_t index,
                            enum sp_property property)
{
    const struct sp_trace_step *step = &trace->step[index];
    const struct sp_property_info *info = sp_property_info(property);
    struct sp_evidence evidence;
    char signature[128];
    sp_oracle_explain(&trace->script->setup, &step->step, &step->after, property, &evidence);
    sp_signature(&step->step, &step->after, property, signature, sizeof signature);
    sp_write(to, "{\"step\": %zu", index + 1);
    write_member(to, ", ", "id", info->id);
    write_member(to, ", ", "name", info->name);
    write_member(to, ", ", "section", info->section);
    write_member(to, ", ", "claim", evidence.claim);
    write_member(to, ", ", "signature", signature);
    sp_write(to, "}");
}

/* Of each property the first step that violated it, as `replay` tells them. */
static void write_violations(const struct sp_writer *to, const struct sp_trace *trace)
{
    uint64_t told = 0;
    const char *comma = "";
    sp_write(to, "[");
    for (size_t i = 0; i < trace->count; i++) {
        uint64_t now = trace->step[i].findings.violated & ~told;
        told |= now;
        for (unsigned p = 0; p < SP_PROPERTY_COUNT; p++) {
            if ((now >> p & 1) != 0) {
                sp_write(to, "%s\n        ", comma);
                write_violation(to, trace, i, (enum sp_property)p);
                comma = ",";
            }
        }
    }
    sp_write(to, "]");
}

static void write_witnesses(const struct sp_writer *to, uint64_t witnessed)
{
    const char *comma = "";
    sp_write(to, "[");
    for (unsigned i = 0; i < SP_WITNESS_COUNT; i++) {
        if ((witnessed >> i & 1) != 0) {
            sp_write(to, "%s", comma);
            write_string(to, sp_witness_info((enum sp_witness)i)->name);
            comma = ", ";
        }
    }
    sp_write(to, "]");
}

static const char *expectation(const struct sp_script *script)
{
    switch ((enum sp_expectation)script->expect) {
    case SP_EXPECT_NOTHING:
        return "nothing";
    case SP_EXPECT_PASS:
        return "PASS";
    case SP_EXPECT_VIOLATION:
        break;
    }
    return script->expected;
}

static void write_head(const struct sp_writer *to, const struct sp_trace *trace)
{
    sp_write(to, "{\n  \"#meta\": {\n    \"format\": \"ITF\",\n"
                 "    \"format-description\": "
                 "\"https://apalache-mc.org/docs/adr/015adr-trace.html\",\n"
                 "    \"description\": \"a run of two TCPs (RFC 9293)\",\n"
                 "    \"synproof\": {\n");
    sp_write(to, "      \"version\": %d,\n      \"steps\": %zu,\n      \"impossible\": %zu",
             FORMAT_VERSION, trace->count, trace->impossible);
    write_member(to, ",\n      ", "verdict", trace->violated == 0 ? "no violation" : "violation");
    write_member(to, ",\n      ", "expected", expectation(trace->script));
    sp_write(to, ",\n      \"violations\": ");
    write_violations(to, trace);
    sp_write(to, ",\n      \"witnesses\": ");
    write_witnesses(to, trace->witnessed);
    sp_write(to, ",\n      \"settings\": ");
    write_settings(to, &trace->script->setup);
    sp_write(to, ",\n      \"script\": ");
    write_script(to, trace->script);
    sp_write(to, "\n    }\n  },\n"
                 "  \"vars\": [\"action\", \"A\", \"B\", \"network\", \"now\"],\n");
}

static void write_bits(const struct sp_writer *to, uint32_t value, const struct sp_bit_name *bits)
{
    const char *comma = "";
    sp_write(to, "[");
    for (; bits->name != NULL; bits++) {
        if ((value & bits->bit) != 0) {
            sp_write(to, "%s\"%s\"", comma, bits->name);
            comma = ", ";
        }
    }
    sp_write(to, "]");
}

/* Every field as it is in the TCB: sequence numbers as on the wire, 0 before they have a value. */
static void write_host(const struct sp_writer *to, const struct sp_tcb *tcb)
{
    sp_write(to, "{");
    const struct sp_tcb_field *field;
    for (size_t i = 0; (field = sp_tcb_field(i)) != NULL; i++) {
        uint32_t value = sp_tcb_field_value(tcb, field);
        sp_write(to, "%s\"%s\": ", i == 0 ? "" : ", ", field->name);
        if (field->space == SP_FIELD_IS_STATE) {
            write_string(to, sp_state_name((enum sp_state)value));
        } else if (field->space == SP_FIELD_IS_BITS) {
            write_bits(to, value, field->bits);
        } else {
            sp_write(to, "%" PRIu32, value);
        }
    }
    sp_write(to, ", \"held\": [");
    for (unsigned i = 0; i < tcb->helds && i < SP_HELD_MAX; i++) {
        sp_write(to, "%s{\"left\": %" PRIu32 ", \"right\": %" PRIu32 "}", i == 0 ? "" : ", ",
                 tcb->held[i].left, tcb->held[i].right);
    }
    sp_write(to, "]}");
}

static void write_flags(const struct sp_writer *to, unsigned flags)
{
    static const struct sp_bit_name names[] = {
        {SP_SYN, "SYN"}, {SP_FIN, "FIN"}, {SP_RST, "RST"}, {SP_PSH, "PSH"}, {SP_ACK, "ACK"},
        {SP_URG, "URG"}, {SP_ECE, "ECE"}, {SP_CWR, "CWR"}, {0, NULL},
    };
    write_bits(to, flags, names);
}

/* Only the options that are there are members. */
static void write_options(const struct sp_writer *to, const struct sp_segment *s)
{
    if ((s->options & SP_OPT_MSS) != 0) {
        sp_write(to, ", \"mss\": %u", s->mss);
    }
    if ((s->options & SP_OPT_SCALE) != 0) {
        sp_write(to, ", \"scale\": %u", s->scale);
    }
    if ((s->options & SP_OPT_SACK_PERMITTED) != 0) {
        sp_write(to, ", \"sack_ok\": true");
    }
    if ((s->options & SP_OPT_TIMESTAMPS) != 0) {
        sp_write(to, ", \"ts_val\": %" PRIu32 ", \"ts_ecr\": %" PRIu32, s->ts_val, s->ts_ecr);
    }
    if ((s->options & SP_OPT_SACK) != 0) {
        sp_write(to, ", \"sack\": [");
        for (unsigned i = 0; i < s->sacks && i < SP_SACK_MAX; i++) {
            sp_write(to, "%s{\"left\": %" PRIu32 ", \"right\": %" PRIu32 "}", i == 0 ? "" : ", ",
                     s->sack[i].left, s->sack[i].right);
        }
        sp_write(to, "]");
    }
}

static void write_segment(const struct sp_writer *to, unsigned from, unsigned serial,
                          const struct sp_segment *s)
{
    sp_write(to, "{\"serial\": %u, \"from\": \"%c\", \"flags\": ", serial, "AB"[from]);
    write_flags(to, s->flags);
    sp_write(to,
             ", \"seq\": %" PRIu32 ", \"ack\": %" PRIu32
             ", \"wnd\": %u, \"len\": %u, \"text\": %" PRIu32 ", \"urgent\": %u",
             s->seq, s->ack, s->wnd, s->len, s->text, s->urgent);
    write_options(to, s);
    sp_write(to, "}");
}

static void write_world(const struct sp_writer *to, const struct sp_world *world)
{
    sp_write(to, "      \"A\": ");
    write_host(to, &world->host[SP_A].tcb);
    sp_write(to, ",\n      \"B\": ");
    write_host(to, &world->host[SP_B].tcb);
    sp_write(to, ",\n      \"network\": [");
    for (unsigned i = 0; i < world->channel.count; i++) {
        const struct sp_packet *packet = &world->channel.packet[i];
        sp_write(to, "%s", i == 0 ? "" : ", ");
        write_segment(to, packet->from, packet->serial, &packet->segment);
    }
    sp_write(to, "],\n      \"now\": %" PRIu32 "\n    }", world->now);
}

static void write_rules(const struct sp_writer *to, const struct sp_output *output)
{
    sp_write(to, ", \"rules\": [");
    for (unsigned i = 0; i < output->rules; i++) {
        const struct sp_rule_info *rule = sp_rule_info((enum sp_rule)output->rule[i]);
        write_member(to, i == 0 ? "{" : ", {", "name", rule->name);
        write_member(to, ", ", "section", rule->section);
        write_member(to, ", ", "ids", rule->ids);
        write_member(to, ", ", "text", rule->text);
        sp_write(to, "}");
    }
    sp_write(to, "]");
}

/* What the host that acted put out. */
static void write_output(const struct sp_writer *to, const struct sp_trace_step *step)
{
    const struct sp_step *s = &step->step;
    const struct sp_output *output = &s->output;
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_notices(&writer, step);
    sp_write(to, ", \"host\": \"%c\"", "AB"[s->host]);
    write_member(to, ", ", "reply", sp_reply_text(output->reply));
    write_member(to, ", ", "notices", text);
    sp_write(to, ", \"delivered\": %" PRIu32 ", \"sent\": [", output->delivered);
    for (unsigned i = 0; i < output->sent; i++) {
        sp_write(to, "%s{\"overflow\": %s, \"segment\": ", i == 0 ? "" : ", ",
                 boolean((s->overflow >> i & 1) != 0));
        write_segment(to, s->host, s->serial[i], &output->segment[i]);
        sp_write(to, "}");
    }
    sp_write(to, "]");
    write_rules(to, output);
}

static const char *kind_word(enum sp_action_kind kind)
{
    switch (kind) {
    case SP_ACTION_CALL:
        return "call";
    case SP_ACTION_TIMER:
        return "timer";
    case SP_ACTION_DELIVER:
        return "deliver";
    case SP_ACTION_DUPLICATE:
        return "duplicate";
    case SP_ACTION_LOSE:
        return "lose";
    case SP_ACTION_TICK:
        return "tick";
    case SP_ACTION_INJECT:
        return "inject";
    case SP_ACTION_VANISH:
        return "vanish";
    case SP_ACTION_CRASH:
        return "crash";
    case SP_ACTION_COUNT:
        break;
    }
    return "none";
}

/* The segment that arrives, or that VANISH speaks of; `for` is what it stands for, 0: nothing. */
static void write_event(const struct sp_writer *to, const struct sp_step *step)
{
    const struct sp_action *action = &step->action;
    bool network = action->kind == SP_ACTION_INJECT || action->kind == SP_ACTION_VANISH;
    if (network) {
        unsigned from = action->kind == SP_ACTION_INJECT ? 1U - action->host : action->host;
        sp_write(to, ", \"for\": %u, \"segment\": ", action->serial);
        write_segment(to, from, 0, &step->event.segment);
    } else if (step->acted && step->event.kind == SP_EVENT_SEGMENT) {
        sp_write(to, ", \"segment\": ");
        write_segment(to, 1U - step->host, action->serial, &step->event.segment);
    }
}

static void write_step(const struct sp_writer *to, const struct sp_trace *trace, size_t index)
{
    const struct sp_trace_step *step = &trace->step[index];
    char line[SP_SCRIPT_LINE_MAX];
    sp_action_print(&step->step.action, line, sizeof line);
    sp_write(to, ",\n    {\n      \"#meta\": {\"index\": %zu", index + 1);
    write_member(to, ", ", "kind", kind_word((enum sp_action_kind)step->step.action.kind));
    sp_write(to, ", \"possible\": %s", boolean(step->possible));
    if (step->possible) {
        write_event(to, &step->step);
    }
    if (step->possible && step->step.acted) {
        write_output(to, step);
    }
    sp_write(to, ", \"violations\": [");
    const char *comma = "";
    for (unsigned p = 0; p < SP_PROPERTY_COUNT; p++) {
        if ((step->findings.violated >> p & 1) != 0) {
            sp_write(to, "%s", comma);
            write_string(to, sp_property_info((enum sp_property)p)->id);
            comma = ", ";
        }
    }
    sp_write(to, "]},\n");
    write_member(to, "      ", "action", line);
    sp_write(to, ",\n");
    write_world(to, &step->after);
}

void sp_report_json(const struct sp_trace *trace, const struct sp_writer *writer)
{
    write_head(writer, trace);
    sp_write(writer, "  \"states\": [\n    {\n      \"#meta\": {\"index\": 0},\n"
                     "      \"action\": \"begin\",\n");
    write_world(writer, &trace->start);
    for (size_t i = 0; i < trace->count; i++) {
        write_step(writer, trace, i);
    }
    sp_write(writer, "\n  ]\n}\n");
}

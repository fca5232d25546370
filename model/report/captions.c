/*
 * The words of a step (RFC 9293 3.10 has those of calls, replies and timers).
 *
 * It draws nothing and leaves out nothing that its header promises. The invariant: the same step
 * has the same words in every rendering.
 */
#include "report/captions.h"
#include "report/segment.h"

#include <inttypes.h>
#include <stdio.h>

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

struct sp_bases sp_sent_bases(const struct sp_trace_step *step, const struct sp_segment *segment)
{
    struct sp_bases bases = {0, 0};
    const struct sp_host *self = &step->after.host[step->step.host];
    const struct sp_host *peer = &step->after.host[1 - step->step.host];
    bool unnumbered = sp_has(segment, SP_RST) && segment->seq == 0;
    bases.seq = unnumbered ? 0 : iss_of(self);
    if (!irs_of(&self->tcb, &bases.ack) && !irs_of(&step->step.before.tcb, &bases.ack)) {
        bases.ack = iss_of(peer);
    }
    return bases;
}

struct sp_bases sp_network_bases(const struct sp_trace_step *step, unsigned host)
{
    struct sp_bases bases = {0, 0};
    const struct sp_host *after = &step->after.host[host];
    const struct sp_host *before = step->step.acted ? &step->step.before : after;
    if (!irs_of(&before->tcb, &bases.seq)) {
        bases.seq = iss_of(&step->after.host[1 - host]);
    }
    bases.ack = iss_of(before) != 0 ? iss_of(before) : iss_of(after);
    return bases;
}

void sp_caption_segment(const struct sp_writer *writer, uint16_t serial,
                        const struct sp_segment *segment, struct sp_bases bases)
{
    if (serial != 0) {
        sp_write(writer, "#%u ", serial);
    }
    sp_segment_write(writer, segment, bases.seq, bases.ack);
    sp_segment_write_options(writer, segment, bases.ack);
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

static void write_call(const struct sp_writer *writer, const struct sp_step *step)
{
    const struct sp_action *action = &step->action;
    sp_write(writer, "%s", sp_event_name((enum sp_event_kind)action->event));
    if (action->event == SP_EVENT_SEND || action->event == SP_EVENT_RECEIVE) {
        sp_write(writer, " %" PRIu32 "%s", action->count, action->urgent ? " urgent" : "");
    }
    enum sp_reply reply = step->output.reply;
    if (reply != SP_REPLY_NONE && reply != SP_REPLY_OK && reply != SP_REPLY_QUEUED) {
        sp_write(writer, ": %s", sp_reply_text(reply));
    }
}

static void write_timer(const struct sp_writer *writer, const struct sp_step *step)
{
    bool idle = step->output.rules > 0 && step->output.rule[0] == SP_RULE_TIMER_IDLE;
    sp_write(writer, "%s%s", timer_text((enum sp_event_kind)step->action.event),
             idle ? " (that timer does not run)" : "");
}

static void write_impossible(const struct sp_writer *writer, const struct sp_action *action)
{
    char line[SP_CAPTION_MAX];
    sp_action_print(action, line, sizeof line);
    sp_write(writer, "%.200s: no such segment is in flight", line);
}

void sp_caption_event(const struct sp_writer *writer, const struct sp_trace_step *step)
{
    if (!step->possible) {
        write_impossible(writer, &step->step.action);
        return;
    }
    switch ((enum sp_action_kind)step->step.action.kind) {
    case SP_ACTION_CALL:
        write_call(writer, &step->step);
        break;
    case SP_ACTION_TIMER:
        write_timer(writer, &step->step);
        break;
    case SP_ACTION_TICK:
        sp_write(writer, "the timestamp clock ticks: %" PRIu32, step->after.now);
        break;
    case SP_ACTION_CRASH:
        sp_write(writer, "crashes: its TCB is gone, and nobody is told");
        break;
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_LOSE:
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
    case SP_ACTION_COUNT:
        break;
    }
}

/* Notices that are told: the others say what state or segments say already. */
#define NOTICES                                                                                    \
    (SP_SIGNAL_OPENED | SP_SIGNAL_URGENT | SP_SIGNAL_CLOSED | SP_SIGNAL_CLOSING |                  \
     SP_SIGNAL_RESET | SP_SIGNAL_REFUSED | SP_SIGNAL_TIMED_OUT | SP_SIGNAL_FLUSHED |               \
     SP_SIGNAL_TROUBLE)

bool sp_caption_notices(const struct sp_writer *writer, const struct sp_trace_step *step)
{
    if (!step->possible || !step->step.acted) {
        return false;
    }
    const struct sp_output *output = &step->step.output;
    const char *before = "user: ";
    bool told = false;
    if (output->delivered > 0) {
        sp_write(writer, "%s%" PRIu32 " octet%s delivered", before, output->delivered,
                 output->delivered == 1 ? "" : "s");
        before = ", ";
        told = true;
    }
    for (uint32_t bit = 1; bit != 0 && bit <= NOTICES; bit <<= 1) {
        if ((output->signals & bit & NOTICES) != 0) {
            sp_write(writer, "%s%s", before, sp_signal_text((enum sp_signal)bit));
            before = ", ";
            told = true;
        }
    }
    return told;
}

bool sp_caption_sends(const struct sp_writer *writer, const struct sp_trace_step *step)
{
    if (!step->possible || !step->step.acted || step->step.output.sent == 0) {
        return false;
    }
    sp_write(writer, "sends");
    for (unsigned i = 0; i < step->step.output.sent; i++) {
        sp_write(writer, " #%u", step->step.serial[i]);
    }
    return true;
}

bool sp_caption_in_flight(const struct sp_writer *writer, const struct sp_trace *trace)
{
    const struct sp_world *world =
        trace->count == 0 ? &trace->start : &trace->step[trace->count - 1].after;
    for (unsigned i = 0; i < world->channel.count; i++) {
        sp_write(writer, "%s #%u", i == 0 ? "still in flight:" : "",
                 world->channel.packet[i].serial);
    }
    return world->channel.count > 0;
}

void sp_caption_rules(const struct sp_writer *writer, const struct sp_output *output)
{
    for (unsigned i = 0; i < output->rules; i++) {
        const struct sp_rule_info *rule = sp_rule_info((enum sp_rule)output->rule[i]);
        sp_write(writer, "%s%s [RFC %s%s%s]", i == 0 ? "" : "; ", rule->name, rule->section,
                 rule->ids[0] == '\0' ? "" : ", ", rule->ids);
    }
}

void sp_caption_violations(const struct sp_writer *writer, uint64_t violated)
{
    const char *comma = "";
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((violated >> i & 1) != 0) {
            const struct sp_property_info *property = sp_property_info((enum sp_property)i);
            sp_write(writer, "%s%s %s", comma, property->id, property->name);
            comma = ", ";
        }
    }
}

enum part { VERSION, SETTINGS, EXPECTATION, BLANK, ACTIONS, PARTS };

/* The line at lines->index of lines->part; false when the part has no more. */
static bool print_line(const struct sp_script_lines *lines, char *text, size_t capacity)
{
    const struct sp_script *script = lines->script;
    char setting[SP_SETTING_MAX];
    switch ((enum part)lines->part) {
    case VERSION:
        snprintf(text, capacity, "synproof script 1");
        return lines->index == 0;
    case SETTINGS:
        if (!sp_setup_print_changed(&script->setup, lines->index, setting, sizeof setting)) {
            return false;
        }
        snprintf(text, capacity, "set %s", setting);
        return true;
    case EXPECTATION:
        snprintf(text, capacity, "expect %s",
                 script->expect == SP_EXPECT_PASS ? "PASS" : script->expected);
        return lines->index == 0 && script->expect != SP_EXPECT_NOTHING;
    case BLANK:
        text[0] = '\0';
        return lines->index == 0 && script->count > 0;
    case ACTIONS:
        if (lines->index >= script->count) {
            return false;
        }
        sp_action_print(&script->action[lines->index], text, capacity);
        return true;
    case PARTS:
        break;
    }
    return false;
}

bool sp_script_lines_next(struct sp_script_lines *lines, char *text, size_t capacity)
{
    for (; lines->part < PARTS; lines->part++, lines->index = 0) {
        if (print_line(lines, text, capacity)) {
            lines->index++;
            return true;
        }
    }
    return false;
}

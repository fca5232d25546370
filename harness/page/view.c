/*
 * The last step and the world after it as JSON, in the words of the reports.
 *
 * It judges nothing and changes nothing. Sequence numbers are relative to the initial one of the
 * side that they count, as in a ladder. The invariant: every field of both TCBs and of the network
 * is there, whether it changed or not.
 */
#include "page/run.h"
#include "report/buffer.h"
#include "report/trace.h"

#include <inttypes.h>
#include <string.h>

static bool knows_peer(const struct sp_tcb *tcb)
{
    return tcb->state == SP_SYN_RECEIVED || sp_synchronized((enum sp_state)tcb->state);
}

static sp_seq iss_of(const struct sp_host *host)
{
    const struct sp_life *life = sp_life(host);
    return life != NULL && life->begun ? life->iss : 0;
}

/* The initial number of the incarnation that a packet is from. */
static sp_seq sender_base(const struct sp_host *host, unsigned life)
{
    return life == 0 || life > host->lives ? iss_of(host) : host->life[life - 1].iss;
}

/* The initial number of the one that it answers. */
static sp_seq receiver_base(const struct sp_world *world, const struct sp_packet *packet)
{
    const struct sp_host *self = &world->host[packet->from];
    const struct sp_host *peer = &world->host[1 - packet->from];
    if (packet->life == self->lives && knows_peer(&self->tcb)) {
        return self->tcb.irs;
    }
    unsigned of =
        packet->life == 0 || packet->life > self->lives ? 0 : self->life[packet->life - 1].peer;
    return sender_base(peer, of);
}

void sp_page_label(const struct sp_world *world, const struct sp_packet *packet, char *text)
{
    const struct sp_segment *segment = &packet->segment;
    bool unnumbered = sp_has(segment, SP_RST) && segment->seq == 0;
    sp_seq base = unnumbered ? 0 : sender_base(&world->host[packet->from], packet->life);
    sp_segment_print(segment, base, receiver_base(world, packet), text, SP_PAGE_LABEL_MAX);
}

void sp_page_label_foreign(const struct sp_world *world, unsigned host,
                           const struct sp_segment *segment, char *text)
{
    const struct sp_host *self = &world->host[host];
    sp_seq base = knows_peer(&self->tcb) ? self->tcb.irs : iss_of(&world->host[1 - host]);
    sp_segment_print(segment, base, iss_of(self), text, SP_PAGE_LABEL_MAX);
}

static const char *state_of(const struct sp_world *world, unsigned host)
{
    return sp_state_name((enum sp_state)world->host[host].tcb.state);
}

static const char *kind_word(unsigned kind)
{
    static const char *const words[] = {"call", "timer",  "deliver", "duplicate", "lose",
                                        "tick", "inject", "vanish",  "crash"};
    return kind < SP_ACTION_COUNT ? words[kind] : "none";
}

static void write_properties(struct sp_json *json, const char *name, uint64_t set)
{
    sp_json_name(json, name);
    sp_json_open(json, '[');
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if ((set >> i & 1) != 0) {
            sp_json_string(json, sp_property_info((enum sp_property)i)->id);
        }
    }
    sp_json_close(json, ']');
}

/* The segments that the step sent: what each says, and whether the network had room for it. */
static void write_sent(struct sp_json *json, const struct sp_page_run *run)
{
    const struct sp_step *step = &run->step;
    bool acted = run->begun && run->possible && step->acted;
    sp_json_name(json, "sent");
    sp_json_open(json, '[');
    for (unsigned i = 0; acted && i < step->output.sent; i++) {
        char text[SP_PAGE_LABEL_MAX];
        struct sp_packet packet = sp_step_packet(step, &run->world, i);
        sp_page_label(&run->world, &packet, text);
        sp_json_open(json, '{');
        sp_json_count(json, "serial", step->serial[i]);
        sp_json_pair(json, "text", text);
        sp_json_flag(json, "overflow", (step->overflow >> i & 1) != 0);
        sp_json_close(json, '}');
    }
    sp_json_close(json, ']');
}

static void write_action(struct sp_json *json, const struct sp_action *action)
{
    char line[512];
    sp_action_print(action, line, sizeof line);
    sp_json_pair(json, "action", line);
    sp_json_pair(json, "kind", kind_word(action->kind));
    if (action->kind == SP_ACTION_CALL || action->kind == SP_ACTION_TIMER) {
        sp_json_pair(json, "event", sp_event_name((enum sp_event_kind)action->event));
    }
}

void sp_page_write_row(struct sp_json *json, const struct sp_page_run *run)
{
    sp_json_pair(json, "a", state_of(&run->world, SP_A));
    sp_json_pair(json, "b", state_of(&run->world, SP_B));
    sp_json_flag(json, "begun", run->begun);
    if (!run->begun) {
        return;
    }
    const struct sp_step *step = &run->step;
    write_action(json, &step->action);
    sp_json_flag(json, "possible", run->possible);
    sp_json_flag(json, "acted", run->possible && step->acted);
    sp_json_count(json, "host", run->possible && step->acted ? step->host : step->action.host);
    sp_json_count(json, "sender", run->sender);
    sp_json_count(json, "serial", step->action.serial);
    sp_json_pair(json, "segment", run->label);
    if (run->possible && step->acted) {
        sp_json_pair(json, "before", sp_state_name((enum sp_state)step->before.tcb.state));
        sp_json_pair(json, "after", state_of(&run->world, step->host));
        sp_json_pair(json, "rule", sp_rule_info((enum sp_rule)step->output.rule[0])->name);
    }
    write_sent(json, run);
    write_properties(json, "broken", run->findings.violated);
}

static void write_rules(struct sp_json *json, const struct sp_output *output)
{
    sp_json_name(json, "rules");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < output->rules; i++) {
        const struct sp_rule_info *info = sp_rule_info((enum sp_rule)output->rule[i]);
        sp_json_open(json, '{');
        sp_json_pair(json, "name", info->name);
        sp_json_pair(json, "section", info->section);
        sp_json_pair(json, "ids", info->ids);
        sp_json_pair(json, "text", info->text);
        sp_json_close(json, '}');
    }
    sp_json_close(json, ']');
}

/* The answer to the user, and what it is told unasked. */
static void write_told(struct sp_json *json, const struct sp_output *output)
{
    sp_json_pair(json, "reply", sp_reply_text(output->reply));
    sp_json_count(json, "delivered", output->delivered);
    sp_json_name(json, "signals");
    sp_json_open(json, '[');
    for (uint32_t bit = 1; bit <= SP_SIGNAL_DELETED; bit <<= 1) {
        if ((output->signals & bit) != 0) {
            sp_json_string(json, sp_signal_text((enum sp_signal)bit));
        }
    }
    sp_json_close(json, ']');
}

/* Lines of a report as a list. */
static void write_lines(struct sp_json *json, const char *name, const char *text)
{
    sp_json_name(json, name);
    sp_json_open(json, '[');
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        sp_json_text(json, text, size);
        text += size + (text[size] == '\n');
    }
    sp_json_close(json, ']');
}

static void write_changes(struct sp_json *json, const struct sp_page_run *run)
{
    char text[4096];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    const struct sp_host *after = &run->world.host[run->step.host];
    sp_report_changes(&run->step.before.tcb, &after->tcb, &writer);
    write_lines(json, "changes", text);
}

static void write_violations(struct sp_json *json, const struct sp_page_run *run)
{
    sp_json_name(json, "violations");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        enum sp_property property = (enum sp_property)i;
        if ((run->findings.violated >> i & 1) == 0) {
            continue;
        }
        const struct sp_property_info *info = sp_property_info(property);
        struct sp_evidence evidence;
        char signature[128];
        sp_oracle_explain(&run->script.setup, &run->step, &run->world, property, &evidence);
        sp_signature(&run->step, &run->world, property, signature, sizeof signature);
        sp_json_open(json, '{');
        sp_json_pair(json, "id", info->id);
        sp_json_pair(json, "name", info->name);
        sp_json_pair(json, "section", info->section);
        sp_json_pair(json, "sentence", info->sentence);
        sp_json_pair(json, "claim", evidence.claim);
        sp_json_pair(json, "signature", signature);
        sp_json_close(json, '}');
    }
    sp_json_close(json, ']');
}

static void write_witnesses(struct sp_json *json, const struct sp_page_run *run)
{
    sp_json_name(json, "witnesses");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < SP_WITNESS_COUNT; i++) {
        if ((run->findings.witnessed >> i & 1) != 0) {
            sp_json_string(json, sp_witness_info((enum sp_witness)i)->sentence);
        }
    }
    sp_json_close(json, ']');
}

/* A number of the sequence space that `base` begins. */
static void write_place(struct sp_json *json, const char *name, sp_seq number, sp_seq base)
{
    sp_json_count(json, name, (int32_t)(number - base));
}

static void write_send_space(struct sp_json *json, const struct sp_tcb *t)
{
    if (t->state == SP_CLOSED || t->state == SP_LISTEN) {
        return;
    }
    sp_json_name(json, "send");
    sp_json_open(json, '{');
    sp_json_count(json, "iss", t->iss);
    write_place(json, "una", t->snd_una, t->iss);
    write_place(json, "nxt", t->snd_nxt, t->iss);
    write_place(json, "max", t->snd_max, t->iss);
    write_place(json, "end", t->snd_end, t->iss);
    sp_json_count(json, "wnd", t->snd_wnd);
    sp_json_flag(json, "fin", (t->flags & SP_TCB_CLOSE) != 0);
    sp_json_close(json, '}');
}

static void write_receive_space(struct sp_json *json, const struct sp_tcb *t)
{
    if (!knows_peer(t)) {
        return;
    }
    sp_json_name(json, "receive");
    sp_json_open(json, '{');
    sp_json_count(json, "irs", t->irs);
    write_place(json, "read", t->rcv_read, t->irs);
    write_place(json, "nxt", t->rcv_nxt, t->irs);
    write_place(json, "adv", t->rcv_adv, t->irs);
    if ((t->flags & SP_TCB_FIN_HELD) != 0) {
        write_place(json, "fin", t->rcv_fin, t->irs);
    }
    sp_json_name(json, "held");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < t->helds && i < SP_HELD_MAX; i++) {
        sp_json_open(json, '[');
        sp_json_number(json, (int32_t)(t->held[i].left - t->irs));
        sp_json_number(json, (int32_t)(t->held[i].right - t->irs));
        sp_json_close(json, ']');
    }
    sp_json_close(json, ']');
    sp_json_close(json, '}');
}

static void write_host(struct sp_json *json, const struct sp_host *host)
{
    char text[4096];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_report_fields(&host->tcb, &writer);
    const struct sp_life *life = sp_life(host);
    sp_json_open(json, '{');
    sp_json_pair(json, "state", sp_state_name((enum sp_state)host->tcb.state));
    sp_json_count(json, "lives", host->lives);
    sp_json_count(json, "written", life == NULL ? 0 : life->written);
    sp_json_count(json, "received", life == NULL ? 0 : life->received);
    sp_json_count(json, "delivered", life == NULL ? 0 : life->delivered);
    sp_json_count(json, "window", sp_rcv_wnd(&host->tcb));
    write_send_space(json, &host->tcb);
    write_receive_space(json, &host->tcb);
    write_lines(json, "fields", text);
    sp_json_close(json, '}');
}

static void write_packets(struct sp_json *json, const struct sp_world *world)
{
    sp_json_name(json, "packets");
    sp_json_open(json, '[');
    for (unsigned i = 0; i < world->channel.count; i++) {
        const struct sp_packet *packet = &world->channel.packet[i];
        char text[SP_PAGE_LABEL_MAX];
        sp_page_label(world, packet, text);
        sp_json_open(json, '{');
        sp_json_count(json, "serial", packet->serial);
        sp_json_count(json, "from", packet->from);
        sp_json_count(json, "life", packet->life);
        sp_json_flag(json, "old",
                     packet->life != 0 && packet->life < world->host[packet->from].lives);
        sp_json_pair(json, "text", text);
        sp_json_count(json, "seq", packet->segment.seq);
        sp_json_count(json, "ack", packet->segment.ack);
        sp_json_count(json, "flags", packet->segment.flags);
        sp_json_close(json, '}');
    }
    sp_json_close(json, ']');
}

/* The move is the script's next event, in so many words. */
static bool is_recorded(const struct sp_page_run *run, const char *line)
{
    if (run->moves_taken > 0 || run->recorded == run->script.count) {
        return false;
    }
    char next[512];
    sp_action_print(&run->script.action[run->recorded], next, sizeof next);
    return strcmp(next, line) == 0;
}

static void write_moves(struct sp_json *json, const struct sp_page_run *run)
{
    sp_json_name(json, "moves");
    sp_json_open(json, '[');
    for (uint32_t i = 0; i < run->moves; i++) {
        struct sp_action action;
        char line[512];
        char segment[SP_PAGE_LABEL_MAX] = "";
        sp_world_action(&run->script.setup, &run->world, run->move[i], &action);
        sp_action_print(&action, line, sizeof line);
        unsigned from = action.host;
        if (action.kind == SP_ACTION_DELIVER || action.kind == SP_ACTION_DUPLICATE ||
            action.kind == SP_ACTION_LOSE) {
            const struct sp_packet *packet = sp_world_packet(&run->world, run->move[i]);
            sp_page_label(&run->world, packet, segment);
            from = packet->from;
        }
        sp_json_open(json, '{');
        write_action(json, &action);
        sp_json_count(json, "host", from);
        sp_json_pair(json, "segment", segment);
        sp_json_flag(json, "recorded", is_recorded(run, line));
        sp_json_close(json, '}');
    }
    sp_json_close(json, ']');
}

/* FNV-1a of the codes of both hosts and of the network: equal worlds have equal digests. */
static void write_digest(struct sp_json *json, const struct sp_page_run *run)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (unsigned part = 0; part < SP_PART_COUNT; part++) {
        uint8_t code[SP_CODE_MAX];
        size_t size =
            sp_world_encode_part(&run->script.setup, &run->world, (enum sp_part)part, code);
        for (size_t i = 0; i < size; i++) {
            hash = (hash ^ code[i]) * 0x100000001b3;
        }
    }
    char text[17];
    for (unsigned i = 0; i < 16; i++) {
        text[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    }
    text[16] = '\0';
    sp_json_pair(json, "digest", text);
}

void sp_page_write_state(struct sp_json *json, const struct sp_page_run *run)
{
    const struct sp_world *world = &run->world;
    write_digest(json, run);
    if (run->begun && run->possible && run->step.acted) {
        write_rules(json, &run->step.output);
        write_told(json, &run->step.output);
        write_changes(json, run);
    }
    write_violations(json, run);
    write_witnesses(json, run);
    write_properties(json, "violated", run->violated);
    sp_json_count(json, "impossible", run->impossible);
    sp_json_name(json, "hosts");
    sp_json_open(json, '[');
    write_host(json, &world->host[SP_A]);
    write_host(json, &world->host[SP_B]);
    sp_json_close(json, ']');
    write_packets(json, world);
    sp_json_count(json, "now", world->now);
    sp_json_flag(json, "paired", sp_world_paired(world));
    write_moves(json, run);
    sp_json_flag(json, "truncated", sp_world_truncated(&run->script.setup, world));
    sp_json_flag(json, "owes", sp_world_owes(&run->script.setup, world));
}

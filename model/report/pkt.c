/*
 * A trace as a packetdrill script: one end as the system under test, the other end and the network
 * as what packetdrill injects.
 *
 * Sequence numbers are relative, as packetdrill has them: each side counts from the ISS of its
 * connection. There is no time in the model, so everything is "+0", but what a timer sends may come
 * at any time ("*"). What packetdrill cannot say is a comment: STATUS, a RECEIVE that waits, ticks,
 * crashes, errors of calls that sockets do not have. The invariant: every line is blank, a comment,
 * a system call or a packet, whatever the run is.
 */
#include "report/buffer.h"
#include "report/captions.h"
#include "report/exports.h"
#include "report/journey.h"

#include <inttypes.h>

struct pkt {
    const struct sp_writer *to;
    unsigned host;
    int next_fd; /* packetdrill's own numbers: the first is 3 */
    int fd;      /* of the connection; -1: none */
    int listener;
};

static void comment_event(const struct pkt *p, const struct sp_trace_step *step, size_t number)
{
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    sp_caption_event(&writer, step);
    sp_write(p->to, "\n// %zu. %s", number, text);
}

/* State before and after, and the rules, on lines of their own. */
static void comment_step(const struct pkt *p, const struct sp_trace_step *step)
{
    unsigned before = step->step.before.tcb.state;
    unsigned after = step->after.host[p->host].tcb.state;
    sp_write(p->to, "\n//    %s -> %s\n", sp_state_name((enum sp_state)before),
             sp_state_name((enum sp_state)after));
    for (unsigned i = 0; i < step->step.output.rules; i++) {
        const struct sp_rule_info *rule = sp_rule_info((enum sp_rule)step->step.output.rule[i]);
        sp_write(p->to, "//    %s [RFC %s] %s\n", rule->name, rule->section, rule->text);
    }
}

/* "S", "S.", "P.", "." or "-": letters first, the dot of ACK last. */
static void write_flags(const struct sp_writer *to, unsigned flags)
{
    static const struct {
        unsigned bit;
        char letter;
    } letters[] = {{SP_FIN, 'F'}, {SP_SYN, 'S'}, {SP_RST, 'R'}, {SP_PSH, 'P'},
                   {SP_URG, 'U'}, {SP_ECE, 'E'}, {SP_CWR, 'W'}, {SP_ACK, '.'}};
    for (unsigned i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if ((flags & letters[i].bit) != 0) {
            sp_write(to, "%c", letters[i].letter);
        }
    }
    if (flags == 0) {
        sp_write(to, "-");
    }
}

static void write_sack(const struct sp_writer *to, const struct sp_segment *s, sp_seq base)
{
    sp_write(to, "sack");
    for (unsigned i = 0; i < s->sacks && i < SP_SACK_MAX; i++) {
        sp_write(to, " %" PRIu32 ":%" PRIu32, s->sack[i].left - base, s->sack[i].right - base);
    }
}

/* In the order of the wire; "eol" fills up the last four octets, as sp_encode does. */
static void write_options(const struct sp_writer *to, const struct sp_segment *s, sp_seq ack_base)
{
    const char *comma = "";
    unsigned size = 0;
    if (s->options == 0) {
        return;
    }
    sp_write(to, " <");
    if ((s->options & SP_OPT_MSS) != 0) {
        sp_write(to, "mss %u", s->mss);
        comma = ",";
        size += 4;
    }
    if ((s->options & SP_OPT_SCALE) != 0) {
        sp_write(to, "%swscale %u", comma, s->scale);
        comma = ",";
        size += 3;
    }
    if ((s->options & SP_OPT_SACK_PERMITTED) != 0) {
        sp_write(to, "%ssackOK", comma);
        comma = ",";
        size += 2;
    }
    if ((s->options & SP_OPT_SACK) != 0) {
        sp_write(to, "%s", comma);
        write_sack(to, s, ack_base);
        comma = ",";
        size += 2 + 8U * s->sacks;
    }
    if ((s->options & SP_OPT_TIMESTAMPS) != 0) {
        sp_write(to, "%sTS val %" PRIu32 " ecr %" PRIu32, comma, s->ts_val, s->ts_ecr);
        size += 10;
    }
    for (; size % 4 != 0; size++) {
        sp_write(to, ",eol");
    }
    sp_write(to, ">");
}

static void write_packet(const struct pkt *p, const char *when, char direction,
                         const struct sp_segment *s, struct sp_bases bases)
{
    uint32_t seq = s->seq - bases.seq;
    sp_write(p->to, "%s %c ", when, direction);
    write_flags(p->to, s->flags);
    sp_write(p->to, " %" PRIu32 ":%" PRIu32 "(%u)", seq, seq + s->len, s->len);
    if (sp_has(s, SP_ACK)) {
        sp_write(p->to, " ack %" PRIu32, s->ack - bases.ack);
    }
    sp_write(p->to, " win %u", s->wnd);
    if (sp_has(s, SP_URG)) {
        sp_write(p->to, " urg %u", s->urgent);
    }
    write_options(p->to, s, bases.ack);
    sp_write(p->to, "\n");
}

static void new_socket(struct pkt *p)
{
    p->fd = p->next_fd++;
    p->listener = -1;
    sp_write(p->to, "+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = %d\n", p->fd);
}

static void write_open(struct pkt *p, bool passive)
{
    new_socket(p);
    if (!passive) {
        sp_write(p->to,
                 "+0 fcntl(%d, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n"
                 "+0 connect(%d, ..., ...) = -1 EINPROGRESS (Operation now in progress)\n",
                 p->fd, p->fd);
        return;
    }
    p->listener = p->fd;
    sp_write(p->to,
             "+0 setsockopt(%d, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0\n"
             "+0 bind(%d, ..., ...) = 0\n"
             "+0 listen(%d, 1) = 0\n",
             p->fd, p->fd, p->fd);
}

static void write_send(const struct pkt *p, const struct sp_action *action)
{
    if (action->urgent) {
        sp_write(p->to, "+0 send(%d, ..., %" PRIu32 ", MSG_OOB) = %" PRIu32 "\n", p->fd,
                 action->count, action->count);
    } else {
        sp_write(p->to, "+0 write(%d, ..., %" PRIu32 ") = %" PRIu32 "\n", p->fd, action->count,
                 action->count);
    }
}

/* A connection that is shut down may still be read; one that is closed may not. */
static void write_close(struct pkt *p, const struct sp_trace_step *step)
{
    enum sp_state before = (enum sp_state)step->step.before.tcb.state;
    bool gone = before == SP_LISTEN || before == SP_SYN_SENT ||
                step->after.host[p->host].tcb.state == SP_CLOSED;
    if (gone) {
        sp_write(p->to, "+0 close(%d) = 0\n", p->fd);
        p->fd = -1;
    } else {
        sp_write(p->to, "+0 shutdown(%d, SHUT_WR) = 0\n", p->fd);
    }
}

static void write_abort(struct pkt *p)
{
    sp_write(p->to,
             "+0 setsockopt(%d, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0\n"
             "+0 close(%d) = 0\n",
             p->fd, p->fd);
    p->fd = -1;
}

/* A call that TCP refuses changes nothing, and is a comment. An OPEN or a SEND that turns LISTEN
 * into SYN-SENT has no socket call: a new socket does the same. */
static void write_call(struct pkt *p, const struct sp_trace_step *step)
{
    const struct sp_action *action = &step->step.action;
    enum sp_reply reply = step->step.output.reply;
    if (reply != SP_REPLY_NONE && reply != SP_REPLY_OK && reply != SP_REPLY_QUEUED) {
        return;
    }
    bool opens = action->event == SP_EVENT_OPEN_ACTIVE || action->event == SP_EVENT_OPEN_PASSIVE;
    if (!opens && step->step.before.tcb.state == SP_LISTEN && action->event == SP_EVENT_SEND) {
        write_open(p, false);
    }
    if (opens) {
        write_open(p, action->event == SP_EVENT_OPEN_PASSIVE);
    } else if (p->fd < 0) {
        sp_write(p->to, "// there is no socket for it\n");
    } else if (action->event == SP_EVENT_SEND && p->fd == p->listener) {
        sp_write(p->to, "// a socket that listens cannot write\n");
    } else if (action->event == SP_EVENT_SEND) {
        write_send(p, action);
    } else if (action->event == SP_EVENT_CLOSE) {
        write_close(p, step);
    } else if (action->event == SP_EVENT_ABORT) {
        write_abort(p);
    } else if (action->event == SP_EVENT_STATUS) {
        sp_write(p->to, "// STATUS has no socket call\n");
    } else if (step->step.output.delivered == 0) {
        sp_write(p->to, "// the RECEIVE waits\n");
    }
}

/* A passive connection has its own socket from the moment that it is open. */
static void accept_connection(struct pkt *p, const struct sp_trace_step *step)
{
    if (p->listener >= 0 && (step->step.output.signals & SP_SIGNAL_OPENED) != 0) {
        p->fd = p->next_fd++;
        sp_write(p->to, "+0 accept(%d, ..., ...) = %d\n", p->listener, p->fd);
        p->listener = -1;
    }
}

static void write_notices(struct pkt *p, const struct sp_trace_step *step)
{
    const struct sp_output *output = &step->step.output;
    char text[SP_CAPTION_MAX];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, sizeof text);
    if (sp_caption_notices(&writer, step)) {
        sp_write(p->to, "// %s\n", text);
    }
    accept_connection(p, step);
    if (p->fd < 0) {
        return;
    }
    if (output->delivered > 0) {
        sp_write(p->to, "+0 read(%d, ..., %" PRIu32 ") = %" PRIu32 "\n", p->fd, output->delivered,
                 output->delivered);
    }
    if ((output->signals & SP_SIGNAL_CLOSING) != 0) {
        sp_write(p->to, "+0 read(%d, ..., 1) = 0\n", p->fd);
    }
    if ((output->signals & SP_SIGNAL_RESET) != 0) {
        sp_write(p->to, "+0 read(%d, ..., 1) = -1 ECONNRESET (Connection reset by peer)\n", p->fd);
    }
    if ((output->signals & SP_SIGNAL_REFUSED) != 0) {
        sp_write(p->to, "+0 read(%d, ..., 1) = -1 ECONNREFUSED (Connection refused)\n", p->fd);
    }
    if ((output->signals & SP_SIGNAL_TIMED_OUT) != 0) {
        sp_write(p->to, "+0 read(%d, ..., 1) = -1 ETIMEDOUT (Connection timed out)\n", p->fd);
    }
}

/* In a capture, what was really sent stands for what the model sends. */
static const struct sp_segment *really_sent(const struct sp_trace *trace, struct sp_sent sent)
{
    struct sp_journey journey = sp_journey_of(trace, sent);
    return journey.replaced != 0 ? &trace->step[journey.replaced - 1].step.event.segment
                                 : &trace->step[sent.index].step.output.segment[sent.at];
}

static void write_output(const struct pkt *p, const struct sp_trace *trace, size_t index)
{
    const struct sp_trace_step *step = &trace->step[index];
    const char *when = step->step.action.kind == SP_ACTION_TIMER ? "*" : "+0";
    for (unsigned i = 0; i < step->step.output.sent; i++) {
        const struct sp_segment *s = really_sent(trace, (struct sp_sent){.index = index, .at = i});
        write_packet(p, when, '>', s, sp_sent_bases(step, s));
    }
}

/* Where the segment that arrives counts from: the ISS of its sender, as the receiver sees it. */
static void write_arrival(const struct pkt *p, const struct sp_trace_step *step, size_t number)
{
    bool forged = step->step.action.kind == SP_ACTION_INJECT && step->step.action.serial == 0;
    sp_write(p->to, "\n// %zu. %s", number,
             forged                                          ? "a segment from the network arrives"
             : step->step.action.kind == SP_ACTION_DUPLICATE ? "a segment arrives, a copy stays"
                                                             : "a segment arrives");
    comment_step(p, step);
    write_packet(p, "+0", '<', &step->step.event.segment, sp_network_bases(step, p->host));
}

static void write_step(struct pkt *p, const struct sp_trace *trace, size_t index)
{
    const struct sp_trace_step *step = &trace->step[index];
    size_t number = index + 1;
    switch ((enum sp_action_kind)step->step.action.kind) {
    case SP_ACTION_DELIVER:
    case SP_ACTION_DUPLICATE:
    case SP_ACTION_INJECT:
        write_arrival(p, step, number);
        break;
    case SP_ACTION_CALL:
        comment_event(p, step, number);
        comment_step(p, step);
        write_call(p, step);
        break;
    case SP_ACTION_TIMER:
        comment_event(p, step, number);
        comment_step(p, step);
        break;
    case SP_ACTION_LOSE:
    case SP_ACTION_TICK:
    case SP_ACTION_VANISH:
    case SP_ACTION_CRASH:
    case SP_ACTION_COUNT:
        break;
    }
    write_output(p, trace, index);
    write_notices(p, step);
}

/* Ticks and crashes act on no TCB; what the host sends and the network loses it cannot know. */
static void write_other(struct pkt *p, const struct sp_trace_step *step, size_t number)
{
    const struct sp_action *action = &step->step.action;
    bool crash = action->kind == SP_ACTION_CRASH && action->host == p->host;
    if (step->possible && (crash || action->kind == SP_ACTION_TICK)) {
        comment_event(p, step, number);
        sp_write(p->to, "\n");
    }
    p->fd = step->possible && crash ? -1 : p->fd;
    p->listener = step->possible && crash ? -1 : p->listener;
}

void sp_report_pkt(const struct sp_trace *trace, unsigned host, const struct sp_writer *writer)
{
    struct pkt p = {.to = writer, .host = host, .next_fd = 3, .fd = -1, .listener = -1};
    sp_write(writer, "// %c of a run of synproof: %zu events, those of %c are here.\n", "AB"[host],
             trace -> count, "AB"[host]);
    for (size_t i = 0; i < trace->count; i++) {
        const struct sp_trace_step *step = &trace->step[i];
        if (step->possible && step->step.acted && step->step.host == host) {
            write_step(&p, trace, i);
        } else {
            write_other(&p, step, i + 1);
        }
        if (step->findings.violated != 0) {
            char text[SP_VIOLATIONS_MAX];
            struct sp_buffer buffer;
            struct sp_writer to = sp_buffer_open(&buffer, text, sizeof text);
            sp_caption_violations(&to, step->findings.violated);
            sp_write(writer, "// event %zu violates ", i + 1);
            writer->write(writer->to, text, buffer.size);
            sp_write(writer, "\n");
        }
    }
}

/*
 * The diagram of states as DOT, for Graphviz.
 *
 * Labels are those of RFC 9293 Figure 5 (what comes, what is sent), with the names of the rules.
 * Nothing is decided here but what is solid and what is grey. The invariant: a solid line is a line
 * of Figure 5, by the rule that the table below has for it.
 */
#include "cli/diagram.h"
#include "report/buffer.h"

#include <string.h>

/* Room for one line of a label. */
#define LINE_MAX 256

/* Between a line and its label. */
#define GAP "&#160;&#160;"

/* Figure 5, its note 1 (SYN-RECEIVED back to LISTEN) included. */
static const struct {
    uint8_t from, to;
    uint16_t rule;
} figure_5[] = {
    {SP_CLOSED, SP_LISTEN, SP_RULE_OPEN_PASSIVE},
    {SP_CLOSED, SP_SYN_SENT, SP_RULE_OPEN_ACTIVE},
    {SP_LISTEN, SP_CLOSED, SP_RULE_CLOSE_LISTEN},
    {SP_LISTEN, SP_SYN_SENT, SP_RULE_SEND_FROM_LISTEN},
    {SP_LISTEN, SP_SYN_RECEIVED, SP_RULE_LISTEN_SYN},
    {SP_SYN_SENT, SP_CLOSED, SP_RULE_CLOSE_SYN_SENT},
    {SP_SYN_SENT, SP_SYN_RECEIVED, SP_RULE_SYN_SENT_SYN},
    {SP_SYN_SENT, SP_ESTABLISHED, SP_RULE_SYN_SENT_SYN_ACK},
    {SP_SYN_RECEIVED, SP_LISTEN, SP_RULE_RST_TO_LISTEN},
    {SP_SYN_RECEIVED, SP_ESTABLISHED, SP_RULE_SYN_RECEIVED_ACK},
    {SP_SYN_RECEIVED, SP_FIN_WAIT_1, SP_RULE_CLOSE_SYN_RECEIVED},
    {SP_ESTABLISHED, SP_FIN_WAIT_1, SP_RULE_CLOSE_ESTABLISHED},
    {SP_ESTABLISHED, SP_CLOSE_WAIT, SP_RULE_FIN_ESTABLISHED},
    {SP_FIN_WAIT_1, SP_FIN_WAIT_2, SP_RULE_FIN_WAIT_1_FIN_ACKED},
    {SP_FIN_WAIT_1, SP_CLOSING, SP_RULE_FIN_FIN_WAIT_1},
    {SP_FIN_WAIT_2, SP_TIME_WAIT, SP_RULE_FIN_FIN_WAIT_2},
    {SP_CLOSE_WAIT, SP_LAST_ACK, SP_RULE_CLOSE_CLOSE_WAIT},
    {SP_CLOSE_WAIT, SP_LAST_ACK, SP_RULE_SEND_FIN}, /* the same, when that CLOSE had to wait */
    {SP_CLOSING, SP_TIME_WAIT, SP_RULE_CLOSING_FIN_ACKED},
    {SP_LAST_ACK, SP_CLOSED, SP_RULE_LAST_ACK_FIN_ACKED},
    {SP_TIME_WAIT, SP_CLOSED, SP_RULE_TIME_WAIT_EXPIRES},
};

static bool in_figure_5(const struct sp_change *change)
{
    for (size_t i = 0; i < sizeof figure_5 / sizeof figure_5[0]; i++) {
        if (figure_5[i].from == change->from && figure_5[i].to == change->to &&
            change->rules == 1 && figure_5[i].rule == change->rule[0]) {
            return true;
        }
    }
    return false;
}

/* The node of a state: CLOSED below, when a connection ends there. */
static const char *node_of(uint8_t state, bool end)
{
    return end && state == SP_CLOSED ? "ENDED" : sp_state_word((enum sp_state)state);
}

static void put_bits(const struct sp_writer *out, uint8_t bits)
{
    static const struct {
        uint8_t bit;
        const char *name;
    } names[] = {{SP_SYN, "SYN"}, {SP_FIN, "FIN"}, {SP_RST, "RST"}, {SP_ACK, "ACK"}};
    const char *comma = "";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((bits & names[i].bit) != 0) {
            sp_write(out, "%s%s", comma, names[i].name);
            comma = ",";
        }
    }
}

/* "rcv SYN", "CLOSE"; in brackets bits that only some such segments have. */
static void put_events(const struct sp_writer *out, const struct sp_change *change)
{
    const char * or = "";
    for (unsigned i = 0; i < SP_EVENT_COUNT; i++) {
        if ((change->events >> i & 1) == 0) {
            continue;
        }
        if (i == SP_EVENT_SEGMENT) {
            sp_write(out, "%srcv ", or);
            put_bits(out, change->bits);
            if (change->some != change->bits) {
                sp_write(out, " (");
                put_bits(out, change->some & (uint8_t)~change->bits);
                sp_write(out, ")");
            }
        } else {
            sp_write(out, "%s%s", or, sp_event_name((enum sp_event_kind)i));
        }
        or = " or ";
    }
}

/* "snd SYN,ACK"; in brackets when not all such steps send something. Returns whether any does. */
static bool put_sent(const struct sp_writer *out, const struct sp_change *change)
{
    const unsigned sent = change->always != 0 ? change->always : change->perhaps;
    const char * or = change->silent ? "(snd " : "snd ";
    for (unsigned set = 0; set < SP_REACTION_SETS; set++) {
        if ((sent >> set & 1) != 0) {
            sp_write(out, "%s", or);
            put_bits(out, sp_reaction_bits(set));
            or = " or ";
        }
    }
    sp_write(out, "%s", sent != 0 && change->silent ? ")" : "");
    return sent != 0;
}

static void put_rules(const struct sp_writer *out, const struct sp_change *change)
{
    for (unsigned i = 0; i < change->rules; i++) {
        sp_write(out, "%s%s", i == 0 ? "" : " + ",
                 sp_rule_info((enum sp_rule)change->rule[i])->name);
    }
}

static void put_solid(const struct sp_writer *out, const struct sp_change *change)
{
    sp_write(out, "    %s -> %s [label=<" GAP, node_of(change->from, false),
             node_of(change->to, true));
    put_events(out, change);
    sp_write(out, GAP "<br/>" GAP);
    if (put_sent(out, change)) {
        sp_write(out, GAP "<br/>" GAP);
    }
    sp_write(out, "<font point-size=\"8\" color=\"#4a6785\">");
    put_rules(out, change);
    sp_write(out, "</font>" GAP ">];\n");
}

/* All that Figure 5 leaves out between two states is one grey line. */
static void put_grey(const struct sp_diagram *diagram, const struct sp_writer *out, uint8_t from,
                     uint8_t to)
{
    bool begun = false;
    for (size_t i = 0; i < diagram->count; i++) {
        const struct sp_change *change = &diagram->change[i];
        if (change->from != from || change->to != to || in_figure_5(change)) {
            continue;
        }
        if (!begun) {
            sp_write(out,
                     "    %s -> %s [class=other style=dashed color=\"#a8a8a8\" label=<"
                     "<font point-size=\"8\" color=\"#707070\">",
                     node_of(from, false), node_of(to, true));
        }
        sp_write(out, "%s" GAP, begun ? "<br align=\"left\"/>" : "");
        put_events(out, change);
        if (change->perhaps != 0) {
            sp_write(out, " / ");
            put_sent(out, change);
        }
        sp_write(out, ": ");
        put_rules(out, change);
        begun = true;
    }
    if (begun) {
        sp_write(out, "<br align=\"left\"/></font>>];\n");
    }
}

static void put_nodes(const struct sp_writer *out)
{
    for (unsigned i = 0; i < SP_STATE_COUNT; i++) {
        sp_write(out, "    %s [label=\"%s\"];\n", sp_state_word((enum sp_state)i),
                 sp_state_name((enum sp_state)i));
    }
    sp_write(out, "    ENDED [label=\"CLOSED\"];\n");
}

void sp_diagram_write(const struct sp_diagram *diagram, const struct sp_writer *out)
{
    sp_write(
        out,
        "// The states of TCP and the rules that lead from one to another: synproof diagram.\n"
        "digraph states {\n"
        "    graph [fontname=\"Helvetica\" fontsize=10 nodesep=0.5 ranksep=0.6 labelloc=b "
        "label=\"Solid: RFC 9293 Figure 5. Dashed: what it leaves out: resets, aborts, timeouts, "
        "two changes in one step. In brackets: not always.\"];\n"
        "    node [fontname=\"Helvetica\" fontsize=13 shape=box style=\"rounded,filled\" "
        "fillcolor=\"#eef3f8\" color=\"#34506b\" margin=\"0.2,0.08\"];\n"
        "    edge [fontname=\"Helvetica\" fontsize=10 color=\"#34506b\"];\n\n");
    put_nodes(out);
    sp_write(out, "\n");
    for (size_t i = 0; i < diagram->count; i++) {
        if (in_figure_5(&diagram->change[i])) {
            put_solid(out, &diagram->change[i]);
        }
    }
    sp_write(out, "\n");
    for (uint8_t from = 0; from < SP_STATE_COUNT; from++) {
        for (uint8_t to = 0; to < SP_STATE_COUNT; to++) {
            put_grey(diagram, out, from, to);
        }
    }
    sp_write(out, "}\n");
}

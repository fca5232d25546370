/* clang-format off */
/*
 * The script: one path through a world, as text (.sps) and as bytes.
 *
 * Text, one item a line, "#" starts a comment:
 *
 *     synproof script 1             version, first line
 *     set flight = 3                settings as in a bounds file, sp_setup_apply; policy too
 *     expect PASS                   or: expect S5 (the property the run must violate); optional
 *
 *     A open active                 calls: open passive|active, send N [urgent], receive N, close,
 *     A open active iss=100         abort, status; iss=N also after send, which may open too
 *     B timer retransmission        user, time-wait, persist, delayed-ack, keep-alive
 *     A crash                       its TCB is gone without a word
 *     deliver 1                     the first segment that this run sent
 *     duplicate 2                   delivered, and a copy stays
 *     lose 3
 *     tick
 *     B inject SYN,ACK seq=rcv.nxt+0 ack=snd.nxt wnd=4 len=1 text=0 urgent=1 mss=536 scale=2
 *              sack-ok ts=7/3 sack=10-20,30-40 iss=7 now=9 for=3       (all on one line)
 *     A vanish ACK seq=100 ack=200  as inject, without iss and now
 *
 * Control bits are SYN FIN RST PSH ACK URG ECE CWR with commas between, or none. seq and ack are
 * 17, iss+1, snd.una-1, irs+0: numbers, or offsets from a variable (enum sp_anchor). What is not
 * given is 0; ack, urgent need their control bits. Serials begin at 1; 0 names no segment. for=3:
 * what was really sent in the place of segment 3, which leaves the network.
 *
 * Both forms hold the same: text -> script -> text and bytes -> script -> bytes -> script are
 * identities, the first for text in canonical layout. Every byte string is a script (total), so a
 * mutated one never is refused.
 */
/* clang-format on */
#ifndef SP_EVENT_SCRIPT_H
#define SP_EVENT_SCRIPT_H

#include "event/action.h"
#include "setup/bounds.h"

/* What a script expects of its replay. */
enum sp_expectation { SP_EXPECT_NOTHING, SP_EXPECT_PASS, SP_EXPECT_VIOLATION };

struct sp_script {
    struct sp_setup setup;
    uint8_t expect;           /* enum sp_expectation */
    char expected[16];        /* property id, with SP_EXPECT_VIOLATION; 0-terminated */
    struct sp_action *action; /* the caller's array */
    size_t count;             /* actions in it */
    size_t capacity;          /* room in it */
};

/*
 * Reads the text form. script->action and capacity are the caller's; everything else is written.
 * False: *complaint has the line, the value and what would be valid; the script is unspecified.
 */
bool sp_script_parse(struct sp_script *script, const char *text, size_t size,
                     struct sp_complaint *complaint);

/* Writes the text form, 0-terminated, in the canonical layout that sp_script_parse reads back to
 * the same script. Returns the size it needs without the 0; the text is complete iff that is below
 * capacity. sp_action_print writes one action's line without line end, in the same manner. */
size_t sp_script_print(const struct sp_script *script, char *text, size_t capacity);
size_t sp_action_print(const struct sp_action *action, char *text, size_t capacity);

/* Reads one line of the text form's body. The line has no line end. */
bool sp_action_parse(struct sp_action *action, const char *line, size_t size,
                     struct sp_complaint *complaint);

/* Reads the byte form: total. Actions beyond capacity are ignored. */
void sp_script_decode(struct sp_script *script, const uint8_t *bytes, size_t size);

/* Writes the byte form; returns the size it needs, complete iff that is at most capacity. */
size_t sp_script_encode(const struct sp_script *script, uint8_t *bytes, size_t capacity);

#endif

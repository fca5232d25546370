/* SEGMENT ARRIVES in CLOSED (RFC 9293 3.10.7.1): there is no TCB; everything but a RST draws one.
 */
#include "machine/turn.h"

void sp_on_segment_closed(struct sp_turn *turn)
{
    if (sp_has(&turn->event->segment, SP_RST)) {
        sp_fire(turn, SP_RULE_CLOSED_RST);
        return;
    }
    sp_fire(turn, SP_RULE_CLOSED_RESET);
    sp_emit_reset(turn);
}

/*
 * Following a segment through a trace by its number.
 *
 * A number names one segment until 65535 more were sent; the latest counts. The invariant: the
 * search ends where the segment leaves the network, so that all journeys of a trace cost little
 * more than one pass over it.
 */
#include "report/journey.h"

bool sp_journey_origin(const struct sp_trace *trace, size_t before, uint16_t serial,
                       struct sp_sent *sent)
{
    for (size_t i = before; i > 0; i--) {
        const struct sp_step *step = &trace->step[i - 1].step;
        for (unsigned j = 0; step->acted && j < step->output.sent; j++) {
            if (step->serial[j] == serial) {
                *sent = (struct sp_sent){.index = i - 1, .at = j};
                return true;
            }
        }
    }
    return false;
}

static void arrive(struct sp_journey *journey, size_t number)
{
    journey->again = journey->arrivals > 0 ? number : 0;
    journey->arrived = journey->arrivals > 0 ? journey->arrived : number;
    journey->arrivals++;
}

/* True: with this action the segment left the network. */
static bool leaves(struct sp_journey *journey, const struct sp_action *action, size_t number)
{
    switch ((enum sp_action_kind)action->kind) {
    case SP_ACTION_DUPLICATE:
        arrive(journey, number);
        return false;
    case SP_ACTION_DELIVER:
        arrive(journey, number);
        return true;
    case SP_ACTION_LOSE:
        journey->lost = number;
        return true;
    case SP_ACTION_INJECT:
    case SP_ACTION_VANISH:
        journey->replaced = number;
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

struct sp_journey sp_journey_of(const struct sp_trace *trace, struct sp_sent sent)
{
    struct sp_journey journey = {0};
    const struct sp_step *sending = &trace->step[sent.index].step;
    uint16_t serial = sending->serial[sent.at];
    if ((sending->overflow >> sent.at & 1) != 0) {
        journey.overflow = true;
        return journey;
    }
    for (size_t i = sent.index + 1; i < trace->count; i++) {
        const struct sp_trace_step *step = &trace->step[i];
        if (step->possible && step->step.action.serial == serial &&
            leaves(&journey, &step->step.action, i + 1)) {
            break;
        }
    }
    return journey;
}

bool sp_journey_replaces(const struct sp_trace *trace, size_t index)
{
    uint16_t serial = trace->step[index].step.action.serial;
    const struct sp_world *before = index == 0 ? &trace->start : &trace->step[index - 1].after;
    for (unsigned i = 0; serial != 0 && i < before->channel.count; i++) {
        if (before->channel.packet[i].serial == serial) {
            return true;
        }
    }
    return false;
}

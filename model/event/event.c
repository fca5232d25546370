/*
 * Names of the events, as RFC 9293 3.10 heads its sections.
 *
 * For reports; scripts have their own words (script_words.h). Every event has a row.
 */
#include "event/event.h"

const char *sp_event_name(enum sp_event_kind kind)
{
    switch (kind) {
    case SP_EVENT_OPEN_PASSIVE:
        return "OPEN passive";
    case SP_EVENT_OPEN_ACTIVE:
        return "OPEN active";
    case SP_EVENT_SEND:
        return "SEND";
    case SP_EVENT_RECEIVE:
        return "RECEIVE";
    case SP_EVENT_CLOSE:
        return "CLOSE";
    case SP_EVENT_ABORT:
        return "ABORT";
    case SP_EVENT_STATUS:
        return "STATUS";
    case SP_EVENT_SEGMENT:
        return "SEGMENT ARRIVES";
    case SP_EVENT_USER_TIMEOUT:
        return "USER TIMEOUT";
    case SP_EVENT_RETRANSMISSION:
        return "RETRANSMISSION TIMEOUT";
    case SP_EVENT_TIME_WAIT:
        return "TIME-WAIT TIMEOUT";
    case SP_EVENT_PERSIST:
        return "PERSIST TIMEOUT";
    case SP_EVENT_DELAYED_ACK:
        return "DELAYED-ACK TIMEOUT";
    case SP_EVENT_KEEP_ALIVE:
        return "KEEP-ALIVE TIMEOUT";
    case SP_EVENT_COUNT:
        break;
    }
    return "no event";
}

/*
 * What follow.c (packets as actions), stand.c (which of the model's segments they stand for) and
 * infer.c (calls and timers behind them) share: the model's world at this point of the capture, and
 * what is known of the real ends.
 */
#ifndef SP_CAPTURE_FOLLOW_H
#define SP_CAPTURE_FOLLOW_H

#include "capture/private.h"

/* How far ahead an answer is looked for: farther than any timer of the first retries lets other
 * packets get ahead, and near enough for long captures. */
#define SP_FOLLOW_AHEAD 512

/* The real end, as its packets show it. */
struct sp_follow_end {
    bool known;     /* it has chosen an initial sequence number in this incarnation: */
    sp_seq iss;     /* this one */
    sp_seq max;     /* one past the highest sequence number it has sent, once known */
    uint32_t clock; /* its latest timestamp; 0: none yet */
    uint8_t scale;  /* shift of the windows it sends, but for those of SYNs */
};

struct sp_follower {
    struct sp_capture *capture;
    const struct sp_passages *passages;
    size_t at; /* passage being followed */
    struct sp_world world;
    struct sp_follow_end end[2];
    uint16_t *stands_for;          /* of each passage with sent: the model's segment, or 0 */
    uint8_t taken[UINT16_MAX + 1]; /* of each such segment: 1, until it has left the network */
    size_t packet_capacity;
    bool stop; /* the script ends here */
    bool out_of_memory;
};

/* follow.c */
struct sp_tcb *sp_follow_tcb(struct sp_follower *f, unsigned host);
void sp_follow_call(struct sp_follower *f, unsigned host, enum sp_event_kind event, uint32_t count,
                    bool urgent);
void sp_follow_open(struct sp_follower *f, unsigned host, sp_seq iss);
void sp_follow_timer(struct sp_follower *f, unsigned host, enum sp_event_kind event);
void sp_follow_inject(struct sp_follower *f, unsigned host, const struct sp_segment *segment,
                      bool has_iss, sp_seq iss);

/* Appends the action to the script and takes it in the world. */
void sp_follow_act(struct sp_follower *f, const struct sp_action *action);

/* False, and the script ends, when the host has begun all incarnations that a world can hold. */
bool sp_follow_may_begin(struct sp_follower *f, unsigned host);

/* The first segment with all of `flags` and ACK that `host` sends from here on and that
 * acknowledges exactly this SYN; NULL: none. */
const struct sp_segment *sp_follow_answer(const struct sp_follower *f, unsigned host,
                                          const struct sp_segment *syn, unsigned flags);

/* stand.c */

/* Finds what the real segment, just sent, stands for, and takes out of the network what the real
 * end did not send. */
void sp_follow_take(struct sp_follower *f, const struct sp_passage *p);

/* The model's segment leaves the network: no real one stands for it. */
void sp_follow_lose(struct sp_follower *f, uint16_t serial);

/* Segments of this host in the model's network that no real one stands for yet: number `index`, in
 * the order they were sent; NULL past the last. */
const struct sp_packet *sp_follow_own(const struct sp_follower *f, unsigned host, unsigned index);

/* infer.c */

/* What must have happened at the sender for it to send this packet. */
void sp_follow_sent(struct sp_follower *f, const struct sp_passage *p);

/* The host has chosen this initial sequence number. */
void sp_follow_begin(struct sp_follower *f, unsigned host, sp_seq iss);

/* Whatever connection the host still has in the model must be over: it begins a new one. */
void sp_follow_end_old(struct sp_follower *f, unsigned host);

/* A handshake that came before the capture, as far as its first packet tells. */
void sp_follow_suppose(struct sp_follower *f);

#endif

/*
 * What the files of model/net share. Nothing outside includes it.
 *
 * A host is named by its index, 0 for A and 1 for B. The other one is `!host`.
 */
#ifndef SP_NET_PRIVATE_H
#define SP_NET_PRIVATE_H

#include "net/world.h"

/* channel.c: the bag of packets in flight. */

/* A total order of packets by everything but the serial: negative, zero, positive. */
int sp_packet_compare(const struct sp_packet *a, const struct sp_packet *b);

/* Adds a packet where the order wants it. False: the network is full, and it is lost. */
bool sp_channel_put(const struct sp_setup *setup, struct sp_channel *channel,
                    const struct sp_packet *packet);

void sp_channel_take(struct sp_channel *channel, unsigned index);

/* Packet `index` may arrive or be lost next, and no equal packet before it stands for it. */
bool sp_channel_offers(const struct sp_setup *setup, const struct sp_channel *channel,
                       unsigned index);

/* A segment that an incarnation of `host` sent, or a reset that may answer one, is in flight. */
bool sp_own_in_flight(const struct sp_world *world, unsigned host);

/* What this incarnation of `host` sent belongs to none, and stands where the order wants it. */
void sp_channel_disown(const struct sp_setup *setup, struct sp_channel *channel, unsigned host,
                       unsigned life);

/* The same network with A and B exchanged, in the order that goes with it. */
void sp_channel_mirror(const struct sp_setup *setup, const struct sp_channel *channel,
                       struct sp_channel *mirror);

/* actions.c: initial sequence numbers. */

/* The number that the setup chooses for the incarnation that an event at `host` may begin. */
sp_seq sp_chosen_iss(const struct sp_setup *setup, const struct sp_world *world, unsigned host);

/* ghosts.c: what really happened in a step, written into the lives of the host that acted. */
void sp_ghosts_update(const struct sp_setup *setup, struct sp_world *world,
                      const struct sp_step *step);

/* The host crashes: the incarnation that had a TCB ends. */
void sp_ghosts_crash(struct sp_host *host);

#endif

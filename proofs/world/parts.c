/*
 * Numbers for the parts of a world, what stands beside each, and states made of them.
 *
 * A part is known by its code (net/world.h). Beside a host stand the moves it offers and, beside a
 * network, those that it does: all that expanding needs, so that no world is decoded for it.
 * Invariant: with symmetry the state of a world and that of its mirror image are the same number.
 */
#include "world/private.h"

#include <string.h>

#define CLOCK_FORGED_BITS 3

/* What hosts and oracle see of the network beside a segment: the clock, and whether anyone forged.
 */
static uint8_t clock_of(const struct sp_world *world)
{
    return (uint8_t)((world->now - 1) << CLOCK_FORGED_BITS | world->forged);
}

/* An event at a host that is a call or a timer is known by its move, one that is a segment by the
 * network that holds nothing else. */
static bool number_move(struct sp_tcp *tcp, sp_move move, uint32_t *number)
{
    *number = sp_intern(&tcp->event, (const uint8_t *)&move, sizeof move, NULL, NULL);
    return *number != SP_INTERN_NONE;
}

static bool number_packet(struct sp_tcp *tcp, const struct sp_packet *packet, uint32_t *number)
{
    uint8_t code[1 + SP_CODE_MAX];
    struct sp_world world = {.now = 1, .channel = {.count = 1, .packet = {*packet}}};
    size_t size = sp_world_encode_part(tcp->setup, &world, SP_PART_NETWORK, code + 1);
    code[0] = 'p'; /* no move is so long */
    *number = sp_intern(&tcp->event, code, size + 1, NULL, NULL);
    return *number != SP_INTERN_NONE;
}

typedef uint32_t offers(const struct sp_setup *setup, const struct sp_world *world, unsigned host,
                        sp_move *moves);

static bool fill_side(struct sp_tcp *tcp, const struct sp_world *world, unsigned host,
                      struct side *side)
{
    static offers *const group[GROUPS] = {sp_host_calls, sp_host_timers, sp_host_crashes,
                                          sp_host_forgeries};
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = 0;
    for (unsigned g = 0; g < GROUPS; g++) {
        count += group[g](tcp->setup, world, host, moves + count);
        side->begin[g + 1] = (uint8_t)count;
    }
    for (uint32_t i = 0; i < count && count <= OFFERS_MAX; i++) {
        struct offer *offer = &side->offer[i];
        offer->move = moves[i];
        offer->waits = sp_move_waits(tcp->setup, world, moves[i]);
        if (!number_move(tcp, moves[i], &offer->event)) {
            return false;
        }
    }
    return count <= OFFERS_MAX;
}

/* The length, then the first octets: compared as numbers they are in the order of sp_part_compare.
 */
static uint64_t rank_of(const uint8_t *code, size_t size)
{
    uint64_t rank = size;
    for (size_t i = 0; i < 6; i++) {
        rank = rank << 8 | (i < size ? code[i] : 0);
    }
    return rank;
}

/* What fill is told of a host. */
struct host_fill {
    struct sp_tcp *tcp;
    unsigned side;
};

static bool fill_host(void *to, const uint8_t *code, size_t size, void *record)
{
    const struct host_fill *fill = to;
    struct sp_tcp *tcp = fill->tcp;
    struct host_record *host = record;
    host->rank = rank_of(code, size);
    for (unsigned side = 0; side < 2; side++) {
        if (!tcp->symmetry && side != fill->side) {
            continue;
        }
        struct sp_world world = {.now = 1};
        sp_world_decode_part(tcp->setup, side == 0 ? SP_PART_A : SP_PART_B, code, size, &world);
        host->host = world.host[side];
        host->iss = world.iss[side];
        if (!fill_side(tcp, &world, side, &host->side[side])) {
            return false;
        }
    }
    return true;
}

bool number_host(struct sp_tcp *tcp, struct scratch *scratch, const struct sp_world *world,
                 unsigned side, uint32_t *number)
{
    struct host_fill fill = {tcp, side};
    size_t size =
        sp_world_encode_part(tcp->setup, world, side == 0 ? SP_PART_A : SP_PART_B, scratch->code);
    *number = sp_intern(hosts_of(tcp, side), scratch->code, size, fill_host, &fill);
    return *number != SP_INTERN_NONE;
}

static bool fill_network(void *to, const uint8_t *code, size_t size, void *record)
{
    struct sp_tcp *tcp = to;
    struct network_record *network = record;
    struct sp_world world = {.now = 1};
    sp_move moves[SP_ACTIONS_MAX];
    sp_world_decode_part(tcp->setup, SP_PART_NETWORK, code, size, &world);
    network->clock = clock_of(&world);
    network->moves = (uint8_t)sp_network_moves(tcp->setup, &world, moves);
    memcpy(network->move, moves, network->moves * sizeof *moves);
    for (unsigned i = 0; i < world.channel.count; i++) {
        if (!number_packet(tcp, &world.channel.packet[i], &network->event[i])) {
            return false;
        }
    }
    return true;
}

static bool number_code(struct sp_tcp *tcp, const uint8_t *code, size_t size, uint32_t *number)
{
    *number = sp_intern(&tcp->network, code, size, fill_network, tcp);
    return *number != SP_INTERN_NONE;
}

bool number_network(struct sp_tcp *tcp, struct scratch *scratch, const struct sp_world *world,
                    uint32_t *number)
{
    size_t size = sp_world_encode_part(tcp->setup, world, SP_PART_NETWORK, scratch->code);
    return number_code(tcp, scratch->code, size, number);
}

bool number_sent(struct sp_tcp *tcp, const struct sp_step *step, const struct sp_world *after,
                 uint32_t *number)
{
    uint32_t events[SP_SEND_MAX];
    const unsigned sent = step->acted ? step->output.sent : 0;
    for (unsigned i = 0; i < sent; i++) {
        struct sp_packet packet = sp_step_packet(step, after, i);
        if (!number_packet(tcp, &packet, &events[i])) {
            return false;
        }
    }
    *number = sp_intern(&tcp->sent, (const uint8_t *)events, sent * sizeof *events, NULL, NULL);
    return *number != SP_INTERN_NONE;
}

bool number_found(struct sp_tcp *tcp, struct sp_explore_found found, uint32_t *number)
{
    *number = sp_intern(&tcp->found, (const uint8_t *)&found, sizeof found, NULL, NULL);
    return *number != SP_INTERN_NONE;
}

bool note_reaction(struct sp_tcp *tcp, const struct sp_step *step, const struct sp_world *after)
{
    struct sp_reaction reaction;
    if (!step->acted) {
        return true;
    }
    sp_reaction_of(step, after, &reaction);
    return sp_intern(&tcp->reacted, (const uint8_t *)&reaction, sizeof reaction, NULL, NULL) !=
           SP_INTERN_NONE;
}

static void decode_network(const struct sp_tcp *tcp, uint32_t network, struct sp_world *world)
{
    const struct sp_entry *entry = sp_intern_at(&tcp->network, network);
    sp_world_decode_part(tcp->setup, SP_PART_NETWORK, entry->code, entry->size, world);
}

void world_of(const struct sp_tcp *tcp, struct parts parts, struct sp_world *world)
{
    world->serials = 0;
    world->counting = false;
    for (unsigned side = 0; side < 2; side++) {
        const struct host_record *host = host_at(tcp, side, parts.host[side]);
        world->host[side] = host->host;
        world->iss[side] = host->iss;
    }
    decode_network(tcp, parts.network, world);
}

/* The number of the network with A and B exchanged. */
static bool mirrored_network(struct sp_tcp *tcp, struct scratch *scratch, uint32_t network,
                             uint32_t *mirror)
{
    struct network_record *record = network_at(tcp, network);
    uint32_t known = atomic_load_explicit(&record->mirror, memory_order_acquire);
    if (known != 0) {
        *mirror = known - 1;
        return true;
    }
    struct sp_world *world = &scratch->other;
    memset(world, 0, sizeof *world);
    decode_network(tcp, network, world);
    size_t size = sp_world_encode_mirrored_network(tcp->setup, world, scratch->mirror);
    if (!number_code(tcp, scratch->mirror, size, mirror)) {
        return false;
    }
    atomic_store_explicit(&record->mirror, *mirror + 1, memory_order_release);
    return true;
}

static int compare(const struct sp_entry *one, const struct sp_entry *other)
{
    return sp_part_compare(one->code, one->size, other->code, other->size);
}

static int compare_hosts(const struct sp_tcp *tcp, uint32_t a, uint32_t b)
{
    if (a == b) {
        return 0;
    }
    uint64_t rank_a = host_at(tcp, 0, a)->rank;
    uint64_t rank_b = host_at(tcp, 0, b)->rank;
    if (rank_a != rank_b) {
        return rank_a < rank_b ? -1 : 1;
    }
    return compare(host_entry(tcp, 0, a), host_entry(tcp, 0, b));
}

/* The one of a world and its mirror image that stands for both, as sp_world_encode chooses it. */
static bool choose(struct sp_tcp *tcp, struct scratch *scratch, struct parts *parts)
{
    int order = compare_hosts(tcp, parts->host[0], parts->host[1]);
    uint32_t mirror = 0;
    if (order < 0) {
        return true;
    }
    if (!mirrored_network(tcp, scratch, parts->network, &mirror)) {
        return false;
    }
    if (order > 0 || compare(sp_intern_at(&tcp->network, mirror),
                             sp_intern_at(&tcp->network, parts->network)) < 0) {
        *parts = (struct parts){.host = {parts->host[1], parts->host[0]}, .network = mirror};
    }
    return true;
}

bool state_of(struct sp_tcp *tcp, struct scratch *scratch, struct parts parts, uint64_t *state)
{
    if (tcp->symmetry && !choose(tcp, scratch, &parts)) {
        return false;
    }
    *state = parts.host[0] | (uint64_t)parts.host[1] << HOST_BITS |
             (uint64_t)parts.network << 2 * HOST_BITS;
    return true;
}

/* In number order, which gives them the same numbers again. */
bool load_parts(struct sp_tcp *tcp, FILE *file)
{
    struct host_fill a = {tcp, 0};
    struct host_fill b = {tcp, 1};
    return sp_intern_load(&tcp->host[0], fill_host, &a, file) &&
           sp_intern_load(&tcp->host[1], fill_host, &b, file) &&
           sp_intern_load(&tcp->network, fill_network, tcp, file);
}

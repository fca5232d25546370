/*
 * What one step costs: of the machine on in-order text, of the world, of its code. Prints sizes and
 * nanoseconds, the best of several rounds, beside the copy of a world in the same run as a
 * yardstick.
 *
 * It is no test: a slow machine prints larger numbers and fails nothing.
 */
#include "net/world.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9, TURNS = 300000 };

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

struct bench {
    struct sp_setup setup;
    struct sp_world world; /* both ESTABLISHED, two segments of text in flight to B */
    struct sp_tcb tcb;     /* B's, with a window for large segments */
    struct sp_event event; /* 1460 octets of text, in order */
    uint8_t code[SP_CODE_MAX];
    size_t code_size;
    uint64_t sum; /* of what was computed, so that it is computed */
};

static void act(struct bench *b, unsigned kind, unsigned host, unsigned event, uint32_t count)
{
    struct sp_step step;
    struct sp_action action = {.kind = (uint8_t)kind,
                               .host = (uint8_t)host,
                               .event = (uint8_t)event,
                               .count = count,
                               .serial = (uint16_t)count};
    sp_world_act(&b->setup, &b->world, &action, &step);
}

/* One handshake through the world. */
static void connect(struct bench *b)
{
    sp_setup_init(&b->setup);
    b->setup.bounds.host[SP_A].send = 2;
    sp_world_init(&b->setup, 0, true, &b->world);
    act(b, SP_ACTION_CALL, SP_B, SP_EVENT_OPEN_PASSIVE, 0);
    act(b, SP_ACTION_CALL, SP_A, SP_EVENT_OPEN_ACTIVE, 0);
    for (uint32_t serial = 1; serial <= 3; serial++) {
        act(b, SP_ACTION_DELIVER, SP_A, 0, serial);
    }
    b->tcb = b->world.host[SP_B].tcb;
    b->tcb.rcv_buf = 65535;
    b->tcb.rcv_adv = b->tcb.rcv_nxt + 65535;
    b->event = (struct sp_event){
        .kind = SP_EVENT_SEGMENT,
        .segment = {.flags = SP_ACK | SP_PSH, .ack = b->tcb.snd_nxt, .wnd = 65535, .len = 1460}};
    act(b, SP_ACTION_CALL, SP_A, SP_EVENT_SEND, 1);
    act(b, SP_ACTION_CALL, SP_A, SP_EVENT_SEND, 1);
    b->world.counting = false;
    b->world.serials = 0;
    b->code_size = sp_world_encode(&b->setup, &b->world, b->code);
}

static void machine_step(struct bench *b)
{
    struct sp_output output;
    b->event.segment.seq = b->tcb.rcv_nxt;
    sp_step(&b->setup.policy, &b->tcb, &b->event, &output);
    b->sum += output.segment[0].ack;
}

static void world_step(struct bench *b)
{
    struct sp_world world = b->world;
    struct sp_step step;
    sp_move moves[SP_ACTIONS_MAX];
    uint32_t count = sp_world_moves(&b->setup, &world, moves);
    sp_world_move(&b->setup, &world, moves[count - 1], &step);
    b->sum += world.channel.count;
}

static void encode(struct bench *b)
{
    b->sum += sp_world_encode(&b->setup, &b->world, b->code);
}

static void decode(struct bench *b)
{
    struct sp_world world;
    sp_world_decode(&b->setup, b->code, b->code_size, &world);
    b->sum += world.channel.count;
}

static void copy(struct bench *b)
{
    struct sp_world world;
    memcpy(&world, &b->world, sizeof world);
    __asm__ volatile("" : : "r"(&world) : "memory");
    b->sum += world.channel.count;
}

static double best_of(struct bench *b, void (*turn)(struct bench *))
{
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double begin = now_ns();
        for (int i = 0; i < TURNS; i++) {
            turn(b);
        }
        double each = (now_ns() - begin) / (double)TURNS;
        best = round == 0 || each < best ? each : best;
    }
    return best;
}

int main(void)
{
    static struct bench b;
    connect(&b);
    double yardstick = best_of(&b, copy);
    const struct {
        const char *what;
        void (*turn)(struct bench *);
    } rows[] = {
        {"machine: one segment of in-order text, ACKed", machine_step},
        {"world: moves listed, world copied, one move taken", world_step},
        {"world encoded", encode},
        {"world decoded", decode},
    };
    printf("TCB %zu octets; world %zu octets, encoded %zu\n", sizeof(struct sp_tcb),
           sizeof(struct sp_world), b.code_size);
    printf("%-52s %8.1f ns\n", "a world copied (yardstick)", yardstick);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double ns = best_of(&b, rows[i].turn);
        printf("%-52s %8.1f ns  %5.1f copies\n", rows[i].what, ns, ns / yardstick);
    }
    return b.sum == 0;
}

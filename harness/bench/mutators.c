/*
 * bench-mutators: how far mutating events comes, and how far mutating octets, without any engine.
 * Prints one line; `mutators` makes a table of several.
 *
 *   bench-mutators events|bytes SECONDS SEED [SCRIPT.sps...]
 *
 * The loop is the same for both: a parent, any that was kept alike, is mutated (once in eight times
 * crossed with another) and run; what reaches a combination of state, event and rule that none
 * reached before is kept. SECONDS are of CPU time and include the mutation. Without scripts it
 * begins with the empty input. Every property is judged after each step, because that is what a run
 * costs in a fuzzer; what is found is only counted.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "event/script.h"
#include "fuzz/mutator.h"
#include "oracle/oracle.h"

enum {
    INPUT_MAX = 4096, /* as libFuzzer has it when nobody says otherwise */
    POOL_MAX = 20000,
    TEXT_MAX = 65536,
    CROSS_IN = 8,
    CLOCK_IN = 64, /* runs between two looks at the clock */
    COMBINATIONS = SP_STATE_COUNT * SP_EVENT_COUNT * SP_RULE_COUNT,
};

struct input {
    uint8_t *bytes;
    size_t size;
};

struct loop {
    struct input pool[POOL_MAX];
    size_t kept;
    uint64_t random;
    uint64_t runs;
    uint64_t violated; /* steps in which some property was */
    uint8_t seen[COMBINATIONS];
    uint32_t combinations;
    uint8_t fired[SP_RULE_COUNT];
    uint32_t rules;
    struct sp_action room[SP_MUTATOR_ACTIONS];
    uint8_t bytes[INPUT_MAX];
};

_Noreturn static void refuse(const char *what, const char *why)
{
    fprintf(stderr, "bench-mutators: %s: %s\n", what, why);
    exit(2);
}

static double cpu_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* xorshift64* */
static uint64_t draw(struct loop *loop)
{
    loop->random ^= loop->random >> 12;
    loop->random ^= loop->random << 25;
    loop->random ^= loop->random >> 27;
    return loop->random * 0x2545f4914f6cdd1d;
}

static size_t below(struct loop *loop, size_t count)
{
    return (size_t)((draw(loop) >> 32) * count >> 32);
}

/* Counts what the step shows. True: a combination is new. */
static bool note(struct loop *loop, const struct sp_step *step)
{
    const unsigned pair = step->before.tcb.state * SP_EVENT_COUNT + (unsigned)step->event.kind;
    bool is_new = false;
    for (unsigned i = 0; i < step->output.rules; i++) {
        const unsigned rule = step->output.rule[i];
        uint8_t *seen = &loop->seen[pair * SP_RULE_COUNT + rule];
        is_new |= *seen == 0;
        loop->combinations += *seen == 0;
        loop->rules += loop->fired[rule] == 0;
        *seen = 1;
        loop->fired[rule] = 1;
    }
    return is_new;
}

static bool run(struct loop *loop, size_t size)
{
    struct sp_script script = {.action = loop->room, .capacity = SP_MUTATOR_ACTIONS};
    struct sp_world world;
    struct sp_step step;
    bool is_new = false;
    sp_script_decode(&script, loop->bytes, size);
    sp_world_init(&script.setup, 0, true, &world);
    for (size_t i = 0; i < script.count; i++) {
        if (sp_world_act(&script.setup, &world, &script.action[i], &step)) {
            loop->violated += sp_oracle_judge(&script.setup, &step, &world).violated != 0;
            is_new |= step.acted && note(loop, &step);
        }
    }
    loop->runs++;
    return is_new;
}

static void keep(struct loop *loop, size_t size)
{
    uint8_t *bytes = malloc(size + 1);
    if (bytes == NULL || loop->kept == POOL_MAX) {
        refuse("pool", "no room");
    }
    memcpy(bytes, loop->bytes, size);
    loop->pool[loop->kept++] = (struct input){bytes, size};
}

static const struct input *some_input(struct loop *loop)
{
    return &loop->pool[below(loop, loop->kept)];
}

static size_t next_events(struct loop *loop)
{
    const struct input *a = some_input(loop);
    if (below(loop, CROSS_IN) == 0) {
        const struct input *b = some_input(loop);
        return sp_crossover(SP_FORM_PAIR, a->bytes, a->size, b->bytes, b->size, loop->bytes,
                            INPUT_MAX, draw(loop));
    }
    memcpy(loop->bytes, a->bytes, a->size);
    return sp_mutate(SP_FORM_PAIR, loop->bytes, a->size, INPUT_MAX, draw(loop));
}

/* The head of one and the tail of another, then havoc, as AFL splices. */
static size_t next_bytes(struct loop *loop)
{
    const struct input *a = some_input(loop);
    size_t size = a->size;
    memcpy(loop->bytes, a->bytes, size);
    if (below(loop, CROSS_IN) == 0) {
        const struct input *b = some_input(loop);
        const size_t head = below(loop, a->size + 1);
        const size_t from = below(loop, b->size + 1);
        const size_t tail = b->size - from < INPUT_MAX - head ? b->size - from : INPUT_MAX - head;
        memcpy(loop->bytes + head, b->bytes + from, tail);
        size = head + tail;
    }
    return sp_havoc(loop->bytes, size, INPUT_MAX, draw(loop));
}

static void begin_with(struct loop *loop, const char *path)
{
    static char text[TEXT_MAX];
    struct sp_script script = {.action = loop->room, .capacity = SP_MUTATOR_ACTIONS};
    struct sp_complaint complaint;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        refuse(path, strerror(errno));
    }
    const size_t size = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    if (!sp_script_parse(&script, text, size, &complaint)) {
        refuse(path, complaint.text);
    }
    const size_t encoded = sp_script_encode(&script, loop->bytes, INPUT_MAX);
    if (encoded > INPUT_MAX) {
        refuse(path, "larger than an input may be");
    }
    keep(loop, encoded);
    (void)run(loop, encoded);
}

static uint64_t number(const char *text)
{
    char *end = NULL;
    const uint64_t value = strtoull(text, &end, 10);
    if (*text < '1' || *text > '9' || *end != '\0') {
        refuse(text, "a number from 1 is valid");
    }
    return value;
}

int main(int argc, char **argv)
{
    static struct loop loop;
    if (argc < 4 || (strcmp(argv[1], "events") != 0 && strcmp(argv[1], "bytes") != 0)) {
        refuse("usage", "bench-mutators events|bytes SECONDS SEED [SCRIPT.sps...]");
    }
    const bool events = strcmp(argv[1], "events") == 0;
    const double seconds = (double)number(argv[2]);
    loop.random = number(argv[3]);
    for (int i = 4; i < argc; i++) {
        begin_with(&loop, argv[i]);
    }
    if (loop.kept == 0) {
        keep(&loop, 0);
    }
    const uint32_t at_first = loop.combinations;
    const double end = cpu_seconds() + seconds;
    while (loop.runs % CLOCK_IN != 0 || cpu_seconds() < end) {
        const size_t size = events ? next_events(&loop) : next_bytes(&loop);
        if (run(&loop, size)) {
            keep(&loop, size);
        }
    }
    printf("mutator=%s seconds=%.0f first=%" PRIu32 " runs=%" PRIu64
           " kept=%zu combinations=%" PRIu32 " rules=%" PRIu32 " violated=%" PRIu64 "\n",
           argv[1], seconds, at_first, loop.runs, loop.kept, loop.combinations, loop.rules,
           loop.violated);
    return 0;
}

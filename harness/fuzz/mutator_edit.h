/*
 * What the operators of the mutator share: the script being edited, chance, the world after a
 * prefix of it, and the edges of numbers. Private to the mutator and its test.
 *
 * Invariant: between two operators a script has at most SP_MUTATOR_ACTIONS actions, every field is
 * in the range that the byte form holds, and the setup is settled.
 */
#ifndef SP_FUZZ_MUTATOR_EDIT_H
#define SP_FUZZ_MUTATOR_EDIT_H

#include "event/script.h"
#include "fuzz/mutator.h"
#include "net/world.h"

struct sp_edit {
    enum sp_form form;
    struct sp_script script; /* its actions are in `room` */
    struct sp_action room[SP_MUTATOR_ACTIONS];
    uint64_t random;       /* state of the generator */
    struct sp_world world; /* where sp_edit_run stopped */
    struct sp_step step;
    uint8_t bytes[SP_MUTATOR_SIZE_MAX];
};

/* An operator. apply returns false when the script has nothing for it and is as it was; true: it
 * changed something, unless chance chose what was there already. */
struct sp_operator {
    const char *name;
    unsigned weight; /* share among all */
    bool (*apply)(struct sp_edit *edit);
};
size_t sp_operator_count(void);
const struct sp_operator *sp_operator(size_t index);

/* Reads a script. Its expectation is dropped: it was said of another run. */
void sp_edit_begin(struct sp_edit *edit, enum sp_form form, const uint8_t *bytes, size_t size,
                   uint64_t seed);

/* A number below `count`, which is at least 1 / true once in `count` times. */
uint32_t sp_edit_below(struct sp_edit *edit, uint32_t count);
bool sp_edit_once_in(struct sp_edit *edit, uint32_t count);

/* Where something new goes: half of the time the end, where new states are; [0, count]. */
size_t sp_edit_place(struct sp_edit *edit);

/* Inserts `count` actions at place `at`. False: no room, nothing changed. */
bool sp_edit_insert(struct sp_edit *edit, size_t at, const struct sp_action *actions, size_t count);
void sp_edit_remove(struct sp_edit *edit, size_t at, size_t count);

/* An action of one of these kinds (bit 1 << kind), in edit->room. NULL: there is none. */
struct sp_action *sp_edit_find(struct sp_edit *edit, unsigned kinds);

/* edit->world becomes the world before action `at`, and before one that sp_edit_find gave. */
void sp_edit_run(struct sp_edit *edit, size_t at);
void sp_edit_run_to(struct sp_edit *edit, const struct sp_action *action);

/* edit->world takes one action more, as the form has it. False: it is skipped there. */
bool sp_edit_act(struct sp_edit *edit, const struct sp_action *action);

/* Points deliveries and losses that name no segment in flight to one that is, most of the time.
 * Returns how many. */
size_t sp_edit_repair(struct sp_edit *edit);

/* A number that something changes at: an offset from a variable of the receiving host. */
struct sp_edge {
    uint8_t anchor; /* enum sp_anchor */
    uint32_t offset;
};
enum { SP_EDGES_MAX = 64 };

/* The edges of SEG.SEQ, for a segment of `len` sequence numbers, and of SEG.ACK at a host. Return
 * how many, at most SP_EDGES_MAX. */
unsigned sp_seq_edges(const struct sp_world *world, unsigned host, uint32_t len,
                      struct sp_edge *edge);
unsigned sp_ack_edges(const struct sp_world *world, unsigned host, struct sp_edge *edge);

/* The number that an edge is at that host. */
sp_seq sp_edge_value(const struct sp_world *world, unsigned host, struct sp_edge edge);

/* Edges of all 32-bit numbers: about 0, 2^31 and 2^32. */
uint32_t sp_edit_word(struct sp_edit *edit);

/* The operators, by the file they are in. mutator_list.c: what events there are. */
bool sp_delete_one(struct sp_edit *edit);
bool sp_delete_block(struct sp_edit *edit);
bool sp_duplicate_one(struct sp_edit *edit);
bool sp_repeat_block(struct sp_edit *edit);
bool sp_swap_two(struct sp_edit *edit);
bool sp_other_host(struct sp_edit *edit);
bool sp_byte_havoc(struct sp_edit *edit);

/* mutator_world.c: what the world after the prefix offers. */
bool sp_insert_move(struct sp_edit *edit);
bool sp_insert_walk(struct sp_edit *edit);
bool sp_insert_call(struct sp_edit *edit);
bool sp_insert_timer(struct sp_edit *edit);
bool sp_change_operand(struct sp_edit *edit);
bool sp_change_packet(struct sp_edit *edit);
bool sp_repair_all(struct sp_edit *edit);

/* mutator_segment.c: injected segments. */
bool sp_insert_segment(struct sp_edit *edit);
bool sp_insert_copy(struct sp_edit *edit);
bool sp_move_to_edge(struct sp_edit *edit);
bool sp_flip_flag(struct sp_edit *edit);
bool sp_change_window(struct sp_edit *edit);
bool sp_change_length(struct sp_edit *edit);
bool sp_change_option(struct sp_edit *edit);

/* mutator_setup.c: settings. */
bool sp_change_policy_set(struct sp_edit *edit);
bool sp_change_policy(struct sp_edit *edit);
bool sp_change_iss(struct sp_edit *edit);
bool sp_change_bound(struct sp_edit *edit);

#endif

/*
 * Small models with known counts; classic_models.h says which and from where.
 *
 * Each is written for being read against its description, not for speed; the grid alone is also
 * used at size. What they do not do: share code with the explorer or with each other, but for the
 * two functions that most need.
 */
#include "classic_models.h"

#include <string.h>

static uint32_t one_initial(const void *self)
{
    (void)self;
    return 1;
}

static uint64_t never_stuck(const void *self, const void *state)
{
    (void)self;
    (void)state;
    return 0;
}

/* ---- grid ---- */

struct grid_state {
    uint32_t at[8];
};

static void grid_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    (void)index;
    memset(state, 0, sizeof(struct grid_state));
}

static uint32_t grid_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct classic_grid *grid = self;
    const struct grid_state *s = state;
    uint32_t count = 0;
    for (uint32_t i = 0; i < grid->axes; i++) {
        if (s->at[i] + 1 < grid->side) {
            actions[count++] = i;
        }
    }
    return count;
}

static struct sp_explore_found grid_apply(const void *self, void *state, uint32_t action)
{
    const struct classic_grid *grid = self;
    struct grid_state *s = state;
    s->at[action]++;
    uint64_t witnessed = 1;
    for (uint32_t i = 0; i < grid->axes; i++) {
        witnessed &= s->at[i] > 0;
    }
    bool forbidden = grid->forbidden != 0 && s->at[action] == grid->forbidden;
    return (struct sp_explore_found){.violated = forbidden ? 2 : 0, .witnessed = witnessed};
}

static uint64_t grid_stuck(const void *self, const void *state)
{
    (void)self;
    (void)state;
    return 1;
}

static size_t grid_encode(const void *self, const void *state, uint8_t *code)
{
    const struct classic_grid *grid = self;
    const struct grid_state *s = state;
    for (uint32_t i = 0; i < grid->code; i++) {
        code[i] = (uint8_t)(s->at[i / 2 % grid->axes] >> (i % 2 * 8));
    }
    return grid->code;
}

static void grid_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    const struct classic_grid *grid = self;
    struct grid_state *s = state;
    (void)size;
    memset(s, 0, sizeof *s);
    for (uint32_t i = 0; i < grid->axes; i++) {
        s->at[i] = (uint32_t)code[2 * i] + ((uint32_t)code[2 * i + 1] << 8);
    }
}

struct classic_model classic_grid(const struct classic_grid *grid)
{
    return (struct classic_model){.self = grid,
                                  .state_size = sizeof(struct grid_state),
                                  .code_max = grid->code,
                                  .actions_max = grid->axes,
                                  .initials = one_initial,
                                  .initial = grid_initial,
                                  .enumerate = grid_enumerate,
                                  .apply = grid_apply,
                                  .stuck = grid_stuck,
                                  .encode = grid_encode,
                                  .decode = grid_decode};
}

/* ---- endless ---- */

static void endless_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    (void)index;
    *(uint64_t *)state = 0;
}

static uint32_t two_actions(const void *self, const void *state, uint32_t *actions)
{
    (void)self;
    (void)state;
    actions[0] = 0;
    actions[1] = 1;
    return 2;
}

static struct sp_explore_found endless_apply(const void *self, void *state, uint32_t action)
{
    uint64_t *s = state;
    (void)self;
    *s = action == 0 ? *s + 1 : *s * 2 + 1000000;
    return (struct sp_explore_found){0};
}

static size_t endless_encode(const void *self, const void *state, uint8_t *code)
{
    (void)self;
    memcpy(code, state, sizeof(uint64_t));
    return sizeof(uint64_t);
}

static void endless_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    (void)self;
    (void)size;
    memcpy(state, code, sizeof(uint64_t));
}

struct classic_model classic_endless(void)
{
    return (struct classic_model){.state_size = sizeof(uint64_t),
                                  .code_max = sizeof(uint64_t),
                                  .actions_max = 2,
                                  .initials = one_initial,
                                  .initial = endless_initial,
                                  .enumerate = two_actions,
                                  .apply = endless_apply,
                                  .stuck = never_stuck,
                                  .encode = endless_encode,
                                  .decode = endless_decode};
}

/* ---- Peterson ---- */

enum { NONCRITICAL, WAITING, CRITICAL };

struct peterson_state {
    uint8_t at[2];
    uint8_t turn; /* x */
};

static uint32_t peterson_initials(const void *self)
{
    (void)self;
    return 2;
}

static void peterson_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    *(struct peterson_state *)state = (struct peterson_state){.turn = (uint8_t)index};
}

static bool peterson_may_enter(const struct classic_peterson *self, const struct peterson_state *s,
                               uint32_t process)
{
    return self->broken || s->at[1 - process] == NONCRITICAL || s->turn == process;
}

static uint32_t peterson_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct peterson_state *s = state;
    uint32_t count = 0;
    for (uint32_t process = 0; process < 2; process++) {
        if (s->at[process] == NONCRITICAL) {
            actions[count++] = 2 * process;
        } else if (s->at[process] == CRITICAL || peterson_may_enter(self, s, process)) {
            actions[count++] = 2 * process + 1;
        }
    }
    return count;
}

static struct sp_explore_found peterson_apply(const void *self, void *state, uint32_t action)
{
    struct peterson_state *s = state;
    uint32_t process = action / 2;
    (void)self;
    if (s->at[process] == NONCRITICAL) {
        s->turn = (uint8_t)(1 - process);
    }
    s->at[process] = (uint8_t)((s->at[process] + 1) % 3);
    bool both = s->at[0] == CRITICAL && s->at[1] == CRITICAL;
    bool waits = s->at[0] + s->at[1] == CRITICAL + WAITING;
    return (struct sp_explore_found){.violated = both, .witnessed = waits};
}

static size_t peterson_encode(const void *self, const void *state, uint8_t *code)
{
    const struct classic_peterson *peterson = self;
    const struct peterson_state *s = state;
    uint8_t plain = (uint8_t)(s->at[0] | s->at[1] << 2 | s->turn << 4);
    uint8_t mirror = (uint8_t)(s->at[1] | s->at[0] << 2 | (1 - s->turn) << 4);
    code[0] = peterson->symmetric && mirror < plain ? mirror : plain;
    return 1;
}

static void peterson_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    (void)self;
    (void)size;
    *(struct peterson_state *)state = (struct peterson_state){.at = {code[0] & 3, code[0] >> 2 & 3},
                                                              .turn = (uint8_t)(code[0] >> 4)};
}

struct classic_model classic_peterson(const struct classic_peterson *peterson)
{
    return (struct classic_model){.self = peterson,
                                  .state_size = sizeof(struct peterson_state),
                                  .code_max = 1,
                                  .actions_max = 2,
                                  .initials = peterson_initials,
                                  .initial = peterson_initial,
                                  .enumerate = peterson_enumerate,
                                  .apply = peterson_apply,
                                  .stuck = never_stuck,
                                  .encode = peterson_encode,
                                  .decode = peterson_decode};
}

/* ---- dining philosophers ---- */

enum { THINKING, HAS_LEFT, EATING };

struct philosophers_state {
    uint8_t at[16];
};

static void philosophers_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    (void)index;
    memset(state, 0, sizeof(struct philosophers_state));
}

static uint32_t philosophers_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct classic_philosophers *philosophers = self;
    const struct philosophers_state *s = state;
    uint32_t n = philosophers->count;
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++) {
        bool left_free = s->at[(i + n - 1) % n] != EATING;
        bool right_free = s->at[(i + 1) % n] == THINKING;
        if ((s->at[i] == THINKING && left_free) || (s->at[i] == HAS_LEFT && right_free) ||
            s->at[i] == EATING) {
            actions[count++] = i;
        }
    }
    return count;
}

static struct sp_explore_found philosophers_apply(const void *self, void *state, uint32_t action)
{
    struct philosophers_state *s = state;
    (void)self;
    s->at[action] = (uint8_t)((s->at[action] + 1) % 3);
    return (struct sp_explore_found){0};
}

static size_t philosophers_encode(const void *self, const void *state, uint8_t *code)
{
    const struct classic_philosophers *philosophers = self;
    memcpy(code, state, philosophers->count);
    return philosophers->count;
}

static void philosophers_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    (void)self;
    memset(state, 0, sizeof(struct philosophers_state));
    memcpy(state, code, size);
}

struct classic_model classic_philosophers(const struct classic_philosophers *philosophers)
{
    return (struct classic_model){.self = philosophers,
                                  .state_size = sizeof(struct philosophers_state),
                                  .code_max = philosophers->count,
                                  .actions_max = philosophers->count,
                                  .initials = one_initial,
                                  .initial = philosophers_initial,
                                  .enumerate = philosophers_enumerate,
                                  .apply = philosophers_apply,
                                  .stuck = grid_stuck,
                                  .encode = philosophers_encode,
                                  .decode = philosophers_decode};
}

/* ---- sliding puzzle ---- */

struct puzzle_state {
    uint8_t blank;
    uint8_t tile[9];
};

static void puzzle_initial(const void *self, uint32_t index, void *state)
{
    struct puzzle_state *s = state;
    (void)self;
    (void)index;
    s->blank = 0;
    for (uint8_t i = 0; i < 9; i++) {
        s->tile[i] = i;
    }
}

static uint32_t puzzle_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct classic_puzzle *puzzle = self;
    const struct puzzle_state *s = state;
    uint32_t column = s->blank % puzzle->columns;
    uint32_t row = s->blank / puzzle->columns;
    bool possible[4] = {column > 0, column + 1 < puzzle->columns, row > 0, row + 1 < puzzle->rows};
    uint32_t count = 0;
    for (uint32_t i = 0; i < 4; i++) {
        if (possible[i]) {
            actions[count++] = i;
        }
    }
    return count;
}

static struct sp_explore_found puzzle_apply(const void *self, void *state, uint32_t action)
{
    const struct classic_puzzle *puzzle = self;
    struct puzzle_state *s = state;
    uint32_t step = action < 2 ? 1 : puzzle->columns;
    uint32_t to = action % 2 == 0 ? s->blank - step : s->blank + step;
    s->tile[s->blank] = s->tile[to];
    s->tile[to] = 0;
    s->blank = (uint8_t)to;
    return (struct sp_explore_found){0};
}

static size_t puzzle_encode(const void *self, const void *state, uint8_t *code)
{
    const struct classic_puzzle *puzzle = self;
    const struct puzzle_state *s = state;
    size_t fields = (size_t)puzzle->columns * puzzle->rows;
    memcpy(code, s->tile, fields);
    return fields;
}

static void puzzle_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    struct puzzle_state *s = state;
    puzzle_initial(self, 0, state);
    for (size_t i = 0; i < size && i < sizeof s->tile; i++) {
        s->tile[i] = code[i];
        s->blank = code[i] == 0 ? (uint8_t)i : s->blank;
    }
}

struct classic_model classic_puzzle(const struct classic_puzzle *puzzle)
{
    return (struct classic_model){.self = puzzle,
                                  .state_size = sizeof(struct puzzle_state),
                                  .code_max = 9,
                                  .actions_max = 4,
                                  .initials = one_initial,
                                  .initial = puzzle_initial,
                                  .enumerate = puzzle_enumerate,
                                  .apply = puzzle_apply,
                                  .stuck = never_stuck,
                                  .encode = puzzle_encode,
                                  .decode = puzzle_decode};
}

/* ---- farmer ---- */

enum { FARMER = 1, WOLF = 2, GOAT = 4, CABBAGE = 8, ALL = 15 };

static const uint8_t farmer_takes[4] = {0, WOLF, GOAT, CABBAGE};

/* The state is the set of those on the far bank. */
static bool farmer_unsafe(uint8_t far)
{
    uint8_t alone = (far & FARMER) != 0 ? (uint8_t)(ALL & ~far) : far;
    return (alone & (WOLF | GOAT)) == (WOLF | GOAT) ||
           (alone & (GOAT | CABBAGE)) == (GOAT | CABBAGE);
}

static void octet_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    (void)index;
    *(uint8_t *)state = 0;
}

static struct sp_explore_found farmer_apply(const void *self, void *state, uint32_t action)
{
    uint8_t *far = state;
    (void)self;
    *far = (uint8_t)(*far ^ (FARMER | farmer_takes[action]));
    return (struct sp_explore_found){.violated = farmer_unsafe(*far), .witnessed = *far == ALL};
}

static uint32_t farmer_enumerate(const void *self, const void *state, uint32_t *actions)
{
    const struct classic_farmer *farmer = self;
    uint8_t far = *(const uint8_t *)state;
    uint8_t here = (far & FARMER) != 0 ? far : (uint8_t)(ALL & ~far);
    uint32_t count = 0;
    for (uint32_t i = 0; i < 4; i++) {
        uint8_t after = far;
        bool unsafe = farmer_apply(self, &after, i).violated != 0;
        if ((here & farmer_takes[i]) == farmer_takes[i] && (farmer->reckless || !unsafe)) {
            actions[count++] = i;
        }
    }
    return count;
}

static size_t octet_encode(const void *self, const void *state, uint8_t *code)
{
    (void)self;
    code[0] = *(const uint8_t *)state;
    return 1;
}

static void octet_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    (void)self;
    (void)size;
    *(uint8_t *)state = code[0];
}

struct classic_model classic_farmer(const struct classic_farmer *farmer)
{
    return (struct classic_model){.self = farmer,
                                  .state_size = 1,
                                  .code_max = 1,
                                  .actions_max = 4,
                                  .initials = one_initial,
                                  .initial = octet_initial,
                                  .enumerate = farmer_enumerate,
                                  .apply = farmer_apply,
                                  .stuck = never_stuck,
                                  .encode = octet_encode,
                                  .decode = octet_decode};
}

/* ---- missionaries and cannibals ---- */

struct crossing {
    uint8_t missionaries; /* on the far bank */
    uint8_t cannibals;
    uint8_t boat; /* 1: on the far bank */
};

static const struct crossing boat_loads[5] = {
    {2, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0, 2, 0}};

static void missionaries_initial(const void *self, uint32_t index, void *state)
{
    (void)self;
    (void)index;
    *(struct crossing *)state = (struct crossing){0};
}

static struct sp_explore_found missionaries_apply(const void *self, void *state, uint32_t action)
{
    struct crossing *s = state;
    int sign = s->boat != 0 ? -1 : 1;
    (void)self;
    s->missionaries = (uint8_t)(s->missionaries + sign * boat_loads[action].missionaries);
    s->cannibals = (uint8_t)(s->cannibals + sign * boat_loads[action].cannibals);
    s->boat = (uint8_t)(1 - s->boat);
    return (struct sp_explore_found){.witnessed = s->missionaries == 3 && s->cannibals == 3};
}

static uint32_t missionaries_enumerate(const void *self, const void *state, uint32_t *actions)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < 5; i++) {
        struct crossing after = *(const struct crossing *)state;
        (void)missionaries_apply(self, &after, i);
        uint8_t m = after.missionaries;
        uint8_t c = after.cannibals;
        if (m <= 3 && c <= 3 && (m == 0 || m == 3 || m == c)) {
            actions[count++] = i;
        }
    }
    return count;
}

static size_t missionaries_encode(const void *self, const void *state, uint8_t *code)
{
    (void)self;
    memcpy(code, state, sizeof(struct crossing));
    return sizeof(struct crossing);
}

static void missionaries_decode(const void *self, const uint8_t *code, size_t size, void *state)
{
    (void)self;
    memcpy(state, code, size);
}

struct classic_model classic_missionaries(void)
{
    return (struct classic_model){.state_size = sizeof(struct crossing),
                                  .code_max = sizeof(struct crossing),
                                  .actions_max = 5,
                                  .initials = one_initial,
                                  .initial = missionaries_initial,
                                  .enumerate = missionaries_enumerate,
                                  .apply = missionaries_apply,
                                  .stuck = never_stuck,
                                  .encode = missionaries_encode,
                                  .decode = missionaries_decode};
}

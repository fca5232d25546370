/*
 * The table that bounds.def becomes, and uniform access to the fields it names.
 *
 * No key is written here: a new row of bounds.def is enough. A new kind of word set needs its
 * lines under "Sets" below. Invariant: slots come in the order of the table, so their numbers
 * change when rows are added; the byte form of scripts carries a version for that.
 */
#include "setup/keys.h"

#include <string.h>

#define TEXT_OF(x) #x
#define TEXT(x)    TEXT_OF(x)

/* Sets: the words of each kind as a table, and as one text. */
static const struct sp_key_word words_OPEN[] = {
#define WORD_OPEN(bit, word) {word, bit},
#define WORD_REOPEN(bit, word)
#define WORD_FORGE(bit, word)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit, word)
#include "setup/bounds.def"
    {NULL, 0}};
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
static const struct sp_key_word words_REOPEN[] = {
#define WORD_OPEN(bit, word)
#define WORD_REOPEN(bit, word) {word, bit},
#define WORD_FORGE(bit, word)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit, word)
#include "setup/bounds.def"
    {NULL, 0}};
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
static const struct sp_key_word words_FORGE[] = {
#define WORD_OPEN(bit, word)
#define WORD_REOPEN(bit, word)
#define WORD_FORGE(bit, word)                 {word, bit},
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit, word)
#include "setup/bounds.def"
    {NULL, 0}};
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
static const char valid_OPEN[] =
#define WORD_OPEN(bit, word) word " "
#define WORD_REOPEN(bit, word)
#define WORD_FORGE(bit, word)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit, word)
#include "setup/bounds.def"
    "none";
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
static const char valid_REOPEN[] =
#define WORD_OPEN(bit, word)
#define WORD_REOPEN(bit, word) word " "
#define WORD_FORGE(bit, word)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit, word)
#include "setup/bounds.def"
    "none";
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
static const char valid_FORGE[] =
#define WORD_OPEN(bit, word)
#define WORD_REOPEN(bit, word)
#define WORD_FORGE(bit, word)                 word " "
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit, word)
#include "setup/bounds.def"
    "none";
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE

/* All bits of a kind. */
enum {
    ALL_OPEN = 0
#define WORD_OPEN(bit) | (bit)
#define WORD_REOPEN(bit)
#define WORD_FORGE(bit)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit)
#include "setup/bounds.def"
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
    ,
    ALL_REOPEN = 0
#define WORD_OPEN(bit)
#define WORD_REOPEN(bit) | (bit)
#define WORD_FORGE(bit)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit)
#include "setup/bounds.def"
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
    ,
    ALL_FORGE = 0
#define WORD_OPEN(bit)
#define WORD_REOPEN(bit)
#define WORD_FORGE(bit)                       | (bit)
#define WORD(kind, NAME, bit, word, sentence) WORD_##kind(bit)
#include "setup/bounds.def"
#undef WORD_OPEN
#undef WORD_REOPEN
#undef WORD_FORGE
};

/* The word of each bit by the bit's name: what the initial value of a set is shown as. */
static const struct {
#define WORD(kind, NAME, bit, word, sentence) char SP_##kind##_##NAME[sizeof(word)];
#include "setup/bounds.def"
} word_of = {
#define WORD(kind, NAME, bit, word, sentence) word,
#include "setup/bounds.def"
};

/* The table. The first two ranges are what the fields hold; the texts are for listings. */
#define AT(field)      offsetof(struct sp_bounds, field)
#define HOST_AT(field) offsetof(struct sp_host_bounds, field)

static const struct sp_key keys[] = {
#define NUMBER(key, field, low, high, initial, sentence)                                           \
    {key, SP_KEY_NUMBER, false, AT(field),                                                         \
     low, high,          NULL,  {key, TEXT(low) ".." TEXT(high), TEXT(initial), sentence}},
#define SWITCH(key, field, initial, sentence)                                                      \
    {key,   SP_KEY_SWITCH,                                                                         \
     false, AT(field),                                                                             \
     0,     1,                                                                                     \
     NULL,  {key, "on off", (initial) ? "on" : "off", sentence}},
#define HOST_NUMBER(key, field, low, high, initial, sentence)                                      \
    {key, SP_KEY_NUMBER, true, HOST_AT(field),                                                     \
     low, high,          NULL, {"*." key, TEXT(low) ".." TEXT(high), TEXT(initial), sentence}},
#define HOST_SWITCH(key, field, initial, sentence)                                                 \
    {key,  SP_KEY_SWITCH,                                                                          \
     true, HOST_AT(field),                                                                         \
     0,    1,                                                                                      \
     NULL, {"*." key, "on off", (initial) ? "on" : "off", sentence}},
#define HOST_SET(key, field, kind, initial, sentence)                                              \
    {key, SP_KEY_SET, true,         HOST_AT(field),                                                \
     0,   ALL_##kind, words_##kind, {"*." key, valid_##kind, word_of.initial, sentence}},
#define HOST_LIST(key, field, initial, sentence)                                                   \
    {key,  SP_KEY_LIST,                                                                            \
     true, HOST_AT(field),                                                                         \
     0,    UINT32_MAX,                                                                             \
     NULL, {"*." key, "1.." TEXT(SP_ISS_MAX) " numbers 0..4294967295", TEXT(initial), sentence}},
#include "setup/bounds.def"
};

size_t sp_key_count(void)
{
    return sizeof keys / sizeof keys[0];
}

const struct sp_key *sp_key(size_t index)
{
    return &keys[index];
}

const struct sp_bound_info *sp_bound_info(size_t index)
{
    return index < sp_key_count() ? &keys[index].info : NULL;
}

static const unsigned char *field_of(const struct sp_key *key, const struct sp_bounds *bounds,
                                     unsigned host)
{
    const void *owner = key->host ? (const void *)&bounds->host[host] : (const void *)bounds;
    return (const unsigned char *)owner + key->offset;
}

uint32_t sp_key_get(const struct sp_key *key, const struct sp_bounds *bounds, unsigned host)
{
    const unsigned char *field = field_of(key, bounds, host);
    uint32_t number = 0;
    uint16_t bits = 0;
    if (key->kind == SP_KEY_NUMBER) {
        memcpy(&number, field, sizeof number);
        return number;
    }
    if (key->kind == SP_KEY_SET) {
        memcpy(&bits, field, sizeof bits);
        return bits;
    }
    return *field;
}

void sp_key_put(const struct sp_key *key, struct sp_bounds *bounds, unsigned host, uint32_t value)
{
    void *owner = key->host ? (void *)&bounds->host[host] : (void *)bounds;
    unsigned char *field = (unsigned char *)owner + key->offset;
    const uint16_t bits = (uint16_t)value;
    if (key->kind == SP_KEY_NUMBER) {
        memcpy(field, &value, sizeof value);
    } else if (key->kind == SP_KEY_SET) {
        memcpy(field, &bits, sizeof bits);
    } else {
        *field = (unsigned char)value; /* a bool holds 0 or 1, as the slot's range says */
    }
}

struct sp_iss_list *sp_key_list(const struct sp_key *key, struct sp_bounds *bounds, unsigned host)
{
    unsigned char *owner = (unsigned char *)&bounds->host[host];
    return (struct sp_iss_list *)(void *)(owner + key->offset);
}

const struct sp_iss_list *sp_key_list_of(const struct sp_key *key, const struct sp_bounds *bounds,
                                         unsigned host)
{
    return (const struct sp_iss_list *)(const void *)field_of(key, bounds, host);
}

/* Which number of a setup a slot is. */
struct place {
    const struct sp_key *key; /* NULL: a switch of the policy, or its fault */
    unsigned host;
    unsigned part; /* number of the switch, FAULT; LIST: 0 the count, else value part - 1 */
};

/* The fault comes behind the last switch here, though its slot is the last of all: rows that are
 * added to faults.def then move no other slot. */
enum { FAULT_PART = SP_POLICY_COUNT };

/* The number of a key in the table above. */
enum {
#define NUMBER(key, field, low, high, initial, sentence)      KEY_##field,
#define SWITCH(key, field, initial, sentence)                 KEY_##field,
#define HOST_NUMBER(key, field, low, high, initial, sentence) KEY_##field,
#define HOST_SWITCH(key, field, initial, sentence)            KEY_##field,
#define HOST_SET(key, field, kind, initial, sentence)         KEY_##field,
#define HOST_LIST(key, field, initial, sentence)              KEY_##field,
#include "setup/bounds.def"
};

_Static_assert(SP_ISS_MAX == 4, "a list of places names each of its values");

#define PLACE(field, host, part) {&keys[KEY_##field], host, part},
#define PLACES(field)            PLACE(field, 0, 0) PLACE(field, 1, 0)
#define LIST_PLACES_OF(field, host)                                                                \
    PLACE(field, host, 0)                                                                          \
    PLACE(field, host, 1) PLACE(field, host, 2) PLACE(field, host, 3) PLACE(field, host, 4)
#define LIST_PLACES(field) LIST_PLACES_OF(field, 0) LIST_PLACES_OF(field, 1)

static const struct place places[] = {
#define POLICY(field, d, section, sentence) {NULL, 0, SP_POLICY_##field},
#include "setup/policy.def"
#define NUMBER(key, field, low, high, initial, sentence)      PLACE(field, 0, 0)
#define SWITCH(key, field, initial, sentence)                 PLACE(field, 0, 0)
#define HOST_NUMBER(key, field, low, high, initial, sentence) PLACES(field)
#define HOST_SWITCH(key, field, initial, sentence)            PLACES(field)
#define HOST_SET(key, field, kind, initial, sentence)         PLACES(field)
#define HOST_LIST(key, field, initial, sentence)              LIST_PLACES(field)
#include "setup/bounds.def"
    {NULL, 0, FAULT_PART}};

_Static_assert(sizeof places / sizeof places[0] <= UINT8_MAX, "the byte form has an octet for it");

size_t sp_slot_count(void)
{
    return sizeof places / sizeof places[0];
}

struct sp_slot sp_slot(size_t index)
{
    const struct place place = places[index];
    if (place.key == NULL && place.part == FAULT_PART) {
        return (struct sp_slot){0, SP_FAULT_COUNT - 1u};
    }
    if (place.key == NULL) {
        const struct sp_policy_info *info = sp_policy_info((enum sp_policy_index)place.part);
        return (struct sp_slot){0, info->count - 1u};
    }
    if (place.key->kind == SP_KEY_LIST && place.part == 0) {
        return (struct sp_slot){1, SP_ISS_MAX};
    }
    return (struct sp_slot){place.key->low, place.key->high};
}

uint32_t sp_slot_get(const struct sp_setup *setup, size_t index)
{
    const struct place place = places[index];
    if (place.key == NULL && place.part == FAULT_PART) {
        return setup->policy.fault;
    }
    if (place.key == NULL) {
        return sp_policy_get(&setup->policy, (enum sp_policy_index)place.part);
    }
    if (place.key->kind == SP_KEY_LIST) {
        const struct sp_iss_list *list = sp_key_list_of(place.key, &setup->bounds, place.host);
        return place.part == 0 ? list->count : list->value[place.part - 1];
    }
    return sp_key_get(place.key, &setup->bounds, place.host);
}

void sp_slot_put(struct sp_setup *setup, size_t index, uint32_t value)
{
    const struct place place = places[index];
    if (place.key == NULL && place.part == FAULT_PART) {
        setup->policy.fault = (uint8_t)value;
        return;
    }
    if (place.key == NULL) {
        sp_policy_put(&setup->policy, (enum sp_policy_index)place.part, (uint8_t)value);
        return;
    }
    if (place.key->kind != SP_KEY_LIST) {
        sp_key_put(place.key, &setup->bounds, place.host, value);
        return;
    }
    struct sp_iss_list *list = sp_key_list(place.key, &setup->bounds, place.host);
    if (place.part == 0) {
        list->count = (uint8_t)value;
    } else {
        list->value[place.part - 1] = value;
    }
}

void sp_setup_settle(struct sp_setup *setup)
{
    struct sp_complaint ignored;
    for (unsigned host = 0; host < 2; host++) {
        struct sp_host_bounds *bounds = &setup->bounds.host[host];
        for (unsigned i = bounds->iss.count; i < SP_ISS_MAX; i++) {
            bounds->iss.value[i] = 0;
        }
        if ((bounds->open & (SP_OPEN_PASSIVE | SP_OPEN_ACTIVE)) == 0) {
            bounds->opens = 0;
        }
    }
    if (!sp_setup_check(setup, &ignored)) {
        setup->bounds.symmetry = false;
    }
}

/*
 * The bounds file: settings as text, applied, checked and printed.
 *
 * Which keys there are, their ranges and initial values stand in bounds.def alone. This file reads
 * and writes "key = value"; it does not know what a bound means for a run (model/net does).
 * Invariant: what sp_setup_print writes, sp_setup_apply reads back to the same setup.
 */
#include "setup/bounds.h"

#include "setup/keys.h"
#include "setup/words.h"

#include <stdio.h>
#include <string.h>

void sp_setup_init(struct sp_setup *setup)
{
    *setup = (struct sp_setup){.policy = sp_policy_set(0)->policy};
#define NUMBER(key, field, low, high, initial, sentence) setup->bounds.field = (initial);
#define SWITCH(key, field, initial, sentence)            setup->bounds.field = (initial);
#include "setup/bounds.def"
    for (unsigned host = 0; host < 2; host++) {
        struct sp_host_bounds *bounds = &setup->bounds.host[host];
#define HOST_NUMBER(key, field, low, high, initial, sentence) bounds->field = (initial);
#define HOST_SWITCH(key, field, initial, sentence)            bounds->field = (initial);
#define HOST_SET(key, field, kind, initial, sentence)         bounds->field = (initial);
#define HOST_LIST(key, field, initial, sentence)                                                   \
    bounds->field = (struct sp_iss_list){.value = {initial}, .count = 1};
#include "setup/bounds.def"
    }
}

/* policy = NAME */
static bool apply_set(struct sp_setup *setup, struct sp_span value, struct sp_complaint *complaint)
{
    struct sp_nearest nearest = sp_nearest_to(value);
    char valid[200];
    int size = 0;
    for (size_t i = 0; i < sp_policy_set_count(); i++) {
        const struct sp_policy_set *set = sp_policy_set(i);
        if (sp_span_is(value, set->name)) {
            const uint8_t fault = setup->policy.fault;
            setup->policy = set->policy;
            setup->policy.fault = fault;
            return true;
        }
        sp_nearest_try(&nearest, set->name);
        size += snprintf(valid + size, sizeof valid - (size_t)size, " %s", set->name);
    }
    return sp_complain(complaint, "policy = %.*s: no such policy%s%s; one of%s is valid",
                       SP_SPAN(value), nearest.best == NULL ? "" : "; nearest is ",
                       nearest.best == NULL ? "" : nearest.best, valid);
}

/* fault = WORD */
static bool apply_fault(struct sp_setup *setup, struct sp_span value,
                        struct sp_complaint *complaint)
{
    struct sp_nearest nearest = sp_nearest_to(value);
    for (unsigned i = 0; i < SP_FAULT_COUNT; i++) {
        const char *word = sp_fault_word((enum sp_fault)i);
        if (sp_span_is(value, word)) {
            setup->policy.fault = (uint8_t)i;
            return true;
        }
        sp_nearest_try(&nearest, word);
    }
    return sp_complain(
        complaint,
        "fault = %.*s: no such fault%s%s; none, or one that 'synproof faults' lists, "
        "is valid",
        SP_SPAN(value), nearest.best == NULL ? "" : "; nearest is ",
        nearest.best == NULL ? "" : nearest.best);
}

/* policy.FIELD = WORD */
static bool apply_choice(struct sp_setup *setup, enum sp_policy_index index, struct sp_span value,
                         struct sp_complaint *complaint)
{
    const struct sp_policy_info *info = sp_policy_info(index);
    struct sp_nearest nearest = sp_nearest_to(value);
    char valid[200];
    int size = 0;
    for (uint8_t i = 0; i < info->count; i++) {
        if (sp_span_is(value, info->choices[i].word)) {
            sp_policy_put(&setup->policy, index, i);
            return true;
        }
        sp_nearest_try(&nearest, info->choices[i].word);
        size += snprintf(valid + size, sizeof valid - (size_t)size, " %s", info->choices[i].word);
    }
    return sp_complain(complaint, "policy.%s = %.*s: no such word%s%s; one of%s is valid",
                       info->name, SP_SPAN(value), nearest.best == NULL ? "" : "; nearest is ",
                       nearest.best == NULL ? "" : nearest.best, valid);
}

static bool apply_policy_field(struct sp_setup *setup, struct sp_span field, struct sp_span value,
                               struct sp_complaint *complaint)
{
    struct sp_nearest nearest = sp_nearest_to(field);
    for (size_t i = 0; i < SP_POLICY_COUNT; i++) {
        const struct sp_policy_info *info = sp_policy_info((enum sp_policy_index)i);
        if (sp_span_is(field, info->name)) {
            return apply_choice(setup, (enum sp_policy_index)i, value, complaint);
        }
        sp_nearest_try(&nearest, info->name);
    }
    return sp_complain(complaint, "policy.%.*s: no such switch%s%s", SP_SPAN(field),
                       nearest.best == NULL ? "" : "; nearest is policy.",
                       nearest.best == NULL ? "" : nearest.best);
}

/* The hosts a key is set for, low =< host < high, and how it was written. */
struct target {
    const struct sp_key *key;
    struct sp_span name; /* as written: "A.window" */
    unsigned low, high;
};

static bool refuse_value(const struct target *target, struct sp_span value,
                         struct sp_complaint *complaint)
{
    return sp_complain(complaint, "%.*s = %.*s: %s is valid", SP_SPAN(target->name), SP_SPAN(value),
                       target->key->info.valid);
}

static bool apply_words(struct sp_bounds *bounds, const struct target *target, struct sp_span value,
                        struct sp_complaint *complaint)
{
    uint32_t bits = 0;
    struct sp_span rest = value;
    const bool none = sp_span_is(value, "none");
    while (!none && rest.size > 0) {
        const struct sp_span one = sp_span_word(&rest);
        struct sp_nearest nearest = sp_nearest_to(one);
        const struct sp_key_word *word = target->key->words;
        while (word->word != NULL && !sp_span_is(one, word->word)) {
            sp_nearest_try(&nearest, word->word);
            word++;
        }
        if (word->word == NULL) {
            return sp_complain(complaint, "%.*s = %.*s: no such word%s%s; any of %s is valid",
                               SP_SPAN(target->name), SP_SPAN(one),
                               nearest.best == NULL ? "" : "; nearest is ",
                               nearest.best == NULL ? "" : nearest.best, target->key->info.valid);
        }
        bits |= word->bit;
    }
    for (unsigned host = target->low; host < target->high; host++) {
        sp_key_put(target->key, bounds, host, bits);
    }
    return true;
}

static bool apply_list(struct sp_bounds *bounds, const struct target *target, struct sp_span value,
                       struct sp_complaint *complaint)
{
    struct sp_iss_list list = {.count = 0};
    struct sp_span rest = value;
    while (rest.size > 0) {
        uint64_t number = 0;
        const struct sp_span one = sp_span_word(&rest);
        if (list.count == SP_ISS_MAX || !sp_span_number(one, UINT32_MAX, &number)) {
            return refuse_value(target, value, complaint);
        }
        list.value[list.count++] = (sp_seq)number;
    }
    for (unsigned host = target->low; host < target->high; host++) {
        *sp_key_list(target->key, bounds, host) = list;
    }
    return true;
}

static bool apply_key(struct sp_bounds *bounds, const struct target *target, struct sp_span value,
                      struct sp_complaint *complaint)
{
    const struct sp_key *key = target->key;
    uint64_t number = 0;
    switch ((enum sp_key_kind)key->kind) {
    case SP_KEY_SET:
        return apply_words(bounds, target, value, complaint);
    case SP_KEY_LIST:
        return apply_list(bounds, target, value, complaint);
    case SP_KEY_SWITCH:
        if (!sp_span_is(value, "on") && !sp_span_is(value, "off")) {
            return refuse_value(target, value, complaint);
        }
        number = sp_span_is(value, "on");
        break;
    case SP_KEY_NUMBER:
        if (!sp_span_number(value, key->high, &number) || number < key->low) {
            return refuse_value(target, value, complaint);
        }
        break;
    }
    for (unsigned host = target->low; host < target->high; host++) {
        sp_key_put(key, bounds, host, (uint32_t)number);
    }
    return true;
}

/* "A.", "B.", "*." before the name of a host's key; anything else is a key of the world. */
static bool split_host(struct sp_span name, struct target *target, struct sp_span *bare)
{
    *bare = name;
    target->low = 0;
    target->high = 1;
    if (name.size < 2 || name.at[1] != '.' || memchr("AB*", name.at[0], 3) == NULL) {
        return false;
    }
    target->low = name.at[0] == 'B' ? 1 : 0;
    target->high = name.at[0] == 'A' ? 1 : 2;
    bare->at += 2;
    bare->size -= 2;
    return true;
}

/* Finds the key that `name` is; false with the nearest one in the complaint. */
static bool find_key(struct sp_span name, struct target *target, struct sp_complaint *complaint)
{
    struct sp_span bare;
    const bool host = split_host(name, target, &bare);
    struct sp_nearest nearest = sp_nearest_to(bare);
    target->name = name;
    for (size_t i = 0; i < sp_key_count(); i++) {
        target->key = sp_key(i);
        if (sp_span_is(bare, target->key->name) && target->key->host == host) {
            return true;
        }
        sp_nearest_try(&nearest, target->key->name);
    }
    sp_nearest_try(&nearest, "policy");
    sp_nearest_try(&nearest, "fault");
    const char *prefix = "";
    for (size_t i = 0; i < sp_key_count() && nearest.best != NULL; i++) {
        if (sp_key(i)->name == nearest.best && sp_key(i)->host) {
            prefix = !host ? "*." : name.at[0] == 'A' ? "A." : name.at[0] == 'B' ? "B." : "*.";
        }
    }
    return sp_complain(complaint, "%.*s: no such key%s%s%s", SP_SPAN(name),
                       nearest.best == NULL ? "" : "; nearest is ", prefix,
                       nearest.best == NULL ? "" : nearest.best);
}

bool sp_setup_apply(struct sp_setup *setup, const char *text, size_t size,
                    struct sp_complaint *complaint)
{
    struct sp_span value = sp_span_trim(sp_span_uncomment((struct sp_span){text, size}));
    struct sp_span name;
    struct target target = {0};
    const bool assigned = sp_span_cut(&value, '=', &name);
    name = sp_span_trim(name);
    value = sp_span_trim(value);
    if (!assigned || name.size == 0) {
        return sp_complain(complaint, "%.*s: a setting is KEY = VALUE", SP_SPAN(name));
    }
    if (sp_span_is(name, "policy")) {
        return apply_set(setup, value, complaint);
    }
    if (sp_span_is(name, "fault")) {
        return apply_fault(setup, value, complaint);
    }
    if (sp_span_begins(name, "policy.")) {
        return apply_policy_field(setup, (struct sp_span){name.at + 7, name.size - 7}, value,
                                  complaint);
    }
    if (!find_key(name, &target, complaint)) {
        return false;
    }
    if (value.size == 0) {
        return sp_complain(complaint, "%.*s has no value: %s is valid", SP_SPAN(name),
                           target.key->info.valid);
    }
    return apply_key(&setup->bounds, &target, value, complaint);
}

bool sp_setup_parse(struct sp_setup *setup, const char *text, size_t size,
                    struct sp_complaint *complaint)
{
    struct sp_span rest = {text, size};
    struct sp_span line;
    for (unsigned number = 1; sp_span_line(&rest, &line); number++) {
        line = sp_span_trim(sp_span_uncomment(line));
        if (line.size > 0 && !sp_setup_apply(setup, line.at, line.size, complaint)) {
            complaint->line = number;
            return false;
        }
    }
    return sp_setup_check(setup, complaint);
}

/* Writes "KEY = VALUE" of a key for one host. */
static void print_key(const struct sp_key *key, unsigned host, const struct sp_bounds *bounds,
                      char *text, size_t capacity)
{
    const char *prefix = !key->host ? "" : host == 0 ? "A." : "B.";
    size_t size = (size_t)snprintf(text, capacity, "%s%s =", prefix, key->name);
    if (key->kind == SP_KEY_LIST) {
        const struct sp_iss_list *list = sp_key_list_of(key, bounds, host);
        for (unsigned i = 0; i < list->count; i++) {
            size += (size_t)snprintf(text + size, capacity - size, " %u", list->value[i]);
        }
        return;
    }
    const uint32_t value = sp_key_get(key, bounds, host);
    if (key->kind == SP_KEY_NUMBER) {
        (void)snprintf(text + size, capacity - size, " %u", value);
        return;
    }
    if (key->kind == SP_KEY_SWITCH) {
        (void)snprintf(text + size, capacity - size, " %s", value != 0 ? "on" : "off");
        return;
    }
    if (value == 0) {
        (void)snprintf(text + size, capacity - size, " none");
    }
    for (const struct sp_key_word *word = key->words; word->word != NULL; word++) {
        if ((value & word->bit) != 0) {
            size += (size_t)snprintf(text + size, capacity - size, " %s", word->word);
        }
    }
}

bool sp_setup_check(const struct sp_setup *setup, struct sp_complaint *complaint)
{
    const struct sp_bounds *bounds = &setup->bounds;
    char of_a[SP_SETTING_MAX];
    char of_b[SP_SETTING_MAX];
    for (unsigned host = 0; host < 2; host++) {
        const bool can = (bounds->host[host].open & (SP_OPEN_PASSIVE | SP_OPEN_ACTIVE)) != 0;
        if (bounds->host[host].opens > 0 && !can) {
            return sp_complain(complaint,
                               "%c.opens = %u, but %c.open has neither passive nor active: set "
                               "%c.opens = 0, or give it a way to open",
                               "AB"[host], bounds -> host[host].opens, "AB"[host], "AB"[host]);
        }
    }
    for (size_t i = 0; i < sp_key_count() && bounds->symmetry; i++) {
        if (!sp_key(i)->host) {
            continue;
        }
        print_key(sp_key(i), 0, bounds, of_a, sizeof of_a);
        print_key(sp_key(i), 1, bounds, of_b, sizeof of_b);
        if (strcmp(of_a + 1, of_b + 1) != 0) {
            return sp_complain(complaint, "symmetry = on needs equal hosts, but %s and %s", of_a,
                               of_b);
        }
    }
    return true;
}

/* Setting number `index` of the policy; past the last, *index is what is left to skip. That there
 * is no fault is said among all settings, not among those that were changed. */
static bool print_policy(const struct sp_policy *policy, bool all, size_t *index, char *text,
                         size_t capacity)
{
    const struct sp_policy_set *set = sp_policy_set_nearest(policy);
    if ((*index)-- == 0) {
        (void)snprintf(text, capacity, "policy = %s", set->name);
        return true;
    }
    for (size_t i = 0; i < SP_POLICY_COUNT; i++) {
        const enum sp_policy_index at = (enum sp_policy_index)i;
        const struct sp_policy_info *info = sp_policy_info(at);
        const uint8_t value = sp_policy_get(policy, at);
        if (value != sp_policy_get(&set->policy, at) && (*index)-- == 0) {
            (void)snprintf(text, capacity, "policy.%s = %s", info->name, info->choices[value].word);
            return true;
        }
    }
    if ((all || policy->fault != SP_FAULT_NONE) && (*index)-- == 0) {
        (void)snprintf(text, capacity, "fault = %s", sp_fault_word((enum sp_fault)policy->fault));
        return true;
    }
    return false;
}

static bool print_setting(const struct sp_setup *setup, const struct sp_setup *except, size_t index,
                          char *text, size_t capacity)
{
    char other[SP_SETTING_MAX];
    if (print_policy(&setup->policy, except == NULL, &index, text, capacity)) {
        return true;
    }
    for (size_t i = 0; i < sp_key_count(); i++) {
        for (unsigned host = 0; host < (sp_key(i)->host ? 2u : 1u); host++) {
            if (except != NULL) {
                print_key(sp_key(i), host, &except->bounds, other, sizeof other);
            }
            print_key(sp_key(i), host, &setup->bounds, text, capacity);
            if ((except == NULL || strcmp(text, other) != 0) && index-- == 0) {
                return true;
            }
        }
    }
    return false;
}

bool sp_setup_print(const struct sp_setup *setup, size_t index, char *text, size_t capacity)
{
    return print_setting(setup, NULL, index, text, capacity);
}

bool sp_setup_print_changed(const struct sp_setup *setup, size_t index, char *text, size_t capacity)
{
    struct sp_setup initial;
    sp_setup_init(&initial);
    return print_setting(setup, &initial, index, text, capacity);
}

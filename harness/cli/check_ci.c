/*
 * The reports of `check` for CI systems: a case for every property, and one for the witnesses.
 *
 * Violations were added when their pages were written. The invariant: a property passes only in a
 * complete search that found nothing.
 */
#include "cli/check.h"

#include <inttypes.h>

static bool has(uint64_t set, unsigned bit)
{
    return (set >> bit & 1) != 0;
}

static void add_property(struct sp_check *check, unsigned property)
{
    const struct sp_property_info *info = sp_property_info((enum sp_property)property);
    const struct sp_explore_result *r = &check->result;
    char name[128];
    snprintf(name, sizeof name, "%s %s", info->id, info->name);
    if (has(check->unjudged, property)) {
        sp_ci_skip(&check->ci, name, "no claim: %s",
                   has(check->judged, property) ? "what it speaks of is switched off"
                                                : "it is not asked for (--judge)");
    } else if (r->violated != 0) {
        sp_ci_skip(&check->ci, name, "not decided: the search ended with a violation of another");
    } else if (r->end != SP_EXPLORE_COMPLETE) {
        sp_ci_case(&check->ci, SP_EXIT_INCOMPLETE, name,
                   "not violated by fewer than %" PRIu32 " events, but the search ended: %s",
                   r->depth, sp_explore_end_name(r->end));
    } else {
        sp_ci_case(&check->ci, SP_EXIT_PASS, name, "%s", "");
    }
}

static void list_missing(const struct sp_check *check, char *text, size_t capacity)
{
    const uint64_t missing = sp_check_missing(check);
    size_t size = 0;
    text[0] = '\0';
    for (unsigned i = 0; i < SP_WITNESS_COUNT && size < capacity; i++) {
        if (has(missing, i)) {
            size += (size_t)snprintf(text + size, capacity - size, "%s%s", size == 0 ? "" : ", ",
                                     sp_witness_info((enum sp_witness)i)->name);
        }
    }
}

static void add_witnesses(struct sp_check *check)
{
    char missing[SP_SEARCH_LIST_MAX];
    list_missing(check, missing, sizeof missing);
    if (missing[0] == '\0') {
        sp_ci_case(&check->ci, SP_EXIT_PASS, "witnesses", "%s", "");
    } else if (check->result.violated != 0) {
        sp_ci_skip(&check->ci, "witnesses", "not reached before the violation: %s", missing);
    } else {
        sp_ci_case(&check->ci, sp_check_verdict(&check->result, check->expected), "witnesses",
                   "never reached: %s", missing);
    }
}

/* What keeps it from being a verdict. */
static void add_note(struct sp_check *check)
{
    char text[SP_SEARCH_LIST_MAX];
    if (check->verdict == SP_EXIT_INCOMPLETE) {
        sp_ci_note(&check->ci, check->verdict, "",
                   "bounds %s, policy %s: the search ended: %s, after %" PRIu64
                   " states; nothing wrong was found, but not everything was covered",
                   check->bounds, check->policy, sp_explore_end_name(check->result.end),
                   check->result.states);
    } else if (check->verdict == SP_EXIT_VACUOUS) {
        list_missing(check, text, sizeof text);
        sp_ci_note(&check->ci, check->verdict, "", "bounds %s, policy %s: never reached: %s",
                   check->bounds, check->policy, text);
    }
}

static void add_facts(struct sp_check *check)
{
    const struct sp_explore_result *r = &check->result;
    sp_ci_fact(&check->ci, "bounds", "%s", check->bounds);
    sp_ci_fact(&check->ci, "policy", "%s", check->policy);
    sp_ci_fact(&check->ci, "end", "%s", sp_explore_end_name(r->end));
    sp_ci_fact(&check->ci, "states", "%" PRIu64, r->states);
    sp_ci_fact(&check->ci, "transitions", "%" PRIu64, r->transitions);
    sp_ci_fact(&check->ci, "depth", "%" PRIu32, r->depth);
}

bool sp_check_ci_write(struct sp_check *check, const char *failed)
{
    sp_ci_subject(&check->ci, "bounds %s, policy %s", check->bounds, check->policy);
    add_facts(check);
    if (failed != NULL) {
        sp_ci_case(&check->ci, SP_EXIT_ERROR, "search", "the search failed: %s", failed);
        sp_ci_note(&check->ci, SP_EXIT_ERROR, "", "the search failed: %s", failed);
        return sp_ci_write(&check->ci, check->verdict);
    }
    for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
        if (!has(check->result.violated, i)) {
            add_property(check, i);
        }
    }
    add_witnesses(check);
    add_note(check);
    return sp_ci_write(&check->ci, check->verdict);
}

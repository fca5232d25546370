/*
 * What `check` says: the bounds before the search, what was covered after it.
 *
 * The invariant: nothing that was not covered is said to hold.
 */
#include "cli/check.h"
#include "cli/setup.h"
#include "report/buffer.h"

#include <inttypes.h>
#include <string.h>

uint64_t sp_check_missing(const struct sp_check *check)
{
    return check->expected & ~check->result.witnessed;
}

uint64_t sp_check_until_forged(const struct sp_check *check)
{
    return check->setup.bounds.forgeries > 0 ? sp_oracle_unforged() : 0;
}

static unsigned count_bits(uint64_t bits)
{
    unsigned count = 0;
    for (; bits != 0; bits &= bits - 1) {
        count++;
    }
    return count;
}

static void list_witnesses(uint64_t set, const char *comma, char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    for (unsigned i = 0; i < SP_WITNESS_COUNT; i++) {
        if ((set >> i & 1) != 0) {
            sp_write(&writer, "%s%s", buffer.size == 0 ? "" : comma,
                     sp_witness_info((enum sp_witness)i)->name);
        }
    }
}

static void put(const char *head, const char *text)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "  %-14s", head);
    sp_wrap(&out, 16, 16, text);
}

void sp_check_report_head(const struct sp_check *check)
{
    struct sp_writer out = sp_file_writer(stdout);
    sp_write(&out, "check bounds %s, policy %s\n", check->bounds, check->policy);
    sp_setup_words(&check->setup, &out);
    char list[SP_SEARCH_LIST_MAX];
    if (check->judged != SP_PROPERTIES) {
        sp_search_properties(check->judged, " ", list, sizeof list);
        sp_write(&out, "  %-10s%s alone: a run goes on through what violates others\n", "judged",
                 list);
    }
    const uint64_t unjudged = check->unjudged & check->judged;
    if (unjudged != 0) {
        sp_search_properties(unjudged, " ", list, sizeof list);
        char text[SP_SEARCH_LIST_MAX + 128];
        snprintf(text, sizeof text, "%s: what it speaks of is switched off", list);
        sp_write(&out, "  %-10s", "no claim");
        sp_wrap(&out, 12, 12, text);
    }
    sp_write(&out, "\n");
}

static void report_properties(const struct sp_check *check)
{
    char list[SP_SEARCH_LIST_MAX];
    char text[SP_SEARCH_LIST_MAX + 128];
    uint64_t judged = SP_PROPERTIES & ~check->unjudged & ~check->result.violated;
    bool whole = check->result.end == SP_EXPLORE_COMPLETE && check->result.violated == 0;
    const uint64_t until = judged & sp_check_until_forged(check);
    judged &= ~until;
    sp_search_properties(judged, " ", list, sizeof list);
    snprintf(text, sizeof text, "%u %s: %s", count_bits(judged),
             whole ? "hold in every state" : "not violated so far", list);
    put("properties", text);
    if (until != 0) {
        sp_search_properties(until, " ", list, sizeof list);
        snprintf(text, sizeof text, "%s: judged until a segment is forged", list);
        put("unattacked", text);
    }
    uint64_t beyond = (judged | until) & check->unassumed;
    if (beyond != 0) {
        sp_search_properties(beyond, " ", list, sizeof list);
        snprintf(text, sizeof text,
                 "%s: though these bounds drop an assumption of each ('synproof properties ID')",
                 list);
        put("beyond", text);
    }
}

static void report_witnesses(const struct sp_check *check)
{
    char list[SP_SEARCH_LIST_MAX];
    char text[SP_SEARCH_LIST_MAX + 128];
    uint64_t missing = sp_check_missing(check);
    list_witnesses(missing, ", ", list, sizeof list);
    snprintf(text, sizeof text, "%u of %u reached%s%s",
             count_bits(check->expected & check->result.witnessed), count_bits(check->expected),
             missing == 0 ? "" : "; never: ", list);
    put("witnesses", text);
    uint64_t all = SP_WITNESS_COUNT >= 64 ? UINT64_MAX : ((uint64_t)1 << SP_WITNESS_COUNT) - 1;
    uint64_t impossible = all & ~check->expected & ~check->result.witnessed;
    if (impossible != 0) {
        list_witnesses(impossible, ", ", list, sizeof list);
        put("out of reach", list);
    }
}

static void list_found(const struct sp_check *check, char *text, size_t capacity)
{
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, text, capacity);
    if (check->verdict == SP_EXIT_FAIL) {
        char list[SP_SEARCH_LIST_MAX];
        sp_search_properties(check->result.violated, ",", list, sizeof list);
        sp_write(&writer, " violated=%s", list);
        for (unsigned i = 0; i < SP_PROPERTY_COUNT; i++) {
            if (check->file[i][0] != '\0') {
                sp_write(&writer, " file=%s", check->file[i]);
            }
        }
    } else if (check->verdict == SP_EXIT_INCOMPLETE) {
        char end[64];
        sp_search_end_word(&check->result, end, sizeof end);
        sp_write(&writer, " end=%s", end);
    } else if (check->verdict == SP_EXIT_VACUOUS) {
        char list[SP_SEARCH_LIST_MAX];
        list_witnesses(sp_check_missing(check), ",", list, sizeof list);
        sp_write(&writer, " missing=%s", list);
    }
}

/* What was not covered, and what it takes to go on. */
static void report_rest(const struct sp_check *check)
{
    const struct sp_explore_result *r = &check->result;
    char left[SP_GROUPED_TEXT];
    printf("  Nothing wrong was found, but not everything was covered: every behaviour of "
           "fewer\n  than %" PRIu32 " events was. %s states were found and not expanded.\n",
           r->depth, sp_grouped(r->frontier, left, sizeof left));
    if (r->end == SP_EXPLORE_OUT_OF_MEMORY) {
        printf("  A state took %.1f octets.\n", (double)r->memory / (double)r->states);
    }
    if (r->kept) {
        printf("  go on   synproof check --resume %s\n", check->folder);
    } else if (check->limits.checkpoint != NULL) {
        printf("  The search could not be kept in %s.\n", check->folder);
    }
}

/* --store compact: how far the counts can be trusted. */
static void report_missed(const struct sp_check *check)
{
    if (check->result.missed > 0) {
        printf("  stored compactly: of the states, at most %.2g were missed by expectation; what "
               "they\n  lead to may be missing too\n",
               check->result.missed);
    }
}

void sp_check_report_end(const struct sp_check *check)
{
    sp_search_covered(&check->result);
    report_missed(check);
    /* A violation has its page already, and ended the search: what else holds is not known. */
    if (check->verdict != SP_EXIT_FAIL) {
        report_properties(check);
        report_witnesses(check);
    }
    if (check->verdict == SP_EXIT_INCOMPLETE) {
        report_rest(check);
    }
    char found[2 * SP_SEARCH_LIST_MAX];
    char bounds[SP_SEARCH_NAME_MAX];
    const struct sp_explore_result *r = &check->result;
    list_found(check, found, sizeof found);
    sp_finish(stdout, check->verdict,
              "bounds=%s policy=%s states=%" PRIu64 " transitions=%" PRIu64 " depth=%" PRIu32
              " seconds=%.1f witnesses=%u/%u%s",
              sp_record_value(check->bounds, bounds, sizeof bounds), check->policy, r->states,
              r->transitions, r->depth, r->seconds, count_bits(check->expected & r->witnessed),
              count_bits(check->expected), found);
}

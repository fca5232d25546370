/*
 * The table proofs/coverage/unreached, read (reasons.h).
 *
 * The invariant: every word of the table means something, and nothing has two reasons, or the line
 * is complained of.
 */
#include "cli/reasons.h"
#include "cli/coverage.h"
#include "cli/files.h"
#include "cli/setup.h"
#include "setup/words.h"

#include <stdlib.h>
#include <string.h>

#define PATH_MAX 4096

enum sp_rule sp_rule_find(const char *name)
{
    unsigned i = 0;
    while (i < SP_RULE_COUNT && strcmp(name, sp_rule_info((enum sp_rule)i)->name) != 0) {
        i++;
    }
    return (enum sp_rule)i;
}

static const char search[] = "search: ";

static bool take(const char **place, const char *reason, const char **why)
{
    *why = *place != NULL ? "it has a reason already" : "a reason stands above it, not indented";
    if (*place != NULL || reason == NULL) {
        return false;
    }
    *place = reason;
    return true;
}

/* Takes back what is said of searches alone. */
static void drop_searches(const char **place)
{
    if (*place != NULL && strncmp(*place, search, sizeof search - 1) == 0) {
        *place = NULL;
    }
}

static bool take_rule(struct sp_reasons *reasons, const char *reason, struct sp_span word,
                      const char **why)
{
    char name[64];
    snprintf(name, sizeof name, "%.*s", SP_SPAN(word));
    enum sp_rule rule = sp_rule_find(name);
    if (rule == SP_RULE_COUNT) {
        *why = "no such rule; 'synproof rules' lists them";
        return false;
    }
    return take(&reasons->rule[rule], reason, why);
}

static unsigned find_state(struct sp_span word)
{
    unsigned i = 0;
    while (i < SP_STATE_COUNT && !sp_span_is(word, sp_state_word((enum sp_state)i))) {
        i++;
    }
    return i;
}

static bool take_cell(struct sp_reasons *reasons, const char *reason, struct sp_span state,
                      struct sp_span event, const char **why)
{
    unsigned kind = 0;
    while (kind < SP_EVENT_COUNT && !sp_span_is(event, sp_event_word((enum sp_event_kind)kind))) {
        kind++;
    }
    if (find_state(state) == SP_STATE_COUNT || kind == SP_EVENT_COUNT) {
        *why = "a state as in rules.def and an event such as OPEN_ACTIVE or SEGMENT are valid";
        return false;
    }
    return take(&reasons->cell[find_state(state)][kind], reason, why);
}

/* The indented lines: what the reason is for. *bad is the word that is wrong. */
static bool take_item(struct sp_reasons *reasons, const char *reason, struct sp_span line,
                      struct sp_span *bad, const char **why)
{
    struct sp_span head = sp_span_word(&line);
    const bool rule = sp_span_is(head, "rule");
    struct sp_span state = rule ? head : sp_span_word(&line);
    struct sp_span word = sp_span_word(&line);
    *bad = head;
    *why = "'rule NAME...' and 'cell STATE EVENT...' are valid";
    if ((!rule && !sp_span_is(head, "cell")) || word.size == 0) {
        return false;
    }
    for (; word.size > 0; word = sp_span_word(&line)) {
        *bad = word;
        if (!(rule ? take_rule(reasons, reason, word, why)
                   : take_cell(reasons, reason, state, word, why))) {
            return false;
        }
    }
    return true;
}

/* One line; a reason is cut out of the text where it stands. */
static bool take_line(struct sp_reasons *reasons, const char **reason, struct sp_span line,
                      struct sp_span *bad, const char **why)
{
    struct sp_span rest = sp_span_trim(sp_span_uncomment(line));
    if (rest.size == 0) {
        return true;
    }
    if (rest.at != line.at) {
        return take_item(reasons, *reason, rest, bad, why);
    }
    reasons->text[rest.at - reasons->text + (ptrdiff_t)rest.size] = '\0';
    *reason = rest.at;
    return true;
}

static void drop_all_searches(struct sp_reasons *reasons)
{
    for (unsigned i = 0; i < SP_RULE_COUNT; i++) {
        drop_searches(&reasons->rule[i]);
    }
    for (unsigned i = 0; i < SP_CELLS; i++) {
        drop_searches(&reasons->cell[i / SP_EVENT_COUNT][i % SP_EVENT_COUNT]);
    }
}

bool sp_reasons_read(struct sp_reasons *reasons, bool of_searches)
{
    char path[PATH_MAX];
    struct sp_bytes bytes;
    *reasons = (struct sp_reasons){0};
    snprintf(path, sizeof path, "%s/proofs/coverage/unreached", sp_data_directory());
    if (!sp_file_read(path, &bytes)) {
        return false;
    }
    reasons->text = (char *)bytes.at;
    struct sp_span rest = {reasons->text, bytes.size};
    struct sp_span line;
    const char *reason = NULL;
    for (unsigned number = 1; sp_span_line(&rest, &line); number++) {
        const char *why = "";
        struct sp_span bad = line;
        if (!take_line(reasons, &reason, line, &bad, &why)) {
            sp_say("%s:%u: %.*s: %s", path, number, SP_SPAN(bad), why);
            return false;
        }
    }
    if (!of_searches) {
        drop_all_searches(reasons);
    }
    return true;
}

void sp_reasons_free(struct sp_reasons *reasons)
{
    free(reasons->text);
    reasons->text = NULL;
}

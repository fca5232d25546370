/*
 * The table proofs/must_fail/expected, read. What it promises, sp_zoo_check keeps (zoo_check.c).
 *
 * The invariant: every word of the table means something, or the line is complained of; a fault
 * without a row is not complained of here.
 */
#include "cli/zoo.h"
#include "cli/files.h"
#include "cli/setup.h"
#include "setup/words.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_MAX 4096

enum { WORDS = 5 }; /* of a row */

enum sp_fault sp_zoo_find(const char *word)
{
    unsigned i = SP_FAULT_NONE + 1;
    while (i < SP_FAULT_COUNT && strcmp(word, sp_fault_word((enum sp_fault)i)) != 0) {
        i++;
    }
    return i < SP_FAULT_COUNT ? (enum sp_fault)i : SP_FAULT_NONE;
}

static bool take_row(struct sp_zoo *zoo, const struct sp_span *word, char *why, size_t capacity)
{
    char text[WORDS][64];
    uint64_t length = 0;
    for (unsigned i = 0; i < WORDS; i++) {
        snprintf(text[i], sizeof text[i], "%.*s", (int)word[i].size, word[i].at);
    }
    enum sp_fault fault = sp_zoo_find(text[0]);
    enum sp_property property = sp_property_find(text[3]);
    if (fault == SP_FAULT_NONE || zoo->row[fault].there) {
        snprintf(why, capacity, "%s is no fault, or has a row already", text[0]);
        return false;
    }
    if (sp_policy_set_find(text[2]) == NULL || property == SP_PROPERTY_COUNT ||
        !sp_span_number(word[4], SIZE_MAX, &length)) {
        snprintf(why, capacity, "%s: FAULT BOUNDS POLICY PROPERTY LENGTH is valid, not %s %s %s",
                 text[0], text[2], text[3], text[4]);
        return false;
    }
    struct sp_zoo_row *row = &zoo->row[fault];
    *row = (struct sp_zoo_row){.there = true, .property = property, .length = (size_t)length};
    snprintf(row->bounds, sizeof row->bounds, "%s", text[1]);
    snprintf(row->policy, sizeof row->policy, "%.31s", text[2]);
    return true;
}

static bool take_line(struct sp_zoo *zoo, struct sp_span line, char *why, size_t capacity)
{
    struct sp_span word[WORDS];
    struct sp_span rest = sp_span_trim(sp_span_uncomment(line));
    if (rest.size == 0) {
        return true;
    }
    for (unsigned i = 0; i < WORDS; i++) {
        word[i] = sp_span_word(&rest);
        if (word[i].size == 0) {
            snprintf(why, capacity, "a row is FAULT BOUNDS POLICY PROPERTY LENGTH");
            return false;
        }
    }
    return take_row(zoo, word, why, capacity);
}

bool sp_zoo_read(struct sp_zoo *zoo)
{
    char path[PATH_MAX];
    char why[512];
    struct sp_bytes bytes;
    *zoo = (struct sp_zoo){0};
    snprintf(path, sizeof path, "%s/proofs/must_fail/expected", sp_data_directory());
    if (!sp_file_read(path, &bytes)) {
        return false;
    }
    struct sp_span rest = {(const char *)bytes.at, bytes.size};
    struct sp_span line;
    bool good = true;
    for (unsigned number = 1; good && sp_span_line(&rest, &line); number++) {
        good = take_line(zoo, line, why, sizeof why);
        if (!good) {
            sp_say("%s:%u: %s", path, number, why);
        }
    }
    free(bytes.at);
    return good;
}

bool sp_zoo_load(const struct sp_zoo_row *row, enum sp_fault fault, struct sp_setup *setup)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/proofs/must_fail/%s.bounds", sp_data_directory(), row->bounds);
    if (!sp_setup_load(access(path, F_OK) == 0 ? path : row->bounds, setup)) {
        return false;
    }
    char text[64];
    struct sp_complaint complaint;
    snprintf(text, sizeof text, "policy = %s", row->policy);
    bool good = sp_setup_apply(setup, text, strlen(text), &complaint);
    setup->policy.fault = (uint8_t)fault;
    return good;
}

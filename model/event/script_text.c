/*
 * The text form of a script: version, settings and expectation, then one action a line.
 *
 * Lines of the body are read by script_parse.c, and script_print.c writes it all. Nothing here
 * judges whether the actions are possible in a world; a replay finds out.
 */
#include "event/script.h"
#include "setup/words.h"

#include <string.h>

static const char version_line[] = "synproof script 1";

static bool read_version(struct sp_span line, struct sp_complaint *complaint)
{
    if (sp_span_is(line, version_line)) {
        return true;
    }
    if (sp_span_begins(line, "synproof script")) {
        return sp_complain(complaint, "%.*s: this version reads \"%s\" only", SP_SPAN(line),
                           version_line);
    }
    return sp_complain(complaint, "%.*s: a script begins with the line \"%s\"", SP_SPAN(line),
                       version_line);
}

/* PASS, or the id of a property: letters, digits, "-" and "_". Which ids there are, the oracle
 * knows. */
static bool read_expectation(struct sp_script *script, struct sp_span word,
                             struct sp_complaint *complaint)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (script->expect != SP_EXPECT_NOTHING) {
        return sp_complain(complaint, "expect is given twice");
    }
    if (sp_span_is(word, "PASS")) {
        script->expect = SP_EXPECT_PASS;
        return true;
    }
    bool valid = word.size > 0 && word.size < sizeof script->expected;
    for (size_t i = 0; i < word.size && valid; i++) {
        valid = word.at[i] != '\0' && strchr(letters, word.at[i]) != NULL;
    }
    if (!valid) {
        return sp_complain(complaint,
                           "expect %.*s: PASS, or the id of a property such as S5, is valid",
                           SP_SPAN(word));
    }
    script->expect = SP_EXPECT_VIOLATION;
    memcpy(script->expected, word.at, word.size);
    return true;
}

/* A line that is neither blank nor the version. */
static bool read_line(struct sp_script *script, struct sp_span line, struct sp_complaint *complaint)
{
    struct sp_span rest = line;
    const struct sp_span word = sp_span_word(&rest);
    const bool set = sp_span_is(word, "set");
    if ((set || sp_span_is(word, "expect")) && script->count > 0) {
        return sp_complain(complaint, "%.*s: settings and expectation stand before the actions",
                           SP_SPAN(word));
    }
    if (set) {
        return sp_setup_apply(&script->setup, rest.at, rest.size, complaint);
    }
    if (sp_span_is(word, "expect")) {
        return read_expectation(script, sp_span_trim(rest), complaint);
    }
    if (script->count == script->capacity) {
        return sp_complain(complaint, "more than %zu actions", script->capacity);
    }
    return sp_action_parse(&script->action[script->count++], line.at, line.size, complaint);
}

bool sp_script_parse(struct sp_script *script, const char *text, size_t size,
                     struct sp_complaint *complaint)
{
    struct sp_span rest = {text, size};
    struct sp_span line;
    bool versioned = false;
    sp_setup_init(&script->setup);
    script->expect = SP_EXPECT_NOTHING;
    memset(script->expected, 0, sizeof script->expected);
    script->count = 0;
    for (unsigned number = 1; sp_span_line(&rest, &line); number++) {
        line = sp_span_trim(sp_span_uncomment(line));
        if (line.size == 0) {
            continue;
        }
        if (!(versioned ? read_line(script, line, complaint) : read_version(line, complaint))) {
            complaint->line = number;
            return false;
        }
        versioned = true;
    }
    if (!versioned) {
        return sp_complain(complaint, "empty: a script begins with the line \"%s\"", version_line);
    }
    return sp_setup_check(&script->setup, complaint);
}

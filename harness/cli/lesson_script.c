/*
 * One line of a lesson's script, understood. What the steps mean stands in lesson.h.
 *
 * The invariant: a line that is not wholly understood is refused.
 */
#include "cli/lesson.h"
#include "cli/setup.h"

#include <stdlib.h>
#include <string.h>

static bool refuse(char *why, size_t capacity, const char *what, struct sp_span word)
{
    snprintf(why, capacity, "%s, not '%.*s'", what, SP_SPAN(word));
    return false;
}

static void copy(char *text, size_t capacity, struct sp_span span)
{
    snprintf(text, capacity, "%.*s", (int)span.size, span.at);
}

/* "S5,S6": these; "-S52": all but these. */
static bool judge(struct sp_span list, uint64_t *judged)
{
    bool others = list.size > 0 && list.at[0] == '-';
    uint64_t bits = 0;
    list.at += others;
    list.size -= others;
    for (bool more = true; more;) {
        struct sp_span word;
        char text[32];
        more = sp_span_cut(&list, ',', &word);
        copy(text, sizeof text, word);
        enum sp_property property = sp_property_find(text);
        if (property == SP_PROPERTY_COUNT) {
            return false;
        }
        bits |= UINT64_C(1) << property;
    }
    *judged = others ? SP_PROPERTIES & ~bits : bits;
    return true;
}

static bool set(struct sp_lesson_step *step, struct sp_span word, char *why, size_t capacity)
{
    char text[128];
    struct sp_complaint complaint;
    copy(text, sizeof text, word);
    if (!sp_span_begins(word, "policy") && !sp_span_begins(word, "fault")) {
        size_t size = strlen(step->changed);
        snprintf(step->changed + size, sizeof step->changed - size, ", %s", text);
    }
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == '+' ? ' ' : *c;
    }
    if (!sp_setup_apply(&step->setup, text, strlen(text), &complaint)) {
        snprintf(why, capacity, "%s", complaint.text);
        return false;
    }
    return true;
}

static bool option(struct sp_lesson_step *step, struct sp_span word, char *why, size_t capacity)
{
    static const char judging[] = "judge=";
    if (sp_span_begins(word, judging)) {
        struct sp_span list = {word.at + strlen(judging), word.size - strlen(judging)};
        return judge(list, &step->judged) ||
               refuse(why, capacity, "judge=S5,S6 or judge=-S52 is valid", word);
    }
    if (sp_span_is(word, "rules")) {
        step->rules = true;
    } else if (sp_span_is(word, "absolute")) {
        step->absolute = true;
    } else if (sp_span_is(word, "brief")) {
        step->brief = true;
    } else {
        return set(step, word, why, capacity);
    }
    return true;
}

static bool outcome(struct sp_lesson_step *step, struct sp_span rest, char *why, size_t capacity)
{
    struct sp_outcome *expected = &step->expected;
    struct sp_span word = sp_span_word(&rest);
    char text[64];
    copy(text, sizeof text, word);
    expected->violated = SP_PROPERTY_COUNT;
    if (step->verb == SP_LESSON_FIND) {
        expected->found = sp_span_is(word, "found");
        if (!expected->found && !sp_span_is(word, "none")) {
            return refuse(why, capacity, "=> found or => none is valid", word);
        }
    } else if (!sp_span_is(word, "PASS")) {
        expected->violated = sp_property_find(text);
        expected->found = true;
        if (expected->violated == SP_PROPERTY_COUNT) {
            return refuse(why, capacity, "=> PASS or => a property is valid", word);
        }
    }
    while ((word = sp_span_word(&rest)).size > 0) {
        uint64_t number = 0;
        size_t *field = sp_span_is(word, "events")     ? &expected->events
                        : sp_span_is(word, "segments") ? &expected->segments
                                                       : NULL;
        if (field == NULL || !sp_span_number(sp_span_word(&rest), 1000, &number)) {
            return refuse(why, capacity, "events N or segments N is valid", word);
        }
        *field = (size_t)number;
    }
    return true;
}

/* Cuts off what stands before the separator, a word of its own. */
static bool cut(struct sp_span *rest, const char *separator, struct sp_span *head)
{
    size_t size = strlen(separator);
    for (size_t i = 0; i + size <= rest->size; i++) {
        if (memcmp(rest->at + i, separator, size) == 0) {
            *head = (struct sp_span){rest->at, i};
            rest->at += i + size;
            rest->size -= i + size;
            return true;
        }
    }
    return false;
}

static bool read_question(struct sp_lesson_step *step, struct sp_span text, char *why,
                          size_t capacity)
{
    struct sp_complaint complaint;
    copy(step->question, sizeof step->question, sp_span_trim(text));
    if (!sp_query_parse(&step->query, step->question, strlen(step->question), &complaint)) {
        snprintf(why, capacity, "%s", complaint.text);
        return false;
    }
    return true;
}

/* Bounds, options, question: all between the key and =>. */
static bool search(const struct sp_lesson *lesson, struct sp_lesson_step *step, struct sp_span rest,
                   char *why, size_t capacity)
{
    struct sp_span options;
    struct sp_span question = {"", 0};
    char path[1200];
    copy(step->bounds, sizeof step->bounds, sp_span_word(&rest));
    if (!cut(&rest, " => ", &options)) {
        return refuse(why, capacity, "=> and what is expected is valid", rest);
    }
    if (step->verb == SP_LESSON_FIND) {
        question = options;
        if (!cut(&question, "? ", &options) || !read_question(step, question, why, capacity)) {
            return question.size > 0 && why[0] != '\0'
                       ? false
                       : refuse(why, capacity, "? and a question is valid", options);
        }
    }
    snprintf(path, sizeof path, "%s/%s.bounds", lesson->path, step->bounds);
    if (step->verb != SP_LESSON_REPLAY && !sp_setup_load(path, &step->setup)) {
        snprintf(why, capacity, "its bounds were not understood");
        return false;
    }
    for (struct sp_span word = sp_span_word(&options); word.size > 0;
         word = sp_span_word(&options)) {
        if (!option(step, word, why, capacity)) {
            return false;
        }
    }
    return outcome(step, rest, why, capacity);
}

bool sp_lesson_parse(const struct sp_lesson *lesson, struct sp_span line,
                     struct sp_lesson_step *step, char *why, size_t capacity)
{
    static const char *const verbs[SP_LESSON_VERBS] = {"say",   "invariant", "find",
                                                       "check", "states",    "replay"};
    struct sp_span word = sp_span_word(&line);
    unsigned verb = 0;
    while (verb < SP_LESSON_VERBS && !sp_span_is(word, verbs[verb])) {
        verb++;
    }
    if (verb == SP_LESSON_VERBS) {
        return refuse(why, capacity, "say, invariant, find, check, states, replay are valid", word);
    }
    why[0] = '\0';
    step->verb = (enum sp_lesson_verb)verb;
    step->judged = verb == SP_LESSON_FIND ? 0 : SP_PROPERTIES;
    step->expected.events = step->expected.segments = SP_ANY_COUNT;
    if (verb == SP_LESSON_INVARIANT) {
        word = sp_span_word(&line);
        copy(step->bounds, sizeof step->bounds, word);
        if (sp_property_find(step->bounds) == SP_PROPERTY_COUNT) {
            return refuse(why, capacity, "a property is valid", word);
        }
    }
    copy(step->key, sizeof step->key, sp_span_word(&line));
    return verb <= SP_LESSON_INVARIANT || search(lesson, step, line, why, capacity);
}

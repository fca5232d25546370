/*
 * What a lesson says: its words, and for each step what the search found.
 *
 * It shows and judges nothing. The invariant: a number that it writes comes from the search that
 * just ran.
 */
#include "cli/lesson.h"
#include "cli/setup.h"

#include <inttypes.h>
#include <string.h>

/* Paragraphs, each behind two blanks, an empty line between them. */
static void write_paragraphs(const char *text)
{
    struct sp_writer out = sp_file_writer(stdout);
    char paragraph[4096];
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        snprintf(paragraph, sizeof paragraph, "%.*s", (int)size, text);
        sp_write(&out, "  ");
        sp_wrap(&out, 2, 2, paragraph);
        text += size + (end == NULL ? 0 : 2);
        if (*text != '\0') {
            sp_write(&out, "\n");
        }
    }
}

static const char *phrase(const struct sp_lesson *lesson, const char *key)
{
    const char *text = sp_words_of(&lesson->phrases, key);
    return text == NULL ? key : text;
}

bool sp_lesson_show_head(const struct sp_lesson *lesson)
{
    static const char *const keys[] = {"question", "answer"};
    const char *title = sp_words_of(&lesson->words, "title");
    if (title == NULL) {
        return false;
    }
    printf("%u  %s\n", lesson->number, title);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *text = sp_words_of(&lesson->words, keys[i]);
        if (text == NULL) {
            return false;
        }
        printf("\n%s\n", phrase(lesson, keys[i]));
        write_paragraphs(text);
    }
    return true;
}

static void show_property(const struct sp_lesson *lesson, const char *head,
                          enum sp_property property)
{
    const struct sp_property_info *info = sp_property_info(property);
    struct sp_writer out = sp_file_writer(stdout);
    char text[512];
    snprintf(text, sizeof text, "%s %s %s [RFC %s]", phrase(lesson, head), info->id, info->name,
             info->section);
    sp_write(&out, "  ");
    sp_wrap(&out, 2, 8, text);
    sp_write(&out, "        ");
    sp_wrap(&out, 8, 8, info->sentence);
}

/* "bounds open, policy rfc9293, msl=off", and what was asked. */
static void show_terms(const struct sp_lesson *lesson, const struct sp_lesson_step *step)
{
    struct sp_writer out = sp_file_writer(stdout);
    char policy[256];
    char text[1024];
    if (step->verb == SP_LESSON_REPLAY) {
        printf("  %s %s.sps\n", phrase(lesson, "script"), step->bounds);
        return;
    }
    sp_policy_name(&step->setup, policy, sizeof policy);
    snprintf(text, sizeof text, "%s %s%s; %s %s", phrase(lesson, "bounds"), step->bounds,
             step->changed, phrase(lesson, "policy"), policy);
    sp_write(&out, "  ");
    sp_wrap(&out, 2, 4, text);
    if (step->verb == SP_LESSON_FIND) {
        snprintf(text, sizeof text, "%s %s", phrase(lesson, "sought"), step->question);
        sp_write(&out, "  ");
        sp_wrap(&out, 2, 4, text);
    }
}

static void show_counts(const struct sp_lesson *lesson, const struct sp_explore_result *result)
{
    char states[SP_GROUPED_TEXT];
    char transitions[SP_GROUPED_TEXT];
    printf("%s %s, %s %s, %s %" PRIu32 "\n", sp_grouped(result->states, states, sizeof states),
           phrase(lesson, "states"),
           sp_grouped(result->transitions, transitions, sizeof transitions),
           phrase(lesson, "transitions"), phrase(lesson, "depth"), result->depth);
}

/* The claim with its numbers, at the step that shows the violation. */
static void show_claim(const struct sp_lesson_found *found)
{
    const struct sp_trace *trace = &found->trace;
    const enum sp_property property = found->outcome.violated;
    struct sp_writer out = sp_file_writer(stdout);
    struct sp_evidence evidence;
    if (trace->count == 0 || sp_oracle_promise(property) != SP_PROMISE_NONE) {
        return;
    }
    const struct sp_trace_step *last = &trace->step[trace->count - 1];
    if (!last->step.acted || (last->findings.violated >> property & 1) == 0) {
        return;
    }
    sp_oracle_explain(&found->script.setup, &last->step, &last->after, property, &evidence);
    sp_write(&out, "        ");
    sp_wrap(&out, 8, 8, evidence.claim);
}

/* Rows: A; columns: B. Two ends of one connection, from SYN-RECEIVED on. */
static void show_states(const struct sp_lesson *lesson, const struct sp_lesson_found *found)
{
    static const char *const heads[SP_STATE_COUNT] = {
        [SP_SYN_RECEIVED] = "SR", [SP_ESTABLISHED] = "ES", [SP_FIN_WAIT_1] = "FW1",
        [SP_FIN_WAIT_2] = "FW2",  [SP_CLOSE_WAIT] = "CW",  [SP_CLOSING] = "CG",
        [SP_LAST_ACK] = "LA",     [SP_TIME_WAIT] = "TW",
    };
    printf("\n  %-18s", "A \\ B");
    for (unsigned b = SP_SYN_RECEIVED; b < SP_STATE_COUNT; b++) {
        printf(" %3s", heads[b]);
    }
    printf("\n");
    for (unsigned a = SP_SYN_RECEIVED; a < SP_STATE_COUNT; a++) {
        printf("  %-3s %-14s", heads[a], sp_state_name((enum sp_state)a));
        for (unsigned b = SP_SYN_RECEIVED; b < SP_STATE_COUNT; b++) {
            printf(" %3s", (found->joint[a] >> b & 1) != 0 ? "+" : ".");
        }
        printf("\n");
    }
    printf("  %s\n", phrase(lesson, "joint"));
}

static void show_run(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                     const struct sp_lesson_found *found)
{
    struct sp_writer out = sp_file_writer(stdout);
    struct sp_ladder_options options = {.absolute = step->absolute, .rules = step->rules};
    const char *head = step->verb == SP_LESSON_REPLAY ? "replayed" : "run";
    printf("  %s %zu %s, %zu %s", phrase(lesson, head), found->outcome.events,
           phrase(lesson, "events"), found->outcome.segments, phrase(lesson, "segments"));
    if (step->verb != SP_LESSON_REPLAY) {
        printf("; %s ", phrase(lesson, "searched"));
        show_counts(lesson, &found->result);
    } else {
        printf("\n");
    }
    if (!step->brief) {
        printf("\n");
        sp_report_ladder(&found->trace, &options, &out);
    }
}

static void show_found(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                       const struct sp_lesson_found *found)
{
    const bool violated = step->verb != SP_LESSON_FIND && found->outcome.found;
    show_terms(lesson, step);
    if (violated && found->outcome.violated != SP_PROPERTY_COUNT) {
        show_property(lesson, "fail", found->outcome.violated);
        show_claim(found);
    }
    if (found->outcome.found || step->verb == SP_LESSON_REPLAY) {
        show_run(lesson, step, found);
        return;
    }
    printf("  %s ", phrase(lesson, step->verb == SP_LESSON_FIND ? "none" : "pass"));
    show_counts(lesson, &found->result);
    if (step->verb == SP_LESSON_STATES) {
        show_states(lesson, found);
    }
}

bool sp_lesson_show(const struct sp_lesson *lesson, const struct sp_lesson_step *step,
                    const struct sp_lesson_found *found)
{
    const char *text = sp_words_of(&lesson->words, step->key);
    if (text == NULL) {
        return false;
    }
    printf("\n");
    write_paragraphs(text);
    if (step->verb == SP_LESSON_INVARIANT) {
        show_property(lesson, "invariant", sp_property_find(step->bounds));
    } else if (step->verb != SP_LESSON_SAY) {
        show_found(lesson, step, found);
    }
    return true;
}

static void write_outcome(const char *head, const struct sp_outcome *outcome)
{
    printf("%s %s", head,
           outcome->violated != SP_PROPERTY_COUNT ? sp_property_info(outcome->violated)->id
           : outcome->found                       ? "found"
                                                  : "PASS or none");
    if (outcome->found && outcome->events != SP_ANY_COUNT) {
        printf(", events %zu", outcome->events);
    }
    if (outcome->found && outcome->segments != SP_ANY_COUNT) {
        printf(", segments %zu", outcome->segments);
    }
}

void sp_lesson_show_unexpected(const struct sp_lesson_step *step, const struct sp_outcome *outcome)
{
    printf("\n  !! script:%u: step %s:", step->line, step->key);
    write_outcome(" expected", &step->expected);
    write_outcome("; seen", outcome);
    printf("\n");
}

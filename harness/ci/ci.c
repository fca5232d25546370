/*
 * Gathers what a run showed, and writes it once.
 *
 * The invariant: a report appears whole or not at all, and only in place of an earlier one of the
 * same kind. Nothing is judged here: what is a failure, the verb says.
 */
#include "ci/ci.h"
#include "ci/text.h"
#include "cli/files.h"
#include "cli/input.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* GitHub drops a larger summary whole. */
#define SUMMARY_MAX (1024L * 1024)

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

bool sp_ci_wanted(const struct sp_ci *ci)
{
    return ci->junit != NULL || ci->sarif != NULL || ci->github;
}

static bool refuse_same(const char *flag, const char *path, const char *other_flag,
                        const char *other)
{
    if (path != NULL && other != NULL && strcmp(path, other) == 0) {
        sp_say("%s %s: %s names the same file", flag, path, other_flag);
        return true;
    }
    return false;
}

bool sp_ci_open(struct sp_ci *ci, const struct sp_args *args)
{
    const char *json = sp_args_value(args, "--json");
    ci->verb = args->verb->name;
    ci->junit = sp_args_value(args, "--junit");
    ci->sarif = sp_args_value(args, "--sarif");
    ci->github = sp_args_value(args, "--github") != NULL;
    ci->began = time(NULL);
    ci->started = now();
    const char *summary = getenv("GITHUB_STEP_SUMMARY");
    if (ci->github && summary != NULL && summary[0] != '\0') {
        ci->summary = summary;
    }
    if (refuse_same("--junit", ci->junit, "--json", json) ||
        refuse_same("--sarif", ci->sarif, "--json", json) ||
        refuse_same("--sarif", ci->sarif, "--junit", ci->junit)) {
        return false;
    }
    FILE *file = ci->summary == NULL ? NULL : fopen(ci->summary, "ab");
    if (ci->summary != NULL && file == NULL) {
        sp_say("GITHUB_STEP_SUMMARY %s: %s", ci->summary, strerror(errno));
        return false;
    }
    if (file != NULL) {
        fclose(file);
    }
    return (ci->junit == NULL || sp_file_reportable("--junit", ci->junit, "<testsuites")) &&
           (ci->sarif == NULL || sp_file_reportable("--sarif", ci->sarif, "sarif-schema-2.1.0"));
}

static char *format_text(struct sp_ci *ci, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static char *format_text(struct sp_ci *ci, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int size = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = size < 0 ? NULL : malloc((size_t)size + 1);
    if (text == NULL) {
        ci->spoiled = true;
        return NULL;
    }
    vsnprintf(text, (size_t)size + 1, format, arguments);
    sp_ci_clean(text);
    return text;
}

static char *copy_text(struct sp_ci *ci, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static char *copy_text(struct sp_ci *ci, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = format_text(ci, format, arguments);
    va_end(arguments);
    return text;
}

/* A path is kept as it is: its octets name the file. */
static char *copy_path(struct sp_ci *ci, const char *path)
{
    char *copy = strdup(path);
    ci->spoiled |= copy == NULL;
    return copy;
}

/* Room for one more at the end of a list, zero, and counted; NULL: out of memory. Lists grow when
 * their size is a power of two. */
static void *grow(struct sp_ci *ci, void *list, size_t *count, size_t size)
{
    if ((*count & (*count - 1)) == 0) {
        const size_t capacity = *count == 0 ? 1 : 2 * *count;
        void *larger = realloc(list, capacity * size);
        if (larger == NULL) {
            ci->spoiled = true;
            return NULL;
        }
        list = larger;
    }
    memset((char *)list + *count * size, 0, size);
    ++*count;
    return list;
}

void sp_ci_subject(struct sp_ci *ci, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    free(ci->subject);
    ci->subject = sp_ci_wanted(ci) ? format_text(ci, format, arguments) : NULL;
    va_end(arguments);
}

void sp_ci_fact(struct sp_ci *ci, const char *name, const char *format, ...)
{
    struct sp_ci_fact *list =
        sp_ci_wanted(ci) ? grow(ci, ci->fact, &ci->facts, sizeof *ci->fact) : NULL;
    if (list == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    ci->fact = list;
    ci->fact[ci->facts - 1].name = copy_text(ci, "%s", name);
    ci->fact[ci->facts - 1].value = format_text(ci, format, arguments);
    va_end(arguments);
}

static struct sp_ci_case *add_case(struct sp_ci *ci, enum sp_exit code, const char *name)
{
    struct sp_ci_case *list =
        sp_ci_wanted(ci) ? grow(ci, ci->at, &ci->count, sizeof *ci->at) : NULL;
    if (list == NULL) {
        return NULL;
    }
    ci->at = list;
    struct sp_ci_case *added = &ci->at[ci->count - 1];
    added->code = code;
    added->name = copy_text(ci, "%s", name);
    added->finding = ci->findings;
    return added;
}

void sp_ci_case(struct sp_ci *ci, enum sp_exit code, const char *name, const char *format, ...)
{
    struct sp_ci_case *added = add_case(ci, code, name);
    va_list arguments;
    va_start(arguments, format);
    if (added != NULL) {
        added->message = format_text(ci, format, arguments);
    }
    va_end(arguments);
}

void sp_ci_skip(struct sp_ci *ci, const char *name, const char *format, ...)
{
    struct sp_ci_case *added = add_case(ci, SP_EXIT_PASS, name);
    va_list arguments;
    va_start(arguments, format);
    if (added != NULL) {
        added->message = format_text(ci, format, arguments);
        added->skipped = true;
    }
    va_end(arguments);
}

void sp_ci_note(struct sp_ci *ci, enum sp_exit code, const char *file, const char *format, ...)
{
    struct sp_ci_note *list =
        sp_ci_wanted(ci) ? grow(ci, ci->note, &ci->notes, sizeof *ci->note) : NULL;
    if (list == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    ci->note = list;
    ci->note[ci->notes - 1].code = code;
    ci->note[ci->notes - 1].text = format_text(ci, format, arguments);
    ci->note[ci->notes - 1].file = copy_path(ci, file);
    va_end(arguments);
}

void sp_ci_took(struct sp_ci *ci, double seconds)
{
    if (ci->count > 0) {
        ci->at[ci->count - 1].seconds = seconds;
    }
}

static struct sp_ci_finding *add_finding(struct sp_ci *ci, enum sp_property property,
                                         const char *file)
{
    if (ci->count == 0) {
        return NULL;
    }
    struct sp_ci_finding *list = grow(ci, ci->finding, &ci->findings, sizeof *ci->finding);
    if (list == NULL) {
        return NULL;
    }
    ci->finding = list;
    ci->at[ci->count - 1].findings++;
    struct sp_ci_finding *added = &ci->finding[ci->findings - 1];
    added->property = property;
    added->rule = SP_RULE_COUNT;
    added->file = copy_path(ci, file);
    return added;
}

static unsigned last_rule(const struct sp_trace_step *step)
{
    const struct sp_output *output = &step->step.output;
    const bool fired = step->possible && step->step.acted && output->rules > 0;
    return fired ? output->rule[output->rules - 1] : SP_RULE_COUNT;
}

/* "B: SYN-SENT -> ESTABLISHED by SYN_SENT_SYN_ACK: ..." behind what happened. */
static char *event_text(struct sp_ci *ci, const struct sp_trace_step *step)
{
    char action[512];
    sp_action_print(&step->step.action, action, sizeof action);
    const unsigned rule = last_rule(step);
    if (!step->possible || rule == SP_RULE_COUNT) {
        return copy_text(ci, "%s%s", action, step->possible ? "" : " (not possible)");
    }
    const unsigned host = step->step.host;
    const struct sp_rule_info *info = sp_rule_info((enum sp_rule)rule);
    return copy_text(ci, "%s; %c %s -> %s, rule %s: %s", action, "AB"[host],
                     sp_state_name((enum sp_state)step->step.before.tcb.state),
                     sp_state_name((enum sp_state)step->after.host[host].tcb.state), info -> name,
                     info -> text);
}

static void add_events(struct sp_ci *ci, struct sp_ci_finding *finding,
                       const struct sp_trace *trace, size_t at)
{
    finding->event = calloc(at + 1, sizeof *finding->event);
    if (finding->event == NULL) {
        ci->spoiled = true;
        return;
    }
    finding->events = at + 1;
    for (size_t i = 0; i <= at; i++) {
        finding->event[i].text = event_text(ci, &trace->step[i]);
        finding->event[i].rule = last_rule(&trace->step[i]);
        if (finding->event[i].rule != SP_RULE_COUNT) {
            finding->rule = finding->event[i].rule;
        }
    }
}

/* The line is an action of a script: nothing of its head, no comment. */
static bool is_action(const char *line)
{
    static const char *const others[] = {"#", "\n", "\r", "synproof ", "set ", "expect "};
    line += strspn(line, " \t");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strncmp(line, others[i], strlen(others[i])) == 0) {
            return false;
        }
    }
    return *line != '\0';
}

/* Where the events stand in the script, when that is a text. */
static void number_lines(struct sp_ci_finding *finding)
{
    const size_t size = strlen(finding->file);
    struct sp_bytes text;
    if (size < 4 || strcmp(finding->file + size - 4, ".sps") != 0 ||
        !sp_file_read(finding->file, &text)) {
        return;
    }
    const char *line = (const char *)text.at;
    size_t event = 0;
    for (unsigned number = 1; *line != '\0' && event < finding->events; number++) {
        if (is_action(line)) {
            finding->event[event++].line = number;
        }
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    free(text.at);
}

static char *ladder_text(struct sp_ci *ci, const struct sp_trace *trace)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) {
        ci->spoiled = true;
        return NULL;
    }
    const struct sp_ladder_options options = {.absolute = false, .rules = false};
    const struct sp_writer writer = sp_file_writer(stream);
    sp_report_ladder(trace, &options, &writer);
    ci->spoiled |= fclose(stream) != 0;
    if (text != NULL) {
        sp_ci_clean(text);
    }
    return text;
}

void sp_ci_found(struct sp_ci *ci, const struct sp_trace *trace, size_t at,
                 enum sp_property property, const char *file)
{
    struct sp_ci_finding *finding = sp_ci_wanted(ci) ? add_finding(ci, property, file) : NULL;
    if (finding == NULL) {
        return;
    }
    const struct sp_trace_step *step = &trace->step[at];
    struct sp_evidence evidence;
    char signature[SP_SIGNATURE_MAX];
    sp_oracle_explain(&trace->script->setup, &step->step, &step->after, property, &evidence);
    sp_signature(&step->step, &step->after, property, signature, sizeof signature);
    finding->signature = copy_text(ci, "%s", signature);
    finding->claim = copy_text(ci, "%s", evidence.claim);
    finding->ladder = ladder_text(ci, trace);
    add_events(ci, finding, trace, at);
    if (!ci->spoiled) {
        number_lines(finding);
    }
}

void sp_ci_found_all(struct sp_ci *ci, const struct sp_trace *trace, const char *file)
{
    uint64_t told = 0;
    for (size_t i = 0; i < trace->count; i++) {
        const uint64_t now = trace->step[i].findings.violated & ~told;
        for (unsigned p = 0; p < SP_PROPERTY_COUNT; p++) {
            if ((now >> p & 1) != 0) {
                sp_ci_found(ci, trace, i, (enum sp_property)p, file);
            }
        }
        told |= now;
    }
}

/* The step of the trace that shows that signature, and the property. False: none does. */
static bool find_signature(const struct sp_trace *trace, const char *signature, size_t *at,
                           enum sp_property *property)
{
    char shown[SP_SIGNATURE_MAX];
    for (*at = 0; *at < trace->count; ++*at) {
        const struct sp_trace_step *step = &trace->step[*at];
        for (unsigned p = 0; p < SP_PROPERTY_COUNT; p++) {
            if ((step->findings.violated >> p & 1) == 0) {
                continue;
            }
            *property = (enum sp_property)p;
            sp_signature(&step->step, &step->after, *property, shown, sizeof shown);
            if (strcmp(shown, signature) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* What the finding says where no run of the model shows it. */
static void found_bare(struct sp_ci *ci, const char *signature, const char *claim, const char *file)
{
    struct sp_ci_finding *finding = add_finding(ci, SP_PROPERTY_COUNT, file);
    if (finding != NULL) {
        finding->signature = copy_text(ci, "%s", signature);
        finding->claim = copy_text(ci, "%s", claim);
        finding->ladder = copy_text(ci, "%s", "");
    }
}

void sp_ci_found_file(struct sp_ci *ci, const char *file, const char *signature)
{
    struct sp_input input;
    struct sp_trace trace = {.step = NULL};
    size_t at = 0;
    enum sp_property property = SP_PROPERTY_COUNT;
    if (!sp_ci_wanted(ci)) {
        return;
    }
    bool shown = sp_input_read(file, 0, &input) && sp_input_run(&input.script, &trace) &&
                 find_signature(&trace, signature, &at, &property);
    if (shown) {
        input.script.count = at + 1;
        trace.count = at + 1;
        sp_ci_found(ci, &trace, at, property, file);
    } else {
        found_bare(ci, signature, "the model does not show it: see the file", file);
    }
    free(trace.step);
    sp_input_free(&input);
}

void sp_ci_found_crash(struct sp_ci *ci, const char *signature, const char *file)
{
    if (sp_ci_wanted(ci)) {
        found_bare(ci, signature, "the engine holds it against the target itself", file);
    }
}

/* One format as a text; free(). NULL: out of memory. */
static char *render(const struct sp_ci *ci, bool (*write)(const struct sp_ci *ci, FILE *text))
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    bool good = stream != NULL && write(ci, stream);
    good = (stream == NULL || fclose(stream) == 0) && good;
    if (!good) {
        free(text);
        text = NULL;
    }
    return text;
}

static bool write_file(const struct sp_ci *ci, const char *flag, const char *path,
                       bool (*write)(const struct sp_ci *ci, FILE *text))
{
    char *text = render(ci, write);
    if (text == NULL) {
        sp_say("%s %s: out of memory", flag, path);
        return false;
    }
    const bool good = sp_file_report(flag, path, text);
    free(text);
    return good;
}

static bool write_junit(const struct sp_ci *ci, FILE *text)
{
    sp_junit_write(ci, text);
    return true;
}

static bool write_summary(const struct sp_ci *ci, FILE *text)
{
    sp_github_summary(ci, text);
    return true;
}

/* Other commands of the step write there, too: what does not fit beside them is left out, because
 * GitHub would drop all of it. */
static bool append_summary(const struct sp_ci *ci)
{
    char *text = render(ci, write_summary);
    FILE *file = text == NULL ? NULL : fopen(ci->summary, "ab");
    bool good = file != NULL && fseek(file, 0, SEEK_END) == 0;
    const long there = good ? ftell(file) : 0;
    const bool fits = good && there + (long)strlen(text) < SUMMARY_MAX;
    if (good && !fits) {
        sp_say("GITHUB_STEP_SUMMARY %s: holds %ld octets already; the summary is left out",
               ci->summary, there);
    }
    good = good && (!fits || fputs(text, file) >= 0);
    good = (file == NULL || fclose(file) == 0) && good;
    if (!good) {
        sp_say("GITHUB_STEP_SUMMARY %s: could not be written", ci->summary);
    }
    free(text);
    return good;
}

static bool all_pass(const struct sp_ci *ci)
{
    for (size_t i = 0; i < ci->count; i++) {
        if (ci->at[i].code != SP_EXIT_PASS) {
            return false;
        }
    }
    return true;
}

bool sp_ci_write(struct sp_ci *ci, enum sp_exit code)
{
    if (!sp_ci_wanted(ci)) {
        return true;
    }
    if (ci->subject == NULL) {
        sp_ci_subject(ci, "%s", "");
    }
    ci->code = code;
    ci->seconds = now() - ci->started;
    sp_ci_fact(ci, "verdict", "%s", sp_exit_word(code));
    if (code != SP_EXIT_PASS && all_pass(ci)) {
        sp_ci_case(ci, code, "verdict", "the run ended as %s", sp_exit_word(code));
    }
    if (ci->spoiled) {
        sp_say("%s: out of memory for the report", ci->verb);
        return false;
    }
    bool good = ci->junit == NULL || write_file(ci, "--junit", ci->junit, write_junit);
    good = (ci->sarif == NULL || write_file(ci, "--sarif", ci->sarif, sp_sarif_write)) && good;
    if (ci->github) {
        sp_github_annotate(ci, stdout);
    }
    return (ci->summary == NULL || append_summary(ci)) && good;
}

static void free_finding(struct sp_ci_finding *finding)
{
    for (size_t i = 0; i < finding->events; i++) {
        free(finding->event[i].text);
    }
    free(finding->event);
    free(finding->signature);
    free(finding->claim);
    free(finding->ladder);
    free(finding->file);
}

void sp_ci_free(struct sp_ci *ci)
{
    for (size_t i = 0; i < ci->findings; i++) {
        free_finding(&ci->finding[i]);
    }
    for (size_t i = 0; i < ci->count; i++) {
        free(ci->at[i].name);
        free(ci->at[i].message);
    }
    for (size_t i = 0; i < ci->notes; i++) {
        free(ci->note[i].text);
        free(ci->note[i].file);
    }
    for (size_t i = 0; i < ci->facts; i++) {
        free(ci->fact[i].name);
        free(ci->fact[i].value);
    }
    free(ci->finding);
    free(ci->at);
    free(ci->note);
    free(ci->fact);
    free(ci->subject);
    memset(ci, 0, sizeof *ci);
}

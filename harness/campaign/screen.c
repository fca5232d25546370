/*
 * The status of a campaign on standard error, in the same words for both engines.
 *
 * On a terminal it is a block that is drawn over itself; elsewhere a line. The invariant: a message
 * never stands inside the block, so that a scrolled-back terminal reads like a log.
 */
#include "campaign/start.h"
#include "cli/cli.h"
#include "fuzz/board.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Findings that the block has lines for. */
#define SHOWN_MAX 8

static struct {
    bool terminal;
    unsigned lines; /* of the block that is on the terminal now */
} screen;

void sp_screen_open(void)
{
    screen.terminal = isatty(STDERR_FILENO) == 1;
    screen.lines = 0;
    fflush(stdout);
}

void sp_screen_clear(void)
{
    if (screen.lines > 0) {
        fprintf(stderr, "\033[%uA\r\033[J", screen.lines);
        screen.lines = 0;
    }
}

/* The block comes back with the next show. */
void sp_screen_message(const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    sp_screen_clear();
    sp_say("%s", text);
}

__attribute__((format(printf, 1, 2))) static void line(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    screen.lines++;
}

/* "0:41", "1:02:03". */
static const char *span(double seconds, char *text, size_t capacity)
{
    unsigned long whole = seconds > 0 ? (unsigned long)seconds : 0;
    if (whole < 3600) {
        snprintf(text, capacity, "%lu:%02lu", whole / 60, whole % 60);
    } else {
        snprintf(text, capacity, "%lu:%02lu:%02lu", whole / 3600, whole / 60 % 60, whole % 60);
    }
    return text;
}

static const char *age(uint64_t newest, char *text, size_t capacity)
{
    char ago[32];
    if (newest == 0) {
        snprintf(text, capacity, "none yet");
    } else {
        snprintf(text, capacity, "%s ago", span(difftime(time(NULL), (time_t)newest), ago, 32));
    }
    return text;
}

static void show_findings(const struct sp_campaign *campaign)
{
    const struct sp_names *findings = &campaign->status.findings;
    line("  findings      %zu", findings->count);
    for (size_t i = 0; i < findings->count && i < SHOWN_MAX; i++) {
        char signature[256];
        line("                %s",
             sp_finding_signature(findings->at[i], signature, sizeof signature));
    }
    if (findings->count > SHOWN_MAX) {
        line("                and %zu more in %s/findings", findings->count - SHOWN_MAX,
             campaign->name);
    }
}

static void show_block(const struct sp_campaign *campaign)
{
    const struct sp_status *status = &campaign->status;
    const struct sp_wish *wish = &campaign->wish;
    char so_far[32];
    char all[32];
    char execs[SP_GROUPED_TEXT];
    char rate[SP_GROUPED_TEXT];
    char newest[64];
    sp_screen_clear();
    line("fuzz %s with %s, %u of %u jobs, %s%s%s", wish->target->name, sp_engine_name(wish->engine),
         sp_children_running(&campaign->children), wish->jobs,
         span(campaign->seconds, so_far, sizeof so_far), wish->seconds > 0 ? " of " : "",
         wish->seconds > 0 ? span(wish->seconds, all, sizeof all) : "");
    line("  inputs run    %s, %s a second", sp_grouped(status->execs, execs, sizeof execs),
         sp_grouped((unsigned long long)campaign->rate, rate, sizeof rate));
    line("  reached       %" PRIu64 " edges, corpus of %" PRIu64, status->edges, status->corpus);
    if (status->combinations > 0) {
        line("  combinations  %" PRIu32 ", rules %" PRIu32 " of %d, the last new one %s",
             status->combinations, status->rules, (int)SP_RULE_COUNT,
             age(status->newest, newest, sizeof newest));
    }
    line("  engine saved  %" PRIu64 " crashes, %" PRIu64 " hangs, %" PRIu64 " out of memory",
         status->crashes, status->hangs, status->oom);
    if (campaign->share.directory != NULL) {
        line("  shared        %" PRIu64 " given, %" PRIu64 " taken%s", campaign->share.given,
             campaign->share.taken,
             campaign->share.failed > 0 ? "; some could not be: is the directory there?" : "");
    }
    show_findings(campaign);
    fflush(stderr);
}

static void show_line(const struct sp_campaign *campaign)
{
    const struct sp_status *status = &campaign->status;
    char so_far[32];
    char execs[SP_GROUPED_TEXT];
    char rate[SP_GROUPED_TEXT];
    char newest[64];
    fprintf(stderr,
            "fuzz %s %s  %s  %s inputs/s  %s inputs  %" PRIu64 " edges  combinations %" PRIu32
            "  rules %" PRIu32 "  last new %s  corpus %" PRIu64 "  findings %zu  crashes %" PRIu64
            "  hangs %" PRIu64 "  oom %" PRIu64 "\n",
            campaign->wish.target->name, sp_engine_name(campaign->wish.engine),
            span(campaign->seconds, so_far, sizeof so_far),
            sp_grouped((unsigned long long)campaign->rate, rate, sizeof rate),
            sp_grouped(status->execs, execs, sizeof execs), status->edges, status->combinations,
            status->rules, age(status->newest, newest, sizeof newest), status->corpus,
            status->findings.count, status->crashes, status->hangs, status->oom);
    fflush(stderr);
}

void sp_screen_show(const struct sp_campaign *campaign)
{
    if (screen.terminal) {
        show_block(campaign);
    } else {
        show_line(campaign);
    }
}

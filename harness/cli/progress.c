/*
 * What a long search shows while it runs, and how it is stopped.
 *
 * Progress goes to standard error: a line that replaces itself on a terminal, lines elsewhere. No
 * percentage of the whole is shown, because nobody knows the whole. The first interrupt ends the
 * search in good order, another one over a second later the program: one key press may come twice,
 * because timeout, make and terminals signal the process and its group. SIGUSR1 asks for a line
 * now.
 */
#include "cli/search.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile int interrupted;
static volatile int asked;
static struct timespec first_interrupt;

static struct {
    const char *verb;
    const char *bounds;
    bool terminal;
    bool shown;
    uint64_t transitions;
    double seconds;
} progress;

static void on_interrupt(int number)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (interrupted == 0) {
        first_interrupt = now;
        interrupted = 1;
        return;
    }
    long milliseconds = (long)(now.tv_sec - first_interrupt.tv_sec) * 1000 +
                        (now.tv_nsec - first_interrupt.tv_nsec) / 1000000;
    if (milliseconds > 1000) {
        _exit(128 + number);
    }
}

static void on_ask(int number)
{
    (void)number;
    asked = 1;
}

static void show(void *to, const struct sp_explore_progress *p)
{
    (void)to;
    char states[SP_GROUPED_TEXT];
    char frontier[SP_GROUPED_TEXT];
    double span = p->seconds - progress.seconds;
    double rate = span > 0 ? (double)(p->transitions - progress.transitions) / span : 0;
    unsigned long seconds = (unsigned long)p->seconds;
    fprintf(stderr,
            "%s%s %s  level %" PRIu32
            "  states %s  frontier %s x%.2f (%.0f%%)  %.2f M transitions/s"
            "  %.0f MB  %lu:%02lu%s",
            progress.terminal ? "\r\033[K" : "", progress.verb, progress.bounds, p->level,
            sp_grouped(p->states, states, sizeof states),
            sp_grouped(p->frontier, frontier, sizeof frontier),
            p->before == 0 ? 1.0 : (double)p->frontier / (double)p->before,
            p->frontier == 0 ? 0.0 : 100.0 * (double)p->expanded / (double)p->frontier, rate / 1e6,
            (double)p->memory / 1e6, seconds / 60, seconds % 60, progress.terminal ? "" : "\n");
    fflush(stderr);
    progress.shown = true;
    progress.transitions = p->transitions;
    progress.seconds = p->seconds;
}

static void handle(int number, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(number, &action, NULL);
}

const volatile int *sp_interruptible(void)
{
    handle(SIGINT, on_interrupt);
    handle(SIGTERM, on_interrupt);
    return &interrupted;
}

void sp_progress_begin(const char *verb, const char *bounds, struct sp_explore_limits *limits)
{
    fflush(stdout);
    progress.verb = verb;
    progress.bounds = bounds;
    progress.terminal = isatty(STDERR_FILENO) == 1;
    limits->progress = show;
    limits->interrupted = sp_interruptible();
    limits->asked = &asked;
    handle(SIGUSR1, on_ask);
}

void sp_progress_end(void)
{
    if (progress.terminal && progress.shown) {
        fputs("\r\033[K", stderr);
    }
}

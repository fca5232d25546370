/*
 * Starting, watching and ending the processes of a campaign.
 *
 * The invariant: what is written to OUT/commands is what is executed, word by word.
 */
#include "campaign/children.h"
#include "campaign/keeper.h"
#include "campaign/machine.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_SIZE ((size_t)2 * SP_COMMAND_TEXT)

void sp_children_open(struct sp_children *children, struct sp_plan *plan, const char *out,
                      double now)
{
    memset(children, 0, sizeof *children);
    children->out = out;
    children->count = plan->count;
    for (size_t i = 0; i < plan->count; i++) {
        children->child[i].command = &plan->command[i];
        children->child[i].due = now;
    }
}

/* AFL++ has begun an instance once it wrote how it stands. */
static void go_on(const struct sp_children *children, struct sp_command *command, bool *changed)
{
    char path[SP_PATH_MAX];
    sp_path(path, "%s/afl/%s/fuzzer_stats", children->out, command->name);
    if (command->input > 0 && strcmp(command->word[command->input], "-") != 0 &&
        access(path, F_OK) == 0) {
        sp_command_resume(command);
        *changed = true;
    }
}

/* A command is written when it is first run, and again when it has changed. */
static void write_command(const struct sp_children *children, struct sp_child *child)
{
    char path[SP_PATH_MAX];
    char when[64];
    time_t now = time(NULL);
    struct tm local;
    char *line = malloc(LINE_MAX_SIZE);
    sp_path(path, "%s/commands", children->out);
    FILE *file = fopen(path, "a");
    if (line != NULL && file != NULL && sp_command_line(child->command, line, LINE_MAX_SIZE)) {
        strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&now, &local));
        fprintf(file, "# %s %s\n%s\n", when, child->command->name, line);
        child->written = true;
    }
    if (file != NULL) {
        fclose(file);
    }
    free(line);
}

static bool start(struct sp_children *children, struct sp_child *child, double now)
{
    char log[SP_PATH_MAX];
    bool changed = !child->written;
    go_on(children, child->command, &changed);
    if (changed) {
        write_command(children, child);
    }
    sp_path(log, "%s/logs/%s.log", children->out, child->command->name);
    pid_t pid = sp_keep(child->command, log);
    if (pid < 0) {
        return false;
    }
    child->restarts += child->started > 0;
    child->pid = pid;
    child->started = now;
    return true;
}

bool sp_children_start(struct sp_children *children, double now)
{
    for (size_t i = 0; i < children->count; i++) {
        struct sp_child *child = &children->child[i];
        bool waits = child->pid == 0 && child->failures < SP_FAILURES_MAX && child->due <= now;
        if (waits && !start(children, child, now)) {
            return false;
        }
    }
    return true;
}

static struct sp_child *find(struct sp_children *children, pid_t pid)
{
    for (size_t i = 0; i < children->count; i++) {
        if (children->child[i].pid == pid) {
            return &children->child[i];
        }
    }
    return NULL;
}

static double delay_after(unsigned failures)
{
    double delay = SP_RESTART_MIN_S;
    for (unsigned i = 1; i < failures && delay < SP_RESTART_MAX_S; i++) {
        delay *= 2;
    }
    return delay < SP_RESTART_MAX_S ? delay : SP_RESTART_MAX_S;
}

bool sp_children_ended(struct sp_children *children, double now, struct sp_ended *ended)
{
    int status;
    pid_t pid = waitpid(-1, &status, WNOHANG);
    struct sp_child *child = pid > 0 ? find(children, pid) : NULL;
    if (child == NULL) {
        return false;
    }
    *ended = (struct sp_ended){child, status, now - child->started};
    child->failures = ended->lived < SP_STEADY_S ? child->failures + 1 : 0;
    child->pid = 0;
    child->due = now + delay_after(child->failures);
    return true;
}

void sp_child_excuse(struct sp_child *child, double now)
{
    child->failures = 0;
    child->due = now;
}

unsigned sp_children_running(const struct sp_children *children)
{
    unsigned running = 0;
    for (size_t i = 0; i < children->count; i++) {
        running += children->child[i].pid > 0;
    }
    return running;
}

unsigned sp_children_restarts(const struct sp_children *children)
{
    unsigned restarts = 0;
    for (size_t i = 0; i < children->count; i++) {
        restarts += children->child[i].restarts;
    }
    return restarts;
}

bool sp_children_hopeless(const struct sp_children *children)
{
    for (size_t i = 0; i < children->count; i++) {
        if (children->child[i].pid > 0 || children->child[i].failures < SP_FAILURES_MAX) {
            return false;
        }
    }
    return true;
}

void sp_children_signal(const struct sp_children *children, int number)
{
    for (size_t i = 0; i < children->count; i++) {
        if (children->child[i].pid > 0) {
            kill(children->child[i].pid, number);
        }
    }
}

double sp_children_next(const struct sp_children *children, double now)
{
    double next = SP_RESTART_MAX_S;
    for (size_t i = 0; i < children->count; i++) {
        const struct sp_child *child = &children->child[i];
        if (child->pid == 0 && child->failures < SP_FAILURES_MAX && child->due - now < next) {
            next = child->due - now;
        }
    }
    return next > 0 ? next : 0;
}

void sp_ended_words(int status, char *text, size_t capacity)
{
    if (WIFSIGNALED(status)) {
        snprintf(text, capacity, "was ended by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    } else {
        snprintf(text, capacity, "ended by itself (exit code %d)", WEXITSTATUS(status));
    }
}

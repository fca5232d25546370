/*
 * The one loop of a campaign: it waits for a signal, a dead child, or the next moment at which
 * something is due.
 *
 * It knows the engines only by the plan and by the files they write. Signals are taken one by one
 * with sigtimedwait, so that nothing happens in a handler. The invariant: whatever ends the loop,
 * the last state of the board, the corpus and the findings is on the disk and has been read.
 */
#include "campaign/start.h"
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Seconds between looking at the folder, and between rounds of sharing. */
#define LOOK_EVERY  1.0
#define SHARE_EVERY 60.0

/* Two interrupts within this time (seconds) are one key press, which reached us twice. */
#define SAME_PRESS 1.0

static double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool need_file(const char *binaries, const char *folder, const char *name, int mode)
{
    char path[SP_PATH_MAX];
    sp_path(path, "%s/%s/%s", binaries, folder, name);
    if (access(path, mode) == 0) {
        return true;
    }
    sp_say("%s: is not there; build it with: " SP_FUZZ_BUILD, path);
    return false;
}

static bool need_tool(const char *name)
{
    char path[SP_PATH_MAX];
    for (const struct sp_tool *tool = sp_tools; tool->name != NULL; tool++) {
        if (strcmp(tool->name, name) == 0 && !sp_tool_find(tool, path)) {
            sp_say("%s is not installed; install it with: " SP_INSTALL " %s", name, tool->package);
            return false;
        }
    }
    return true;
}

/* Everything that the plan will run is there. */
static bool need(const struct sp_wish *wish, const char *binaries, const struct sp_quirks *quirks)
{
    const char *target = wish->target->name;
    if (wish->engine == SP_ENGINE_LIBFUZZER) {
        return need_file(binaries, "libfuzzer", target, X_OK);
    }
    bool sanitized = wish->asan || wish->jobs > 1;
    return need_tool("afl-fuzz") && need_file(binaries, "afl", target, X_OK) &&
           (!sanitized || need_file(binaries, "afl-asan", target, X_OK)) &&
           (wish->jobs < 2 || need_file(binaries, "afl-cmplog", target, X_OK)) &&
           (!wish->target->events || need_file(binaries, "afl", "libmutator.so", R_OK)) &&
           (!sanitized || !quirks->wide_aslr || need_tool("setarch"));
}

static bool open_share(struct sp_campaign *campaign)
{
    const struct sp_wish *wish = &campaign->wish;
    campaign->share = (struct sp_share){.engine = wish->engine, .out = campaign->folder.out};
    if (wish->sync == NULL) {
        return true;
    }
    const char *folders[] = {wish->sync, campaign->shared};
    sp_path(campaign->shared, "%s/%s", wish->sync, wish->target->name);
    for (unsigned i = 0; i < 2; i++) {
        if (mkdir(folders[i], 0777) != 0 && errno != EEXIST) {
            sp_say("--sync %s: %s", folders[i], strerror(errno));
            return false;
        }
    }
    if (access(campaign->shared, R_OK | W_OK | X_OK) != 0) {
        sp_say("--sync %s: %s", campaign->shared, strerror(errno));
        return false;
    }
    campaign->share.directory = campaign->shared;
    return true;
}

static void say_quirks(const struct sp_quirks *quirks)
{
    const struct sp_quirk_words *words[] = {
        quirks->core_piped ? &sp_quirk_core : NULL,
        quirks->governor ? &sp_quirk_governor : NULL,
        quirks->wide_aslr ? &sp_quirk_aslr : NULL,
    };
    for (unsigned i = 0; i < 3; i++) {
        if (words[i] != NULL) {
            sp_say("this machine: %s; mend it with: %s", words[i]->cost, words[i]->mend);
        }
    }
}

bool sp_campaign_open(struct sp_campaign *campaign, const struct sp_wish *wish)
{
    struct sp_folder *folder = &campaign->folder;
    struct sp_quirks quirks = {false, false, false};
    memset(campaign, 0, sizeof *campaign);
    campaign->wish = *wish;
    folder->lock = -1;
    sp_binaries_directory(campaign->binaries);
    if (wish->engine == SP_ENGINE_AFL) {
        quirks = sp_machine_quirks("");
    }
    if (!need(wish, campaign->binaries, &quirks) ||
        !sp_folder_open(folder, wish->out, wish->resume, wish->target, wish->engine,
                        campaign->name) ||
        !sp_folder_seed(folder, wish->target, wish->engine, campaign->binaries, wish->seeds) ||
        !open_share(campaign)) {
        return false;
    }
    const struct sp_plan_for plan = {
        .engine = wish->engine,
        .target = wish->target,
        .jobs = wish->jobs,
        .asan = wish->asan,
        .foreign = wish->sync != NULL,
        .binaries = campaign->binaries,
        .out = folder->out,
        .dict = folder->dict[0] == '\0' ? NULL : folder->dict,
        .options = folder->options,
        .quirks = quirks,
    };
    if (!sp_plan_make(&plan, &campaign->plan)) {
        sp_say("the paths are too long for a command: %s", folder->out);
        return false;
    }
    say_quirks(&quirks);
    return true;
}

void sp_campaign_close(struct sp_campaign *campaign)
{
    sp_share_free(&campaign->share);
    sp_status_free(&campaign->status);
    sp_folder_close(&campaign->folder);
}

double sp_campaign_seconds(const struct sp_campaign *campaign)
{
    return campaign->folder.seconds + campaign->seconds;
}

bool sp_campaign_found(const struct sp_campaign *campaign)
{
    const struct sp_status *status = &campaign->status;
    return status->findings.count > 0 || status->crashes + status->hangs + status->oom > 0;
}

const char *sp_finding_signature(const char *file, char *text, size_t capacity)
{
    size_t size = strlen(file) - strlen(".bin");
    snprintf(text, capacity, "%.*s", (int)size, file);
    for (char *c = text; *c != '\0'; c++) {
        *c = *c == '+' ? '/' : *c;
    }
    return text;
}

static bool has_name(const struct sp_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->at[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void announce(const struct sp_names *before, const struct sp_status *status)
{
    for (size_t i = 0; i < status->findings.count; i++) {
        const char *file = status->findings.at[i];
        char signature[256];
        if (!has_name(before, file)) {
            sp_screen_message("found %s", sp_finding_signature(file, signature, sizeof signature));
        }
    }
}

static void look(struct sp_campaign *campaign)
{
    struct sp_status *status = &campaign->status;
    struct sp_status before = *status;
    sp_status_read(campaign->wish.engine, campaign->folder.out, status);
    campaign->seconds = campaign->now - campaign->began;
    double span = campaign->now - campaign->counted_at;
    if (span >= LOOK_EVERY / 2) {
        campaign->rate = (double)(status->execs - campaign->execs_at) / span;
        campaign->execs_at = status->execs;
        campaign->counted_at = campaign->now;
    }
    announce(&before.findings, status);
    sp_status_free(&before);
    sp_folder_save(&campaign->folder, campaign->wish.target, campaign->wish.engine,
                   sp_campaign_seconds(campaign));
}

/* What the engine saved after it died. */
static uint64_t saved(const struct sp_campaign *campaign)
{
    struct sp_status status;
    sp_status_read(campaign->wish.engine, campaign->folder.out, &status);
    uint64_t count = status.crashes + status.hangs + status.oom;
    sp_status_free(&status);
    return count;
}

/* A libFuzzer worker ends at an input that the process dies of. When that input stands in the
 * corpus, every worker would end at its start: it is put aside. */
static bool put_aside(const struct sp_campaign *campaign)
{
    char crashes[SP_PATH_MAX];
    char corpus[SP_PATH_MAX];
    char aside[SP_PATH_MAX];
    sp_path(crashes, "%s/crashes", campaign->folder.out);
    sp_path(corpus, "%s/corpus", campaign->folder.out);
    sp_path(aside, "%s/aside", campaign->folder.out);
    return sp_inputs_put_aside(crashes, corpus, aside) > 0;
}

/* Of libFuzzer an exit code says that an input is saved; it was there already when nothing is new:
 * 70 it took too long, 71 too much memory, 77 anything else. */
static void end_words(const struct sp_campaign *campaign, int status, char *words, size_t capacity)
{
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    if (campaign->wish.engine == SP_ENGINE_LIBFUZZER && (code == 70 || code == 71 || code == 77)) {
        snprintf(words, capacity, "died again of an input that was saved already");
    } else {
        sp_ended_words(status, words, capacity);
    }
}

static void bury(struct sp_campaign *campaign, uint64_t *saved_before)
{
    struct sp_ended ended;
    while (sp_children_ended(&campaign->children, campaign->now, &ended)) {
        char words[128];
        uint64_t saved_now = saved(campaign);
        bool for_something = campaign->wish.engine == SP_ENGINE_LIBFUZZER &&
                             (put_aside(campaign) || saved_now > *saved_before);
        *saved_before = saved_now;
        if (for_something) {
            sp_child_excuse(ended.child, campaign->now);
            /* Once an instance: from then on the number of crashes tells. */
            if (ended.child->restarts == 0) {
                sp_screen_message("%s found what the process dies of; it goes on",
                                  ended.child->command->name);
            }
            continue;
        }
        end_words(campaign, ended.status, words, sizeof words);
        if (ended.child->failures >= SP_FAILURES_MAX) {
            sp_screen_message("%s %s %u times soon after its start: it is given up; see "
                              "%s/logs/%s.log",
                              ended.child->command->name, words, ended.child->failures,
                              campaign->name, ended.child->command->name);
        } else {
            sp_screen_message("%s %s after %.1f s; it starts again in %.0f s",
                              ended.child->command->name, words, ended.lived,
                              ended.child->due - campaign->now);
        }
    }
}

static void watch_signals(sigset_t *set)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1};
    sigemptyset(set);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        sigaddset(set, numbers[i]);
    }
    sigprocmask(SIG_BLOCK, set, NULL);
}

/* Waits at most so long. The signal, or 0. */
static int wait_signal(const sigset_t *set, double seconds)
{
    seconds = seconds > 0 ? seconds : 0;
    struct timespec most = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    int number = sigtimedwait(set, NULL, &most);
    return number < 0 ? 0 : number;
}

static bool is_interrupt(int number)
{
    return number == SIGINT || number == SIGTERM || number == SIGHUP;
}

/* All children end, in good order when they can within the grace; a second interrupt ends it. */
static void end_children(struct sp_campaign *campaign, const sigset_t *set)
{
    struct sp_ended ended;
    double began = clock_now();
    bool killed = false;
    sp_children_signal(&campaign->children, SIGINT);
    while (sp_children_running(&campaign->children) > 0) {
        int number = wait_signal(set, 0.1);
        campaign->now = clock_now();
        bool again = is_interrupt(number) && campaign->now - began > SAME_PRESS;
        if (!killed && (again || campaign->now - began > SP_GRACE_S)) {
            sp_children_signal(&campaign->children, SIGTERM);
            killed = true;
        }
        while (sp_children_ended(&campaign->children, campaign->now, &ended)) {
        }
    }
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Said once, until it works again. */
static void share(struct sp_campaign *campaign)
{
    const uint64_t before = campaign->share.failed;
    sp_share_round(&campaign->share);
    if (campaign->share.failed > 0 && before == 0) {
        sp_screen_message(
            "--sync %s: inputs could not be given or taken: is it there, and is there "
            "room? The campaign goes on; it is tried again",
            campaign->shared);
    }
}

struct due {
    double look;
    double show;
    double share;
    double end;
};

static void do_due(struct sp_campaign *campaign, struct due *due)
{
    double now = campaign->now;
    double every = campaign->wish.progress_every;
    if (due->share <= now) {
        share(campaign);
        due->share = now + SHARE_EVERY;
    }
    if (due->look <= now) {
        look(campaign);
        due->look = now + LOOK_EVERY;
    }
    if (every > 0 && due->show <= now) {
        sp_screen_show(campaign);
        due->show = now + every;
    }
}

static enum sp_campaign_end loop(struct sp_campaign *campaign, const sigset_t *set)
{
    const struct sp_wish *wish = &campaign->wish;
    struct sp_children *children = &campaign->children;
    double now = campaign->now;
    struct due due = {now + LOOK_EVERY, now + wish->progress_every, now + SHARE_EVERY,
                      wish->seconds > 0 ? now + wish->seconds : now + 1e12};
    uint64_t saved_before = saved(campaign);
    for (;;) {
        if (!sp_children_start(children, campaign->now)) {
            sp_screen_message("no process could be started: %s", strerror(errno));
            return SP_CAMPAIGN_BROKEN;
        }
        double next = least(due.end, least(due.look, due.share));
        next = wish->progress_every > 0 ? least(next, due.show) : next;
        next = least(next - campaign->now, sp_children_next(children, campaign->now));
        int number = wait_signal(set, next);
        campaign->now = clock_now();
        if (is_interrupt(number)) {
            return SP_CAMPAIGN_INTERRUPTED;
        }
        bury(campaign, &saved_before);
        if (sp_children_hopeless(children)) {
            return SP_CAMPAIGN_BROKEN;
        }
        if (due.end <= campaign->now) {
            return SP_CAMPAIGN_TIME;
        }
        due.show = number == SIGUSR1 ? campaign->now : due.show;
        do_due(campaign, &due);
    }
}

void sp_campaign_run(struct sp_campaign *campaign)
{
    sigset_t set;
    watch_signals(&set);
    campaign->began = campaign->now = campaign->counted_at = clock_now();
    sp_children_open(&campaign->children, &campaign->plan, campaign->folder.out, campaign->now);
    share(campaign);
    sp_status_read(campaign->wish.engine, campaign->folder.out, &campaign->status);
    campaign->execs_before = campaign->execs_at = campaign->status.execs;
    sp_screen_open();
    campaign->end = loop(campaign, &set);
    sp_screen_clear();
    end_children(campaign, &set);
    if (campaign->wish.engine == SP_ENGINE_LIBFUZZER) {
        put_aside(campaign);
    }
    share(campaign);
    look(campaign);
    sp_screen_clear();
}

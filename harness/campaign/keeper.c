/*
 * The keeper: it waits for signals and for its children, and leaves none behind.
 *
 * It allocates nothing and writes nothing; the program is the caller's, forked. The invariant: when
 * the keeper ends by itself, every process that came from it has ended before.
 */
#include "campaign/keeper.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void die_with(pid_t parent, int number)
{
    prctl(PR_SET_PDEATHSIG, number);
    if (getppid() != parent) {
        _exit(SP_NOT_EXECUTED);
    }
}

static void set_environment(const struct sp_command *command)
{
    for (size_t i = 0; i < command->settings; i++) {
        const char *setting = command->environment[i];
        const char *equals = strchr(setting, '=');
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)(equals - setting), setting);
        setenv(name, equals + 1, 1);
    }
}

/* Becomes the command, or ends with SP_NOT_EXECUTED. */
_Noreturn static void become(const struct sp_command *command, const char *log, pid_t parent)
{
    die_with(parent, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    const struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    int input = open("/dev/null", O_RDONLY);
    int output = open(log, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (input < 0 || output < 0 || dup2(input, 0) < 0 || dup2(output, 1) < 0 ||
        dup2(output, 2) < 0) {
        _exit(SP_NOT_EXECUTED);
    }
    close(input);
    close(output);
    set_environment(command);
    execvp(command->word[0], (char *const *)command->word);
    dprintf(2, "%s: %s\n", command->word[0], strerror(errno));
    _exit(SP_NOT_EXECUTED);
}

/* The parent of a process: the fourth word of its stat, behind the name, which may hold anything.
 * 0: there is no such process. */
static pid_t parent_of(const char *process)
{
    char path[64];
    char text[512];
    snprintf(path, sizeof path, "/proc/%.20s/stat", process);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file < 0 ? 0 : read(file, text, sizeof text - 1);
    if (file >= 0) {
        close(file);
    }
    text[size > 0 ? size : 0] = '\0';
    const char *name_end = strrchr(text, ')');
    return name_end == NULL || strlen(name_end) < 5 ? 0 : (pid_t)strtol(name_end + 4, NULL, 10);
}

static void kill_children(void)
{
    DIR *processes = opendir("/proc");
    if (processes == NULL) {
        return;
    }
    for (const struct dirent *entry; (entry = readdir(processes)) != NULL;) {
        bool number = entry->d_name[strspn(entry->d_name, "0123456789")] == '\0';
        if (number && parent_of(entry->d_name) == getpid()) {
            kill((pid_t)strtol(entry->d_name, NULL, 10), SIGKILL);
        }
    }
    closedir(processes);
}

/* Orphans of what is killed become ours before it can be waited for, so that this comes to an
 * end. */
static void kill_descendants(void)
{
    do {
        kill_children();
    } while (waitpid(-1, NULL, 0) > 0 || errno != ECHILD);
}

/* Reaps what has ended. True: the engine has, with *status. */
static bool reap(pid_t engine, int *status)
{
    int any;
    for (pid_t pid; (pid = waitpid(-1, &any, WNOHANG)) > 0;) {
        if (pid == engine) {
            *status = any;
            return true;
        }
    }
    return false;
}

/* Until the engine ends, or we are to kill it. */
static int watch(pid_t engine, const sigset_t *set)
{
    int status = SIGKILL;
    for (;;) {
        int number = sigwaitinfo(set, NULL);
        if (number == SIGTERM) {
            return status;
        }
        if (number == SIGINT) {
            kill(engine, SIGINT);
        }
        if (reap(engine, &status)) {
            return status;
        }
    }
}

/* Ends as the engine did, by exit code or by signal. */
_Noreturn static void end_as(int status)
{
    if (WIFEXITED(status)) {
        _exit(WEXITSTATUS(status));
    }
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, WTERMSIG(status));
    signal(WTERMSIG(status), SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    raise(WTERMSIG(status));
    _exit(SP_NOT_EXECUTED);
}

_Noreturn static void keep(const struct sp_command *command, const char *log, pid_t parent)
{
    const struct rlimit no_core = {0, 0};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    setpgid(0, 0);
    setrlimit(RLIMIT_CORE, &no_core);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    die_with(parent, SIGTERM);
    pid_t keeper = getpid();
    pid_t engine = fork();
    if (engine == 0) {
        become(command, log, keeper);
    }
    int status = engine < 0 ? SP_NOT_EXECUTED << 8 : watch(engine, &set);
    kill_descendants();
    end_as(status);
}

pid_t sp_keep(const struct sp_command *command, const char *log)
{
    pid_t parent = getpid();
    fflush(NULL);
    pid_t keeper = fork();
    if (keeper == 0) {
        keep(command, log, parent);
    }
    return keeper;
}

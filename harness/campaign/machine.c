/*
 * Looking at the machine: PATH, the libFuzzer runtime, and four settings of the kernel.
 *
 * The invariant: what cannot be read is taken for harmless, because AFL++ cannot read it either.
 */
#include "campaign/machine.h"
#include "cli/setup.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

const struct sp_tool sp_tools[] = {
    {"gcc", "gcc", "-dumpfullversion", "gcc", true, "building synproof"},
    {"cmake", "cmake", "--version", "cmake", true, "building synproof"},
    {"ninja", "ninja", "--version", "ninja-build", true, "building synproof"},
    {"clang-19", "clang-19", "-dumpversion", "clang-19", true, "tests, and fuzzing with libFuzzer"},
    {"libFuzzer", NULL, NULL, "libclang-rt-19-dev", true, "fuzzing with libFuzzer, and tests"},
    {"afl-fuzz", "afl-fuzz", NULL, "afl++", true, "fuzzing with AFL++"},
    {"afl-clang-fast", "afl-clang-fast", NULL, "afl++", true, "building targets for AFL++"},
    {"jq", "jq", "--version", "jq", false, "a part of the tests"},
    {"spin", "spin", "-V", "spin", false, "comparing the counts of states with SPIN"},
    {"tshark", "tshark", NULL, "tshark", false, "recording captures anew"},
    {"ip", "ip", NULL, "iproute2", false, "recording captures anew"},
    {"clang-format-14", "clang-format-14", "--version", "clang-format-14", false,
     "the check of the source's format"},
    {"zip", "zip", NULL, "zip", false, "building for OSS-Fuzz"},
    {"setarch", "setarch", NULL, "util-linux", false, "sanitizers of AFL++ under wide ASLR"},
    {"rsync", "rsync", "--version", "rsync", false, "sharing inputs between machines over ssh"},
    {"graphviz", "dot", "-V", "graphviz", false, "pictures of graphs"},
    {"wasm-ld-19", "wasm-ld-19", "--version", "lld-19", false, "explorer pages"},
    {"chromium", "chromium", "--version", "chromium", false, "pictures of pages"},
    {NULL, NULL, NULL, NULL, false, NULL},
};

const struct sp_quirk_words sp_quirk_core = {
    "a crash is seen only when the program that takes core dumps is done, and may pass for a hang",
    "echo core > " SP_CORE_PATTERN,
};
const struct sp_quirk_words sp_quirk_governor = {
    "fewer inputs a second",
    "echo performance | tee /sys/devices/system/cpu/cpu*/cpufreq/scaling_governor",
};
const struct sp_quirk_words sp_quirk_aslr = {
    "sanitizers of clang before 18 may die at the start; campaigns run them by setarch -R",
    "sysctl vm.mmap_rnd_bits=28",
};

/* Random bits that every sanitizer bears. */
#define ASLR_BITS_MAX 28

const char *sp_path(char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(path, SP_PATH_MAX, format, arguments);
    va_end(arguments);
    if (size < 0 || size >= SP_PATH_MAX) {
        path[0] = '\0';
    }
    return path;
}

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

static bool find_in_path(const char *name, char *path)
{
    const char *directories = getenv("PATH");
    for (const char *at = directories; at != NULL && *at != '\0';) {
        size_t size = strcspn(at, ":");
        sp_path(path, "%.*s/%s", (int)size, at, name);
        if (size > 0 && is_program(path)) {
            return true;
        }
        at += size + (at[size] == ':');
    }
    return false;
}

/* Where clang puts it depends on how it was built. */
static bool find_runtime(char *path)
{
    struct utsname us;
    if (uname(&us) != 0) {
        return false;
    }
    static const char *const places[] = {
        "/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-%s.a",
        "/usr/lib/llvm-19/lib/clang/19/lib/%s-pc-linux-gnu/libclang_rt.fuzzer.a",
        "/usr/lib/llvm-19/lib/clang/19/lib/%s-unknown-linux-gnu/libclang_rt.fuzzer.a",
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *end = strstr(places[i], "%s");
        sp_path(path, "%.*s%s%s", (int)(end - places[i]), places[i], us.machine, end + 2);
        if (access(path, R_OK) == 0) {
            return true;
        }
    }
    return false;
}

bool sp_tool_find(const struct sp_tool *tool, char *path)
{
    return tool->program == NULL ? find_runtime(path) : find_in_path(tool->program, path);
}

/* The first word with a digit before a dot, or wholly of digits and dots: "4.04c" of "afl-fuzz++
 * 4.04c". */
static void find_version(const char *line, char *text, size_t capacity)
{
    text[0] = '\0';
    size_t start = strcspn(line, "0123456789");
    while (line[start] != '\0') {
        size_t size = strspn(line + start, "0123456789.abcdefghijklmnopqrstuvwxyz+-");
        if (memchr(line + start, '.', size) != NULL || line[start + size] == '\0') {
            snprintf(text, capacity, "%.*s", (int)size, line + start);
            return;
        }
        start += size;
        start += strcspn(line + start, "0123456789");
    }
}

void sp_tool_version(const struct sp_tool *tool, char *text, size_t capacity)
{
    char command[256];
    char line[256] = "";
    if (tool->version != NULL) {
        snprintf(command, sizeof command, "%s %s 2>&1 </dev/null", tool->program, tool->version);
    } else {
        snprintf(command, sizeof command, "dpkg-query -W -f '${Version}' %s 2>/dev/null",
                 tool->package);
    }
    text[0] = '\0';
    FILE *said = popen(command, "r");
    if (said == NULL) {
        return;
    }
    bool any = fgets(line, sizeof line, said) != NULL;
    while (fgetc(said) != EOF) {
    }
    pclose(said);
    line[strcspn(line, "\n")] = '\0';
    if (any) {
        find_version(line, text, capacity);
    }
}

void sp_binaries_directory(char *path)
{
    const char *chosen = getenv("SYNPROOF_FUZZ");
    char wanted[SP_PATH_MAX];
    if (chosen != NULL && chosen[0] != '\0') {
        sp_path(wanted, "%s", chosen);
    } else {
        sp_path(wanted, "%s/build-fuzz", sp_data_directory());
    }
    char *real = realpath(wanted, NULL);
    sp_path(path, "%s", real == NULL ? wanted : real);
    free(real);
}

void sp_setting_read(const char *root, const char *path, char *text, size_t capacity)
{
    char place[SP_PATH_MAX];
    sp_path(place, "%s%s", root, path);
    text[0] = '\0';
    FILE *file = fopen(place, "r");
    if (file == NULL) {
        return;
    }
    if (fgets(text, (int)capacity, file) == NULL) {
        text[0] = '\0';
    }
    text[strcspn(text, "\n")] = '\0';
    fclose(file);
}

struct sp_quirks sp_machine_quirks(const char *root)
{
    char core[256];
    char governor[64];
    char bits[64];
    sp_setting_read(root, SP_CORE_PATTERN, core, sizeof core);
    sp_setting_read(root, SP_GOVERNOR, governor, sizeof governor);
    sp_setting_read(root, SP_ASLR_BITS, bits, sizeof bits);
    return (struct sp_quirks){
        .core_piped = core[0] == '|',
        .governor = governor[0] != '\0' && strcmp(governor, "performance") != 0,
        .wide_aslr = strtol(bits, NULL, 10) > ASLR_BITS_MAX,
    };
}

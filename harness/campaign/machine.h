/*
 * What this machine has: programs, binaries to fuzz, and the settings that AFL++ objects to.
 *
 * It looks and changes nothing.
 */
#ifndef SP_CAMPAIGN_MACHINE_H
#define SP_CAMPAIGN_MACHINE_H

#include "campaign/plan.h"

#define SP_PATH_MAX 4096

/* Writes a path, which has room for SP_PATH_MAX; "" when it does not fit, which names no file.
 * Returns it. */
const char *sp_path(char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The command that builds everything that can be fuzzed. */
#define SP_FUZZ_BUILD "cmake --workflow --preset fuzz"

/* The command that installs a Debian package. */
#define SP_INSTALL "apt-get install -y --no-install-recommends"

/* Something that may be installed. */
struct sp_tool {
    const char *name;    /* as people call it */
    const char *program; /* in PATH; NULL: it is the libFuzzer runtime of clang-19 */
    const char *version; /* the flag that makes the program say its version; NULL: ask dpkg */
    const char *package; /* Debian */
    bool needed;         /* to build, check, test and fuzz; else the rest works without it */
    const char *purpose; /* what does not work without it */
};

/* Ends with a row without name. */
extern const struct sp_tool sp_tools[];

/* Where it is, or false. path has room for SP_PATH_MAX. */
bool sp_tool_find(const struct sp_tool *tool, char *path);

/* What the program says of its version, one line without leading words that are not it; "" when it
 * says nothing. Runs it. */
void sp_tool_version(const struct sp_tool *tool, char *text, size_t capacity);

/* The build directory of the preset fuzz: the environment's SYNPROOF_FUZZ, or build-fuzz in the
 * data directory. Absolute when it exists. path has room for SP_PATH_MAX. */
void sp_binaries_directory(char *path);

/* The setting of this machine as a file has it: the first line. "": there is no such file. root is
 * "" but for tests. */
void sp_setting_read(const char *root, const char *path, char *text, size_t capacity);

#define SP_CORE_PATTERN "/proc/sys/kernel/core_pattern"
#define SP_GOVERNOR     "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"
#define SP_ASLR         "/proc/sys/kernel/randomize_va_space"
#define SP_ASLR_BITS    "/proc/sys/vm/mmap_rnd_bits"

/* What of it AFL++ objects to. */
struct sp_quirks sp_machine_quirks(const char *root);

/* A quirk in words: what it costs, and the command that mends it (which needs root). */
struct sp_quirk_words {
    const char *cost;
    const char *mend;
};
extern const struct sp_quirk_words sp_quirk_core, sp_quirk_governor, sp_quirk_aslr;

#endif

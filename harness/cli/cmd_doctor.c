/*
 * synproof doctor: what this machine has, what works without the rest, and what mends it.
 *
 * It changes nothing. The invariant: every complaint ends with the command that ends it.
 */
#include "campaign/machine.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct tally {
    unsigned here;
    unsigned absent;
    unsigned needed; /* of those that are absent */
    char packages[1024];
};

static void put_tool(const struct sp_tool *tool, struct tally *tally)
{
    char path[SP_PATH_MAX];
    char version[64];
    if (sp_tool_find(tool, path)) {
        sp_tool_version(tool, version, sizeof version);
        printf("  ok       %-16s %-14s %s\n", tool->name, version, path);
        tally->here++;
        return;
    }
    printf("  %-8s %-16s needed for %s\n", tool->needed ? "MISSING" : "absent", tool->name,
           tool->purpose);
    printf("           %-16s " SP_INSTALL " %s\n", "", tool->package);
    tally->absent++;
    tally->needed += tool->needed;
}

static void put_quirk(bool quirk, const char *name, const char *value,
                      const struct sp_quirk_words *words)
{
    printf("  %-8s %-16s %s\n", quirk ? "costs" : "ok", name,
           value[0] == '\0' ? "not there" : value);
    if (quirk) {
        printf("           %-16s %s\n", "", words->cost);
        printf("           %-16s %s\n", "", words->mend);
    }
}

/* Campaigns start all the same; what it costs is said here and at their start. */
static void put_machine(void)
{
    char core[128];
    char governor[64];
    char aslr[64];
    char bits[64];
    char both[160];
    struct sp_quirks quirks = sp_machine_quirks("");
    sp_setting_read("", SP_CORE_PATTERN, core, sizeof core);
    sp_setting_read("", SP_GOVERNOR, governor, sizeof governor);
    sp_setting_read("", SP_ASLR, aslr, sizeof aslr);
    sp_setting_read("", SP_ASLR_BITS, bits, sizeof bits);
    snprintf(both, sizeof both, "%s, %s bits", aslr, bits[0] == '\0' ? "?" : bits);
    printf("\nThis machine, as AFL++ sees it (campaigns start in any case):\n");
    put_quirk(quirks.core_piped, "core_pattern", core, &sp_quirk_core);
    put_quirk(quirks.governor, "CPU governor", governor, &sp_quirk_governor);
    put_quirk(quirks.wide_aslr, "ASLR", both, &sp_quirk_aslr);
}

/* Binaries of each kind that are there, of all targets. */
static unsigned count_kind(const char *binaries, const char *kind)
{
    unsigned count = 0;
    for (const struct sp_target *target = sp_targets; target->name != NULL; target++) {
        char path[SP_PATH_MAX];
        sp_path(path, "%s/%s/%s", binaries, kind, target->name);
        count += access(path, X_OK) == 0;
    }
    return count;
}

/* True: all are there. */
static bool put_binaries(void)
{
    static const char *const kinds[] = {"libfuzzer", "afl", "afl-asan", "afl-cmplog", "run"};
    char binaries[SP_PATH_MAX];
    unsigned targets = 0;
    bool all = true;
    sp_binaries_directory(binaries);
    for (const struct sp_target *target = sp_targets; target->name != NULL; target++) {
        targets++;
    }
    printf("\nWhat can be fuzzed, in %s:\n", binaries);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        unsigned count = count_kind(binaries, kinds[i]);
        all &= count == targets;
        printf("  %-8s %-16s %u of %u targets\n", count == targets ? "ok" : "MISSING", kinds[i],
               count, targets);
    }
    if (!all) {
        printf("           %-16s " SP_FUZZ_BUILD "\n", "");
    }
    return all;
}

enum sp_exit sp_cmd_doctor(const struct sp_args *args)
{
    (void)args;
    struct tally tally = {0, 0, 0, ""};
    printf("Programs:\n");
    for (const struct sp_tool *tool = sp_tools; tool->name != NULL; tool++) {
        put_tool(tool, &tally);
    }
    put_machine();
    bool built = put_binaries();
    return sp_finish(stdout, tally.needed > 0 ? SP_EXIT_FAIL : SP_EXIT_PASS,
                     "programs=%u absent=%u missing=%u built=%s", tally.here,
                     tally.absent - tally.needed, tally.needed, built ? "yes" : "no");
}

/*
 * The reports of `triage` for CI systems: a case for every signature, and one for every input that
 * shows no property and that an engine set aside.
 *
 * What is only slow is no failure. The invariant: a run that `triage` calls FAIL has a failure.
 */
#include "cli/triage.h"

#include <stdlib.h>
#include <string.h>

/* The script that was kept is shown; where it was not, the input. */
static void add_groups(struct sp_triage *triage)
{
    for (size_t i = 0; i < triage->groups.count; i++) {
        const struct sp_group *group = &triage->groups.at[i];
        char kept[SP_TRIAGE_KEPT_MAX];
        struct sp_bytes bytes;
        const char *file = sp_triage_kept(triage, &group->sighting, kept);
        sp_ci_case(&triage->ci, SP_EXIT_FAIL, group->sighting.signature, "%zu input%s",
                   group->inputs, group->inputs == 1 ? "" : "s");
        if (!sp_file_read(file, &bytes)) {
            file = triage->paths.at[group->smallest];
        }
        free(bytes.at);
        sp_ci_found_file(&triage->ci, file, group->sighting.signature);
    }
}

static void add_unexplained(struct sp_triage *triage)
{
    for (size_t i = 0; i < triage->unexplained_count; i++) {
        const char *path = triage->paths.at[triage->unexplained[i]];
        const enum sp_origin origin = sp_origin_of(path);
        const bool fails = sp_origin_fails(origin);
        sp_ci_case(&triage->ci, fails ? SP_EXIT_FAIL : SP_EXIT_PASS, path, "%s, and no property",
                   sp_origin_name(origin));
        if (fails) {
            char signature[SP_TRIAGE_PATH_MAX];
            const char *slash = strrchr(path, '/');
            snprintf(signature, sizeof signature, "%s/%s", sp_origin_name(origin),
                     slash == NULL ? path : slash + 1);
            sp_ci_found_crash(&triage->ci, signature, path);
        }
    }
}

bool sp_triage_ci(struct sp_triage *triage, enum sp_exit code)
{
    if (!sp_ci_wanted(&triage->ci)) {
        return true;
    }
    sp_ci_subject(&triage->ci, "%s, target %s", triage->directory, triage->target);
    sp_ci_fact(&triage->ci, "directory", "%s", triage->directory);
    sp_ci_fact(&triage->ci, "target", "%s", triage->target);
    sp_ci_fact(&triage->ci, "inputs", "%zu", triage->inputs);
    sp_ci_fact(&triage->ci, "broken", "%zu", triage->broken);
    add_groups(triage);
    add_unexplained(triage);
    if (code != SP_EXIT_PASS && code != SP_EXIT_FAIL) {
        sp_ci_note(&triage->ci, code, "", "not every input could be judged; the log says why");
    }
    return sp_ci_write(&triage->ci, code);
}

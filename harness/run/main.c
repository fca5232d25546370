/*
 * Replays inputs through a target, without any fuzzer: run-<target> [--twice] FILE|DIRECTORY...
 *
 * --twice: each is run twice, and must lead to the same end twice (sp_target_digest). Where the
 * target finds something it ends the process, as under a fuzzer. Exit code 0; 1 for an end that
 * differs; 2 for what cannot be read.
 */
#include "cli/cli.h"
#include "cli/files.h"
#include "fuzz/target.h"

#include <stdlib.h>
#include <string.h>

/* The target gets exactly its octets: a sanitizer sees a read beyond them. */
static bool run_once(const struct sp_bytes *bytes, uint64_t *digest)
{
    uint8_t *exact = malloc(bytes->size > 0 ? bytes->size : 1);
    if (exact == NULL) {
        sp_say("out of memory");
        return false;
    }
    memcpy(exact, bytes->at, bytes->size);
    LLVMFuzzerTestOneInput(exact, bytes->size);
    free(exact);
    *digest = sp_target_digest();
    return true;
}

static enum sp_exit run_bytes(const char *path, const struct sp_bytes *bytes, bool twice)
{
    uint64_t once;
    uint64_t again;
    if (!run_once(bytes, &once)) {
        return SP_EXIT_ERROR;
    }
    if (!twice) {
        return SP_EXIT_PASS;
    }
    if (!run_once(bytes, &again)) {
        return SP_EXIT_ERROR;
    }
    if (once != again) {
        sp_say("%s: run twice, it led to two different ends", path);
        return SP_EXIT_FAIL;
    }
    return SP_EXIT_PASS;
}

/* What is said of a finding stands below the name of the file that shows it. */
static enum sp_exit run_file(const char *path, bool twice)
{
    struct sp_bytes bytes;
    if (!sp_file_read(path, &bytes)) {
        return SP_EXIT_USAGE;
    }
    printf("%s\n", path);
    fflush(stdout);
    const enum sp_exit code = run_bytes(path, &bytes, twice);
    free(bytes.at);
    return code;
}

int main(int argc, char **argv)
{
    const bool twice = argc > 1 && strcmp(argv[1], "--twice") == 0;
    struct sp_paths paths = {NULL, 0, 0};
    enum sp_exit code = SP_EXIT_PASS;
    for (int i = twice ? 2 : 1; i < argc; i++) {
        code = sp_paths_add(&paths, argv[i]) ? code : SP_EXIT_USAGE;
    }
    if (argc <= (twice ? 2 : 1)) {
        sp_say("usage: %s [--twice] FILE|DIRECTORY...", argv[0]);
        code = SP_EXIT_USAGE;
    }
    for (size_t i = 0; i < paths.count; i++) {
        const enum sp_exit one = run_file(paths.at[i], twice);
        code = code == SP_EXIT_PASS ? one : code;
    }
    const size_t files = paths.count;
    sp_paths_free(&paths);
    return (int)sp_finish(stdout, code, "files=%zu", files);
}

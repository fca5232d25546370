/*
 * What was found is told or recorded: see verdict.h.
 *
 * One function a property ends the process: engines and debuggers name a crash by its stack. The
 * invariant: a file in the directory of findings is whole, because it gets its name when it is.
 */
#include "fuzz/verdict.h"

#include "cli/files.h"
#include "fuzz/board.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Its own name in each keeps compilers from making one function of all. */
static const char *volatile violated;

#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    _Noreturn __attribute__((noinline)) static void sp_violated_##name(void)                       \
    {                                                                                              \
        violated = #name;                                                                          \
        abort();                                                                                   \
    }
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    PROPERTY(id, name, word, section, needs, sentence)
#define PROMISE(NAME, name, signature, sentence) PROPERTY(0, name, 0, 0, 0, 0)
#include "fuzz/promises.def"
#include "oracle/liveness.def"
#include "oracle/properties.def"
#undef PROPERTY
#undef LIVENESS
#undef PROMISE

static const char *findings_directory(void)
{
    static const char *directory;
    static bool asked;
    if (!asked) {
        asked = true;
        directory = getenv("SYNPROOF_FINDINGS");
    }
    return directory;
}

bool sp_verdict_recording(void)
{
    return findings_directory() != NULL;
}

/* A finding that cannot be kept must not be lost in silence. */
static _Noreturn void fail(const char *path)
{
    fprintf(stderr, "synproof: %s: %s\n", path, strerror(errno));
    exit(2);
}

/* Returns true when the signature is a new one. */
static bool keep(const char *path, const uint8_t *bytes, size_t size)
{
    if (access(path, F_OK) == 0) {
        return false;
    }
    const enum sp_written written = sp_file_create(path, bytes, size);
    if (written == SP_WRITTEN_FAILED) {
        exit(2);
    }
    return written == SP_WRITTEN;
}

static void record(const char *signature, const uint8_t *bytes, size_t size)
{
    char path[1024];
    const char *directory = findings_directory();
    const int begin = snprintf(path, sizeof path, "%s/", directory);
    const int end = snprintf(path, sizeof path, "%s/%s.bin", directory, signature);
    if (end < 0 || (size_t)end >= sizeof path) {
        errno = ENAMETOOLONG;
        fail(directory);
    }
    for (char *at = path + begin; *at != '\0'; at++) {
        *at = *at == '/' ? '+' : *at;
    }
    struct sp_board *board = sp_board();
    if (keep(path, bytes, size) && board != NULL) {
        __atomic_fetch_add(&board->findings, 1, __ATOMIC_RELAXED);
    }
}

static void tell(const char *signature)
{
    fprintf(stderr, "synproof: violation %s\n", signature);
}

void sp_verdict_violation(enum sp_property property, const char *signature, const uint8_t *bytes,
                          size_t size)
{
    if (sp_verdict_recording()) {
        record(signature, bytes, size);
        return;
    }
    tell(signature);
    switch (property) {
#define PROPERTY(id, name, word, section, needs, sentence)                                         \
    case SP_PROPERTY_##name:                                                                       \
        sp_violated_##name();
#define LIVENESS(id, name, word, kind, section, needs, sentence)                                   \
    PROPERTY(id, name, word, section, needs, sentence)
#include "oracle/liveness.def"
#include "oracle/properties.def"
#undef PROPERTY
#undef LIVENESS
    case SP_PROPERTY_COUNT:
        break;
    }
}

void sp_verdict_broken(enum sp_fuzz_promise promise, const uint8_t *bytes, size_t size)
{
    static const char *const signatures[] = {
#define PROMISE(NAME, name, signature, sentence) signature,
#include "fuzz/promises.def"
#undef PROMISE
    };
    if (sp_verdict_recording()) {
        record(signatures[promise], bytes, size);
        return;
    }
    tell(signatures[promise]);
    switch (promise) {
#define PROMISE(NAME, name, signature, sentence)                                                   \
    case SP_FUZZ_PROMISE_##NAME:                                                                   \
        sp_violated_##name();
#include "fuzz/promises.def"
#undef PROMISE
    case SP_FUZZ_PROMISE_COUNT:
        break;
    }
}

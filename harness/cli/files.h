/*
 * Files, as the verbs need them: read whole, written only where nothing is lost, walked in order.
 */
#ifndef SP_CLI_FILES_H
#define SP_CLI_FILES_H

#include "cli/cli.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Largest file that is read: no script or bounds file comes near. */
#define SP_FILE_MAX ((size_t)64 << 20)

struct sp_bytes {
    uint8_t *at; /* free() it; one octet longer than size, a 0 */
    size_t size;
};

/* False: *bytes is empty and a complaint that names the path is written. */
bool sp_file_read(const char *path, struct sp_bytes *bytes);

enum sp_written {
    SP_WRITTEN,        /* it is there now */
    SP_WRITTEN_EXISTS, /* something else is there: nothing was touched */
    SP_WRITTEN_FAILED, /* a complaint is written */
};

/* Creates the file, at once whole or not at all. One that exists with the same content counts as
 * written. */
enum sp_written sp_file_create(const char *path, const uint8_t *bytes, size_t size);

/* What a verb made (bytes may be NULL when there are none): into the file, created as above, or to
 * standard output when path is NULL. PASS, or a complaint is written: USAGE when the file cannot
 * be, ERROR when standard output cannot. */
enum sp_exit sp_file_deliver(const char *path, const uint8_t *bytes, size_t size);

/* The same for a file that the tool itself wrote before: the old one is there until the new one is.
 * False: a complaint is written. */
bool sp_file_replace(const char *path, const uint8_t *bytes, size_t size);

/* A report that the user named with a flag ("--junit"), written when the work is done. The first is
 * asked before the work: it can be written, and what is there already is empty, a pipe or a device,
 * or an earlier report, which has `mark` in its first 1000 octets. The second replaces a regular
 * file when the new one is whole, and writes to anything else. False: a complaint is written. */
bool sp_file_reportable(const char *flag, const char *path, const char *mark);
bool sp_file_report(const char *flag, const char *path, const char *text);

/* The directory, and those above it that are not there yet. False: a complaint is written. */
bool sp_directory_make(const char *path);

bool sp_file_is_directory(const char *path);

/* Paths of files, sorted by name within each directory. */
struct sp_paths {
    char **at;
    size_t count;
    size_t capacity;
};

/* The script of an input that was kept (`synproof keep`), in a directory of its own. */
#define SP_KEPT_SCRIPT "script.sps"

/* Adds the path, or, of a directory, the scripts and captures below it: every file but hidden ones,
 * documents (.md, .txt, .json), a fuzzer's .dict and .options, sources (.c, .h) and programs; of a
 * directory with SP_KEPT_SCRIPT only that.
 * False: a complaint is written. */
bool sp_paths_add(struct sp_paths *paths, const char *path);
void sp_paths_free(struct sp_paths *paths);

#endif

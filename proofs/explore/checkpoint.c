/*
 * Checkpoints: a search that is not over, as a file, and back.
 *
 * The file holds all that the rest of the search depends on: what it is about, the counts, the set,
 * the trail, the two levels, and what gives the model's numbers their meaning. Octets are in the
 * order of the machine that wrote them. It is written under another name first, so that there is a
 * whole one at any time; it ends with a hash of everything before, so that a damaged one is
 * refused. What it does not do: convert. A checkpoint of another format, model or machine is
 * refused.
 */
#define _DEFAULT_SOURCE /* fileno, fsync */

#include "explore/search.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* Raise the number when what follows it changes its meaning. */
static const char magic[] = "synproof checkpoint 1\n";

/* Octets read at once to hash a file. */
#define BLOCK 65536

struct head {
    uint64_t state_bits, kept;
    uint64_t identity; /* octets of it, which follow */
    uint64_t states, transitions, violated, witnessed;
    uint64_t level, depth, before, known, skip;
    uint64_t ordinal; /* of the first state that is left of the level */
    uint64_t left, next;
    double spent;
    struct sp_origin origin[128]; /* violations, then witnesses */
};

static void head_of(const struct sp_search *search, struct head *head)
{
    const struct sp_explore_result *result = search->result;
    memset(head, 0, sizeof *head);
    head->state_bits = search->numbers.bits;
    head->kept = search->numbers.kept;
    head->identity = strlen(search->limits->checkpoint->identity);
    head->states = search->numbers.count;
    head->transitions = result->transitions - search->surplus;
    head->violated = result->violated;
    head->witnessed = result->witnessed;
    head->level = search->level;
    head->depth = result->depth;
    head->before = search->before;
    head->known = search->known;
    head->skip = search->skip;
    head->ordinal = search->now.ordinal + search->expanded;
    head->left = sp_level_count(&search->now) - search->expanded;
    head->next = sp_level_count(&search->next);
    head->spent = search->spent + sp_explore_now() - search->began;
    memcpy(head->origin, search->violation, sizeof search->violation);
    memcpy(head->origin + 64, search->witness, sizeof search->witness);
}

/* The hash of the first so many octets of the file, of all when UINT64_MAX. */
static bool hash_file(FILE *file, uint64_t octets, uint64_t *hash)
{
    static const size_t most = BLOCK;
    char *block = malloc(BLOCK);
    XXH3_state_t *state = XXH3_createState();
    bool good = block != NULL && state != NULL && fseek(file, 0, SEEK_SET) == 0;
    if (good) {
        (void)XXH3_64bits_reset(state);
        for (size_t got = 1; octets > 0 && got > 0; octets -= got) {
            got = fread(block, 1, octets < most ? (size_t)octets : most, file);
            (void)XXH3_64bits_update(state, block, got);
        }
        good = ferror(file) == 0;
        *hash = XXH3_64bits_digest(state);
    }
    (void)XXH3_freeState(state);
    free(block);
    return good;
}

static bool write_body(const struct sp_search *search, FILE *file)
{
    const struct sp_explore_model *model = search->model;
    struct head head;
    head_of(search, &head);
    return fwrite(magic, 1, sizeof magic - 1, file) == sizeof magic - 1 &&
           fwrite(&head, sizeof head, 1, file) == 1 &&
           fwrite(search->limits->checkpoint->identity, 1, head.identity, file) == head.identity &&
           sp_numbers_save(&search->numbers, file) && sp_trail_save(&search->trail, file) &&
           sp_pieces_save(&search->now.states, search->expanded * sizeof(uint64_t), file) &&
           sp_pieces_save(&search->next.states, 0, file) &&
           (model->save == NULL || model->save(model->self, file));
}

static bool write_whole(const struct sp_search *search, FILE *file)
{
    uint64_t hash = 0;
    return write_body(search, file) && fflush(file) == 0 && hash_file(file, UINT64_MAX, &hash) &&
           fseek(file, 0, SEEK_END) == 0 && fwrite(&hash, sizeof hash, 1, file) == 1 &&
           fflush(file) == 0 && fsync(fileno(file)) == 0;
}

/* FOLDER/search, with what is put behind; to be freed. */
static char *path_of(const char *folder, const char *behind)
{
    size_t room = strlen(folder) + strlen(behind) + sizeof "/search";
    char *path = malloc(room);
    if (path != NULL) {
        (void)snprintf(path, room, "%s/search%s", folder, behind);
    }
    return path;
}

/* Makes the folders that lead to a file. */
static void make_folders(char *path)
{
    for (char *c = path + 1; *c != '\0'; c++) {
        if (*c == '/') {
            *c = '\0';
            (void)mkdir(path, 0777);
            *c = '/';
        }
    }
}

/* Writes the file `fresh`, then gives it the name `path`. */
static bool replace(const struct sp_search *search, const char *path, char *fresh)
{
    make_folders(fresh);
    FILE *file = fopen(fresh, "w+b");
    bool good = file != NULL && write_whole(search, file);
    if (file != NULL) {
        good = fclose(file) == 0 && good;
    }
    good = good && rename(fresh, path) == 0;
    if (!good) {
        (void)remove(fresh);
    }
    return good;
}

bool sp_checkpoint_write(const struct sp_search *search)
{
    char *path = path_of(search->limits->checkpoint->folder, "");
    char *fresh = path_of(search->limits->checkpoint->folder, ".new");
    bool good = path != NULL && fresh != NULL && replace(search, path, fresh);
    free(path);
    free(fresh);
    return good;
}

void sp_checkpoint_remove(const char *folder)
{
    char *path = path_of(folder, "");
    if (path != NULL && remove(path) == 0) {
        (void)rmdir(folder); /* unless something else is in it */
    }
    free(path);
}

/* The octets before the hash are what was written. */
static bool is_sound(FILE *file)
{
    uint64_t stored = 0;
    uint64_t hash = 0;
    if (fseek(file, -(long)sizeof stored, SEEK_END) != 0) {
        return false;
    }
    long size = ftell(file);
    return size >= (long)(sizeof magic - 1 + sizeof(struct head)) &&
           fread(&stored, sizeof stored, 1, file) == 1 && hash_file(file, (uint64_t)size, &hash) &&
           hash == stored;
}

/* It begins as a checkpoint of this format does; the file then stands behind that. */
static bool is_checkpoint(FILE *file)
{
    char begins[sizeof magic - 1];
    return fread(begins, 1, sizeof begins, file) == sizeof begins &&
           memcmp(begins, magic, sizeof begins) == 0;
}

/* Reads what stands before the set: head and identity, which is to be freed. False: error has a
 * sentence. */
static bool read_head(FILE *file, struct head *head, char **identity, char *error, size_t capacity)
{
    if (!is_checkpoint(file)) {
        (void)snprintf(error, capacity, "it is no checkpoint of this version");
        return false;
    }
    if (!is_sound(file) || fseek(file, (long)(sizeof magic - 1), SEEK_SET) != 0 ||
        fread(head, sizeof *head, 1, file) != 1) {
        (void)snprintf(error, capacity, "it is damaged");
        return false;
    }
    *identity = calloc(1, head->identity + 1);
    if (*identity == NULL || fread(*identity, 1, head->identity, file) != head->identity) {
        free(*identity);
        (void)snprintf(error, capacity, "it is damaged");
        return false;
    }
    return true;
}

static void take_head(struct sp_search *search, const struct head *head)
{
    struct sp_explore_result *result = search->result;
    result->transitions = head->transitions;
    result->violated = head->violated;
    result->witnessed = head->witnessed;
    result->depth = (uint32_t)head->depth;
    search->level = (uint32_t)head->level;
    search->before = head->before;
    search->known = head->known;
    search->skip = (uint32_t)head->skip;
    search->now.ordinal = head->ordinal;
    search->spent = head->spent;
    memcpy(search->violation, head->origin, sizeof search->violation);
    memcpy(search->witness, head->origin + 64, sizeof search->witness);
}

static bool read_body(struct sp_search *search, const struct head *head, FILE *file)
{
    const struct sp_explore_model *model = search->model;
    return sp_numbers_load(&search->numbers, file) && search->numbers.count == head->states &&
           sp_trail_load(&search->trail, head->states, file) &&
           sp_pieces_load(&search->now.states, head->left * sizeof(uint64_t), file) &&
           sp_pieces_load(&search->next.states, head->next * sizeof(uint64_t), file) &&
           (model->load == NULL || model->load(model->self, file));
}

/* The checkpoint is about what was asked for. */
static bool fits(const struct sp_search *search, const struct head *head, const char *identity,
                 char *error, size_t capacity)
{
    if (strcmp(identity, search->limits->checkpoint->identity) != 0) {
        (void)snprintf(error, capacity, "it is of another search");
        return false;
    }
    if (head->state_bits != search->numbers.bits || head->kept != search->numbers.kept) {
        (void)snprintf(error, capacity,
                       "its states have %" PRIu64 " bits, of which %" PRIu64
                       " are stored; here it is %u and %u",
                       head->state_bits, head->kept, search->numbers.bits, search->numbers.kept);
        return false;
    }
    return true;
}

static bool read_file(struct sp_search *search, FILE *file, char *error, size_t capacity)
{
    struct head head;
    char *identity = NULL;
    if (!read_head(file, &head, &identity, error, capacity)) {
        return false;
    }
    bool good = fits(search, &head, identity, error, capacity);
    free(identity);
    if (!good) {
        return false;
    }
    take_head(search, &head);
    (void)snprintf(error, capacity, "it does not fit into the memory");
    return read_body(search, &head, file);
}

/* Opens the checkpoint of a folder. NULL: error has a sentence. */
static FILE *open_in(const char *folder, char *error, size_t capacity)
{
    char *path = path_of(folder, "");
    FILE *file = path == NULL ? NULL : fopen(path, "rb");
    if (file == NULL) {
        (void)snprintf(error, capacity, "%s", strerror(errno));
    }
    free(path);
    return file;
}

bool sp_checkpoint_read(struct sp_search *search)
{
    char error[160];
    const char *folder = search->limits->checkpoint->folder;
    FILE *file = open_in(folder, error, sizeof error);
    bool good = file != NULL && read_file(search, file, error, sizeof error);
    if (file != NULL) {
        (void)fclose(file);
    }
    return good || sp_worker_broken(&search->worker[0], "checkpoint in %.60s: %s", folder, error);
}

char *sp_explore_identity(const char *folder, char *error, size_t error_capacity)
{
    struct head head;
    char *identity = NULL;
    FILE *file = open_in(folder, error, error_capacity);
    if (file == NULL) {
        return NULL;
    }
    bool good = read_head(file, &head, &identity, error, error_capacity);
    (void)fclose(file);
    return good ? identity : NULL;
}

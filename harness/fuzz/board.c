/*
 * The board of a campaign, as a file that is mapped shared: see board.h.
 *
 * It does not know who fuzzes, nor how. To keep in mind: several processes make the file at the
 * same moment; all of them write the same magic into the same zeros, so that no lock is needed.
 */
#include "fuzz/board.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* An empty file grows to its size; any other must have it. */
static bool sized(int file, bool writable)
{
    struct stat status;
    if (fstat(file, &status) != 0) {
        return false;
    }
    if (status.st_size == 0 && writable) {
        return ftruncate(file, sizeof(struct sp_board)) == 0;
    }
    errno = EINVAL;
    return status.st_size == sizeof(struct sp_board);
}

/* Of a board that is all zeros yet, the magic is written. */
static bool known(struct sp_board *board, bool writable)
{
    static const char none[sizeof board->magic];
    if (writable && memcmp(board->magic, none, sizeof none) == 0) {
        memcpy(board->magic, SP_BOARD_MAGIC, sizeof board->magic);
    }
    errno = EINVAL;
    return memcmp(board->magic, SP_BOARD_MAGIC, sizeof board->magic) == 0;
}

struct sp_board *sp_board_map(const char *path, bool writable)
{
    const int file =
        open(path, writable ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_CLOEXEC, 0666);
    if (file < 0) {
        return NULL;
    }
    void *at = MAP_FAILED;
    if (sized(file, writable)) {
        const int access = writable ? PROT_READ | PROT_WRITE : PROT_READ;
        at = mmap(NULL, sizeof(struct sp_board), access, MAP_SHARED, file, 0);
    }
    const int error = errno;
    close(file);
    errno = error;
    if (at == MAP_FAILED) {
        return NULL;
    }
    if (known(at, writable)) {
        return at;
    }
    sp_board_unmap(at);
    errno = EINVAL;
    return NULL;
}

void sp_board_unmap(struct sp_board *board)
{
    munmap(board, sizeof *board);
}

uint32_t sp_board_seen(const struct sp_board *board)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < SP_COMBINATIONS; i++) {
        count += __atomic_load_n(&board->seen[i], __ATOMIC_RELAXED) != 0;
    }
    return count;
}

static struct sp_board *map_named(void)
{
    const char *path = getenv("SYNPROOF_BOARD");
    if (path == NULL) {
        return NULL;
    }
    struct sp_board *board = sp_board_map(path, true);
    if (board == NULL) {
        fprintf(stderr,
                "synproof: SYNPROOF_BOARD %s: %s; a board of this version, or a file that can "
                "be made, is valid\n",
                path, errno == EINVAL ? "not a board of this version" : strerror(errno));
        exit(2);
    }
    return board;
}

struct sp_board *sp_board(void)
{
    static struct sp_board *board;
    static bool asked;
    if (!asked) {
        asked = true;
        board = map_named();
    }
    return board;
}

static uint32_t uncounted;

static void flush(void)
{
    struct sp_board *board = sp_board();
    if (board != NULL) {
        __atomic_fetch_add(&board->execs, uncounted, __ATOMIC_RELAXED);
    }
    uncounted = 0;
}

/* What is left of the last batch is added when the process ends by itself. */
__attribute__((destructor)) static void flush_last(void)
{
    if (uncounted > 0) {
        flush();
    }
}

void sp_board_count(void)
{
    if (++uncounted == SP_BOARD_BATCH) {
        flush();
    }
}

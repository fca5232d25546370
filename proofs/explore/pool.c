/*
 * Threads: slices of a level are handed out in order, expanded by anyone, and taken back in order.
 *
 * The thread that called sp_explore alone puts slices into the set; while the oldest one is not
 * ready it expands like the others. With one thread it does all in turn, by the same code.
 * What it does not do: decide anything that a result depends on. Which thread expands a slice, and
 * when, can be told from nothing but the time it takes.
 * Invariant: slices taken and not settled stand in the ring, in order; the oldest always has a
 * holder that goes on without waiting for any but the search, so that no one waits for ever.
 */
#define _DEFAULT_SOURCE /* sysconf, sigfillset */

#include "explore/search.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t slice_octets(const struct sp_explore_model *model)
{
    return SP_SLICE_OCTETS + model->code_max;
}

uint64_t sp_pool_octets(const struct sp_explore_model *model)
{
    return SP_SLICES * (sizeof(struct sp_slice) + slice_octets(model));
}

static struct sp_slice *slice_at(const struct sp_pool *pool, uint64_t number)
{
    return &pool->slices[number % SP_SLICES];
}

/* Hands out the next slice of the level, or NULL. Under the lock. */
static struct sp_slice *take(struct sp_worker *worker)
{
    struct sp_pool *pool = &worker->search->pool;
    if (pool->left == 0 || worker->broken || pool->taken - pool->settled == SP_SLICES) {
        return NULL;
    }
    struct sp_slice *slice = slice_at(pool, pool->taken++);
    slice->stage = SP_SLICE_HELD;
    slice->holder = worker;
    slice->before = pool->last;
    slice->end = pool->end;
    slice->ordinal = pool->ordinal;
    slice->states = pool->left < SP_SLICE_STATES ? (uint32_t)pool->left : SP_SLICE_STATES;
    pool->left -= slice->states;
    pool->ordinal += slice->states;
    for (uint32_t i = 0; i < slice->states; i++) {
        pool->last = sp_visited_next(&worker->search->visited, pool->last, pool->end);
    }
    return slice;
}

/* Expands a slice that was taken. Under the lock, which is open meanwhile. */
static void expand(struct sp_worker *worker, struct sp_slice *slice)
{
    struct sp_pool *pool = &worker->search->pool;
    (void)pthread_mutex_unlock(&pool->lock);
    (void)sp_slice_expand(worker, slice);
    (void)pthread_mutex_lock(&pool->lock);
    slice->stage = SP_SLICE_READY;
    if (slice == slice_at(pool, pool->settled)) {
        (void)pthread_cond_signal(&pool->done);
    }
}

static void *work(void *argument)
{
    struct sp_worker *worker = argument;
    struct sp_pool *pool = &worker->search->pool;
    (void)pthread_mutex_lock(&pool->lock);
    while (!pool->quit) {
        struct sp_slice *slice = take(worker);
        if (slice != NULL) {
            expand(worker, slice);
        } else {
            pool->idle++;
            (void)pthread_cond_wait(&pool->work, &pool->lock);
            pool->idle--;
        }
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Settles the oldest slice if it stands still. False: its holder is at work. Under the lock, which
 * is open meanwhile: a slice that stands still is no one's but the search's. */
static bool settle(struct sp_search *search)
{
    struct sp_pool *pool = &search->pool;
    struct sp_slice *slice = slice_at(pool, pool->settled);
    if (pool->settled == pool->taken || slice->stage == SP_SLICE_HELD) {
        return false;
    }
    if (!pool->dropped) {
        (void)pthread_mutex_unlock(&pool->lock);
        sp_commit_tick(search);
        if (!search->stopped) {
            sp_commit(search, slice);
        }
        (void)pthread_mutex_lock(&pool->lock);
    }
    if (slice->stage == SP_SLICE_PARTIAL) {
        slice->stage = SP_SLICE_HELD;
        (void)pthread_cond_broadcast(&pool->work);
    } else {
        pool->settled++;
        search->expanded += slice->states;
        if (slice->holder->broken && !pool->dropped && !search->stopped) {
            search->broken = true;
            memmove(search->worker[0].error, slice->holder->error, sizeof slice->holder->error);
        }
    }
    if (search->stopped || search->broken) {
        pool->dropped = true;
        pool->left = 0;
    } else if (pool->idle > 0 && pool->left > 0 && pool->taken - pool->settled <= SP_SLICES / 2) {
        (void)pthread_cond_broadcast(&pool->work);
    }
    return true;
}

bool sp_pool_drain(struct sp_worker *worker, struct sp_slice *slice)
{
    struct sp_search *search = worker->search;
    struct sp_pool *pool = &search->pool;
    (void)pthread_mutex_lock(&pool->lock);
    slice->stage = SP_SLICE_PARTIAL;
    if (slice == slice_at(pool, pool->settled)) {
        (void)pthread_cond_signal(&pool->done);
    }
    while (slice->stage == SP_SLICE_PARTIAL) {
        if (worker != &search->worker[0]) {
            (void)pthread_cond_wait(&pool->work, &pool->lock);
        } else if (!settle(search)) {
            (void)pthread_cond_wait(&pool->done, &pool->lock);
        }
    }
    bool wanted = !pool->dropped;
    (void)pthread_mutex_unlock(&pool->lock);
    sp_slice_clear(slice);
    return wanted;
}

bool sp_pool_level(struct sp_search *search, sp_ref last, uint64_t ordinal)
{
    struct sp_pool *pool = &search->pool;
    struct sp_worker *self = &search->worker[0];
    (void)pthread_mutex_lock(&pool->lock);
    pool->last = last;
    pool->end = sp_visited_end(&search->visited);
    pool->left = search->frontier;
    pool->ordinal = ordinal;
    if (pool->idle > 0 && pool->left > SP_SLICE_STATES) {
        (void)pthread_cond_broadcast(&pool->work);
    }
    while (pool->left > 0 || pool->settled < pool->taken) {
        if (settle(search)) {
            continue;
        }
        struct sp_slice *slice = take(self);
        if (slice != NULL) {
            expand(self, slice);
        } else {
            (void)pthread_cond_wait(&pool->done, &pool->lock);
        }
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return !search->broken;
}

/* As many threads as were asked for; fewer where the system gives no more, which only costs time.
 * Signals are for the program, not for them. */
static void start_threads(struct sp_search *search)
{
    struct sp_pool *pool = &search->pool;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t wanted = search->limits->threads;
    if (wanted == 0) {
        wanted = cores < 1 ? 1 : (uint32_t)cores;
    }
    if (wanted > SP_EXPLORE_THREADS_MAX) {
        wanted = SP_EXPLORE_THREADS_MAX;
    }
    sigset_t all, before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->threads + 1 < wanted && pthread_create(&pool->thread[pool->threads], NULL, work,
                                                        &search->worker[pool->threads + 1]) == 0) {
        pool->threads++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

bool sp_pool_open(struct sp_search *search)
{
    struct sp_pool *pool = &search->pool;
    size_t octets = slice_octets(search->model);
    pool->slices = calloc(SP_SLICES, sizeof *pool->slices);
    pool->octets = malloc(SP_SLICES * octets);
    if (pool->slices == NULL || pool->octets == NULL) {
        return false;
    }
    for (unsigned i = 0; i < SP_SLICES; i++) {
        pool->slices[i].octets = pool->octets + i * octets;
    }
    if (pthread_mutex_init(&pool->lock, NULL) != 0) {
        return false;
    }
    (void)pthread_cond_init(&pool->work, NULL);
    (void)pthread_cond_init(&pool->done, NULL);
    pool->locks = true;
    start_threads(search);
    return true;
}

void sp_pool_close(struct sp_search *search)
{
    struct sp_pool *pool = &search->pool;
    if (pool->locks) {
        (void)pthread_mutex_lock(&pool->lock);
        pool->quit = true;
        (void)pthread_cond_broadcast(&pool->work);
        (void)pthread_mutex_unlock(&pool->lock);
        for (uint32_t i = 0; i < pool->threads; i++) {
            (void)pthread_join(pool->thread[i], NULL);
        }
        (void)pthread_cond_destroy(&pool->work);
        (void)pthread_cond_destroy(&pool->done);
        (void)pthread_mutex_destroy(&pool->lock);
    }
    free(pool->slices);
    free(pool->octets);
}

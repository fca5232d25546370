/*
 * Threads: slices of a level are handed out in order, expanded by anyone, and taken back in order.
 *
 * The thread that called sp_explore alone puts slices into the set; while the oldest one is not
 * ready it expands like the others. With one thread it does all in turn, by the same code.
 * What it does not do: decide anything that a result depends on. Which thread expands a slice, and
 * when, can be told from nothing but the time it takes.
 * Invariant: slices taken and not settled stand in the ring, in order; their holders wait for no
 * one, so the oldest is ready at some time.
 */
#define _DEFAULT_SOURCE /* sysconf, sigfillset */

#include "explore/search.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A slice lists every successor of its states. */
static size_t slice_pending(const struct sp_explore_model *model)
{
    return SP_SLICE_STATES * (size_t)model->actions_max;
}

uint64_t sp_pool_octets(const struct sp_explore_model *model)
{
    return SP_SLICES * (sizeof(struct sp_slice) + slice_pending(model) * sizeof(struct sp_pending));
}

static struct sp_slice *slice_at(const struct sp_pool *pool, uint64_t number)
{
    return &pool->slices[number % SP_SLICES];
}

/* Hands out the next slice of the level, or NULL. Under the lock. */
static struct sp_slice *take(struct sp_worker *worker)
{
    struct sp_pool *pool = &worker->search->pool;
    if (pool->next == pool->end || worker->broken || pool->taken - pool->settled == SP_SLICES) {
        return NULL;
    }
    uint64_t left = pool->end - pool->next;
    struct sp_slice *slice = slice_at(pool, pool->taken++);
    slice->stage = SP_SLICE_HELD;
    slice->holder = worker;
    slice->first = pool->next;
    slice->states = left < SP_SLICE_STATES ? (uint32_t)left : SP_SLICE_STATES;
    slice->skip = pool->skip;
    pool->skip = 0;
    pool->next += slice->states;
    return slice;
}

/* Expands a slice that was taken. Under the lock, which is open meanwhile. */
static void expand(struct sp_worker *worker, struct sp_slice *slice)
{
    struct sp_pool *pool = &worker->search->pool;
    (void)pthread_mutex_unlock(&pool->lock);
    sp_slice_expand(worker, slice);
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

/* Settles the oldest slice if it is ready. Under the lock, which is open meanwhile: a slice that is
 * ready is no one's but the search's. Once the search has stopped, what is under way is not wanted.
 */
static bool settle(struct sp_search *search)
{
    struct sp_pool *pool = &search->pool;
    struct sp_slice *slice = slice_at(pool, pool->settled);
    if (pool->settled == pool->taken || slice->stage == SP_SLICE_HELD) {
        return false;
    }
    if (!search->stopped && !search->broken) {
        (void)pthread_mutex_unlock(&pool->lock);
        sp_commit_tick(search);
        if (!search->stopped) {
            sp_commit(search, slice);
        }
        (void)pthread_mutex_lock(&pool->lock);
        if (slice->holder->broken && !search->stopped) {
            search->broken = true;
            memmove(search->worker[0].error, slice->holder->error, sizeof slice->holder->error);
        }
    }
    pool->settled++;
    if (search->stopped || search->broken || search->keeps) {
        pool->end = pool->next;
    } else if (pool->idle > 0 && pool->next < pool->end &&
               pool->taken - pool->settled <= SP_SLICES / 2) {
        (void)pthread_cond_broadcast(&pool->work);
    }
    return true;
}

bool sp_pool_level(struct sp_search *search)
{
    struct sp_pool *pool = &search->pool;
    struct sp_worker *self = &search->worker[0];
    (void)pthread_mutex_lock(&pool->lock);
    pool->next = search->expanded;
    pool->end = sp_level_count(&search->now);
    pool->skip = search->skip;
    if (pool->idle > 0 && pool->end - pool->next > SP_SLICE_STATES) {
        (void)pthread_cond_broadcast(&pool->work);
    }
    while (pool->next < pool->end || pool->settled < pool->taken) {
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
    size_t pending = slice_pending(search->model);
    pool->slices = calloc(SP_SLICES, sizeof *pool->slices);
    pool->pending = malloc(SP_SLICES * pending * sizeof *pool->pending);
    if (pool->slices == NULL || pool->pending == NULL) {
        return false;
    }
    for (unsigned i = 0; i < SP_SLICES; i++) {
        pool->slices[i].pending = pool->pending + i * pending;
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
    free(pool->pending);
}

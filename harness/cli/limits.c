/*
 * Limits of a search, as people write them: 5m, 90s, 2h; 8G, 512M; whole numbers.
 *
 * The invariant: a value that is not wholly understood is refused, so that no limit is silently
 * another one.
 */
#include "cli/check.h"
#include "oracle/oracle.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct unit {
    const char *word;
    double factor;
};

static const struct unit time_units[] = {{"", 1},     {"s", 1},     {"m", 60},
                                         {"h", 3600}, {"d", 86400}, {NULL, 0}};

static const struct unit memory_units[] = {
    {"", 1}, {"K", 1024.0}, {"M", 1024.0 * 1024}, {"G", 1024.0 * 1024 * 1024}, {NULL, 0},
};

static const struct unit plain_units[] = {{"", 1}, {NULL, 0}};

/* Largest value of any limit: all octets a machine of today can address. */
#define VALUE_MAX 281474976710656.0

/* Less does not hold the tables that a search begins with. */
#define MEMORY_MIN (16.0 * 1024 * 1024)

/* Seconds between checkpoints: writing one of a hundred million states takes a few. */
#define KEEP_EVERY 600

/* No run of the model is that long; it fits the search's own counter. */
#define DEPTH_MAX 1e9

static bool read_value(const char *text, const struct unit *units, double least, double *value)
{
    char *end = NULL;
    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    double number = strtod(text, &end);
    for (; units->word != NULL; units++) {
        if (strcmp(end, units->word) == 0) {
            *value = number * units->factor;
            return *value >= least && *value <= VALUE_MAX;
        }
    }
    return false;
}

/* Reads the flag's value when it is given. */
static bool read_flag(const struct sp_args *args, const char *name, const struct unit *units,
                      double least, const char *valid, double *value)
{
    const char *text = sp_args_value(args, name);
    if (text == NULL || read_value(text, units, least, value)) {
        return true;
    }
    sp_say("%s %s: %s is valid", name, text, valid);
    return false;
}

bool sp_args_seconds(const struct sp_args *args, const char *name, double least, double *seconds)
{
    return read_flag(args, name, time_units, least, "a time such as 90s, 5m or 2h", seconds);
}

bool sp_args_number(const struct sp_args *args, const char *name, unsigned most, unsigned *number)
{
    char valid[64];
    double value = *number;
    snprintf(valid, sizeof valid, "a number from 1 to %u", most);
    if (!read_flag(args, name, plain_units, 1, valid, &value)) {
        return false;
    }
    if (value > most || value != (double)(unsigned)value) {
        sp_say("%s %s: %s is valid", name, sp_args_value(args, name), valid);
        return false;
    }
    *number = (unsigned)value;
    return true;
}

bool sp_args_progress(const struct sp_args *args, double *seconds)
{
    *seconds = isatty(STDERR_FILENO) == 1 ? 1 : 30;
    return read_flag(args, "--progress", plain_units, 0, "a number of seconds, 0 for never",
                     seconds);
}

static bool read_store(const struct sp_args *args, struct sp_explore_limits *limits)
{
    const char *store = sp_args_value(args, "--store");
    if (store == NULL || strcmp(store, "exact") == 0) {
        return true;
    }
    limits->compact_bits = SP_CHECK_COMPACT_BITS;
    if (strcmp(store, "compact") != 0) {
        sp_say("--store %s: exact or compact is valid", store);
        return false;
    }
    return true;
}

static bool within(const char *name, double value, double most)
{
    if (value > most) {
        sp_say("%s: 1..%.0f is valid", name, most);
    }
    return value <= most;
}

bool sp_search_limits(const struct sp_args *args, struct sp_explore_limits *limits)
{
    double memory = 0;
    double states = 0;
    double depth = 0;
    double threads = 0;
    double every;
    bool good = read_flag(args, "--budget", time_units, 0.001, "a time such as 90s, 5m or 2h",
                          &limits->seconds) &&
                read_flag(args, "--memory", memory_units, MEMORY_MIN,
                          "a size from 16M, such as 512M or 8G", &memory) &&
                read_flag(args, "--states", plain_units, 1, "a number from 1", &states) &&
                read_flag(args, "--depth", plain_units, 1, "a number from 1", &depth) &&
                read_flag(args, "--threads", plain_units, 1, "a number from 1", &threads) &&
                sp_args_progress(args, &every) && within("--depth", depth, DEPTH_MAX) &&
                within("--threads", threads, SP_EXPLORE_THREADS_MAX);
    if (!good) {
        return false;
    }
    limits->threads = (uint32_t)threads;
    limits->memory = (uint64_t)memory;
    limits->states = (uint64_t)states;
    limits->depth = (uint32_t)depth;
    limits->progress_every = every;
    return true;
}

bool sp_check_judged(const char *list, uint64_t *judged)
{
    *judged = 0;
    for (const char *at = list; *at != '\0';) {
        char word[64];
        size_t size = strcspn(at, ",");
        snprintf(word, sizeof word, "%.*s", (int)size, at);
        enum sp_property property = sp_property_find(word);
        if (size >= sizeof word || property == SP_PROPERTY_COUNT) {
            sp_say("--judge %s: no property '%.*s'; 'synproof properties' lists them", list,
                   (int)size, at);
            return false;
        }
        *judged |= UINT64_C(1) << property;
        at += size + (at[size] == ',');
    }
    if (*judged == 0) {
        sp_say("--judge: a list such as S5,L11 is valid");
    }
    return *judged != 0;
}

bool sp_check_limits(const struct sp_args *args, struct sp_check *check)
{
    const char *judged = sp_args_value(args, "--judge");
    check->checkpoint.every = KEEP_EVERY;
    check->judged = SP_PROPERTIES;
    return (judged == NULL || sp_check_judged(judged, &check->judged)) &&
           sp_search_limits(args, &check->limits) &&
           read_flag(args, "--keep-every", time_units, 0, "a time such as 90s or 10m, 0 for never",
                     &check->checkpoint.every) &&
           read_store(args, &check->limits);
}

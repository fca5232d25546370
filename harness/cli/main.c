/*
 * synproof: the command line. It finds the verb and runs it; the verbs are listed in verbs.c.
 *
 * It decides nothing about TCP. The invariant: the exit code is that of the table in cli.h, and an
 * answer that could not be written is an ERROR, never a PASS.
 */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#ifndef SYNPROOF_VERSION
#error "SYNPROOF_VERSION is given by the build"
#endif

static const struct sp_verb *find_verb(const char *name)
{
    for (const struct sp_verb *verb = sp_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, name) == 0) {
            return verb;
        }
    }
    return NULL;
}

static enum sp_exit unknown_verb(const char *word)
{
    const char *names[32] = {NULL};
    size_t count = 0;
    for (const struct sp_verb *verb = sp_verbs; verb->name != NULL; verb++) {
        names[count++] = verb->name;
    }
    const char *nearest = sp_nearest_of(word, names);
    sp_say("'%s' is not a verb%s%s; 'synproof help' lists them", word,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest);
    char value[256];
    return sp_finish(stdout, SP_EXIT_USAGE, "verb=%s", sp_record_value(word, value, sizeof value));
}

static enum sp_exit run_verb(const struct sp_verb *verb, const char **words, size_t count)
{
    const char **operands = calloc(count + 1, sizeof *operands);
    if (operands == NULL) {
        sp_say("out of memory");
        return sp_finish(stdout, SP_EXIT_ERROR, "verb=%s", verb->name);
    }
    struct sp_args args;
    enum sp_exit code;
    if (!sp_args_parse(&args, verb, words, count, operands)) {
        code = sp_finish(stdout, SP_EXIT_USAGE, "verb=%s", verb->name);
    } else if (args.help) {
        sp_help_verb(stdout, verb);
        code = sp_finish(stdout, SP_EXIT_PASS, "help=%s", verb->name);
    } else {
        code = verb->run(&args);
    }
    free(operands);
    return code;
}

static enum sp_exit run(const char **words, size_t count)
{
    if (count == 0 || strcmp(words[0], "--help") == 0) {
        sp_help_overview(stdout);
        return SP_EXIT_PASS;
    }
    if (strcmp(words[0], "--version") == 0) {
        printf("synproof %s\n", SYNPROOF_VERSION);
        return SP_EXIT_PASS;
    }
    const struct sp_verb *verb = find_verb(words[0]);
    if (verb == NULL) {
        return unknown_verb(words[0]);
    }
    return run_verb(verb, words + 1, count - 1);
}

int main(int argc, char **argv)
{
    if (argc > 0) {
        sp_program_set(argv[0]);
    }
    enum sp_exit code = run((const char **)argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        sp_say("standard output could not be written");
        code = SP_EXIT_ERROR;
    }
    return (int)code;
}

/*
 * Sorting the words of a command line into operands and flags.
 *
 * Flags are long, "--flag value" or "--flag=value", anywhere behind the verb; "--" ends them. The
 * invariant: a word that is not understood ends the command with a message that names it, the
 * nearest one that would be, and where to read more.
 */
#include "cli/cli.h"

#include <string.h>

static const struct sp_flag help_flag = {"--help", NULL, "this page"};

static const struct sp_flag *find(const struct sp_verb *verb, const char *word, size_t size)
{
    for (const struct sp_flag *flag = verb->flags; flag != NULL && flag->name != NULL; flag++) {
        if (strlen(flag->name) == size && strncmp(flag->name, word, size) == 0) {
            return flag;
        }
    }
    bool help = strlen(help_flag.name) == size && strncmp(help_flag.name, word, size) == 0;
    return help ? &help_flag : NULL;
}

static void complain_flag(const struct sp_verb *verb, const char *word)
{
    const char *names[SP_FLAGS_MAX + 2] = {help_flag.name};
    size_t count = 1;
    for (const struct sp_flag *flag = verb->flags; flag != NULL && flag->name != NULL; flag++) {
        names[count++] = flag->name;
    }
    const char *nearest = sp_nearest_of(word, names);
    sp_say("%s: %s is not a flag of it%s%s; 'synproof help %s' lists them", verb->name, word,
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest, verb->name);
}

/* Takes the flag words[*at], and its value. */
static bool take_flag(struct sp_args *args, const char **words, size_t count, size_t *at)
{
    const char *word = words[*at];
    const char *equals = strchr(word, '=');
    size_t size = equals == NULL ? strlen(word) : (size_t)(equals - word);
    const struct sp_flag *flag = find(args->verb, word, size);
    if (flag == NULL) {
        complain_flag(args->verb, word);
        return false;
    }
    if (args->flags == SP_FLAGS_MAX) {
        sp_say("%s: more than %d flags", args->verb->name, SP_FLAGS_MAX);
        return false;
    }
    const char *value = equals == NULL ? NULL : equals + 1;
    if (flag->value == NULL && value != NULL) {
        sp_say("%s: %s takes no value", args->verb->name, flag->name);
        return false;
    }
    if (flag->value != NULL && value == NULL) {
        if (*at + 1 == count) {
            sp_say("%s: %s needs a value: %s %s", args->verb->name, flag->name, flag->name,
                   flag->value);
            return false;
        }
        value = words[++*at];
    }
    args->given[args->flags].flag = flag;
    args->given[args->flags].value = value;
    args->flags++;
    args->help |= flag == &help_flag;
    return true;
}

static bool count_operands(const struct sp_args *args)
{
    const struct sp_verb *verb = args->verb;
    if (args->help) {
        return true;
    }
    if (args->operands < verb->operands_min) {
        sp_say("%s: %s is missing; 'synproof help %s' has an example", verb->name, verb->operands,
               verb->name);
        return false;
    }
    if (args->operands > verb->operands_max) {
        sp_say("%s: '%s' is one word too many; it takes %s", verb->name,
               args->operand[verb->operands_max],
               verb->operands[0] == '\0' ? "none" : verb->operands);
        return false;
    }
    return true;
}

bool sp_args_parse(struct sp_args *args, const struct sp_verb *verb, const char **words,
                   size_t count, const char **operands)
{
    *args = (struct sp_args){.verb = verb, .operand = operands};
    bool flags_end = false;
    for (size_t i = 0; i < count; i++) {
        if (!flags_end && strcmp(words[i], "--") == 0) {
            flags_end = true;
        } else if (!flags_end && words[i][0] == '-' && words[i][1] != '\0') {
            if (!take_flag(args, words, count, &i)) {
                return false;
            }
        } else {
            args->operand[args->operands++] = words[i];
        }
    }
    return count_operands(args);
}

const char *sp_args_value(const struct sp_args *args, const char *name)
{
    for (size_t i = args->flags; i > 0; i--) {
        if (strcmp(args->given[i - 1].flag->name, name) == 0) {
            return args->given[i - 1].value == NULL ? "" : args->given[i - 1].value;
        }
    }
    return NULL;
}

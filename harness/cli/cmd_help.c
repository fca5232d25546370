/*
 * The help pages, written from the table of verbs.
 */
#include "cli/cli.h"

#include <string.h>

/* Where the sentences about flags begin. */
#define FLAG_COLUMN 22

static void put_codes(FILE *to)
{
    fprintf(to, "Exit codes: 0 PASS, 1 FAIL, 2 USAGE, 3 INCOMPLETE, 4 VACUOUS, 5 STALE, 6 ERROR. "
                "The last line\nof every run is a record that begins with that word.\n");
}

void sp_help_overview(FILE *to)
{
    fprintf(to, "synproof checks TCP (RFC 9293): two ends and a bad network, exhaustively within "
                "bounds.\n\n");
    for (const struct sp_verb *verb = sp_verbs; verb->name != NULL; verb++) {
        char head[64];
        snprintf(head, sizeof head, "%s %s", verb->name, verb->operands);
        fprintf(to, "  %-20s%s\n", head, verb->sentence);
    }
    fprintf(to, "\nTry:\n"
                "  synproof check smoke\n"
                "  synproof check --fault close-wait-drops-queued-text\n"
                "  synproof replay corpus/pair/seeds/handshake-100-200.sps\n"
                "  synproof find A=CLOSING smoke\n\n");
    put_codes(to);
    fprintf(to, "'synproof help VERB' lists the flags of one verb.\n");
}

void sp_help_verb(FILE *to, const struct sp_verb *verb)
{
    struct sp_writer out = sp_file_writer(to);
    fprintf(to, "synproof %s%s%s\n  %s\n", verb->name, verb->operands[0] == '\0' ? "" : " ",
            verb->operands, verb->sentence);
    if (verb->more[0] != '\0') {
        fprintf(to, "\n%s\n", verb->more);
    }
    for (const struct sp_flag *flag = verb->flags; flag != NULL && flag->name != NULL; flag++) {
        char head[64];
        snprintf(head, sizeof head, "  %s%s%s ", flag->name, flag->value == NULL ? "" : " ",
                 flag->value == NULL ? "" : flag->value);
        sp_write(&out, "%s%-*s", flag == verb->flags ? "\n" : "", FLAG_COLUMN, head);
        sp_wrap(&out, strlen(head) < FLAG_COLUMN ? FLAG_COLUMN : strlen(head), FLAG_COLUMN,
                flag->sentence);
    }
    if (verb->list != NULL) {
        verb->list(to);
    }
}

enum sp_exit sp_cmd_help(const struct sp_args *args)
{
    if (args->operands == 0) {
        sp_help_overview(stdout);
        return SP_EXIT_PASS;
    }
    const char *names[32] = {NULL};
    size_t count = 0;
    for (const struct sp_verb *verb = sp_verbs; verb->name != NULL; verb++) {
        if (strcmp(verb->name, args->operand[0]) == 0) {
            sp_help_verb(stdout, verb);
            return sp_finish(stdout, SP_EXIT_PASS, "help=%s", verb->name);
        }
        names[count++] = verb->name;
    }
    const char *nearest = sp_nearest_of(args->operand[0], names);
    sp_say("help: '%s' is not a verb%s%s", args->operand[0],
           nearest == NULL ? "" : ", the nearest is ", nearest == NULL ? "" : nearest);
    return sp_finish(stdout, SP_EXIT_USAGE, "verb=help");
}

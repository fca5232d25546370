/*
 * From the words of a command line to the setup of a run: bounds file, --policy, --set.
 */
#ifndef SP_CLI_SETUP_H
#define SP_CLI_SETUP_H

#include "cli/cli.h"
#include "setup/bounds.h"

/* The bounds that `check` takes when none are named. */
#define SP_BOUNDS_DEFAULT "ci"

/* Flags for verbs that take a setup. */
#define SP_SETUP_FLAGS                                                                             \
    {"--policy", "P", "the named policy P; 'synproof policies' lists them"},                       \
        {"--fault", "NAME", "the machine broken as NAME says; 'synproof faults' lists them"},      \
    {                                                                                              \
        "--set", "KEY=VALUE", "one setting, as in a bounds file; may be given again"               \
    }

/* Where proofs/bounds and corpus/ are: the environment's SYNPROOF_DATA, or where the source was
 * when this was built. */
const char *sp_data_directory(void);

/* Reads the bounds: a name (of a file in proofs/bounds) or a path (with a slash, or ending in
 * .bounds). False: a complaint is written. */
bool sp_setup_load(const char *bounds, struct sp_setup *setup);

/* Applies --policy and --set in the order given, and checks the result. */
bool sp_setup_override(const struct sp_args *args, struct sp_setup *setup);

/* "ci", or "ci,flight=2" with what --set changed. */
void sp_setup_name(const struct sp_args *args, const char *bounds, char *text, size_t capacity);

/* "rfc9293", or "rfc9293,rst_check=window" with the switches that differ from the nearest set, and
 * the fault: "rfc9293,fault=rst-any-in-window". */
void sp_policy_name(const struct sp_setup *setup, char *text, size_t capacity);

/* Says in plain words what the setup admits; every line is indented by two spaces. */
void sp_setup_words(const struct sp_setup *setup, const struct sp_writer *writer);

/* Where data files stand: the environment's SYNPROOF_DATA, or the source tree that the program was
 * built from. */
const char *sp_data_directory(void);

/* Names of the bounds files, sorted, ending with NULL. The caller frees what it points to with
 * sp_bounds_names_free. NULL: there are none. */
char **sp_bounds_names(void);
void sp_bounds_names_free(char **names);

#endif

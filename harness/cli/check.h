/*
 * One run of `synproof check`, from its arguments to its verdict; the parts of the verb share it.
 */
#ifndef SP_CLI_CHECK_H
#define SP_CLI_CHECK_H

#include "ci/ci.h"
#include "cli/search.h"
#include "cli/view.h"
#include "explore/explore.h"
#include "report/trace.h"
#include "world/tcp.h"

/* Every setting of a setup, a line each. */
#define SP_CHECK_IDENTITY_MAX 8192

/* Bits of a scrambled state that --store compact keeps of SP_TCP's. */
#define SP_CHECK_COMPACT_BITS 48

struct sp_check {
    struct sp_setup setup;
    char bounds[SP_SEARCH_NAME_MAX]; /* as asked for, with what --set changed */
    char policy[SP_SEARCH_NAME_MAX];
    struct sp_view_options view; /* of a violation */
    struct sp_explore_limits limits;
    struct sp_explore_checkpoint checkpoint; /* where the search is kept, unless nowhere */
    char folder[SP_SEARCH_NAME_MAX];         /* of it */
    char identity[SP_CHECK_IDENTITY_MAX];    /* of the search */
    struct sp_tcp *tcp;                      /* the model */
    struct sp_explore_result result;
    uint64_t expected;  /* witnesses that these bounds and this policy can reach */
    uint64_t judged;    /* properties that are asked for: all, or those of --judge */
    uint64_t unjudged;  /* properties that they cannot show, or that are not asked for */
    uint64_t unassumed; /* properties whose assumptions they drop; judged all the same */
    enum sp_exit verdict;
    char file[64][SP_RUN_FILE_MAX]; /* of each violated property: its counterexample; "" */
    const char *json;               /* path, or NULL */
    int json_file;                  /* descriptor, open for writing; -1 */
    struct sp_ci ci; /* for CI systems; violations are in it once they are reported */
};

/* Bounds, --policy and --set into setup and names. False: a complaint is written. */
bool sp_check_setup(const struct sp_args *args, struct sp_check *check);

/* --judge: the properties in a list of ids or names. False: a complaint is written. */
bool sp_check_judged(const char *list, uint64_t *judged);

/* sp_search_limits, --store, --keep-every and --judge. False: a complaint is written. */
bool sp_check_limits(const struct sp_args *args, struct sp_check *check);

/* --resume: is it given; setup and names of the search that it names. False: a complaint is
 * written. */
bool sp_check_resumes(const struct sp_args *args);
bool sp_check_resume(const struct sp_args *args, struct sp_check *check);

/* --checkpoint: where the search will be kept, if it is not finished. False: a complaint is
 * written. */
bool sp_check_checkpoint(const struct sp_args *args, struct sp_check *check);

/* What a search says of bounds in which the witnesses `expected` can be reached. */
enum sp_exit sp_check_verdict(const struct sp_explore_result *result, uint64_t expected);

/* Missing witnesses: expected and not reached. */
uint64_t sp_check_missing(const struct sp_check *check);

/* Properties of which nothing is known once a segment was forged; none without an attacker. */
uint64_t sp_check_until_forged(const struct sp_check *check);

/* What stands before the search, and what was found. */
void sp_check_report_head(const struct sp_check *check);
void sp_check_report_end(const struct sp_check *check);

/* The page of one violation; its counterexample is written to a new file in runs/, whose name is
 * noted in check->file. False: it could not be followed, and a complaint is written. */
bool sp_check_report_violation(struct sp_check *check, enum sp_property property, bool in_full);

/* --json FILE: opens it before the search; writes it after. False: a complaint is written. */
bool sp_check_json_open(struct sp_check *check, const char *path);
bool sp_check_json_write(struct sp_check *check);

/* What is not a violation, and then the reports for CI systems. failed: why there was no search, or
 * NULL. False: a complaint is written. */
bool sp_check_ci_write(struct sp_check *check, const char *failed);

#endif

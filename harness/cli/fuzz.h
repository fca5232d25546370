/*
 * What `fuzz` says before and after a campaign.
 */
#ifndef SP_CLI_FUZZ_H
#define SP_CLI_FUZZ_H

#include "campaign/start.h"
#include "ci/ci.h"
#include "cli/cli.h"

/* FAIL: something was found; else by how the campaign ended. */
enum sp_exit sp_fuzz_verdict(const struct sp_campaign *campaign);

/* What is run, and where it is kept, on standard output. */
void sp_fuzz_report_head(const struct sp_campaign *campaign);

/* What was found, how to go on, and the closing record. Returns code. */
enum sp_exit sp_fuzz_report_end(const struct sp_campaign *campaign, enum sp_exit code);

/* The report for machines. What an earlier run left in the file is replaced by sp_fuzz_json alone.
 * NULL: it cannot be opened, and a complaint is written. */
FILE *sp_fuzz_json_open(const char *path);
bool sp_fuzz_json(const struct sp_campaign *campaign, enum sp_exit code, FILE *file);

/* The reports for CI systems. False: a complaint is written. */
bool sp_fuzz_ci(const struct sp_campaign *campaign, enum sp_exit code, struct sp_ci *ci);

#endif

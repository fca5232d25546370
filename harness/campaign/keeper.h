/*
 * A process between us and an engine, which sees to it that nothing of the engine is left.
 *
 * AFL++ starts servers that start the target, and they outlive it when it is killed: they hold its
 * directory locked, so that it could not be started again. The keeper is the parent to whom the
 * kernel gives such orphans (PR_SET_CHILD_SUBREAPER), and it is told when we die
 * (PR_SET_PDEATHSIG).
 */
#ifndef SP_CAMPAIGN_KEEPER_H
#define SP_CAMPAIGN_KEEPER_H

#include "campaign/plan.h"

#include <sys/types.h>

/* Starts the command under a keeper, its output appended to the file `log`. The keeper ends as the
 * command does, once no descendant of it is left. SIGINT to the keeper asks the command to end in
 * good order; SIGTERM, and our own death, kill it and all that it started. Returns the keeper's
 * process, or -1; errno says why. A program that cannot be executed ends with SP_NOT_EXECUTED. */
pid_t sp_keep(const struct sp_command *command, const char *log);

/* As a shell has it. */
#define SP_NOT_EXECUTED 127

#endif

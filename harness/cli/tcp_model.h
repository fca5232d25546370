/*
 * The world of two TCPs as a model of the explorer: state = struct sp_world, action = sp_move.
 */
#ifndef SP_CLI_TCP_MODEL_H
#define SP_CLI_TCP_MODEL_H

#include "event/script.h"
#include "explore/explore.h"

/* setup must live as long as the model is used. */
struct sp_explore_model sp_tcp_model(const struct sp_setup *setup);

/*
 * The explorer's path as a script, in a setup whose lists of initial sequence numbers are narrowed
 * to the choice the path began with. script->action is allocated; the caller frees it. False: out
 * of memory, or the path does not replay (an error of this tool); error has a sentence.
 */
bool sp_tcp_script(const struct sp_setup *setup, const struct sp_explore_path *path,
                   struct sp_script *script, char *error, size_t error_capacity);

#endif

/*
 * Scripts with noise in them: random events between those of a script, which still shows the same.
 *
 * References to segments are renumbered here by counting what each event sends, by another way than
 * the shrinker's, so that the one can be held against the other. What a script shows is found out
 * by sp_trace_run.
 */
#ifndef NOISE_H
#define NOISE_H

#include "campaign/signature.h"

/* The signature of the first step that violates the property, or "" when none does. Returns text;
 * room for SP_SIGNATURE_MAX. */
const char *noise_signature(const struct sp_script *script, enum sp_property property, char *text);

/* Puts the action before event `at` of the script; later references mean what they meant, as long
 * as each event sends as many segments as before. False: there is no room, nothing changed. */
bool noise_insert(struct sp_script *script, size_t at, const struct sp_action *action);

/* Takes event `at` out; with `renumber`, later references mean what they meant. */
void noise_remove(struct sp_script *script, size_t at, bool renumber);

/* Inserts random events, one after the other, each only when the script still shows the signature
 * of the property that it expects, until it has `count` events. */
void noise_add(struct sp_script *script, size_t count, uint64_t *seed);

#endif

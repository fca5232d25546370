/*
 * What happens when a target finds something.
 *
 * Without SYNPROOF_FINDINGS: "synproof: violation SIGNATURE" on stderr, then abort() in a function
 * of the finding's own name, so that engines and stack traces tell findings apart:
 * sp_violated_isn_agreement, sp_violated_decode_encode.
 *
 * With it (campaigns): the input is written once to <dir>/<signature with / as +>.bin, whole or not
 * at all, and the run goes on with the next input. A signature that is there already is left alone.
 */
#ifndef SP_FUZZ_VERDICT_H
#define SP_FUZZ_VERDICT_H

#include "oracle/oracle.h"

/* What targets promise that judge no worlds: a row each, in promises.def. */
enum sp_fuzz_promise {
#define PROMISE(NAME, name, signature, sentence) SP_FUZZ_PROMISE_##NAME,
#include "fuzz/promises.def"
#undef PROMISE
    SP_FUZZ_PROMISE_COUNT
};

/* Findings are recorded: SYNPROOF_FINDINGS is set. What to write need not be made otherwise. */
bool sp_verdict_recording(void);

/* A property does not hold. signature: from sp_signature. bytes: the input to record. Returns only
 * when recording. */
void sp_verdict_violation(enum sp_property property, const char *signature, const uint8_t *bytes,
                          size_t size);

/* A target's promise is broken. Returns only when recording. */
void sp_verdict_broken(enum sp_fuzz_promise promise, const uint8_t *bytes, size_t size);

#endif

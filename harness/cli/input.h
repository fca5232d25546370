/*
 * A FILE operand as a script, whatever its form: script text, script bytes, or a capture.
 */
#ifndef SP_CLI_INPUT_H
#define SP_CLI_INPUT_H

#include "capture/capture.h"
#include "cli/cli.h"
#include "report/trace.h"

enum sp_form {
    SP_FORM_TEXT,    /* ends in .sps, or begins like one */
    SP_FORM_BYTES,   /* anything else: every byte string is a script */
    SP_FORM_CAPTURE, /* pcap or pcapng, by its first octets */
};

/* Actions of a byte form that are looked at; a fuzzer's inputs are far shorter. */
#define SP_BYTES_ACTIONS_MAX 65536

struct sp_input {
    const char *path;
    enum sp_form form;
    struct sp_script script;
    struct sp_capture capture; /* with SP_FORM_CAPTURE */
};

/* Reads and understands the file. False: a complaint names path, line, value and what is valid.
 * sp_input_free(input) must follow either way. */
bool sp_input_read(const char *path, uint32_t connection, struct sp_input *input);
void sp_input_free(struct sp_input *input);

/* What reading a capture left to say, on standard error; of other forms nothing. */
void sp_input_remarks(const struct sp_input *input);

/* Replays the script, every action of it. False: out of memory, and a complaint is written;
 * otherwise free(trace->step) when done. */
bool sp_input_run(const struct sp_script *script, struct sp_trace *trace);

/* "text", "bytes", "capture". */
const char *sp_form_name(enum sp_form form);

#endif

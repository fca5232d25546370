/*
 * The model as the explorer page sees it: one run, gone through step by step. This is what the
 * WebAssembly module exports; the native build of it serves the page's test.
 *
 * There is one page in a program. Texts come and go through one buffer: what a function writes
 * there stays until the next call. All of it is JSON, but for a script. A position is a number of
 * recorded events of the script followed by moves, each by its index in sp_world_moves; it is only
 * left forwards. The invariant: the same script and the same indices lead to the same world as
 * sp_world_act and sp_world_move do anywhere else, because they are what is called.
 */
#ifndef SP_PAGE_PAGE_H
#define SP_PAGE_PAGE_H

#include <stdbool.h>
#include <stdint.h>

/* Octets of the buffer: the longest script that can be loaded, or written. */
#define SP_PAGE_BUFFER ((uint32_t)8 << 20)

/* Events that a script may have, and moves that may follow one another off the recorded path. */
#define SP_PAGE_EVENTS_MAX 65536U
#define SP_PAGE_MOVES_MAX  4096U

/* Where the buffer is. */
char *sp_page_buffer(void);

/* Reads the script that stands in the first `size` octets of the buffer, as text or as bytes.
 * False: the buffer has a complaint, {"line", "text"}. Otherwise it has the head of the run:
 * setting, policy, expectation, and the ways to begin. */
bool sp_page_load(uint32_t size, bool bytes);

/* Goes to the beginning: the world number `initial` of those that the head lists. */
void sp_page_begin(uint32_t initial);

/* Takes the next recorded event. False: there is none, or the recorded path has been left. */
bool sp_page_record(void);

/* Takes the move of that index. False: there is none of that index, or no room for more. */
bool sp_page_move(uint32_t index);

/* Writes what the last step did, in short (a row of the list), or in full with the world that it
 * led to and what may happen next. Returns the size of the JSON. */
uint32_t sp_page_row(void);
uint32_t sp_page_state(void);

/* Writes the way to this position as a script, which expects what was seen on it. Returns its size;
 * 0: it does not fit. */
uint32_t sp_page_script(void);

#endif

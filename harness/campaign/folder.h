/*
 * The folder of a campaign, OUT: all that it has, so that one who has the folder can go on.
 *
 *     OUT/campaign    target, engine and seconds so far, as text; replaced as a whole
 *     OUT/board       what all processes have covered and counted (fuzz/board.h)
 *     OUT/findings/   inputs that violate a property, one a signature
 *     OUT/commands    every command that was run
 *     OUT/logs/       what each instance wrote
 *     OUT/corpus/     libFuzzer: the corpus
 *     OUT/crashes/    libFuzzer: inputs that the process died of
 *     OUT/aside/      libFuzzer: inputs that stood in the corpus and that the process died of
 *     OUT/seeds/      AFL++: what it begins with
 *     OUT/afl/        AFL++: its sync directory, one folder an instance
 *     OUT/foreign/    AFL++: inputs of other machines
 */
#ifndef SP_CAMPAIGN_FOLDER_H
#define SP_CAMPAIGN_FOLDER_H

#include "campaign/machine.h"

/* Options of libFuzzer that one .options file may have. */
#define SP_OPTIONS_MAX 16

struct sp_folder {
    char out[SP_PATH_MAX];  /* absolute */
    const char *named;      /* as the user calls it, for messages */
    int lock;               /* the folder itself, locked; -1: it is not open */
    double seconds;         /* that the campaign ran before */
    bool begun;             /* there was a campaign in it */
    char dict[SP_PATH_MAX]; /* "": none */
    char option[SP_OPTIONS_MAX][64];
    const char *options[SP_OPTIONS_MAX + 1];
};

/*
 * Makes the folder, or with resume takes up the campaign in it, and locks it for as long as this
 * process lives. False: a complaint is written, and nothing is changed. named is "" for the first
 * free runs/fuzz-TARGET-N, which is then in name (room for SP_PATH_MAX).
 */
bool sp_folder_open(struct sp_folder *folder, const char *named, bool resume,
                    const struct sp_target *target, enum sp_engine engine, char *name);
void sp_folder_close(struct sp_folder *folder);

/* The engine of the campaign in the folder; SP_ENGINE_COUNT: there is none, or it is damaged. */
enum sp_engine sp_folder_engine(const char *named);

/* Says how long it ran, at any time. False: it could not be written. */
bool sp_folder_save(const struct sp_folder *folder, const struct sp_target *target,
                    enum sp_engine engine, double seconds);

/* Puts seeds where the engine looks: of the build (binaries/seeds/TARGET), of the corpus
 * (data/corpus/TARGET, every .bin), and of the directory `more` when it is not NULL; and reads
 * the target's dictionary and options. False: a complaint is written. */
bool sp_folder_seed(struct sp_folder *folder, const struct sp_target *target, enum sp_engine engine,
                    const char *binaries, const char *more);

#endif

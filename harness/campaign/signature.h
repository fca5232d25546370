/*
 * What an input shows: the property that its run violates, and the signature under which findings
 * are grouped.
 *
 * The signature of an input is that of the first violation of its run; of several in one step, that
 * of the first in the order of properties.def and liveness.def. An input that expects a property
 * has the signature with which that property shows first, when it does show.
 */
#ifndef SP_CAMPAIGN_SIGNATURE_H
#define SP_CAMPAIGN_SIGNATURE_H

#include "event/script.h"
#include "oracle/oracle.h"

/* Room for a signature, with its 0. */
#define SP_SIGNATURE_MAX 128

struct sp_sighting {
    bool seen;
    bool leads; /* it is what the run violates first */
    enum sp_property property;
    size_t events; /* up to and with the one that shows it; the script needs no more */
    char signature[SP_SIGNATURE_MAX]; /* "S5/ESTABLISHED/SYN_SENT_SYN_ACK", 0-terminated */
};

/* A run that is watched for one property, or, with SP_PROPERTY_COUNT, for any. */
struct sp_watch {
    const struct sp_setup *setup; /* the caller's, for as long as the run lasts */
    enum sp_property property;
    struct sp_world world;
    struct sp_step step; /* the last one */
    size_t events;       /* so far, impossible ones counted */
    bool violated;       /* something was, up to now */
    struct sp_sighting sighting;
};

/* A new run, in the world that a script begins in. */
void sp_watch_begin(struct sp_watch *watch, const struct sp_setup *setup,
                    enum sp_property property);

/* Takes one action. True: the property has not shown, the run goes on. */
bool sp_watch_act(struct sp_watch *watch, const struct sp_action *action);

/* The run ends here: where nothing can happen any more, deadlock is judged, as replay does. */
void sp_watch_end(struct sp_watch *watch);

/* Runs the script until the property shows. */
struct sp_sighting sp_sight(const struct sp_script *script, enum sp_property property);

/* The property that the script expects, or SP_PROPERTY_COUNT: none, or none of that id. */
enum sp_property sp_expected_property(const struct sp_script *script);

/* What the script shows: what it expects, when that shows, else the first violation. */
struct sp_sighting sp_sight_script(const struct sp_script *script);

/* Takes out the events that name a segment which is not in flight: nothing happens in them. The run
 * stays the same. A text that says what it expects may have none (see `synproof replay`). */
void sp_drop_impossible(struct sp_script *script);

/* Makes the property what the script expects. */
void sp_expect(struct sp_script *script, enum sp_property property);

/* The signature as a name of a file, "/" as "+". Returns name; room for SP_SIGNATURE_MAX. */
const char *sp_signature_name(const char *signature, char *name);

#endif

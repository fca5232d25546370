/*
 * Bounds in plain words: what two hosts and the network may do in a run.
 *
 * It repeats the setup and judges nothing. The invariant: every key of bounds.def that changes what
 * is admitted changes a word here.
 */
#include "cli/setup.h"
#include "report/buffer.h"

#include <inttypes.h>
#include <string.h>

struct word {
    const char *kind;
    unsigned bit;
    const char *word;
};

static const struct word words[] = {
#define WORD(kind, NAME, bit, word, sentence) {#kind, bit, word},
#include "setup/bounds.def"
};

static void write_set(const struct sp_writer *w, const char *kind, unsigned bits)
{
    const char *before = "";
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i].kind, kind) == 0 && (bits & words[i].bit) != 0) {
            sp_write(w, "%s%s", before, words[i].word);
            before = " or ";
        }
    }
    if (bits == 0) {
        sp_write(w, "nothing");
    }
}

/* "never VERBS", "VERBS at most once": how often something may happen. */
static void write_limit(const struct sp_writer *w, const char *verbs, uint32_t times)
{
    if (times == 0) {
        sp_write(w, "never %s", verbs);
    } else if (times == 1) {
        sp_write(w, "%s at most once", verbs);
    } else if (times == 2) {
        sp_write(w, "%s at most twice", verbs);
    } else {
        sp_write(w, "%s at most %" PRIu32 " times", verbs, times);
    }
}

static const char *plural(uint32_t count)
{
    return count == 1 ? "" : "s";
}

static void write_opening(const struct sp_writer *w, const struct sp_host_bounds *host)
{
    if (host->opens == 0 || host->open == 0) {
        sp_write(w, "never opens");
        return;
    }
    write_limit(w, "opens", host->opens);
    sp_write(w, " (");
    write_set(w, "OPEN", host->open);
    sp_write(w, "), with initial sequence number ");
    for (unsigned i = 0; i < host->iss.count; i++) {
        sp_write(w, "%s%" PRIu32, i == 0 ? "" : " or ", host->iss.value[i]);
    }
    if (host->opens > 1) {
        sp_write(w, ", a later one chosen by reopen = ");
        write_set(w, "REOPEN", host->reopen);
    }
}

static void write_host(const struct sp_writer *w, const struct sp_host_bounds *host, bool patient)
{
    write_opening(w, host);
    if (host->send == 0) {
        sp_write(w, "; writes nothing");
    } else {
        sp_write(w, "; writes up to %" PRIu32 " octet%s, %" PRIu32 " with each %sSEND", host->send,
                 plural(host->send), host->write, host->urgent ? "urgent " : "");
    }
    sp_write(w, "; has %" PRIu32 " octet%s of receive buffer and reads %s", host->window,
             plural(host->window), host->read ? "at once" : "when it likes");
    sp_write(w, "; %s%s; ", host->close ? "may CLOSE" : "never closes",
             host->close && !host->early_close ? " once all is written" : "");
    write_limit(w, "aborts", host->aborts);
    sp_write(w, ". Its retransmission and persist timers ");
    if (patient) {
        sp_write(w, "fire any number of times");
    } else {
        write_limit(w, "fire", host->timeouts);
    }
    sp_write(w, ", its user timeout ");
    write_limit(w, "fires", host->user_timeouts);
    sp_write(w, ", its keep-alive timer ");
    write_limit(w, "fires", host->keep_alives);
    sp_write(w, ".");
    if (host->crashes > 0) {
        sp_write(w, " It ");
        write_limit(w, "crashes", host->crashes);
        sp_write(w, ".");
    }
}

static void write_network(const struct sp_writer *w, const struct sp_bounds *b)
{
    sp_write(w, "holds up to %" PRIu32 " segment%s, %s; one sent when it is full is lost. It ",
             b->flight, plural(b->flight),
             b->reorder ? "of which any may arrive next" : "first in, first out each way");
    write_limit(w, "loses one of its own will", b->losses);
    sp_write(w, ", and ");
    write_limit(w, "delivers one and keeps it", b->duplicates);
    sp_write(w, ".%s %s.",
             b->sorted ? ""
                       : " Worlds that differ in the order in which these were sent count apart.",
             b->msl ? "TIME-WAIT outlasts every segment of its incarnation (2MSL)"
                    : "TIME-WAIT may end at any time (no 2MSL)");
    if (b->host[0].crashes + b->host[1].crashes > 0) {
        sp_write(w, " A host that crashed opens again %s.",
                 b->quiet ? "when quiet time is over: its old segments are gone" : "at once");
    }
}

/* Who sees nothing, but guesses well. */
static void write_attacker(const struct sp_writer *w, const struct sp_bounds *b)
{
    write_limit(w, "forges a segment", b->forgeries);
    for (unsigned host = 0; host < 2; host++) {
        sp_write(w, "%s to %c ", host == 0 ? ":" : ",", "AB"[host]);
        write_set(w, "FORGE", b->host[host].forge);
    }
    sp_write(w, ".");
}

static void write_options(const struct sp_writer *w, const struct sp_bounds *b)
{
    sp_write(w, "puts at most %" PRIu32 " octet%s of text into a segment", b->mss, plural(b->mss));
    if (b->timestamps) {
        sp_write(w, ", offers timestamps, whose clock ");
        write_limit(w, "ticks", b->ticks);
    }
    if (b->sack) {
        sp_write(w, ", offers SACK");
    }
    if (b->scale > 0) {
        sp_write(w, ", offers window scale %" PRIu32, b->scale);
    }
    if (b->r2 > 0) {
        sp_write(w, ", gives up after %" PRIu32 " retransmission%s", b->r2, plural(b->r2));
    } else {
        sp_write(w, ", never gives up");
    }
    sp_write(w, ".%s",
             b->symmetry ? " Worlds that differ only by exchanging A and B count once." : "");
}

static bool hosts_equal(const struct sp_bounds *b)
{
    char a_text[2048];
    char b_text[2048];
    struct sp_buffer buffer;
    struct sp_writer w = sp_buffer_open(&buffer, a_text, sizeof a_text);
    write_host(&w, &b->host[0], b->patient);
    w = sp_buffer_open(&buffer, b_text, sizeof b_text);
    write_host(&w, &b->host[1], b->patient);
    return strcmp(a_text, b_text) == 0;
}

static void put(const struct sp_writer *writer, const char *head, const char *text)
{
    sp_write(writer, "  %-10s", head);
    sp_wrap(writer, 12, 12, text);
}

void sp_setup_words(const struct sp_setup *setup, const struct sp_writer *writer)
{
    char text[2048];
    struct sp_buffer buffer;
    struct sp_writer w = sp_buffer_open(&buffer, text, sizeof text);
    bool equal = hosts_equal(&setup->bounds);
    for (unsigned host = 0; host < (equal ? 1U : 2U); host++) {
        w = sp_buffer_open(&buffer, text, sizeof text);
        write_host(&w, &setup->bounds.host[host], setup->bounds.patient);
        put(writer, equal ? "each host" : host == 0 ? "A" : "B", text);
    }
    w = sp_buffer_open(&buffer, text, sizeof text);
    write_network(&w, &setup->bounds);
    put(writer, "network", text);
    if (setup->bounds.forgeries > 0) {
        w = sp_buffer_open(&buffer, text, sizeof text);
        write_attacker(&w, &setup->bounds);
        put(writer, "attacker", text);
    }
    w = sp_buffer_open(&buffer, text, sizeof text);
    write_options(&w, &setup->bounds);
    put(writer, "TCP", text);
}

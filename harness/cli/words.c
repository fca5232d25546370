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

static void write_times(const struct sp_writer *w, uint32_t times)
{
    if (times == 0) {
        sp_write(w, "never");
    } else if (times == 1) {
        sp_write(w, "at most once");
    } else if (times == 2) {
        sp_write(w, "at most twice");
    } else {
        sp_write(w, "at most %" PRIu32 " times", times);
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
    sp_write(w, "may open (");
    write_set(w, "OPEN", host->open);
    sp_write(w, ") ");
    write_times(w, host->opens);
    sp_write(w, ", with initial sequence number ");
    for (unsigned i = 0; i < host->iss.count; i++) {
        sp_write(w, "%s%" PRIu32, i == 0 ? "" : " or ", host->iss.value[i]);
    }
    if (host->opens > 1) {
        sp_write(w, ", later ");
        write_set(w, "REOPEN", host->reopen);
    }
}

static void write_host(const struct sp_writer *w, const struct sp_host_bounds *host)
{
    write_opening(w, host);
    if (host->send == 0) {
        sp_write(w, "; writes nothing");
    } else {
        sp_write(w, "; may write %" PRIu32 " octet%s, %" PRIu32 " a SEND%s", host->send,
                 plural(host->send), host->write, host->urgent ? ", urgent" : "");
    }
    sp_write(w, "; has %" PRIu32 " octet%s of receive buffer and reads %s", host->window,
             plural(host->window), host->read ? "at once" : "when it likes");
    sp_write(w, "; %s", host->close ? "may CLOSE" : "never closes");
    sp_write(w, "; aborts ");
    write_times(w, host->aborts);
    sp_write(w, ". Its retransmission and persist timers fire ");
    write_times(w, host->timeouts);
    sp_write(w, ", its user timeout ");
    write_times(w, host->user_timeouts);
    sp_write(w, ", its keep-alive timer ");
    write_times(w, host->keep_alives);
    sp_write(w, ".");
}

static void write_network(const struct sp_writer *w, const struct sp_bounds *b)
{
    sp_write(w, "holds at most %" PRIu32 " segment%s, %s; loses one ", b->flight, plural(b->flight),
             b->reorder ? "of which any may arrive next" : "first in, first out each way");
    write_times(w, b->losses);
    sp_write(w, " of its own will, delivers one again ");
    write_times(w, b->duplicates);
    sp_write(w, "; one sent when it is full is lost. %s.",
             b->msl ? "TIME-WAIT outlasts every segment of its incarnation (2MSL)"
                    : "TIME-WAIT may end at any time (no 2MSL)");
}

static void write_options(const struct sp_writer *w, const struct sp_bounds *b)
{
    sp_write(w, "a segment carries at most %" PRIu32 " octet%s of text", b->mss, plural(b->mss));
    if (b->timestamps) {
        sp_write(w, "; timestamps, whose clock ticks ");
        write_times(w, b->ticks);
    }
    if (b->sack) {
        sp_write(w, "; SACK");
    }
    if (b->scale > 0) {
        sp_write(w, "; window scale %" PRIu32, b->scale);
    }
    if (b->r2 > 0) {
        sp_write(w, "; gives up after %" PRIu32 " retransmission%s", b->r2, plural(b->r2));
    } else {
        sp_write(w, "; never gives up");
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
    write_host(&w, &b->host[0]);
    w = sp_buffer_open(&buffer, b_text, sizeof b_text);
    write_host(&w, &b->host[1]);
    return strcmp(a_text, b_text) == 0;
}

static void put(const struct sp_writer *writer, const char *head, const char *text)
{
    sp_write(writer, "  %-9s", head);
    sp_wrap(writer, 11, 11, text);
}

void sp_setup_words(const struct sp_setup *setup, const struct sp_writer *writer)
{
    char text[2048];
    struct sp_buffer buffer;
    struct sp_writer w = sp_buffer_open(&buffer, text, sizeof text);
    bool equal = hosts_equal(&setup->bounds);
    for (unsigned host = 0; host < (equal ? 1U : 2U); host++) {
        w = sp_buffer_open(&buffer, text, sizeof text);
        write_host(&w, &setup->bounds.host[host]);
        put(writer, equal ? "each host" : host == 0 ? "A" : "B", text);
    }
    w = sp_buffer_open(&buffer, text, sizeof text);
    write_network(&w, &setup->bounds);
    put(writer, "network", text);
    w = sp_buffer_open(&buffer, text, sizeof text);
    write_options(&w, &setup->bounds);
    put(writer, "TCP", text);
}

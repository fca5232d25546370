/*
 * The table of forms. Most are formatters of model/report; text and bytes are the script itself.
 *
 * A form that needs more than a call of its formatter has a file of its own, show_<form>.c.
 */
#include "cli/forms.h"
#include "cli/show_html.h"
#include "report/buffer.h"
#include "report/exports.h"

#include <stdlib.h>
#include <string.h>

static bool make_ladder(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_ladder(show->trace, &show->ladder, to);
    return true;
}

static bool make_mermaid(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_mermaid(show->trace, &show->ladder, to);
    return true;
}

static bool make_svg(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_svg(show->trace, &show->ladder, to);
    return true;
}

static bool make_pcapng(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_pcapng(show->trace, to);
    return true;
}

static bool make_pkt(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_pkt(show->trace, show->ladder.view == SP_VIEW_B ? SP_B : SP_A, to);
    return true;
}

static bool make_json(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_json(show->trace, to);
    return true;
}

static bool make_cmocka(const struct sp_show *show, const struct sp_writer *to)
{
    sp_report_cmocka(show->trace, to);
    return true;
}

static bool make_text(const struct sp_show *show, const struct sp_writer *to)
{
    size_t size = sp_script_print(&show->input->script, NULL, 0);
    char *text = malloc(size + 1);
    if (text == NULL) {
        return false;
    }
    sp_script_print(&show->input->script, text, size + 1);
    to->write(to->to, text, size);
    free(text);
    return true;
}

static bool make_bytes(const struct sp_show *show, const struct sp_writer *to)
{
    uint8_t none[1];
    size_t size = sp_script_encode(&show->input->script, none, 0);
    uint8_t *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return false;
    }
    sp_script_encode(&show->input->script, bytes, size);
    to->write(to->to, (const char *)bytes, size);
    free(bytes);
    return true;
}

static bool make_html(const struct sp_show *show, const struct sp_writer *to)
{
    return sp_html_input(show->input, to);
}

/* A script of the source tree, so that examples work there. */
#define SAMPLE "corpus/pair/seeds/lost-last-ack.sps"

const struct sp_show_form sp_show_forms[] = {
    {"ladder", true, "states and segments, for a terminal", SAMPLE " --rules", make_ladder, NULL},
    {"text", false, "the script, to edit and replay",
     "corpus/captures/lost-data.pcap --as text --out lost-data.sps", make_text, NULL},
    {"bytes", false, "the script as fuzz engines take it", SAMPLE " --as bytes --out seed.bin",
     make_bytes, NULL},
    {"mermaid", true, "a sequence diagram; GitHub draws a .mmd file, or ```mermaid in Markdown",
     SAMPLE " --as mermaid --out run.mmd", make_mermaid, NULL},
    {"svg", true, "the ladder as a picture, light and dark", SAMPLE " --as svg --out run.svg",
     make_svg, NULL},
    {"pcapng", true, "the packets for Wireshark, with a comment each",
     SAMPLE " --as pcapng --out run.pcapng", make_pcapng, NULL},
    {"pkt", true, "a packetdrill script of one end", SAMPLE " --as pkt --only B --out run.pkt",
     make_pkt, NULL},
    {"json", true, "states and steps as an ITF trace", SAMPLE " --as json --out run.itf.json",
     make_json, NULL},
    {"cmocka", true, "a test in C that replays the run", SAMPLE " --as cmocka --out test_run.c",
     make_cmocka, NULL},
    {"html", false, "a page to step through it, and to leave it for other runs",
     SAMPLE " --as html --out run.html", make_html, sp_html_fits},
    {NULL, false, NULL, NULL, NULL, NULL},
};

const struct sp_show_form *sp_show_form_find(const char *name)
{
    const char *names[32] = {NULL};
    char list[512];
    struct sp_buffer buffer;
    struct sp_writer writer = sp_buffer_open(&buffer, list, sizeof list);
    for (size_t i = 0; sp_show_forms[i].name != NULL; i++) {
        if (strcmp(sp_show_forms[i].name, name) == 0) {
            return &sp_show_forms[i];
        }
        names[i] = sp_show_forms[i].name;
        sp_write(&writer, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    const char *nearest = sp_nearest_of(name, names);
    sp_say("show: --as %s: valid is one of %s%s%s", name, list,
           nearest == NULL ? "" : "; the nearest is ", nearest == NULL ? "" : nearest);
    return NULL;
}

void sp_show_help(FILE *to)
{
    fprintf(to, "\nForms, each with an example:\n");
    for (const struct sp_show_form *form = sp_show_forms; form->name != NULL; form++) {
        fprintf(to, "  %-9s %s\n            synproof show %s\n", form->name, form->sentence,
                form->example);
    }
}

/*
 * page-run SCRIPT: what the page would show after every event of a script, on standard output: the
 * JSON of sp_page_state.
 *
 * The same source as in the page, with this machine's compiler and C library. The invariant: for
 * the same script the page shows the same, to the octet.
 */
#include "page/page.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: page-run SCRIPT: the text of a script that can be read\n");
        return 2;
    }
    size_t size = fread(sp_page_buffer(), 1, SP_PAGE_BUFFER, file);
    fclose(file);
    if (!sp_page_load((uint32_t)size, false)) {
        fprintf(stderr, "%s: %s\n", argv[1], sp_page_buffer());
        return 2;
    }
    while (sp_page_record()) {
    }
    uint32_t length = sp_page_state();
    fwrite(sp_page_buffer(), 1, length, stdout);
    putchar('\n');
    return 0;
}

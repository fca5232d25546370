/*
 * The parts of the explorer page, as files of the build: template, style, program and model.
 *
 * They are taken in by the assembler, octet by octet; nothing is changed. The build says where they
 * are. The invariant: an asset ends where the symbol with _end stands.
 */
#include "page/assets.h"

#define ASSET(name, file)                                                                          \
    __asm__(".pushsection .rodata\n"                                                               \
            ".global sp_asset_" #name "\n"                                                         \
            ".global sp_asset_" #name "_end\n"                                                     \
            "sp_asset_" #name ":\n"                                                                \
            ".incbin \"" file "\"\n"                                                               \
            "sp_asset_" #name "_end:\n"                                                            \
            ".byte 0\n"                                                                            \
            ".popsection\n")

ASSET(template, SP_PAGE_TEMPLATE);
ASSET(style, SP_PAGE_STYLE);
ASSET(program, SP_PAGE_PROGRAM);
ASSET(model, SP_PAGE_MODEL);

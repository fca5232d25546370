/*
 * The table that faults.def becomes. It names and describes; what a fault does stands where the
 * machine decides, behind sp_faulty.
 */
#include "setup/faults.h"

static const struct sp_fault_info infos[SP_FAULT_COUNT] = {
    [SP_FAULT_NONE] = {"none", "the machine as it should be", "", ""},
#define FAULT(NAME, word, what, where, property) [SP_FAULT_##NAME] = {word, what, where, property},
#include "faults.def"
};

const struct sp_fault_info *sp_fault_info(enum sp_fault fault)
{
    return &infos[fault];
}

const char *sp_fault_word(enum sp_fault fault)
{
    return infos[fault].word;
}

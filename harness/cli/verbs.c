/*
 * The table of verbs: names, operands, flags and the words of their help pages.
 */
#include "ci/ci.h"
#include "cli/forms.h"
#include "cli/search.h"
#include "cli/setup.h"
#include "cli/view.h"

static const struct sp_flag check_flags[] = {
    SP_SETUP_FLAGS,
    SP_SEARCH_FLAGS,
    {"--judge", "IDS",
     "judge these properties alone (L11 or S4,S5): a run goes on through what violates others"},
    {"--store", "exact|compact",
     "compact: keep 48 bits of a hash of each state; some may be missed, and how many is said"},
    {"--checkpoint", "FOLDER",
     "where an unfinished search is kept (runs/BOUNDS-N.checkpoint when not given); none: nowhere"},
    {"--keep-every", "TIME",
     "keep it so often while searching (10m when not given), and at the end"},
    {"--resume", "FOLDER", "go on with the search kept there; it needs no bounds and no policy"},
    {"--all-faults", NULL, "is every fault caught? The table of the bug zoo, checked row by row"},
    {"--json", "FILE", "write the verdict, every property and every witness to FILE"},
    SP_FULL_FLAG,
    SP_VIEW_FLAGS,
    SP_CI_FLAGS,
    SP_PROGRESS_FLAG,
    {NULL, NULL, NULL},
};

static const struct sp_flag find_flags[] = {
    SP_SETUP_FLAGS,
    SP_SEARCH_FLAGS,
    SP_PROGRESS_FLAG,
    {NULL, NULL, NULL},
};

static const struct sp_flag replay_flags[] = {
    SP_SETUP_FLAGS,
    SP_FULL_FLAG,
    SP_VIEW_FLAGS,
    {"--absolute", NULL, "sequence numbers as on the wire, not relative to the ISS"},
    SP_CI_FLAGS,
    {NULL, NULL, NULL},
};

static const struct sp_flag show_flags[] = {
    {"--as", "FORM", "one of the forms below; ladder when not given"},
    {"--out", "FILE", "into FILE, which must not exist yet, instead of standard output"},
    {"--rules", NULL, "with ladder, svg: the rule and RFC section of every event"},
    {"--absolute", NULL, "with ladder, svg, mermaid: sequence numbers as on the wire"},
    {"--show", "FIELDS", "with ladder: these fields of the TCB after every event"},
    {"--only", "A|B", "with ladder: what this end sees; with pkt: its script (A when not given)"},
    {"--connection", "N", "of a capture: its connection number N (the first when not given)"},
    SP_SETUP_FLAGS,
    {NULL, NULL, NULL},
};

static const struct sp_flag explore_flags[] = {
    {"--as", "html", "a page for a browser, in one file (when not given, too)"},
    {"--out", "FILE", "into FILE, which must not exist yet, instead of standard output"},
    SP_SETUP_FLAGS,
    {NULL, NULL, NULL},
};

static const struct sp_flag min_flags[] = {
    {"--out", "FILE", "into FILE, which must not exist yet, instead of runs/"},
    SP_SETUP_FLAGS,
    {NULL, NULL, NULL},
};

static const struct sp_flag triage_flags[] = {
    {"--min", NULL, "make the smallest input of each signature small, as 'synproof min' does"},
    {"--out", "FOLDER", "where they are kept (DIR/triaged when not given)"},
    {"--target", "NAME", "the fuzz target that the files are from (pair when not given)"},
    {"--json", "FILE", "write the findings to FILE"},
    SP_CI_FLAGS,
    {NULL, NULL, NULL},
};

static const struct sp_flag keep_flags[] = {
    {"--story", "TEXT", "what happened, for story.md"},
    {"--found-by", "WHO", "who or what found it, for story.md"},
    {"--expect", "PASS", "the bug is gone: the run must show no violation, now and later"},
    {"--target", "NAME", "the fuzz target that it is an input of: pair (when not given), endpoint"},
    {NULL, NULL, NULL},
};

static const struct sp_flag setup_flags[] = {SP_SETUP_FLAGS, {NULL, NULL, NULL}};

static const struct sp_flag fuzz_flags[] = {
    {"--engine", "E", "libfuzzer (when not given) or afl"},
    {"--time", "TIME", "end after this wall-clock time (60s, 8h, 2d); not given: when interrupted"},
    {"--jobs", "N", "processes that fuzz (one a core when not given)"},
    {"--out", "DIR", "where the campaign is kept (runs/fuzz-TARGET-N when not given)"},
    {"--resume", NULL, "go on with the campaign in --out DIR; totals and corpus go on too"},
    {"--seeds", "DIR", "more inputs to begin with"},
    {"--sync", "DIR", "share inputs with campaigns of other machines through DIR"},
    {"--asan", NULL, "afl: AddressSanitizer in every instance (libfuzzer always has it)"},
    {"--json", "FILE", "write how it ended, and every finding, to FILE"},
    SP_CI_FLAGS,
    SP_PROGRESS_FLAG,
    {NULL, NULL, NULL},
};

static const struct sp_flag coverage_flags[] = {
    SP_SETUP_FLAGS,
    SP_SEARCH_FLAGS,
    {"--json", "FILE", "write every rule, cell, change of state and requirement to FILE"},
    {"--html", "FILE", "the same as one page to read, FILE, which must not exist yet"},
    {"--complete", NULL, "FAIL unless what is not reached, and nothing else, has a reason"},
    SP_PROGRESS_FLAG,
    {NULL, NULL, NULL},
};

static const struct sp_flag diagram_flags[] = {
    SP_SETUP_FLAGS,
    SP_SEARCH_FLAGS,
    {"--out", "FILE", "into FILE, which must not exist yet, instead of standard output"},
    SP_PROGRESS_FLAG,
    {NULL, NULL, NULL},
};

static const struct sp_flag lesson_flags[] = {
    {"--lang", "en|zh", "the language that explains: English (when not given) or Chinese"},
    {NULL, NULL, NULL},
};

#define OPERANDS_MAX 1000000

const struct sp_verb sp_verbs[] = {
    {"check", "[BOUNDS]", "every behaviour within bounds, against every property",
     "BOUNDS is a name ('synproof bounds' lists them) or the path of a bounds file; ci when not "
     "given.\nA violation is shown by a shortest run, which is kept as a script in runs/.\n"
     "With --fault and without BOUNDS: the bounds and the policy that show the fault.\n"
     "Example: synproof check smoke --policy rfc793 --set flight=2\n"
     "In CI:   synproof check smoke --junit check.xml --sarif check.sarif --github",
     check_flags, 0, 1, sp_cmd_check, NULL},
    {"find", "EXPR [BOUNDS]", "the shortest run to a state that EXPR describes",
     "EXPR compares fields of both ends and of the network: = != < <= > >=, with + and - between\n"
     "fields and numbers, and & | ! ( ) around comparisons. A alone is the state of A, compared "
     "with\n"
     "a state (SYN_SENT or SYN-SENT). A number that stands alone means that it is not 0. flying "
     "and\n"
     "flight may name control bits: A.flying(SYN,!ACK). Sequence numbers are relative, as in a "
     "ladder:\n"
     "what a host sends to its ISS, what it receives to its IRS; to compare one that the host "
     "does\n"
     "not know yet gives no.\n"
     "PASS: found, and kept as a script in runs/. VACUOUS: no state within the bounds is one. "
     "BOUNDS\n"
     "as for check.\n"
     "Example: synproof find 'A=SYN_SENT & B=TIME_WAIT' reopen",
     find_flags, 1, 2, sp_cmd_find, sp_find_help},
    {"explore", "[BOUNDS]", "a page on which you choose what happens next, and see what TCP does",
     "BOUNDS as for check. The page is one file: it needs a browser, but no network and no "
     "server.\n"
     "'synproof show FILE --as html' begins with a run that was recorded.\n"
     "Example: synproof explore smoke --as html --out smoke.html",
     explore_flags, 0, 1, sp_cmd_explore, NULL},
    {"replay", "FILE...", "scripts, crash files and captures again, against what they expect",
     "A FILE is a script (.sps), a capture (pcap, pcapng), or bytes that a fuzzer made; of a "
     "directory\nall below it. One file is drawn as a ladder.\n"
     "Example: synproof replay corpus/pair/seeds\n"
     "In CI:   synproof replay corpus/pair --junit replay.xml --sarif replay.sarif --github",
     replay_flags, 1, OPERANDS_MAX, sp_cmd_replay, NULL},
    {"show", "FILE", "a script or capture in another form",
     "A FILE as for replay. What it shows is not judged: PASS says that the form was written.",
     show_flags, 1, 1, sp_cmd_show, sp_show_help},
    {"triage", "DIR", "what a campaign found: its inputs by what they show",
     "Every input below DIR is run; inputs with the same signature show the same. The smallest of "
     "each\nis kept as a script. What engines call a crash, timeout or leak, and what shows no "
     "property, is\nlisted. FAIL: something was found.\n"
     "Example: synproof triage out --min\n"
     "In CI:   synproof triage out --junit triage.xml --sarif triage.sarif --github",
     triage_flags, 1, 1, sp_cmd_triage, NULL},
    {"min", "FILE", "an input made small, with what it shows",
     "A FILE as for replay. What it shows first, or the property that it expects, still shows in "
     "the\nscript that is written; without any one of its events it would not.\n"
     "Example: synproof min crash-1c0ffee --out small.sps",
     min_flags, 1, 1, sp_cmd_min, NULL},
    {"keep", "FILE", "a finding becomes a regression test",
     "As corpus/TARGET/regressions/PROPERTY-HASH: the script with what it shows, its story, and "
     "its\nbytes for the engines. 'synproof replay' of it is part of every test run.\n"
     "Example: synproof keep small.sps --story 'a second FIN was counted'",
     keep_flags, 1, 1, sp_cmd_keep, NULL},
    {"fuzz", "TARGET", "a campaign: random inputs against every property, until time is up",
     "Needs the binaries of: cmake --workflow --preset fuzz ('synproof doctor' says what is "
     "there).\n"
     "FAIL: something was found. PASS: the time was used up, or without --time the campaign was\n"
     "interrupted, and nothing was. INCOMPLETE: it was interrupted before its time.\n"
     "The folder DIR has everything: findings/, the corpus, logs/, and the commands that were "
     "run.\n"
     "Example: synproof fuzz pair --time 60s\n"
     "In CI:   synproof fuzz pair --time 60s --junit fuzz.xml --sarif fuzz.sarif --github",
     fuzz_flags, 1, 1, sp_cmd_fuzz, sp_fuzz_help},
    {"doctor", "", "what this machine has of what synproof uses, and the command for the rest",
     "FAIL: something is missing that building, testing or fuzzing needs.\n"
     "Example: synproof doctor",
     NULL, 0, 0, sp_cmd_doctor, NULL},
    {"policies", "[NAME]", "the choices that RFCs leave open, in named sets",
     "Example: synproof policies rfc793", NULL, 0, 1, sp_cmd_policies, NULL},
    {"properties", "[ID]", "what must hold, with its RFC section",
     "Example: synproof properties S5", NULL, 0, 1, sp_cmd_properties, NULL},
    {"witnesses", "[BOUNDS]", "what must be reachable, so that a PASS is not empty",
     "Example: synproof witnesses smoke", setup_flags, 0, 1, sp_cmd_witnesses, NULL},
    {"rules", "", "every transition of the machine, with its RFC section",
     "Example: synproof rules", NULL, 0, 0, sp_cmd_rules, NULL},
    {"coverage", "SOURCE...", "which rules, cells and requirements inputs and searches exercise",
     "A SOURCE is the name or path of bounds (searched to the end), a FILE or directory as for "
     "replay, or\nthe folder of a campaign (its corpus).\nThe numbers are of different kinds of "
     "steps: state before and after, event, rules, segments sent.\nWhat is missing is named, with "
     "the reason where proofs/coverage/unreached has one.\nA limit holds for each search by "
     "itself.\n"
     "Example: synproof coverage corpus smoke --html coverage.html",
     coverage_flags, 1, OPERANDS_MAX, sp_cmd_coverage, NULL},
    {"requirements", "[ID]", "MUST-1 to MAY-18 of RFC 9293, and what stands for each",
     "Example: synproof requirements MUST-13", NULL, 0, 1, sp_cmd_requirements, NULL},
    {"diagram", "SOURCE...", "the states, and the rules by which one leads to another, as DOT",
     "SOURCE as for coverage: what is drawn is what was seen to happen. Solid: Figure 5 of RFC "
     "9293.\n"
     "Example: synproof diagram corpus smoke reopen | dot -Tsvg > states.svg",
     diagram_flags, 1, OPERANDS_MAX, sp_cmd_diagram, NULL},
    {"faults", "[NAME]", "the bug zoo: what real TCPs did wrong, and which property notices",
     "Example: synproof faults last-ack-any-ack-closes", NULL, 0, 1, sp_cmd_faults, NULL},
    {"lessons", "[N]", "eight questions on TCP, answered by searches that run now",
     "Example: synproof lessons 3 --lang zh", lesson_flags, 0, 1, sp_cmd_lessons, NULL},
    {"bounds", "[NAME]", "the keys of a bounds file, or what one admits in plain words",
     "Example: synproof bounds ci", setup_flags, 0, 1, sp_cmd_bounds, NULL},
    {"help", "[VERB]", "this page, or that of one verb", "Example: synproof help check", NULL, 0, 1,
     sp_cmd_help, NULL},
    {NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
};

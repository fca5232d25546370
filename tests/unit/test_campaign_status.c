/*
 * How a campaign stands, read from what engines write.
 *
 * The texts are theirs: a status file and a table of AFL++ 4.04c as it left them, the table of
 * AFL++ 3 with its other columns (docs/afl-fuzz_approach.md of that version), and the log of the
 * example in llvm.org/docs/LibFuzzer.html. Counts are those that one sees in them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign/status.h"
#include "cli/setup.h"
#include "fuzz/board.h"
#include "scratch.h"

const char *sp_data_directory(void)
{
    return "/data";
}

static const char stats[] = "start_time        : 1795635462\n"
                            "last_update       : 1795635882\n"
                            "run_time          : 420\n"
                            "cycles_done       : 2\n"
                            "execs_done        : 6328825\n"
                            "execs_per_sec     : 15045.63\n"
                            "corpus_count      : 4108\n"
                            "corpus_favored    : 286\n"
                            "stability         : 100.00%\n"
                            "saved_crashes     : 0\n"
                            "edges_found       : 2096\n"
                            "total_edges       : 7172\n"
                            "target_mode       : persistent shmem_testcase deferred \n"
                            "command_line      : afl-fuzz -M main -i seeds -o afl -- pair\n";

#define HEAD                                                                                       \
    "# relative_time, cycles_done, cur_item, corpus_count, pending_total, pending_favs, "          \
    "map_size, saved_crashes, saved_hangs, max_depth, execs_per_sec, total_execs, edges_found\n"
#define ROW_61 "61, 0, 48, 2793, 2777, 270, 27.96%, 0, 0, 2, 10306.85, 1362478, 2005\n"
#define ROW_66 "66, 0, 96, 2848, 2831, 273, 28.04%, 0, 0, 2, 14430.87, 1438745, 2011\n"

#define HEAD_3                                                                                     \
    "# unix_time, cycles_done, cur_path, paths_total, pending_total, pending_favs, map_size, "     \
    "unique_crashes, unique_hangs, max_depth, execs_per_sec, total_execs, edges_found\n"

static const char log_text[] =
    "INFO: Seed: 1523017872\n"
    "INFO: Loaded 1 modules (16 guards): [0x744e60, 0x744ea0), \n"
    "INFO: -max_len is not provided, using 64\n"
    "INFO: A corpus is not provided, starting from an empty corpus\n"
    "#0\tREAD units: 1\n"
    "#1\tINITED cov: 3 ft: 2 corp: 1/1b exec/s: 0 rss: 24Mb\n"
    "#3811\tNEW    cov: 4 ft: 3 corp: 2/2b exec/s: 0 rss: 25Mb L: 1 MS: 5 ChangeBit-\n"
    "#3827\tNEW    cov: 5 ft: 4 corp: 3/4b exec/s: 0 rss: 25Mb L: 2 MS: 1 CopyPart-\n"
    "#3963\tNEW    cov: 6 ft: 5 corp: 4/6b exec/s: 0 rss: 25Mb L: 2 MS: 2 ShuffleBytes-\n"
    "#4167\tNEW    cov: 7 ft: 6 corp: 5/9b exec/s: 0 rss: 25Mb L: 3 MS: 1 InsertByte-\n"
    "==31511== ERROR: libFuzzer: deadly signal\n"
    "artifact_prefix='./'; Test unit written to ./crash-b13e8756b13a00cf168300179061fb4b91fefbed\n";

static void a_status_file_of_afl_is_read_by_name(void **state)
{
    (void)state;
    assert_int_equal(sp_afl_stat(stats, "start_time"), 1795635462);
    assert_int_equal(sp_afl_stat(stats, "execs_done"), 6328825);
    assert_int_equal(sp_afl_stat(stats, "corpus_count"), 4108);
    assert_int_equal(sp_afl_stat(stats, "edges_found"), 2096);
    assert_int_equal(sp_afl_stat("edges_found : 18446744073709551615", "edges_found"), UINT64_MAX);
}

static void a_name_is_the_whole_name(void **state)
{
    (void)state;
    assert_int_equal(sp_afl_stat(stats, "execs"), 0);
    assert_int_equal(sp_afl_stat(stats, "edges"), 0);
    assert_int_equal(sp_afl_stat(stats, "time"), 0);
    assert_int_equal(sp_afl_stat("run_time_max : 9\nrun_time : 420\n", "run_time"), 420);
    assert_int_equal(sp_afl_plot(HEAD ROW_61, "edges"), 0);
    assert_int_equal(sp_afl_plot(HEAD ROW_61, "execs"), 0);
}

static void a_status_file_that_is_cut_gives_what_is_left(void **state)
{
    (void)state;
    char text[sizeof stats];
    for (size_t size = 0; size < sizeof stats; size++) {
        snprintf(text, sizeof text, "%.*s", (int)size, stats);
        const bool whole = strstr(text, "edges_found       : 2096") != NULL;
        const uint64_t edges = sp_afl_stat(text, "edges_found");
        assert_true(whole ? edges == 2096 : edges < 2096);
    }
}

static void a_table_of_afl_is_read_by_the_names_of_its_columns(void **state)
{
    (void)state;
    assert_int_equal(sp_afl_plot(HEAD ROW_61, "edges_found"), 2005);
    assert_int_equal(sp_afl_plot(HEAD ROW_61 ROW_66, "edges_found"), 2011);
    assert_int_equal(sp_afl_plot(HEAD ROW_61 ROW_66, "relative_time"), 66);
    assert_int_equal(sp_afl_plot(HEAD ROW_61 ROW_66, "corpus_count"), 2848);
    assert_int_equal(sp_afl_plot(HEAD ROW_61 ROW_66, "total_execs"), 1438745);
    assert_int_equal(sp_afl_plot(HEAD ROW_61 ROW_66, "paths_total"), 0);
    assert_int_equal(sp_afl_plot(HEAD_3 ROW_61 ROW_66, "paths_total"), 2848);
    assert_int_equal(sp_afl_plot(HEAD_3 ROW_61 ROW_66, "corpus_count"), 0);
}

static void a_table_without_a_whole_row_gives_zero(void **state)
{
    (void)state;
    const char *texts[] = {"",
                           "\n",
                           "\n\n",
                           "#",
                           "# \n",
                           HEAD,
                           HEAD "\n",
                           ROW_61,
                           ROW_61 ROW_66,
                           HEAD "61, 0, 48\n",
                           HEAD "61, 0, 48\n77",
                           HEAD "61"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(sp_afl_plot(texts[i], "edges_found"), 0);
    }
}

/* AFL++ may be in the midst of a row: "2" is not how many edges there are when it is to be 2011. */
static void a_row_that_is_cut_leaves_the_one_before(void **state)
{
    (void)state;
    const size_t begin = strlen(HEAD ROW_61);
    for (size_t size = 0; size < strlen(ROW_66); size++) {
        char text[sizeof HEAD ROW_61 ROW_66];
        snprintf(text, sizeof text, "%.*s", (int)(begin + size), HEAD ROW_61 ROW_66);
        assert_int_equal(sp_afl_plot(text, "edges_found"), 2005);
        assert_int_equal(sp_afl_plot(text, "relative_time"), 61);
    }
}

static void the_last_status_line_of_libfuzzer_counts(void **state)
{
    (void)state;
    assert_int_equal(sp_libfuzzer_edges(log_text), 7);
    assert_int_equal(sp_libfuzzer_edges("#0\tREAD units: 1\n"), 0);
    assert_int_equal(sp_libfuzzer_edges(""), 0);
    /* A dictionary or a path may have the word in it. */
    assert_int_equal(sp_libfuzzer_edges("INFO: seed corpus: files: 3 recov: 9\n"), 0);
}

static void a_number_of_libfuzzer_that_is_cut_leaves_the_one_before(void **state)
{
    (void)state;
    const char *before = "#1\tINITED cov: 1254 ft: 2\n#2\tNEW   ";
    const char *next = " cov: 1259";
    for (size_t size = 0; size <= strlen(next); size++) {
        char text[100];
        snprintf(text, sizeof text, "%s%.*s", before, (int)size, next);
        assert_int_equal(sp_libfuzzer_edges(text), 1254);
    }
}

static struct sp_status status_of(enum sp_engine engine)
{
    struct sp_status status;
    sp_status_read(engine, "out", &status);
    return status;
}

static void a_folder_in_which_nothing_is_stands_at_zero(void **state)
{
    (void)state;
    const struct sp_status zero = {.execs = 0};
    for (unsigned engine = 0; engine < SP_ENGINE_COUNT; engine++) {
        struct sp_status status = status_of((enum sp_engine)engine);
        assert_memory_equal(&status, &zero, sizeof zero);
        sp_status_free(&status);
    }
}

static void what_libfuzzer_saves_is_counted_by_what_it_died_of(void **state)
{
    (void)state;
    const char *hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    const struct {
        const char *prefix;
        unsigned count;
    } rows[] = {{"crash-", 4}, {"leak-", 1}, {"timeout-", 3}, {"oom-", 2}, {"slow-unit-", 6}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (unsigned n = 0; n < rows[i].count; n++) {
            char path[200];
            snprintf(path, sizeof path, "out/crashes/%s%s%u", rows[i].prefix, hash, n);
            scratch_text(path, "");
        }
    }
    scratch_text("out/corpus/one", "1");
    scratch_text("out/corpus/two", "2");
    scratch_text("out/corpus/.new-a1b2c3", "half");
    scratch_text("out/logs/worker-1.log", log_text);
    scratch_text("out/logs/worker-2.log", "#1\tINITED cov: 3 ft: 2\n");
    struct sp_status status = status_of(SP_ENGINE_LIBFUZZER);
    assert_int_equal(status.crashes, 5);
    assert_int_equal(status.hangs, 3);
    assert_int_equal(status.oom, 2);
    assert_int_equal(status.corpus, 2);
    assert_int_equal(status.edges, 7);
    sp_status_free(&status);
}

/* The words of an engine or a target may hold any octet; only the end of a long log is read. */
static void a_log_may_be_long_and_hold_zeros(void **state)
{
    (void)state;
    static char text[100000];
    memset(text, 'x', sizeof text);
    memcpy(text, log_text, sizeof log_text);
    memcpy(text + sizeof text - 60, "\0\0\n#9\tNEW    cov: 31 ft: 6\n\0\0", 30);
    scratch_bytes("out/logs/worker-1.log", text, sizeof text);
    struct sp_status status = status_of(SP_ENGINE_LIBFUZZER);
    assert_int_equal(status.edges, 31);
    sp_status_free(&status);
}

static void of_afl_every_instance_and_every_earlier_run_counts(void **state)
{
    (void)state;
    const char *name = "id:00000%u,src:000003,time:51,execs:1203,op:havoc,rep:2";
    const struct {
        const char *folder;
        unsigned count;
    } rows[] = {
        {"main/queue", 3},
        {"main/crashes", 2},
        {"main/crashes.2026-01-31-12:00:00", 1},
        {"main/hangs", 1},
        {"asan/queue", 5},
        {"asan/crashes", 1},
        {"asan/hangs.2026-01-31-12:00:00", 2},
        {"main/.synced", 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (unsigned n = 0; n < rows[i].count; n++) {
            char path[200];
            size_t size = (size_t)snprintf(path, sizeof path, "out/afl/%s/", rows[i].folder);
            snprintf(path + size, sizeof path - size, name, n);
            scratch_text(path, "");
        }
    }
    scratch_text("out/afl/main/crashes/README.txt", "Command line used to find this crash:\n");
    scratch_text("out/afl/main/queue/.state/auto_extras/auto_000000", "x");
    struct sp_status status = status_of(SP_ENGINE_AFL);
    assert_int_equal(status.crashes, 4);
    assert_int_equal(status.hangs, 3);
    assert_int_equal(status.oom, 0);
    assert_int_equal(status.corpus, 5);
    assert_int_equal(status.edges, 0);
    sp_status_free(&status);
}

/* AFL++ writes its status file once a minute, its table every few seconds. */
static void edges_of_afl_are_the_newest_of_both_files(void **state)
{
    (void)state;
    scratch_text("out/afl/main/plot_data", HEAD ROW_61 ROW_66);
    struct sp_status status = status_of(SP_ENGINE_AFL);
    assert_int_equal(status.edges, 2011);
    sp_status_free(&status);
    scratch_text("out/afl/main/fuzzer_stats", stats);
    status = status_of(SP_ENGINE_AFL);
    assert_int_equal(status.edges, 2096);
    assert_int_equal(status.corpus, 4108);
    sp_status_free(&status);
}

static void the_last_row_of_a_long_table_counts(void **state)
{
    (void)state;
    static char table[200000];
    size_t size = (size_t)snprintf(table, sizeof table, "%s", HEAD);
    while (size + sizeof ROW_61 + sizeof ROW_66 < sizeof table) {
        size += (size_t)snprintf(table + size, sizeof table - size, "%s", ROW_61);
        /* Where the end that is read begins, differs from step to step. */
        if (size % 7 == 0) {
            scratch_text("out/afl/main/plot_data", table);
            struct sp_status status = status_of(SP_ENGINE_AFL);
            assert_int_equal(status.edges, 2005);
            sp_status_free(&status);
        }
    }
    snprintf(table + size, sizeof table - size, "%s", ROW_66);
    scratch_text("out/afl/main/plot_data", table);
    struct sp_status status = status_of(SP_ENGINE_AFL);
    assert_int_equal(status.edges, 2011);
    sp_status_free(&status);
}

static void findings_are_whole_files_in_the_order_of_their_names(void **state)
{
    (void)state;
    scratch_text("out/findings/S5+ESTABLISHED+SEND_ACK.bin", "b");
    scratch_text("out/findings/S14+FIN_WAIT_2+X.bin", "a");
    scratch_text("out/findings/.S1+CLOSED+X.bin", "half");
    scratch_text("out/findings/notes", "mine");
    scratch_text("out/findings/.bin", "");
    for (char letter = 'Z'; letter >= 'A'; letter--) {
        char path[] = "out/findings/S7+_.bin";
        path[strlen(path) - strlen("_.bin")] = letter;
        scratch_text(path, "c");
    }
    struct sp_status status = status_of(SP_ENGINE_LIBFUZZER);
    assert_int_equal(status.findings.count, 28);
    assert_string_equal(status.findings.at[0], "S14+FIN_WAIT_2+X.bin");
    for (size_t i = 1; i < 28; i++) {
        assert_true(strcmp(status.findings.at[i - 1], status.findings.at[i]) < 0);
    }
    sp_status_free(&status);
}

static void the_board_gives_inputs_combinations_and_rules(void **state)
{
    (void)state;
    scratch_directory("out");
    struct sp_board *board = sp_board_map("out/board", true);
    assert_non_null(board);
    board->execs = 12345678901;
    board->newest = 1795635880;
    board->seen[sp_combination(0, 0, 0)] = 1;
    board->seen[sp_combination(3, 2, 5)] = 1;
    board->seen[sp_combination(4, 2, 5)] = 1;
    board->seen[SP_COMBINATIONS - 1] = 1;
    sp_board_unmap(board);
    struct sp_status status = status_of(SP_ENGINE_AFL);
    assert_true(status.execs == 12345678901);
    assert_int_equal(status.newest, 1795635880);
    assert_int_equal(status.combinations, 4);
    assert_int_equal(status.rules, 3);
    sp_status_free(&status);
}

static void a_board_that_is_none_gives_zeros(void **state)
{
    (void)state;
    scratch_text("out/board", "SPBOARD1 cut");
    struct sp_status status = status_of(SP_ENGINE_AFL);
    assert_int_equal(status.execs + status.combinations + status.rules, 0);
    sp_status_free(&status);
    assert_true(scratch_holds("out/board", "SPBOARD1 cut", 12));
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, scratch_begin, scratch_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_file_of_afl_is_read_by_name),
        cmocka_unit_test(a_name_is_the_whole_name),
        cmocka_unit_test(a_status_file_that_is_cut_gives_what_is_left),
        cmocka_unit_test(a_table_of_afl_is_read_by_the_names_of_its_columns),
        cmocka_unit_test(a_table_without_a_whole_row_gives_zero),
        cmocka_unit_test(a_row_that_is_cut_leaves_the_one_before),
        cmocka_unit_test(the_last_status_line_of_libfuzzer_counts),
        cmocka_unit_test(a_number_of_libfuzzer_that_is_cut_leaves_the_one_before),
        WITH_FOLDER(a_folder_in_which_nothing_is_stands_at_zero),
        WITH_FOLDER(what_libfuzzer_saves_is_counted_by_what_it_died_of),
        WITH_FOLDER(a_log_may_be_long_and_hold_zeros),
        WITH_FOLDER(of_afl_every_instance_and_every_earlier_run_counts),
        WITH_FOLDER(edges_of_afl_are_the_newest_of_both_files),
        WITH_FOLDER(the_last_row_of_a_long_table_counts),
        WITH_FOLDER(findings_are_whole_files_in_the_order_of_their_names),
        WITH_FOLDER(the_board_gives_inputs_combinations_and_rules),
        WITH_FOLDER(a_board_that_is_none_gives_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

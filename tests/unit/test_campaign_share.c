/*
 * Inputs that are shared between machines: is nothing lost, replaced, or taken half written?
 *
 * A campaign is a folder here with what its engine would have put into it; whoever carries files to
 * and fro is the test. Names are XXH3 hashes of 128 bits as xxh128sum of the package xxhash prints
 * them.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "campaign/share.h"
#include "cli/setup.h"
#include "scratch.h"

#define NAME_OF_NOTHING  "99aa06d3014798d86001c324468d497f"
#define NAME_OF_ABC      "06b05ab6733a618578af5f94892f3950"
#define NAME_OF_SYNPROOF "f24bb2c375e991127cf256fa7cdc6a87"

const char *sp_data_directory(void)
{
    return "/data";
}

static bool put(const char *directory, const char *text)
{
    return sp_input_put(directory, (const uint8_t *)text, strlen(text));
}

static bool holds(const char *path, const char *text)
{
    return scratch_holds(path, text, strlen(text));
}

static bool is_any(const char *name)
{
    (void)name;
    return true;
}

static bool is_bytes(const char *name)
{
    return strlen(name) > 4 && strcmp(name + strlen(name) - 4, ".bin") == 0;
}

/* Both share "dir/pair"; one is of libFuzzer, the other of AFL++. */
static struct sp_share one;
static struct sp_share other;

static int begin(void **state)
{
    one = (struct sp_share){.directory = "dir/pair", .engine = SP_ENGINE_LIBFUZZER, .out = "one"};
    other = (struct sp_share){.directory = "dir/pair", .engine = SP_ENGINE_AFL, .out = "other"};
    if (scratch_begin(state) != 0) {
        return -1;
    }
    static const char *const folders[] = {
        "dir/pair",      "one/corpus",           "one/aside",           "one/crashes",
        "other/foreign", "other/afl/main/queue", "other/afl/asan/queue"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        scratch_directory(folders[i]);
    }
    return 0;
}

static int end(void **state)
{
    sp_share_free(&one);
    sp_share_free(&other);
    return scratch_end(state);
}

static void assert_counts(const struct sp_share *share, uint64_t given, uint64_t taken)
{
    assert_int_equal(share->given, given);
    assert_int_equal(share->taken, taken);
    assert_int_equal(share->failed, 0);
}

/* Files of this process grow to so many octets and no further: a disk that is full. */
static void let_files_grow_to(rlim_t size)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void an_input_is_named_after_its_content(void **state)
{
    (void)state;
    const struct {
        const char *text;
        const char *name;
    } rows[] = {{"", NAME_OF_NOTHING}, {"abc", NAME_OF_ABC}, {"synproof", NAME_OF_SYNPROOF}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char name[SP_INPUT_NAME];
        sp_input_name((const uint8_t *)rows[i].text, strlen(rows[i].text), name);
        assert_string_equal(name, rows[i].name);
        assert_true(sp_is_input_name(name));
    }
}

static void what_is_no_hash_is_no_name(void **state)
{
    (void)state;
    const char *names[] = {
        "",
        ".",
        "..",
        "README.md",
        "06b05ab6733a618578af5f94892f395",
        "06b05ab6733a618578af5f94892f39500",
        "06B05AB6733A618578AF5F94892F3950",
        "06b05ab6733a618578af5f94892f395g",
        "06b05ab6733a618578af5f94892f395/",
        "06b05ab6733a618578af5f94892f3950.bin",
        ".06b05ab6733a618578af5f94892f3950.kX2a91",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "id:000000,time:0,execs:0,orig:one",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_false(sp_is_input_name(names[i]));
    }
}

static void an_input_is_put_once_and_whole(void **state)
{
    (void)state;
    struct stat first;
    struct stat second;
    assert_true(put("dir", "abc"));
    assert_true(holds("dir/" NAME_OF_ABC, "abc"));
    assert_int_equal(stat("dir/" NAME_OF_ABC, &first), 0);
    assert_int_equal(first.st_mode & 0777, 0644);
    assert_true(put("dir", "abc"));
    assert_int_equal(stat("dir/" NAME_OF_ABC, &second), 0);
    assert_int_equal(first.st_ino, second.st_ino);
    assert_true(put("dir", ""));
    assert_true(holds("dir/" NAME_OF_NOTHING, ""));
    assert_int_equal(scratch_count("dir"), 3); /* and dir/pair */
}

static void a_file_that_stands_under_the_name_is_not_replaced(void **state)
{
    (void)state;
    scratch_text("dir/" NAME_OF_ABC, "ab");
    scratch_directory("dir/" NAME_OF_SYNPROOF);
    assert_true(put("dir", "abc"));
    assert_true(put("dir", "synproof"));
    assert_true(holds("dir/" NAME_OF_ABC, "ab"));
    assert_int_equal(scratch_count("dir"), 3);
}

static void what_cannot_be_put_leaves_nothing_behind(void **state)
{
    (void)state;
    let_files_grow_to(2);
    const bool full = put("dir/pair", "abc");
    let_files_grow_to(RLIM_INFINITY);
    assert_false(full);
    assert_int_equal(scratch_count("dir/pair"), 0);
    scratch_text("file", "x");
    assert_false(put("file", "abc"));
    assert_false(put("absent", "abc"));
    assert_true(holds("file", "x"));
    assert_int_equal(access("absent", F_OK), -1);
}

static void a_directory_that_may_only_be_read_takes_nothing(void **state)
{
    (void)state;
    const uid_t us = geteuid();
    assert_int_equal(chmod("dir/pair", 0555), 0);
    assert_true(us != 0 || seteuid(65534) == 0); /* nobody: root may write anywhere */
    const bool written = put("dir/pair", "abc");
    assert_true(us != 0 || seteuid(us) == 0);
    assert_int_equal(chmod("dir/pair", 0755), 0);
    assert_false(written);
    assert_int_equal(scratch_count("dir/pair"), 0);
}

static void seeds_are_copied_by_content_four_levels_deep(void **state)
{
    (void)state;
    scratch_text("seeds/a.bin", "abc");
    scratch_text("seeds/again.bin", "abc");
    scratch_text("seeds/notes.md", "notes");
    scratch_text("seeds/.hidden.bin", "hidden");
    scratch_text("seeds/2/3/4/deep.bin", "synproof");
    scratch_text("seeds/2/3/4/5/deeper.bin", "deeper");
    assert_int_equal(mkfifo("seeds/pipe.bin", 0644), 0);
    assert_int_equal(symlink("absent", "seeds/dangling.bin"), 0);
    assert_int_equal(sp_inputs_copy("seeds", "one/corpus", is_bytes), 3);
    assert_int_equal(scratch_count("one/corpus"), 2);
    assert_true(holds("one/corpus/" NAME_OF_ABC, "abc"));
    assert_true(holds("one/corpus/" NAME_OF_SYNPROOF, "synproof"));
    assert_int_equal(sp_inputs_copy("absent", "one/corpus", is_any), 0);
}

static void an_input_beyond_the_engines_limit_stays_where_it_is(void **state)
{
    (void)state;
    uint8_t *bytes = calloc(1, SP_INPUT_MAX + 1);
    assert_non_null(bytes);
    scratch_bytes("one/corpus/largest", bytes, SP_INPUT_MAX);
    scratch_bytes("one/corpus/larger", bytes, SP_INPUT_MAX + 1);
    free(bytes);
    sp_share_round(&one);
    assert_counts(&one, 1, 0);
    assert_int_equal(scratch_count("dir/pair"), 1);
}

static void what_a_process_died_of_is_put_aside_by_content(void **state)
{
    (void)state;
    const char *hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    const char *prefixes[] = {"crash-", "timeout-", "oom-", "leak-"};
    char path[200];
    for (size_t i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "one/crashes/%s%s", prefixes[i], hash);
        scratch_text(path, prefixes[i]);
        snprintf(path, sizeof path, "one/corpus/a-%zu", i);
        scratch_text(path, prefixes[i]);
    }
    scratch_text("one/crashes/slow-unit-da39a3ee5e6b4b0d3255bfef95601890afd80709", "synproof");
    scratch_text("one/corpus/slow", "synproof");
    scratch_text("one/corpus/good", "abc");
    assert_int_equal(sp_inputs_put_aside("one/crashes", "one/corpus", "one/aside"), 4);
    assert_int_equal(scratch_count("one/aside"), 4);
    assert_int_equal(scratch_count("one/corpus"), 2);
    assert_true(holds("one/corpus/slow", "synproof"));
    assert_true(holds("one/corpus/good", "abc"));
    assert_int_equal(scratch_count("one/crashes"), 5);
    assert_int_equal(sp_inputs_put_aside("one/crashes", "one/corpus", "one/aside"), 0);
}

static void each_takes_what_the_other_gives_and_gives_nothing_back(void **state)
{
    (void)state;
    scratch_text("one/corpus/da39a3ee5e6b4b0d3255bfef95601890afd80709", "abc");
    scratch_text("other/afl/main/queue/id:000000,time:0,execs:0,orig:a", "synproof");
    scratch_text("other/afl/asan/queue/id:000000,sync:main,src:000000", "");
    sp_share_round(&one);
    assert_counts(&one, 1, 0);
    sp_share_round(&other);
    assert_counts(&other, 2, 1);
    assert_true(holds("other/foreign/" NAME_OF_ABC, "abc"));
    sp_share_round(&one);
    assert_counts(&one, 1, 2);
    assert_true(holds("one/corpus/" NAME_OF_SYNPROOF, "synproof"));
    assert_true(holds("one/corpus/" NAME_OF_NOTHING, ""));
    /* AFL++ has now taken over what came in, under a name of its own. */
    scratch_text("other/afl/main/queue/id:000001,sync:foreign,src:000000", "abc");
    sp_share_round(&other);
    sp_share_round(&one);
    assert_counts(&one, 1, 2);
    assert_counts(&other, 2, 1);
    assert_int_equal(scratch_count("dir/pair"), 3);
    assert_int_equal(scratch_count("one/corpus"), 3);
}

/* libFuzzer removes from its corpus what a smaller input does as well. */
static void what_an_engine_has_let_go_is_not_taken_again(void **state)
{
    (void)state;
    scratch_text("dir/pair/" NAME_OF_ABC, "abc");
    sp_share_round(&one);
    assert_int_equal(unlink("one/corpus/" NAME_OF_ABC), 0);
    sp_share_round(&one);
    assert_counts(&one, 0, 1);
    assert_int_equal(scratch_count("one/corpus"), 0);
}

static void an_input_that_is_there_twice_is_given_once(void **state)
{
    (void)state;
    scratch_text("other/afl/main/queue/id:000000", "abc");
    scratch_text("other/afl/main/queue/id:000001", "abc");
    scratch_text("other/afl/asan/queue/id:000000", "abc");
    sp_share_round(&other);
    assert_counts(&other, 1, 0);
    assert_int_equal(scratch_count("dir/pair"), 1);
    assert_int_equal(scratch_count("other/foreign"), 0);
}

static void a_file_that_is_half_there_is_taken_when_it_is_whole(void **state)
{
    (void)state;
    scratch_text("dir/pair/" NAME_OF_SYNPROOF, "synp");
    sp_share_round(&one);
    sp_share_round(&other);
    assert_counts(&one, 0, 0);
    assert_counts(&other, 0, 0);
    assert_int_equal(scratch_count("one/corpus") + scratch_count("other/foreign"), 0);
    assert_true(holds("dir/pair/" NAME_OF_SYNPROOF, "synp"));
    scratch_text("dir/pair/" NAME_OF_SYNPROOF, "synproof");
    sp_share_round(&one);
    sp_share_round(&other);
    assert_counts(&one, 0, 1);
    assert_counts(&other, 0, 1);
}

static void what_else_is_in_the_directory_is_left_alone(void **state)
{
    (void)state;
    scratch_text("dir/pair/notes.txt", "abc");
    scratch_text("dir/pair/." NAME_OF_ABC ".kX2a91", "abc");
    scratch_text("dir/pair/" NAME_OF_ABC ".bin", "abc");
    scratch_text("dir/pair/06B05AB6733A618578AF5F94892F3950", "abc");
    scratch_directory("dir/pair/" NAME_OF_NOTHING);
    assert_int_equal(mkfifo("dir/pair/" NAME_OF_SYNPROOF, 0644), 0);
    assert_int_equal(symlink("absent", "dir/pair/00000000000000000000000000000000"), 0);
    sp_share_round(&one);
    sp_share_round(&other);
    assert_counts(&one, 0, 0);
    assert_counts(&other, 0, 0);
    assert_int_equal(scratch_count("one/corpus") + scratch_count("other/foreign"), 0);
    assert_int_equal(scratch_count("dir/pair"), 7);
    assert_true(holds("dir/pair/notes.txt", "abc"));
}

static void what_was_put_aside_does_not_come_back(void **state)
{
    (void)state;
    scratch_text("dir/pair/" NAME_OF_ABC, "abc");
    scratch_text("one/aside/" NAME_OF_ABC, "abc");
    sp_share_round(&one);
    assert_counts(&one, 0, 0);
    assert_int_equal(scratch_count("one/corpus"), 0);
}

static void what_does_not_fit_is_given_when_there_is_room(void **state)
{
    (void)state;
    scratch_text("one/corpus/a", "synproof");
    scratch_text("one/corpus/b", "abc");
    scratch_text("dir/pair/" NAME_OF_NOTHING, "");
    let_files_grow_to(4);
    sp_share_round(&one);
    sp_share_round(&one);
    let_files_grow_to(RLIM_INFINITY);
    assert_int_equal(one.failed, 1);
    assert_int_equal(one.given, 1);
    assert_int_equal(one.taken, 1);
    assert_int_equal(scratch_count("dir/pair"), 2);
    sp_share_round(&one);
    assert_counts(&one, 2, 1);
    assert_true(holds("dir/pair/" NAME_OF_SYNPROOF, "synproof"));
    assert_true(holds("one/corpus/a", "synproof"));
}

static void a_directory_that_vanishes_is_filled_again_when_it_is_back(void **state)
{
    (void)state;
    scratch_text("one/corpus/a", "abc");
    scratch_text("dir/pair/" NAME_OF_NOTHING, "");
    sp_share_round(&one);
    assert_counts(&one, 1, 1);
    assert_int_equal(rename("dir", "gone"), 0);
    scratch_text("one/corpus/b", "synproof");
    for (unsigned i = 0; i < 3; i++) {
        sp_share_round(&one);
        assert_int_equal(one.failed, 1);
    }
    assert_int_equal(access("dir", F_OK), -1);
    assert_int_equal(scratch_count("one/corpus"), 3);
    scratch_directory("dir/pair");
    sp_share_round(&one);
    assert_int_equal(one.failed, 0);
    assert_true(holds("dir/pair/" NAME_OF_ABC, "abc"));
    assert_true(holds("dir/pair/" NAME_OF_SYNPROOF, "synproof"));
    assert_true(holds("dir/pair/" NAME_OF_NOTHING, ""));
    assert_int_equal(scratch_count("one/corpus"), 3);
}

static void a_directory_that_comes_back_as_it_was_is_not_given_the_same_again(void **state)
{
    (void)state;
    scratch_text("one/corpus/a", "abc");
    sp_share_round(&one);
    assert_int_equal(rename("dir", "gone"), 0);
    sp_share_round(&one);
    assert_int_equal(rename("gone", "dir"), 0);
    sp_share_round(&one);
    assert_counts(&one, 1, 0);
    assert_int_equal(scratch_count("dir/pair"), 1);
}

/* More than the sets of what was seen have room for at first. */
static void thousands_of_inputs_are_each_given_and_taken_once(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3000; i++) {
        char path[64];
        snprintf(path, sizeof path, "one/corpus/%u", i);
        scratch_text(path, path);
    }
    sp_share_round(&one);
    sp_share_round(&other);
    sp_share_round(&one);
    sp_share_round(&other);
    assert_counts(&one, 3000, 0);
    assert_counts(&other, 0, 3000);
    assert_int_equal(scratch_count("other/foreign"), 3000);
    assert_int_equal(scratch_count("one/corpus"), 3000);
}

static void without_a_directory_nothing_is_shared(void **state)
{
    (void)state;
    one.directory = NULL;
    scratch_text("one/corpus/a", "abc");
    sp_share_round(&one);
    assert_counts(&one, 0, 0);
    assert_int_equal(scratch_count("dir/pair"), 0);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_input_is_named_after_its_content),
        cmocka_unit_test(what_is_no_hash_is_no_name),
        WITH_FOLDER(an_input_is_put_once_and_whole),
        WITH_FOLDER(a_file_that_stands_under_the_name_is_not_replaced),
        WITH_FOLDER(what_cannot_be_put_leaves_nothing_behind),
        WITH_FOLDER(a_directory_that_may_only_be_read_takes_nothing),
        WITH_FOLDER(seeds_are_copied_by_content_four_levels_deep),
        WITH_FOLDER(an_input_beyond_the_engines_limit_stays_where_it_is),
        WITH_FOLDER(what_a_process_died_of_is_put_aside_by_content),
        WITH_FOLDER(each_takes_what_the_other_gives_and_gives_nothing_back),
        WITH_FOLDER(what_an_engine_has_let_go_is_not_taken_again),
        WITH_FOLDER(an_input_that_is_there_twice_is_given_once),
        WITH_FOLDER(a_file_that_is_half_there_is_taken_when_it_is_whole),
        WITH_FOLDER(what_else_is_in_the_directory_is_left_alone),
        WITH_FOLDER(what_was_put_aside_does_not_come_back),
        WITH_FOLDER(what_does_not_fit_is_given_when_there_is_room),
        WITH_FOLDER(a_directory_that_vanishes_is_filled_again_when_it_is_back),
        WITH_FOLDER(a_directory_that_comes_back_as_it_was_is_not_given_the_same_again),
        WITH_FOLDER(thousands_of_inputs_are_each_given_and_taken_once),
        WITH_FOLDER(without_a_directory_nothing_is_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Which commands run a campaign, for each engine and number of jobs?
 *
 * What is expected is what the engines document: libFuzzer's flags and shared corpus directory
 * (llvm.org/docs/LibFuzzer.html), AFL++'s one main and many secondaries in one sync directory
 * (docs/fuzzing_in_depth.md) and its environment (docs/env_variables.md). No engine is run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "campaign/plan.h"

static struct sp_plan plan;

static struct sp_plan_for wish_of(enum sp_engine engine, const char *target, unsigned jobs)
{
    return (struct sp_plan_for){.engine = engine,
                                .target = sp_target_find(target),
                                .jobs = jobs,
                                .binaries = "/b",
                                .out = "/o"};
}

static void make(const struct sp_plan_for *wish)
{
    assert_true(sp_plan_make(wish, &plan));
    assert_int_equal(plan.count, wish->jobs);
}

static bool has(const char *const *list, const char *text)
{
    for (; *list != NULL; list++) {
        if (strcmp(*list, text) == 0) {
            return true;
        }
    }
    return false;
}

/* The word after the flag; NULL: there is no such flag. */
static const char *after(const struct sp_command *command, const char *flag)
{
    for (const char *const *word = command->word; *word != NULL; word++) {
        if (strcmp(*word, flag) == 0) {
            return word[1];
        }
    }
    return NULL;
}

static const char *last(const struct sp_command *command)
{
    return command->word[command->words - 1];
}

static void engines_and_targets_are_found_by_their_names_alone(void **state)
{
    (void)state;
    assert_int_equal(sp_engine_find("libfuzzer"), SP_ENGINE_LIBFUZZER);
    assert_int_equal(sp_engine_find("afl"), SP_ENGINE_AFL);
    assert_int_equal(sp_engine_find("AFL"), SP_ENGINE_COUNT);
    assert_int_equal(sp_engine_find(""), SP_ENGINE_COUNT);
    assert_null(sp_target_find("pai"));
    assert_true(sp_target_find("pair")->events);
    assert_true(sp_target_find("endpoint")->events);
    assert_true(sp_target_find("canary")->events);
    assert_false(sp_target_find("decode")->events);
}

static void every_command_has_the_board_and_the_findings_of_its_campaign(void **state)
{
    (void)state;
    for (unsigned engine = 0; engine < SP_ENGINE_COUNT; engine++) {
        struct sp_plan_for wish = wish_of((enum sp_engine)engine, "pair", 5);
        make(&wish);
        for (size_t i = 0; i < plan.count; i++) {
            assert_true(has(plan.command[i].environment, "SYNPROOF_BOARD=/o/board"));
            assert_true(has(plan.command[i].environment, "SYNPROOF_FINDINGS=/o/findings"));
        }
    }
}

static void workers_of_libfuzzer_share_one_corpus(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_LIBFUZZER, "decode", 3);
    make(&wish);
    for (size_t i = 0; i < plan.count; i++) {
        const struct sp_command *command = &plan.command[i];
        char name[24];
        snprintf(name, sizeof name, "worker-%zu", i + 1);
        assert_string_equal(command->name, name);
        assert_string_equal(command->word[0], "/b/libfuzzer/decode");
        assert_string_equal(last(command), "/o/corpus");
        assert_true(has(command->word, "-artifact_prefix=/o/crashes/"));
        assert_int_equal(has(command->word, "-use_value_profile=1"), i % 2 == 1);
    }
}

static void libfuzzer_is_given_the_dictionary_and_the_options_of_the_target(void **state)
{
    (void)state;
    const char *const options[] = {"-max_len=64", "-only_ascii=1", NULL};
    struct sp_plan_for wish = wish_of(SP_ENGINE_LIBFUZZER, "script", 1);
    make(&wish);
    for (const char *const *word = plan.command[0].word; *word != NULL; word++) {
        assert_int_not_equal(strncmp(*word, "-dict", 5), 0);
    }
    wish.dict = "/d/script.dict";
    wish.options = options;
    make(&wish);
    assert_true(has(plan.command[0].word, "-dict=/d/script.dict"));
    assert_true(has(plan.command[0].word, "-max_len=64"));
    assert_true(has(plan.command[0].word, "-only_ascii=1"));
}

static void afl_has_one_main_and_others_are_secondaries(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 5);
    make(&wish);
    for (size_t i = 0; i < plan.count; i++) {
        const struct sp_command *command = &plan.command[i];
        assert_string_equal(command->word[0], "afl-fuzz");
        assert_string_equal(after(command, i == 0 ? "-M" : "-S"), command->name);
        assert_null(after(command, i == 0 ? "-S" : "-M"));
        assert_string_equal(after(command, "-i"), "/o/seeds");
        assert_string_equal(after(command, "-o"), "/o/afl");
        for (size_t other = 0; other < i; other++) {
            assert_string_not_equal(command->name, plan.command[other].name);
            assert_string_not_equal(after(command, "-p"), after(&plan.command[other], "-p"));
        }
    }
}

static void one_secondary_has_the_sanitizer_and_one_solves_comparisons(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 4);
    make(&wish);
    for (size_t i = 0; i < plan.count; i++) {
        assert_string_equal(last(&plan.command[i]),
                            i == 1 ? "/b/afl-asan/decode" : "/b/afl/decode");
        assert_int_equal(after(&plan.command[i], "-c") != NULL, i == 2);
    }
    assert_string_equal(after(&plan.command[2], "-c"), "/b/afl-cmplog/decode");
}

static void with_two_jobs_the_secondary_does_both(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 2);
    make(&wish);
    assert_null(after(&plan.command[0], "-c"));
    assert_string_equal(last(&plan.command[0]), "/b/afl/decode");
    assert_string_equal(after(&plan.command[1], "-c"), "/b/afl-cmplog/decode");
    assert_string_equal(last(&plan.command[1]), "/b/afl-asan/decode");
}

static void with_one_job_afl_runs_the_plain_binary_unless_asan_is_asked_for(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 1);
    make(&wish);
    assert_string_equal(last(&plan.command[0]), "/b/afl/decode");
    wish.asan = true;
    make(&wish);
    assert_string_equal(last(&plan.command[0]), "/b/afl-asan/decode");
}

static void only_targets_of_events_have_the_mutator_of_events(void **state)
{
    (void)state;
    const char *mutator = "AFL_CUSTOM_MUTATOR_LIBRARY=/b/afl/libmutator.so";
    for (const struct sp_target *target = sp_targets; target->name != NULL; target++) {
        struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, target->name, 2);
        make(&wish);
        assert_int_equal(has(plan.command[0].environment, mutator), target->events);
        assert_int_equal(has(plan.command[1].environment, mutator), target->events);
    }
}

static void the_mutator_makes_scripts_of_the_form_that_the_target_runs(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "endpoint", 1);
    make(&wish);
    assert_true(has(plan.command[0].environment, "SYNPROOF_MUTATOR=endpoint"));
    wish.target = sp_target_find("pair");
    make(&wish);
    assert_true(has(plan.command[0].environment, "SYNPROOF_MUTATOR=pair"));
}

static void a_machine_that_suits_afl_is_not_worked_around(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 2);
    make(&wish);
    for (size_t i = 0; i < plan.count; i++) {
        const char *const *environment = plan.command[i].environment;
        assert_false(has(environment, "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1"));
        assert_false(has(environment, "AFL_SKIP_CPUFREQ=1"));
        assert_false(has(plan.command[i].word, "setarch"));
    }
}

static void what_afl_objects_to_is_worked_around(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 2);
    wish.quirks = (struct sp_quirks){.core_piped = true, .governor = true, .wide_aslr = true};
    make(&wish);
    for (size_t i = 0; i < plan.count; i++) {
        const char *const *environment = plan.command[i].environment;
        assert_true(has(environment, "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1"));
        assert_true(has(environment, "AFL_SKIP_CPUFREQ=1"));
    }
    assert_string_equal(plan.command[0].word[0], "afl-fuzz");
    assert_string_equal(plan.command[1].word[0], "setarch");
    assert_string_equal(after(&plan.command[1], "-R"), "afl-fuzz");
}

static void only_the_main_instance_takes_from_other_machines(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 3);
    wish.foreign = true;
    make(&wish);
    assert_string_equal(after(&plan.command[0], "-F"), "/o/foreign");
    assert_null(after(&plan.command[1], "-F"));
    assert_null(after(&plan.command[2], "-F"));
    assert_true(has(plan.command[0].environment, "AFL_IMPORT_FIRST=1"));
    assert_false(has(plan.command[1].environment, "AFL_IMPORT_FIRST=1"));
    wish.foreign = false;
    make(&wish);
    assert_null(after(&plan.command[0], "-F"));
    assert_false(has(plan.command[0].environment, "AFL_IMPORT_FIRST=1"));
}

static void afl_goes_on_without_its_seeds(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_AFL, "decode", 1);
    make(&wish);
    sp_command_resume(&plan.command[0]);
    assert_string_equal(after(&plan.command[0], "-i"), "-");
    assert_string_equal(after(&plan.command[0], "-o"), "/o/afl");
}

static void libfuzzer_goes_on_by_the_same_command(void **state)
{
    (void)state;
    struct sp_plan_for wish = wish_of(SP_ENGINE_LIBFUZZER, "decode", 1);
    make(&wish);
    const struct sp_command before = plan.command[0];
    sp_command_resume(&plan.command[0]);
    assert_memory_equal(before.word, plan.command[0].word, sizeof before.word);
}

static void a_command_is_a_line_that_a_shell_takes_back(void **state)
{
    (void)state;
    char line[4096];
    char expected[4096];
    struct sp_plan_for wish = wish_of(SP_ENGINE_LIBFUZZER, "decode", 1);
    wish.out = "/it's here";
    make(&wish);
    assert_true(sp_command_line(&plan.command[0], line, sizeof line));
    snprintf(expected, sizeof expected, "%s",
             "SYNPROOF_BOARD='/it'\\''s here/board' SYNPROOF_FINDINGS='/it'\\''s here/findings' "
             "/b/libfuzzer/decode '-artifact_prefix=/it'\\''s here/crashes/' -timeout=10 "
             "-rss_limit_mb=2048 '/it'\\''s here/corpus'");
    assert_string_equal(line, expected);
    assert_true(sp_command_line(&plan.command[0], line, strlen(expected) + 1));
    assert_false(sp_command_line(&plan.command[0], line, strlen(expected)));
}

static void a_command_that_does_not_fit_is_refused(void **state)
{
    (void)state;
    static char out[SP_COMMAND_TEXT];
    const char *options[SP_COMMAND_WORDS + 1] = {NULL};
    struct sp_plan_for wish = wish_of(SP_ENGINE_LIBFUZZER, "decode", 1);
    memset(out, 'o', sizeof out - 1);
    wish.out = out;
    assert_false(sp_plan_make(&wish, &plan));
    wish.out = "/o";
    for (unsigned i = 0; i < SP_COMMAND_WORDS; i++) {
        options[i] = "-runs=1";
    }
    wish.options = options;
    assert_false(sp_plan_make(&wish, &plan));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engines_and_targets_are_found_by_their_names_alone),
        cmocka_unit_test(every_command_has_the_board_and_the_findings_of_its_campaign),
        cmocka_unit_test(workers_of_libfuzzer_share_one_corpus),
        cmocka_unit_test(libfuzzer_is_given_the_dictionary_and_the_options_of_the_target),
        cmocka_unit_test(afl_has_one_main_and_others_are_secondaries),
        cmocka_unit_test(one_secondary_has_the_sanitizer_and_one_solves_comparisons),
        cmocka_unit_test(with_two_jobs_the_secondary_does_both),
        cmocka_unit_test(with_one_job_afl_runs_the_plain_binary_unless_asan_is_asked_for),
        cmocka_unit_test(only_targets_of_events_have_the_mutator_of_events),
        cmocka_unit_test(the_mutator_makes_scripts_of_the_form_that_the_target_runs),
        cmocka_unit_test(a_machine_that_suits_afl_is_not_worked_around),
        cmocka_unit_test(what_afl_objects_to_is_worked_around),
        cmocka_unit_test(only_the_main_instance_takes_from_other_machines),
        cmocka_unit_test(afl_goes_on_without_its_seeds),
        cmocka_unit_test(libfuzzer_goes_on_by_the_same_command),
        cmocka_unit_test(a_command_is_a_line_that_a_shell_takes_back),
        cmocka_unit_test(a_command_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

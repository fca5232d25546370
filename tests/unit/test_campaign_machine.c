/*
 * What a machine is like, as AFL++ sees it, and which programs it has.
 *
 * Machines are folders here. What AFL++ objects to is from its docs (env_variables.md:
 * AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES, AFL_SKIP_CPUFREQ) and core(5), on random bits of addresses
 * from the kernel's admin-guide/sysctl/vm.rst; lines of programs are as Debian's packages say them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "campaign/machine.h"
#include "cli/setup.h"
#include "scratch.h"

const char *sp_data_directory(void)
{
    return "/data";
}

static void core_dumps_that_are_piped_are_a_quirk(void **state)
{
    (void)state;
    const struct {
        const char *pattern;
        bool piped;
    } rows[] = {
        {"core\n", false},
        {"\n", false},
        {"/var/crash/core.%e.%p\n", false},
        {"core|gzip\n", false},
        {"|/usr/share/apport/apport -p%p -s%s -c%c -d%d -P%P -u%u -g%g -- %E\n", true},
        {"|/usr/lib/systemd/systemd-coredump %P %u %g %s %t %c %h\n", true},
    };
    assert_false(sp_machine_quirks("m").core_piped);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        scratch_text("m" SP_CORE_PATTERN, rows[i].pattern);
        assert_int_equal(sp_machine_quirks("m").core_piped, rows[i].piped);
    }
}

static void a_governor_that_saves_power_is_a_quirk(void **state)
{
    (void)state;
    const struct {
        const char *governor;
        bool quirk;
    } rows[] = {
        {"performance\n", false}, {"", false},           {"powersave\n", true},
        {"ondemand\n", true},     {"schedutil\n", true}, {"conservative\n", true},
    };
    assert_false(sp_machine_quirks("m").governor);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        scratch_text("m" SP_GOVERNOR, rows[i].governor);
        assert_int_equal(sp_machine_quirks("m").governor, rows[i].quirk);
    }
}

static void more_than_28_random_bits_are_a_quirk(void **state)
{
    (void)state;
    const struct {
        const char *bits;
        bool quirk;
    } rows[] = {{"28\n", false}, {"8\n", false}, {"", false}, {"29\n", true}, {"32\n", true}};
    assert_false(sp_machine_quirks("m").wide_aslr);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        scratch_text("m" SP_ASLR_BITS, rows[i].bits);
        assert_int_equal(sp_machine_quirks("m").wide_aslr, rows[i].quirk);
    }
}

static void of_a_setting_the_first_line_is_read_and_what_there_is_room_for(void **state)
{
    (void)state;
    char text[8];
    scratch_text("m/one", "first\nsecond\n");
    sp_setting_read("m", "/one", text, sizeof text);
    assert_string_equal(text, "first");
    scratch_text("m/long", "longer than that\n");
    sp_setting_read("m", "/long", text, sizeof text);
    assert_string_equal(text, "longer ");
    scratch_text("m/none", "");
    sp_setting_read("m", "/none", text, sizeof text);
    assert_string_equal(text, "");
    strcpy(text, "before");
    sp_setting_read("m", "/absent", text, sizeof text);
    assert_string_equal(text, "");
    strcpy(text, "before");
    sp_setting_read("m", "", text, sizeof text);
    assert_string_equal(text, "");
}

static void a_path_that_does_not_fit_names_nothing(void **state)
{
    (void)state;
    static char part[SP_PATH_MAX];
    char path[SP_PATH_MAX];
    memset(part, 'a', sizeof part - 1);
    assert_string_equal(sp_path(path, "%s", part), part);
    assert_string_equal(sp_path(path, "%s/", part), "");
    assert_string_equal(sp_path(path, "%s/%s", "a", "b"), "a/b");
}

static const struct sp_tool tool = {"it", "it", "--version", "it", true, "tests"};

static void a_program_is_the_first_in_path_that_can_be_run(void **state)
{
    (void)state;
    char path[SP_PATH_MAX];
    setenv("PATH", "::absent:folder:plain:one:two", 1);
    assert_false(sp_tool_find(&tool, path));
    scratch_directory("folder/it");
    scratch_text("plain/it", "");
    assert_int_equal(chdir("plain"), 0);
    scratch_program("it", "#!/bin/sh\n"); /* an empty part of PATH is not taken */
    setenv("PATH", "::absent:../folder", 1);
    assert_false(sp_tool_find(&tool, path));
    assert_int_equal(unlink("it"), 0);
    scratch_text("it", "");
    assert_int_equal(chdir(".."), 0);
    setenv("PATH", "::absent:folder:plain:one:two", 1);
    assert_false(sp_tool_find(&tool, path));
    scratch_program("two/it", "#!/bin/sh\n");
    assert_true(sp_tool_find(&tool, path));
    assert_string_equal(path, "two/it");
    scratch_program("one/it", "#!/bin/sh\n");
    assert_true(sp_tool_find(&tool, path));
    assert_string_equal(path, "one/it");
    unsetenv("PATH");
    assert_false(sp_tool_find(&tool, path));
}

static void the_version_is_what_a_program_says_without_its_name(void **state)
{
    (void)state;
    const struct {
        const char *said;
        const char *version;
    } rows[] = {
        {"12.2.0", "12.2.0"},
        {"19.1.7", "19.1.7"},
        {"1.11.1", "1.11.1"},
        {"cmake version 3.25.1\\n\\nCMake suite maintained and supported by Kitware\\n", "3.25.1"},
        {"jq-1.6\\n", "1.6"},
        {"Spin Version 6.5.2 -- 6 December 2019\\n", "6.5.2"},
        {"Debian clang-format version 14.0.6\\n", "14.0.6"},
        {"rsync  version 3.2.7  protocol version 31\\n", "3.2.7"},
        {"dot - graphviz version 2.43.0 (0)\\n", "2.43.0"},
        {"Debian LLD 19.1.7 (compatible with GNU linkers)\\n", "19.1.7"},
        {"afl-fuzz++4.04c based on afl by Michal Zalewski\\n", "4.04c"},
        {"12", "12"},
        {"no number\\n", ""},
        {"", ""},
    };
    char path[4096];
    char here[2048];
    assert_non_null(getcwd(here, sizeof here));
    snprintf(path, sizeof path, "%s/bin:/usr/bin:/bin", here);
    setenv("PATH", path, 1);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char program[400];
        char version[64];
        snprintf(program, sizeof program, "#!/bin/sh\n[ \"$*\" = --version ] && printf '%s'\n",
                 rows[i].said);
        scratch_program("bin/it", program);
        sp_tool_version(&tool, version, sizeof version);
        assert_string_equal(version, rows[i].version);
    }
}

/* dot -V speaks on the standard error; others wait for what is never typed. */
static void a_program_may_say_it_on_either_stream_and_is_given_nothing(void **state)
{
    (void)state;
    char path[4096];
    char here[2048];
    char version[64];
    assert_non_null(getcwd(here, sizeof here));
    snprintf(path, sizeof path, "%s/bin:/usr/bin:/bin", here);
    setenv("PATH", path, 1);
    scratch_text("typed", "typed 1.0\n");
    assert_non_null(freopen("typed", "r", stdin));
    scratch_program("bin/it", "#!/bin/sh\ncat\necho it version 2.43.0 >&2\nexit 1\n");
    sp_tool_version(&tool, version, sizeof version);
    assert_string_equal(version, "2.43.0");
    assert_int_equal(unlink("bin/it"), 0);
    sp_tool_version(&tool, version, sizeof version);
    assert_string_equal(version, "");
}

static void binaries_are_where_the_environment_says_or_in_the_data_directory(void **state)
{
    (void)state;
    char path[SP_PATH_MAX];
    char here[2048];
    char expected[SP_PATH_MAX];
    assert_non_null(getcwd(here, sizeof here));
    unsetenv("SYNPROOF_FUZZ");
    sp_binaries_directory(path);
    assert_string_equal(path, "/data/build-fuzz");
    setenv("SYNPROOF_FUZZ", "", 1);
    sp_binaries_directory(path);
    assert_string_equal(path, "/data/build-fuzz");
    setenv("SYNPROOF_FUZZ", "absent", 1);
    sp_binaries_directory(path);
    assert_string_equal(path, "absent");
    setenv("SYNPROOF_FUZZ", "built/../built", 1);
    scratch_directory("built");
    sp_binaries_directory(path);
    snprintf(expected, sizeof expected, "%s/built", here);
    assert_string_equal(path, expected);
}

/* What doctor says of each depends on it; the last ends the table. */
static void every_tool_has_all_that_doctor_says_of_it(void **state)
{
    (void)state;
    size_t runtimes = 0;
    const struct sp_tool *one = sp_tools;
    for (; one->name != NULL; one++) {
        assert_true(one->package != NULL && one->purpose != NULL);
        runtimes += one->program == NULL;
    }
    assert_int_equal(runtimes, 1);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, scratch_begin, scratch_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(core_dumps_that_are_piped_are_a_quirk),
        WITH_FOLDER(a_governor_that_saves_power_is_a_quirk),
        WITH_FOLDER(more_than_28_random_bits_are_a_quirk),
        WITH_FOLDER(of_a_setting_the_first_line_is_read_and_what_there_is_room_for),
        cmocka_unit_test(a_path_that_does_not_fit_names_nothing),
        WITH_FOLDER(a_program_is_the_first_in_path_that_can_be_run),
        WITH_FOLDER(the_version_is_what_a_program_says_without_its_name),
        WITH_FOLDER(a_program_may_say_it_on_either_stream_and_is_given_nothing),
        WITH_FOLDER(binaries_are_where_the_environment_says_or_in_the_data_directory),
        cmocka_unit_test(every_tool_has_all_that_doctor_says_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

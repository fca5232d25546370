/*
 * Reports for CI systems: what GitHub, XML 1.0 and URIs admit.
 *
 * Expected values come from GitHub's documents (10 annotations of a kind in a step; %25, %0D, %0A,
 * and in properties %3A, %2C; a summary below 1 MiB), from XML 1.0 2.2 and from RFC 3986. That the
 * formats match their schemas is not shown here but in tests/ci.
 */
#include "ci/ci.h"
#include "ci/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT_MAX 256

static struct sp_ci_finding finding[COUNT_MAX];
static struct sp_ci_note note[COUNT_MAX];
static char signature[COUNT_MAX][32];
static struct sp_ci_case failing;

/* A failure with so many findings; one longer than the next. */
static struct sp_ci with_findings(size_t count)
{
    static struct sp_ci_event events[COUNT_MAX];
    for (size_t i = 0; i < count; i++) {
        snprintf(signature[i], sizeof signature[i], "S5/ESTABLISHED/%zu", i);
        finding[i] = (struct sp_ci_finding){.property = SP_PROPERTY_isn_agreement,
                                            .signature = signature[i],
                                            .claim = "A.ISS 100 is not 200",
                                            .ladder = "",
                                            .file = "",
                                            .rule = SP_RULE_ACK_NEW,
                                            .event = events,
                                            .events = count - i};
    }
    failing = (struct sp_ci_case){
        .code = SP_EXIT_FAIL, .name = "S5", .message = "", .finding = 0, .findings = count};
    return (struct sp_ci){.verb = "check",
                          .subject = "bounds ci",
                          .code = SP_EXIT_FAIL,
                          .at = &failing,
                          .count = 1,
                          .finding = finding,
                          .findings = count};
}

static char *written(const struct sp_ci *ci, void (*write)(const struct sp_ci *ci, FILE *text))
{
    static char *text; /* the stream keeps its address, and gcc believes that the text does */
    static size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    write(ci, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

static void ten_signatures_are_ten_annotations(void **state)
{
    (void)state;
    struct sp_ci ci = with_findings(10);
    char *text = written(&ci, sp_github_annotate);
    assert_int_equal(count_of(text, "::error "), 10);
    assert_int_equal(count_of(text, "\n"), 10);
    assert_null(strstr(text, "more"));
    free(text);
}

static void the_tenth_of_sixty_one_says_how_many_are_left(void **state)
{
    (void)state;
    struct sp_ci ci = with_findings(61);
    char *text = written(&ci, sp_github_annotate);
    assert_int_equal(count_of(text, "::error "), 10);
    assert_int_equal(count_of(text, "\n"), 10);
    assert_non_null(strstr(text, "::error title=52 more::"));
    /* The shortest run first. */
    assert_true(strstr(text, "S5/ESTABLISHED/60") < strstr(text, "S5/ESTABLISHED/59"));
    assert_null(strstr(text, "S5/ESTABLISHED/0"));
    free(text);
}

static void one_signature_is_one_annotation_of_its_shortest_run(void **state)
{
    (void)state;
    struct sp_ci ci = with_findings(61);
    for (size_t i = 0; i < 61; i++) {
        finding[i].signature = signature[0];
    }
    finding[60].claim = "shortest";
    char *text = written(&ci, sp_github_annotate);
    assert_int_equal(count_of(text, "::error "), 1);
    assert_non_null(strstr(text, "shortest"));
    free(text);
}

static void warnings_have_a_limit_of_their_own(void **state)
{
    (void)state;
    struct sp_ci ci = with_findings(61);
    for (size_t i = 0; i < 12; i++) {
        note[i] = (struct sp_ci_note){.code = SP_EXIT_STALE, .text = "stale", .file = "a.sps"};
    }
    ci.note = note;
    ci.notes = 12;
    char *text = written(&ci, sp_github_annotate);
    assert_int_equal(count_of(text, "::error "), 10);
    assert_int_equal(count_of(text, "::warning "), 10);
    assert_non_null(strstr(text, "::warning title=3 more::"));
    free(text);
}

static void what_would_end_a_command_is_escaped(void **state)
{
    (void)state;
    struct sp_ci ci = with_findings(0);
    note[0] = (struct sp_ci_note){
        .code = SP_EXIT_STALE, .text = "100%\r\n::error::a:b,c", .file = "x,line=7::y\n%"};
    ci.note = note;
    ci.notes = 1;
    char *text = written(&ci, sp_github_annotate);
    assert_string_equal(text, "::warning file=x%2Cline=7%3A%3Ay%0A%25,title=STALE::"
                              "100%25%0D%0A::error::a:b,c\n");
    free(text);
}

static void a_summary_is_smaller_than_a_mebibyte(void **state)
{
    (void)state;
    static char ladder[200 * 1024];
    static char cell[100 * 1024];
    memset(ladder, '<', sizeof ladder - 1);
    memset(cell, '&', sizeof cell - 1);
    struct sp_ci ci = with_findings(COUNT_MAX);
    for (size_t i = 0; i < COUNT_MAX; i++) {
        finding[i].ladder = ladder + (i % 2 == 0 ? 0 : sizeof ladder - 1000);
        finding[i].claim = cell;
        finding[i].file = cell;
        note[i] = (struct sp_ci_note){.code = SP_EXIT_STALE, .text = cell, .file = cell};
    }
    ci.note = note;
    ci.notes = COUNT_MAX;
    char *text = written(&ci, sp_github_summary);
    assert_true(strlen(text) < 1024 * 1024);
    assert_int_equal(count_of(text, "<details>"), count_of(text, "</details>"));
    assert_non_null(strstr(text, "and 206 more"));
    free(text);
}

static void a_summary_folds_each_run(void **state)
{
    (void)state;
    struct sp_ci ci = with_findings(2);
    finding[0].ladder = "</pre><b>\n";
    finding[1].ladder = "1 CLOSED\n";
    char *text = written(&ci, sp_github_summary);
    assert_int_equal(count_of(text, "<details>"), 2);
    assert_non_null(strstr(text, "<pre>\n&lt;/pre&gt;&lt;b&gt;\n</pre>"));
    free(text);
}

static void what_xml_does_not_admit_is_replaced(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        const char *to;
    } cases[] = {
        {"a\tb\nc", "a\tb\nc"},
        {"\x1b[31m\x01\x7f\r", "?[31m???"},
        {"\xe4\xb8\xad", "\xe4\xb8\xad"},         /* U+4E2D */
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"}, /* U+1F600 */
        {"\xc0\xaf", "??"},                       /* overlong */
        {"\xed\xa0\x80", "???"},                  /* a surrogate */
        {"\xef\xbf\xbf", "???"},                  /* U+FFFF */
        {"\xef\xbf\xbd", "\xef\xbf\xbd"},         /* U+FFFD */
        {"\xf4\x90\x80\x80", "????"},             /* beyond U+10FFFF */
        {"\xe4\xb8", "??"},                       /* cut */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[32];
        snprintf(text, sizeof text, "%s", cases[i].from);
        sp_ci_clean(text);
        assert_string_equal(text, cases[i].to);
    }
}

static void a_path_is_a_uri_reference(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"runs/S5-1.sps", "runs/S5-1.sps"},
        {"./runs/a b.sps", "runs/a%20b.sps"},
        {"/nowhere/a:b", "file:///nowhere/a%3Ab"},
        {"\xff#?%", "%FF%23%3F%25"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *uri = sp_ci_uri(cases[i][0]);
        assert_non_null(uri);
        assert_string_equal(uri, cases[i][1]);
        free(uri);
    }
}

static void the_address_is_that_of_the_first_section(void **state)
{
    (void)state;
    char text[128];
    sp_ci_section_uri("9293 3.10.7.4 step 4, 3.5.2; 5961 4.2", text, sizeof text);
    assert_string_equal(text, "https://www.rfc-editor.org/rfc/rfc9293#section-3.10.7.4");
    sp_ci_section_uri("1337 F1", text, sizeof text);
    assert_string_equal(text, "https://www.rfc-editor.org/rfc/rfc1337");
}

static void only_a_pass_has_neither_failure_nor_error(void **state)
{
    (void)state;
    static const struct {
        enum sp_exit code;
        const char *counts;
        const char *element;
    } cases[] = {
        {SP_EXIT_PASS, "failures=\"0\" errors=\"0\"", "/>"},
        {SP_EXIT_FAIL, "failures=\"1\" errors=\"0\"", "<failure "},
        {SP_EXIT_INCOMPLETE, "failures=\"0\" errors=\"1\"", "type=\"INCOMPLETE\""},
        {SP_EXIT_VACUOUS, "failures=\"0\" errors=\"1\"", "type=\"VACUOUS\""},
        {SP_EXIT_STALE, "failures=\"0\" errors=\"1\"", "type=\"STALE\""},
        {SP_EXIT_USAGE, "failures=\"0\" errors=\"1\"", "type=\"USAGE\""},
        {SP_EXIT_ERROR, "failures=\"0\" errors=\"1\"", "type=\"ERROR\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sp_ci ci = with_findings(0);
        failing.code = cases[i].code;
        char *text = written(&ci, sp_junit_write);
        assert_non_null(strstr(text, cases[i].counts));
        assert_non_null(strstr(text, cases[i].element));
        assert_int_equal(count_of(text, "<skipped"), 0);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_signatures_are_ten_annotations),
        cmocka_unit_test(the_tenth_of_sixty_one_says_how_many_are_left),
        cmocka_unit_test(one_signature_is_one_annotation_of_its_shortest_run),
        cmocka_unit_test(warnings_have_a_limit_of_their_own),
        cmocka_unit_test(what_would_end_a_command_is_escaped),
        cmocka_unit_test(a_summary_is_smaller_than_a_mebibyte),
        cmocka_unit_test(a_summary_folds_each_run),
        cmocka_unit_test(what_xml_does_not_admit_is_replaced),
        cmocka_unit_test(a_path_is_a_uri_reference),
        cmocka_unit_test(the_address_is_that_of_the_first_section),
        cmocka_unit_test(only_a_pass_has_neither_failure_nor_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

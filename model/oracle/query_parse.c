/*
 * The text of a question becomes steps in postfix order: operator precedence with a stack of its
 * own, so that no text makes it call itself.
 *
 * The grammar is in query.h; the fields are in query.def. The invariant: whatever the octets are,
 * every array is checked for room before it is written, and a refusal says at which column, what
 * stands there and what would be valid.
 */
#include "oracle/query.h"
#include "setup/words.h"

#include <string.h>

/* Operators that wait for their second half. */
struct waiting {
    uint8_t step;   /* enum sp_query_step, or OPEN */
    unsigned level; /* binds before what has a lower one */
    const char *at; /* where it stands */
};

enum { OPEN = SP_QUERY_OR + 1 };

struct parser {
    struct sp_span rest;
    const char *begin;
    struct sp_query *query;
    struct sp_complaint *complaint;
    struct waiting stack[SP_QUERY_STACK_MAX];
    unsigned waiting;
    unsigned parts; /* fields and numbers of the comparison being read */
};

struct sign {
    const char *text;
    uint8_t meaning;
};

/* Longer ones first: the first that fits is taken. */
static const struct sign relations[] = {
    {"==", SP_QUERY_EQUAL},         {"!=", SP_QUERY_UNEQUAL}, {"<=", SP_QUERY_LESS_EQUAL},
    {"=<", SP_QUERY_LESS_EQUAL},    {"=", SP_QUERY_EQUAL},    {"<", SP_QUERY_LESS},
    {">=", SP_QUERY_GREATER_EQUAL}, {">", SP_QUERY_GREATER},  {NULL, 0},
};

static const struct sign joints[] = {
    {"&&", SP_QUERY_AND}, {"&", SP_QUERY_AND}, {"||", SP_QUERY_OR}, {"|", SP_QUERY_OR}, {NULL, 0},
};

static const struct {
    const char *word;
    uint8_t bit;
} bits[] = {
#define HOST(word, unit, known, value, sentence)
#define NET(word, unit, value, sentence)
#define END(NAME, word)
#define BIT(NAME) {#NAME, SP_##NAME},
#include "oracle/query.def"
};

static const char all_bits[] =
#define HOST(word, unit, known, value, sentence)
#define NET(word, unit, value, sentence)
#define END(NAME, word)
#define BIT(NAME) " " #NAME
#include "oracle/query.def"
    ;

static const char all_states[] =
#define STATE(NAME, text) " " #NAME
#include "machine/states.def"
    ;

static const char all_endings[] =
#define HOST(word, unit, known, value, sentence)
#define NET(word, unit, value, sentence)
#define END(NAME, word) " " word
#define BIT(NAME)
#include "oracle/query.def"
    ;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.';
}

/* What stands next, blanks passed over: a word, with hyphens in it if `wide`, or one octet; nothing
 * at the end. */
static struct sp_span peek(struct parser *p, bool wide)
{
    p->rest = sp_span_trim(p->rest);
    struct sp_span next = {p->rest.at, 0};
    while (next.size < p->rest.size &&
           (is_word(next.at[next.size]) || (wide && next.size > 0 && next.at[next.size] == '-'))) {
        next.size++;
    }
    if (next.size == 0 && p->rest.size > 0) {
        next.size = 1;
    }
    return next;
}

static bool begins_word(struct sp_span next)
{
    return next.size > 0 && is_word(next.at[0]);
}

static void pass(struct parser *p, size_t size)
{
    p->rest.at += size;
    p->rest.size -= size;
}

static bool take(struct parser *p, char c)
{
    struct sp_span next = peek(p, false);
    if (next.size != 1 || next.at[0] != c) {
        return false;
    }
    pass(p, 1);
    return true;
}

/* Takes the sign of the table that stands next; NULL, and nothing is taken, when none does. */
static const struct sign *take_sign(struct parser *p, const struct sign *table)
{
    (void)peek(p, false);
    for (; table->text != NULL; table++) {
        if (sp_span_begins(p->rest, table->text)) {
            pass(p, strlen(table->text));
            return table;
        }
    }
    return NULL;
}

static size_t column(const struct parser *p, const char *at)
{
    return (size_t)(at - p->begin) + 1;
}

/* "column 3: &: a field is valid here" */
static bool refuse(struct parser *p, const char *valid)
{
    const struct sp_span next = peek(p, false);
    if (next.size == 0) {
        return sp_complain(p->complaint, "column %zu: the text ends: %s", column(p, next.at),
                           valid);
    }
    return sp_complain(p->complaint, "column %zu: %.*s: %s", column(p, next.at), SP_SPAN(next),
                       valid);
}

static bool refuse_more(struct parser *p, const char *at, unsigned most, const char *what)
{
    return sp_complain(p->complaint, "column %zu: more than %u %s", column(p, at), most, what);
}

static bool is_wordy(unsigned unit)
{
    return unit == SP_QUERY_STATE || unit == SP_QUERY_ENDING;
}

/* The word in the spelling of the unit's table: SYN-SENT as SYN_SENT. Too long a word is empty. */
static struct sp_span respell(struct sp_span word, unsigned unit, char *text, size_t capacity)
{
    const char *from = unit == SP_QUERY_STATE ? "az" : "AZ";
    struct sp_span spelt = {text, word.size <= capacity ? word.size : 0};
    for (size_t i = 0; i < spelt.size; i++) {
        const char c = word.at[i];
        text[i] = c;
        if (c == '-') {
            text[i] = '_';
        } else if (c >= from[0] && c <= from[1]) {
            text[i] = (char)(c ^ ('a' ^ 'A'));
        }
    }
    return spelt;
}

/* The value that the word stands for, or -1; *nearest is the one it most resembles, or NULL. */
static int find_word(struct sp_span word, unsigned unit, const char **nearest)
{
    char text[32];
    const struct sp_span spelt = respell(word, unit, text, sizeof text);
    struct sp_nearest near = sp_nearest_to(spelt);
    const char *candidate = NULL;
    for (int value = 0; (candidate = sp_query_word(unit, value)) != NULL; value++) {
        if (sp_span_is(spelt, candidate)) {
            return value;
        }
        sp_nearest_try(&near, candidate);
    }
    *nearest = near.best;
    return -1;
}

/* "A." and "B.": false when the word does not begin with one. */
static bool split_host(struct sp_span word, uint8_t *host, struct sp_span *bare)
{
    *host = 0;
    *bare = word;
    if (!sp_span_begins(word, "A.") && !sp_span_begins(word, "B.")) {
        return false;
    }
    *host = word.at[0] == 'B';
    *bare = (struct sp_span){word.at + 2, word.size - 2};
    return true;
}

static bool find_field(struct sp_span word, struct sp_query_term *term)
{
    struct sp_span bare;
    *term = (struct sp_query_term){0};
    bool host = split_host(word, &term->host, &bare);
    if (sp_span_is(word, "A") || sp_span_is(word, "B")) {
        term->host = word.at[0] == 'B';
        bare = (struct sp_span){"state", strlen("state")};
        host = true;
    }
    for (size_t i = 0; sp_query_field(i) != NULL; i++) {
        if (sp_query_field(i)->host == host && sp_span_is(bare, sp_query_field(i)->word)) {
            term->field = (uint8_t)i;
            return true;
        }
    }
    return false;
}

static bool refuse_field(struct parser *p, struct sp_span word)
{
    static const char valid[] = "A, B, A.FIELD, B.FIELD or a field of the network is valid";
    const char *nearest = NULL;
    if (find_word(word, SP_QUERY_STATE, &nearest) >= 0) {
        return sp_complain(p->complaint, "column %zu: %.*s: a state stands behind A= or B= only",
                           column(p, word.at), SP_SPAN(word));
    }
    uint8_t host = 0;
    struct sp_span bare;
    const bool split = split_host(word, &host, &bare);
    struct sp_nearest near = sp_nearest_to(bare);
    const char *prefix = "";
    for (size_t i = 0; sp_query_field(i) != NULL; i++) {
        const struct sp_query_field *field = sp_query_field(i);
        const unsigned before = near.distance;
        sp_nearest_try(&near, field->word);
        if (near.distance < before) {
            prefix = !field->host ? "" : host == 0 ? "A." : "B.";
        }
    }
    return sp_complain(p->complaint, "column %zu: %.*s: no such field%s%s%s; %s",
                       column(p, word.at), SP_SPAN(word), near.best == NULL ? "" : "; nearest is ",
                       prefix, near.best == NULL ? "" : near.best,
                       split ? "a field of a host is valid behind A. and B." : valid);
}

/* "(SYN,!ACK)" behind a field that counts segments; it may be missing. */
static bool read_bits(struct parser *p, struct sp_query_term *term)
{
    if (sp_query_field(term->field)->unit != SP_QUERY_SEGMENTS || !take(p, '(')) {
        return true;
    }
    do {
        const bool without = take(p, '!');
        const struct sp_span word = peek(p, false);
        struct sp_nearest nearest = sp_nearest_to(word);
        unsigned i = 0;
        if (!begins_word(word)) {
            return refuse(p, "a control bit such as SYN is valid here");
        }
        while (i < sizeof bits / sizeof bits[0] && !sp_span_is(word, bits[i].word)) {
            sp_nearest_try(&nearest, bits[i++].word);
        }
        if (i == sizeof bits / sizeof bits[0]) {
            return sp_complain(p->complaint,
                               "column %zu: %.*s: no such control bit%s%s; any of%s is valid, with "
                               "! before it when it must not be set",
                               column(p, word.at), SP_SPAN(word),
                               nearest.best == NULL ? "" : "; nearest is ",
                               nearest.best == NULL ? "" : nearest.best, all_bits);
        }
        *(without ? &term->without : &term->with) |= bits[i].bit;
        pass(p, word.size);
    } while (take(p, ','));
    return take(p, ')') || refuse(p, ", or ) is valid here");
}

/* Room for one more field or number. */
static bool has_part(struct parser *p, const char *at)
{
    return p->parts++ < SP_QUERY_TERMS_MAX ||
           refuse_more(p, at, SP_QUERY_TERMS_MAX, "fields and numbers in one comparison");
}

static bool read_number(struct parser *p, struct sp_span word, bool minus,
                        struct sp_query_test *test)
{
    uint64_t number = 0;
    if (!sp_span_number(word, UINT32_MAX, &number)) {
        return sp_complain(p->complaint, "column %zu: %.*s: a number 0..4294967295 is valid",
                           column(p, word.at), SP_SPAN(word));
    }
    pass(p, word.size);
    test->constant += minus ? -(int64_t)number : (int64_t)number;
    return true;
}

static bool read_term(struct parser *p, bool minus, struct sp_query_test *test, unsigned *unit)
{
    const struct sp_span word = peek(p, false);
    if (!begins_word(word)) {
        return refuse(p, "a field or a whole number is valid here");
    }
    if (!has_part(p, word.at)) {
        return false;
    }
    *unit = SP_QUERY_COUNT;
    if (is_digit(word.at[0])) {
        return read_number(p, word, minus, test);
    }
    struct sp_query_term *term = &test->term[test->terms];
    if (!find_field(word, term)) {
        return refuse_field(p, word);
    }
    pass(p, word.size);
    term->minus = minus;
    test->terms++;
    *unit = sp_query_field(term->field)->unit;
    return read_bits(p, term);
}

/* A sum, each part with its sign exchanged if `negate`. A state is no part of one, but may stand
 * alone where `state` is not NULL: it is told whether one does. */
static bool read_sum(struct parser *p, bool negate, struct sp_query_test *test, unsigned *state)
{
    bool minus = take(p, '-');
    for (bool first = true;; first = false) {
        const struct sp_span word = peek(p, false);
        unsigned unit = 0;
        if (!read_term(p, minus != negate, test, &unit)) {
            return false;
        }
        if (is_wordy(unit) && (!first || minus || state == NULL)) {
            return sp_complain(p->complaint,
                               "column %zu: %.*s: it is no number; it stands alone before = or !=",
                               column(p, word.at), SP_SPAN(word));
        }
        if (state != NULL) {
            *state = unit;
        }
        minus = !is_wordy(unit) && take(p, '-');
        if (is_wordy(unit) || (!minus && !take(p, '+'))) {
            return true;
        }
    }
}

/* What a state or ending is compared with: a word for one, or another field that is one. */
static bool read_wordy(struct parser *p, unsigned unit, struct sp_query_test *test)
{
    const struct sp_span word = peek(p, true);
    const char *nearest = NULL;
    const int value = find_word(word, unit, &nearest);
    struct sp_query_term term;
    if (!begins_word(word)) {
        return refuse(p, unit == SP_QUERY_STATE ? "a state, A or B is valid here"
                                                : "an ending such as reset is valid here");
    }
    if (value < 0 && find_field(word, &term) && sp_query_field(term.field)->unit == unit) {
        term.minus = true;
        test->term[test->terms++] = term;
    } else if (value < 0) {
        return sp_complain(p->complaint, "column %zu: %.*s: no such %s%s%s; one of%s is valid",
                           column(p, word.at), SP_SPAN(word),
                           sp_query_unit_text((enum sp_query_unit)unit),
                           nearest == NULL ? "" : "; nearest is ", nearest == NULL ? "" : nearest,
                           unit == SP_QUERY_STATE ? all_states : all_endings);
    }
    test->constant -= value < 0 ? 0 : value;
    pass(p, word.size);
    return true;
}

static bool read_test(struct parser *p)
{
    if (p->query->tests == SP_QUERY_TESTS_MAX) {
        return refuse_more(p, p->rest.at, SP_QUERY_TESTS_MAX, "comparisons");
    }
    struct sp_query_test *test = &p->query->test[p->query->tests++];
    *test = (struct sp_query_test){.relation = SP_QUERY_UNEQUAL};
    p->parts = 0;
    unsigned unit = 0;
    if (!read_sum(p, false, test, &unit)) {
        return false;
    }
    const struct sp_span next = peek(p, false);
    const struct sign *sign = take_sign(p, relations);
    if (sign == NULL) {
        return !is_wordy(unit) || refuse(p, "= or != is valid here");
    }
    test->relation = sign->meaning;
    if (!is_wordy(unit)) {
        return read_sum(p, true, test, NULL);
    }
    if (sign->meaning != SP_QUERY_EQUAL && sign->meaning != SP_QUERY_UNEQUAL) {
        return sp_complain(p->complaint, "column %zu: %s: it has no order: = or != is valid here",
                           column(p, next.at), sign->text);
    }
    return read_wordy(p, unit, test);
}

static bool put_step(struct parser *p, const char *at, unsigned step)
{
    if (p->query->steps == SP_QUERY_STEPS_MAX) {
        return refuse_more(p, at, SP_QUERY_STEPS_MAX, "comparisons and operators");
    }
    p->query->step[p->query->steps++] = (uint8_t)step;
    return true;
}

static bool push(struct parser *p, unsigned step, unsigned level, const char *at)
{
    if (p->waiting == SP_QUERY_STACK_MAX) {
        return refuse_more(p, at, SP_QUERY_STACK_MAX, "operators and ( inside each other");
    }
    p->stack[p->waiting++] = (struct waiting){(uint8_t)step, level, at};
    return true;
}

/* Carries out what waits on top and binds at least as strongly as `level`; a ( binds to nothing. */
static bool unwind(struct parser *p, unsigned level)
{
    while (p->waiting > 0 && p->stack[p->waiting - 1].level >= level) {
        const struct waiting *top = &p->stack[--p->waiting];
        if (!put_step(p, top->at, top->step)) {
            return false;
        }
    }
    return true;
}

enum { LEVEL_OPEN, LEVEL_OR, LEVEL_AND, LEVEL_NOT };

/* Any number of ! and (, then a comparison. */
static bool read_operand(struct parser *p)
{
    for (;;) {
        const struct sp_span next = peek(p, false);
        if (next.size == 0 || (!begins_word(next) && memchr("!(-", next.at[0], 3) == NULL)) {
            return refuse(p, "a comparison, ! or ( is valid here");
        }
        if (take(p, '!')) {
            if (!push(p, SP_QUERY_NOT, LEVEL_NOT, next.at)) {
                return false;
            }
        } else if (take(p, '(')) {
            if (!push(p, OPEN, LEVEL_OPEN, next.at)) {
                return false;
            }
        } else {
            return put_step(p, next.at, SP_QUERY_TEST) && read_test(p);
        }
    }
}

/* Any number of ), then & or |, or the end: *more says which. */
static bool read_joint(struct parser *p, bool *more)
{
    struct sp_span next = peek(p, false);
    while (take(p, ')')) {
        if (!unwind(p, LEVEL_OR)) {
            return false;
        }
        if (p->waiting == 0) {
            return sp_complain(p->complaint, "column %zu: ): no ( stands before it",
                               column(p, next.at));
        }
        p->waiting--;
        next = peek(p, false);
    }
    const struct sign *joint = take_sign(p, joints);
    *more = joint != NULL;
    if (joint == NULL) {
        return next.size == 0 ||
               refuse(p, "an operator is valid here: = != < <= > >= + - & | or )");
    }
    const unsigned level = joint->meaning == SP_QUERY_AND ? LEVEL_AND : LEVEL_OR;
    return unwind(p, level) && push(p, joint->meaning, level, next.at);
}

bool sp_query_parse(struct sp_query *query, const char *text, size_t size,
                    struct sp_complaint *complaint)
{
    struct parser p = {.rest = {text, size}, .begin = text, .query = query, .complaint = complaint};
    *query = (struct sp_query){.steps = 0};
    for (bool more = true; more;) {
        if (!read_operand(&p) || !read_joint(&p, &more)) {
            return false;
        }
    }
    if (!unwind(&p, LEVEL_OR)) {
        return false;
    }
    if (p.waiting > 0) {
        return sp_complain(complaint, "column %zu: (: never closed",
                           column(&p, p.stack[p.waiting - 1].at));
    }
    return true;
}

/*
 * The words of a lesson, and where lessons are found.
 *
 * The invariant: a key that a script names and the words do not have is complained of, never shown
 * as nothing.
 */
#include "cli/lesson.h"
#include "cli/setup.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Ends what stands before `at` by a 0, without the empty lines there. */
static void end_before(char *begin, char *at)
{
    while (at > begin && (at[-1] == '\n' || at[-1] == ' ')) {
        at--;
    }
    *at = '\0';
}

static bool add(struct sp_words *words, const char *path, char *line)
{
    if (words->count == sizeof words->key / sizeof words->key[0]) {
        sp_say("%s: more than %zu keys", path, words->count);
        return false;
    }
    char *end = line + 1 + strcspn(line + 1, "\n"); /* line[0] may be the end of what was before */
    words->key[words->count] = line + 1;
    words->text[words->count++] = end + (*end != '\0');
    *end = '\0';
    return true;
}

bool sp_words_read(const char *path, struct sp_words *words)
{
    *words = (struct sp_words){.count = 0};
    if (!sp_file_read(path, &words->bytes)) {
        return false;
    }
    char *begin = (char *)words->bytes.at;
    for (char *line = begin; line != NULL && *line != '\0';) {
        char *next = strchr(line, '\n');
        next = next == NULL ? NULL : next + 1;
        if (*line == '@') {
            end_before(begin, line);
            if (!add(words, path, line)) {
                return false;
            }
        }
        line = next;
    }
    end_before(begin, begin + words->bytes.size);
    return true;
}

void sp_words_free(struct sp_words *words)
{
    free(words->bytes.at);
    *words = (struct sp_words){.count = 0};
}

const char *sp_words_of(const struct sp_words *words, const char *key)
{
    for (size_t i = 0; i < words->count; i++) {
        if (strcmp(words->key[i], key) == 0) {
            return words->text[i];
        }
    }
    sp_say("the lesson has no words for '%s'", key);
    return NULL;
}

/* The folder that begins with "N-". */
static bool find_folder(const char *root, unsigned number, char *path, size_t capacity)
{
    char prefix[16];
    DIR *directory = opendir(root);
    const struct dirent *entry;
    bool there = false;
    snprintf(prefix, sizeof prefix, "%u-", number);
    while (directory != NULL && !there && (entry = readdir(directory)) != NULL) {
        there = strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
        if (there) {
            snprintf(path, capacity, "%s/%.255s", root, entry->d_name);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return there;
}

bool sp_lesson_open(struct sp_lesson *lesson, unsigned number, const char *language)
{
    char root[512];
    char path[1100];
    *lesson = (struct sp_lesson){.number = number, .language = language};
    snprintf(root, sizeof root, "%s/proofs/lessons", sp_data_directory());
    if (!find_folder(root, number, lesson->path, sizeof lesson->path)) {
        sp_say("%s: there is no lesson %u there", root, number);
        return false;
    }
    snprintf(path, sizeof path, "%s/phrases.%s", root, language);
    if (!sp_words_read(path, &lesson->phrases)) {
        return false;
    }
    snprintf(path, sizeof path, "%s/lesson.%s", lesson->path, language);
    return sp_words_read(path, &lesson->words);
}

void sp_lesson_close(struct sp_lesson *lesson)
{
    sp_words_free(&lesson->words);
    sp_words_free(&lesson->phrases);
}

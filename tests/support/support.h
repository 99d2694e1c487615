/* SPDX-License-Identifier: MIT */
/*
 * What several suites of tests want: folders that vanish, files read and written whole, and texts
 * compared with a difference that a person can read. Include it after <cmocka.h>.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

/* A new folder, 0700; the caller hands it to support_remove_dir(). */
char *support_make_dir(void);
/* Removes the folder with all that it holds, and frees the name. */
void support_remove_dir(char *dir);
/* DIR/NAME in a buffer that lasts until the eighth call after this one. */
const char *support_path(const char *dir, const char *name);
/* The whole file, NUL after it; NULL where it cannot be read. The caller frees it. */
char *support_read(const char *path, size_t *ret_size);
void support_write(const char *path, const void *data, size_t n);
void support_write_text(const char *path, const char *text);
bool support_exists(const char *path); /* a dangling link exists */
int support_mode(const char *path); /* the permission bits, -1 where it is not there */
size_t support_count_entries(const char *dir); /* without . and .. */

/* Fails the test with the first line that differs, its number, and both versions of it. */
#define assert_same_text(actual, expected)                                                         \
	support_assert_same_text((actual), (expected), __FILE__, __LINE__)
void support_assert_same_text(const char *actual, const char *expected, const char *file, int line);

/* A generator of numbers that gives the same series for the same seed (not 0). */
struct support_random {
	unsigned long long state;
};
unsigned support_random(struct support_random *r, unsigned below);

#endif

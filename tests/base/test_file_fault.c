/* SPDX-License-Identifier: MIT */
/*
 * Fails the 1st, 2nd, 3rd … system call of tend_file_write until it succeeds: the linker leads the
 * calls here (--wrap). After each round the target is the old file or the new one, whole.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/types.h>

#include <tend/file.h>
#include <tend/str.h>

#include "support.h"

ssize_t __real_write(int fd, const void *data, size_t n);
ssize_t __wrap_write(int fd, const void *data, size_t n);
ssize_t __real_read(int fd, void *data, size_t n);
ssize_t __wrap_read(int fd, void *data, size_t n);
int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_close(int fd);
int __wrap_close(int fd);
int __real_link(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);

/* Volatile, or the compiler may think that nothing ever fails. */
static volatile int countdown, failure = EIO, interruptions, link_failure;
static volatile size_t longest_write = SIZE_MAX;

static bool fails(void)
{
	if (countdown > 0 && --countdown == 0) {
		errno = failure;
		return true;
	}
	return false;
}

static bool is_interrupted(void)
{
	if (interruptions > 0) {
		interruptions--;
		errno = EINTR;
		return true;
	}
	return false;
}

ssize_t __wrap_write(int fd, const void *data, size_t n)
{
	if (is_interrupted() || fails()) {
		return -1;
	}
	return __real_write(fd, data, n < longest_write ? n : longest_write);
}

ssize_t __wrap_read(int fd, void *data, size_t n)
{
	if (is_interrupted() || fails()) {
		return -1;
	}
	return __real_read(fd, data, n < longest_write ? n : longest_write);
}

int __wrap_fsync(int fd)
{
	return fails() ? -1 : __real_fsync(fd);
}

int __wrap_close(int fd)
{
	bool failed = fails();
	int ret = __real_close(fd);
	if (failed) {
		errno = failure;
	}
	return failed ? -1 : ret;
}

int __wrap_link(const char *from, const char *to)
{
	if (link_failure != 0) {
		errno = link_failure;
		return -1;
	}
	return fails() ? -1 : __real_link(from, to);
}

int __wrap_rename(const char *from, const char *to)
{
	return fails() ? -1 : __real_rename(from, to);
}

static int setup(void **state)
{
	*state = support_make_dir();
	countdown = interruptions = link_failure = 0;
	longest_write = SIZE_MAX;
	return 0;
}

static int teardown(void **state)
{
	support_remove_dir(*state);
	return 0;
}

static void assert_content(const char *path, const char *expected)
{
	char *content = support_read(path, NULL);
	assert_same_text(content, expected);
	free(content);
}

static void check_every_failure(const char *dir, bool force, bool old)
{
	static const int failures[] = {EIO, ENOSPC, EDQUOT};
	const char *path = support_path(dir, "out");
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		enum tend_status status = TEND_FAILED;
		int rounds = 0;
		for (; status != TEND_OK; rounds++) {
			struct tend_error err = {0};
			(void)remove(path);
			if (old) {
				support_write_text(path, "old");
			}
			longest_write = 3;
			failure = failures[i];
			countdown = rounds + 1;
			status = tend_file_write(path, "new text", 8, force, &err);
			countdown = 0;
			longest_write = SIZE_MAX;
			assert_int_equal(support_count_entries(dir), support_exists(path));
			char *content = support_read(path, NULL);
			if (status == TEND_OK || (content != NULL && content[0] == 'n')) {
				assert_same_text(content, "new text");
			} else {
				assert_same_text(content, old ? "old" : NULL);
				assert_non_null(strstr(err.text, path));
			}
			free(content);
			assert_true(rounds < 50);
		}
		assert_true(rounds > 5);
	}
}

static void a_new_file_appears_whole_or_not_at_all(void **state)
{
	check_every_failure(*state, false, false);
}

static void a_forced_write_leaves_the_old_file_or_the_new_one(void **state)
{
	check_every_failure(*state, true, true);
	check_every_failure(*state, true, false);
}

static void short_and_interrupted_writes_go_on(void **state)
{
	const char *path = support_path(*state, "out");
	interruptions = 5;
	longest_write = 1;
	assert_int_equal(tend_file_write(path, "every byte", 10, false, NULL), TEND_OK);
	longest_write = SIZE_MAX;
	assert_content(path, "every byte");
}

static void short_and_interrupted_reads_go_on(void **state)
{
	const char *path = support_path(*state, "in");
	struct tend_str out = {0};
	support_write_text(path, "every byte");
	interruptions = 5;
	longest_write = 1;
	assert_int_equal(tend_file_read(path, 100, &out, NULL), TEND_OK);
	longest_write = SIZE_MAX;
	assert_same_text(tend_str_text(&out), "every byte");
	tend_str_finish(&out);
}

static void a_read_that_fails_gives_nothing(void **state)
{
	const char *path = support_path(*state, "in");
	support_write_text(path, "every byte");
	for (int k = 1; k <= 3; k++) {
		struct tend_str out = {0};
		struct tend_error err = {0};
		longest_write = 4;
		countdown = k;
		assert_int_equal(tend_file_read(path, 100, &out, &err), TEND_FAILED);
		countdown = 0;
		longest_write = SIZE_MAX;
		assert_int_equal(out.len, 0);
		assert_non_null(strstr(err.text, path));
		tend_str_finish(&out);
	}
}

static void a_file_system_without_links_still_replaces_nothing(void **state)
{
	static const int failures[] = {EPERM, EOPNOTSUPP, ENOSYS};
	const char *path = support_path(*state, "out");
	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		link_failure = failures[i];
		assert_int_equal(tend_file_write(path, "new", 3, false, NULL), TEND_OK);
		assert_content(path, "new");
		assert_int_equal(tend_file_write(path, "newer", 5, false, NULL), TEND_FAILED);
		assert_content(path, "new");
		assert_int_equal(support_count_entries(*state), 1);
		assert_int_equal(remove(path), 0);
	}
}

static void a_file_that_appears_meanwhile_is_kept(void **state)
{
	const char *path = support_path(*state, "out");
	struct tend_error err = {0};
	link_failure = EEXIST; /* as link() would say to the second of two programs */
	assert_int_equal(tend_file_write(path, "new", 3, false, &err), TEND_FAILED);
	assert_non_null(strstr(err.text, "exists"));
	assert_int_equal(support_count_entries(*state), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_file_appears_whole_or_not_at_all),
		TEST(a_forced_write_leaves_the_old_file_or_the_new_one),
		TEST(short_and_interrupted_writes_go_on),
		TEST(short_and_interrupted_reads_go_on),
		TEST(a_read_that_fails_gives_nothing),
		TEST(a_file_system_without_links_still_replaces_nothing),
		TEST(a_file_that_appears_meanwhile_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

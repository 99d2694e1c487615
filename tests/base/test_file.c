/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/str.h>

#include "support.h"

static int setup(void **state)
{
	*state = support_make_dir();
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

static void assert_names(const struct tend_error *err, const char *path)
{
	if (strstr(err->text, path) == NULL) {
		fail_msg("'%s' does not name %s", err->text, path);
	}
}

static void a_file_is_written_whole_and_private(void **state)
{
	static const mode_t masks[] = {0, 022, 077};
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		const char *path = support_path(*state, "out.txt");
		mode_t before = umask(masks[i]);
		struct tend_error err = {0};
		assert_int_equal(tend_file_write(path, "text\n", 5, i > 0, &err), TEND_OK);
		(void)umask(before);
		assert_content(path, "text\n");
		assert_int_equal(support_mode(path), 0600);
		assert_int_equal(support_count_entries(*state), 1);
	}
}

static void nothing_and_bytes_of_all_kinds_can_be_written(void **state)
{
	const char *path = support_path(*state, "out");
	assert_int_equal(tend_file_write(path, NULL, 0, false, NULL), TEND_OK);
	assert_content(path, "");
	assert_int_equal(tend_file_write(path, "a\0b\xFF", 4, true, NULL), TEND_OK);
	size_t n = 0;
	char *content = support_read(path, &n);
	assert_int_equal(n, 4);
	assert_memory_equal(content, "a\0b\xFF", 4);
	free(content);
}

static void an_existing_file_is_kept_unless_forced(void **state)
{
	const char *path = support_path(*state, "out.txt");
	struct tend_error err = {0};
	support_write_text(path, "old");
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(tend_file_write(path, "new", 3, false, &err), TEND_FAILED);
	assert_names(&err, path);
	assert_content(path, "old");
	assert_int_equal(support_count_entries(*state), 1);
	assert_int_equal(tend_file_write(path, "new", 3, true, &err), TEND_OK);
	assert_content(path, "new");
	assert_int_equal(support_mode(path), 0600);
	assert_int_equal(support_count_entries(*state), 1);
}

static void a_link_is_never_followed(void **state)
{
	static const char *const targets[] = {"victim", "missing"};
	const char *victim = support_path(*state, "victim");
	support_write_text(victim, "precious");
	for (size_t i = 0; i < 2; i++) {
		const char *path = support_path(*state, "link");
		struct tend_error err = {0};
		struct stat st;
		assert_int_equal(symlink(targets[i], path), 0);
		assert_int_equal(tend_file_write(path, "new", 3, false, &err), TEND_FAILED);
		assert_names(&err, path);
		assert_int_equal(tend_file_write(path, "new", 3, true, &err), TEND_OK);
		assert_int_equal(lstat(path, &st), 0);
		assert_true(S_ISREG(st.st_mode));
		assert_content(path, "new");
		assert_content(victim, "precious");
		assert_false(support_exists(support_path(*state, "missing")));
		assert_int_equal(unlink(path), 0);
	}
}

static void a_hard_link_to_the_old_file_keeps_its_content(void **state)
{
	const char *path = support_path(*state, "out"), *other = support_path(*state, "other");
	support_write_text(path, "old");
	assert_int_equal(link(path, other), 0);
	assert_int_equal(tend_file_write(path, "new", 3, true, NULL), TEND_OK);
	assert_content(other, "old");
}

static void what_cannot_be_written_is_named(void **state)
{
	static const char *const rows[] = {"missing/out", "file/out", "dir", "dir/", "new/"};
	support_write_text(support_path(*state, "file"), "x");
	assert_int_equal(mkdir(support_path(*state, "dir"), 0700), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path = support_path(*state, rows[i]);
		for (int force = 0; force < 2; force++) {
			struct tend_error err = {0};
			assert_int_equal(
				tend_file_write(path, "x", 1, force == 1, &err), TEND_FAILED);
			assert_names(&err, path);
		}
	}
	assert_int_equal(tend_file_write("", "x", 1, false, NULL), TEND_FAILED);
	assert_int_equal(support_count_entries(*state), 2);
	assert_int_equal(support_count_entries(support_path(*state, "dir")), 0);
}

static void a_relative_path_is_of_the_current_folder(void **state)
{
	char before[4096];
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(*state), 0);
	assert_int_equal(tend_file_write("plain.txt", "x", 1, false, NULL), TEND_OK);
	assert_int_equal(chdir(before), 0);
	assert_content(support_path(*state, "plain.txt"), "x");
}

/* The limit on the size of files stands in for a full disk. */
static void a_write_that_fails_half_way_leaves_the_old_file(void **state)
{
	const char *path = support_path(*state, "out"), *fresh = support_path(*state, "fresh");
	static char data[200000];
	support_write_text(path, "old");
	(void)fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct rlimit limit = {100000, 100000};
		struct tend_error err = {0};
		(void)signal(SIGXFSZ, SIG_IGN);
		(void)setrlimit(RLIMIT_FSIZE, &limit);
		bool failed = tend_file_write(path, data, sizeof(data), true, &err) == TEND_FAILED
			&& strstr(err.text, path) != NULL
			&& tend_file_write(fresh, data, sizeof(data), false, &err) == TEND_FAILED;
		_exit(failed ? 0 : 1);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_content(path, "old");
	assert_false(support_exists(fresh));
	assert_int_equal(support_count_entries(*state), 1);
}

static void a_folder_without_permission_is_an_error(void **state)
{
	const char *dir = support_path(*state, "closed"),
		   *path = support_path(*state, "closed/out");
	assert_int_equal(chmod(*state, 0755), 0);
	assert_int_equal(mkdir(dir, 0555), 0);
	(void)fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct tend_error err = {0};
		if (geteuid() == 0 && seteuid(65534) != 0) {
			_exit(0);
		}
		bool failed = tend_file_write(path, "x", 1, false, &err) == TEND_FAILED
			&& strstr(err.text, path) != NULL && tend_mkdirs(path, &err) == TEND_FAILED
			&& strstr(err.text, path) != NULL;
		_exit(failed ? 0 : 1);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(support_count_entries(dir), 0);
}

static void a_file_is_read_up_to_its_limit(void **state)
{
	const char *path = support_path(*state, "in");
	static const struct {
		size_t size, limit;
		enum tend_status status;
	} rows[] = {{0, 0, TEND_OK}, {1, 0, TEND_BAD_INPUT}, {10, 10, TEND_OK},
		{11, 10, TEND_BAD_INPUT}, {200000, 200000, TEND_OK},
		{200000, 199999, TEND_BAD_INPUT}};
	char *data = calloc(1, 200000);
	memset(data, 'x', 200000);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		struct tend_error err = {0};
		tend_str_add(&out, "before:");
		support_write(path, data, rows[i].size);
		assert_int_equal(tend_file_read(path, rows[i].limit, &out, &err), rows[i].status);
		if (rows[i].status == TEND_OK) {
			assert_int_equal(out.len, 7 + rows[i].size);
		} else {
			assert_same_text(tend_str_text(&out), "before:");
			assert_names(&err, path);
		}
		tend_str_finish(&out);
	}
	free(data);
}

static void what_cannot_be_read_is_named(void **state)
{
	static const char *const rows[] = {"missing", "dir", "missing/in"};
	assert_int_equal(mkdir(support_path(*state, "dir"), 0700), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path = support_path(*state, rows[i]);
		struct tend_str out = {0};
		struct tend_error err = {0};
		assert_int_equal(tend_file_read(path, 100, &out, &err), TEND_FAILED);
		assert_names(&err, path);
		assert_int_equal(out.len, 0);
		tend_str_finish(&out);
	}
}

static void a_pipe_without_a_writer_does_not_hang(void **state)
{
	const char *path = support_path(*state, "fifo");
	struct tend_str out = {0};
	assert_int_equal(mkfifo(path, 0600), 0);
	(void)alarm(10);
	assert_int_equal(tend_file_read(path, 100, &out, NULL), TEND_OK);
	(void)alarm(0);
	assert_int_equal(out.len, 0);
	tend_str_finish(&out);
}

static void a_dash_is_standard_input(void **state)
{
	const char *path = support_path(*state, "in");
	struct tend_str out = {0};
	support_write_text(path, "from stdin");
	int saved = dup(STDIN_FILENO), fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(tend_file_read("-", 100, &out, NULL), TEND_OK);
	assert_same_text(tend_str_text(&out), "from stdin");
	if (saved >= 0) {
		(void)dup2(saved, STDIN_FILENO);
		(void)close(saved);
	}
	(void)close(fd);
	tend_str_finish(&out);
}

static void messages_never_carry_hostile_names_raw(void **state)
{
	(void)state;
	struct tend_str out = {0};
	struct tend_error err = {0};
	assert_int_equal(tend_file_read("/nowhere/\x1B[31m\u202E", 100, &out, &err), TEND_FAILED);
	assert_names(&err, "/nowhere/␛[31m<U+202E>");
	assert_int_equal(tend_file_write("/nowhere/\x1B[31m", "x", 1, false, &err), TEND_FAILED);
	assert_names(&err, "/nowhere/␛[31m");
	tend_str_finish(&out);
}

static void folders_are_made_with_their_parents_and_private(void **state)
{
	static const char *const rows[] = {"a/b/c", "a/b/c", "a//d/", "e"};
	mode_t before = umask(0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path = support_path(*state, rows[i]);
		assert_int_equal(tend_mkdirs(path, NULL), TEND_OK);
		assert_int_equal(support_mode(path), 0700);
	}
	(void)umask(before);
	assert_int_equal(support_mode(support_path(*state, "a")), 0700);
	support_write_text(support_path(*state, "file"), "x");
	struct tend_error err = {0};
	assert_int_equal(tend_mkdirs(support_path(*state, "file"), &err), TEND_FAILED);
	assert_names(&err, "file");
	assert_int_equal(tend_mkdirs(support_path(*state, "file/sub"), &err), TEND_FAILED);
	assert_int_equal(tend_mkdirs("", &err), TEND_FAILED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_written_whole_and_private),
		TEST(nothing_and_bytes_of_all_kinds_can_be_written),
		TEST(an_existing_file_is_kept_unless_forced),
		TEST(a_link_is_never_followed),
		TEST(a_hard_link_to_the_old_file_keeps_its_content),
		TEST(what_cannot_be_written_is_named),
		TEST(a_relative_path_is_of_the_current_folder),
		TEST(a_write_that_fails_half_way_leaves_the_old_file),
		TEST(a_folder_without_permission_is_an_error),
		TEST(a_file_is_read_up_to_its_limit),
		TEST(what_cannot_be_read_is_named),
		TEST(a_pipe_without_a_writer_does_not_hang),
		TEST(a_dash_is_standard_input),
		TEST(messages_never_carry_hostile_names_raw),
		TEST(folders_are_made_with_their_parents_and_private),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

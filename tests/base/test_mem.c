/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <signal.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tend/mem.h>

#include "support.h"

static void fresh_memory_is_zeroed(void **state)
{
	(void)state;
	for (size_t size = 0; size < 300; size += 37) {
		char *p = tend_alloc(size);
		for (size_t i = 0; i < size; i++) {
			assert_int_equal(p[i], 0);
		}
		memset(p, 'x', size);
		free(p);
	}
	free(tend_calloc(0, 8));
	free(tend_calloc(8, 0));
	free(tend_realloc(NULL, 0, 8));
}

static void growing_keeps_what_is_there(void **state)
{
	(void)state;
	struct {
		int *items;
		size_t n, cap;
	} v = {0};
	for (int i = 0; i < 1000; i++) {
		int *item = TEND_PUSH(&v);
		assert_int_equal(*item, 0);
		*item = i;
	}
	assert_int_equal(v.n, 1000);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(v.items[i], i);
	}
	v.n = 10; /* what is pushed over old items is zeroed, too */
	assert_int_equal(*TEND_PUSH(&v), 0);
	free(v.items);
}

static void copies_are_ended_by_a_nul(void **state)
{
	(void)state;
	char *whole = tend_strdup("whole"), *part = tend_strndup("whole", 3),
	     *none = tend_strndup("", 0);
	assert_string_equal(whole, "whole");
	assert_string_equal(part, "who");
	assert_string_equal(none, "");
	assert_null(tend_strdup(NULL));
	free(whole);
	free(part);
	free(none);
}

static void formatting_allocates_what_it_needs(void **state)
{
	(void)state;
	char *empty = tend_format("%s", ""), *wide = tend_format("%5000d|%s", 7, "中文");
	assert_string_equal(empty, "");
	assert_int_equal(strlen(wide), 5000 + 1 + 6);
	assert_string_equal(wide + 4999, "7|中文");
	free(empty);
	free(wide);
}

static void an_arena_gives_zeroed_aligned_blocks_of_any_size(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	char *blocks[400];
	for (size_t i = 0; i < 400; i++) {
		size_t size = i * i % 7919 + (i % 50 == 0 ? 40000 : 0);
		blocks[i] = tend_arena_alloc(&arena, size + 1);
		assert_int_equal((uintptr_t)blocks[i] % alignof(max_align_t), 0);
		for (size_t j = 0; j <= size; j++) {
			assert_int_equal(blocks[i][j], 0);
		}
		memset(blocks[i], (int)(i % 250) + 1, size + 1);
	}
	for (size_t i = 0; i < 400; i++) {
		size_t size = i * i % 7919 + (i % 50 == 0 ? 40000 : 0);
		for (size_t j = 0; j <= size; j++) {
			assert_int_equal((unsigned char)blocks[i][j], i % 250 + 1);
		}
	}
	tend_arena_finish(&arena);
	assert_null(arena.blocks);
	assert_string_equal(tend_arena_strdup(&arena, "again"), "again");
	tend_arena_finish(&arena);
	tend_arena_finish(&arena);
}

static void a_cleared_arena_gives_zeroes_again(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	tend_arena_clear(&arena);
	assert_null(arena.blocks);
	for (int round = 0; round < 3; round++) {
		unsigned char *bytes = NULL;
		for (int i = 0; i < 100; i++) {
			bytes = tend_arena_alloc(&arena, 1000);
			for (size_t k = 0; k < 1000; k++) {
				assert_int_equal(bytes[k], 0);
			}
			memset(bytes, 0xAA, 1000);
		}
		(void)tend_arena_alloc(&arena, 1000000);
		tend_arena_clear(&arena);
	}
	tend_arena_finish(&arena);
}

static void an_arena_copies_and_formats(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	assert_null(tend_arena_strdup(&arena, NULL));
	assert_string_equal(tend_arena_strdup(&arena, "text"), "text");
	assert_string_equal(tend_arena_strndup(&arena, "text", 2), "te");
	assert_string_equal(tend_arena_strndup(&arena, "", 0), "");
	assert_string_equal(tend_arena_format(&arena, "%d %s", 3, "days"), "3 days");
	assert_string_equal(tend_arena_format(&arena, "%s", ""), "");
	tend_arena_finish(&arena);
}

static void leave_a_mark(void)
{
	(void)!write(STDOUT_FILENO, "restored", 8);
}

static void running_out_of_memory_restores_and_aborts(void **state)
{
	(void)state;
	char *dir = support_make_dir();
	const char *out = support_path(dir, "out"), *err = support_path(dir, "err");
	(void)fflush(NULL);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)signal(SIGABRT, SIG_DFL);
		(void)dup2(open(out, O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
		(void)dup2(open(err, O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
		tend_oom_hook(leave_a_mark);
		(void)tend_realloc(NULL, SIZE_MAX, 2);
		_exit(0);
	}
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	char *printed = support_read(out, NULL), *message = support_read(err, NULL);
	assert_same_text(printed, "restored");
	assert_non_null(strstr(message, "out of memory"));
	free(printed);
	free(message);
	support_remove_dir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fresh_memory_is_zeroed),
		cmocka_unit_test(growing_keeps_what_is_there),
		cmocka_unit_test(copies_are_ended_by_a_nul),
		cmocka_unit_test(formatting_allocates_what_it_needs),
		cmocka_unit_test(an_arena_gives_zeroed_aligned_blocks_of_any_size),
		cmocka_unit_test(a_cleared_arena_gives_zeroes_again),
		cmocka_unit_test(an_arena_copies_and_formats),
		cmocka_unit_test(running_out_of_memory_restores_and_aborts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

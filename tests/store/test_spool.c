/* SPDX-License-Identifier: MIT */
/* Gathered writes of a journal against a plain array, with a disk that refuses some of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "shim.h"
#include "sqlite/spool.h"

enum { SIZE = 300 * 1024, STEPS = 4000 };

static bool refuses;
static int writes;

static int watch(enum shim_call call, const char *path, const void *data, int n, sqlite3_int64 at)
{
	(void)path;
	(void)data;
	(void)n;
	(void)at;
	writes += call == SHIM_WRITE;
	return refuses && (call == SHIM_WRITE || call == SHIM_SYNC) ? SQLITE_FULL : SQLITE_OK;
}

struct journal {
	char *dir;
	const char *path;
	struct spool *spool;
	const char *name; /* of the file, as SQLite wants it */
	sqlite3_file *file;
	unsigned char *expected;
	sqlite3_int64 size;
};

static int set_up(void **state)
{
	struct journal *j = tend_alloc(sizeof(*j));
	const char *system = NULL;
	shim_set(watch);
	refuses = false;
	writes = 0;
	j->dir = support_make_dir();
	const char *db = support_path(j->dir, "x.db");
	support_write_text(db, "");
	j->path = support_path(j->dir, "x.db-journal");
	j->spool = spool_create(&system);
	sqlite3_vfs *vfs = sqlite3_vfs_find(system);
	assert_non_null(vfs);
	j->name = sqlite3_create_filename(db, j->path, "", 0, NULL);
	j->file = tend_calloc(1, (size_t)vfs->szOsFile);
	int flags = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	assert_int_equal(vfs->xOpen(vfs, sqlite3_filename_journal(j->name), j->file, flags, &flags),
		SQLITE_OK);
	j->expected = tend_calloc(1, SIZE);
	*state = j;
	return 0;
}

static int tear_down(void **state)
{
	struct journal *j = *state;
	free(j->file);
	sqlite3_free_filename(j->name);
	spool_destroy(j->spool);
	support_remove_dir(j->dir);
	free(j->expected);
	free(j);
	shim_set(NULL);
	return 0;
}

static void put(struct journal *j, struct support_random *r, sqlite3_int64 at, int n)
{
	unsigned char data[4096];
	for (int i = 0; i < n; i++) {
		data[i] = (unsigned char)(1 + support_random(r, 255));
	}
	if (j->file->pMethods->xWrite(j->file, data, n, at) == SQLITE_OK) {
		memcpy(j->expected + at, data, (size_t)n);
		j->size = at + n > j->size ? at + n : j->size;
	} else {
		assert_true(refuses);
	}
}

static void compare(struct journal *j, struct support_random *r)
{
	unsigned char data[8192];
	sqlite3_int64 at = support_random(r, (unsigned)j->size + 100), size = 0;
	int n = 1 + (int)support_random(r, sizeof(data));
	n = at + n > SIZE ? (int)(SIZE - at) : n;
	int code = j->file->pMethods->xRead(j->file, data, n, at);
	assert_int_equal(code, at + n <= j->size ? SQLITE_OK : SQLITE_IOERR_SHORT_READ);
	assert_memory_equal(data, j->expected + at, n);
	assert_int_equal(j->file->pMethods->xFileSize(j->file, &size), SQLITE_OK);
	assert_int_equal(size, j->size);
}

static void shorten(struct journal *j, struct support_random *r)
{
	sqlite3_int64 size =
		support_random(r, 3) == 0 ? 0 : support_random(r, (unsigned)j->size + 1);
	if (j->file->pMethods->xTruncate(j->file, size) == SQLITE_OK) {
		memset(j->expected + size, 0, (size_t)(SIZE - size));
		j->size = size;
	} else {
		assert_true(refuses);
	}
}

static void what_was_written_is_read_whatever_the_disk_takes(void **state)
{
	struct journal *j = *state;
	struct support_random r = {5};
	for (int i = 0; i < STEPS; i++) {
		unsigned what = support_random(&r, 100);
		refuses = support_random(&r, 20) == 0 ? !refuses : refuses;
		if (what < 80 && j->size + 4104 < SIZE) { /* as a page is journalled */
			put(j, &r, j->size, 4);
			put(j, &r, j->size, 4096);
			put(j, &r, j->size, 4);
		} else if (what < 90) {
			put(j, &r, support_random(&r, (unsigned)j->size / 2 + 1), 28);
		} else if (what < 93 || j->size + 4104 >= SIZE) {
			shorten(j, &r);
		} else {
			(void)j->file->pMethods->xSync(j->file, SQLITE_SYNC_NORMAL);
		}
		compare(j, &r);
	}
	refuses = false;
	assert_int_equal(j->file->pMethods->xSync(j->file, SQLITE_SYNC_NORMAL), SQLITE_OK);
	size_t n = 0;
	char *stored = support_read(j->path, &n);
	assert_int_equal(n, j->size);
	assert_memory_equal(stored, j->expected, n);
	free(stored);
	assert_int_equal(j->file->pMethods->xClose(j->file), SQLITE_OK);
}

static void small_pieces_are_written_together(void **state)
{
	struct journal *j = *state;
	struct support_random r = {6};
	for (int i = 0; i < 3 * 60; i++) {
		put(j, &r, j->size, i % 3 == 1 ? 1024 : 4);
	}
	assert_int_equal(writes, 0); /* fewer than 64 KiB */
	assert_int_equal(j->file->pMethods->xSync(j->file, SQLITE_SYNC_NORMAL), SQLITE_OK);
	assert_int_equal(writes, 1);
	assert_int_equal(j->file->pMethods->xClose(j->file), SQLITE_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_was_written_is_read_whatever_the_disk_takes),
		TEST(small_pieces_are_written_together),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

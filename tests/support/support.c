/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* nftw, mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support.h"

char *support_make_dir(void)
{
	const char *parent = getenv("TMPDIR");
	char *dir = calloc(1, 4096);
	assert_non_null(dir);
	(void)snprintf(dir, 4096, "%s/tend-test-XXXXXX", parent != NULL ? parent : "/tmp");
	assert_non_null(mkdtemp(dir));
	return dir;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int open_up(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)ftw;
	if (type == FTW_D || type == FTW_DNR) {
		(void)chmod(path, (st->st_mode & 07777) | 0700);
	}
	return 0;
}

void support_remove_dir(char *dir)
{
	if (dir != NULL) {
		(void)nftw(dir, open_up, 16, FTW_PHYS);
		(void)nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
		free(dir);
	}
}

const char *support_path(const char *dir, const char *name)
{
	static char paths[8][4096];
	static unsigned next;
	char *path = paths[next++ % 8];
	(void)snprintf(path, sizeof(paths[0]), "%s/%s", dir, name);
	return path;
}

char *support_read(const char *path, size_t *ret_size)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) {
		return NULL;
	}
	size_t size = 0, cap = 65536;
	char *data = malloc(cap + 1);
	assert_non_null(data);
	size_t n;
	while ((n = fread(data + size, 1, cap - size, f)) > 0) {
		size += n;
		if (size == cap) {
			cap *= 2;
			data = realloc(data, cap + 1);
			assert_non_null(data);
		}
	}
	(void)fclose(f);
	data[size] = '\0';
	if (ret_size != NULL) {
		*ret_size = size;
	}
	return data;
}

void support_write(const char *path, const void *data, size_t n)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(data, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

void support_write_text(const char *path, const char *text)
{
	support_write(path, text, strlen(text));
}

bool support_exists(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0;
}

int support_mode(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 ? (int)(st.st_mode & 07777) : -1;
}

size_t support_count_entries(const char *dir)
{
	DIR *d = opendir(dir);
	assert_non_null(d);
	size_t n = 0;
	for (const struct dirent *entry; (entry = readdir(d)) != NULL;) {
		n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	}
	(void)closedir(d);
	return n;
}

void support_assert_same_text(const char *actual, const char *expected, const char *file, int line)
{
	if (actual == NULL || expected == NULL) {
		if (actual != expected) {
			print_error("one of the texts is NULL\n");
			_fail(file, line);
		}
		return;
	}
	const char *a = actual, *b = expected;
	for (int number = 1; *a != '\0' || *b != '\0'; number++) {
		size_t an = strcspn(a, "\n"), bn = strcspn(b, "\n");
		if (an != bn || memcmp(a, b, an) != 0 || a[an] != b[bn]) {
			print_error("line %d differs:\n  expected: %.*s%s\n  actual:   %.*s%s\n",
				number, (int)bn, b, b[bn] == '\n' ? "" : " (no newline)", (int)an,
				a, a[an] == '\n' ? "" : " (no newline)");
			print_error("the whole actual text:\n%s\n", actual);
			_fail(file, line);
		}
		a += an + (a[an] == '\n');
		b += bn + (b[bn] == '\n');
	}
}

unsigned support_random(struct support_random *r, unsigned below)
{
	r->state ^= r->state << 13;
	r->state ^= r->state >> 7;
	r->state ^= r->state << 17;
	return (unsigned)((r->state >> 16) % below);
}

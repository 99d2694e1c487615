/* SPDX-License-Identifier: MIT */
/*
 * The power cut: what a series of edits writes and syncs is written down. A cut at a random place leaves
 * all that was synced and a random part, in sectors, of what was not. Each such pair of files is opened:
 * it has to be sound, and to be the book as it was at the last commit that was told, or at the one that
 * was on its way. A disk that lies about syncing has to be found out, or this test could not fail.
 * usage: power_store IMAGES
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"
#include "shim.h"

enum { SECTOR = 512, EDITS = 40, FILES = 2 };

struct call {
	enum shim_call call;
	int file; /* 0 the store, 1 its journal */
	sqlite3_int64 at;
	int n;
	char *data;
	char *told; /* instead of a call: the book as it was when a commit was told */
};

static struct {
	struct call *items;
	size_t n, cap;
} tape;

static int write_down(
	enum shim_call call, const char *path, const void *data, int n, sqlite3_int64 at)
{
	if (path == NULL || (call & (SHIM_WRITE | SHIM_TRUNCATE | SHIM_SYNC)) == 0) {
		return SQLITE_OK;
	}
	struct call *c = TEND_PUSH(&tape);
	c->call = call;
	c->file = strstr(path, "-journal") != NULL;
	c->at = at;
	c->n = n;
	if (n > 0) {
		c->data = tend_alloc((size_t)n);
		memcpy(c->data, data, (size_t)n);
	}
	return SQLITE_OK;
}

static void tell(struct book *b)
{
	shim_set(NULL);
	char *told = book_dump(b);
	shim_set(write_down);
	struct call *c = TEND_PUSH(&tape);
	c->told = told;
}

struct image {
	char *data;
	size_t n, cap;
};

static void image_write(struct image *f, const char *data, size_t n, size_t at)
{
	if (at + n > f->cap) {
		f->cap = (at + n) * 2;
		f->data = tend_realloc(f->data, f->cap, 1);
	}
	if (at > f->n) {
		memset(f->data + f->n, 0, at - f->n);
	}
	memcpy(f->data + at, data, n);
	f->n = at + n > f->n ? at + n : f->n;
}

static void image_do(struct image *f, const struct call *c)
{
	if (c->call == SHIM_WRITE) {
		image_write(f, c->data, (size_t)c->n, (size_t)c->at);
	} else if (c->call == SHIM_TRUNCATE && (size_t)c->at < f->n) {
		f->n = (size_t)c->at;
	}
}

/* Some sectors of a write, or a truncation or not. */
static void image_do_partly(struct image *f, const struct call *c, struct support_random *random)
{
	if (c->call == SHIM_TRUNCATE) {
		if (support_random(random, 2) == 0) {
			image_do(f, c);
		}
		return;
	}
	unsigned luck = 1 + support_random(random, 4); /* few to nearly all */
	for (int done = 0; c->call == SHIM_WRITE && done < c->n;) {
		int until = (int)((c->at + done) / SECTOR + 1) * SECTOR - (int)c->at;
		int n = (until < c->n ? until : c->n) - done;
		if (support_random(random, 5) < luck) {
			image_write(f, c->data + done, (size_t)n, (size_t)c->at + (size_t)done);
		}
		done += n;
	}
}

static size_t last_sync(int file, size_t cut)
{
	for (size_t i = cut; i > 0; i--) {
		const struct call *c = &tape.items[i - 1];
		if (c->told == NULL && c->call == SHIM_SYNC && c->file == file) {
			return i;
		}
	}
	return 0;
}

/* What the disk holds after a cut before call `cut`. */
static void develop(struct image *f, int file, size_t cut, bool lies, struct support_random *random)
{
	size_t sure = lies ? 0 : last_sync(file, cut);
	for (size_t i = 0; i < cut; i++) {
		const struct call *c = &tape.items[i];
		if (c->told != NULL || c->file != file) {
			continue;
		}
		/* a disk that lies still writes most of the older things */
		if (i < sure || (lies && i + 40 < cut)) {
			image_do(f, c);
		} else {
			image_do_partly(f, c, random);
		}
	}
}

static void copy_image(struct image *to, const struct image *from)
{
	*to = (struct image){0};
	if (from->n > 0) {
		image_write(to, from->data, from->n, 0);
	}
}

static bool is_sound(struct book *b, const char *path, const char *before, const char *after)
{
	struct tend_store *s = NULL;
	struct tend_findings findings;
	if (tend_store_open(path, 0, &s, &b->err) != TEND_OK) {
		return false;
	}
	tend_findings_init(&findings, path);
	bool sound = tend_store_check(s, &findings, &b->err) == TEND_OK && findings.n == 0;
	tend_findings_finish(&findings);
	tend_store_close(s);
	if (sound) {
		struct book copy = {.path = (char *)path};
		char *dump = book_dump(&copy);
		sound = strcmp(dump, before) == 0 || (after != NULL && strcmp(dump, after) == 0);
		free(dump);
	}
	return sound;
}

/* The book as told before and after the cut. */
static void told_around(size_t cut, const char **before, const char **after)
{
	*before = *after = NULL;
	for (size_t i = 0; i < tape.n && *after == NULL; i++) {
		if (tape.items[i].told != NULL && i < cut) {
			*before = tape.items[i].told;
		} else if (tape.items[i].told != NULL) {
			*after = tape.items[i].told;
		}
	}
}

static bool survives(
	struct book *b, const struct image start[FILES], bool lies, struct support_random *random)
{
	const char *path = support_path(b->dir, "cut.db");
	const char *paths[FILES] = {path, support_path(b->dir, "cut.db-journal")};
	const char *before, *after;
	size_t cut = 1 + support_random(random, (unsigned)tape.n);
	for (int file = 0; file < FILES; file++) {
		struct image f;
		copy_image(&f, &start[file]);
		develop(&f, file, cut, lies, random);
		support_write(paths[file], f.data != NULL ? f.data : "", f.n);
		free(f.data);
	}
	told_around(cut, &before, &after);
	return before == NULL || is_sound(b, path, before, after);
}

static void add_rows(struct book *b, int64_t customer, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		(void)book_add_activity(b, customer, (int)i, "a call about the renewal");
	}
}

static void edit_all(struct book *b, struct support_random *random)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	tell(b);
	for (int i = 0; i < EDITS; i++) {
		unsigned what = support_random(random, 4);
		if (what == 0) {
			(void)tend_store_undo(b->store, 1, DAY(1), &arena, &row, &b->err);
		} else if (what == 1) {
			(void)tend_store_redo(b->store, 1, DAY(1), &arena, &row, &b->err);
		} else {
			book_begin(b, "add");
			add_rows(b, 1, what == 2 ? 1 : 1 + support_random(random, 60));
			(void)book_commit(b, "added");
		}
		tell(b);
	}
	tend_arena_finish(&arena);
}

static int images = 600;

static void no_cut_loses_what_was_told(void **state)
{
	struct book *b = *state;
	struct support_random random = {.state = 42};
	book_begin(b, "add");
	(void)book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "added");
	shim_set(NULL);
	book_reopen(b); /* through the shim */
	struct image start[FILES] = {{0}};
	size_t n;
	char *data = support_read(b->path, &n);
	image_write(&start[0], data, n, 0);
	free(data);
	shim_set(write_down);
	edit_all(b, &random);
	shim_set(NULL);
	int lost = 0, found = 0;
	for (int i = 0; i < images; i++) {
		lost += !survives(b, start, false, &random);
		if (lost > 0) {
			print_error("image %d: %s\n", i, b->err.text);
			fail();
		}
	}
	for (int i = 0; i < images / 4; i++) {
		found += !survives(b, start, true, &random);
	}
	print_message("%d images of %zu calls, 0 damaged or lost; %d of %d where the disk lies\n",
		images, tape.n, found, images / 4);
	assert_true(found > 0);
	for (size_t i = 0; i < tape.n; i++) {
		free(tape.items[i].data);
		free(tape.items[i].told);
	}
	free(tape.items);
	free(start[0].data);
}

int main(int argc, char **argv)
{
	long long n;
	if (argc > 1 && tend_parse_int(argv[1], &n) && n > 0 && n <= 1000000) {
		images = (int)n;
	}
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(
		no_cut_loses_what_was_told, book_setup, book_teardown)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

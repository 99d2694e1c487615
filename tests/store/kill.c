/* SPDX-License-Identifier: MIT */
/*
 * The kill storm: a child edits, imports, undoes and redoes, and tells each commit; it is killed after
 * 2 to 30 ms. Whatever was told must be there, whatever was not told must be there as a whole or not at
 * all, and the store must be sound. usage: kill_store KILLS
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"

enum { ROUND = 30, ENTRIES_MAX = 20000, IMPORT_ROWS = 400 };

/* What the child tells: that it is within a transaction, or what it committed. */
struct word {
	char kind; /* o: opened, b: begun, a: added, u: undone, r: redone, n: nothing to do */
	int64_t entry;
};

struct ledger {
	char undone[ENTRIES_MAX]; /* by entry */
	int64_t last; /* the newest entry that was told */
	char flight; /* the word of a transaction whose end was not told; 0 where none was open */
	long told;
};

static void tell(int fd, char kind, int64_t entry)
{
	struct word w;
	memset(&w, 0, sizeof(w));
	w.kind = kind;
	w.entry = entry;
	if (write(fd, &w, sizeof(w)) != (ssize_t)sizeof(w)) {
		_exit(2);
	}
}

static void insert_rows(struct tend_store *s, struct support_random *random, int n)
{
	int64_t id;
	for (int i = 0; i < n; i++) {
		struct tend_activity a;
		tend_record_clear(&tend_activity_type, &a);
		a.customer_id = 1;
		a.date = DAY((int)support_random(random, 20000));
		a.text = "a call about the renewal";
		if (tend_store_insert(s, &tend_activity_type, &a, &id, NULL) != TEND_OK) {
			_exit(3);
		}
	}
}

static void add_entry(struct tend_store *s, struct support_random *random, int fd, int64_t *last)
{
	const struct tend_journal_entry entry = {
		.at = 1, .day = DAY(1), .actor = "k", .command = "add"};
	if (tend_store_begin(s, &entry, NULL) != TEND_OK) {
		_exit(4);
	}
	tell(fd, 'b', 0);
	insert_rows(s, random, support_random(random, 6) == 0 ? IMPORT_ROWS : 1);
	if (tend_store_commit(s, "added", NULL, NULL) != TEND_OK) {
		_exit(5);
	}
	tell(fd, 'a', ++*last);
}

static void travel(struct tend_store *s, bool back, int fd)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	if (tend_store_begin(s, NULL, NULL) != TEND_OK) {
		_exit(6);
	}
	tell(fd, 'b', back ? 'u' : 'r');
	enum tend_status status = back ? tend_store_undo(s, 1, DAY(1), &arena, &row, NULL)
				       : tend_store_redo(s, 1, DAY(1), &arena, &row, NULL);
	if (status == TEND_OK && tend_store_commit(s, NULL, NULL, NULL) == TEND_OK) {
		tell(fd, back ? 'u' : 'r', row.id);
	} else if (status == TEND_NOT_FOUND) {
		tend_store_rollback(s);
		tell(fd, 'n', 0);
	} else {
		_exit(7);
	}
	tend_arena_finish(&arena);
}

static _Noreturn void work(const char *path, unsigned seed, int fd, int64_t last)
{
	struct support_random random = {.state = seed};
	struct tend_store *s = NULL;
	if (tend_store_open(path, 0, &s, NULL) != TEND_OK) {
		_exit(8);
	}
	tell(fd, 'o', 0);
	for (;;) {
		switch (support_random(&random, 5)) {
		case 0:
			travel(s, true, fd);
			break;
		case 1:
			travel(s, false, fd);
			break;
		default:
			add_entry(s, &random, fd, &last);
			break;
		}
	}
}

static void listen_to(int fd, struct ledger *ledger)
{
	struct word w;
	ledger->flight = 0;
	while (read(fd, &w, sizeof(w)) == (ssize_t)sizeof(w)) {
		ledger->flight = 0;
		ledger->told += w.kind != 'b' && w.kind != 'n';
		if (w.kind == 'b') {
			ledger->flight = w.entry != 0 ? (char)w.entry : 'a';
		} else if (w.kind == 'a') {
			ledger->last = w.entry;
			ledger->undone[w.entry] = 0;
		} else if (w.kind == 'u' || w.kind == 'r') {
			ledger->undone[w.entry] = w.kind == 'u';
		}
	}
}

/* Holds the entries of the store against what was told, and takes over what was not. */
static void compare(struct book *b, struct ledger *ledger)
{
	struct tend_list list;
	book_read_of(b, TEND_READ_HISTORY, &tend_history_type, -1, &list);
	int64_t newest = list.n > 0 ? ((struct tend_history_row *)tend_list_at(&list, 0))->id : 0;
	int64_t rows = 0;
	int differing = 0;
	assert_true(
		newest == ledger->last || (newest == ledger->last + 1 && ledger->flight == 'a'));
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_history_row *r = tend_list_at(&list, i);
		rows += r->undone ? 0 : r->changes;
		if (r->id <= ledger->last && (char)r->undone != ledger->undone[r->id]) {
			differing++;
			assert_int_equal(ledger->flight, r->undone ? 'u' : 'r');
		}
		ledger->undone[r->id] = (char)r->undone;
	}
	assert_true(differing <= 1);
	assert_int_equal((int64_t)list.n, newest);
	ledger->last = newest;
	tend_list_finish(&list);
	book_read_of(b, BOOK_RECORDS, &tend_activity_type, 1, &list);
	assert_int_equal(list.n, rows); /* whole entries only */
	tend_list_finish(&list);
}

static void check(struct book *b)
{
	struct tend_findings findings;
	tend_findings_init(&findings, b->path);
	assert_done(b, tend_store_check(b->store, &findings, &b->err));
	if (findings.n > 0) {
		print_error("check: %s\n", findings.items[0].text);
		fail();
	}
	tend_findings_finish(&findings);
}

static void kill_once(struct book *b, struct ledger *ledger, struct support_random *random)
{
	int words[2];
	assert_int_equal(pipe(words), 0);
	tend_store_close(b->store);
	b->store = NULL;
	pid_t child = fork();
	if (child == 0) {
		(void)close(words[0]);
		work(b->path, 1 + support_random(random, 1u << 30), words[1], ledger->last);
	}
	(void)close(words[1]);
	struct word opened;
	assert_int_equal(read(words[0], &opened, sizeof(opened)), sizeof(opened));
	assert_int_equal(opened.kind, 'o');
	long ms = 2 + (long)support_random(random, 29);
	(void)nanosleep(&(struct timespec){.tv_nsec = ms * 1000000}, NULL);
	(void)kill(child, SIGKILL);
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status)) {
		print_error("the child ended by itself: %d\n", WEXITSTATUS(status));
		fail();
	}
	listen_to(words[0], ledger);
	(void)close(words[0]);
	assert_done(b, tend_store_open(b->path, 0, &b->store, &b->err));
	compare(b, ledger);
	check(b);
}

/* By turns on the disk, where commits wait, and in memory, where there are many. */
static void next_folder(int round)
{
	if (round % 2 == 1 && support_exists("/dev/shm")) {
		(void)setenv("TMPDIR", "/dev/shm", 1);
	} else {
		(void)unsetenv("TMPDIR");
	}
}

static int kills = 300;

static void nothing_that_was_told_is_lost(void **state)
{
	(void)state;
	struct support_random random = {.state = 20261116};
	struct ledger *ledger = tend_alloc(sizeof(*ledger));
	long open = 0, told = 0;
	void *book = NULL;
	for (int i = 0; i < kills; i++) {
		if (i % ROUND == 0) { /* a new store: a check of a large one takes its time */
			if (book != NULL) {
				(void)book_teardown(&book);
			}
			next_folder(i / ROUND);
			(void)book_setup(&book);
			told += ledger->told;
			memset(ledger, 0, sizeof(*ledger));
			assert_done((struct book *)book,
				tend_store_begin(((struct book *)book)->store, NULL,
					&((struct book *)book)->err));
			(void)book_add_customer(book, "acme", "Acme");
			(void)book_commit(book, NULL);
		}
		kill_once(book, ledger, &random);
		open += ledger->flight != 0;
	}
	told += ledger->told;
	(void)book_teardown(&book);
	print_message("%d kills, %ld within an open transaction, %ld commits told, 0 lost\n", kills,
		open, told);
	free(ledger);
}

int main(int argc, char **argv)
{
	long long n;
	if (argc > 1 && tend_parse_int(argv[1], &n) && n > 0 && n <= 100000) {
		kills = (int)n;
	}
	const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_that_was_told_is_lost)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

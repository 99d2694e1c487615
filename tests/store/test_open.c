/* SPDX-License-Identifier: MIT */
/* Files that are no stores, no longer stores, or stores that somebody prepared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <support.h>
#include <tend/mem.h>

#include "book.h"

/* A closed store with a customer in DIR/victim.db. */
static const char *make_victim(struct book *b)
{
	if (book_number(b->path, "SELECT count(*) FROM customer") == 0) {
		book_begin(b, "add");
		int64_t id = book_add_customer(b, "acme", "Acme");
		for (int i = 0; i < 200; i++) {
			(void)book_add_activity(
				b, id, i, "a call about the renewal of the contract");
		}
		(void)book_commit(b, "added");
	}
	const char *path = support_path(b->dir, "victim.db");
	(void)unlink(path);
	size_t n;
	char *data = support_read(b->path, &n);
	support_write(path, data, n);
	free(data);
	return path;
}

static void edit_schema(const char *path, const char *sql)
{
	char *all = tend_format("PRAGMA writable_schema = ON; %s", sql);
	book_execute(path, all);
	free(all);
}

/* Opens it, holds that it is refused with `part` in the message, quickly, and that no byte changed. */
static void assert_refused(
	const char *name, const char *path, enum tend_status status, const char *part)
{
	struct stat st;
	size_t before_n = 0, after_n = 0;
	bool regular = stat(path, &st) == 0 && S_ISREG(st.st_mode);
	char *before = regular ? support_read(path, &before_n) : NULL;
	struct tend_store *s = NULL;
	struct tend_error err = {0};
	time_t start = time(NULL);
	enum tend_status actual = tend_store_open(path, 0, &s, &err);
	if (actual != status || strstr(err.text, part) == NULL || strstr(err.text, path) == NULL) {
		print_error("%s: status %d, \"%s\"\n", name, (int)actual, err.text);
		fail();
	}
	assert_true(time(NULL) - start <= 2);
	if (regular) {
		char *after = support_read(path, &after_n);
		assert_int_equal(after_n, before_n);
		assert_memory_equal(after, before, before_n);
		free(after);
		free(before);
	}
}

static void prepared_schemas_are_refused(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *name, *sql, *part;
	} rows[] = {
		{"a trigger",
			"CREATE TRIGGER t AFTER UPDATE ON customer BEGIN DELETE FROM customer; END",
			"refused"},
		{"a trigger by the name of statistics",
			"PRAGMA writable_schema = ON; CREATE TRIGGER t AFTER UPDATE ON customer "
			"BEGIN DELETE FROM customer; END; UPDATE sqlite_schema SET name = "
			"'sqlite_stat9', sql = replace(sql, 'TRIGGER t ', 'TRIGGER sqlite_stat9 ') "
			"WHERE name = 't'",
			"refused"},
		{"a trigger on reading's tables",
			"CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM customer; END",
			"refused"},
		{"a view", "CREATE VIEW v AS SELECT * FROM customer", "refused"},
		{"a view in a table's place",
			"DROP TABLE today_row; CREATE VIEW today_row AS SELECT 1", "refused"},
		{"a view without an end",
			"CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 "
			"FROM r) "
			"SELECT * FROM r",
			"refused"},
		{"a table", "CREATE TABLE x (a)", "refused"},
		{"an index", "CREATE INDEX x ON customer (owner)", "refused"},
		{"an index on an expression", "CREATE INDEX x ON customer (length(owner))",
			"refused"},
		{"a table less", "DROP TABLE churn", "refused"},
		{"an index less", "DROP INDEX customer_name", "refused"},
		{"a column more", "ALTER TABLE customer ADD COLUMN x TEXT", "refused"},
		{"a column of another name", "ALTER TABLE customer RENAME COLUMN owner TO x",
			"refused"},
		{"a virtual table", "CREATE VIRTUAL TABLE x USING fts5(a)", "refused"},
		{"a newer version", "PRAGMA user_version = 99", "newer tend (schema 99"},
		{"no version", "PRAGMA user_version = 0", "another program's database"},
		{"a negative version", "PRAGMA user_version = -1", "another program's database"},
		{"another program's number", "PRAGMA application_id = 7",
			"another program's database"},
		{"another program's table", "PRAGMA application_id = 0; CREATE TABLE x (a)",
			"another program's database"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path = make_victim(b);
		book_execute(path, rows[i].sql);
		assert_refused(rows[i].name, path, TEND_UNAVAILABLE, rows[i].part);
	}
}

static void schemas_that_cannot_be_read_are_refused(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *name, *sql, *part;
	} rows[] = {
		{"no SQL", "UPDATE sqlite_schema SET sql = 'rubbish' WHERE name = 'churn'",
			"damaged"},
		{"a table twice",
			"UPDATE sqlite_schema SET name = 'churn', tbl_name = 'churn' "
			"WHERE name = 'alert' AND type = 'table'",
			""},
		{"a root page beyond the end",
			"UPDATE sqlite_schema SET rootpage = 100000 WHERE name = 'churn'", ""},
		{"another index's text",
			"UPDATE sqlite_schema SET sql = replace(sql, '(name)', '(owner)') "
			"WHERE name = 'customer_name'",
			"refused"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *path = make_victim(b);
		edit_schema(path, rows[i].sql);
		struct tend_store *s = NULL;
		struct tend_error err = {0};
		enum tend_status status = tend_store_open(path, 0, &s, &err);
		if (status == TEND_OK) { /* the schema reads well: the check has to find it */
			struct tend_findings findings;
			tend_findings_init(&findings, path);
			(void)tend_store_check(s, &findings, &err);
			assert_true(findings.errors > 0);
			tend_findings_finish(&findings);
		} else {
			assert_int_equal(status, TEND_UNAVAILABLE);
			assert_non_null(strstr(err.text, rows[i].part));
		}
		tend_store_close(s);
	}
}

static void what_is_no_database_is_no_store(void **state)
{
	struct book *b = *state;
	static const char text[] = "key,name,started\nacme,Acme,2026-01-01\n";
	char page[4096] = "SQLite format 3";
	const char *path = support_path(b->dir, "x.db");
	assert_refused("nothing", path, TEND_UNAVAILABLE, "there is no store; make one with");
	assert_refused("a folder", b->dir, TEND_UNAVAILABLE, "a folder is not a store");
	support_write(path, "", 0);
	assert_refused("an empty file", path, TEND_UNAVAILABLE, "the file is empty");
	support_write(path, "x", 1);
	assert_refused("one byte", path, TEND_UNAVAILABLE, "not a store");
	support_write_text(path, text);
	assert_refused("a text", path, TEND_UNAVAILABLE, "not a store");
	support_write(path, page, 16);
	assert_refused("16 bytes of a header", path, TEND_UNAVAILABLE, "not a store");
	support_write(path, page, sizeof(page));
	assert_refused("a header and zeros", path, TEND_UNAVAILABLE, "not a store");
	(void)unlink(path);
	book_execute(path, "CREATE TABLE t (a)");
	assert_refused("another database", path, TEND_UNAVAILABLE, "another program's database");
	(void)unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_refused("a pipe", path, TEND_UNAVAILABLE, "not a regular file");
	(void)unlink(path);
	assert_refused("a device", "/dev/null", TEND_UNAVAILABLE, "not a regular file");
	assert_refused("a missing folder", support_path(b->dir, "none/x.db"), TEND_UNAVAILABLE,
		"there is no store");
	assert_refused("a file as a folder", support_path(b->path, "x.db"), TEND_UNAVAILABLE,
		"cannot be opened");
	struct tend_store *s = NULL;
	assert_int_equal(tend_store_open("postgresql://h/db", 0, &s, &b->err), TEND_UNAVAILABLE);
	assert_non_null(strstr(b->err.text, "a server's address cannot be opened"));
	assert_refused("a name of SQLite's", ":memory:", TEND_UNAVAILABLE, "there is no store");
	assert_refused("an address of SQLite's", "file:x?mode=memory", TEND_UNAVAILABLE,
		"there is no store");
}

static void a_socket_is_no_store(void **state)
{
	struct book *b = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s/s", b->dir);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_refused("a socket", address.sun_path, TEND_UNAVAILABLE, "not a regular file");
	(void)close(fd);
}

static void a_link_to_a_store_opens(void **state)
{
	struct book *b = *state;
	const char *victim = make_victim(b);
	const char *link_path = support_path(b->dir, "link.db");
	assert_int_equal(symlink(victim, link_path), 0);
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(link_path, 0, &s, &b->err));
	tend_store_close(s);
	const char *dangling = support_path(b->dir, "dangling.db");
	assert_int_equal(symlink("nowhere.db", dangling), 0);
	assert_refused("a link to nothing", dangling, TEND_UNAVAILABLE, "there is no store");
	const char *loop = support_path(b->dir, "loop.db");
	assert_int_equal(symlink("loop.db", loop), 0);
	assert_refused("a link to itself", loop, TEND_UNAVAILABLE, "cannot be opened");
}

static void put_link(const char *path, const char *other)
{
	assert_int_equal(symlink(other, path), 0);
}

static void put_pipe(const char *path, const char *other)
{
	(void)other;
	assert_int_equal(mkfifo(path, 0600), 0);
}

/* SQLite deletes the file that the end of a journal names where it takes it for one of its own. */
static void put_name(const char *path, const char *other)
{
	static const unsigned char magic[8] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
	unsigned char data[2048] = {0};
	size_t n = strlen(other);
	unsigned sum = 0;
	memcpy(data, magic, sizeof(magic));
	data[22] = 2; /* sectors of 512 bytes */
	data[26] = 0x10; /* pages of 4096 */
	data[513] = 4; /* the page that is never used */
	data[515] = 1;
	for (size_t i = 0; i < n; i++) {
		data[516 + i] = (unsigned char)other[i];
		sum += (unsigned char)other[i];
	}
	data[516 + n + 2] = (unsigned char)(n >> 8);
	data[516 + n + 3] = (unsigned char)n;
	data[516 + n + 6] = (unsigned char)(sum >> 8);
	data[516 + n + 7] = (unsigned char)sum;
	memcpy(data + 516 + n + 8, magic, sizeof(magic));
	support_write(path, data, 516 + n + 16);
}

static void a_strangers_file_beside_the_store_is_refused(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *name, *suffix, *part;
		void (*put)(const char *path, const char *other);
	} rows[] = {
		{"a link", "-journal", "not a regular file", put_link},
		{"a link", "-wal", "not a regular file", put_link},
		{"a link", "-shm", "not a regular file", put_link},
		{"a pipe", "-journal", "not a regular file", put_pipe},
		{"a journal with a name", "-journal", "names other files", put_name},
	};
	const char *path = make_victim(b);
	const char *other = support_path(b->dir, "precious");
	const char *link_path = support_path(b->dir, "link.db");
	support_write(other, "/no/such/journal", 17);
	assert_int_equal(symlink(path, link_path), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *beside = tend_format("%s%s", path, rows[i].suffix);
		(void)unlink(beside);
		rows[i].put(beside, other);
		assert_refused(rows[i].name, path, TEND_UNAVAILABLE, rows[i].part);
		struct tend_store *s = NULL; /* a link to the store does not hide it */
		assert_int_equal(tend_store_open(link_path, 0, &s, &b->err), TEND_UNAVAILABLE);
		assert_non_null(strstr(b->err.text, rows[i].part));
		assert_true(support_exists(other));
		(void)unlink(beside);
		free(beside);
	}
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(path, 0, &s, &b->err));
	tend_store_close(s);
}

static void a_store_without_its_end_is_refused(void **state)
{
	struct book *b = *state;
	static const int missing[] = {1, 100, 4095, 4096, 4097, 9000};
	for (size_t i = 0; i < sizeof(missing) / sizeof(missing[0]); i++) {
		const char *path = make_victim(b);
		struct stat st;
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(truncate(path, st.st_size - missing[i]), 0);
		assert_refused("without its end", path, TEND_UNAVAILABLE, "damaged");
	}
	/* What a failed write left behind the last page is no harm. */
	const char *path = make_victim(b);
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, st.st_size + 10000), 0);
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(path, 0, &s, &b->err));
	tend_store_close(s);
}

static void a_text_of_megabytes_is_damage(void **state)
{
	struct book *b = *state;
	const char *path = make_victim(b);
	book_execute(path, "UPDATE customer SET name = printf('%.*c', 5000000, 'x')");
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(path, 0, &s, &b->err));
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	assert_int_equal(
		tend_store_read(s, TEND_READ_CUSTOMERS, NULL, 0, &list, &b->err), TEND_UNAVAILABLE);
	assert_non_null(strstr(b->err.text, "damaged"));
	tend_list_finish(&list);
	tend_store_close(s);
}

static void a_new_store_takes_no_others_place(void **state)
{
	struct book *b = *state;
	const char *victim = make_victim(b);
	const char *text = support_path(b->dir, "text");
	support_write_text(text, "precious");
	const char *link_path = support_path(b->dir, "link.db");
	assert_int_equal(symlink(support_path(b->dir, "new.db"), link_path), 0);
	const char *const taken[] = {victim, text, link_path, b->dir};
	for (size_t i = 0; i < 4; i++) {
		struct tend_store *s = NULL;
		assert_int_equal(
			tend_store_open(taken[i], TEND_STORE_CREATE, &s, &b->err), TEND_FAILED);
		assert_non_null(strstr(b->err.text, taken[i]));
		assert_non_null(strstr(b->err.text, "there already"));
	}
	size_t n;
	char *kept = support_read(text, &n);
	assert_string_equal(kept, "precious");
	free(kept);
	assert_false(support_exists(support_path(b->dir, "new.db")));
}

static void a_new_store_makes_its_folder(void **state)
{
	struct book *b = *state;
	const char *path = support_path(b->dir, "a/b/book.db");
	struct tend_store *s = NULL;
	mode_t mask = umask(0);
	assert_done(b, tend_store_open(path, TEND_STORE_CREATE, &s, &b->err));
	(void)umask(mask);
	tend_store_close(s);
	assert_int_equal(support_mode(path), 0600);
	assert_int_equal(support_mode(support_path(b->dir, "a")), 0700);
	assert_int_equal(support_mode(support_path(b->dir, "a/b")), 0700);
}

static void a_store_for_reading_only_is_not_written(void **state)
{
	struct book *b = *state;
	const char *path = make_victim(b);
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(path, TEND_STORE_READ_ONLY, &s, &b->err));
	struct tend_list list;
	tend_list_init(&list, &tend_customer_type);
	assert_done(b, tend_store_read(s, TEND_READ_CUSTOMERS, NULL, 0, &list, &b->err));
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	assert_int_equal(tend_store_begin(s, NULL, &b->err), TEND_UNAVAILABLE);
	tend_store_close(s);
}

static void another_journal_mode_is_taken_back(void **state)
{
	struct book *b = *state;
	const char *path = make_victim(b);
	book_execute(path, "PRAGMA journal_mode = WAL");
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(path, 0, &s, &b->err));
	tend_store_close(s);
	size_t n;
	char *data = support_read(path, &n);
	assert_int_equal(data[18], 1); /* the header's word for a rollback journal */
	free(data);
}

static void statistics_of_the_planner_may_be_there(void **state)
{
	struct book *b = *state;
	const char *path = make_victim(b);
	book_execute(path, "ANALYZE");
	struct tend_store *s = NULL;
	assert_done(b, tend_store_open(path, 0, &s, &b->err));
	tend_store_close(s);
}

/* Whatever happened to the bytes: a message or a store, never a crash, never a wait. */
static void damaged_files_end_in_a_message(void **state)
{
	struct book *b = *state;
	const char *path = make_victim(b);
	size_t n;
	char *sound = support_read(path, &n);
	char *data = tend_alloc(n);
	struct support_random random = {.state = 4711};
	for (int i = 0; i < 250; i++) {
		memcpy(data, sound, n);
		size_t size = i % 5 == 0 ? support_random(&random, (unsigned)n) : n;
		for (unsigned k = 1 + support_random(&random, 20); k > 0; k--) {
			size_t area = i % 2 == 0 ? 4096 : n;
			data[support_random(&random, (unsigned)area)] =
				(char)support_random(&random, 256);
		}
		support_write(path, data, size);
		struct tend_store *s = NULL;
		struct tend_error err = {0};
		if (tend_store_open(path, 0, &s, &err) == TEND_OK) {
			struct tend_findings findings;
			tend_findings_init(&findings, path);
			(void)tend_store_check(s, &findings, &err);
			tend_findings_finish(&findings);
			struct tend_list list;
			tend_list_init(&list, &tend_activity_type);
			(void)tend_store_records(
				s, TEND_OF_ALL, (struct tend_value){0}, &list, &err);
			tend_list_finish(&list);
		} else {
			assert_true(err.text[0] != '\0');
		}
		tend_store_close(s);
	}
	free(sound);
	free(data);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		TEST(prepared_schemas_are_refused),
		TEST(schemas_that_cannot_be_read_are_refused),
		TEST(what_is_no_database_is_no_store),
		TEST(a_socket_is_no_store),
		TEST(a_link_to_a_store_opens),
		TEST(a_strangers_file_beside_the_store_is_refused),
		TEST(a_store_without_its_end_is_refused),
		TEST(a_text_of_megabytes_is_damage),
		TEST(a_new_store_takes_no_others_place),
		TEST(a_new_store_makes_its_folder),
		TEST(a_store_for_reading_only_is_not_written),
		TEST(another_journal_mode_is_taken_back),
		TEST(statistics_of_the_planner_may_be_there),
		TEST(damaged_files_end_in_a_message),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

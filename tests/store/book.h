/* SPDX-License-Identifier: MIT */
/* A store in a folder of its own, and short ways to put records into it. Include it after <cmocka.h>. */
#ifndef TEST_STORE_BOOK_H
#define TEST_STORE_BOOK_H

#include <tend/store.h>

struct book {
	char *dir, *path;
	struct tend_store *store;
	struct tend_error err;
};

#define DAY(n) ((struct tend_date){n})

/* Fails the test with the message of `book->err`. */
#define assert_done(book, status) book_assert((book), (status), __FILE__, __LINE__)
void book_assert(const struct book *b, enum tend_status status, const char *file, int line);

int book_setup(void **state); /* *state: struct book * */
int book_teardown(void **state);
void book_reopen(struct book *b);

void book_begin(struct book *b, const char *command); /* NULL: without an entry */
int64_t book_commit(struct book *b, const char *summary); /* the rows recorded */

/* Each within a transaction. */
int64_t book_add_customer(struct book *b, const char *key, const char *name);
int64_t book_add_milestone(struct book *b, int64_t customer, const char *key, int due);
int64_t book_add_item(struct book *b, int64_t milestone, int position);
int64_t book_add_alert(struct book *b, int64_t customer, const char *rule);
int64_t book_add_activity(struct book *b, int64_t customer, int day, const char *text);
int64_t book_add_point(struct book *b, int64_t customer, const char *metric, int day, double value);

/* All rows of all tables but the journal's and the derived ones, as text. The caller frees it. */
char *book_dump(struct book *b);
/* One number out of the file, by another connection. */
long long book_number(const char *path, const char *sql);
void book_execute(const char *path, const char *sql);

/* Reads a list; the caller finishes it. */
/* Instead of a read: the records of the kind of the list. */
#define BOOK_RECORDS TEND_READ_COUNT
void book_read(struct book *b, enum tend_read what, const struct tend_record_type *t,
	struct tend_list *list);
void book_read_of(struct book *b, enum tend_read what, const struct tend_record_type *t, int64_t id,
	struct tend_list *list);
struct tend_value book_int(int64_t value);
struct tend_value book_text(const char *text);
struct tend_value book_date(int day);

#endif

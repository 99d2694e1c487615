/* SPDX-License-Identifier: MIT */
/* Random sequences of edits over every table: undoing all gives the empty book, redoing all the same one. */
#include <math.h>
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

#include "book.h"

enum { ENTRIES = 40, SEEDS = 4 };

struct ids {
	int64_t items[4096];
	size_t n;
};
struct world {
	struct book *b;
	struct support_random random;
	int serial;
	struct ids customers, milestones, items, points, activities, alerts, subscriptions;
};

static unsigned pick(struct world *w, unsigned below)
{
	return support_random(&w->random, below);
}

static int64_t any(struct world *w, const struct ids *ids)
{
	return ids->n > 0 ? ids->items[pick(w, (unsigned)ids->n)] : 0;
}

static void keep(struct ids *ids, int64_t id)
{
	if (ids->n < sizeof(ids->items) / sizeof(ids->items[0])) {
		ids->items[ids->n++] = id;
	}
}

/* Texts that a journal of images could stumble over. */
static const char *text(struct world *w)
{
	static const char *const texts[] = {"plain", "", "quote \" and \\ and '",
		"line\nbreak\ttab", "中文：客户说“好”", "\x01\x1f\x7f", "{\"json\": [1, null]}",
		"null", "1e999", "🙂 emoji", "$.id", "trailing\\"};
	return texts[pick(w, sizeof(texts) / sizeof(texts[0]))];
}

static double number(struct world *w)
{
	double n = (double)pick(w, 1u << 30) / 7.0 + (double)pick(w, 1000) * 1e-9;
	return pick(w, 2) == 0 ? n : -n * 1e12;
}

static const char *fresh(struct world *w, char buf[32])
{
	(void)snprintf(buf, 32, "k-%d", w->serial++);
	return buf;
}

static void add_customer(struct world *w)
{
	char key[32];
	keep(&w->customers, book_add_customer(w->b, fresh(w, key), text(w)));
}

/* One that is still there; 0 where there is none. */
static int64_t a_customer(struct world *w)
{
	struct tend_list list;
	book_read(w->b, TEND_READ_CUSTOMER_KEYS, &tend_customer_type, &list);
	int64_t id = 0;
	if (list.n > 0) {
		id = ((struct tend_customer *)tend_list_at(&list, pick(w, (unsigned)list.n)))->id;
	}
	tend_list_finish(&list);
	return id;
}

static void add_milestone(struct world *w)
{
	char key[32];
	int64_t customer = a_customer(w);
	if (customer != 0) {
		keep(&w->milestones,
			book_add_milestone(
				w->b, customer, fresh(w, key), 19000 + (int)pick(w, 500)));
	}
}

static void add_item(struct world *w)
{
	struct tend_list list; /* those that are still there */
	book_read(w->b, TEND_READ_MILESTONES, &tend_milestone_type, &list);
	if (list.n > 0) {
		const struct tend_milestone *m = tend_list_at(&list, pick(w, (unsigned)list.n));
		keep(&w->items, book_add_item(w->b, m->id, 1 + (int)pick(w, 9)));
	}
	tend_list_finish(&list);
}

static void add_others(struct world *w)
{
	int64_t c = a_customer(w);
	if (c == 0) {
		return;
	}
	keep(&w->points, book_add_point(w->b, c, "logins", w->serial++, number(w)));
	keep(&w->activities, book_add_activity(w->b, c, (int)pick(w, 20000), text(w)));
	char key[32];
	keep(&w->alerts, book_add_alert(w->b, c, fresh(w, key)));
	struct tend_subscription s;
	tend_record_clear(&tend_subscription_type, &s);
	s.key = fresh(w, key);
	s.customer_id = c;
	s.start = DAY(19000);
	s.annual = INT64_MAX - (int64_t)pick(w, 1000);
	s.plan = text(w);
	int64_t id;
	assert_done(
		w->b, tend_store_insert(w->b->store, &tend_subscription_type, &s, &id, &w->b->err));
	keep(&w->subscriptions, id);
}

/* Sets one text or number of a record of any kind. */
static void change(struct world *w, enum tend_read read, const struct tend_record_type *t,
	const struct ids *ids, const char *field)
{
	int64_t id = any(w, ids);
	struct tend_list list;
	book_read_of(w->b, read, t, id, &list);
	const struct tend_field *f = tend_field_find(t, field);
	if (list.n > 0) {
		struct tend_value v = {.type = f->type};
		if (f->type == TEND_TEXT) {
			v.text = text(w);
			v.null = pick(w, 4) == 0;
		} else if (f->type == TEND_NUMBER) {
			v.number = number(w);
		} else {
			v.integer = (int64_t)pick(w, 2);
		}
		void *record = tend_list_at(&list, pick(w, (unsigned)list.n));
		tend_field_set(f, record, v);
		assert_done(w->b, tend_store_update(w->b->store, t, record, &w->b->err));
	}
	tend_list_finish(&list);
}

static void change_any(struct world *w)
{
	switch (pick(w, 7)) {
	case 0:
		change(w, TEND_READ_CUSTOMER, &tend_customer_type, &w->customers, "owner");
		break;
	case 1:
		change(w, TEND_READ_MILESTONE, &tend_milestone_type, &w->milestones, "reason");
		break;
	case 2:
		change(w, TEND_READ_ITEMS_OF, &tend_item_type, &w->milestones, "done");
		break;
	case 3:
		change(w, BOOK_RECORDS, &tend_point_type, &w->customers, "value");
		break;
	case 4:
		change(w, BOOK_RECORDS, &tend_activity_type, &w->customers, "text");
		break;
	case 5:
		change(w, TEND_READ_ALERT, &tend_alert_type, &w->alerts, "note");
		break;
	default:
		change(w, BOOK_RECORDS, &tend_subscription_type, &w->customers, "plan");
		break;
	}
}

static void remove_any(struct world *w)
{
	const struct {
		const struct tend_record_type *type;
		const struct ids *ids;
	} kinds[] = {
		{&tend_customer_type, &w->customers},
		{&tend_milestone_type, &w->milestones},
		{&tend_item_type, &w->items},
		{&tend_point_type, &w->points},
		{&tend_activity_type, &w->activities},
		{&tend_alert_type, &w->alerts},
		{&tend_subscription_type, &w->subscriptions},
	};
	unsigned k = pick(w, sizeof(kinds) / sizeof(kinds[0]));
	k = k == 0 && pick(w, 3) > 0 ? 1 : k; /* whole customers less often */
	enum tend_status status =
		tend_store_delete(w->b->store, kinds[k].type, any(w, kinds[k].ids), &w->b->err);
	assert_true(status == TEND_OK || status == TEND_NOT_FOUND);
}

static void set_any(struct world *w)
{
	static const char *const names[] = {"region", "tier", "备注"};
	const char *value = pick(w, 3) == 0 ? NULL : text(w);
	struct tend_list list;
	book_read(w->b, TEND_READ_CUSTOMER_KEYS, &tend_customer_type, &list);
	if (list.n > 0) {
		const struct tend_customer *c = tend_list_at(&list, pick(w, (unsigned)list.n));
		struct tend_enrollment e = {.customer_id = c->id,
			.journey = "tob-annual",
			.version = 1,
			.start = DAY(19000)};
		assert_done(w->b,
			tend_store_set_custom(
				w->b->store, c->id, names[pick(w, 3)], value, &w->b->err));
		if (pick(w, 3) == 0) {
			assert_done(w->b, tend_store_enroll(w->b->store, &e, &w->b->err));
		}
	}
	tend_list_finish(&list);
	assert_done(w->b, tend_store_set(w->b->store, names[pick(w, 3)], value, &w->b->err));
}

static void edit(struct world *w)
{
	switch (pick(w, 8)) {
	case 0:
		add_customer(w);
		break;
	case 1:
		add_milestone(w);
		break;
	case 2:
		add_item(w);
		break;
	case 3:
		add_others(w);
		break;
	case 4:
	case 5:
		change_any(w);
		break;
	case 6:
		set_any(w);
		break;
	default:
		remove_any(w);
		break;
	}
}

static enum tend_status travel(struct book *b, bool back)
{
	struct tend_arena arena = {0};
	struct tend_history_row row;
	enum tend_status status = back
		? tend_store_undo(b->store, 0, DAY(1), &arena, &row, &b->err)
		: tend_store_redo(b->store, 0, DAY(1), &arena, &row, &b->err);
	tend_arena_finish(&arena);
	if (status != TEND_NOT_FOUND) {
		assert_done(b, status);
	}
	return status;
}

static void assert_dump(struct book *b, const char *expected)
{
	char *dump = book_dump(b);
	assert_same_text(dump, expected);
	free(dump);
}

static void assert_sound(struct book *b)
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

static void run(struct book *b, unsigned seed)
{
	struct world *w = tend_alloc(sizeof(*w));
	w->b = b;
	w->random.state = seed;
	char *dumps[ENTRIES + 1] = {book_dump(b)};
	size_t n = 0;
	for (int i = 0; i < ENTRIES; i++) {
		book_begin(b, "edit");
		for (unsigned k = 1 + pick(w, 12); k > 0; k--) {
			edit(w);
		}
		if (book_commit(b, "edited") > 0) {
			dumps[++n] = book_dump(b);
		}
	}
	for (size_t i = n; i > 0; i--) {
		assert_dump(b, dumps[i]);
		assert_int_equal(travel(b, true), TEND_OK);
	}
	assert_int_equal(travel(b, true), TEND_NOT_FOUND);
	assert_dump(b, dumps[0]);
	assert_sound(b);
	for (size_t i = 1; i <= n; i++) {
		assert_int_equal(travel(b, false), TEND_OK);
		assert_dump(b, dumps[i]);
	}
	assert_int_equal(travel(b, false), TEND_NOT_FOUND);
	assert_sound(b);
	for (size_t i = 0; i <= n; i++) {
		free(dumps[i]);
	}
	free(w);
}

static void all_is_undone_and_redone_to_the_last_bit(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= SEEDS; seed++) {
		void *book = NULL;
		(void)book_setup(&book);
		run(book, seed * 7919);
		(void)book_teardown(&book);
	}
}

/* The images hold numbers as decimal texts of 17 digits: exact for all that a metric can be, from 1e-180
 * to 1e90 (beyond, the engine's conversion may miss the last bit). */
static void numbers_survive_undo_to_the_last_bit(void **state)
{
	struct book *b = *state;
	struct support_random r = {.state = 99};
	book_begin(b, "add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	for (int i = 0; i < 2000; i++) {
		double value = (double)support_random(&r, 1u << 31) * 4194304.0
			+ (double)support_random(&r, 1u << 22);
		value = ldexp(value, (int)support_random(&r, 900) - 650);
		(void)book_add_point(b, id, "m", i, i % 2 == 0 ? value : -value);
	}
	(void)book_commit(b, "added");
	char *dump = book_dump(b);
	assert_int_equal(travel(b, true), TEND_OK);
	assert_int_equal(travel(b, false), TEND_OK);
	assert_dump(b, dump);
	free(dump);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_is_undone_and_redone_to_the_last_bit),
		cmocka_unit_test_setup_teardown(
			numbers_survive_undo_to_the_last_bit, book_setup, book_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
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
#include <tend/lang.h>
#include <tend/mem.h>
#include <tend/str.h>

#include "book.h"

/* A value for every stored field of a type, told apart by its place. */
static struct tend_value sample(const struct tend_field *f, size_t i)
{
	struct tend_value v = {.type = f->type};
	switch (f->type) {
	case TEND_TEXT:
		v.text = f->values != NULL ? f->values[i % 2] : "text “中文” \"quoted\"";
		break;
	case TEND_TAGS:
		v.text = "vip,beta";
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		v.number = 1.0 / (double)(i + 3);
		break;
	case TEND_DATE:
		v.date = DAY(19000 + (int)i);
		break;
	case TEND_BOOL:
		v.integer = 1;
		break;
	case TEND_INT:
	case TEND_MONEY:
	case TEND_TIME:
		v.integer = 100 + (int64_t)i;
		break;
	case TEND_TERMS:
		v.null = true;
		break;
	}
	return v;
}

static const char *text_of(struct tend_value v, struct tend_str *out)
{
	tend_str_clear(out);
	tend_value_format(v, out);
	return tend_str_text(out);
}

/* The kinds with what the store computes itself or takes from elsewhere. */
static const struct kind {
	const struct tend_record_type *type;
	enum tend_read read; /* by the id that `by` says */
	enum { BY_ID, BY_CUSTOMER, BY_MILESTONE } by;
	const char *computed;
} kinds[] = {
	{&tend_customer_type, TEND_READ_CUSTOMER, BY_ID,
		" id status stage month journey renewal days_to_renewal arr health health_band "
		"overdue "
		"next_due next_milestone alerts last_contact track track_reason "
		"stage_order "},
	{&tend_milestone_type, TEND_READ_MILESTONE, BY_ID,
		" id customer_id customer title items items_done overdue_days waiting run_id "
		"playbook "
		"playbook_title "},
	{&tend_item_type, TEND_READ_ITEMS_OF, BY_MILESTONE, " id milestone_id title "},
	{&tend_run_type, TEND_READ_RUNS_OF, BY_CUSTOMER, " id customer_id customer open done "},
	{&tend_alert_type, TEND_READ_ALERT, BY_ID, " id customer_id customer name owner "},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static bool is_computed(const struct kind *k, const char *field)
{
	if (k->read == BOOK_RECORDS) {
		return !tend_field_is_stored(tend_field_find(k->type, field));
	}
	char word[64];
	(void)snprintf(word, sizeof(word), " %s ", field);
	return strstr(k->computed, word) != NULL;
}

static void set_id(const struct tend_record_type *t, void *record, const char *field, int64_t id)
{
	const struct tend_field *f = tend_field_find(t, field);
	if (f != NULL) {
		tend_field_set(f, record, book_int(id));
	}
}

static void fill(const struct kind *k, void *record, size_t shift)
{
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if (!is_computed(k, f->name)) {
			tend_field_set(f, record, sample(f, i + shift));
		}
	}
}

static void assert_same_record(const struct kind *k, const void *actual, const void *expected)
{
	struct tend_str a = {0}, e = {0};
	for (size_t i = 0; i < k->type->nfields; i++) {
		const struct tend_field *f = &k->type->fields[i];
		if (!is_computed(k, f->name)) {
			const char *x = text_of(tend_field_get(f, actual), &a);
			const char *y = text_of(tend_field_get(f, expected), &e);
			if (strcmp(x, y) != 0) {
				print_error("%s.%s: %s, not %s\n", k->type->name, f->name, x, y);
				fail();
			}
		}
	}
	tend_str_finish(&a);
	tend_str_finish(&e);
}

static void assert_stored(struct book *b, const struct kind *k, int64_t by, const void *expected)
{
	struct tend_list list;
	if (k->read == BOOK_RECORDS && tend_field_find(k->type, "customer") == NULL) {
		book_read(b, k->read, k->type, &list);
	} else {
		book_read_of(b, k->read, k->type, by, &list);
	}
	assert_int_equal(list.n, 1);
	assert_same_record(k, tend_list_at(&list, 0), expected);
	tend_list_finish(&list);
}

static void check_kind(struct book *b, const struct kind *k, int64_t customer, int64_t milestone)
{
	void *record = tend_alloc(k->type->size);
	int64_t id = 0;
	for (int pass = 0; pass < 3;
		pass++) { /* all fields, other values, then all that can be unknown */
		if (pass < 2) {
			tend_record_clear(k->type, record);
			fill(k, record, (size_t)pass);
		}
		set_id(k->type, record, "customer_id", customer);
		set_id(k->type, record, "milestone_id", milestone);
		book_begin(b, "write");
		if (pass == 0) {
			assert_done(b, tend_store_insert(b->store, k->type, record, &id, &b->err));
			set_id(k->type, record, "id", id);
		} else {
			set_id(k->type, record, "id", id);
			assert_done(b, tend_store_update(b->store, k->type, record, &b->err));
		}
		(void)book_commit(b, "written");
		assert_stored(b, k,
			k->by == BY_ID                 ? id
				: k->by == BY_CUSTOMER ? customer
						       : milestone,
			record);
	}
	book_begin(b, "delete");
	assert_done(b, tend_store_delete(b->store, k->type, id, &b->err));
	assert_int_equal(tend_store_delete(b->store, k->type, id, &b->err), TEND_NOT_FOUND);
	assert_int_equal(tend_store_update(b->store, k->type, record, &b->err), TEND_NOT_FOUND);
	(void)book_commit(b, "deleted");
	free(record);
}

static void every_field_of_every_kind_comes_back(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t customer = book_add_customer(b, "acme", "Acme");
	int64_t milestone = book_add_milestone(b, customer, "kickoff", 20000);
	(void)book_commit(b, "added");
	for (size_t i = 0; i < KINDS; i++) {
		check_kind(b, &kinds[i], customer, milestone);
	}
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct kind k = {tend_kinds[i]->type, BOOK_RECORDS, BY_CUSTOMER, ""};
		check_kind(b, &k, customer, milestone);
	}
}

static void what_is_unknown_stays_unknown(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t customer = book_add_customer(b, "acme", "Acme");
	struct tend_complaint c;
	tend_record_clear(&tend_complaint_type, &c);
	c.customer_id = customer;
	c.opened = DAY(1);
	int64_t id;
	assert_done(b, tend_store_insert(b->store, &tend_complaint_type, &c, &id, &b->err));
	(void)book_commit(b, "added");
	struct tend_list list;
	book_read_of(b, BOOK_RECORDS, &tend_complaint_type, customer, &list);
	const struct tend_complaint *r = tend_list_at(&list, 0);
	assert_null(r->key);
	assert_null(r->text);
	assert_false(tend_has_date(r->closed));
	assert_true(isnan(r->rating));
	assert_true(r->first_response == TEND_NO_INT);
	tend_list_finish(&list);
}

static void what_is_not_allowed_is_refused_and_changes_nothing(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t customer = book_add_customer(b, "acme", "Acme");
	(void)book_commit(b, "added");
	char *before = book_dump(b);
	struct tend_customer c;
	struct tend_point p;
	struct tend_item i;
	struct tend_activity a;
	int64_t id;
	book_begin(b, "bad");
	tend_record_clear(&tend_customer_type, &c);
	c.key = "acme";
	c.name = "Another";
	assert_int_equal(
		tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err), TEND_FAILED);
	assert_string_equal(b->err.text, "customer: \"acme\" is there already");
	c.key = "other";
	c.name = NULL;
	assert_int_equal(
		tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err), TEND_BAD_INPUT);
	assert_non_null(strstr(b->err.text, "customer.name"));
	c.name = "Other";
	c.status = "gone";
	assert_int_equal(
		tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err), TEND_BAD_INPUT);
	assert_string_equal(b->err.text, "customer: status cannot be \"gone\"");
	tend_record_clear(&tend_point_type, &p);
	p.customer_id = customer;
	p.metric = "m";
	p.date = DAY(1);
	p.value = INFINITY;
	assert_int_equal(
		tend_store_insert(b->store, &tend_point_type, &p, &id, &b->err), TEND_BAD_INPUT);
	p.value = NAN;
	assert_int_equal(
		tend_store_insert(b->store, &tend_point_type, &p, &id, &b->err), TEND_BAD_INPUT);
	tend_record_clear(&tend_activity_type, &a);
	a.customer_id = customer + 1;
	a.date = DAY(1);
	assert_int_equal(
		tend_store_insert(b->store, &tend_activity_type, &a, &id, &b->err), TEND_NOT_FOUND);
	tend_record_clear(&tend_item_type, &i);
	i.milestone_id = 77;
	assert_int_equal(
		tend_store_insert(b->store, &tend_item_type, &i, &id, &b->err), TEND_NOT_FOUND);
	assert_int_equal(
		tend_store_insert(b->store, &tend_history_type, &i, &id, &b->err), TEND_FAILED);
	assert_int_equal(book_commit(b, "nothing"), 0);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

static void nothing_is_written_outside_of_a_transaction(void **state)
{
	struct book *b = *state;
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.key = "a";
	c.name = "A";
	int64_t id;
	assert_int_equal(
		tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err), TEND_FAILED);
	assert_int_equal(
		tend_store_update(b->store, &tend_customer_type, &c, &b->err), TEND_FAILED);
	assert_int_equal(tend_store_delete(b->store, &tend_customer_type, 1, &b->err), TEND_FAILED);
	assert_int_equal(tend_store_set_custom(b->store, 1, "x", "y", &b->err), TEND_FAILED);
	assert_int_equal(tend_store_put_state(b->store, &c, DAY(1), &b->err), TEND_FAILED);
	assert_int_equal(tend_store_put_queue(b->store, 1, NULL, 0, &b->err), TEND_FAILED);
	assert_int_equal(tend_store_commit(b->store, "x", NULL, &b->err), TEND_FAILED);
	book_begin(b, "one");
	struct tend_journal_entry entry = {.at = 1};
	assert_int_equal(tend_store_begin(b->store, &entry, &b->err), TEND_FAILED);
	(void)book_commit(b, NULL);
}

static void a_rolled_back_transaction_leaves_nothing(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	(void)book_add_customer(b, "acme", "Acme");
	tend_store_rollback(b->store);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM customer"), 0);
	assert_int_equal(book_number(b->path, "SELECT count(*) FROM journal"), 0);
	tend_store_rollback(b->store); /* without one it does nothing */
}

static void a_status_that_follows_from_the_term_is_not_stored(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *set;
		bool stored;
	} rows[] = {{"active", false}, {"lapsed", false}, {"churned", true}, {"pooled", true}};
	for (size_t i = 0; i < 4; i++) {
		struct tend_customer c;
		tend_record_clear(&tend_customer_type, &c);
		c.key = rows[i].set;
		c.name = "A";
		c.status = rows[i].set;
		int64_t id;
		book_begin(b, "add");
		assert_done(b, tend_store_insert(b->store, &tend_customer_type, &c, &id, &b->err));
		(void)book_commit(b, "added");
		struct tend_list list;
		book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
		const struct tend_customer *r = tend_list_at(&list, 0);
		assert_string_equal(r->status, rows[i].stored ? rows[i].set : "active");
		tend_list_finish(&list);
	}
	assert_int_equal(book_number(b->path, "SELECT count(status) FROM customer"), 2);
}

static void what_is_borrowed_is_not_written_back_as_ones_own(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t id = book_add_customer(b, "acme", "Acme");
	int64_t milestone = book_add_milestone(b, id, "kickoff", 20000);
	struct tend_list list, stones;
	book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
	struct tend_customer *c = tend_list_at(&list, 0);
	c->owner = "li";
	assert_done(b, tend_store_update(b->store, &tend_customer_type, c, &b->err));
	c->currency = "EUR"; /* that of the contracts */
	assert_done(b, tend_store_put_state(b->store, c, DAY(1), &b->err));
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_CUSTOMER, &tend_customer_type, id, &list);
	c = tend_list_at(&list, 0);
	assert_string_equal(c->currency, "EUR");
	c->name = "Acme Inc.";
	assert_done(b, tend_store_update(b->store, &tend_customer_type, c, &b->err));
	book_read_of(b, TEND_READ_MILESTONE, &tend_milestone_type, milestone, &stones);
	struct tend_milestone *m = tend_list_at(&stones, 0);
	assert_string_equal(m->owner, "li");
	m->state = "done";
	assert_done(b, tend_store_update(b->store, &tend_milestone_type, m, &b->err));
	(void)book_commit(b, "set");
	assert_int_equal(book_number(b->path, "SELECT count(currency) FROM customer"), 0);
	assert_int_equal(book_number(b->path, "SELECT count(owner) FROM milestone"), 0);
	tend_list_finish(&list);
	tend_list_finish(&stones);
}

static void counters_follow_the_items(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t customer = book_add_customer(b, "acme", "Acme");
	int64_t m = book_add_milestone(b, customer, "kickoff", 20000);
	int64_t first = book_add_item(b, m, 1);
	(void)book_add_item(b, m, 2);
	struct tend_list list;
	book_read_of(b, TEND_READ_ITEMS_OF, &tend_item_type, m, &list);
	assert_int_equal(list.n, 2);
	struct tend_item *item = tend_list_at(&list, 1);
	assert_string_equal(item->key, "2"); /* its place, where the template gives it none */
	item->done = 1;
	assert_done(b, tend_store_update(b->store, &tend_item_type, item, &b->err));
	assert_done(b, tend_store_update(b->store, &tend_item_type, item, &b->err));
	assert_done(b, tend_store_delete(b->store, &tend_item_type, first, &b->err));
	(void)book_commit(b, "added");
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_MILESTONES_OF, &tend_milestone_type, customer, &list);
	const struct tend_milestone *r = tend_list_at(&list, 0);
	assert_int_equal(r->items, 1);
	assert_int_equal(r->items_done, 1);
	tend_list_finish(&list);
}

static void titles_are_picked_in_the_language(void **state)
{
	struct book *b = *state;
	book_begin(b, "add");
	int64_t id = book_add_milestone(b, book_add_customer(b, "acme", "Acme"), "kickoff", 20000);
	(void)book_commit(b, "added");
	static const struct {
		enum tend_lang lang;
		const char *title;
	} rows[] = {{TEND_ZH, "启动会"}, {TEND_EN, "Kick-off"}};
	for (size_t i = 0; i < 2; i++) {
		tend_lang_set(rows[i].lang);
		struct tend_list list;
		book_read_of(b, TEND_READ_MILESTONE, &tend_milestone_type, id, &list);
		assert_string_equal(
			((struct tend_milestone *)tend_list_at(&list, 0))->title, rows[i].title);
		tend_list_finish(&list);
	}
}

static void runs_count_their_milestones_and_go_without_them(void **state)
{
	struct book *b = *state;
	book_begin(b, "run");
	int64_t id = book_add_customer(b, "acme", "Acme");
	struct tend_run run;
	tend_record_clear(&tend_run_type, &run);
	run.customer_id = id;
	run.playbook = "fading";
	run.day = DAY(20000);
	assert_done(b, tend_store_insert(b->store, &tend_run_type, &run, &run.id, &b->err));
	static const char *const states[] = {"todo", "done", "skipped"};
	int64_t first = 0;
	for (size_t i = 0; i < 3; i++) {
		struct tend_milestone m;
		tend_record_clear(&tend_milestone_type, &m);
		m.customer_id = id;
		m.key = "fading.call";
		m.occurrence = (int64_t)i + 1;
		m.state = states[i];
		m.origin = "template";
		m.run_id = run.id;
		m.by_condition = i == 1;
		assert_done(
			b, tend_store_insert(b->store, &tend_milestone_type, &m, &m.id, &b->err));
		first = i == 0 ? m.id : first;
	}
	(void)book_commit(b, "run");
	struct tend_list list;
	book_read_of(b, TEND_READ_RUNS_OF, &tend_run_type, id, &list);
	const struct tend_run *r = tend_list_at(&list, 0);
	assert_int_equal(list.n, 1);
	assert_true(r->version == 1 && r->open == 1 && r->done == 1 && r->alert == NULL);
	tend_list_finish(&list);
	book_read_of(b, TEND_READ_MILESTONES_OF, &tend_milestone_type, id, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		assert_int_equal(m->run_id, run.id);
		assert_int_equal(m->by_condition, strcmp(m->state, "done") == 0);
	}
	tend_list_finish(&list);
	book_begin(b, "remove");
	assert_done(b, tend_store_delete(b->store, &tend_run_type, run.id, &b->err));
	(void)book_commit(b, "removed");
	book_read_of(b, TEND_READ_MILESTONE, &tend_milestone_type, first, &list);
	assert_true(((const struct tend_milestone *)tend_list_at(&list, 0))->run_id == 0);
	tend_list_finish(&list);
}

static void a_document_is_found_by_kind_key_and_version(void **state)
{
	struct book *b = *state;
	static const struct {
		const char *kind, *key;
		int version;
		const char *text;
	} rows[] = {{"playbook", "fading", 1, "one"}, {"playbook", "fading", 2, "two"},
		{"calendar", "fading", 0, "days"}};
	book_begin(b, "publish");
	for (size_t i = 0; i < 3; i++) {
		struct tend_document d;
		tend_record_clear(&tend_document_type, &d);
		d.kind = rows[i].kind;
		d.key = rows[i].key;
		d.version = rows[i].version;
		d.text = rows[i].text;
		assert_done(
			b, tend_store_insert(b->store, &tend_document_type, &d, &d.id, &b->err));
		assert_int_not_equal(
			tend_store_insert(b->store, &tend_document_type, &d, &d.id, &b->err),
			TEND_OK);
	}
	(void)book_commit(b, "published");
	for (int version = 0; version <= 3; version++) {
		struct tend_list list;
		tend_list_init(&list, &tend_document_type);
		struct tend_value args[] = {
			book_text("playbook"), book_text("fading"), book_int(version)};
		assert_done(
			b, tend_store_read(b->store, TEND_READ_DOCUMENT, args, 3, &list, &b->err));
		assert_int_equal(list.n, version <= 2);
		if (list.n == 1) {
			const struct tend_document *d = tend_list_at(&list, 0);
			assert_string_equal(d->text, version == 1 ? "one" : "two");
		}
		tend_list_finish(&list);
	}
	struct tend_list all;
	book_read(b, TEND_READ_DOCUMENTS, &tend_document_type, &all);
	assert_int_equal(all.n, 3);
	assert_string_equal(
		((const struct tend_document *)tend_list_at(&all, 0))->kind, "calendar");
	tend_list_finish(&all);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, book_setup, book_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			runs_count_their_milestones_and_go_without_them, book_setup, book_teardown),
		cmocka_unit_test_setup_teardown(
			a_document_is_found_by_kind_key_and_version, book_setup, book_teardown),
		TEST(every_field_of_every_kind_comes_back),
		TEST(what_is_unknown_stays_unknown),
		TEST(what_is_not_allowed_is_refused_and_changes_nothing),
		TEST(nothing_is_written_outside_of_a_transaction),
		TEST(a_rolled_back_transaction_leaves_nothing),
		TEST(a_status_that_follows_from_the_term_is_not_stored),
		TEST(what_is_borrowed_is_not_written_back_as_ones_own),
		TEST(counters_follow_the_items),
		TEST(titles_are_picked_in_the_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

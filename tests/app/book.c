/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/file.h>

#include "book.h"

const char book_journey[] =
	"journey: small\n"
	"version: 1\n"
	"title: {en: Small, zh: 小旅程}\n"
	"term: 6 months\n"
	"stages:\n"
	"  - {key: growth, from: start}\n"
	"  - {key: renewal, from: renewal - 2 months}\n"
	"milestones:\n"
	"  - {key: signed, stage: growth, title: {en: Signed, zh: 签约}, due: start}\n"
	"  - key: kickoff\n"
	"    stage: growth\n"
	"    title: {en: Kick-off, zh: 启动}\n"
	"    due: start + 7 days\n"
	"    after: [signed]\n"
	"    visible: yes\n"
	"    items: [{en: Agenda, zh: 议程}, {en: Invitations, zh: 邀请}]\n"
	"    guide: {en: Begin with the people, zh: 先谈人}\n"
	"    deliverable: {en: Minutes, zh: 纪要}\n"
	"  - {key: follow, stage: growth, title: {en: Follow up, zh: 跟进}, due: milestone.kickoff "
	"+ 3 days}\n"
	"  - key: review\n"
	"    stage: growth\n"
	"    title: {en: Review, zh: 回访}\n"
	"    due: start + 1 month\n"
	"    repeat: {every: 1 month, until: renewal - 2 months}\n"
	"  - key: big\n"
	"    stage: growth\n"
	"    title: {en: For big ones, zh: 大客户}\n"
	"    due: start + 10 days\n"
	"    when: segment == \"enterprise\"\n"
	"  - {key: offer, stage: renewal, title: {en: Offer, zh: 报价}, due: renewal - 1 month}\n";

static int64_t book_clock(void *ctx)
{
	return ((struct book_fixture *)ctx)->now++;
}

static struct tend_app_options options(struct book_fixture *b, const char *today)
{
	return (struct tend_app_options){.store = b->store,
		.today = today != NULL ? book_day(today) : TEND_NO_DATE,
		.clock = book_clock,
		.clock_ctx = b,
		.actor = "li",
		.command = "test",
		.config_dir = b->config,
		.dry_run = b->dry_run};
}

void book_reopen(struct book_fixture *b, const char *today)
{
	struct tend_error err = {0};
	tend_app_close(b->app);
	b->app = NULL;
	struct tend_app_options o = options(b, today);
	if (tend_app_open(&o, &b->app, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
}

void book_make(struct book_fixture *b, const char *today)
{
	struct tend_error err = {0};
	*b = (struct book_fixture){.dir = support_make_dir(), .now = 1762000000};
	b->store = tend_path_join(b->dir, "tend.db");
	b->config = tend_path_join(b->dir, "config");
	struct tend_app_options o = options(b, today);
	if (tend_mkdirs(b->config, &err) != TEND_OK || tend_app_init(&o, false, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	book_config(b, "small.yaml", book_journey);
	book_reopen(b, today);
}

void book_remove(struct book_fixture *b)
{
	tend_app_close(b->app);
	free(b->store);
	free(b->config);
	support_remove_dir(b->dir);
}

void book_config(struct book_fixture *b, const char *name, const char *text)
{
	support_write_text(support_path(b->config, name), text);
}

const char *book_file(struct book_fixture *b, const char *name, const char *text)
{
	const char *path = support_path(b->dir, name);
	support_write_text(path, text);
	return path;
}

struct tend_date book_day(const char *text)
{
	struct tend_date d;
	if (!tend_date_parse(text, &d)) {
		fail_msg("%s is not a date", text);
	}
	return d;
}

int64_t book_customer(struct book_fixture *b, const char *name)
{
	struct tend_error err = {0};
	int64_t id = 0;
	if (tend_app_find_customer(b->app, name, &id, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	return id;
}

/* "a=1|b=2" to assignments; the texts live in `copy`. */
static size_t split(char *copy, struct tend_assignment *fields, size_t max)
{
	size_t n = 0;
	for (char *at = copy; at != NULL && *at != '\0' && n < max;) {
		char *next = strchr(at, '|');
		if (next != NULL) {
			*next++ = '\0';
		}
		char *equals = strchr(at, '=');
		assert_non_null(equals);
		*equals = '\0';
		fields[n++] = (struct tend_assignment){at, equals + 1};
		at = next;
	}
	return n;
}

enum tend_status book_try_add(struct book_fixture *b, const char *fields, struct tend_error *err)
{
	struct tend_assignment list[16];
	char *copy = tend_strdup(fields);
	struct tend_done done;
	enum tend_status status =
		tend_app_customer_add(b->app, list, split(copy, list, 16), &done, err);
	tend_done_finish(&done);
	free(copy);
	return status;
}

int64_t book_add(struct book_fixture *b, const char *fields)
{
	struct tend_error err = {0};
	if (book_try_add(b, fields, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	char key[64] = "";
	(void)sscanf(fields, "key=%63[^|]", key);
	return book_customer(b, key);
}

enum tend_status book_try_set(
	struct book_fixture *b, const char *customer, const char *fields, struct tend_error *err)
{
	struct tend_assignment list[16];
	char *copy = tend_strdup(fields);
	struct tend_done done;
	int64_t id = book_customer(b, customer);
	enum tend_status status =
		tend_app_customer_set(b->app, &id, 1, list, split(copy, list, 16), &done, err);
	tend_done_finish(&done);
	free(copy);
	return status;
}

void book_set(struct book_fixture *b, const char *customer, const char *fields)
{
	struct tend_error err = {0};
	if (book_try_set(b, customer, fields, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
}

int64_t book_milestone(struct book_fixture *b, const char *customer, const char *name)
{
	struct tend_error err = {0};
	int64_t id = 0;
	if (tend_app_find_milestone(b->app, book_customer(b, customer), name, &id, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	return id;
}

void book_state(
	struct book_fixture *b, const char *customer, const char *milestone, const char *state)
{
	struct tend_error err = {0};
	struct tend_done done;
	int64_t id = book_milestone(b, customer, milestone);
	if (tend_app_milestone_state(b->app, &id, 1, state, NULL, &done, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
}

void book_log(struct book_fixture *b, const char *customer, const char *kind, const char *date,
	const char *text)
{
	struct tend_error err = {0};
	struct tend_done done;
	int64_t id = book_customer(b, customer);
	if (tend_app_log(b->app, &id, 1,
		    &(struct tend_log){.kind = kind,
			    .text = text,
			    .date = date != NULL ? book_day(date) : TEND_NO_DATE,
			    .by = TEND_NO_DATE},
		    &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
}

static const char *kept(const char *text)
{
	static char buffers[8][512];
	static size_t next;
	char *buffer = buffers[next++ % 8];
	strncpy(buffer, text, sizeof(buffers[0]) - 1);
	return buffer;
}

void book_record(struct book_fixture *b, const struct tend_record_type *t, const char *customer,
	const char *fields)
{
	struct tend_assignment list[16];
	char *copy = tend_strdup(fields);
	struct tend_error err = {0};
	struct tend_done done;
	if (tend_app_record_add(
		    b->app, t, book_customer(b, customer), list, split(copy, list, 16), &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
	free(copy);
}

void book_point(struct book_fixture *b, const char *customer, const char *metric, const char *date,
	const char *value)
{
	char *fields = tend_format("metric=%s|date=%s|value=%s", metric, date, value);
	book_record(b, &tend_point_type, customer, fields);
	free(fields);
}

const char *book_found(struct book_fixture *b, const char *filter)
{
	struct tend_error err = {0};
	struct tend_list list;
	const struct tend_query q = {.filter = filter};
	if (tend_app_customers(b->app, &q, &list, &err) != TEND_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
	struct tend_str keys = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_customer *c = tend_list_at(&list, i);
		tend_str_addf(&keys, "%s%s", i > 0 ? ", " : "", c->key);
	}
	const char *text = kept(tend_str_text(&keys));
	tend_str_finish(&keys);
	tend_list_finish(&list);
	return text;
}

static const char *value_of(const struct tend_list *list, const char *field)
{
	assert_int_equal(list->n, 1);
	struct tend_value v;
	if (!tend_record_get(list->type, tend_list_at(list, 0), field, &v)) {
		return "(no such field)";
	}
	struct tend_str text = {0};
	tend_value_format(v, &text);
	const char *copy = kept(v.null ? "null" : tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

const char *book_value(struct book_fixture *b, const char *customer, const char *field)
{
	struct tend_list list;
	struct tend_error err = {0};
	if (tend_app_customer(b->app, book_customer(b, customer), &list, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	const char *text = value_of(&list, field);
	tend_list_finish(&list);
	return text;
}

const char *book_milestone_value(
	struct book_fixture *b, const char *customer, const char *milestone, const char *field)
{
	struct tend_list list;
	struct tend_error err = {0};
	int64_t id = book_milestone(b, customer, milestone);
	if (tend_app_milestones(b->app, book_customer(b, customer), NULL, &list, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	for (size_t i = 0; i < list.n; i++) {
		struct tend_milestone *m = tend_list_at(&list, i);
		if (m->id == id) {
			memmove(tend_list_at(&list, 0), m, sizeof(*m));
		}
	}
	list.n = 1;
	const char *text = value_of(&list, field);
	tend_list_finish(&list);
	return text;
}

const char *book_alerts(struct book_fixture *b, const char *customer)
{
	struct tend_list list;
	const struct tend_query q = {.sort = "rule"};
	struct tend_error err = {0};
	if (tend_app_alerts(b->app, book_customer(b, customer), false, &q, &list, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	struct tend_str text = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_alert *v = tend_list_at(&list, i);
		tend_str_addf(&text, "%s%s", i > 0 ? "," : "", v->rule);
		if (strcmp(v->state, "open") != 0) {
			tend_str_addf(&text, ":%s", v->state);
		}
	}
	tend_list_finish(&list);
	const char *copy = kept(tend_str_text(&text));
	tend_str_finish(&text);
	return copy;
}

static void dump_list(struct tend_list *list, struct tend_str *out)
{
	tend_str_addf(out, "== %s\n", list->type->name);
	for (size_t i = 0; i < list->n; i++) {
		const void *record = tend_list_at(list, i);
		for (size_t k = 0; k < list->type->nfields; k++) {
			const struct tend_field *f = &list->type->fields[k];
			struct tend_value v = tend_field_get(f, record);
			tend_str_addc(out, '|');
			if (f->type == TEND_TERMS) {
				for (size_t t = 0; t < v.terms->n; t++) {
					tend_str_addf(out, "%s=%g;", v.terms->items[t].label,
						v.terms->items[t].points);
				}
			} else if (!v.null) {
				tend_value_format(v, out);
			}
		}
		if (list->type == &tend_customer_type) {
			const struct tend_customer *c = record;
			for (size_t k = 0; k < c->custom.n; k++) {
				tend_str_addf(out, "|%s=%s", c->custom.items[k].name,
					c->custom.items[k].value);
			}
		}
		tend_str_addc(out, '\n');
	}
	tend_list_finish(list);
}

char *book_dump(struct book_fixture *b)
{
	static const struct tend_record_type *const types[] = {&tend_subscription_type,
		&tend_point_type, &tend_activity_type, &tend_complaint_type, &tend_churn_type};
	struct tend_str out = {0};
	struct tend_list list;
	assert_int_equal(tend_app_customers(b->app, NULL, &list, NULL), TEND_OK);
	dump_list(&list, &out);
	assert_int_equal(tend_app_runs(b->app, 0, NULL, &list, NULL), TEND_OK);
	dump_list(&list, &out);
	assert_int_equal(tend_app_documents(b->app, NULL, &list, NULL), TEND_OK);
	dump_list(&list, &out);
	assert_int_equal(tend_app_milestones(b->app, 0, NULL, &list, NULL), TEND_OK);
	struct tend_str items = {0};
	for (size_t i = 0; i < list.n; i++) {
		struct tend_list of;
		const struct tend_milestone *m = tend_list_at(&list, i);
		assert_int_equal(tend_app_items(b->app, m->id, &of, NULL), TEND_OK);
		if (of.n > 0) {
			dump_list(&of, &items);
		} else {
			tend_list_finish(&of);
		}
	}
	dump_list(&list, &out);
	tend_str_add(&out, tend_str_text(&items));
	tend_str_finish(&items);
	assert_int_equal(tend_app_alerts(b->app, 0, true, NULL, &list, NULL), TEND_OK);
	dump_list(&list, &out);
	assert_int_equal(tend_app_today_queue(b->app, NULL, &list, NULL), TEND_OK);
	dump_list(&list, &out);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		assert_int_equal(tend_app_records(b->app, types[i], 0, NULL, &list, NULL), TEND_OK);
		dump_list(&list, &out);
	}
	return tend_str_steal(&out);
}

void book_assert_undo(struct book_fixture *b, const char *before)
{
	struct tend_error err = {0};
	struct tend_done done;
	char *after = book_dump(b);
	assert_string_not_equal(before, after);
	if (tend_app_undo(b->app, 1, &done, &err) != TEND_OK) {
		fail_msg("undo: %s", err.text);
	}
	tend_done_finish(&done);
	char *undone = book_dump(b);
	assert_same_text(undone, before);
	if (tend_app_redo(b->app, 1, &done, &err) != TEND_OK) {
		fail_msg("redo: %s", err.text);
	}
	tend_done_finish(&done);
	char *again = book_dump(b);
	assert_same_text(again, after);
	free(after);
	free(undone);
	free(again);
}

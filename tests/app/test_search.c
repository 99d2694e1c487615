/* SPDX-License-Identifier: MIT */
/* Whatever is done to a book, a search finds what is there and nothing that is gone: as a slow one says that reads
 * every record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <support.h>

#include <tend/file.h>
#include <tend/search.h>
#include <tend/text.h>

#include "book.h"

#define TODAY "2026-03-10"

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* --- the slow search --- */

struct slow {
	struct tend_search_words words;
	struct {
		char **items; /* "customer kind record" */
		size_t n, cap;
	} found;
	const struct tend_customer *customer; /* NULL: nobody */
	bool head[TEND_SEARCH_WORDS], seen[TEND_SEARCH_WORDS], here[TEND_SEARCH_WORDS];
	bool hit;
};

static void begin_record(struct slow *s)
{
	memset(s->here, 0, sizeof(s->here));
}

static void look(struct slow *s, const char *text, bool name)
{
	for (size_t i = 0; text != NULL && i < s->words.n; i++) {
		const char *word = s->words.items[i];
		char *folded = tend_fold(text);
		s->here[i] = s->here[i] || strstr(folded, word) != NULL
			|| (name && tend_fuzzy(folded, strlen(folded), word, strlen(word)) > 0);
		free(folded);
	}
}

static void found(struct slow *s, const char *kind, const char *record)
{
	*TEND_PUSH(&s->found) =
		tend_format("%s %s %s", s->customer != NULL ? s->customer->key : "-", kind, record);
	s->hit = true;
}

static void end_record(struct slow *s, const char *kind, const char *record)
{
	bool own = false, all = true;
	for (size_t i = 0; i < s->words.n; i++) {
		own = own || s->here[i];
		all = all && (s->here[i] || s->head[i]);
		s->seen[i] = s->seen[i] || s->here[i];
	}
	if (own && all) {
		found(s, kind, record);
	}
}

static void look_in_kind(struct slow *s, struct book_fixture *b, const struct tend_kind *k)
{
	struct tend_list list;
	struct tend_error err;
	assert_int_equal(tend_app_records(b->app, k->type, 0, NULL, &list, &err), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const void *record = tend_list_at(&list, i);
		struct tend_value of = tend_kind_value(k, record, "customer_id"), v;
		int64_t wanted = s->customer != NULL ? s->customer->id : 0;
		if ((of.null ? 0 : of.integer) != wanted) {
			continue;
		}
		begin_record(s);
		for (size_t f = 0; f < k->type->nfields; f++) {
			const struct tend_field *field = &k->type->fields[f];
			bool name =
				k->type == &tend_contact_type && strcmp(field->name, "name") == 0;
			v = tend_field_get(field, record);
			if (tend_field_is_searched(field) && !v.null) {
				look(s, v.text, name);
			}
		}
		struct tend_value id = tend_kind_value(k, record, "id"),
				  key = tend_kind_value(k, record, "key");
		char *number = tend_format("%lld", (long long)id.integer);
		end_record(s, k->noun, key.null ? number : key.text);
		free(number);
	}
	tend_list_finish(&list);
}

static void look_in_milestones(struct slow *s, struct book_fixture *b)
{
	struct tend_list list;
	assert_int_equal(tend_app_milestones(b->app, s->customer->id, NULL, &list, NULL), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		begin_record(s);
		look(s, m->key, false);
		look(s, m->title_en, false);
		look(s, m->title_zh, false);
		look(s, m->reason, false);
		look(s, tend_same(m->owner, s->customer->owner) ? NULL : m->owner, false);
		char *name = m->repeats == 1
			? tend_format("%s#%lld", m->key, (long long)m->occurrence)
			: tend_strdup(m->key);
		end_record(s, "milestone", name);
		free(name);
	}
	tend_list_finish(&list);
}

static void look_in_customer(struct slow *s, struct book_fixture *b, const struct tend_customer *c)
{
	memset(s->head, 0, sizeof(s->head));
	memset(s->seen, 0, sizeof(s->seen));
	s->customer = c;
	s->hit = false;
	if (c != NULL) {
		begin_record(s);
		look(s, c->key, true);
		look(s, c->name, true);
		look(s, c->tags, false);
		look(s, c->owner, false);
		look(s, c->segment, false);
		look(s, c->industry, false);
		for (size_t i = 0; i < c->custom.n; i++) {
			look(s, c->custom.items[i].value, false);
		}
		memcpy(s->head, s->here, sizeof(s->head));
		end_record(s, "customer", c->key);
		look_in_milestones(s, b);
	}
	for (size_t i = 0; i < tend_kind_count; i++) {
		if (tend_is_searched(tend_kinds[i])) {
			look_in_kind(s, b, tend_kinds[i]);
		}
	}
	bool together = c != NULL && !s->hit;
	for (size_t i = 0; i < s->words.n; i++) {
		together = together && s->seen[i];
	}
	if (together) {
		found(s, "customer", c->key);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *joined(char **items, size_t n)
{
	struct tend_str out = {0};
	if (n > 0) {
		qsort(items, n, sizeof(*items), by_text);
	}
	for (size_t i = 0; i < n; i++) {
		tend_str_addf(&out, "%s\n", items[i]);
		free(items[i]);
	}
	free(items);
	char *text = tend_str_steal(&out);
	return text != NULL ? text : tend_strdup("");
}

static char *slowly(struct book_fixture *b, const char *text)
{
	struct slow s = {0};
	struct tend_list customers;
	assert_true(tend_search_words_init(&s.words, text));
	assert_int_equal(tend_app_customers(b->app, NULL, &customers, NULL), TEND_OK);
	look_in_customer(&s, b, NULL);
	for (size_t i = 0; i < customers.n; i++) {
		look_in_customer(&s, b, tend_list_at(&customers, i));
	}
	tend_list_finish(&customers);
	tend_search_words_finish(&s.words);
	return joined(s.found.items, s.found.n);
}

static char *quickly(struct tend_app *app, const char *text)
{
	struct tend_list list;
	struct tend_error err = {0};
	size_t all = 0;
	const struct tend_search_for q = {.text = text};
	if (tend_app_search(app, &q, &list, &all, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(all, list.n);
	char **items = tend_calloc(list.n + 1, sizeof(*items));
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_found *f = tend_list_at(&list, i);
		items[i] = tend_format(
			"%s %s %s", f->customer != NULL ? f->customer : "-", f->kind, f->record);
	}
	char *text_of_all = joined(items, list.n);
	tend_list_finish(&list);
	return text_of_all;
}

static void compare(struct book_fixture *b, struct tend_app *app, const char *text)
{
	char *slow = slowly(b, text), *quick = quickly(app, text);
	if (strcmp(slow, quick) != 0) {
		print_error("searched for: %s\n", text);
	}
	assert_same_text(quick, slow);
	free(slow);
	free(quick);
}

/* --- random edits --- */

static const char *const vocabulary[] = {"acme", "Northwind Traders", "华东渠道", "渠道 review",
	"blue", "Blue\nwidgets", "ＷＩＤＥ", "交接", "ﬁne", "a", "100%", "o'neil", "签约", "kick"};
static const char *const queries[] = {"acme", "blue", "渠", "渠道", "widgets", "wide", "review",
	"kickoff", "签约", "fin", "a", "nt", "交接", "li", "northwind blue", "acme review", "华道",
	"100%", "'", "wang", "no room", "contact"};

enum { EDITS = 80, CUSTOMERS = 6 };

struct world {
	struct book_fixture *b;
	struct support_random random;
	int customers;
};

static const char *word(struct world *w)
{
	return vocabulary[support_random(&w->random, sizeof(vocabulary) / sizeof(vocabulary[0]))];
}

static int64_t some_customer(struct world *w)
{
	char key[16];
	(void)snprintf(key, sizeof(key), "c%d", (int)support_random(&w->random, w->customers) + 1);
	return book_customer(w->b, key);
}

static const struct {
	const struct tend_record_type *type;
	const char *first, *second; /* fields for words */
	const char *also, *value;
} kinds_of_edits[] = {
	{&tend_activity_type, "text", "next_step", NULL, NULL},
	{&tend_contact_type, "name", "department", NULL, NULL},
	{&tend_complaint_type, "text", "recovery", NULL, NULL},
	{&tend_outcome_type, "title", "note", NULL, NULL},
	{&tend_gift_type, "title", "reason", "amount", "10"},
	{&tend_churn_type, "reason", "text", NULL, NULL},
	{&tend_subscription_type, "plan", "plan", "annual", "10"},
};

/* Kinds whose types have no name in C. */
static const char *const other_kinds[][3] = {{"note", "title", "text"}, {"need", "title", "text"},
	{"practice", "title", "text"}, {"faq", "title", "answer"}, {"content", "title", "note"}};

static void add_record(struct world *w)
{
	struct tend_done done = {0};
	struct tend_error err = {0};
	unsigned n = sizeof(kinds_of_edits) / sizeof(kinds_of_edits[0]);
	unsigned at = support_random(&w->random, n + 5);
	struct tend_assignment fields[4] = {{NULL, NULL}};
	size_t nfields = 2;
	const struct tend_record_type *t;
	int64_t customer = some_customer(w);
	char key[16];
	if (at < n) {
		t = kinds_of_edits[at].type;
		fields[0] = (struct tend_assignment){kinds_of_edits[at].first, word(w)};
		fields[1] = (struct tend_assignment){kinds_of_edits[at].second, word(w)};
		if (kinds_of_edits[at].also != NULL) {
			fields[nfields++] = (struct tend_assignment){
				kinds_of_edits[at].also, kinds_of_edits[at].value};
		}
	} else {
		const char *const *other = other_kinds[at - n];
		const struct tend_kind *k = tend_kind_called(other[0]);
		t = k->type;
		fields[0] = (struct tend_assignment){other[1], word(w)};
		fields[1] = (struct tend_assignment){other[2], word(w)};
		bool shared = tend_kind_belongs(k) == TEND_TO_NOBODY
			|| (tend_kind_belongs(k) == TEND_TO_ANY
				&& support_random(&w->random, 2) == 0);
		if (shared) {
			(void)snprintf(
				key, sizeof(key), "k%d", (int)support_random(&w->random, 100000));
			fields[nfields++] = (struct tend_assignment){"key", key};
			customer = 0;
		}
	}
	(void)tend_app_record_add(w->b->app, t, customer, fields, nfields, &done, &err);
	tend_done_finish(&done);
}

/* Changes or removes one of the records of some kind. */
static void change_record(struct world *w, bool away)
{
	const struct tend_kind *k =
		tend_kinds[support_random(&w->random, (unsigned)tend_kind_count)];
	struct tend_list list;
	struct tend_done done = {0};
	assert_int_equal(tend_app_records(w->b->app, k->type, 0, NULL, &list, NULL), TEND_OK);
	if (list.n > 0 && tend_is_searched(k)) {
		const void *r = tend_list_at(&list, support_random(&w->random, (unsigned)list.n));
		struct tend_value key = tend_kind_value(k, r, "key"),
				  id = tend_kind_value(k, r, "id");
		char *number = tend_format("%lld", (long long)id.integer);
		const char *name = key.null ? number : key.text;
		const struct tend_assignment field = {k->label, word(w)};
		if (away) {
			(void)tend_app_record_remove(w->b->app, k->type, name, &done, NULL);
		} else {
			(void)tend_app_record_set(w->b->app, k->type, name, &field, 1, &done, NULL);
		}
		tend_done_finish(&done);
		free(number);
	}
	tend_list_finish(&list);
}

static void change_customer(struct world *w)
{
	static const char *const fields[] = {"name", "tags", "owner", "segment", "industry"};
	struct tend_done done = {0};
	int64_t id = some_customer(w);
	const struct tend_assignment a = {fields[support_random(&w->random, 5)], word(w)};
	(void)tend_app_customer_set(w->b->app, &id, 1, &a, 1, &done, NULL);
	tend_done_finish(&done);
}

static void change_milestone(struct world *w)
{
	static const char *const names[] = {"kickoff", "signed", "offer", "review#2", "own"};
	struct tend_done done = {0};
	int64_t customer = some_customer(w), id = 0;
	const char *name = names[support_random(&w->random, 5)];
	if (tend_app_find_milestone(w->b->app, customer, name, &id, NULL) != TEND_OK) {
		const struct tend_assignment own[] = {{"key", "own"}, {"title", word(w)},
			{"stage", "growth"}, {"due", "2026-04-01"}};
		(void)tend_app_milestone_add(w->b->app, customer, own, 4, &done, NULL);
	} else if (support_random(&w->random, 3) == 0) {
		(void)tend_app_milestone_state(
			w->b->app, &id, 1, "blocked", "no room", &done, NULL);
	} else if (support_random(&w->random, 3) == 0) {
		(void)tend_app_milestone_remove(w->b->app, &id, 1, &done, NULL);
	} else {
		const struct tend_assignment a = support_random(&w->random, 2) == 0
			? (struct tend_assignment){"title", word(w)}
			: (struct tend_assignment){"owner", "wang"};
		(void)tend_app_milestone_set(w->b->app, &id, 1, &a, 1, &done, NULL);
	}
	tend_done_finish(&done);
}

static void add_customer(struct world *w)
{
	char *fields = tend_format("key=c%d|name=%s|started=2026-0%u-05|journey=small",
		w->customers + 1, word(w), 1 + support_random(&w->random, 3));
	book_add(w->b, fields);
	w->customers++;
	free(fields);
}

static void edit(struct world *w)
{
	struct tend_done done = {0};
	int n = 1 + (int)support_random(&w->random, 2);
	switch (support_random(&w->random, 10)) {
	case 0:
	case 1:
	case 2:
		add_record(w);
		break;
	case 3:
		change_record(w, false);
		break;
	case 4:
		change_record(w, true);
		break;
	case 5:
		change_customer(w);
		break;
	case 6:
		change_milestone(w);
		break;
	case 7:
		/* Not the first ones: there is always somebody. */
		(void)tend_app_undo(w->b->app, n, &done, NULL);
		tend_done_finish(&done);
		break;
	case 8:
		(void)tend_app_redo(w->b->app, n, &done, NULL);
		tend_done_finish(&done);
		break;
	default:
		if (w->customers < CUSTOMERS) {
			add_customer(w);
		}
		break;
	}
	/* An undo may have taken a customer away. */
	struct tend_list customers;
	assert_int_equal(tend_app_customers(w->b->app, NULL, &customers, NULL), TEND_OK);
	w->customers = (int)customers.n;
	tend_list_finish(&customers);
	if (w->customers == 0) {
		add_customer(w);
	}
}

static void whatever_is_done_what_is_there_is_found(void **state)
{
	struct book_fixture *b = *state;
	struct tend_app *other =
		NULL; /* another program that holds what it searches, and keeps it at times */
	struct tend_app_options o = {.store = b->store,
		.today = book_day(TODAY),
		.actor = "wang",
		.command = "test",
		.config_dir = b->config};
	assert_int_equal(tend_app_open(&o, &other, NULL), TEND_OK);
	struct world w = {.b = b, .random = {20260310}};
	add_customer(&w);
	for (int i = 0; i < EDITS; i++) {
		size_t left, all;
		edit(&w);
		const char *text =
			queries[support_random(&w.random, sizeof(queries) / sizeof(queries[0]))];
		compare(b, b->app, text);
		if (support_random(&w.random, 4) == 0) {
			tend_app_search_keep(b->app, 0);
		}
		if (support_random(&w.random, 3) == 0) {
			tend_app_search_forget(b->app);
		}
		assert_int_equal(tend_app_search_renew(other, true, 0, &left, &all, NULL), TEND_OK);
		compare(b, other, text);
		if (support_random(&w.random, 6) == 0) {
			tend_app_search_keep(other, 0);
		}
	}
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		compare(b, b->app, queries[i]);
		compare(b, other, queries[i]);
	}
	tend_app_close(other);
}

/* --- one by one --- */

static void what_is_kept_is_read_by_another_program_and_after_a_restore(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-01-01|journey=small");
	compare(b, b->app, "acme");
	tend_app_search_keep(b->app, 0);
	char *copy = tend_path_join(b->dir, "copy.db");
	assert_int_equal(tend_app_store_backup(b->app, copy, false, NULL), TEND_OK);
	book_add(b, "key=beta|name=Acme two|started=2026-01-01");
	book_record(b, &tend_contact_type, "acme", "name=Ada Blue");
	book_reopen(b, TODAY);
	compare(b, b->app, "acme");
	compare(b, b->app, "blue");
	tend_app_search_keep(b->app, 0);
	tend_app_close(b->app);
	struct tend_app_options o = {.store = b->store, .config_dir = b->config};
	assert_int_equal(tend_app_store_restore(&o, copy, NULL, NULL), TEND_OK);
	b->app = NULL;
	book_reopen(b, TODAY);
	compare(b, b->app, "acme");
	char *gone = quickly(b->app, "blue");
	assert_string_equal(gone, "");
	free(gone);
	free(copy);
}

static void the_line_with_the_hit_is_shown(void **state)
{
	struct book_fixture *b = *state;
	book_config(b, "team.yaml",
		"config: team\nfields:\n  - {key: rival, type: text, title: {en: Rival, zh: "
		"对手}}\n");
	book_reopen(b, TODAY);
	book_add(b,
		"key=acme|name=Acme "
		"Widgets|started=2026-01-01|journey=small|owner=li|tags=vip,east");
	book_record(b, &tend_contact_type, "acme", "name=Ada Blue|department=Engines");
	book_log(b, "acme", "call", "2026-03-09", "First line\nThey want widgets\nlast");
	book_set(b, "acme", "rival=Other Corp");
	static const struct {
		const char *text, *kind;
		const char *record, *title, *where; /* of the first hit */
		const char *zh; /* where, in Chinese; NULL: the same */
	} rows[] = {
		{"widg", NULL, "acme", "Acme Widgets", NULL, NULL},
		{"east", NULL, "acme", "Acme Widgets", "Tags: vip,east", "标签: vip,east"},
		{"other", NULL, "acme", "Acme Widgets", "rival: Other Corp", NULL},
		{"acme", "customer", "acme", "Acme Widgets", NULL, NULL},
		{"aw", NULL, "acme", "Acme Widgets", NULL, NULL},
		{"ngin", NULL, "acme-contact-1", "Ada Blue", "Department: Engines",
			"部门: Engines"},
		{"they", NULL, "1", "First line", "They want widgets", NULL},
		{"启动", NULL, "kickoff", "Kick-off", "启动", NULL},
		{"Review", NULL, "review#2", "Review #2", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		size_t all;
		const struct tend_search_for q = {
			.text = rows[i].text, .kind = rows[i].kind, .limit = 1};
		assert_int_equal(tend_app_search(b->app, &q, &list, &all, NULL), TEND_OK);
		assert_int_equal(list.n, 1);
		const struct tend_found *f = tend_list_at(&list, 0);
		assert_string_equal(f->customer, "acme");
		assert_string_equal(f->name, "Acme Widgets");
		assert_string_equal(f->record, rows[i].record);
		assert_string_equal(f->title, rows[i].title);
		if (!tend_same(f->where, rows[i].where)) {
			fail_msg("%s: \"%s\"", rows[i].text, f->where != NULL ? f->where : "");
		}
		tend_list_finish(&list);
		if (rows[i].zh != NULL) {
			tend_lang_set(TEND_ZH);
			assert_int_equal(tend_app_search(b->app, &q, &list, &all, NULL), TEND_OK);
			f = tend_list_at(&list, 0);
			tend_lang_set(TEND_EN);
			assert_string_equal(f->where, rows[i].zh);
			tend_list_finish(&list);
		}
	}
}

static void a_long_line_is_cut_around_the_hit(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	struct tend_str text = {0};
	for (int i = 0; i < 300; i++) {
		tend_str_add(&text, i == 200 ? "needle" : "华东");
	}
	book_log(b, "acme", "call", "2026-03-09", tend_str_text(&text));
	struct tend_list list;
	size_t all;
	const struct tend_search_for q = {.text = "needle"};
	assert_int_equal(tend_app_search(b->app, &q, &list, &all, NULL), TEND_OK);
	const struct tend_found *f = tend_list_at(&list, 0);
	assert_non_null(strstr(f->where, "needle"));
	assert_true(strlen(f->where) < 200);
	assert_true(tend_utf8_valid(f->where, strlen(f->where)));
	assert_int_equal(f->where[0], '~');
	tend_list_finish(&list);
	tend_str_finish(&text);
}

static void wrong_questions_are_told(void **state)
{
	struct book_fixture *b = *state;
	static const struct tend_search_for rows[] = {{.text = ""}, {.text = "  "},
		{.text = "a", .kind = "usage"}, {.text = "a", .kind = "nothing"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		struct tend_error err;
		size_t all;
		assert_int_equal(tend_app_search(b->app, &rows[i], &list, &all, &err), TEND_USAGE);
		tend_list_finish(&list);
	}
}

static void a_search_leaves_no_trace_and_a_dry_run_keeps_nothing(void **state)
{
	struct book_fixture *b = *state;
	char *empty = book_dump(b);
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	char *before = book_dump(b);
	compare(b, b->app, "acme");
	tend_app_search_keep(b->app, 0);
	char *after = book_dump(b);
	assert_same_text(after, before);
	book_assert_undo(b, empty);
	free(empty);
	free(before);
	free(after);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(whatever_is_done_what_is_there_is_found),
		TEST(what_is_kept_is_read_by_another_program_and_after_a_restore),
		TEST(the_line_with_the_hit_is_shown),
		TEST(a_long_line_is_cut_around_the_hit),
		TEST(wrong_questions_are_told),
		TEST(a_search_leaves_no_trace_and_a_dry_run_keeps_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

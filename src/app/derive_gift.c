/* SPDX-License-Identifier: MIT */
/* What a customer's gifts of a year come to, against what its value allows. */
#include <stdlib.h>
#include <string.h>

#include <tend/gift.h>
#include <tend/money.h>

#include "derive.h"

/* The gifts of a customer in a year and a currency. */
struct sum {
	int64_t customer_id;
	int year;
	const char *currency; /* NULL: the customer's */
	int64_t amount;
};

static int compare(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;
	if (x->customer_id != y->customer_id) {
		return x->customer_id < y->customer_id ? -1 : 1;
	}
	if (x->year != y->year) {
		return x->year < y->year ? -1 : 1;
	}
	return strcmp(
		x->currency != NULL ? x->currency : "", y->currency != NULL ? y->currency : "");
}

static int year_of(struct tend_date date)
{
	int year = 0, month, day;
	if (tend_has_date(date)) {
		tend_date_to_ymd(date, &year, &month, &day);
	}
	return year;
}

/* A gift in the customer's currency, said or not, has none. */
static struct sum sum_of(const struct tend_gift *g, const char *currency)
{
	bool own = currency != NULL && tend_same(g->currency, currency);
	return (struct sum){g->customer_id, year_of(g->date), own ? NULL : g->currency,
		g->amount != TEND_NO_MONEY ? g->amount : 0};
}

bool gift_counts_with(
	const struct tend_gift *gift, const struct tend_gift *with, const char *currency)
{
	const struct sum x = sum_of(gift, currency), y = sum_of(with, currency);
	return !tend_same(gift->state, "returned") && compare(&x, &y) == 0;
}

struct customers {
	struct tend_list list;
	struct spans of;
};

static const struct tend_customer *customer_of(const struct customers *c, int64_t id)
{
	struct span span = spans_of(&c->of, id);
	return span.n > 0 ? tend_list_at(&c->list, span.first) : NULL;
}

static const char *currency_of(const struct customers *c, int64_t id)
{
	const struct tend_customer *whose = customer_of(c, id);
	return whose != NULL ? whose->currency : NULL;
}

/* Adds up those that were not given back; returns how many sums there are, in order. */
static size_t add_up(const struct tend_list *gifts, const struct customers *c, struct sum *sums)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < gifts->n; i++) {
		const struct tend_gift *g = tend_list_at(gifts, i);
		if (!tend_same(g->state, "returned")) {
			sums[n++] = sum_of(g, currency_of(c, g->customer_id));
		}
	}
	qsort(sums, n, sizeof(*sums), compare);
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && compare(&sums[kept - 1], &sums[i]) == 0) {
			int64_t *amount = &sums[kept - 1].amount;
			if (__builtin_add_overflow(*amount, sums[i].amount, amount)) {
				*amount = INT64_MAX;
			}
		} else {
			sums[kept++] = sums[i];
		}
	}
	return kept;
}

static void fill(struct tend_gift *g, const struct customers *c, const struct sum *sums, size_t n,
	const struct tend_gift_rule *rule)
{
	const struct tend_customer *whose = customer_of(c, g->customer_id);
	const struct sum key = sum_of(g, whose != NULL ? whose->currency : NULL);
	const struct sum *found = bsearch(&key, sums, n, sizeof(*sums), compare);
	g->spent = found != NULL ? found->amount : 0;
	if (whose == NULL || key.currency != NULL) {
		return; /* in another currency nothing was meant */
	}
	g->budget = tend_gift_budget(rule, whose->arr, whose->currency);
	if (g->budget == TEND_NO_MONEY
		|| __builtin_sub_overflow(g->budget, g->spent, &g->budget_left)) {
		g->budget_left = TEND_NO_MONEY;
	}
}

enum tend_status derive_gifts(
	struct tend_app *a, int64_t customer_id, struct tend_list *list, struct tend_error *err)
{
	struct customers c = {0};
	struct tend_list all;
	const struct tend_gift_rule rule = sources_gifts(&a->sources);
	tend_list_init(&all, &tend_gift_type);
	enum tend_status status = customer_id != 0 ? tend_app_customer(a, customer_id, &c.list, err)
						   : tend_app_customers(a, NULL, &c.list, err);
	status = status != TEND_OK ? status : more_records(a, customer_id, &all, err);
	if (status == TEND_OK) {
		struct sum *sums = tend_calloc(all.n + 1, sizeof(*sums));
		spans_init(&c.of, &c.list, offsetof(struct tend_customer, id));
		size_t n = add_up(&all, &c, sums);
		for (size_t i = 0; i < list->n; i++) {
			fill(tend_list_at(list, i), &c, sums, n, &rule);
		}
		free(sums);
	}
	spans_finish(&c.of);
	tend_list_finish(&c.list);
	tend_list_finish(&all);
	return status;
}

enum tend_status gift_warn(struct tend_app *a, const struct tend_gift *gift, struct tend_done *ret,
	struct tend_error *err)
{
	struct tend_list list;
	tend_list_init(&list, &tend_gift_type);
	struct tend_gift *g = tend_list_add(&list);
	*g = *gift;
	enum tend_status status = derive_gifts(a, g->customer_id, &list, err);
	g = tend_list_at(&list, 0);
	if (status == TEND_OK && g->budget_left != TEND_NO_MONEY && g->budget_left < 0
		&& !tend_same(g->state, "returned")) {
		char spent[TEND_MONEY_LEN], budget[TEND_MONEY_LEN];
		done_warn(ret, _("the gifts of %d come to %s %s; the budget of the customer is %s"),
			year_of(g->date), tend_money_format(g->spent, spent),
			g->currency != NULL ? g->currency : "",
			tend_money_format(g->budget, budget));
	}
	tend_list_finish(&list);
	return status;
}

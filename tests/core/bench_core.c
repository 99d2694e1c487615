/* SPDX-License-Identifier: MIT */
/* Times what runs over every record of a book: `meson test -C build --benchmark`. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <tend/care.h>
#include <tend/expr.h>
#include <tend/str.h>

#include "support.h"

enum { CUSTOMERS = 100000, MILESTONES = 30 };

static double now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void fill(struct tend_list *list)
{
	static const char *const segments[] = {"enterprise", "mid-market", "smb"};
	struct support_random r = {1};
	tend_list_init(list, &tend_customer_type);
	for (int i = 0; i < CUSTOMERS; i++) {
		struct tend_customer *c = tend_list_add(list);
		c->key = tend_arena_format(&list->arena, "c%06u", support_random(&r, 1000000));
		c->name = tend_arena_format(&list->arena, "%s %u",
			i % 3 > 0 ? "Northwind" : "华东渠道科技", support_random(&r, 1000000));
		c->segment = segments[support_random(&r, 3)];
		c->status = "active";
		c->arr = (int64_t)support_random(&r, 100000000);
		c->health = support_random(&r, 100);
		c->renewal.day = 20000 + (int32_t)support_random(&r, 700);
		c->journey = "tob-annual@1";
		c->started.day = 19900;
	}
}

static void time_filter(void)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	struct tend_expr *e = NULL;
	struct tend_list list;
	if (tend_expr_parse_line(
		    "segment == \"enterprise\" and health < 60 or arr >= 500000", &names, &e, NULL)
		!= TEND_OK) {
		abort();
	}
	fill(&list);
	double start = now();
	tend_expr_filter(e, &list);
	printf("filter %d customers: %.1f ms, %zu kept\n", CUSTOMERS, now() - start, list.n);
	tend_list_finish(&list);
	tend_expr_destroy(e);
}

static void time_sort(struct tend_list *list, const char *fields)
{
	double start = now();
	(void)tend_list_sort(list, fields, NULL);
	printf("sort %d customers by %s: %.1f ms\n", CUSTOMERS, fields, now() - start);
}

static void time_care(struct tend_list *list)
{
	static struct tend_milestone m[MILESTONES];
	struct support_random r = {2};
	struct tend_arena arena = {0};
	struct tend_str reason = {0};
	const struct tend_date day = {20200};
	size_t fired = 0;
	for (int i = 0; i < MILESTONES; i++) {
		tend_record_clear(&tend_milestone_type, &m[i]);
		m[i].key = "review";
		m[i].state = i % 3 > 0 ? "todo" : "done";
		m[i].due.day = 20150 + (int32_t)support_random(&r, 365);
		m[i].repeats = 1;
		m[i].occurrence = i + 1;
	}
	double start = now();
	for (size_t i = 0; i < list->n; i++) {
		struct tend_customer *c = tend_list_at(list, i);
		struct tend_today_row row = {.kind = "overdue", .due = {20190}};
		tend_derive_milestones(c, m, MILESTONES, day, &arena);
		(void)tend_derive_track(c, m, MILESTONES, NULL, day);
		struct tend_alert_facts f = tend_alert_facts_of(c, m, MILESTONES, NULL, 0, day);
		for (size_t rule = 0; rule < tend_alert_rule_count; rule++) {
			tend_str_clear(&reason);
			fired += tend_alert_fires(rule, &f, day, &reason);
		}
		tend_rank(&row, c, NULL, day, &arena);
	}
	printf("derive, alert and rank %d customers x %d milestones: %.1f ms, %zu alerts\n",
		CUSTOMERS, MILESTONES, now() - start, fired);
	tend_str_finish(&reason);
	tend_arena_finish(&arena);
}

int main(void)
{
	struct tend_list list;
	fill(&list);
	time_filter();
	time_sort(&list, "-arr");
	time_sort(&list, "name");
	time_sort(&list, "segment,-health,key");
	time_care(&list);
	tend_list_finish(&list);
	return EXIT_SUCCESS;
}

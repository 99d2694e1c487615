/* SPDX-License-Identifier: MIT */
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

#include "book.h"

#define TODAY "2026-03-10"
#define CUSTOMERS "key,name,started\nacme,Acme,2026-01-01\nbeta,Beta,2026-02-01\n"

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

/* What an import came to: "3/2/0/1 ok" = added, updated, unchanged, rejected, then the exit code. */
struct outcome {
	char counts[64];
	char rejects[1024]; /* "LINE:COLUMN reason\n"… */
	char error[1024];
	int64_t changes, read;
};

static struct outcome import(struct book_fixture *b, const char *kind, const char *name,
	const char *text, const char *map, bool partial)
{
	struct outcome o = {0};
	struct tend_import_report r;
	struct tend_done done;
	struct tend_error err = {0};
	const char *path = book_file(b, name, text);
	const char *map_path = map != NULL ? book_file(b, "map.yaml", map) : NULL;
	struct tend_import_options how = {.map = map_path, .partial = partial};
	enum tend_status status = tend_app_import(b->app, kind, path, &how, &r, &done, &err);
	(void)snprintf(o.counts, sizeof(o.counts), "%lld/%lld/%lld/%lld %d", (long long)r.added,
		(long long)r.updated, (long long)r.unchanged, (long long)r.rejected, (int)status);
	struct tend_str rejects = {0};
	for (size_t i = 0; i < r.n; i++) {
		tend_str_addf(&rejects, "%d:%d %s\n", r.items[i].line, r.items[i].column,
			r.items[i].reason);
	}
	(void)snprintf(o.rejects, sizeof(o.rejects), "%s", tend_str_text(&rejects));
	memcpy(o.error, err.text, sizeof(o.error));
	o.changes = done.changes;
	o.read = r.read;
	tend_str_finish(&rejects);
	tend_import_report_finish(&r);
	tend_done_finish(&done);
	return o;
}

static struct outcome csv(struct book_fixture *b, const char *kind, const char *text)
{
	return import(b, kind, "file.csv", text, NULL, false);
}

/* --- each kind: once, again, changed, undone --- */

static const struct kind_case {
	const char *kind, *first, *changed, *counts_first, *counts_changed;
} kind_cases[] = {
	{"customers", "key,name,started,segment,owner\nc,C,2026-01-01,mid,li\nd,D,2026-01-02,,\n",
		"key,name,owner\nc,C,wang\nd,D,\n", "2/0/0/0 0", "0/1/1/0 0"},
	{"customers",
		"key,name,started,term,arr,currency,tags\nc,C,2026-01-01,24m,1200.50,EUR,\"a,b\"\n",
		"key,name,arr\nc,C,1300\n", "1/0/0/0 0", "0/1/0/0 0"},
	{"customers", "key,name,started,journey\nc,C,2026-03-01,small\n",
		"key,name,started\nc,C,2026-03-02\n", "1/0/0/0 0", "0/1/0/0 0"},
	{"customers", "key,name,started,status\nc,C,2026-01-01,churned\n",
		"key,name,status\nc,C,active\n", "1/0/0/0 0", "0/1/0/0 0"},
	{"subscriptions",
		"key,customer,start,end,annual,currency,seats,trial\ns1,acme,2026-01-01,2027-01-01,"
		"100,USD,5,no\n"
		"s2,beta,2026-01-01,,50.25,USD,,yes\n",
		"key,customer,start,annual\ns1,acme,2026-01-01,100\ns2,acme,2026-01-01,50.25\n",
		"2/0/0/0 0", "0/1/1/0 0"},
	{"usage",
		"customer,metric,date,value\nacme,logins,2026-03-01,5\nacme,logins,2026-03-02,7\n",
		"customer,metric,date,value\nacme,logins,2026-03-01,6\nbeta,logins,2026-03-02,7\n",
		"2/0/0/0 0", "1/1/0/0 0"},
	{"usage", "customer,date,logins,seats\nacme,2026-03-01,5,\nbeta,2026-03-01,1,2.5\n",
		"customer,date,logins,seats\nacme,2026-03-01,5,9\nbeta,2026-03-01,1,2.5\n",
		"3/0/0/0 0", "1/0/3/0 0"},
	{"activities",
		"customer,date,kind,text,contact\nacme,2026-03-01,call,Hello,Ann\n"
		"acme,2026-03-01,note,\"two\nlines\",\n",
		"customer,date,kind,text,contact\nacme,2026-03-01,call,Hello,Ann\nacme,2026-03-02,"
		"call,Hello,Ann\n",
		"2/0/0/0 0", "1/0/1/0 0"},
	{"activities", "customer,date,kind,text\nacme,2026-03-01,call,x\nacme,2026-03-01,call,x\n",
		"customer,date,kind,text\nacme,2026-03-01,call,y\n", "1/0/1/0 0", "1/0/0/0 0"},
	{"complaints", "key,customer,opened,severity,text\nt1,acme,2026-02-01,high,Slow\n",
		"key,customer,opened,closed,rating\nt1,acme,2026-02-01,2026-02-03,4\n", "1/0/0/0 0",
		"0/1/0/0 0"},
	{"churn", "customer,date,reason,text\nacme,2026-02-01,pricing,Too much\n",
		"customer,date,reason,text\nacme,2026-02-01,pricing,Far too much\n", "1/0/0/0 0",
		"1/0/0/0 0"},
	{"milestones",
		"customer,key,state,done_on\nrun,kickoff,done,2026-03-04\nrun,review#2,skipped,\n",
		"customer,key,state,due\nrun,kickoff,done,\nrun,review#2,todo,2026-05-20\nrun,"
		"extra,todo,2026-04-01\n",
		"0/2/0/0 0", "1/1/1/0 0"},
};

static void a_second_import_changes_nothing_and_undo_takes_each_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kind_cases) / sizeof(kind_cases[0]); i++) {
		const struct kind_case *c = &kind_cases[i];
		struct book_fixture b;
		print_message("%zu %s\n", i, c->kind);
		book_make(&b, TODAY);
		assert_string_equal(csv(&b, "customers", CUSTOMERS).counts, "2/0/0/0 0");
		book_add(&b, "key=run|name=Run|started=2026-03-02|journey=small");
		char *before = book_dump(&b);
		struct outcome o = csv(&b, c->kind, c->first);
		assert_string_equal(o.error, "");
		assert_string_equal(o.counts, c->counts_first);
		book_assert_undo(&b, before);
		free(before);
		before = book_dump(&b);
		o = csv(&b, c->kind, c->first);
		assert_int_equal(o.changes, 0);
		char *after = book_dump(&b);
		assert_same_text(after, before);
		free(after);
		o = csv(&b, c->kind, c->changed);
		assert_string_equal(o.error, "");
		assert_string_equal(o.counts, c->counts_changed);
		book_assert_undo(&b, before);
		free(before);
		book_remove(&b);
	}
}

/* --- rows that must fail --- */

static const struct {
	const char *kind, *text;
	const char *rejects; /* a part of them */
} bad_cases[] = {
	{"customers", "key,name\n,No key\n", "2:1 "},
	{"customers", "key,name\nx,\n", "2:2 "},
	{"customers", "key,name,started\nx,X,2026-02-30\n", "2:3 "},
	{"customers", "key,name,started\nx,X,01/02/2026\n", "2:3 "},
	{"customers", "key,name\nx,X\ny,Y\nx,Again\n", "4:1 "},
	{"customers", "key,name,currency\nx,X,QQQ\n", "2:3 "},
	{"customers", "key,name,status\nx,X,gone\n", "2:3 "},
	{"customers", "key,name,term\nx,X,10d\n", "2:3 "},
	{"customers", "key,name,started,arr\nx,X,2026-01-01,-1\n", "2:4 "},
	{"customers", "key,name,arr\nx,X,5\n", "started"},
	{"customers", "key,name,started,arr\nx,X,2026-01-01,99999999999999999999\n", "2:4 "},
	{"customers", "key,name,started,journey\nx,X,2026-01-01,smal\n", "2:4 there is no journey"},
	{"customers", "key,name,started,journey\nx,X,2026-01-01,/etc/passwd\n", "2:4 "},
	{"customers", "key,name\nx,X,extra\n", "2:"},
	{"customers", "key,name\nx\n", "2:"},
	{"subscriptions", "key,customer,start\ns,acmee,2026-01-01\n",
		"2:2 there is no customer \"acmee\"; did you mean \"acme\"?"},
	{"subscriptions", "key,customer,start,end\ns,acme,2026-02-01,2026-01-01\n", "2:4 "},
	{"subscriptions", "key,customer,start\ns,acme,2026-01-01\ns,beta,2026-01-01\n", "3:1 "},
	{"subscriptions", "key,customer,start,trial\ns,acme,2026-01-01,maybe\n", "2:4 "},
	{"subscriptions", "key,customer,start\ns,,2026-01-01\n", "2:2 "},
	{"usage", "customer,metric,date,value\nacme,logins,2026-01-01,many\n", "2:4 "},
	{"usage", "customer,metric,date,value\nacme,,2026-01-01,1\n", "2:2 "},
	{"usage", "customer,date,logins\nacme,2026-01-01,x\n", "2:3 "},
	{"usage", "customer,date,logins\nnobody,2026-01-01,1\n", "2:1 there is no customer"},
	{"activities", "customer,date,kind\nacme,2026-01-01,dance\n", "2:3 "},
	{"activities", "customer,date,text\nacme,\"\n2026-01-01\",x\nbeta,soon,x\n", "4:2 "},
	{"complaints", "key,customer,opened,closed\nt,acme,2026-02-02,2026-02-01\n", "2:4 "},
	{"complaints", "key,customer,opened,rating\nt,acme,2026-02-02,9\n", "2:4 "},
	{"complaints", "key,customer,opened,severity\nt,acme,2026-02-02,huge\n", "2:4 "},
	{"churn", "customer,date\nacme,\n", "2:2 "},
	{"milestones", "customer,key,state\nacme,kickoff,finished\n", "2:3 "},
	{"milestones", "customer,key,state,done_on\nacme,kickoff,todo,2026-01-01\n", "2:4 "},
};

static void a_bad_row_rejects_the_whole_file(void **state)
{
	struct book_fixture *b = *state;
	(void)csv(b, "customers", CUSTOMERS);
	char *before = book_dump(b);
	for (size_t i = 0; i < sizeof(bad_cases) / sizeof(bad_cases[0]); i++) {
		struct outcome o = csv(b, bad_cases[i].kind, bad_cases[i].text);
		print_message("%zu %s: %s | %s\n", i, bad_cases[i].kind, o.rejects, o.error);
		assert_true(strstr(o.counts, " 3") != NULL);
		assert_non_null(strstr(o.rejects, bad_cases[i].rejects));
		char *after = book_dump(b);
		assert_same_text(after, before);
		free(after);
	}
	free(before);
}

static void every_bad_row_is_named_by_its_line(void **state)
{
	struct book_fixture *b = *state;
	struct outcome o = csv(b, "customers",
		"key,name,started\na,\"A\nwith a line "
		"break\",2026-01-01\nb,B,x\nc,C,2026-01-01\nd,D,y\n");
	assert_string_equal(o.counts, "0/0/0/2 3");
	assert_non_null(strstr(o.rejects, "4:3 "));
	assert_non_null(strstr(o.rejects, "\n6:3 "));
	assert_int_equal(o.read, 4);
}

static void files_that_cannot_be_used_are_explained(void **state)
{
	static const struct {
		const char *kind, *text, *map, *says;
		int status;
	} rows[] = {
		{"customers", "nothing here", NULL, "key", 3},
		{"customers", "key,name,key\n", NULL, "key", 3},
		{"customers", "key,name\na,\"unclosed\n", NULL, "2:", 3},
		{"customers", "key,name\n", "map: m\nkind: usage\ncolumns: {date: d}\n", "usage",
			3},
		{"customers", "key,name\n", "map: m\nkind: customers\ncolumns: {keey: a}\n",
			"column \"a\"", 3},
		{"customers", "id,name\n",
			"map: m\nkind: customers\ncolumns: {key: idd, name: name}\n", "idd", 3},
		{"customers", "id,name\n", "map: m\nknid: customers\n", "kind", 3},
		{"usage", "s,date,v\n",
			"map: m\nkind: usage\ncolumns: {customer: {via: surveys, column: s}, "
			"date: date, metric: {const: x}, value: v}\n",
			"not via \"surveys\"", 3},
		{"people", "a\n", NULL, "people", 2},
	};
	struct book_fixture *b = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct outcome o =
			import(b, rows[i].kind, "f.csv", rows[i].text, rows[i].map, false);
		print_message("%zu: %s %s %s\n", i, o.counts, o.error, o.rejects);
		assert_int_equal(atoi(strchr(o.counts, ' ') + 1), rows[i].status);
		assert_true(strstr(o.error, rows[i].says) != NULL
			|| strstr(o.rejects, rows[i].says) != NULL);
	}
	struct tend_import_report r;
	struct tend_done done;
	struct tend_error err = {0};
	assert_int_equal(
		tend_app_import(b->app, "customers", "/no/such.csv", NULL, &r, &done, &err),
		TEND_FAILED);
	assert_non_null(strstr(err.text, "/no/such.csv"));
	tend_import_report_finish(&r);
	tend_done_finish(&done);
}

static void partial_takes_the_good_rows_and_writes_the_rest(void **state)
{
	struct book_fixture *b = *state;
	static const char text[] = "key,name,started\na,A,2026-01-01\nb,B,never\nc,C,2026-01-01\n";
	struct outcome o = import(b, "customers", "p.csv", text, NULL, true);
	assert_string_equal(o.counts, "2/0/0/1 0");
	const char *path = support_path(b->dir, "p.csv.rejected.csv");
	char *rejected = support_read(path, NULL);
	assert_non_null(strstr(rejected, "key,name,started,reason\r\n"));
	assert_non_null(strstr(rejected, "b,B,never,"));
	assert_int_equal(support_mode(path), 0600);
	free(rejected);
	assert_string_equal(book_value(b, "c", "name"), "C");
}

static void rejects_are_kept_where_they_are_the_same_and_replaced_only_by_force(void **state)
{
	struct book_fixture *b = *state;
	static const char head[] = "key,name,started\na,A,2026-01-01\n";
	char text[128];
	(void)snprintf(text, sizeof(text), "%sb,B,never\nc,C,soon\n", head);
	assert_string_equal(import(b, "customers", "p.csv", text, NULL, true).counts, "1/0/0/2 0");
	/* the same file again */
	assert_string_equal(import(b, "customers", "p.csv", text, NULL, true).counts, "0/0/1/2 0");
	/* one of the two rows is mended: other rejects */
	(void)snprintf(text, sizeof(text), "%sb,B,2026-01-01\nc,C,soon\n", head);
	struct outcome o = import(b, "customers", "p.csv", text, NULL, true);
	assert_non_null(strstr(o.error, "p.csv.rejected.csv"));
	assert_non_null(strstr(o.error, "--force"));
	assert_string_equal(o.counts + strlen(o.counts) - 2, " 1");
	const char *path = support_path(b->dir, "p.csv");
	struct tend_import_report r;
	struct tend_done done;
	struct tend_import_options how = {.partial = true, .force = true};
	assert_int_equal(
		tend_app_import(b->app, "customers", path, &how, &r, &done, NULL), TEND_OK);
	assert_int_equal(r.added, 1);
	tend_import_report_finish(&r);
	tend_done_finish(&done);
	char *rejected = support_read(support_path(b->dir, "p.csv.rejected.csv"), NULL);
	assert_null(strstr(rejected, "b,B"));
	assert_non_null(strstr(rejected, "c,C,soon,"));
	free(rejected);
}

static void every_fault_of_a_row_is_named_by_its_column(void **state)
{
	struct book_fixture *b = *state;
	assert_string_equal(csv(b, "customers", CUSTOMERS).counts, "2/0/0/0 0");
	/* the file's order, not that of the fields; the third is one that only the book can tell */
	struct outcome o = import(b, "subscriptions", "two.csv",
		"end,annual,key,start,customer\nnever,lots,s1,2026-01-01,nobody\n"
		"2026-12-31,1,s2,2026-01-01,acme\n2026-12-31,1,s3,soon,acme\n",
		NULL, true);
	assert_string_equal(o.counts, "1/0/0/2 0");
	const char *rest = o.rejects;
	static const char *const lines[] = {"2:1 end: \"never\"", "2:2 annual: \"lots\"",
		"2:5 there is no customer \"nobody\"", "4:4 start: \"soon\""};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_memory_equal(rest, lines[i], strlen(lines[i]));
		rest = strchr(rest, '\n') + 1;
	}
	assert_string_equal(rest, "");
	char *rejected = support_read(support_path(b->dir, "two.csv.rejected.csv"), NULL);
	const char *first = strstr(rejected, "end: \"\"never\"\"");
	const char *second = first != NULL ? strstr(first, "; annual: ") : NULL;
	assert_true(second != NULL && strstr(second, "; there is no customer") != NULL);
	free(rejected);
}

static void rejects_never_follow_a_link(void **state)
{
	struct book_fixture *b = *state;
	static const char text[] = "key,name,started\nb,B,never\n";
	(void)import(b, "customers", "p.csv", text, NULL, true);
	char *file = tend_strdup(support_path(b->dir, "p.csv.rejected.csv"));
	char *other = tend_strdup(support_path(b->dir, "other.csv"));
	assert_int_equal(rename(file, other), 0);
	assert_int_equal(symlink(other, file), 0);
	assert_non_null(strstr(import(b, "customers", "p.csv", text, NULL, true).error, "--force"));
	free(file);
	free(other);
}

static void usage_rows_for_one_day_are_combined(void **state)
{
	static const struct {
		const char *combine;
		double value;
	} rows[] = {
		{"", 12}, {"combine: sum\n", 12}, {"combine: max\n", 7}, {"combine: last\n", 2}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct book_fixture b;
		book_make(&b, TODAY);
		(void)csv(&b, "customers", CUSTOMERS);
		struct tend_str map = {0};
		tend_str_addf(&map,
			"map: m\nkind: usage\ncolumns: {customer: c, date: d, "
			"metric: {const: use}, value: v}\n%s",
			rows[i].combine);
		struct outcome o = import(&b, "usage", "u.csv",
			"c,d,v\nacme,2026-03-01,3\nacme,2026-03-01 "
			"12:30:00,7\nacme,2026-03-01T10:00:00Z,2\n",
			tend_str_text(&map), false);
		assert_string_equal(o.error, "");
		assert_string_equal(o.counts, "1/0/0/0 0");
		struct tend_list list;
		assert_int_equal(
			tend_app_records(b.app, &tend_point_type, 0, NULL, &list, NULL), TEND_OK);
		assert_true(((struct tend_point *)tend_list_at(&list, 0))->value == rows[i].value);
		tend_list_finish(&list);
		tend_str_finish(&map);
		book_remove(&b);
	}
	(void)state;
}

static void a_customer_is_found_through_a_subscription(void **state)
{
	static const char map[] = "map: m\nkind: usage\ncolumns:\n"
				  "  customer: {via: subscriptions, column: sub}\n  date: day\n  "
				  "metric: {const: use}\n"
				  "  value: n\nwhere: n > 0\n";
	struct book_fixture *b = *state;
	(void)csv(b, "customers", CUSTOMERS);
	(void)csv(
		b, "subscriptions", "key,customer,start\ns1,acme,2026-01-01\ns2,beta,2026-01-01\n");
	struct outcome o = import(b, "usage", "u.csv",
		"sub,day,n\ns1,2026-03-01,3\ns2,2026-03-01,4\ns1,2026-03-02,0\n", map, false);
	assert_string_equal(o.error, "");
	assert_string_equal(o.counts, "2/0/0/0 0");
	assert_int_equal(o.read, 3);
	o = import(b, "usage", "u.csv", "sub,day,n\ns9,2026-03-01,3\n", map, false);
	assert_non_null(strstr(o.rejects, "2:1 "));
	assert_non_null(strstr(o.rejects, "s9"));
}

static void kept_columns_are_fields_that_filters_know(void **state)
{
	static const char map[] = "map: m\nkind: customers\ncolumns: {key: id, name: name, "
				  "started: since}\nvalues: {}\nextra: keep\n";
	struct book_fixture *b = *state;
	struct outcome o = import(b, "customers", "k.csv",
		"id,name,since,region,size\na,A,2026-01-01,north,12\nb,B,2026-01-01,,30\n", map,
		false);
	assert_string_equal(o.error, "");
	assert_string_equal(book_value(b, "a", "region"), "north");
	const struct tend_query q = {.filter = "size > 20", .sort = "-size"};
	struct tend_list list;
	struct tend_error err = {0};
	if (tend_app_customers(b->app, &q, &list, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	o = import(b, "customers", "k.csv",
		"id,name,since,region,size\na,A,2026-01-01,north,12\nb,B,2026-01-01,,30\n", map,
		false);
	assert_int_equal(o.changes, 0);
	o = import(b, "customers", "k.csv", "id,name,since,region,size\na,A,2026-01-01,,12\n", map,
		false);
	assert_string_equal(o.counts, "0/1/0/0 0");
}

static void other_columns_are_named_as_ignored(void **state)
{
	struct book_fixture *b = *state;
	struct tend_import_report r;
	struct tend_done done;
	const char *path = book_file(b, "i.csv", "key,name,foo,health\na,A,1,99\n");
	assert_int_equal(
		tend_app_import(b->app, "customers", path, NULL, &r, &done, NULL), TEND_OK);
	assert_string_equal(r.ignored, "foo, health");
	assert_string_equal(done.summary, "imported customers from i.csv: 1 added, 0 updated");
	tend_import_report_finish(&r);
	tend_done_finish(&done);
}

static void json_lines_are_read_like_csv(void **state)
{
	struct book_fixture *b = *state;
	struct outcome o = import(b, "customers", "c.jsonl",
		"{\"key\":\"a\",\"name\":\"A\",\"started\":\"2026-01-01\"}\n{\"key\":\"b\","
		"\"name\":\"B\"}\n",
		NULL, false);
	assert_string_equal(o.error, "");
	assert_string_equal(o.counts, "2/0/0/0 0");
	o = import(b, "customers", "c.jsonl", "{\"key\":\"a\",\"name\":\n", NULL, false);
	assert_non_null(strstr(o.counts, " 3"));
}

static void a_dry_import_counts_and_changes_nothing(void **state)
{
	struct book_fixture *b = *state;
	(void)csv(b, "customers", CUSTOMERS);
	char *before = book_dump(b);
	b->dry_run = true;
	book_reopen(b, TODAY);
	struct outcome o = import(
		b, "customers", "d.csv", "key,name\nacme,New name\nnew,New\nbad\n", NULL, true);
	assert_string_equal(o.counts, "1/1/0/1 0");
	assert_false(support_exists(support_path(b->dir, "d.csv.rejected.csv")));
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

static void what_a_list_prints_can_be_read_again(void **state)
{
	struct book_fixture *b = *state;
	(void)csv(b, "customers",
		"key,name,started,term,owner,arr,currency,tags\n"
		"a,\"=SUM(A1), 公司\",2026-01-01,18m,li,1500.00,CNY,\"vip,new\"\nb,\"B "
		"\"\"x\"\"\",2025-06-01,,,,,\n");
	struct tend_list list;
	assert_int_equal(tend_app_customers(b->app, NULL, &list, NULL), TEND_OK);
	struct tend_str text = {0};
	tend_print_list(&list, &(struct tend_print){.format = TEND_AS_CSV}, &text);
	tend_list_finish(&list);
	char *before = book_dump(b);
	struct outcome o = csv(b, "customers", tend_str_text(&text));
	assert_string_equal(o.error, "");
	assert_string_equal(o.counts, "0/0/2/0 0");
	char *after = book_dump(b);
	assert_same_text(after, before);
	tend_str_finish(&text);
	free(before);
	free(after);
}

static void the_zero_of_an_ended_contract_takes_no_amount_away(void **state)
{
	struct book_fixture *b = *state;
	(void)csv(b, "customers", "key,name,started,arr\nold,Old,2024-01-01,900.00\n");
	char *before = book_dump(b);
	assert_string_equal(book_value(b, "old", "arr"), "0.00");
	struct outcome o = csv(b, "customers", "key,name,arr\nold,Old,0.00\n");
	assert_string_equal(o.counts, "0/0/1/0 0");
	o = csv(b, "customers", "key,name,arr\nold,Old,900.00\n");
	assert_string_equal(o.counts, "0/0/1/0 0");
	char *after = book_dump(b);
	assert_same_text(after, before);
	o = csv(b, "customers", "key,name,arr\nold,Old,950.00\n");
	assert_string_equal(o.counts, "0/1/0/0 0");
	free(before);
	free(after);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_import_changes_nothing_and_undo_takes_each_back),
		TEST(a_bad_row_rejects_the_whole_file),
		TEST(every_bad_row_is_named_by_its_line),
		TEST(files_that_cannot_be_used_are_explained),
		TEST(partial_takes_the_good_rows_and_writes_the_rest),
		TEST(rejects_are_kept_where_they_are_the_same_and_replaced_only_by_force),
		TEST(rejects_never_follow_a_link),
		TEST(every_fault_of_a_row_is_named_by_its_column),
		cmocka_unit_test(usage_rows_for_one_day_are_combined),
		TEST(a_customer_is_found_through_a_subscription),
		TEST(kept_columns_are_fields_that_filters_know),
		TEST(other_columns_are_named_as_ignored),
		TEST(json_lines_are_read_like_csv),
		TEST(a_dry_import_counts_and_changes_nothing),
		TEST(what_a_list_prints_can_be_read_again),
		TEST(the_zero_of_an_ended_contract_takes_no_amount_away),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * Evaluates expressions for oracle_expr.py. A line of input is, between tabs: "truth" or "number", the
 * expression, and NAME=KIND[=VALUE] for every field and for the facts behind functions:
 *   day=date=N  contact=date[=N]  alerts=number[=N]
 *   METRIC=counter|gauge=DAY:VALUE DAY:VALUE …           (after the day; by day)
 *   KEY=milestone=OCCURRENCE:STATE:DUE:DONE_ON           (DONE_ON 0: none)
 *   complaint=complaint=OPENED:CLOSED                    (CLOSED 0: none)
 * A line of output is its value, or what differs between the value and that of the trace.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/facts.h>
#include <tend/str.h>

#include <tend/fields.h>

enum { LINE_MAX_BYTES = 65536, INPUTS_MAX = 64, ROWS_MAX = 2048 };

struct input {
	const char *name;
	struct tend_value value;
};
struct inputs {
	struct input items[INPUTS_MAX];
	size_t n;
	struct tend_facts facts;
	struct tend_customer customer;
	struct tend_point points[ROWS_MAX];
	size_t npoints;
	struct tend_milestone milestones[INPUTS_MAX];
	struct tend_complaint complaints[INPUTS_MAX];
};

static const struct tend_field fields[] = {
	{.name = "n1", .type = TEND_NUMBER},
	{.name = "n2", .type = TEND_NUMBER},
	{.name = "n3", .type = TEND_RATIO},
	{.name = "t1", .type = TEND_TEXT},
	{.name = "t2", .type = TEND_TEXT},
	{.name = "d1", .type = TEND_DATE},
	{.name = "d2", .type = TEND_DATE},
	{.name = "b1", .type = TEND_BOOL},
	{.name = "b2", .type = TEND_BOOL},
	{.name = "g1", .type = TEND_TAGS},
};
static const char *const custom[] = {"c1", "c2"};
static const char *const metrics[] = {"m", "a-b", "g", "g-2", "never"};

static struct tend_value find(const struct inputs *in, const char *name)
{
	for (size_t i = 0; i < in->n; i++) {
		if (strcmp(in->items[i].name, name) == 0) {
			return in->items[i].value;
		}
	}
	return (struct tend_value){.type = TEND_TEXT, .null = true};
}

static struct tend_value field(void *ctx, const char *name)
{
	return find(ctx, name);
}

static struct tend_value call(void *ctx, const char *function, const char *arg, int window)
{
	struct tend_inputs in = tend_facts_inputs(&((struct inputs *)ctx)->facts);
	return in.call(in.ctx, function, arg, window);
}

static struct tend_value basis(
	void *ctx, const char *function, const char *arg, int window, struct tend_basis *ret)
{
	struct tend_inputs in = tend_facts_inputs(&((struct inputs *)ctx)->facts);
	return in.basis(in.ctx, function, arg, window, ret);
}

static struct tend_value read_value(const char *kind, const char *text)
{
	struct tend_value v = {.type = TEND_TEXT, .null = text == NULL, .text = text};
	long long integer = 0;
	if (text == NULL) {
		return v;
	}
	if (strcmp(kind, "number") == 0) {
		v = (struct tend_value){.type = TEND_NUMBER};
		v.null = !tend_parse_number(text, &v.number);
	} else if (strcmp(kind, "date") == 0) {
		v = (struct tend_value){.type = TEND_DATE, .null = !tend_parse_int(text, &integer)};
		v.date.day = (int32_t)integer;
	} else if (strcmp(kind, "bool") == 0) {
		v = (struct tend_value){.type = TEND_BOOL, .integer = text[0] == '1'};
	} else if (strcmp(kind, "tags") == 0) {
		v.type = TEND_TAGS;
	}
	return v;
}

static char *next_part(char **at, char delimiter)
{
	char *part = *at;
	char *end = strchr(part, delimiter);
	*at = NULL;
	if (end != NULL) {
		*end = '\0';
		*at = end + 1;
	}
	return part;
}

static long long integer(const char *text)
{
	long long n = 0;
	(void)tend_parse_int(text != NULL ? text : "", &n);
	return n;
}

static struct tend_date date_or_none(const char *text)
{
	long long n = integer(text);
	return n == 0 ? TEND_NO_DATE : (struct tend_date){(int32_t)n};
}

static void read_points(struct inputs *in, const char *metric, bool gauge, char *text)
{
	size_t first = in->npoints;
	for (char *at = text; at != NULL && *at != '\0' && in->npoints < ROWS_MAX;) {
		char *value = next_part(&at, ' ');
		const char *day = next_part(&value, ':');
		struct tend_point *p = &in->points[in->npoints++];
		*p = (struct tend_point){.metric = metric, .date = date_or_none(day)};
		(void)tend_parse_number(value, &p->value);
	}
	tend_facts_series(&in->facts, metric, gauge, in->points + first, in->npoints - first);
}

/* Takes a part that is no field; false where it is one. */
static bool read_fact(struct inputs *in, const char *name, const char *kind, char *text)
{
	struct tend_facts *f = &in->facts;
	if (strcmp(name, "day") == 0) {
		f->day = date_or_none(text);
	} else if (strcmp(name, "contact") == 0) {
		in->customer.last_contact = date_or_none(text);
	} else if (strcmp(name, "alerts") == 0) {
		in->customer.alerts = text != NULL ? integer(text) : TEND_NO_INT;
	} else if (strcmp(kind, "counter") == 0 || strcmp(kind, "gauge") == 0) {
		read_points(in, name, kind[0] == 'g', text);
	} else if (strcmp(kind, "milestone") == 0) {
		struct tend_milestone *m = &in->milestones[f->nmilestones++];
		m->key = name;
		m->occurrence = integer(next_part(&text, ':'));
		m->state = next_part(&text, ':');
		m->due = date_or_none(next_part(&text, ':'));
		m->done_on = date_or_none(text);
	} else if (strcmp(kind, "complaint") == 0) {
		struct tend_complaint *c = &in->complaints[f->ncomplaints++];
		c->opened = date_or_none(next_part(&text, ':'));
		c->closed = date_or_none(text);
	} else {
		return false;
	}
	return true;
}

static void finish_facts(struct inputs *in)
{
	in->facts.customer = &in->customer;
	in->facts.milestones = in->milestones;
	in->facts.complaints = in->complaints;
}

static void print_value(const char *what, struct tend_value v, enum tend_truth truth)
{
	static const char *const words[] = {
		[TEND_FALSE] = "false", [TEND_TRUE] = "true", [TEND_UNKNOWN] = "unknown"};
	if (strcmp(what, "truth") == 0) {
		puts(words[truth]);
		return;
	}
	double number = v.type == TEND_NUMBER ? v.number : 0;
	bool text_number = !v.null && v.type == TEND_TEXT && tend_parse_number(v.text, &number);
	if (v.null || (v.type == TEND_TEXT && !text_number)) {
		puts("unknown");
	} else {
		printf("%.9g\n", number);
	}
}

/* The trace is the same evaluation: its value is that of the expression. */
static bool trace_agrees(
	const struct tend_expr *e, const struct tend_inputs *inputs, struct tend_value v)
{
	struct tend_list rows;
	tend_list_init(&rows, &tend_trace_type);
	struct tend_value traced = tend_expr_trace(e, inputs, "it", &rows);
	bool same = traced.null == v.null && (v.null || tend_value_compare(traced, v) == 0);
	for (size_t i = 0; i < rows.n; i++) {
		const struct tend_trace *t = tend_list_at(&rows, i);
		same = same && (t->value == NULL) == (t->missing != NULL);
	}
	tend_list_finish(&rows);
	return same;
}

static void answer(const char *what, const char *text, struct inputs *in)
{
	const struct tend_names names = {.fields = fields,
		.nfields = COUNT_OF(fields),
		.custom = custom,
		.ncustom = COUNT_OF(custom),
		.metrics = metrics,
		.nmetrics = COUNT_OF(metrics),
		.functions = true,
		.any_type = true};
	const struct tend_inputs inputs = {in, field, call, basis};
	struct tend_expr *e = NULL;
	struct tend_error err;
	if (tend_expr_parse_line(text, &names, &e, &err) != TEND_OK) {
		printf("error: %s\n", err.text);
		return;
	}
	struct tend_value v = tend_expr_value(e, &inputs);
	if (trace_agrees(e, &inputs, v)) {
		print_value(what, v, tend_expr_truth(e, &inputs));
	} else {
		puts("the trace differs");
	}
	tend_expr_destroy(e);
}

int main(void)
{
	static char line[LINE_MAX_BYTES];
	static struct inputs in;
	while (fgets(line, sizeof(line), stdin) != NULL) {
		in = (struct inputs){0};
		line[strcspn(line, "\n")] = '\0';
		char *at = line;
		const char *what = next_part(&at, '\t');
		const char *text = at != NULL ? next_part(&at, '\t') : "";
		while (at != NULL && in.n < INPUTS_MAX) {
			char *part = next_part(&at, '\t');
			const char *name = next_part(&part, '=');
			const char *kind = part != NULL ? next_part(&part, '=') : "";
			if (!read_fact(&in, name, kind, part)) {
				in.items[in.n++] = (struct input){name, read_value(kind, part)};
			}
		}
		finish_facts(&in);
		answer(what, text, &in);
		tend_facts_finish(&in.facts);
	}
	return EXIT_SUCCESS;
}

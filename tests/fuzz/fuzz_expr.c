/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an expression: whatever comes, it is a tree that has a value and filters a list, or a
 * printable message with a column inside the text.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tend/expr.h>
#include <tend/records.h>
#include <tend/str.h>
#include <tend/text.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static struct tend_value give_field(void *ctx, const char *name)
{
	(void)ctx;
	return (struct tend_value){.type = TEND_TEXT, .text = name};
}

static struct tend_value give_call(void *ctx, const char *function, const char *arg, int window)
{
	(void)ctx;
	demand(function[0] != '\0' && window >= 0 && window <= TEND_EXPR_WINDOW_MAX);
	return (struct tend_value){.type = TEND_NUMBER, .number = (double)strlen(arg)};
}

static void note_field(void *ctx, const char *name)
{
	demand(name != NULL);
	*(size_t *)ctx += 1;
}

/* The trace is the same evaluation, and every row of it a part of the text. */
static void use_trace(const struct tend_expr *e, struct tend_value v)
{
	const struct tend_inputs in = {NULL, give_field, give_call};
	struct tend_list rows;
	struct tend_str line = {0};
	tend_list_init(&rows, &tend_trace_type);
	struct tend_value traced = tend_expr_trace(e, &in, "it", &rows);
	demand(traced.null == v.null && (v.null || tend_value_compare(traced, v) == 0));
	for (size_t i = 0; i < rows.n; i++) {
		const struct tend_trace *t = tend_list_at(&rows, i);
		demand(strstr(tend_expr_text(e), t->expression) != NULL);
		demand((t->value == NULL) == (t->missing != NULL));
		tend_trace_line(t, &line);
	}
	(void)tend_expr_calls(e, NULL, NULL);
	tend_str_finish(&line);
	tend_list_finish(&rows);
}

static void use(const struct tend_expr *e)
{
	const struct tend_inputs in = {NULL, give_field, give_call};
	struct tend_list list;
	size_t names = 0;
	enum tend_truth truth = tend_expr_truth(e, &in);
	struct tend_value v = tend_expr_value(e, &in);
	bool never = tend_expr_never(e, NULL, NULL);
	demand(truth == TEND_UNKNOWN || !v.null);
	demand(!never || truth != TEND_TRUE);
	demand(!never || tend_expr_never(e, "stage", "a"));
	use_trace(e, v);
	tend_list_init(&list, &tend_customer_type);
	for (int i = 0; i < 3; i++) {
		struct tend_customer *c = tend_list_add(&list);
		c->key = "a";
		c->status = "lapsed";
		c->arr = i * INT64_C(1000000);
	}
	tend_expr_filter(e, &list);
	demand(list.n <= 3 && (!never || list.n == 0));
	tend_list_finish(&list);
	tend_expr_fields(e, note_field, &names);
	demand(names <= TEND_EXPR_BYTES_MAX);
}

static void check_findings(const struct tend_findings *findings, const char *text, bool ok)
{
	int columns = 1;
	for (const char *s = text; *s != '\0'; s++) {
		columns += ((unsigned char)*s & 0xC0) != 0x80;
	}
	demand(ok == (findings->errors == 0));
	for (size_t i = 0; i < findings->n; i++) {
		const struct tend_finding *f = &findings->items[i];
		demand(f->line == 1 && f->column >= 1 && f->column <= columns);
		demand(tend_is_printable(f->text, strlen(f->text)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	char *text = tend_strndup((const char *)data, size);
	names.functions = true;
	for (int round = 0; round < 4; round++) {
		struct tend_findings findings;
		struct tend_expr *e = NULL;
		names.any_column = (round & 1) != 0;
		names.any_type = (round & 1) != 0;
		tend_findings_init(&findings, "");
		bool ok = tend_expr_parse(text, &names, (round & 2) != 0, &findings, 1, 1, &e)
			== TEND_OK;
		check_findings(&findings, text, ok);
		if (ok) {
			use(e);
		}
		tend_expr_destroy(e);
		tend_findings_finish(&findings);
	}
	free(text);
	return 0;
}

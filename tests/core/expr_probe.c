/* SPDX-License-Identifier: MIT */
/*
 * Evaluates expressions for oracle_expr.py. A line of input is, between tabs: "truth" or "number", the
 * expression, and NAME=KIND[=VALUE] for every field and call; a line of output is its value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/expr.h>
#include <tend/str.h>

#include "fields.h"

enum { LINE_MAX_BYTES = 16384, INPUTS_MAX = 64 };

struct input {
	const char *name;
	struct tend_value value;
};
struct inputs {
	struct input items[INPUTS_MAX];
	size_t n;
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
static const char *const metrics[] = {"m", "a-b"};

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
	char name[64];
	if (window == 28) {
		(void)snprintf(name, sizeof(name), "%s(%s, 4w)", function, arg);
	} else if (window > 0) {
		(void)snprintf(name, sizeof(name), "%s(%s, %dd)", function, arg, window);
	} else {
		(void)snprintf(name, sizeof(name), "%s(%s)", function, arg);
	}
	return find(ctx, name);
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

static void answer(const char *what, const char *text, const struct inputs *in)
{
	const struct tend_names names = {.fields = fields,
		.nfields = COUNT_OF(fields),
		.custom = custom,
		.ncustom = COUNT_OF(custom),
		.metrics = metrics,
		.nmetrics = COUNT_OF(metrics),
		.functions = true,
		.any_type = true};
	const struct tend_inputs inputs = {(void *)(size_t)in, field, call};
	struct tend_expr *e = NULL;
	struct tend_error err;
	if (tend_expr_parse_line(text, &names, &e, &err) != TEND_OK) {
		printf("error: %s\n", err.text);
		return;
	}
	if (strcmp(what, "truth") == 0) {
		static const char *const words[] = {
			[TEND_FALSE] = "false", [TEND_TRUE] = "true", [TEND_UNKNOWN] = "unknown"};
		puts(words[tend_expr_truth(e, &inputs)]);
	} else {
		struct tend_value v = tend_expr_value(e, &inputs);
		double number = v.type == TEND_NUMBER ? v.number : 0;
		bool text_number =
			!v.null && v.type == TEND_TEXT && tend_parse_number(v.text, &number);
		if (v.null || (v.type == TEND_TEXT && !text_number)) {
			puts("unknown");
		} else {
			printf("%.9g\n", number);
		}
	}
	tend_expr_destroy(e);
}

int main(void)
{
	static char line[LINE_MAX_BYTES];
	while (fgets(line, sizeof(line), stdin) != NULL) {
		struct inputs in = {0};
		line[strcspn(line, "\n")] = '\0';
		char *at = line;
		const char *what = next_part(&at, '\t');
		const char *text = at != NULL ? next_part(&at, '\t') : "";
		while (at != NULL && in.n < INPUTS_MAX) {
			char *part = next_part(&at, '\t');
			const char *name = next_part(&part, '=');
			const char *kind = part != NULL ? next_part(&part, '=') : "";
			in.items[in.n++] = (struct input){name, read_value(kind, part)};
		}
		answer(what, text, &in);
	}
	return EXIT_SUCCESS;
}

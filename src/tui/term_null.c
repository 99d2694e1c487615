/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include <tend/mem.h>

#include "term.h"

struct null_term {
	struct term base;
	int columns, rows;
};

static void size(struct term *t, int *ret_columns, int *ret_rows)
{
	const struct null_term *n = (const struct null_term *)t;
	*ret_columns = n->columns;
	*ret_rows = n->rows;
}

static int colors(struct term *t)
{
	(void)t;
	return COLORS_NONE;
}

static void set_styles(struct term *t, const struct styles *s)
{
	(void)t;
	(void)s;
}

static void present(struct term *t, const struct canvas *c)
{
	(void)t;
	(void)c;
}

static void nothing(struct term *t)
{
	(void)t;
}

static void close_null(struct term *t)
{
	free(t);
}

struct term *term_null_open(int columns, int rows)
{
	static const struct term_ops ops = {
		.size = size,
		.colors = colors,
		.set_styles = set_styles,
		.present = present,
		.forget = nothing,
		.suspend = nothing,
		.resume = nothing,
		.bell = nothing,
		.close = close_null,
	};
	struct null_term *n = tend_alloc(sizeof(*n));
	*n = (struct null_term){{&ops, -1}, columns, rows};
	return &n->base;
}

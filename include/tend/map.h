/* SPDX-License-Identifier: MIT */
/* Import maps: how the columns of somebody's file become our fields. */
#ifndef TEND_MAP_H
#define TEND_MAP_H

#include <stdbool.h>
#include <tend/expr.h>
#include <tend/mem.h>

struct tend_map_column {
	const char *field; /* ours */
	const char *column; /* theirs; NULL where constant */
	const char *constant; /* NULL where from a column */
	const char *via; /* kind of record through whose key it is found; NULL */
	const char *format; /* strptime-like date format: %Y %m %d %H %M %S; NULL */
	int line, col;
};
struct tend_map_value {
	const char *field, *theirs, *ours;
};
struct tend_map {
	struct tend_arena arena;
	const char *key, *kind;
	struct tend_map_column *columns;
	size_t ncolumns;
	struct tend_map_value *values;
	size_t nvalues;
	struct tend_expr *where; /* over their columns; NULL */
	enum { TEND_COMBINE_SUM, TEND_COMBINE_MAX, TEND_COMBINE_LAST } combine;
	bool keep_extra;
	const char *encoding; /* NULL: UTF-8; else "gb18030" */
};
void tend_map_destroy(struct tend_map *m);

#endif

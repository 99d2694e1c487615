/* SPDX-License-Identifier: MIT */
/* A table whose cells are made on demand, twice: to measure and to print. */
#ifndef EXCHANGE_GRID_H
#define EXCHANGE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <tend/str.h>

struct grid {
	const void *ctx;
	size_t rows, columns;
	/* Appends the text as it is to be printed. */
	void (*head)(const void *ctx, size_t column, struct tend_str *out);
	void (*cell)(const void *ctx, size_t row, size_t column, struct tend_str *out);
	bool (*right)(const void *ctx, size_t column); /* right-aligned */
	/* How wide a cell of the column can get: measuring ends there. 0: not known. NULL: of none. */
	int (*most)(const void *ctx, size_t column);
};

/* The widths that hold every cell and head; the caller frees them. */
int *grid_measure(const struct grid *g);
/* A table of Markdown with its columns aligned; cells have to be escaped. */
void grid_markdown(const struct grid *g, struct tend_str *out);

#endif

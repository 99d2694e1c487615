/* SPDX-License-Identifier: MIT */
/* The two readers behind tend_rows: one file each, one row at a time. */
#ifndef EXCHANGE_ROWS_H
#define EXCHANGE_ROWS_H

#include <csv.h>
#include <iconv.h>
#include <tend/exchange.h>
#include <tend/mem.h>

enum {
	ROWS_CELL_MAX = 1024 * 1024, /* bytes */
	ROWS_COLUMNS_MAX = 4096,
	ROWS_LINE_MAX = 4 * 1024 * 1024, /* bytes of one JSON line */
	ROWS_DEPTH_MAX = 16, /* of nested JSON objects */
};

/* The cells of the present row, one after another, each ended by a NUL. */
struct row_buffer {
	struct tend_str text;
	struct row_cell {
		size_t offset;
		bool given;
	} * items;
	size_t n, cap;
	const char **cells;
	size_t cells_cap;
};

/* Names of columns by their text; slots hold index + 1. */
struct name_index {
	size_t *slots;
	size_t size; /* a power of two */
};

struct tend_rows {
	const char *file;
	const char *data;
	size_t size, at; /* at: the first byte not taken yet */
	int line; /* of that byte */
	struct tend_arena arena;
	struct names {
		const char **items;
		size_t n, cap;
	} names;
	struct row_buffer row;
	bool decode; /* from gb18030 */
	iconv_t decoder;
	bool json;
	/* CSV only */
	char delimiter;
	struct csv_parser parser;
	bool row_ended;
	int row_line, cell_line; /* where the row and its last complete cell began or ended */
	struct tend_row_error bad;
	/* JSON only */
	struct name_index index;
};

enum tend_status rows_csv_open(struct tend_rows *r, struct tend_error *err);
bool rows_csv_next(struct tend_rows *r, struct tend_cell_row *ret, struct tend_row_error *bad);
void rows_csv_close(struct tend_rows *r);
enum tend_status rows_json_open(struct tend_rows *r, struct tend_error *err);
bool rows_json_next(struct tend_rows *r, struct tend_cell_row *ret, struct tend_row_error *bad);
void rows_json_close(struct tend_rows *r);

/* To UTF-8 without a NUL; false where the bytes are no text. `out` then holds what can be shown of them. */
bool rows_decode(
	struct tend_rows *r, const char *s, size_t n, struct tend_str *out, size_t *ret_wrong_at);

void row_clear(struct row_buffer *row);
/* Appends a cell; the text may hold no NUL. */
void row_add(struct row_buffer *row, const char *text, size_t n);
/* Has at least `n` cells, of which new ones are not given; row_put gives one. */
void row_reserve(struct row_buffer *row, size_t n);
void row_put(struct row_buffer *row, size_t i, const char *text, size_t n);
/* The cells as pointers, at least `n` of them, NULL where there is none. */
const char *const *row_cells(struct row_buffer *row, size_t n);
void row_finish(struct row_buffer *row);

#endif

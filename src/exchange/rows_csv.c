/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>
#include <tend/text.h>

#include "clean.h"
#include "rows.h"

enum { BLOCK = 64 * 1024 }; /* libcsv grows its buffer in such steps */

/* Blanks around a cell belong to it. */
static int no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void start_parser(struct tend_rows *r)
{
	(void)csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
	csv_set_delim(&r->parser, (unsigned char)r->delimiter);
	csv_set_space_func(&r->parser, no_space);
	csv_set_blk_size(&r->parser, BLOCK);
}

static void restart_parser(struct tend_rows *r)
{
	csv_free(&r->parser);
	start_parser(r);
}

static void take_cell(void *data, size_t n, void *ctx)
{
	struct tend_rows *r = ctx;
	r->cell_line = r->line;
	size_t column = r->row.n + 1;
	if (column > ROWS_COLUMNS_MAX) {
		tend_row_bad(&r->bad, column, _("more than %d columns"), ROWS_COLUMNS_MAX);
		return;
	}
	if (n > ROWS_CELL_MAX) {
		tend_row_bad(&r->bad, column, _("a cell of more than %d bytes"), ROWS_CELL_MAX);
		row_add(&r->row, "", 0);
		return;
	}
	const char *text = data != NULL ? data : "";
	struct tend_str decoded = {0};
	if (r->decode || tend_utf8_invalid_at(text, n) != n) {
		size_t wrong = 0;
		if (!rows_decode(r, text, n, &decoded, &wrong)) {
			tend_row_bad(&r->bad, column,
				memchr(text, '\0', n) != NULL ? _("a NUL byte stands in the cell")
					: r->decode           ? _("the cell is not valid GB18030")
						    : _("the cell is not valid UTF-8 (for a "
							"file in GB18030 say so in a map: "
							"encoding: gb18030)"));
		}
		text = tend_str_text(&decoded);
		n = decoded.len;
	}
	bool guarded = n > 1 && text[0] == '\'' && tend_csv_unguard(text) != text;
	row_add(&r->row, text + guarded, n - guarded);
	tend_str_finish(&decoded);
}

static void take_end(int c, void *ctx)
{
	struct tend_rows *r = ctx;
	(void)c;
	r->row_ended = true;
}

/* The next physical line with its ending; a lone CR ends one as well. */
static size_t line_length(const struct tend_rows *r)
{
	const char *from = r->data + r->at;
	size_t left = r->size - r->at;
	const char *lf = memchr(from, '\n', left);
	size_t n = lf != NULL ? (size_t)(lf - from) + 1 : left;
	const char *cr = memchr(from, '\r', n);
	return cr != NULL && cr + 1 != lf ? (size_t)(cr - from) + 1 : n;
}

static bool is_blank_line(const char *s, size_t n)
{
	return (n == 1 && (s[0] == '\n' || s[0] == '\r'))
		|| (n == 2 && s[0] == '\r' && s[1] == '\n');
}

static void at_end(struct tend_rows *r)
{
	if (csv_fini(&r->parser, take_cell, take_end, r) != 0) {
		tend_row_bad(&r->bad, r->row.n + 1,
			_("a quotation mark that opens on line %d is never closed"), r->cell_line);
		restart_parser(r);
	}
	r->row_ended = true;
}

/* Feeds lines until a row is complete; false at the end of the file. */
static bool read_row(struct tend_rows *r)
{
	bool inside = false;
	row_clear(&r->row);
	r->bad = (struct tend_row_error){0};
	r->row_ended = false;
	while (!r->row_ended && r->at < r->size) {
		const char *line = r->data + r->at;
		size_t n = line_length(r);
		if (!inside && is_blank_line(line, n)) {
			r->at += n;
			r->line++;
			continue;
		}
		if (!inside) {
			r->row_line = r->cell_line = r->line;
			inside = true;
		}
		if (csv_parse(&r->parser, line, n, take_cell, take_end, r) != n) {
			tend_row_bad(&r->bad, r->row.n + 1,
				_("a quotation mark inside the cell: quote the cell and write the "
				  "mark twice"));
			restart_parser(r);
			r->row_ended = true;
		}
		r->at += n;
		r->line++;
	}
	if (inside && !r->row_ended) {
		at_end(r);
	}
	return inside;
}

/* The delimiter that the header has most of outside quotes. */
static char detect_delimiter(const char *s, size_t n)
{
	static const char candidates[] = ",;\t";
	size_t counts[3] = {0};
	bool quoted = false;
	for (size_t i = 0; i < n && (quoted || (s[i] != '\n' && s[i] != '\r')); i++) {
		quoted = quoted != (s[i] == '"');
		const char *which = quoted || s[i] == '\0' ? NULL : strchr(candidates, s[i]);
		if (which != NULL) {
			counts[which - candidates]++;
		}
	}
	size_t best = 0;
	for (size_t i = 1; i < 3; i++) {
		best = counts[i] > counts[best] ? i : best;
	}
	return candidates[best];
}

/* "sep=;" as the first line, which some spreadsheets write. */
static bool take_separator_line(struct tend_rows *r)
{
	const char *s = r->data + r->at;
	size_t n = line_length(r);
	if (n < 5 || n > 7 || strncmp(s, "sep=", 4) != 0 || strchr(",;\t", s[4]) == NULL
		|| s[4] == '\0' || (n > 5 && !is_blank_line(s + 5, n - 5))) {
		return false;
	}
	r->delimiter = s[4];
	r->at += n;
	r->line++;
	return true;
}

static const char *clean_name(struct tend_rows *r, const char *cell)
{
	struct tend_str name = {0};
	cell += strspn(cell, " \t");
	size_t n = strlen(cell);
	while (n > 0 && strchr(" \t", cell[n - 1]) != NULL) {
		n--;
	}
	tend_printable(&name, cell, n);
	const char *ret = tend_arena_strdup(&r->arena, tend_str_text(&name));
	tend_str_finish(&name);
	return ret;
}

static void take_names(struct tend_rows *r)
{
	const char *const *cells = row_cells(&r->row, 0);
	for (size_t i = 0; i < r->row.n; i++) {
		const char *name = clean_name(r, cells[i]);
		if (*name == '\0') {
			tend_row_bad(
				&r->bad, i + 1, _("column %zu of the header has no name"), i + 1);
		}
		for (size_t k = 0; k < r->names.n; k++) {
			if (strcmp(r->names.items[k], name) == 0) {
				tend_row_bad(&r->bad, i + 1,
					_("column %zu has the name of column %zu: \"%.200s\""),
					i + 1, k + 1, name);
			}
		}
		*TEND_PUSH(&r->names) = name;
	}
}

enum tend_status rows_csv_open(struct tend_rows *r, struct tend_error *err)
{
	if (!take_separator_line(r)) {
		r->delimiter = detect_delimiter(r->data + r->at, r->size - r->at);
	}
	start_parser(r);
	if (!read_row(r)) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("%s:1:1: error: the file is empty: a row with the names of its columns "
			  "is expected"),
			r->file);
	}
	if (r->bad.text[0] == '\0') {
		take_names(r);
	}
	if (r->bad.text[0] != '\0') {
		return tend_fail(err, TEND_BAD_INPUT, "%s:%d:%d: error: %s", r->file, r->row_line,
			r->bad.column, r->bad.text);
	}
	return TEND_OK;
}

bool rows_csv_next(struct tend_rows *r, struct tend_cell_row *ret, struct tend_row_error *bad)
{
	if (!read_row(r)) {
		return false;
	}
	if (r->bad.text[0] == '\0' && r->row.n != r->names.n) {
		tend_row_bad(&r->bad, 0, _("the row has %zu cells, the header has %zu"), r->row.n,
			r->names.n);
	}
	*bad = r->bad;
	*ret = (struct tend_cell_row){r->row_line, row_cells(&r->row, r->names.n), r->row.n};
	return true;
}

void rows_csv_close(struct tend_rows *r)
{
	if (r->parser.blk_size != 0) {
		csv_free(&r->parser);
	}
}

#define TEXT_OF(number) TEXT_OF_EXPANDED(number)
#define TEXT_OF_EXPANDED(number) #number

const char *tend_csv_library(void)
{
	return TEXT_OF(CSV_MAJOR) "." TEXT_OF(CSV_MINOR) "." TEXT_OF(CSV_RELEASE);
}

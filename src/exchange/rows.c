/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <tend/lang.h>
#include <tend/text.h>

#include "clean.h"
#include "rows.h"

/* Writes the text of a fault before that of the i-th one. */
static void put_fault(
	struct tend_row_error *bad, size_t i, int column, const char *text, size_t len)
{
	size_t used = strlen(bad->text), at = used > 0 ? used + 2 : 0;
	if (i < bad->nfaults) {
		at = (size_t)bad->faults[i].at;
		memmove(bad->text + at + len + 2, bad->text + at, used - at + 1);
		memcpy(bad->text + at + len, "; ", 2);
	} else {
		memcpy(bad->text + used, "; ", at - used);
		bad->text[at + len] = '\0';
	}
	memcpy(bad->text + at, text, len);
	for (size_t k = bad->nfaults; k > i; k--) {
		bad->faults[k] = bad->faults[k - 1];
		bad->faults[k].at += (int)len + 2;
	}
	bad->faults[i] = (struct tend_row_fault){column, (int)at, (int)len};
	bad->nfaults++;
	bad->column = bad->faults[0].column;
}

void tend_row_bad(struct tend_row_error *bad, size_t column, const char *fmt, ...)
{
	char text[sizeof(bad->text)];
	va_list args;
	va_start(args, fmt);
	int n = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	size_t len = n < 0 ? 0 : (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1;
	len = tend_utf8_invalid_at(text, len); /* cut between characters */
	text[len] = '\0';
	size_t place = bad->nfaults;
	for (size_t i = bad->nfaults; i > 0; i--) {
		const struct tend_row_fault *f = &bad->faults[i - 1];
		if ((size_t)f->size == len && memcmp(bad->text + f->at, text, len) == 0) {
			return;
		}
		place = (size_t)f->column > column ? i - 1 : place;
	}
	size_t used = strlen(bad->text);
	bool fits = used == 0 || used + 2 + len < sizeof(bad->text);
	if (fits && len > 0 && bad->nfaults < TEND_ROW_FAULTS_MAX) {
		put_fault(bad, place, (int)column, text, len);
	}
}

/* One call of iconv for what is left of the text; false at an invalid place. */
static bool convert(iconv_t decoder, char **in, size_t *left, struct tend_str *out)
{
	char buf[1024];
	while (*left > 0) {
		char *to = buf;
		size_t room = sizeof(buf);
		size_t done = iconv(decoder, in, left, &to, &room);
		tend_str_addn(out, buf, (size_t)(to - buf));
		if (done == (size_t)-1 && errno != E2BIG) {
			return false;
		}
	}
	return true;
}

static bool decode_gb18030(
	iconv_t decoder, const char *s, size_t n, struct tend_str *out, size_t *ret_wrong_at)
{
	union {
		const char *in;
		char *iconv;
	} text = {s}; /* iconv does not write to its input, but its type says so */
	size_t left = n;
	bool ok = true;
	(void)iconv(decoder, NULL, NULL, NULL, NULL);
	while (!convert(decoder, &text.iconv, &left, out)) {
		if (ok) {
			*ret_wrong_at = n - left;
		}
		ok = false;
		tend_str_add(out, "\xef\xbf\xbd");
		text.in++;
		left--;
	}
	return ok;
}

static bool is_ascii(const char *s, size_t n)
{
	unsigned char all = 0;
	for (size_t i = 0; i < n; i++) {
		all |= (unsigned char)s[i];
	}
	return all < 0x80;
}

bool rows_decode(
	struct tend_rows *r, const char *s, size_t n, struct tend_str *out, size_t *ret_wrong_at)
{
	if (r->decode && !is_ascii(s, n) && memchr(s, '\0', n) == NULL) {
		return decode_gb18030(r->decoder, s, n, out, ret_wrong_at);
	}
	size_t wrong = tend_utf8_invalid_at(s, n);
	if (wrong == n) {
		tend_str_addn(out, s, n);
		return true;
	}
	*ret_wrong_at = wrong;
	clean_lines(out, s, n);
	return false;
}

void row_clear(struct row_buffer *row)
{
	tend_str_clear(&row->text);
	row->n = 0;
}

void row_reserve(struct row_buffer *row, size_t n)
{
	while (row->n < n) {
		(void)TEND_PUSH(row);
	}
}

void row_put(struct row_buffer *row, size_t i, const char *text, size_t n)
{
	row->items[i] = (struct row_cell){row->text.len, true};
	tend_str_addn(&row->text, text, n);
	tend_str_addc(&row->text, '\0');
}

void row_add(struct row_buffer *row, const char *text, size_t n)
{
	row_reserve(row, row->n + 1);
	row_put(row, row->n - 1, text, n);
}

const char *const *row_cells(struct row_buffer *row, size_t n)
{
	n = n > row->n ? n : row->n;
	if (n > row->cells_cap) {
		row->cells = tend_realloc(row->cells, n, sizeof(*row->cells));
		row->cells_cap = n;
	}
	for (size_t i = 0; i < n; i++) {
		bool given = i < row->n && row->items[i].given;
		row->cells[i] = given ? row->text.data + row->items[i].offset : NULL;
	}
	return row->cells;
}

void row_finish(struct row_buffer *row)
{
	tend_str_finish(&row->text);
	free(row->items);
	free(row->cells);
	*row = (struct row_buffer){0};
}

static bool has_ending(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);
	return n >= m && strcasecmp(name + n - m, ending) == 0;
}

static enum tend_status set_encoding(
	struct tend_rows *r, const char *encoding, struct tend_error *err)
{
	if (encoding == NULL || strcasecmp(encoding, "utf-8") == 0
		|| strcasecmp(encoding, "utf8") == 0) {
		return TEND_OK;
	}
	if (strcasecmp(encoding, "gb18030") != 0 && strcasecmp(encoding, "gbk") != 0
		&& strcasecmp(encoding, "gb2312") != 0) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("encoding \"%s\" is not known: utf-8 or gb18030"), encoding);
	}
	r->decoder = iconv_open("UTF-8", "GB18030");
	if (r->decoder == (iconv_t)-1) {
		return tend_fail(err, TEND_FAILED,
			_("this system cannot read gb18030: convert the file to UTF-8"));
	}
	r->decode = true;
	return TEND_OK;
}

/* Byte order marks: that of UTF-8 is dropped, and settles the encoding. */
static enum tend_status take_mark(struct tend_rows *r, struct tend_error *err)
{
	static const struct {
		const char *bytes;
		size_t n;
		bool utf8, utf16;
	} marks[] = {{"\xef\xbb\xbf", 3, true, false}, {"\xff\xfe", 2, false, true},
		{"\xfe\xff", 2, false, true}, {"\x84\x31\x95\x33", 4, false, false}};
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (r->size < marks[i].n || memcmp(r->data, marks[i].bytes, marks[i].n) != 0) {
			continue;
		}
		if (marks[i].utf16) {
			return tend_fail(err, TEND_BAD_INPUT,
				_("%s:1:1: error: the file is UTF-16: save it as UTF-8"), r->file);
		}
		if (marks[i].utf8 || r->decode) {
			r->at = marks[i].n;
			r->decode = r->decode && !marks[i].utf8;
		}
	}
	return TEND_OK;
}

enum tend_status tend_rows_open(const char *name, const char *data, size_t n, const char *encoding,
	struct tend_rows **ret, struct tend_error *err)
{
	struct tend_rows *r = tend_alloc(sizeof(*r));
	struct tend_str file = {0};
	clean_line(&file, name);
	r->file = tend_arena_strdup(&r->arena, tend_str_text(&file));
	tend_str_finish(&file);
	r->data = data;
	r->size = n;
	r->line = 1;
	r->decoder = (iconv_t)-1;
	r->json = has_ending(name, ".jsonl") || has_ending(name, ".ndjson");
	enum tend_status status = set_encoding(r, encoding, err);
	if (status == TEND_OK) {
		status = take_mark(r, err);
	}
	if (status == TEND_OK && has_ending(name, ".json")) {
		status = tend_fail(err, TEND_BAD_INPUT,
			_("%s: JSON is read one object a line: write such lines to a file that "
			  "ends "
			  "in .jsonl"),
			r->file);
	}
	if (status == TEND_OK) {
		status = r->json ? rows_json_open(r, err) : rows_csv_open(r, err);
	}
	if (status != TEND_OK) {
		tend_rows_close(r);
		return status;
	}
	*ret = r;
	return TEND_OK;
}

size_t tend_rows_columns(const struct tend_rows *r, const char *const **ret_names)
{
	*ret_names = r->names.items;
	return r->names.n;
}

char tend_rows_delimiter(const struct tend_rows *r)
{
	return r->delimiter;
}

bool tend_rows_next(struct tend_rows *r, struct tend_cell_row *ret, struct tend_row_error *bad)
{
	*bad = (struct tend_row_error){0};
	return r->json ? rows_json_next(r, ret, bad) : rows_csv_next(r, ret, bad);
}

void tend_rows_close(struct tend_rows *r)
{
	if (r == NULL) {
		return;
	}
	if (r->json) {
		rows_json_close(r);
	} else {
		rows_csv_close(r);
	}
	if (r->decoder != (iconv_t)-1) {
		(void)iconv_close(r->decoder);
	}
	row_finish(&r->row);
	free(r->names.items);
	tend_arena_finish(&r->arena);
	free(r);
}

/* SPDX-License-Identifier: MIT */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/text.h>

#include "clean.h"
#include "rows.h"

/* One line on its way to cells. */
struct flat {
	struct tend_rows *r;
	const char *numbers; /* the text from which the next number is taken as it was written */
	struct tend_row_error *bad;
	/* Takes a name and its text. */
	void (*take)(struct flat *f, const char *name, const char *text, size_t n);
	struct tend_str name, text; /* of the field that is being read */
	bool full; /* more names than a file may have */
};

static size_t hash(const char *s)
{
	size_t h = 1469598103934665603U;
	for (; *s != '\0'; s++) {
		h = (h ^ (unsigned char)*s) * 1099511628211U;
	}
	return h ^ (h >> 29);
}

/* The slot of the name, or the empty one where it would stand. */
static size_t *find_slot(const struct tend_rows *r, const char *name)
{
	size_t mask = r->index.size - 1;
	for (size_t i = hash(name) & mask;; i = (i + 1) & mask) {
		size_t *slot = &r->index.slots[i];
		if (*slot == 0 || strcmp(r->names.items[*slot - 1], name) == 0) {
			return slot;
		}
	}
}

/* jansson gives numbers as C types; their text is the next token outside of strings. */
static size_t next_number(const char **from, const char **ret)
{
	const char *p = *from;
	while (*p != '\0' && *p != '-' && (*p < '0' || *p > '9')) {
		if (*p++ != '"') {
			continue;
		}
		while (*p != '"' && *p != '\0') {
			p += *p == '\\' && p[1] != '\0' ? 2 : 1;
		}
		p += *p == '"';
	}
	size_t n = strspn(p, "0123456789+-.eE");
	*ret = p;
	*from = p + n;
	return n;
}

static void skip_numbers(struct flat *f, const json_t *value)
{
	const char *text;
	if (json_is_number(value)) {
		(void)next_number(&f->numbers, &text);
	}
	for (size_t i = 0; i < json_array_size(value); i++) {
		skip_numbers(f, json_array_get(value, i));
	}
	void *at = json_object_iter((json_t *)(uintptr_t)value);
	for (; at != NULL; at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
		skip_numbers(f, json_object_iter_value(at));
	}
}

static void add_scalar(struct flat *f, const json_t *value, struct tend_str *out)
{
	const char *text;
	if (json_is_string(value)) {
		tend_str_addn(out, json_string_value(value), json_string_length(value));
	} else if (json_is_number(value)) {
		size_t n = next_number(&f->numbers, &text);
		tend_str_addn(out, text, n);
	} else if (json_is_boolean(value)) {
		tend_str_add(out, json_is_true(value) ? "true" : "false");
	}
}

/* Plain values separated by commas, as tags are; anything else as the JSON that it is. */
static void add_array(struct flat *f, const json_t *array, struct tend_str *out)
{
	bool plain = true;
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *one = json_array_get(array, i);
		plain = plain && !json_is_array(one) && !json_is_object(one);
	}
	for (size_t i = 0; plain && i < json_array_size(array); i++) {
		tend_str_add(out, i > 0 ? "," : "");
		add_scalar(f, json_array_get(array, i), out);
	}
	if (!plain) {
		char *text = json_dumps(array, JSON_COMPACT);
		tend_str_add(out, text != NULL ? text : "");
		free(text);
		skip_numbers(f, array);
	}
}

static void flatten(struct flat *f, json_t *object, int depth);

static void cut(struct tend_str *s, size_t n)
{
	s->len = n;
	if (s->data != NULL) {
		s->data[n] = '\0';
	}
}

static void take_value(struct flat *f, json_t *value, int depth)
{
	if (json_is_object(value)) {
		tend_str_addc(&f->name, '.');
		flatten(f, value, depth + 1);
		return;
	}
	tend_str_clear(&f->text);
	if (json_is_array(value)) {
		add_array(f, value, &f->text);
	} else {
		add_scalar(f, value, &f->text);
	}
	f->take(f, tend_str_text(&f->name), tend_str_text(&f->text), f->text.len);
}

/* `name` holds what stands before the object's own names. */
static void flatten(struct flat *f, json_t *object, int depth)
{
	const char *key;
	json_t *value;
	size_t prefix = f->name.len;
	if (depth > ROWS_DEPTH_MAX) {
		tend_row_bad(f->bad, 0, _("objects are nested more than %d deep"), ROWS_DEPTH_MAX);
		return;
	}
	json_object_foreach(object, key, value)
	{
		cut(&f->name, prefix);
		clean_line(&f->name, key);
		take_value(f, value, depth);
	}
}

static void note_name(struct flat *f, const char *name, const char *text, size_t n)
{
	struct tend_rows *r = f->r;
	(void)text;
	(void)n;
	size_t *slot = find_slot(r, name);
	if (*slot != 0 || *name == '\0') {
		return;
	}
	if (r->names.n == ROWS_COLUMNS_MAX) {
		f->full = true;
		return;
	}
	*TEND_PUSH(&r->names) = tend_arena_strdup(&r->arena, name);
	*slot = r->names.n;
}

static void take_text(struct flat *f, const char *name, const char *text, size_t n)
{
	size_t slot = *name != '\0' ? *find_slot(f->r, name) : 0;
	if (slot == 0) {
		tend_row_bad(f->bad, 0, _("a field has no name"));
	} else if (f->r->row.items[slot - 1].given) {
		tend_row_bad(f->bad, 0, _("the field \"%.200s\" stands twice"), name);
	} else if (n > ROWS_CELL_MAX) {
		tend_row_bad(f->bad, slot, _("a cell of more than %d bytes"), ROWS_CELL_MAX);
	} else {
		row_put(&f->r->row, slot - 1, text, n);
	}
}

/* The object on a line of UTF-8, or NULL with the reason. */
static json_t *parse(const char *line, size_t n, struct tend_row_error *bad)
{
	json_error_t error;
	json_t *object = json_loadb(line, n, JSON_REJECT_DUPLICATES, &error);
	if (object != NULL && json_is_object(object)) {
		return object;
	}
	if (object != NULL) {
		tend_row_bad(bad, 1, _("one JSON object a line is expected"));
		json_decref(object);
		return NULL;
	}
	struct tend_str text = {0};
	size_t column = error.column > 0 ? (size_t)error.column : 1;
	if (json_error_code(&error) == json_error_null_character) {
		tend_row_bad(bad, column, _("a NUL character stands in a text"));
		return NULL;
	}
	clean_line(&text, error.text);
	tend_row_bad(bad, column, _("not valid JSON: %s"), tend_str_text(&text));
	tend_str_finish(&text);
	return NULL;
}

static bool is_blank(const char *s, size_t n)
{
	return strspn(s, " \t\r\n") >= n;
}

/* Takes the next line that is not blank, decoded; its number is r->row_line. False at the end. */
static bool next_line(struct tend_rows *r, struct tend_str *line, struct tend_row_error *bad)
{
	while (r->at < r->size) {
		const char *from = r->data + r->at;
		const char *lf = memchr(from, '\n', r->size - r->at);
		size_t n = lf != NULL ? (size_t)(lf - from) : r->size - r->at;
		size_t wrong = 0;
		r->at += n + (lf != NULL);
		r->row_line = r->line++;
		tend_str_clear(line);
		if (n > ROWS_LINE_MAX) {
			tend_row_bad(bad, 0, _("a line of more than %d bytes"), ROWS_LINE_MAX);
			return true;
		}
		if (!rows_decode(r, from, n, line, &wrong)) {
			tend_row_bad(bad, wrong + 1,
				memchr(from, '\0', n) != NULL ? _("a NUL byte stands in the line")
					: r->decode           ? _("the line is not valid GB18030")
							      : _("the line is not valid UTF-8"));
			return true;
		}
		if (!is_blank(tend_str_text(line), line->len)) {
			return true;
		}
	}
	return false;
}

/* Reads one line into `f`; false at the end of the file. */
static bool read_line(struct flat *f, struct tend_str *line)
{
	if (!next_line(f->r, line, f->bad)) {
		return false;
	}
	if (f->bad->text[0] == '\0') {
		json_t *object = parse(tend_str_text(line), line->len, f->bad);
		f->numbers = tend_str_text(line);
		if (object != NULL) {
			tend_str_clear(&f->name);
			flatten(f, object, 1);
			json_decref(object);
		}
	}
	return true;
}

static void finish(struct flat *f, struct tend_str *line)
{
	tend_str_finish(&f->name);
	tend_str_finish(&f->text);
	tend_str_finish(line);
}

/* A first pass for the names of the columns; what is wrong with a line is said when it is read. */
enum tend_status rows_json_open(struct tend_rows *r, struct tend_error *err)
{
	struct tend_str line = {0};
	size_t start = r->at;
	r->delimiter = ',';
	r->index.size = 4 * ROWS_COLUMNS_MAX;
	r->index.slots = tend_calloc(r->index.size, sizeof(*r->index.slots));
	struct tend_row_error bad = {0};
	struct flat f = {.r = r, .bad = &bad, .take = note_name};
	bool any = false;
	while (!f.full && read_line(&f, &line)) {
		any = true;
		bad = (struct tend_row_error){0};
	}
	finish(&f, &line);
	if (f.full) {
		return tend_fail(err, TEND_BAD_INPUT, _("%s:%d:1: error: more than %d columns"),
			r->file, r->row_line, ROWS_COLUMNS_MAX);
	}
	if (!any) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("%s:1:1: error: the file is empty: one JSON object a line is expected"),
			r->file);
	}
	r->at = start;
	r->line = 1;
	return TEND_OK;
}

bool rows_json_next(struct tend_rows *r, struct tend_cell_row *ret, struct tend_row_error *bad)
{
	struct tend_str line = {0};
	struct flat f = {.r = r, .bad = bad, .take = take_text};
	row_clear(&r->row);
	row_reserve(&r->row, r->names.n);
	bool more = read_line(&f, &line);
	*ret = (struct tend_cell_row){r->row_line, row_cells(&r->row, r->names.n), r->names.n};
	finish(&f, &line);
	return more;
}

void rows_json_close(struct tend_rows *r)
{
	free(r->index.slots);
}

const char *tend_json_library(void)
{
	return JANSSON_VERSION;
}

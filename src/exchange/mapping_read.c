/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/date.h>
#include <tend/lang.h>
#include <tend/text.h>

#include "clean.h"
#include "mapping.h"
#include "rows.h"

enum { SHOWN_MAX = 60, TERM_MAX = 1200 };

static size_t column_of(const struct target *t)
{
	return t->column == MAPPING_NO_COLUMN ? 0 : t->column + 1;
}

static bool refuse(const struct cell_text *cell, const char *expected)
{
	struct tend_str shown = {0};
	int used;
	clean_line(&shown, cell->text);
	size_t fits = tend_fit(tend_str_text(&shown), SHOWN_MAX, &used);
	tend_row_bad(cell->bad, column_of(cell->target), _("%s: \"%.*s%s\" is not %s"),
		cell->target->name, (int)fits, tend_str_text(&shown), fits < shown.len ? "…" : "",
		expected);
	tend_str_finish(&shown);
	return false;
}

/* Free text keeps its blanks; anything else may have some around it. */
static bool is_free_text(const struct tend_field *f)
{
	return f == NULL
		|| (f->type == TEND_TEXT && f->values == NULL
			&& (f->flags & (TEND_F_KEY | TEND_F_CURRENCY)) == 0
			&& strcmp(f->name, "customer") != 0);
}

static const char *trim(const char *text, struct tend_arena *arena)
{
	static const char blanks[] = " \t\r\n";
	text += strspn(text, blanks);
	size_t n = strlen(text);
	if (n == 0 || strchr(blanks, text[n - 1]) == NULL) {
		return text;
	}
	while (n > 0 && strchr(blanks, text[n - 1]) != NULL) {
		n--;
	}
	return tend_arena_strndup(arena, text, n);
}

static const char *clean(const struct cell_text *cell, const char *text)
{
	size_t n = strlen(text);
	if (tend_is_printable(text, n)) {
		return text;
	}
	struct tend_str visible = {0};
	*cell->cleaned += tend_printable_lines(&visible, text, n);
	text = tend_arena_strdup(cell->arena, tend_str_text(&visible));
	tend_str_finish(&visible);
	return text;
}

/* `values:` of the map: theirs to ours. */
static const char *translate(const struct cell_text *cell, const char *text)
{
	const struct tend_map *map = cell->mapping->map;
	for (size_t i = 0; map != NULL && i < map->nvalues; i++) {
		const struct tend_map_value *v = &map->values[i];
		if (strcmp(v->field, cell->target->name) == 0 && strcmp(v->theirs, text) == 0) {
			return v->ours;
		}
	}
	return text;
}

static bool read_term(const struct cell_text *cell, const char *text, struct tend_value *ret)
{
	struct tend_duration duration;
	long long months;
	int n;
	if (tend_parse_int(text, &months)) {
		ret->integer = months;
	} else if (tend_duration_parse(text, &duration) && tend_duration_months(duration, &n)) {
		ret->integer = n;
	} else {
		ret->integer = 0;
	}
	ret->type = TEND_INT;
	return (ret->integer >= 1 && ret->integer <= TERM_MAX)
		|| refuse(
			cell, _("a term such as 12m or 1y, or a number of months from 1 to 1200"));
}

static bool read_date(const struct cell_text *cell, const char *text, struct tend_value *ret)
{
	const char *format = cell->target->format;
	ret->type = TEND_DATE;
	if (mapping_date(text, format, &ret->date)) {
		return true;
	}
	if (format == NULL) {
		return refuse(cell, _("a date (YYYY-MM-DD)"));
	}
	struct tend_str expected = {0};
	tend_str_addf(&expected, _("a date in the form %s"), format);
	refuse(cell, tend_str_text(&expected));
	tend_str_finish(&expected);
	return false;
}

bool mapping_read(const struct cell_text *cell, struct tend_value *ret)
{
	const struct target *t = cell->target;
	struct tend_error err;
	const char *text = is_free_text(t->field) ? cell->text : trim(cell->text, cell->arena);
	text = clean(cell, translate(cell, text));
	*ret = (struct tend_value){
		.type = t->field != NULL ? t->field->type : TEND_TEXT, .null = true};
	if (*text == '\0') {
		if (t->required) {
			tend_row_bad(
				cell->bad, column_of(t), _("%s: it must not be empty"), t->name);
		}
		return !t->required;
	}
	ret->null = false;
	if (t->field == NULL) {
		if (strlen(text) > TEND_TEXT_MAX) {
			tend_row_bad(cell->bad, column_of(t),
				_("%s: the text has %zu bytes; at most %zu are kept"), t->name,
				strlen(text), (size_t)TEND_TEXT_MAX);
			return false;
		}
		ret->text = tend_arena_strdup(cell->arena, text);
		return true;
	}
	if (t->term) {
		return read_term(cell, text, ret);
	}
	if (t->field->type == TEND_DATE) {
		return read_date(cell, text, ret);
	}
	if (tend_field_parse(t->field, text, cell->arena, ret, &err) != TEND_OK) {
		tend_row_bad(cell->bad, column_of(t), "%s", err.text);
		return false;
	}
	return true;
}

/* SPDX-License-Identifier: MIT */
/* A form on the screen: a row for each field, more for texts of several lines. What is in focus changes nothing
 * about where things stand, save for texts that are longer than what they get while they are not. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "textarea.h"
#include "workbench.h"
#include "words.h"

#define TYPED_MIN 12 /* columns that a field keeps beside its error */
#define LABEL_SHARE 3 /* a label takes no more than such a part of the row */
#define LIST_ROWS 5
#define NARROW 40 /* columns of values below which an error goes further left */
#define NARROW_ERROR 4
#define LINES_MIN 3 /* rows of a short text, one less where the form would not fit */
#define LINES_REST 4 /* rows at most of a text that is not in focus */

/* Where things stand, as the width says. */
struct form_layout {
	int label; /* columns of the labels */
	int x, room; /* of the values */
	int rows; /* of the fields, where there is room for all */
	int most; /* rows that one field may have */
	int least; /* rows of a short text */
};

const char *form_choice_title(const struct form_field *field, size_t i)
{
	return field->titles != NULL ? field->titles[i] : word_text(field->choices[i]);
}

/* Beside it there is no room for the error and for what was typed. */
static bool error_below(const struct form_field *field, const struct form_layout *l)
{
	return field->error[0] != '\0'
		&& (field->lines || field->choices != NULL
			|| tend_columns(field->error) > l->room - TYPED_MIN - 2);
}

static int text_rows_of(const struct form *f, size_t i, const struct form_layout *l)
{
	const struct form_field *field = &f->fields[i];
	if (!field->lines) {
		return 1;
	}
	int n = textarea_height(&field->editor, l->room);
	int most = i == f->focus ? l->most : LINES_REST;
	n = n < l->least ? l->least : n;
	n = n > most ? most : n;
	return n < 1 ? 1 : n;
}

static int rows_of(const struct form *f, size_t i, const struct form_layout *l)
{
	return text_rows_of(f, i, l) + (error_below(&f->fields[i], l) ? 1 : 0)
		+ (f->fields[i].group != NULL ? 1 : 0);
}

static int all_rows(const struct form *f, const struct form_layout *l)
{
	int rows = 0;
	for (size_t i = 0; i < f->n; i++) {
		rows += rows_of(f, i, l);
	}
	return rows;
}

static void lay_out(const struct form *f, const struct canvas *c, struct form_layout *l)
{
	*l = (struct form_layout){0};
	bool marked = false;
	for (size_t i = 0; i < f->n; i++) {
		int w = tend_columns(_(f->fields[i].label));
		l->label = w > l->label ? w : l->label;
		marked = marked || f->fields[i].required;
	}
	int most = c->columns / LABEL_SHARE;
	l->label = l->label > most ? most : l->label;
	l->x = 2 + l->label + (marked ? 3 : 2);
	l->room = c->columns - 1 - l->x;
	l->most = drawer_rows(c, c->rows) - (f->error[0] != '\0' ? 1 : 0);
	/* Beside a long text the fields around it are seen as far as there is room. */
	l->most -= l->most > LINES_MIN + 2 ? 2 : 0;
	int all = drawer_rows(c, c->rows) - (f->error[0] != '\0' ? 1 : 0);
	l->least = LINES_MIN;
	l->rows = all_rows(f, l);
	if (l->rows > all) {
		l->least--;
		l->rows = all_rows(f, l);
	}
}

/* --- one field --- */

static int choices_columns(const struct form_field *field)
{
	int all = 0;
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		all += tend_columns(form_choice_title(field, i)) + 2;
	}
	return all;
}

/* All of them where there is room, else the one that is chosen and which of how many it is. */
static void draw_choice(
	const struct form_field *field, struct canvas *c, int x, int y, int room, bool focused)
{
	bool all = choices_columns(field) <= room;
	size_t n = 0, at = 0;
	for (; field->choices[n] != NULL; n++) {
		bool is = strcmp(field->choices[n], editor_text(&field->editor)) == 0;
		at = is ? n : at;
		if (!is && !all) {
			continue;
		}
		char *text = tend_format(is ? "[%s]" : " %s ", form_choice_title(field, n));
		enum role role = !is ? ROLE_DIM : focused ? ROLE_FOCUS : ROLE_TEXT;
		x += canvas_text(c, x, y, room, role, text);
		free(text);
	}
	if (!all && focused) {
		char *which = tend_format(" %zu/%zu", at + 1, n);
		x += canvas_text(c, x, y, room, ROLE_DIM, which);
		free(which);
	}
	if (focused) {
		canvas_cursor(c, x, y);
	}
}

static void draw_line(struct form_field *field, const struct form_layout *l, struct canvas *c,
	int y, bool focused)
{
	int x = l->x, room = l->room;
	bool wrong = field->error[0] != '\0' && !error_below(field, l);
	bool hinted = field->hint != NULL && focused && field->error[0] == '\0';
	const char *beside = wrong ? field->error : hinted ? _(field->hint) : "";
	int w = beside[0] != '\0' ? tend_columns(beside) + 2 : 0;
	/* What was typed comes before a hint. */
	w = !wrong && w > room / 2 ? room / 2 : w;
	editor_draw(&field->editor, c, x, y, room - w, focused);
	if (w > 0) {
		canvas_text(c, x + room - w + 2, y, w - 2, wrong ? ROLE_ERROR : ROLE_DIM, beside);
	}
}

/* One proposal in its row. */
static void draw_proposal(
	const struct form *f, size_t i, int texts, struct canvas *c, int x, int y, int room)
{
	const struct tend_proposal *p = &f->fields[f->focus].proposals[f->matches[i]];
	int w = p->detail != NULL ? texts : room - 3;
	canvas_text(c, x + 2, y, w, ROLE_TEXT, p->text);
	if (p->detail != NULL && room - texts - 5 > 4) {
		canvas_text(c, x + 2 + texts + 2, y, room - texts - 5, ROLE_DIM, p->detail);
	}
	if (i == f->match) {
		canvas_text(c, x, y, 1, ROLE_FOCUS, ">");
		canvas_restyle(c, x, y, room, ROLE_SELECTION);
	}
}

/* Over the rows below the field, or above it where there are more: nothing moves. */
static void draw_list(const struct form *f, const struct form_layout *l, struct canvas *c,
	struct area a, int y, int rows)
{
	const struct form_field *field = &f->fields[f->focus];
	int below = a.y + a.h - (y + rows), above = y - a.y;
	int n = f->nmatches < LIST_ROWS ? (int)f->nmatches : LIST_ROWS;
	bool up = below < n && above > below;
	n = n > (up ? above : below) ? (up ? above : below) : n;
	size_t at = f->match < f->nmatches ? f->match : 0;
	size_t first = n < 1 || at < (size_t)n ? 0 : at - (size_t)n + 1;
	int texts = 0;
	for (size_t i = 0; i < f->nmatches; i++) {
		int w = tend_columns(field->proposals[f->matches[i]].text);
		texts = w > texts ? w : texts;
	}
	texts = texts > l->room / 2 ? l->room / 2 : texts;
	int top = up ? y - n : y + rows;
	canvas_blank(c, (struct area){l->x, top, l->room, n}, ROLE_TEXT);
	for (int i = 0; i < n; i++) {
		bool more = i == n - 1 && first + (size_t)n < f->nmatches;
		canvas_text(c, l->x, top + i, 1, ROLE_FOCUS, more ? "~" : "│");
		draw_proposal(f, first + (size_t)i, texts, c, l->x, top + i, l->room);
	}
}

static void draw_field(
	struct form *f, size_t i, const struct form_layout *l, struct canvas *c, int y)
{
	struct form_field *field = &f->fields[i];
	bool focused = i == f->focus;
	if (field->group != NULL) {
		canvas_text(c, 1, y++, c->columns - 2, ROLE_ACCENT, field->group);
	}
	if (focused) {
		canvas_text(c, 0, y, 1, ROLE_FOCUS, ">");
	}
	int w = canvas_text(c, 2, y, l->label, focused ? ROLE_FOCUS : ROLE_DIM, _(field->label));
	if (field->required) {
		canvas_text(c, 2 + w + 1, y, 1, ROLE_SOON, "*");
	}
	int rows = text_rows_of(f, i, l);
	field->columns = l->room;
	if (field->choices != NULL) {
		draw_choice(field, c, l->x, y, l->room, focused);
	} else if (field->lines) {
		textarea_draw(&field->editor, c, (struct area){l->x, y, l->room, rows}, focused);
	} else {
		draw_line(field, l, c, y, focused);
	}
	if (error_below(field, l)) {
		int x = l->room < NARROW ? NARROW_ERROR : l->x;
		canvas_text(c, x, y + rows, l->x + l->room - x, ROLE_ERROR, field->error);
	}
}

/* --- all of them --- */

/* How many fields are shown from `top` on in so many rows. */
static size_t shown_from(const struct form *f, size_t top, const struct form_layout *l, int rows)
{
	size_t n = 0;
	int used = 0;
	while (top + n < f->n && used + rows_of(f, top + n, l) <= rows) {
		used += rows_of(f, top + n, l);
		n++;
	}
	return n > 0 ? n : 1;
}

static void scroll(struct form *f, const struct form_layout *l, int rows)
{
	f->top = f->focus < f->top ? f->focus : f->top;
	while (f->focus >= f->top + shown_from(f, f->top, l, rows)) {
		f->top++;
	}
	/* No empty rows below while there are fields above. */
	while (f->top > 0 && f->top - 1 + shown_from(f, f->top - 1, l, rows) == f->n) {
		f->top--;
	}
}

static char *hidden(size_t above, size_t below)
{
	return above > 0 && below > 0 ? tend_format(_("%zu above, %zu below"), above, below)
		: above > 0           ? tend_format(_("%zu above"), above)
		: below > 0           ? tend_format(_("%zu below"), below)
				      : NULL;
}

void form_draw(struct workbench *wb, struct dialog *d, struct canvas *c)
{
	(void)wb;
	struct form *f = (struct form *)d;
	struct form_layout l;
	lay_out(f, c, &l);
	bool failed = f->error[0] != '\0';
	int rows = drawer_rows(c, l.rows + (failed ? 1 : 0));
	int fields = rows - (failed && rows > 1 ? 1 : 0);
	scroll(f, &l, fields);
	size_t shown = shown_from(f, f->top, &l, fields);
	char *right = hidden(f->top, f->n - f->top - shown);
	struct area a = drawer_open(c, rows, d->title, right);
	free(right);
	int y = a.y, focus = y;
	for (size_t i = f->top; i < f->top + shown; i++) {
		focus = i == f->focus ? y + (f->fields[i].group != NULL ? 1 : 0) : focus;
		draw_field(f, i, &l, c, y);
		y += rows_of(f, i, &l);
	}
	if (f->listing) {
		draw_list(f, &l, c, a, focus, text_rows_of(f, f->focus, &l));
	}
	if (failed) {
		canvas_text(c, a.x + 2, a.y + a.h - 1, a.w - 3, ROLE_ERROR, f->error);
	}
}

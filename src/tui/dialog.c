/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "workbench.h"

void dialog_about(struct dialog *d, const int64_t *ids, size_t n, const char *word)
{
	free(d->ids);
	free(d->word);
	d->ids = tend_calloc(n + 1, sizeof(*d->ids));
	if (n > 0) {
		memcpy(d->ids, ids, n * sizeof(*ids));
	}
	d->nids = n;
	d->word = tend_strdup(word);
}

void dialog_destroy(struct dialog *d)
{
	if (d != NULL) {
		d->ops->finish(d);
		free(d->title);
		free(d->ids);
		free(d->word);
		free(d);
	}
}

int drawer_rows(const struct canvas *c, int rows)
{
	int most = c->rows - 4;
	int h = rows < 1 ? 1 : rows;
	h = h > most ? most : h;
	return h < 1 ? 1 : h;
}

struct area drawer_open(struct canvas *c, int rows, const char *title, const char *right)
{
	int h = drawer_rows(c, rows);
	int y = c->rows - 3 - h;
	y = y < 0 ? 0 : y;
	canvas_blank(c, (struct area){0, y, c->columns, h + 1}, ROLE_TEXT);
	canvas_line(c, 0, y, c->columns, ROLE_FOCUS, "━");
	int room = c->columns - 4 - (right != NULL ? tend_columns(right) + 2 : 0);
	canvas_text(c, 1, y, 1, ROLE_FOCUS, " ");
	int used = canvas_text(c, 2, y, room, ROLE_FOCUS, title);
	canvas_text(c, 2 + used, y, 1, ROLE_FOCUS, " ");
	if (right != NULL && right[0] != '\0') {
		int w = tend_columns(right);
		canvas_text(c, c->columns - w - 3, y, 1, ROLE_FOCUS, " ");
		canvas_text(c, c->columns - w - 2, y, w, ROLE_RULE, right);
		canvas_text(c, c->columns - 2, y, 1, ROLE_FOCUS, " ");
	}
	return (struct area){0, y + 1, c->columns, h};
}

bool drawer_scroll(size_t *top, struct key k)
{
	enum { PAGE = 10 };
	switch (tend_ascii_twin(k.code)) {
	case 'j':
	case K_DOWN:
		++*top;
		return true;
	case 'k':
	case K_UP:
		*top -= *top > 0 ? 1 : 0;
		return true;
	case K_PAGE_DOWN:
	case ' ':
		*top += PAGE;
		return true;
	case K_PAGE_UP:
		*top -= *top > PAGE ? PAGE : *top;
		return true;
	case 'G':
	case K_END:
		*top = SIZE_MAX / 2;
		return true;
	case 'g':
	case K_HOME:
		*top = 0;
		return true;
	default:
		return false;
	}
}

void wb_push(struct workbench *wb, struct dialog *d)
{
	d->below = wb->dialog;
	wb->dialog = d;
}

void wb_leave(struct workbench *wb, struct dialog *d)
{
	struct dialog **at = &wb->dialog;
	while (*at != NULL && *at != d) {
		at = &(*at)->below;
	}
	if (*at != NULL) {
		*at = d->below;
		dialog_destroy(d);
	}
}

void wb_pop(struct workbench *wb)
{
	struct dialog *d = wb->dialog;
	if (d != NULL) {
		wb->dialog = d->below;
		dialog_destroy(d);
	}
}

/* SPDX-License-Identifier: MIT */
/* `tend screen`: the workbench without a terminal, keys from an argument, the canvas as text. */
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "outside.h"
#include "term.h"
#include "workbench.h"

static void press(struct workbench *wb, struct key k)
{
	if (!wb->quit) {
		if (workbench_key(wb, k) == FOLLOW_EDIT) {
			workbench_edited(wb, _("an editor needs a terminal"));
		}
	}
}

/* A name of one key, or characters that are typed one after the other. */
static void press_word(struct workbench *wb, const char *word, size_t n)
{
	char *copy = tend_strndup(word, n);
	struct key k;
	if (key_parse(copy, &k)) {
		press(wb, k);
	} else {
		for (size_t at = 0; at < n;) {
			uint32_t c;
			int len = tend_utf8_decode(copy + at, n - at, &c);
			press(wb, (struct key){len > 0 ? c : 0xFFFD, 0});
			at += len > 0 ? (size_t)len : 1;
		}
	}
	free(copy);
}

static void press_all(struct workbench *wb, const char *keys)
{
	while (keys != NULL && *keys != '\0') {
		keys += strspn(keys, " ");
		size_t n = strcspn(keys, " ");
		if (n > 0) {
			press_word(wb, keys, n);
			/* The frame is drawn as on a terminal: scrolling depends on it. */
			workbench_draw(wb);
		}
		keys += n;
	}
}

enum tend_status tend_workbench_screen(const struct tend_workbench_options *o,
	const struct tend_screen_options *s, struct tend_str *out, struct tend_error *err)
{
	struct workbench wb;
	struct term *term = term_null_open(s->columns, s->rows);
	int columns, rows;
	enum tend_status status = workbench_open(&wb, o, s->view, err);
	if (status == TEND_OK) {
		term->ops->size(term, &columns, &rows);
		canvas_resize(&wb.canvas, columns, rows);
		view_reach(&wb, wb_view(&wb), (size_t)rows);
		workbench_settle(&wb);
		workbench_draw(&wb);
		press_all(&wb, s->keys);
		workbench_settle(&wb);
		workbench_draw(&wb);
		term->ops->present(term, &wb.canvas);
		canvas_dump(&wb.canvas, out);
	}
	workbench_close(&wb);
	term->ops->close(term);
	return status;
}

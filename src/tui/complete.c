/* SPDX-License-Identifier: MIT */
#include "complete.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

#include "dialog.h"
#include "workbench.h"

static const char *word_at(const struct completion *c, size_t i, size_t *ret_len)
{
	const char *w = tend_str_text(&c->words);
	for (; i > 0; i--) {
		w += strcspn(w, " ") + 1;
	}
	*ret_len = strcspn(w, " ");
	return w;
}

static size_t count(const char *words)
{
	size_t n = words[0] != '\0' ? 1 : 0;
	for (; *words != '\0'; words++) {
		n += *words == ' ';
	}
	return n;
}

static void put(const struct completion *c, struct editor *e, const char *word, size_t len)
{
	char *line = tend_format(
		"%.*s%.*s%s", (int)c->start, editor_text(e), (int)len, word, c->n == 1 ? " " : "");
	editor_set(e, line);
	free(line);
}

/* How much of the first candidate all of them begin with. */
static size_t common(const struct completion *c)
{
	size_t n, len;
	const char *first = word_at(c, 0, &n);
	for (size_t i = 1; i < c->n; i++) {
		const char *w = word_at(c, i, &len);
		size_t same = 0;
		while (same < n && same < len && first[same] == w[same]) {
			same++;
		}
		n = same;
	}
	while (n > 0 && ((unsigned char)first[n] & 0xC0) == 0x80) {
		n--; /* within a character of which only the first bytes are the same */
	}
	return n;
}

static void open_list(struct workbench *wb, struct completion *c, struct editor *e)
{
	size_t len;
	tend_str_clear(&c->words);
	c->start = command_complete(wb, editor_text(e), &c->words);
	c->n = count(tend_str_text(&c->words));
	c->current = SIZE_MAX;
	if (c->n == 0) {
		return;
	}
	size_t same = common(c);
	if (c->start + same >= strlen(editor_text(e))) {
		put(c, e, word_at(c, 0, &len), same);
	}
	free(c->typed);
	c->typed = tend_strdup(editor_text(e));
	c->n = c->n == 1 ? 0 : c->n; /* it stands in the line */
}

void completion_step(struct workbench *wb, struct completion *c, struct editor *e, int step)
{
	size_t len;
	if (c->n == 0) {
		open_list(wb, c, e);
		return;
	}
	if (c->current == SIZE_MAX) {
		c->current = step > 0 ? 0 : c->n - 1;
	} else {
		c->current = (c->current + c->n + (size_t)step) % c->n;
	}
	const char *word = word_at(c, c->current, &len);
	put(c, e, word, len);
}

bool completion_close(struct completion *c, struct editor *e, bool restore)
{
	bool open = c->n > 0;
	if (open && restore && c->current != SIZE_MAX) {
		editor_set(e, c->typed);
	}
	c->n = 0;
	c->current = SIZE_MAX;
	return open;
}

void completion_draw(const struct completion *c, struct canvas *canvas)
{
	size_t half =
		canvas->rows > 2 * COMPLETION_ROWS ? (size_t)canvas->rows / 2 : COMPLETION_ROWS;
	size_t rows = c->n < half ? c->n : half;
	size_t at = c->current == SIZE_MAX ? 0 : c->current;
	char *right = c->current == SIZE_MAX ? tend_format("%zu", c->n)
					     : tend_format("%zu/%zu", at + 1, c->n);
	struct area a = drawer_open(canvas, (int)rows, _("What may stand here"), right);
	free(right);
	rows = (size_t)a.h;
	size_t first = at < rows ? 0 : at - rows + 1;
	for (size_t i = 0; i < rows && first + i < c->n; i++) {
		size_t len;
		const char *word = word_at(c, first + i, &len);
		char *text = tend_strndup(word, len);
		canvas_text(canvas, a.x + 2, a.y + (int)i, a.w - 3, ROLE_TEXT, text);
		if (first + i == c->current) {
			canvas_text(canvas, a.x, a.y + (int)i, 1, ROLE_FOCUS, ">");
			canvas_restyle(canvas, a.x, a.y + (int)i, a.w, ROLE_SELECTION);
		}
		free(text);
	}
}

void completion_finish(struct completion *c)
{
	tend_str_finish(&c->words);
	free(c->typed);
}

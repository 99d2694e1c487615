/* SPDX-License-Identifier: MIT */
#include <tend/mem.h>
#include <tend/text.h>

#include <stdlib.h>

#include "grid.h"

enum { MARKDOWN_PAD_MAX = 56 }; /* a longer cell sticks out rather than widening every row */

int *grid_measure(const struct grid *g)
{
	int *widths = tend_calloc(g->columns, sizeof(*widths));
	struct tend_str text = {0};
	for (size_t c = 0; c < g->columns; c++) {
		g->head(g->ctx, c, &text);
		widths[c] = tend_columns(tend_str_text(&text));
		int most = g->most != NULL ? g->most(g->ctx, c) : 0;
		for (size_t r = 0; r < g->rows; r++) {
			tend_str_clear(&text);
			g->cell(g->ctx, r, c, &text);
			int width = tend_columns(tend_str_text(&text));
			widths[c] = width > widths[c] ? width : widths[c];
			if (most > 0 && width >= most) {
				break;
			}
		}
		tend_str_clear(&text);
	}
	tend_str_finish(&text);
	return widths;
}

static void add_blanks(struct tend_str *out, int n)
{
	for (int i = 0; i < n; i++) {
		tend_str_addc(out, ' ');
	}
}

static void add_cell(struct tend_str *out, const char *text, int width, bool right)
{
	int blanks = width - tend_columns(text);
	tend_str_addc(out, ' ');
	add_blanks(out, right ? blanks : 0);
	tend_str_add(out, text);
	add_blanks(out, right ? 0 : blanks);
	tend_str_add(out, " |");
}

static void add_rule(struct tend_str *out, int width, bool right)
{
	tend_str_addc(out, ' ');
	for (int i = right ? 1 : 0; i < width; i++) {
		tend_str_addc(out, '-');
	}
	tend_str_add(out, right ? ": |" : " |");
}

void grid_markdown(const struct grid *g, struct tend_str *out)
{
	int *widths = grid_measure(g);
	struct tend_str text = {0};
	tend_str_addc(out, '|');
	for (size_t c = 0; c < g->columns; c++) {
		widths[c] = widths[c] < 3              ? 3
			: widths[c] > MARKDOWN_PAD_MAX ? MARKDOWN_PAD_MAX
						       : widths[c];
		tend_str_clear(&text);
		g->head(g->ctx, c, &text);
		add_cell(out, tend_str_text(&text), widths[c], g->right(g->ctx, c));
	}
	tend_str_add(out, "\n|");
	for (size_t c = 0; c < g->columns; c++) {
		add_rule(out, widths[c], g->right(g->ctx, c));
	}
	tend_str_addc(out, '\n');
	for (size_t r = 0; r < g->rows; r++) {
		tend_str_addc(out, '|');
		for (size_t c = 0; c < g->columns; c++) {
			tend_str_clear(&text);
			g->cell(g->ctx, r, c, &text);
			add_cell(out, tend_str_text(&text), widths[c], g->right(g->ctx, c));
		}
		tend_str_addc(out, '\n');
	}
	tend_str_finish(&text);
	free(widths);
}

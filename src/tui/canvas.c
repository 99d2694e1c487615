/* SPDX-License-Identifier: MIT */
#include "canvas.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>

static const struct cell blank_cell = {.text = " ", .len = 1, .width = 1, .role = ROLE_TEXT};

static struct cell *cell_at(const struct canvas *c, int x, int y)
{
	return &c->cells[(size_t)y * (size_t)c->columns + (size_t)x];
}

void canvas_clear(struct canvas *c)
{
	for (int i = 0; i < c->columns * c->rows; i++) {
		c->cells[i] = blank_cell;
	}
	c->cursor_x = c->cursor_y = -1;
}

void canvas_resize(struct canvas *c, int columns, int rows)
{
	c->columns = columns > 0 ? columns : 1;
	c->rows = rows > 0 ? rows : 1;
	free(c->cells);
	c->cells = tend_calloc((size_t)c->columns * (size_t)c->rows, sizeof(*c->cells));
	canvas_clear(c);
}

void canvas_finish(struct canvas *c)
{
	free(c->cells);
	tend_str_finish(&c->scratch);
	tend_str_finish(&c->clipped);
	*c = (struct canvas){0};
}

const struct cell *canvas_at(const struct canvas *c, int x, int y)
{
	return cell_at(c, x, y);
}

/* A wide cell that loses one of its halves becomes blanks, as on a terminal. */
static void split_wide(struct canvas *c, int x, int y)
{
	struct cell *cell = cell_at(c, x, y);
	if (cell->width == 0 && x > 0) {
		uint8_t role = cell_at(c, x - 1, y)->role;
		*cell_at(c, x - 1, y) = blank_cell;
		cell_at(c, x - 1, y)->role = role;
	}
	if (cell->width == 2 && x + 1 < c->columns) {
		uint8_t role = cell_at(c, x + 1, y)->role;
		*cell_at(c, x + 1, y) = blank_cell;
		cell_at(c, x + 1, y)->role = role;
	}
}

static void put(
	struct canvas *c, int x, int y, const char *text, size_t len, int width, enum role role)
{
	split_wide(c, x, y);
	if (width == 2) {
		split_wide(c, x + 1, y);
		*cell_at(c, x + 1, y) = (struct cell){.width = 0, .role = (uint8_t)role};
	}
	struct cell *cell = cell_at(c, x, y);
	*cell = (struct cell){.width = (uint8_t)width, .role = (uint8_t)role};
	while (len > CELL_BYTES) {
		len--;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
			len--;
		}
	}
	memcpy(cell->text, text, len);
	cell->len = (uint8_t)len;
}

/* A cluster without columns of its own (a lone mark) has no cell: it is dropped. */
static int put_all(struct canvas *c, int x, int y, enum role role, const char *text)
{
	int used = 0;
	size_t n = strlen(text);
	while (n > 0 && y >= 0 && y < c->rows) {
		int width = 1;
		size_t len = 1;
		if ((unsigned char)text[0] >= 0x80 || (n > 1 && (unsigned char)text[1] >= 0x80)) {
			len = tend_grapheme(text, n, &width);
		}
		if (len == 0 || x + used + width > c->columns) {
			break;
		}
		if (width > 0 && x + used >= 0) {
			if (c->ascii && (unsigned char)text[0] >= 0x80) {
				put(c, x + used, y, "?", 1, 1, role);
				if (width == 2) {
					put(c, x + used + 1, y, "?", 1, 1, role);
				}
			} else {
				put(c, x + used, y, text, len, width, role);
			}
		}
		used += width;
		text += len;
		n -= len;
	}
	return used;
}

static const char *printable(struct canvas *c, const char *text)
{
	size_t n = strlen(text);
	if (tend_is_printable(text, n)) {
		return text;
	}
	tend_str_clear(&c->scratch);
	tend_printable(&c->scratch, text, n);
	return tend_str_text(&c->scratch);
}

int canvas_text(struct canvas *c, int x, int y, int columns, enum role role, const char *text)
{
	if (columns <= 0) {
		return 0;
	}
	text = printable(c, text);
	/* No text has more columns than bytes. */
	if (strlen(text) > (size_t)columns && tend_columns(text) > columns) {
		tend_str_clear(&c->clipped);
		tend_clip(&c->clipped, text, columns);
		text = tend_str_text(&c->clipped);
	}
	return put_all(c, x, y, role, text);
}

void canvas_field(struct canvas *c, int x, int y, int columns, enum tend_align align,
	enum role role, const char *text)
{
	int w = tend_columns(printable(c, text));
	canvas_blank(c, (struct area){x, y, columns, 1}, role);
	int shift = align == TEND_RIGHT && w < columns ? columns - w : 0;
	canvas_text(c, x + shift, y, columns - shift, role, text);
}

void canvas_line(struct canvas *c, int x, int y, int columns, enum role role, const char *glyph)
{
	if (y < 0 || y >= c->rows) {
		return;
	}
	if (c->ascii && (unsigned char)glyph[0] >= 0x80) {
		glyph = strcmp(glyph, "━") == 0 ? "=" : strcmp(glyph, "│") == 0 ? "|" : "-";
	}
	for (int i = 0; i < columns; i++) {
		if (x + i >= 0 && x + i < c->columns) {
			put(c, x + i, y, glyph, strlen(glyph), 1, role);
		}
	}
}

void canvas_blank(struct canvas *c, struct area a, enum role role)
{
	for (int y = a.y; y < a.y + a.h; y++) {
		canvas_line(c, a.x, y, a.w, role, " ");
	}
}

void canvas_restyle(struct canvas *c, int x, int y, int columns, enum role role)
{
	for (int i = x < 0 ? 0 : x; i < x + columns && i < c->columns && y >= 0 && y < c->rows;
		i++) {
		cell_at(c, i, y)->role = (uint8_t)role;
	}
}

void canvas_cursor(struct canvas *c, int x, int y)
{
	c->cursor_x = x < c->columns ? x : c->columns - 1;
	c->cursor_y = y < c->rows ? y : c->rows - 1;
}

void canvas_dump(const struct canvas *c, struct tend_str *out)
{
	for (int y = 0; y < c->rows; y++) {
		size_t end = out->len;
		for (int x = 0; x < c->columns; x++) {
			const struct cell *cell = cell_at(c, x, y);
			tend_str_addn(out, cell->text, cell->len);
			if (cell->len > 0 && !(cell->len == 1 && cell->text[0] == ' ')) {
				end = out->len;
			}
		}
		out->len = end;
		tend_str_addc(out, '\n');
	}
	while (out->len > 1 && out->data[out->len - 1] == '\n' && out->data[out->len - 2] == '\n') {
		out->data[--out->len] = '\0';
	}
}

void canvas_dump_roles(const struct canvas *c, int y, struct tend_str *out)
{
	for (int x = 0; x < c->columns; x++) {
		tend_str_addc(out, role_name((enum role)cell_at(c, x, y)->role)[0]);
	}
}

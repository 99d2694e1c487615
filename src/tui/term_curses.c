/* SPDX-License-Identifier: MIT */
/* The only file that knows curses. Its headers want an X/Open level of their own. */
#define _XOPEN_SOURCE 700
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <curses.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "frame.h"
#include "term.h"

struct curses_term {
	struct term base;
	SCREEN *screen;
	FILE *in, *out;
	int output;
	struct frame frame;
	int colors;
	attr_t attrs[ROLE_COUNT];
	struct canvas last; /* what curses was told to show */
	bool known; /* `last` is what is on the screen */
};

/* What a handler of a fatal signal needs: the terminal must not stay raw whatever happens. */
static struct termios saved_modes;
static volatile sig_atomic_t restore_fd = -1;

static const char enter_more[] = "\033[?2004h";
static const char leave_more[] = "\033[?2004l";

/* Only calls that a signal handler may make. */
static void restore_now(void)
{
	static const char leave[] = "\033[?2004l\033[0m\033[?25h\033[?1049l\r\n";
	int fd = (int)restore_fd;
	if (fd >= 0) {
		restore_fd = -1;
		ssize_t ignored = write(fd, leave, sizeof(leave) - 1);
		(void)ignored;
		(void)tcsetattr(fd, TCSANOW, &saved_modes);
	}
}

static void fatal(int signal)
{
	restore_now();
	struct sigaction dfl = {.sa_handler = SIG_DFL};
	(void)sigaction(signal, &dfl, NULL);
	(void)raise(signal);
}

static void catch_fatal(bool on)
{
	static const int fatals[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
	struct sigaction action = {.sa_handler = on ? fatal : SIG_DFL};
	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(fatals) / sizeof(fatals[0]); i++) {
		(void)sigaction(fatals[i], &action, NULL);
	}
	tend_oom_hook(on ? restore_now : NULL);
}

static void write_raw(struct curses_term *t, const char *s)
{
	(void)fputs(s, t->out);
	(void)fflush(t->out);
}

static void size(struct term *base, int *ret_columns, int *ret_rows)
{
	struct curses_term *t = (struct curses_term *)base;
	struct winsize ws;
	if (ioctl(t->output, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0 && ws.ws_row > 0) {
		*ret_columns = ws.ws_col;
		*ret_rows = ws.ws_row;
	} else {
		*ret_columns = COLS;
		*ret_rows = LINES;
	}
}

static int colors(struct term *base)
{
	return ((struct curses_term *)base)->colors;
}

static attr_t attrs_of(unsigned attrs)
{
	return ((attrs & TEND_BOLD) != 0 ? A_BOLD : 0) | ((attrs & TEND_DIM) != 0 ? A_DIM : 0)
		| ((attrs & TEND_UNDERLINE) != 0 ? A_UNDERLINE : 0)
		| ((attrs & TEND_REVERSE) != 0 ? A_REVERSE : 0)
		| ((attrs & TEND_ITALIC) != 0 ? A_ITALIC : 0);
}

/* Pair 0 is the terminal's own colours: roles without a colour share it, so that moving between them
 * sends nothing. */
static void set_styles(struct term *base, const struct styles *s)
{
	struct curses_term *t = (struct curses_term *)base;
	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct style *style = &s->of[i];
		t->attrs[i] = attrs_of(style->attrs);
		if (t->colors != COLORS_NONE && (style->fg >= 0 || style->bg >= 0)) {
			(void)init_extended_pair(i + 1, style->fg, style->bg);
			t->attrs[i] |= (attr_t)COLOR_PAIR(i + 1);
		}
	}
	t->known = false;
}

/* One cluster as curses takes it: what has columns comes first, once; marks follow, and what would
 * widen the cell is left out, so that every terminal agrees about where the next one stands. */
static void put_cell(const struct curses_term *t, int x, int y, const struct cell *cell)
{
	wchar_t wide[CCHARW_MAX + 1];
	int n = 0, used = 0;
	for (size_t at = 0; at < cell->len && n < CCHARW_MAX;) {
		uint32_t c;
		int len = tend_utf8_decode(cell->text + at, cell->len - at, &c);
		if (len <= 0) {
			break;
		}
		int w = wcwidth((wchar_t)c);
		if (n == 0 && (w <= 0 || w > cell->width)) {
			c = 0xFFFD;
			w = 1;
		}
		if (w < 0 || (n > 0 && w > 0)) {
			break;
		}
		wide[n++] = (wchar_t)c;
		used += w;
		at += (size_t)len;
	}
	while (n > 1 && wide[n - 1] == 0x200D) {
		n--;
	}
	wide[n] = L'\0';
	cchar_t cc;
	attr_t attrs = t->attrs[cell->role];
	(void)setcchar(&cc, wide, attrs & ~(attr_t)A_COLOR, (short)PAIR_NUMBER((int)attrs), NULL);
	(void)mvadd_wch(y, x, &cc);
	for (; used < cell->width; used++) {
		(void)setcchar(
			&cc, L" ", attrs & ~(attr_t)A_COLOR, (short)PAIR_NUMBER((int)attrs), NULL);
		(void)mvadd_wch(y, x + used, &cc);
	}
}

static bool row_same(const struct canvas *a, const struct canvas *b, int y)
{
	return memcmp(canvas_at(a, 0, y), canvas_at(b, 0, y),
		       (size_t)a->columns * sizeof(struct cell))
		== 0;
}

static void draw_rows(struct curses_term *t, const struct canvas *c)
{
	for (int y = 0; y < c->rows; y++) {
		if (t->known && row_same(c, &t->last, y)) {
			continue;
		}
		for (int x = 0; x < c->columns; x++) {
			const struct cell *cell = canvas_at(c, x, y);
			if (cell->width > 0) {
				put_cell(t, x, y, cell);
			}
		}
	}
}

static void present(struct term *base, const struct canvas *c)
{
	struct curses_term *t = (struct curses_term *)base;
	frame_begin(&t->frame);
	if (c->columns != COLS || c->rows != LINES) {
		(void)resize_term(c->rows, c->columns);
		(void)clearok(stdscr, TRUE);
		t->known = false;
	}
	if (t->last.columns != c->columns || t->last.rows != c->rows) {
		canvas_resize(&t->last, c->columns, c->rows);
		t->known = false;
	}
	if (!t->known) {
		(void)werase(stdscr);
	}
	draw_rows(t, c);
	bool cursor = c->cursor_x >= 0;
	bool had = t->known && t->last.cursor_x >= 0;
	if (cursor != had || !t->known) {
		(void)curs_set(cursor ? 1 : 0);
	}
	/* A hidden cursor stays where the last change left it. */
	(void)leaveok(stdscr, cursor ? FALSE : TRUE);
	if (cursor) {
		(void)move(c->cursor_y, c->cursor_x);
	}
	(void)refresh();
	frame_end(&t->frame);
	memcpy(t->last.cells, c->cells, (size_t)c->columns * (size_t)c->rows * sizeof(struct cell));
	t->last.cursor_x = c->cursor_x;
	t->last.cursor_y = c->cursor_y;
	t->known = true;
}

static void forget(struct term *base)
{
	((struct curses_term *)base)->known = false;
	(void)clearok(stdscr, TRUE);
}

static void suspend(struct term *base)
{
	struct curses_term *t = (struct curses_term *)base;
	write_raw(t, leave_more);
	(void)curs_set(1);
	(void)endwin();
	restore_fd = -1;
}

static void take_modes(struct curses_term *t)
{
	(void)raw();
	(void)noecho();
	(void)nonl();
	write_raw(t, enter_more);
	restore_fd = t->output;
}

static void resume(struct term *base)
{
	struct curses_term *t = (struct curses_term *)base;
	(void)refresh();
	take_modes(t);
	forget(base);
}

static void bell(struct term *base)
{
	(void)base;
	(void)beep();
}

static void close_curses(struct term *base)
{
	struct curses_term *t = (struct curses_term *)base;
	suspend(base);
	catch_fatal(false);
	delscreen(t->screen);
	frame_finish(&t->frame);
	(void)fclose(t->in);
	(void)fclose(t->out);
	canvas_finish(&t->last);
	free(t);
}

static int count_colors(void)
{
	if (!has_colors() || start_color() == ERR || use_default_colors() == ERR) {
		return COLORS_NONE;
	}
	return COLORS >= COLORS_TRUE ? COLORS_TRUE
		: COLORS >= 256      ? 256
		: COLORS >= 16       ? 16
		: COLORS >= 8        ? 8
				     : COLORS_NONE;
}

static bool can_place_cursor(void)
{
	const char *cup = tigetstr("cup");
	return cup != NULL && cup != (const char *)-1;
}

void term_curses_look(const char *type, bool *ret_known, bool *ret_cursor, int *ret_colors)
{
	FILE *nowhere = fopen("/dev/null", "r+");
	SCREEN *screen = nowhere != NULL && type != NULL && type[0] != '\0'
		? newterm(type, nowhere, nowhere)
		: NULL;
	*ret_known = screen != NULL;
	*ret_cursor = screen != NULL && can_place_cursor() && strcmp(type, "dumb") != 0;
	*ret_colors = screen != NULL ? count_colors() : COLORS_NONE;
	if (screen != NULL) {
		(void)endwin();
		delscreen(screen);
	}
	if (nowhere != NULL) {
		(void)fclose(nowhere);
	}
}

const char *term_curses_library(void)
{
	return curses_version();
}

static enum tend_status refuse(const struct term_options *o, struct tend_error *err)
{
	if (o->type == NULL || o->type[0] == '\0') {
		return tend_fail(err, TEND_FAILED,
			_("TERM is not set: the workbench needs a terminal that can place a "
			  "cursor"));
	}
	return tend_fail(err, TEND_FAILED,
		_("TERM=%s: the workbench needs a terminal that can place a cursor"), o->type);
}

enum tend_status term_curses_open(
	const struct term_options *o, struct term **ret, struct tend_error *err)
{
	static const struct term_ops ops = {
		.size = size,
		.colors = colors,
		.set_styles = set_styles,
		.present = present,
		.forget = forget,
		.suspend = suspend,
		.resume = resume,
		.bell = bell,
		.close = close_curses,
	};
	if (o->type == NULL || o->type[0] == '\0' || strcmp(o->type, "dumb") == 0) {
		return refuse(o, err);
	}
	struct curses_term *t = tend_alloc(sizeof(*t));
	t->in = fdopen(dup(o->input), "r");
	t->out = fdopen(dup(o->output), "w");
	(void)tcgetattr(o->output, &saved_modes);
	t->screen = t->in != NULL && t->out != NULL ? newterm(o->type, t->out, t->in) : NULL;
	if (t->screen == NULL || !can_place_cursor()) {
		if (t->screen != NULL) {
			(void)endwin();
			delscreen(t->screen);
		}
		if (t->in != NULL) {
			(void)fclose(t->in);
		}
		if (t->out != NULL) {
			(void)fclose(t->out);
		}
		free(t);
		return refuse(o, err);
	}
	t->base = (struct term){&ops, o->input};
	t->output = o->output;
	frame_init(&t->frame, fileno(t->out), o->output);
	t->colors = o->no_color ? COLORS_NONE : count_colors();
	(void)idlok(stdscr, FALSE);
	(void)idcok(stdscr, FALSE);
	take_modes(t);
	catch_fatal(true);
	*ret = &t->base;
	return TEND_OK;
}

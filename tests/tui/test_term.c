/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TEST_COLUMNS 60
#define TEST_ROWS 12

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <vterm.h>

#include <tend/mem.h>

#include "canvas.h"
#include "support.h"
#include "term.h"

/* A pseudo terminal: what is written to the slave is read from the master. */
struct tty {
	int master, slave;
	VTerm *vt;
	VTermScreen *screen;
};

static void tty_open(struct tty *t)
{
	t->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(t->master >= 0);
	assert_int_equal(grantpt(t->master), 0);
	assert_int_equal(unlockpt(t->master), 0);
	t->slave = open(ptsname(t->master), O_RDWR | O_NOCTTY);
	assert_true(t->slave >= 0);
	struct winsize ws = {.ws_row = TEST_ROWS, .ws_col = TEST_COLUMNS};
	assert_int_equal(ioctl(t->slave, TIOCSWINSZ, &ws), 0);
	assert_int_equal(fcntl(t->master, F_SETFL, O_NONBLOCK), 0);
	t->vt = vterm_new(TEST_ROWS, TEST_COLUMNS);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

/* What was written since the last call goes to the emulator; returns how many bytes. */
static size_t tty_take(struct tty *t)
{
	char bytes[4096];
	size_t all = 0;
	ssize_t n;
	while ((n = read(t->master, bytes, sizeof(bytes))) > 0) {
		(void)vterm_input_write(t->vt, bytes, (size_t)n);
		all += (size_t)n;
	}
	return all;
}

static void tty_close(struct tty *t)
{
	vterm_free(t->vt);
	close(t->slave);
	close(t->master);
}

static uint32_t first_char(const struct cell *cell)
{
	uint32_t c = ' ';
	(void)tend_utf8_decode(cell->text, cell->len, &c);
	return c;
}

/* Every cell of ours stands in the same column of the terminal. */
static void expect_same_cells(struct tty *t, const struct canvas *c, const char *what)
{
	for (int y = 0; y < c->rows; y++) {
		for (int x = 0; x < c->columns; x++) {
			const struct cell *cell = canvas_at(c, x, y);
			VTermScreenCell theirs;
			if (cell->width == 0) {
				continue;
			}
			assert_int_equal(
				vterm_screen_get_cell(t->screen, (VTermPos){y, x}, &theirs), 1);
			uint32_t shown = theirs.chars[0] == 0 ? ' ' : theirs.chars[0];
			if (shown != first_char(cell)
				|| (theirs.chars[0] != 0 && theirs.width != cell->width)) {
				fail_msg("%s: column %d of row %d: U+%04X, not U+%04X", what, x, y,
					shown, first_char(cell));
			}
		}
	}
}

static struct term *open_term(struct tty *t, bool no_color)
{
	struct term *term = NULL;
	struct tend_error err = {0};
	struct term_options o = {.no_color = no_color,
		.type = "xterm-256color",
		.input = t->slave,
		.output = t->slave};
	if (term_curses_open(&o, &term, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	struct styles s;
	styles_builtin(&s, term->ops->colors(term));
	term->ops->set_styles(term, &s);
	return term;
}

static void our_columns_are_those_of_the_terminal(void **state)
{
	(void)state;
	static const char *const pieces[] = {"a", "bc ", "云", "图物", "e\314\201", "é", "─━", "│",
		"ﾊ", "가", "😀", "🇨🇳", "👨\342\200\215👩\342\200\215👧", "☎\357\270\217", "…", "¥", "Ω",
		"ｆ", "♥", "\340\270\201\340\271\211", "א", "▁█", "“”", "①", "㎏", "\xef\xbf\xbd"};
	struct tty t;
	struct canvas c = {0};
	struct support_random r = {7};
	tty_open(&t);
	struct term *term = open_term(&t, false);
	canvas_resize(&c, TEST_COLUMNS, TEST_ROWS);
	for (int frame = 0; frame < 170; frame++) {
		if (frame % 3 == 0) {
			canvas_clear(&c);
		}
		for (int y = 0; y < TEST_ROWS; y++) {
			struct tend_str line = {0};
			for (int i = 0; i < 24; i++) {
				tend_str_add(&line,
					pieces[support_random(
						&r, sizeof(pieces) / sizeof(pieces[0]))]);
			}
			int x = (int)support_random(&r, 20);
			canvas_text(&c, x, y, TEST_COLUMNS - x,
				(enum role)support_random(&r, ROLE_COUNT), tend_str_text(&line));
			tend_str_finish(&line);
		}
		term->ops->present(term, &c);
		(void)tty_take(&t);
		char *what = tend_format("frame %d", frame);
		expect_same_cells(&t, &c, what);
		free(what);
	}
	term->ops->close(term);
	canvas_finish(&c);
	tty_close(&t);
}

static void a_frame_that_is_the_same_sends_nothing(void **state)
{
	(void)state;
	struct tty t;
	struct canvas c = {0};
	tty_open(&t);
	struct term *term = open_term(&t, false);
	canvas_resize(&c, TEST_COLUMNS, TEST_ROWS);
	canvas_text(&c, 3, 3, 50, ROLE_TITLE, "华东渠道 Northwind");
	term->ops->present(term, &c);
	assert_true(tty_take(&t) > 20);
	term->ops->present(term, &c);
	assert_int_equal(tty_take(&t), 0);
	canvas_text(&c, 3, 4, 50, ROLE_TEXT, "x");
	term->ops->present(term, &c);
	assert_true(tty_take(&t) < 20);
	term->ops->forget(term);
	term->ops->present(term, &c);
	assert_true(tty_take(&t) > 20);
	expect_same_cells(&t, &c, "after forgetting");
	term->ops->close(term);
	canvas_finish(&c);
	tty_close(&t);
}

static void roles_without_a_colour_need_no_switch_of_pairs(void **state)
{
	(void)state;
	struct tty t;
	struct canvas c = {0};
	VTermScreenCell cell;
	tty_open(&t);
	struct term *term = open_term(&t, false);
	canvas_resize(&c, TEST_COLUMNS, TEST_ROWS);
	canvas_text(&c, 0, 0, 10, ROLE_SELECTION, "selected");
	canvas_text(&c, 0, 1, 10, ROLE_BAD, "bad");
	term->ops->present(term, &c);
	(void)tty_take(&t);
	assert_int_equal(vterm_screen_get_cell(t.screen, (VTermPos){0, 0}, &cell), 1);
	assert_int_equal(cell.attrs.reverse, 1);
	assert_int_equal(vterm_screen_get_cell(t.screen, (VTermPos){1, 0}, &cell), 1);
	assert_int_equal(cell.attrs.bold, 0);
	assert_true(VTERM_COLOR_IS_INDEXED(&cell.fg));
	term->ops->close(term);
	canvas_finish(&c);
	tty_close(&t);
}

static void without_colour_no_colour_is_sent(void **state)
{
	(void)state;
	struct tty t;
	struct canvas c = {0};
	char bytes[4096];
	tty_open(&t);
	struct term *term = open_term(&t, true);
	assert_int_equal(term->ops->colors(term), COLORS_NONE);
	canvas_resize(&c, TEST_COLUMNS, TEST_ROWS);
	for (int i = 0; i < ROLE_COUNT; i++) {
		canvas_text(&c, 0, i % TEST_ROWS, 10, (enum role)i, "text");
		term->ops->present(term, &c);
	}
	ssize_t n = read(t.master, bytes, sizeof(bytes) - 1);
	assert_true(n > 0);
	bytes[n] = '\0';
	for (int color = 0; color < 8; color++) {
		char sequence[8];
		(void)snprintf(sequence, sizeof(sequence), "3%dm", color);
		assert_null(strstr(bytes, sequence));
	}
	term->ops->close(term);
	canvas_finish(&c);
	tty_close(&t);
}

static void the_terminal_is_given_back_as_it_was(void **state)
{
	(void)state;
	struct tty t;
	struct termios before, within, after;
	tty_open(&t);
	assert_int_equal(tcgetattr(t.slave, &before), 0);
	struct term *term = open_term(&t, false);
	assert_int_equal(tcgetattr(t.slave, &within), 0);
	assert_true((within.c_lflag & (ICANON | ECHO | ISIG)) == 0);
	term->ops->suspend(term);
	assert_int_equal(tcgetattr(t.slave, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	term->ops->resume(term);
	assert_int_equal(tcgetattr(t.slave, &within), 0);
	assert_true((within.c_lflag & ICANON) == 0);
	term->ops->bell(term);
	term->ops->close(term);
	assert_int_equal(tcgetattr(t.slave, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	assert_int_equal(after.c_iflag, before.c_iflag);
	assert_int_equal(after.c_oflag, before.c_oflag);
	tty_close(&t);
}

static void terminals_that_cannot_place_a_cursor_are_refused_by_name(void **state)
{
	(void)state;
	static const char *const types[] = {NULL, "", "dumb", "no-such-terminal"};
	struct tty t;
	tty_open(&t);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct term *term = NULL;
		struct tend_error err = {0};
		struct term_options o = {.type = types[i], .input = t.slave, .output = t.slave};
		assert_int_equal(term_curses_open(&o, &term, &err), TEND_FAILED);
		assert_non_null(strstr(err.text, "TERM"));
		assert_null(strchr(err.text, '\n'));
		assert_true(types[i] == NULL || strstr(err.text, types[i]) != NULL);
	}
	tty_close(&t);
}

static void a_terminal_is_looked_at_by_its_type(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		bool known, cursor;
		int colors;
	} rows[] = {
		{"xterm-256color", true, true, 256},
		{"vt100", true, true, COLORS_NONE},
		{"dumb", true, false, COLORS_NONE},
		{"no-such-terminal", false, false, COLORS_NONE},
		{"", false, false, COLORS_NONE},
		{NULL, false, false, COLORS_NONE},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool known, cursor;
		int colors;
		term_curses_look(rows[i].type, &known, &cursor, &colors);
		assert_int_equal(known, rows[i].known);
		assert_int_equal(cursor, rows[i].cursor);
		assert_int_equal(colors, rows[i].colors);
	}
	assert_non_null(strstr(term_curses_library(), "ncurses"));
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_columns_are_those_of_the_terminal),
		cmocka_unit_test(a_frame_that_is_the_same_sends_nothing),
		cmocka_unit_test(roles_without_a_colour_need_no_switch_of_pairs),
		cmocka_unit_test(without_colour_no_colour_is_sent),
		cmocka_unit_test(the_terminal_is_given_back_as_it_was),
		cmocka_unit_test(terminals_that_cannot_place_a_cursor_are_refused_by_name),
		cmocka_unit_test(a_terminal_is_looked_at_by_its_type),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

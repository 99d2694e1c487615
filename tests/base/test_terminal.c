/* SPDX-License-Identifier: MIT */
/* Our columns against those of a terminal (libvterm), for the scripts that customers write in. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <vterm.h>

#include <tend/str.h>
#include <tend/text.h>

#include "support.h"

struct terminal {
	VTerm *vterm;
	VTermState *state;
};

static int setup(void **state)
{
	static struct terminal terminal;
	terminal.vterm = vterm_new(2, 200);
	vterm_set_utf8(terminal.vterm, 1);
	vterm_screen_reset(vterm_obtain_screen(terminal.vterm), 1);
	terminal.state = vterm_obtain_state(terminal.vterm);
	*state = &terminal;
	return 0;
}

static int teardown(void **state)
{
	vterm_free(((struct terminal *)*state)->vterm);
	return 0;
}

static int terminal_columns(struct terminal *t, const char *s, size_t n)
{
	VTermPos at;
	(void)vterm_input_write(t->vterm, "\r", 1);
	(void)vterm_input_write(t->vterm, s, n);
	vterm_state_get_cursorpos(t->state, &at);
	return at.col;
}

static void assert_agreement(struct terminal *t, const char *s)
{
	int ours = tend_columns(s), theirs = terminal_columns(t, s, strlen(s));
	if (ours != theirs) {
		fail_msg("'%s' has %d columns, the terminal says %d", s, ours, theirs);
	}
}

static void ordinary_scripts_have_the_terminals_columns(void **state)
{
	static const uint32_t ranges[][2] = {{0x20, 0x7E}, {0xA1, 0xAC}, {0xAE, 0x2FF},
		{0x370, 0x377}, {0x400, 0x482}, {0x5D0, 0x5EA}, {0x621, 0x63A}, {0x904, 0x939},
		{0xE01, 0xE30}, {0x1E00, 0x1EFF}, {0x2010, 0x2027}, {0x2030, 0x205E},
		{0x20A0, 0x20BF}, {0x2100, 0x214F}, {0x2190, 0x2319}, {0x2460, 0x25FC},
		{0x2600, 0x2613}, {0x2E80, 0x2E99}, {0x3000, 0x3029}, {0x3030, 0x303E},
		{0x3041, 0x3096}, {0x30A0, 0x30FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
		{0xAC00, 0xD7A3}, {0xF900, 0xFA6D}, {0xFF01, 0xFF60}, {0xFF61, 0xFF9F},
		{0xFFE0, 0xFFE6}, {0x1F400, 0x1F43E}, {0x1F600, 0x1F64F}, {0x20000, 0x2A6DD}};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		for (uint32_t c = ranges[i][0]; c <= ranges[i][1]; c++) {
			char buf[8] = {'a'};
			int n = 1 + tend_utf8_encode(c, buf + 1);
			buf[n] = 'b';
			assert_agreement(*state, buf);
		}
	}
}

static void two_thousand_strings_have_the_terminals_columns(void **state)
{
	static const char *const pieces[] = {"a", "中", "文", "e\u0301", "o\u0308\u0323", " ", "한",
		"ｱ", "Ａ", "\U0001F600", "±", "…", "“", "\u0E01\u0E34", "ש", "ü", "か", "が",
		"\U0001F1E8\U0001F1F3", "①", "─", "█", "\u4E2D\u0301", "，"};
	struct support_random random = {29};
	for (int i = 0; i < 2000; i++) {
		struct tend_str s = {0};
		for (unsigned n = support_random(&random, 30); n > 0; n--) {
			tend_str_add(&s, pieces[support_random(&random, 24)]);
		}
		assert_agreement(*state, tend_str_text(&s));
		tend_str_finish(&s);
	}
}

/* What a cell shows of a cluster: its first character and the marks up to the next wide one. */
static void an_emoji_sequence_takes_the_columns_of_its_first_picture(void **state)
{
	static const char *const rows[] = {"\U0001F468\u200D\U0001F469\u200D\U0001F467",
		"\U0001F44D\U0001F3FD", "\u2764\uFE0F"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t c;
		int first = tend_utf8_decode(rows[i], strlen(rows[i]), &c);
		assert_int_equal(
			tend_columns(rows[i]), terminal_columns(*state, rows[i], (size_t)first));
	}
}

static int count_controls(const char *s, size_t n, void *user)
{
	(void)s;
	(void)n;
	++*(int *)user;
	return 1;
}

static int on_escape(const char *s, size_t n, void *user)
{
	return count_controls(s, n, user);
}

static int on_csi(const char *leader, const long args[], int count, const char *more, char command,
	void *user)
{
	(void)leader;
	(void)args;
	(void)count;
	(void)more;
	(void)command;
	return count_controls("", 0, user);
}

static int on_control(unsigned char control, void *user)
{
	(void)control;
	return count_controls("", 0, user);
}

/* Ten thousand strings that try to act on the terminal; the parser must see text alone. */
static void no_printable_text_acts_on_the_terminal(void **state)
{
	(void)state;
	static const char *const pieces[] = {"\x1B", "[", "31m", "2J", "]", "0;title", "\a",
		"\x1B\\", "\r", "\n", "\xC2\x9B", "\xC2\x9D", "\x9B", "\x07", "P", "c", "\b",
		"\x7F", "\x0E", "\t", "中", "\x18", "\u202E", "\x05"};
	const VTermParserCallbacks callbacks = {
		.control = on_control, .escape = on_escape, .csi = on_csi};
	int controls = 0;
	VTerm *parser = vterm_new(2, 200);
	struct support_random random = {31};
	vterm_set_utf8(parser, 1);
	vterm_parser_set_callbacks(parser, &callbacks, &controls);
	(void)vterm_input_write(parser, "\x1B[31m\a", 6);
	assert_int_equal(controls, 2); /* the count works */
	controls = 0;
	for (int i = 0; i < 10000; i++) {
		struct tend_str s = {0}, out = {0};
		for (unsigned n = 1 + support_random(&random, 12); n > 0; n--) {
			tend_str_add(&s, pieces[support_random(&random, 24)]);
		}
		(void)tend_printable(&out, tend_str_text(&s), s.len);
		(void)vterm_input_write(parser, tend_str_text(&out), out.len);
		tend_str_finish(&s);
		tend_str_finish(&out);
	}
	assert_int_equal(controls, 0);
	vterm_free(parser);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_scripts_have_the_terminals_columns),
		cmocka_unit_test(two_thousand_strings_have_the_terminals_columns),
		cmocka_unit_test(an_emoji_sequence_takes_the_columns_of_its_first_picture),
		cmocka_unit_test(no_printable_text_acts_on_the_terminal),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}

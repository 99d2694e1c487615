/* SPDX-License-Identifier: MIT */
#include "cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tend/care.h>
#include <tend/lang.h>
#include <tend/money.h>
#include <tend/words.h>

#define SOON_DAYS 7
#define HEALTH_MARKS 5

enum role cell_delta(struct tend_date day, struct tend_date today, struct tend_str *out)
{
	if (!tend_has_date(day)) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	int d = day.day - today.day;
	if (d == 0) {
		tend_str_add(out, _("today"));
		return ROLE_SOON;
	}
	tend_str_addf(out, "%+dd", d);
	return d < 0 ? ROLE_BAD : d <= SOON_DAYS ? ROLE_SOON : ROLE_TEXT;
}

void cell_day(struct tend_date day, struct tend_date today, struct tend_str *out)
{
	if (!tend_has_date(day)) {
		tend_str_add(out, "--");
		return;
	}
	char text[TEND_DATE_LEN];
	int y, now, m, d;
	tend_date_to_ymd(day, &y, &m, &d);
	tend_date_to_ymd(today, &now, &m, &d);
	tend_date_format(day, text);
	tend_str_add(out, y == now ? text + 5 : text);
}

void cell_time(int64_t local, struct tend_date today, struct tend_str *out)
{
	int64_t day = local >= 0 ? local / 86400 : (local - 86399) / 86400;
	int minutes = (int)((local - day * 86400) / 60);
	cell_day((struct tend_date){(int32_t)day}, today, out);
	tend_str_addf(out, " %02d:%02d", minutes / 60, minutes % 60);
}

enum role cell_health(double score, const char *band, struct tend_str *out)
{
	if (isnan(score)) {
		tend_str_add(out, "..... --");
		return ROLE_DIM;
	}
	int marks = (int)((score + 100.0 / HEALTH_MARKS / 2) / (100.0 / HEALTH_MARKS));
	for (int i = 0; i < HEALTH_MARKS; i++) {
		tend_str_addc(out, i < marks ? '#' : '-');
	}
	tend_str_addf(out, "%3.0f", score);
	return tend_same(band, "poor") ? ROLE_BAD : tend_same(band, "fair") ? ROLE_SOON : ROLE_GOOD;
}

void cell_amount(int64_t minor, const char *currency, struct tend_str *out)
{
	char text[TEND_MONEY_LEN];
	tend_money_format(minor, text);
	tend_str_add(out, currency != NULL ? tend_currency_sign(currency) : "");
	const char *digits = text[0] == '-' ? text + 1 : text;
	size_t whole = strcspn(digits, ".");
	tend_str_add(out, text[0] == '-' ? "-" : "");
	for (size_t i = 0; i < whole; i++) {
		tend_str_addn(out, &digits[i], 1);
		if ((whole - i) % 3 == 1 && i + 1 < whole) {
			tend_str_addc(out, ',');
		}
	}
	tend_str_add(out, digits[0] != '\0' ? digits + whole : "--");
}

enum role cell_money(int64_t minor, struct tend_str *out)
{
	char text[TEND_MONEY_LEN];
	tend_str_add(out, tend_money_fold(minor, text));
	return minor == TEND_NO_MONEY ? ROLE_DIM : ROLE_TEXT;
}

enum role cell_box(const struct tend_milestone *m, struct tend_str *out)
{
	static const struct {
		const char *state, *box;
		enum role role;
	} boxes[] = {
		{"done", "[x]", ROLE_GOOD},
		{"skipped", "[-]", ROLE_DIM},
		{"blocked", "[#]", ROLE_BAD},
		{"doing", "[~]", ROLE_ACCENT},
		{"todo", "[ ]", ROLE_TEXT},
	};
	if (tend_is_open_state(m->state) && m->overdue_days > 0
		&& !tend_same(m->state, "blocked")) {
		tend_str_add(out, "[!]");
		return ROLE_BAD;
	}
	if (tend_same(m->state, "todo") && m->waiting != NULL && m->waiting[0] != '\0') {
		tend_str_add(out, "[.]");
		return ROLE_DIM;
	}
	if (tend_same(m->state, "done") && m->by_condition > 0) {
		tend_str_add(out, "[c]");
		return ROLE_GOOD;
	}
	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
		if (tend_same(boxes[i].state, m->state)) {
			tend_str_add(out, boxes[i].box);
			return boxes[i].role;
		}
	}
	tend_str_add(out, "[ ]");
	return ROLE_TEXT;
}

/* Tags with a blank after each comma. */
static void add_tags(const char *tags, struct tend_str *out)
{
	for (const char *t = tags; *t != '\0'; t++) {
		tend_str_addn(out, t, 1);
		tend_str_add(out, *t == ',' ? " " : "");
	}
}

enum role cell_field(const struct tend_record_type *t, const void *record, const char *field,
	struct tend_date today, struct tend_str *out)
{
	struct tend_value v;
	if (!tend_record_get(t, record, field, &v) || v.null) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	switch (v.type) {
	case TEND_MONEY:
		return cell_money(v.integer, out);
	case TEND_DATE:
		cell_day(v.date, today, out);
		return ROLE_TEXT;
	case TEND_BOOL:
		tend_str_add(out, v.integer != 0 ? _("yes") : _("no"));
		return ROLE_TEXT;
	case TEND_RATIO:
		tend_str_addf(out, "%.0f%%", v.number * 100);
		return ROLE_TEXT;
	case TEND_TAGS:
		add_tags(v.text[0] != '\0' ? v.text : "--", out);
		return v.text[0] != '\0' ? ROLE_TEXT : ROLE_DIM;
	case TEND_TEXT:
		tend_str_add(out, tend_word(field, v.text));
		return ROLE_TEXT;
	default:
		tend_value_format(v, out);
		return ROLE_TEXT;
	}
}

const char *severity_glyph(const char *severity)
{
	return tend_same(severity, "high") ? "!" : tend_same(severity, "medium") ? "?" : "-";
}

enum role severity_role(const char *severity)
{
	return tend_same(severity, "high")      ? ROLE_BAD
		: tend_same(severity, "medium") ? ROLE_SOON
						: ROLE_TEXT;
}

const char *cell_block(int eighths, bool ascii)
{
	static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const plain[] = {" ", "_", ".", ":", "-", "=", "+", "*", "#"};
	int i = eighths < 0 ? 0 : eighths > 8 ? 8 : eighths;
	return ascii ? plain[i] : blocks[i];
}

void cell_spark(const double *values, size_t n, bool ascii, struct tend_str *out)
{
	double most = 0;
	for (size_t i = 0; i < n; i++) {
		most = values[i] > most ? values[i] : most;
	}
	for (size_t i = 0; i < n; i++) {
		double share = most > 0 && values[i] > 0 ? values[i] / most : 0;
		tend_str_add(
			out, cell_block(isnan(values[i]) ? 0 : 1 + (int)(share * 7 + 0.5), ascii));
	}
}

enum role cell_quantity(double value, int columns, struct tend_str *out)
{
	if (isnan(value)) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	char text[32];
	for (int digits = 6; digits > 0; digits--) {
		int n = snprintf(text, sizeof(text), "%.*g", digits, value);
		if (n <= columns || digits == 1) {
			break;
		}
	}
	tend_str_add(out, text);
	return ROLE_TEXT;
}

enum role cell_change(double change, struct tend_str *out)
{
	if (isnan(change)) {
		tend_str_add(out, "--");
		return ROLE_DIM;
	}
	tend_str_addf(out, "%+.0f%%", change * 100);
	return change <= FADING ? ROLE_BAD : change < 0 ? ROLE_SOON : ROLE_GOOD;
}

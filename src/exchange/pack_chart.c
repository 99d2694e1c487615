/* SPDX-License-Identifier: MIT */
#include <math.h>

#include <tend/lang.h>
#include <tend/money.h>

#include "pack.h"

/* In units of the picture, which scales to the width that it is given. */
enum {
	STEP = 44, /* from bar to bar */
	BAR = 30,
	TOP = 18, /* for the figure over the tallest bar */
	HEIGHT = 90, /* of the tallest bar */
	FOOT = 20, /* for the month */
	FOLD_FROM = 100000,
	FOLD_TO = 1000000000,
	WIDTH = STEP * PACK_MONTHS,
};

static double largest(const struct tend_pack_usage *u)
{
	double most = 0;
	for (size_t i = 0; i < PACK_MONTHS; i++) {
		most = isfinite(u->months[i]) && u->months[i] > most ? u->months[i] : most;
	}
	return most;
}

static void add_desc(
	struct tend_str *out, const struct tend_pack *p, const struct tend_pack_usage *u)
{
	struct tend_str text = {0};
	for (size_t i = 0; i < PACK_MONTHS; i++) {
		char month[TEND_DATE_LEN];
		pack_month(p, i, month);
		tend_str_addf(&text, "%s%s: ", i > 0 ? ", " : "", month);
		pack_number(u->months[i], &text);
	}
	tend_html_text(out, tend_str_text(&text));
	tend_str_finish(&text);
}

/* Over a bar there is room for seven characters. */
static void add_label(struct tend_str *out, double value)
{
	char buf[TEND_MONEY_LEN];
	if (isfinite(value) && fabs(value) >= FOLD_FROM && fabs(value) < FOLD_TO) {
		tend_str_add(out, tend_money_fold((int64_t)(value * 100), buf));
	} else {
		pack_number(value, out);
	}
}

static void add_bar(struct tend_str *out, const struct tend_pack *p,
	const struct tend_pack_usage *u, size_t i, double most)
{
	char month[TEND_DATE_LEN];
	double value = u->months[i];
	int x = (int)i * STEP + (STEP - BAR) / 2, middle = (int)i * STEP + STEP / 2;
	double height = isfinite(value) && value > 0 && most > 0 ? value / most * HEIGHT : 0;
	struct tend_str label = {0};
	pack_month(p, i, month);
	add_label(&label, value);
	if (height > 0) {
		tend_str_addf(out,
			"<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" rx=\"2\"/>\n", x,
			TOP + HEIGHT - height, BAR, height);
	}
	tend_str_addf(out, "<text class=\"n\" x=\"%d\" y=\"%.1f\">%s</text>\n", middle,
		TOP + HEIGHT - height - 4, tend_str_text(&label));
	tend_str_addf(out, "<text x=\"%d\" y=\"%d\">%s</text>\n", middle, TOP + HEIGHT + FOOT - 5,
		month + 2);
	tend_str_finish(&label);
}

void pack_chart(const struct tend_pack *p, const struct tend_pack_usage *u, struct tend_str *out)
{
	double most = largest(u);
	tend_str_addf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"role=\"img\">\n<title>",
		WIDTH, TOP + HEIGHT + FOOT);
	struct tend_str title = {0};
	tend_str_addf(&title, _("%s by month"), u->title != NULL ? u->title : u->metric);
	tend_html_text(out, tend_str_text(&title));
	tend_str_finish(&title);
	tend_str_add(out, "</title>\n<desc>");
	add_desc(out, p, u);
	tend_str_add(out, "</desc>\n");
	tend_str_addf(out, "<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", TOP + HEIGHT, WIDTH,
		TOP + HEIGHT);
	for (size_t i = 0; i < PACK_MONTHS; i++) {
		add_bar(out, p, u, i, most);
	}
	tend_str_add(out, "</svg>\n");
}

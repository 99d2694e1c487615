/* SPDX-License-Identifier: MIT */
/* The stages of a customer's term, how it stands and why, in as much as there is room for. */
#include <string.h>

#include "draw.h"
#include "words.h"

/* Under so many columns what puts a customer behind is not worth cutting its name for. */
#define CUT_MIN 28

/* What comes after the term is there only when it has come. */
static bool shows_stage(const struct view *v, size_t i, bool all)
{
	const struct tend_customer *c = view_customer(v);
	const struct tend_pack_stage *s = &v->stages[i];
	bool after_term = c != NULL && tend_has_date(c->renewal) && s->from.day >= c->renewal.day;
	return s->current || (all && !after_term);
}

static void add_ribbon(
	const struct view *v, size_t from, struct tend_str *out, bool dates, bool all)
{
	const char *between = from > 0 ? "… > " : "";
	for (size_t i = from; i < v->nstages; i++) {
		const struct tend_pack_stage *s = &v->stages[i];
		char day[TEND_DATE_LEN];
		if (!shows_stage(v, i, all)) {
			continue;
		}
		tend_date_format(s->from, day);
		tend_str_addf(out, "%s%s%s", between, s->current ? "[" : "", s->title);
		if (dates && day[0] != '\0') {
			tend_str_addf(out, " %s", day + 5);
		}
		tend_str_add(out, s->current ? "]" : "");
		between = " > ";
	}
}

void draw_ribbon(const struct view *v, struct tend_str *out, bool dates, bool all)
{
	add_ribbon(v, 0, out, dates, all);
}

/* What is past leaves first, then the days and what comes: never the stage that is now. Beside a reason the days
 * say less than the stages: they go before all. */
void draw_stages(const struct view *v, int room, struct tend_str *out)
{
	const struct tend_customer *c = view_customer(v);
	for (int days = 1; days >= 0 && c->track_reason != NULL; days--) {
		tend_str_clear(out);
		add_ribbon(v, 0, out, days == 1, true);
		if (tend_columns(tend_str_text(out)) <= room) {
			return;
		}
	}
	size_t now = 0;
	while (now + 1 < v->nstages && !v->stages[now].current) {
		now++;
	}
	for (int shorter = 0; shorter < 3; shorter++) {
		for (size_t from = 0; from <= now && v->nstages > 0; from++) {
			tend_str_clear(out);
			add_ribbon(v, from, out, shorter == 0, shorter < 2);
			if (tend_columns(tend_str_text(out)) <= room) {
				return;
			}
		}
	}
}

static bool draw_track(const struct tend_customer *c, int room, struct tend_str *out)
{
	enum { REASON_MIN = 12 };
	struct tend_str reason = {0};
	int left = room - tend_columns(word_text(c->track)) - 2;
	bool why = c->track_reason != NULL && left >= REASON_MIN;
	if (why) {
		tend_clip(&reason, c->track_reason, left);
		tend_str_addf(out, _("%s: %s"), word_text(c->track), tend_str_text(&reason));
	} else {
		tend_str_add(out, word_text(c->track));
	}
	tend_str_finish(&reason);
	return why;
}

static void add_month(const struct tend_customer *c, struct tend_str *out)
{
	if (c->month > 0 && c->term_months > 0) {
		tend_str_addf(out, _("month %d of %d"), (int)c->month, (int)c->term_months);
	}
}

/* How the customer stands, at the right. What puts it behind has what the stages leave, or the larger part
 * of the row; the month goes before it is cut. */
void draw_standing(const struct view *v, int columns, struct tend_str *out)
{
	enum { GAP = 8 };
	const struct tend_customer *c = view_customer(v);
	struct tend_str stages = {0}, now = {0}, month = {0};
	draw_ribbon(v, &stages, true, true);
	tend_str_add(&now, v->nstages > 0 && !v->stages[0].current ? "… > " : "");
	draw_ribbon(v, &now, false, false);
	if (columns >= STACK_COLUMNS) {
		add_month(c, &month);
	}
	int beside = columns - GAP - tend_columns(tend_str_text(&stages));
	int most = columns - GAP / 2 - 1 - tend_columns(tend_str_text(&now));
	int wanted = c->track_reason != NULL
		? tend_columns(word_text(c->track)) + 2 + tend_columns(c->track_reason)
		: 0;
	int with_month = beside - tend_columns(tend_str_text(&month)) - 3;
	if (c->track == NULL || wanted <= (with_month > 0 ? with_month : 0)) {
		tend_str_add(out, tend_str_text(&month));
		tend_str_add(out, out->len > 0 && c->track != NULL ? "   " : "");
		most = with_month;
	} else {
		int share = columns * 3 / 5;
		most = most < share ? most : share;
		most = most > beside ? most : beside;
	}
	if (c->track != NULL) {
		(void)draw_track(c, most, out);
	}
	tend_str_finish(&stages);
	tend_str_finish(&now);
	tend_str_finish(&month);
}

struct wording {
	int name;
	bool all_stages, month;
	enum { TRACK_NONE, TRACK_WORD, TRACK_REASON, TRACK_CUT } track;
};

/* What the rule says about the customer. False where it does not fit, and nothing is added. */
static bool try_heading(const struct view *v, const struct tend_customer *c,
	const struct wording *w, int room, struct tend_str *out)
{
	size_t start = out->len;
	tend_clip(out, c->name, w->name);
	tend_str_add(out, v->nstages > 0 ? "  " : "");
	draw_ribbon(v, out, false, w->all_stages);
	if (w->month && c->month > 0 && c->term_months > 0) {
		tend_str_add(out, "  ");
		tend_str_addf(out, _("month %d of %d"), (int)c->month, (int)c->term_months);
	}
	bool whole = true;
	if (w->track != TRACK_NONE && c->track != NULL) {
		tend_str_add(out, "  ");
		int left = w->track == TRACK_WORD ? 0
			: w->track == TRACK_CUT   ? room - tend_columns(tend_str_text(out) + start)
						  : room;
		bool too_short = w->track == TRACK_CUT && left < CUT_MIN;
		whole = !too_short && (draw_track(c, left, out) || w->track == TRACK_WORD);
	}
	if (!whole || tend_columns(tend_str_text(out) + start) > room) {
		out->len = start;
		out->data[start] = '\0';
		return false;
	}
	return true;
}

/* The longest that fits; what puts the customer behind goes before the stages to come. */
void draw_summary(const struct view *v, int room, struct tend_str *out)
{
	static const struct wording wordings[] = {{24, true, true, TRACK_REASON},
		{24, true, false, TRACK_REASON}, {24, false, true, TRACK_REASON},
		{24, false, false, TRACK_REASON}, {24, false, false, TRACK_CUT},
		{16, false, false, TRACK_CUT}, {24, true, true, TRACK_WORD},
		{24, true, false, TRACK_WORD}, {24, false, true, TRACK_WORD},
		{24, false, false, TRACK_WORD}, {16, false, false, TRACK_NONE},
		{12, false, false, TRACK_NONE}};
	const struct tend_customer *c = view_customer(v);
	bool why = c->track_reason != NULL;
	for (size_t i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++) {
		bool reason = wordings[i].track >= TRACK_REASON;
		if ((why || !reason) && try_heading(v, c, &wordings[i], room, out)) {
			return;
		}
	}
	tend_clip(out, c->name, room);
}

/* SPDX-License-Identifier: MIT */
/*
 * What the renewal checklist says, once for all its formats: tables and lines of plain text, in the
 * current language, not yet escaped.
 */
#ifndef EXCHANGE_PACK_H
#define EXCHANGE_PACK_H

#include <tend/exchange.h>

enum { PACK_COLUMNS_MAX = 9, PACK_MONTHS = 12, PACK_METRICS_MAX = PACK_COLUMNS_MAX - 1 };

#define PACK_UNKNOWN "–"

struct pack_table {
	size_t columns;
	const char *heads[PACK_COLUMNS_MAX];
	bool right[PACK_COLUMNS_MAX];
	char **items; /* row by row */
	size_t n, cap;
};
size_t pack_table_rows(const struct pack_table *t);
const char *pack_table_cell(const struct pack_table *t, size_t row, size_t column);
void pack_table_finish(struct pack_table *t);

/* The tables; free each with pack_table_finish. */
void pack_facts(const struct tend_pack *p, struct pack_table *t);
void pack_stages(const struct tend_pack *p, struct pack_table *t);
void pack_usage(const struct tend_pack *p, struct pack_table *t);
void pack_months(const struct tend_pack *p, struct pack_table *t); /* the first metrics that fit */
void pack_contract(const struct tend_pack *p, struct pack_table *t);
void pack_alerts(const struct tend_pack *p, struct pack_table *t);
void pack_contacts(const struct tend_pack *p, struct pack_table *t);

/* How far some of the milestones are; skipped ones count as settled. */
struct pack_count {
	size_t all, settled, skipped, overdue;
};
#define PACK_ALL_STAGES SIZE_MAX
/* `stage`: an index, nstages for those of no stage that is known, or PACK_ALL_STAGES. */
bool pack_is_in(const struct tend_pack *p, const struct tend_pack_milestone *m, size_t stage);
struct pack_count pack_count(const struct tend_pack *p, size_t stage, bool renewal_only);
bool pack_is_settled(const struct tend_milestone *m); /* done or skipped */
bool pack_is_skipped(const struct tend_milestone *m);
/* What is open has its items listed, and of what is done only the renewal's own. */
bool pack_shows_items(const struct tend_pack_milestone *m);

/* The lines. */
void pack_title(const struct tend_pack *p, struct tend_str *out);
const char *pack_audience(void); /* who may read it: alerts and notes are nothing to hand over */
void pack_summary(const struct tend_pack *p, struct tend_str *out);
/* "2 of 6 done.", "2 done, 1 skipped of 6." */
void pack_progress(struct pack_count count, struct tend_str *out);
void pack_stage_title(const struct tend_pack *p, size_t stage, struct tend_str *out);
void pack_milestone_title(const struct tend_milestone *m, struct tend_str *out);
void pack_milestone_key(const struct tend_milestone *m, struct tend_str *out); /* KEY[#N] */
/* "due 2026-12-01 (in 7 days) · li · waiting for: Annual report" */
void pack_milestone_note(
	const struct tend_pack *p, const struct tend_milestone *m, struct tend_str *out);
void pack_foot(const struct tend_pack *p, struct tend_str *out);

/* The building blocks of those. */
void pack_money(int64_t minor, const char *currency, struct tend_str *out); /* "€1,200,000.00" */
void pack_number(double number, struct tend_str *out); /* "12,345.5"; two decimals below 1 */
void pack_change(double change, struct tend_str *out); /* "+12.5 %" */
void pack_distance(
	struct tend_date from, struct tend_date to, struct tend_str *out); /* "in 7 days" */
void pack_month(const struct tend_pack *p, size_t i, char buf[TEND_DATE_LEN]); /* "2026-11" */

/* The formats. */
void pack_write_md(const struct tend_pack *p, struct tend_str *out);
void pack_write_csv(const struct tend_pack *p, struct tend_str *out);
void pack_write_json(const struct tend_pack *p, struct tend_str *out);
void pack_write_html(const struct tend_pack *p, struct tend_str *out);
/* A bar a month, as SVG. */
void pack_chart(const struct tend_pack *p, const struct tend_pack_usage *u, struct tend_str *out);

#endif

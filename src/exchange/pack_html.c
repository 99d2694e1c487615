/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>
#include <tend/words.h>

#include "pack.h"

/* One file for screen and paper; nothing is fetched, nothing runs. */
static const char style[] =
	":root{color-scheme:light dark;--ink:#1c2024;--dim:#646b73;--line:#d9dde2;--back:#fff;"
	"--card:#f5f7f9;--accent:#1f6f8b;--bad:#b3261e;--good:#2e7d4f}\n"
	"@media (prefers-color-scheme:dark){:root{--ink:#e6e8eb;--dim:#9aa2ab;--line:#3a4048;"
	"--back:#16191d;--card:#1f242a;--accent:#6cb8d0;--bad:#ff8a80;--good:#7fd1a1}}\n"
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;padding:2rem "
	"1.25rem;max-width:54rem;background:var(--back);color:var(--ink);"
	"font:15px/1.55 system-ui,\"Segoe UI\",\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK "
	"SC\",sans-serif}\n"
	"h1{font-size:1.6rem;line-height:1.25;margin:0 0 .4rem}\n"
	"h2{font-size:1.15rem;margin:2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid "
	"var(--line)}\n"
	"h3{font-size:1rem;margin:1.2rem 0 .4rem}\n"
	"p{margin:.4rem 0}\n"
	".lead{font-size:1.05rem;color:var(--dim)}\n"
	"dl.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.6rem;"
	"margin:0}\n"
	"dl.facts div{background:var(--card);border-radius:6px;padding:.55rem .75rem}\n"
	"dt{color:var(--dim);font-size:.82rem}\n"
	"dd{margin:0;font-weight:600;overflow-wrap:anywhere}\n"
	"table{border-collapse:collapse;width:100%;margin:.4rem 0 "
	"1rem;font-variant-numeric:tabular-nums}\n"
	"th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);"
	"vertical-align:top;overflow-wrap:anywhere}\n"
	"th{font-size:.82rem;color:var(--dim);font-weight:600}\n"
	".r{text-align:right}\n"
	"ul.check{list-style:none;margin:0;padding:0}\n"
	"ul.check>li{position:relative;padding:.35rem 0 .35rem 1.7rem;break-inside:avoid}\n"
	"ul.check ul.check>li{padding-top:.1rem;padding-bottom:.1rem}\n"
	".box{position:absolute;left:0}\n"
	".done>.box{color:var(--good)}\n"
	".done>.what{color:var(--dim)}\n"
	".skipped>.what{color:var(--dim);text-decoration:line-through}\n"
	".internal{color:var(--bad);font-weight:600}\n"
	".late>.note{color:var(--bad)}\n"
	".note,.more{color:var(--dim);font-size:.9rem;overflow-wrap:anywhere}\n"
	"code{font-size:.85em;color:var(--dim)}\n"
	"blockquote{margin:.3rem 0;padding-left:.8rem;border-left:3px solid "
	"var(--line);color:var(--dim);"
	"font-size:.92rem;white-space:pre-line}\n"
	"figure{margin:.8rem 0;break-inside:avoid}\n"
	"svg{width:100%;height:auto}\n"
	"svg rect{fill:var(--accent)}\n"
	"svg line{stroke:var(--line)}\n"
	"svg text{font-size:11px;text-anchor:middle;fill:var(--dim)}\n"
	"svg text.n{fill:var(--ink)}\n"
	"footer{margin-top:2.5rem;color:var(--dim);font-size:.85rem}\n"
	"@page{margin:18mm 16mm}\n"
	"@media "
	"print{:root{color-scheme:light;--ink:#000;--dim:#444;--line:#bbb;--back:#fff;--card:#fff;"
	"--accent:#444;--bad:#000;--good:#000}\n"
	"body{max-width:none;padding:0;font-size:10.5pt}\n"
	"dl.facts div{border:1px solid var(--line)}\n"
	"h2,h3{break-after:avoid}tr{break-inside:avoid}}\n";

/* A tag around escaped text. */
static void add_element(struct tend_str *out, const char *open, const char *text, const char *close)
{
	tend_str_add(out, open);
	tend_html_text(out, text);
	tend_str_add(out, close);
}

static void open_section(struct tend_str *out, const char *title)
{
	add_element(out, "<section>\n<h2>", title, "</h2>\n");
}

static void close_section(struct tend_str *out)
{
	tend_str_add(out, "</section>\n");
}

/* Prints the table and frees it. */
static void add_table(struct tend_str *out, struct pack_table *t)
{
	size_t rows = pack_table_rows(t);
	tend_str_add(out, rows > 0 ? "<table>\n<thead><tr>" : "");
	for (size_t c = 0; rows > 0 && c < t->columns; c++) {
		add_element(out,
			t->right[c] ? "<th class=\"r\" scope=\"col\">" : "<th scope=\"col\">",
			t->heads[c], "</th>");
	}
	tend_str_add(out, rows > 0 ? "</tr></thead>\n<tbody>\n" : "");
	for (size_t r = 0; r < rows; r++) {
		tend_str_add(out, "<tr>");
		for (size_t c = 0; c < t->columns; c++) {
			add_element(out, t->right[c] ? "<td class=\"r\">" : "<td>",
				pack_table_cell(t, r, c), "</td>");
		}
		tend_str_add(out, "</tr>\n");
	}
	tend_str_add(out, rows > 0 ? "</tbody>\n</table>\n" : "");
	pack_table_finish(t);
}

static void add_facts(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	open_section(out, _("Key figures"));
	tend_str_add(out, "<dl class=\"facts\">\n");
	pack_facts(p, &t);
	for (size_t r = 0; r < pack_table_rows(&t); r++) {
		add_element(out, "<div><dt>", pack_table_cell(&t, r, 0), "</dt>");
		add_element(out, "<dd>", pack_table_cell(&t, r, 1), "</dd></div>\n");
	}
	pack_table_finish(&t);
	tend_str_add(out, "</dl>\n");
	close_section(out);
}

static void add_steps(struct tend_str *out, const struct tend_pack *p)
{
	if (p->nnext_steps == 0) {
		return;
	}
	open_section(out, _("Next steps"));
	tend_str_add(out, "<ol>\n");
	for (size_t i = 0; i < p->nnext_steps; i++) {
		add_element(out, "<li>", p->next_steps[i], "</li>\n");
	}
	tend_str_add(out, "</ol>\n");
	close_section(out);
}

static void add_box(struct tend_str *out, const char *state, const char *classes)
{
	bool done = tend_same(state, "done");
	tend_str_addf(out, "<li class=\"%s%s\"><span class=\"box\" role=\"img\" aria-label=\"",
		classes, done ? " done" : "");
	tend_html_text(out, tend_word(NULL, state != NULL ? state : "todo"));
	tend_str_addf(out, "\">%s</span> ", done ? "☑" : "☐");
}

static void add_details(struct tend_str *out, const struct tend_pack_milestone *m)
{
	bool settled = pack_is_settled(m->milestone);
	if (!settled && m->renewal_item && m->guide != NULL && *m->guide != '\0') {
		add_element(out, "<blockquote>", m->guide, "</blockquote>\n");
	}
	if (!settled && m->deliverable != NULL && *m->deliverable != '\0') {
		add_element(out, "<div class=\"more\">", _("Deliverable: "), "");
		add_element(out, "", m->deliverable, "</div>\n");
	}
	if (m->nitems == 0 || !pack_shows_items(m)) {
		return;
	}
	tend_str_add(out, "<ul class=\"check\">\n");
	for (size_t i = 0; i < m->nitems; i++) {
		add_box(out, m->items[i].done == 1 ? "done" : "todo", "item");
		add_element(out, "<span class=\"what\">",
			m->items[i].title != NULL ? m->items[i].title : "", "</span></li>\n");
	}
	tend_str_add(out, "</ul>\n");
}

static void add_milestone(
	struct tend_str *out, const struct tend_pack *p, const struct tend_pack_milestone *m)
{
	const struct tend_milestone *ms = m->milestone;
	struct tend_str text = {0};
	bool late = !pack_is_settled(ms) && tend_has_date(ms->due) && ms->due.day < p->day.day;
	add_box(out, ms->state,
		late                          ? "milestone late"
			: pack_is_skipped(ms) ? "milestone skipped"
					      : "milestone");
	pack_milestone_title(ms, &text);
	add_element(out, "<strong class=\"what\">", tend_str_text(&text), "</strong> ");
	tend_str_clear(&text);
	pack_milestone_note(p, ms, &text);
	add_element(out, "<span class=\"note\">", tend_str_text(&text), "</span> ");
	tend_str_clear(&text);
	pack_milestone_key(ms, &text);
	add_element(out, "<code>", tend_str_text(&text), "</code>\n");
	add_details(out, m);
	tend_str_add(out, "</li>\n");
	tend_str_finish(&text);
}

static void add_milestones(
	struct tend_str *out, const struct tend_pack *p, size_t stage, bool renewal_items)
{
	tend_str_add(out, "<ul class=\"check\">\n");
	for (size_t i = 0; i < p->nmilestones; i++) {
		const struct tend_pack_milestone *m = &p->milestones[i];
		if (m->renewal_item == renewal_items && pack_is_in(p, m, stage)) {
			add_milestone(out, p, m);
		}
	}
	tend_str_add(out, "</ul>\n");
}

static void add_preparation(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_count count = pack_count(p, PACK_ALL_STAGES, true);
	open_section(out, _("Prepare the renewal"));
	if (count.all == 0) {
		add_element(out, "<p>", _("The journey plans nothing for the renewal."), "</p>\n");
	} else {
		struct tend_str text = {0};
		pack_progress(count, &text);
		add_element(out, "<p>", tend_str_text(&text), "</p>\n");
		tend_str_finish(&text);
		add_milestones(out, p, PACK_ALL_STAGES, true);
	}
	close_section(out);
}

static void add_stage(struct tend_str *out, const struct tend_pack *p, size_t stage)
{
	size_t shown = pack_count(p, stage, false).all, renewal = pack_count(p, stage, true).all;
	struct tend_str text = {0};
	if (shown == 0) {
		return;
	}
	pack_stage_title(p, stage, &text);
	add_element(out, "<h3>", tend_str_text(&text), "</h3>\n");
	if (renewal > 0) {
		tend_str_clear(&text);
		tend_str_addf(&text,
			renewal == 1 ? _("%zu is under “Prepare the renewal”.")
				     : _("%zu are under “Prepare the renewal”."),
			renewal);
		add_element(out, "<p>", tend_str_text(&text), "</p>\n");
	}
	if (shown > renewal) {
		add_milestones(out, p, stage, false);
	}
	tend_str_finish(&text);
}

static void add_stages(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	if (p->nstages == 0 && p->nmilestones == 0) {
		return;
	}
	open_section(out, _("The journey by stage"));
	pack_stages(p, &t);
	add_table(out, &t);
	for (size_t stage = 0; stage <= p->nstages; stage++) {
		add_stage(out, p, stage);
	}
	close_section(out);
}

/* A section that is one table, or a sentence where there is nothing. */
static void add_table_section(struct tend_str *out, const struct tend_pack *p, const char *title,
	void (*make)(const struct tend_pack *, struct pack_table *), const char *nothing)
{
	struct pack_table t;
	open_section(out, title);
	make(p, &t);
	if (pack_table_rows(&t) == 0) {
		add_element(out, "<p>", nothing, "</p>\n");
	}
	add_table(out, &t);
	close_section(out);
}

static void add_usage(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	open_section(out, _("Usage"));
	if (p->nusage == 0) {
		add_element(out, "<p>", _("No usage data."), "</p>\n");
	}
	pack_usage(p, &t);
	add_table(out, &t);
	for (size_t i = 0; i < p->nusage; i++) {
		struct tend_str text = {0};
		const struct tend_pack_usage *u = &p->usage[i];
		tend_str_addf(&text, _("%s by month"), u->title != NULL ? u->title : u->metric);
		add_element(out, "<figure>\n<figcaption class=\"note\">", tend_str_text(&text),
			"</figcaption>\n");
		pack_chart(p, u, out);
		tend_str_add(out, "</figure>\n");
		tend_str_finish(&text);
	}
	close_section(out);
}

static void add_head(struct tend_str *out, const char *title)
{
	tend_str_addf(out,
		"<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\">\n",
		tend_lang() == TEND_ZH ? "zh-CN" : "en");
	tend_str_add(out,
		"<head>\n<meta charset=\"utf-8\"/>\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src "
		"'unsafe-inline'\"/>\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
	add_element(out, "<title>", title, "</title>\n<style>\n");
	tend_str_add(out, style);
	tend_str_add(out, "</style>\n</head>\n<body>\n");
}

void pack_write_html(const struct tend_pack *p, struct tend_str *out)
{
	struct tend_str text = {0};
	pack_title(p, &text);
	add_head(out, tend_str_text(&text));
	add_element(out, "<header>\n<h1>", tend_str_text(&text), "</h1>\n");
	add_element(out, "<p class=\"internal\">", pack_audience(), "</p>\n");
	tend_str_clear(&text);
	pack_summary(p, &text);
	add_element(out, "<p class=\"lead\">", tend_str_text(&text), "</p>\n</header>\n<main>\n");
	add_facts(out, p);
	add_steps(out, p);
	add_preparation(out, p);
	add_table_section(out, p, _("Open alerts"), pack_alerts, _("None."));
	add_usage(out, p);
	add_table_section(out, p, _("Contract"), pack_contract, _("No subscriptions."));
	add_stages(out, p);
	add_table_section(out, p, _("Last contacts"), pack_contacts, _("None on record."));
	tend_str_clear(&text);
	pack_foot(p, &text);
	add_element(
		out, "</main>\n<footer>", tend_str_text(&text), "</footer>\n</body>\n</html>\n");
	tend_str_finish(&text);
}

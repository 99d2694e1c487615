/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/text.h>

#include "grid.h"
#include "pack.h"

static void table_head(const void *ctx, size_t column, struct tend_str *out)
{
	const struct pack_table *t = ctx;
	tend_md_text(out, t->heads[column]);
}

static void table_cell(const void *ctx, size_t row, size_t column, struct tend_str *out)
{
	tend_md_text(out, pack_table_cell(ctx, row, column));
}

static bool table_right(const void *ctx, size_t column)
{
	const struct pack_table *t = ctx;
	return t->right[column];
}

/* Prints the table and frees it. */
static void add_table(struct tend_str *out, struct pack_table *t)
{
	struct grid grid = {
		t, pack_table_rows(t), t->columns, table_head, table_cell, table_right, NULL};
	if (grid.rows > 0) {
		grid_markdown(&grid, out);
	}
	pack_table_finish(t);
}

static void add_heading(struct tend_str *out, const char *title)
{
	tend_str_addf(out, "\n## %s\n\n", title);
}

static void add_box(struct tend_str *out, const char *indent, bool done)
{
	tend_str_addf(out, "%s- [%c] ", indent, done ? 'x' : ' ');
}

/* Each line is a paragraph of the quotation. */
static void add_guide(struct tend_str *out, const char *guide)
{
	bool first = true;
	while (*guide != '\0') {
		size_t n = strcspn(guide, "\n");
		char *line = tend_strndup(guide, n > 0 && guide[n - 1] == '\r' ? n - 1 : n);
		if (*line != '\0') {
			tend_str_add(out, first ? "  > " : "  >\n  > ");
			tend_md_text(out, line);
			tend_str_addc(out, '\n');
			first = false;
		}
		free(line);
		guide += n + (guide[n] == '\n');
	}
}

static void add_details(struct tend_str *out, const struct tend_pack_milestone *m)
{
	bool settled = pack_is_settled(m->milestone);
	if (!settled && m->renewal_item && m->guide != NULL) {
		add_guide(out, m->guide);
	}
	if (!settled && m->deliverable != NULL && *m->deliverable != '\0') {
		tend_str_addf(out, "  - %s", _("Deliverable: "));
		tend_md_text(out, m->deliverable);
		tend_str_addc(out, '\n');
	}
	for (size_t i = 0; pack_shows_items(m) && i < m->nitems; i++) {
		add_box(out, "  ", m->items[i].done == 1);
		tend_md_text(out, m->items[i].title != NULL ? m->items[i].title : "");
		tend_str_addc(out, '\n');
	}
}

static void add_milestone(
	struct tend_str *out, const struct tend_pack *p, const struct tend_pack_milestone *m)
{
	struct tend_str text = {0};
	add_box(out, "", tend_same(m->milestone->state, "done"));
	pack_milestone_title(m->milestone, &text);
	tend_str_add(out, "**");
	tend_md_text(out, tend_str_text(&text));
	tend_str_add(out, "**");
	tend_str_clear(&text);
	pack_milestone_note(p, m->milestone, &text);
	if (text.len > 0) {
		tend_str_add(out, " · ");
		tend_md_text(out, tend_str_text(&text));
	}
	tend_str_addc(out, '\n');
	add_details(out, m);
	tend_str_finish(&text);
}

static void add_milestones(
	struct tend_str *out, const struct tend_pack *p, size_t stage, bool renewal_items)
{
	for (size_t i = 0; i < p->nmilestones; i++) {
		const struct tend_pack_milestone *m = &p->milestones[i];
		if (m->renewal_item == renewal_items && pack_is_in(p, m, stage)) {
			add_milestone(out, p, m);
		}
	}
}

static void add_preparation(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_count count = pack_count(p, PACK_ALL_STAGES, true);
	add_heading(out, _("Prepare the renewal"));
	if (count.all == 0) {
		tend_str_addf(out, "%s\n", _("The journey plans nothing for the renewal."));
		return;
	}
	pack_progress(count, out);
	tend_str_add(out, "\n\n");
	add_milestones(out, p, PACK_ALL_STAGES, true);
}

static void add_stages(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	if (p->nstages == 0 && p->nmilestones == 0) {
		return;
	}
	add_heading(out, _("The journey by stage"));
	pack_stages(p, &t);
	add_table(out, &t);
	for (size_t stage = 0; stage <= p->nstages; stage++) {
		size_t shown = pack_count(p, stage, false).all;
		size_t renewal = pack_count(p, stage, true).all;
		if (shown == 0) {
			continue;
		}
		struct tend_str title = {0};
		pack_stage_title(p, stage, &title);
		tend_str_add(out, "\n### ");
		tend_md_text(out, tend_str_text(&title));
		tend_str_add(out, "\n\n");
		tend_str_finish(&title);
		if (renewal > 0) {
			tend_str_addf(out,
				renewal == 1 ? _("%zu is under “Prepare the renewal”.")
					     : _("%zu are under “Prepare the renewal”."),
				renewal);
			tend_str_add(out, shown > renewal ? "\n\n" : "\n");
		}
		add_milestones(out, p, stage, false);
	}
}

static void add_labelled(struct tend_str *out, const char *label, const char *text)
{
	tend_str_add(out, label);
	tend_md_text(out, text);
}

static void add_alerts(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	add_heading(out, _("Open alerts"));
	if (p->nalerts == 0) {
		tend_str_addf(out, "%s\n", _("None."));
	}
	pack_alerts(p, &t);
	for (size_t i = 0; i < pack_table_rows(&t); i++) {
		tend_str_add(out, "- **");
		tend_md_text(out, pack_table_cell(&t, i, 0));
		tend_str_add(out, "** · ");
		tend_md_text(out, pack_table_cell(&t, i, 1));
		tend_str_add(out, _(": "));
		tend_md_text(out, pack_table_cell(&t, i, 2));
		add_labelled(out, _(" · since "), pack_table_cell(&t, i, 3));
		add_labelled(out, _(" · at risk: "), pack_table_cell(&t, i, 4));
		tend_str_addc(out, '\n');
	}
	pack_table_finish(&t);
}

static void add_usage(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	add_heading(out, _("Usage"));
	if (p->nusage == 0) {
		tend_str_addf(out, "%s\n", _("No usage data."));
		return;
	}
	pack_usage(p, &t);
	add_table(out, &t);
	tend_str_addf(out, "\n%s\n\n", _("By month:"));
	pack_months(p, &t);
	add_table(out, &t);
}

static void add_contract(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	add_heading(out, _("Contract"));
	if (p->nsubscriptions == 0) {
		tend_str_addf(out, "%s\n", _("No subscriptions."));
		return;
	}
	pack_contract(p, &t);
	add_table(out, &t);
}

static void add_contacts(struct tend_str *out, const struct tend_pack *p)
{
	struct pack_table t;
	add_heading(out, _("Last contacts"));
	if (p->ncontacts == 0) {
		tend_str_addf(out, "%s\n", _("None on record."));
	}
	pack_contacts(p, &t);
	for (size_t i = 0; i < pack_table_rows(&t); i++) {
		tend_str_addf(out, "- **%s**", pack_table_cell(&t, i, 0));
		add_labelled(out, " · ", pack_table_cell(&t, i, 1));
		if (strcmp(pack_table_cell(&t, i, 2), PACK_UNKNOWN) != 0) {
			add_labelled(out, " · ", pack_table_cell(&t, i, 2));
		}
		tend_str_add(out, _(": "));
		tend_md_text(out, pack_table_cell(&t, i, 3));
		tend_str_addc(out, '\n');
	}
	pack_table_finish(&t);
}

static void add_steps(struct tend_str *out, const struct tend_pack *p)
{
	if (p->nnext_steps == 0) {
		return;
	}
	add_heading(out, _("Next steps"));
	for (size_t i = 0; i < p->nnext_steps; i++) {
		tend_str_addf(out, "%zu. ", i + 1);
		tend_md_text(out, p->next_steps[i]);
		tend_str_addc(out, '\n');
	}
}

void pack_write_md(const struct tend_pack *p, struct tend_str *out)
{
	struct tend_str text = {0};
	struct pack_table t;
	pack_title(p, &text);
	tend_str_add(out, "# ");
	tend_md_text(out, tend_str_text(&text));
	tend_str_addf(out, "\n\n**%s**", pack_audience());
	tend_str_clear(&text);
	pack_summary(p, &text);
	tend_str_add(out, "\n\n");
	tend_md_text(out, tend_str_text(&text));
	tend_str_addc(out, '\n');
	add_heading(out, _("Key figures"));
	pack_facts(p, &t);
	add_table(out, &t);
	add_steps(out, p);
	add_preparation(out, p);
	add_alerts(out, p);
	add_usage(out, p);
	add_contract(out, p);
	add_stages(out, p);
	add_contacts(out, p);
	tend_str_clear(&text);
	pack_foot(p, &text);
	tend_str_add(out, "\n---\n\n");
	tend_md_text(out, tend_str_text(&text));
	tend_str_addc(out, '\n');
	tend_str_finish(&text);
}

/* SPDX-License-Identifier: MIT */
#include "pack.h"

enum { COLUMNS = 11 };

static void add_row(struct tend_str *out, const char *const *cells)
{
	for (int i = 0; i < COLUMNS; i++) {
		tend_str_add(out, i > 0 ? "," : "");
		tend_csv_cell(out, cells[i] != NULL ? cells[i] : "", ',', true);
	}
	tend_str_add(out, "\r\n");
}

static void add_milestone(
	struct tend_str *out, const struct tend_pack *p, const struct tend_pack_milestone *pm)
{
	const struct tend_milestone *m = pm->milestone;
	char due[TEND_DATE_LEN], done[TEND_DATE_LEN];
	struct tend_str key = {0}, title = {0};
	pack_milestone_key(m, &key);
	pack_milestone_title(m, &title);
	tend_date_format(m->due, due);
	tend_date_format(m->done_on, done);
	const char *section = pm->renewal_item ? "renewal" : "journey";
	add_row(out,
		(const char *[COLUMNS]){p->customer->key, p->customer->name, section, m->stage,
			tend_str_text(&key), tend_str_text(&title), NULL, m->state, due, m->owner,
			done});
	for (size_t i = 0; i < pm->nitems; i++) {
		const struct tend_item *item = &pm->items[i];
		tend_date_format(item->done_on, done);
		add_row(out,
			(const char *[COLUMNS]){p->customer->key, p->customer->name, section,
				m->stage, tend_str_text(&key), tend_str_text(&title), item->title,
				item->done == 1 ? "done" : "todo", due, m->owner, done});
	}
	tend_str_finish(&key);
	tend_str_finish(&title);
}

/* The first row is the renewal itself, so that also a book without a journey says whose it is. */
void pack_write_csv(const struct tend_pack *p, struct tend_str *out)
{
	static const char *const heads[COLUMNS] = {"customer", "name", "section", "stage",
		"milestone", "title", "item", "state", "due", "owner", "done_on"};
	const struct tend_customer *c = p->customer;
	char renewal[TEND_DATE_LEN];
	add_row(out, heads);
	tend_date_format(c->renewal, renewal);
	add_row(out,
		(const char *[COLUMNS]){c->key, c->name, "customer", c->stage, NULL,
			pack_audience(), NULL, c->status, renewal, c->owner, NULL});
	for (int renewal_item = 1; renewal_item >= 0; renewal_item--) {
		for (size_t i = 0; i < p->nmilestones; i++) {
			if (p->milestones[i].renewal_item == (renewal_item == 1)) {
				add_milestone(out, p, &p->milestones[i]);
			}
		}
	}
}

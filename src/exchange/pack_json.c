/* SPDX-License-Identifier: MIT */
#include "columns.h"
#include "pack.h"

static void add_key(struct tend_str *out, const char *key)
{
	tend_json_string(out, key);
	tend_str_add(out, ": ");
}

static void add_text(struct tend_str *out, const char *key, const char *text)
{
	add_key(out, key);
	tend_json_value(
		out, (struct tend_value){.type = TEND_TEXT, .null = text == NULL, .text = text});
}

static void add_date(struct tend_str *out, const char *key, struct tend_date date)
{
	add_key(out, key);
	tend_json_value(out,
		(struct tend_value){.type = TEND_DATE, .null = !tend_has_date(date), .date = date});
}

static void add_number(struct tend_str *out, const char *key, double number)
{
	add_key(out, key);
	tend_json_value(out, (struct tend_value){.type = TEND_NUMBER, .number = number});
}

/* The fields of a record, without the braces. */
static void add_fields(struct tend_str *out, const struct tend_record_type *t, const void *record)
{
	struct columns columns;
	columns_of_record(t, record, &(struct tend_print){.format = TEND_AS_JSON}, &columns);
	for (size_t i = 0; i < columns.n; i++) {
		tend_str_add(out, i > 0 ? ", " : "");
		add_key(out, columns.items[i].name);
		tend_json_value(out, column_value(&columns.items[i], t, record));
	}
	columns_finish(&columns);
}

static void add_records(struct tend_str *out, const char *key, const struct tend_record_type *t,
	const void *records, size_t n)
{
	add_key(out, key);
	tend_str_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		tend_str_add(out, i > 0 ? ",\n    {" : "\n    {");
		add_fields(out, t, (const char *)records + i * t->size);
		tend_str_addc(out, '}');
	}
	tend_str_add(out, n > 0 ? "\n  ]" : "]");
}

static void add_milestone(struct tend_str *out, const struct tend_pack_milestone *m)
{
	tend_str_add(out, "{");
	add_fields(out, &tend_milestone_type, m->milestone);
	tend_str_add(out, ", ");
	add_text(out, "deliverable", m->deliverable);
	tend_str_add(out, ", ");
	add_text(out, "guide", m->guide);
	tend_str_add(out, ",\n      \"checklist\": [");
	for (size_t i = 0; i < m->nitems; i++) {
		tend_str_add(out, i > 0 ? ",\n        {" : "\n        {");
		add_fields(out, &tend_item_type, &m->items[i]);
		tend_str_addc(out, '}');
	}
	tend_str_add(out, m->nitems > 0 ? "\n      ]}" : "]}");
}

static void add_milestones(
	struct tend_str *out, const char *key, const struct tend_pack *p, bool renewal_items)
{
	bool any = false;
	add_key(out, key);
	tend_str_addc(out, '[');
	for (size_t i = 0; i < p->nmilestones; i++) {
		if (p->milestones[i].renewal_item == renewal_items) {
			tend_str_add(out, any ? ",\n    " : "\n    ");
			add_milestone(out, &p->milestones[i]);
			any = true;
		}
	}
	tend_str_add(out, any ? "\n  ]" : "]");
}

static void add_stages(struct tend_str *out, const struct tend_pack *p)
{
	add_key(out, "stages");
	tend_str_addc(out, '[');
	for (size_t i = 0; i < p->nstages; i++) {
		const struct tend_pack_stage *s = &p->stages[i];
		struct pack_count count = pack_count(p, i, false);
		tend_str_add(out, i > 0 ? ",\n    {" : "\n    {");
		add_text(out, "key", s->key);
		tend_str_add(out, ", ");
		add_text(out, "title", s->title);
		tend_str_add(out, ", ");
		add_date(out, "from", s->from);
		tend_str_addf(out,
			", \"current\": %s, \"milestones\": %zu, \"settled\": %zu, "
			"\"skipped\": %zu, \"overdue\": %zu}",
			s->current ? "true" : "false", count.all, count.settled, count.skipped,
			count.overdue);
	}
	tend_str_add(out, p->nstages > 0 ? "\n  ]" : "]");
}

static void add_usage(struct tend_str *out, const struct tend_pack *p)
{
	add_key(out, "usage");
	tend_str_addc(out, '[');
	for (size_t i = 0; i < p->nusage; i++) {
		const struct tend_pack_usage *u = &p->usage[i];
		tend_str_add(out, i > 0 ? ",\n    {" : "\n    {");
		add_text(out, "metric", u->metric);
		tend_str_add(out, ", ");
		add_text(out, "title", u->title);
		tend_str_add(out, ", ");
		add_text(out, "unit", u->unit);
		tend_str_add(out, ", ");
		add_number(out, "last30", u->last30);
		tend_str_add(out, ", ");
		add_number(out, "before30", u->before30);
		tend_str_add(out, ", ");
		add_key(out, "change");
		tend_json_value(out, (struct tend_value){.type = TEND_RATIO, .number = u->change});
		tend_str_add(out, ", ");
		add_date(out, "newest", u->newest);
		tend_str_add(out, ",\n      \"months\": [");
		for (size_t k = 0; k < PACK_MONTHS; k++) {
			char month[TEND_DATE_LEN];
			pack_month(p, k, month);
			tend_str_add(out, k > 0 ? ", {" : "{");
			add_text(out, "month", month);
			tend_str_add(out, ", ");
			add_number(out, "value", u->months[k]);
			tend_str_addc(out, '}');
		}
		tend_str_add(out, "]}");
	}
	tend_str_add(out, p->nusage > 0 ? "\n  ]" : "]");
}

static void add_steps(struct tend_str *out, const struct tend_pack *p)
{
	add_key(out, "next_steps");
	tend_str_addc(out, '[');
	for (size_t i = 0; i < p->nnext_steps; i++) {
		tend_str_add(out, i > 0 ? ",\n    " : "\n    ");
		tend_json_string(out, p->next_steps[i]);
	}
	tend_str_add(out, p->nnext_steps > 0 ? "\n  ]" : "]");
}

void pack_write_json(const struct tend_pack *p, struct tend_str *out)
{
	struct tend_str title = {0};
	tend_str_add(out, "{\n  ");
	pack_title(p, &title);
	add_text(out, "title", tend_str_text(&title));
	tend_str_finish(&title);
	tend_str_add(out, ",\n  ");
	add_text(out, "audience", pack_audience());
	tend_str_add(out, ",\n  ");
	add_date(out, "day", p->day);
	tend_str_add(out, ",\n  \"customer\": {");
	add_fields(out, &tend_customer_type, p->customer);
	tend_str_add(out, "},\n  ");
	add_stages(out, p);
	tend_str_add(out, ",\n  ");
	add_milestones(out, "preparation", p, true);
	tend_str_add(out, ",\n  ");
	add_milestones(out, "milestones", p, false);
	tend_str_add(out, ",\n  ");
	add_records(
		out, "subscriptions", &tend_subscription_type, p->subscriptions, p->nsubscriptions);
	tend_str_add(out, ",\n  ");
	add_usage(out, p);
	tend_str_add(out, ",\n  ");
	add_records(out, "alerts", &tend_alert_type, p->alerts, p->nalerts);
	tend_str_add(out, ",\n  ");
	add_records(out, "contacts", &tend_activity_type, p->contacts, p->ncontacts);
	tend_str_add(out, ",\n  ");
	add_steps(out, p);
	tend_str_add(out, "\n}\n");
}

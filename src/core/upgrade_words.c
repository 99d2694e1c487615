/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <tend/record.h>
#include <tend/str.h>

#include "upgrade.h"

const char *tend_upgrade_action_name(enum tend_upgrade_action action)
{
	static const char *const names[TEND_UPGRADE_ACTIONS] = {
		[TEND_UPGRADE_ADDED] = "added",
		[TEND_UPGRADE_MOVED] = "moved",
		[TEND_UPGRADE_CHANGED] = "changed",
		[TEND_UPGRADE_RETIRED] = "retired",
		[TEND_UPGRADE_KEPT_DONE] = "kept-done",
		[TEND_UPGRADE_KEPT_EDITED] = "kept-edited",
		[TEND_UPGRADE_CONFLICT] = "conflict",
	};
	return names[action];
}

/* The two values of a field, as words. */
struct values {
	char ours[TEND_DATE_LEN + 16], theirs[TEND_DATE_LEN + 16]; /* room for what is no text */
	const char *before, *after;
};

static void set_bools(struct values *v, int64_t before, bool after)
{
	v->before = before == 1 ? _("yes") : _("no");
	v->after = after ? _("yes") : _("no");
}

/* In the language of the interface, or in the one in which they differ. */
static void set_titles(struct values *v, struct tend_text before, struct tend_text after)
{
	v->before = tend_pick(before);
	v->after = tend_pick(after);
	if (strcmp(v->before, v->after) == 0) {
		bool english = !tend_same(before.en, after.en);
		v->before = english ? before.en : before.zh;
		v->after = english ? after.en : after.zh;
	}
}

static void set_effort(struct values *v, int64_t before, int after)
{
	v->ours[0] = v->theirs[0] = '\0';
	if (before != TEND_NO_INT) {
		(void)snprintf(v->ours, sizeof(v->ours), _("%lld min"), (long long)before);
	}
	if (after >= 0) {
		(void)snprintf(v->theirs, sizeof(v->theirs), _("%d min"), after);
	}
	v->before = v->ours;
	v->after = v->theirs;
}

static void set_values(struct values *v, const struct tend_upgrade *u,
	const struct tend_upgrade_change *ch, enum tend_upgrade_field field)
{
	const struct tend_milestone *row = ch->row;
	const struct tend_template_milestone *now = &u->now->milestones[ch->milestone];
	switch (field) {
	case TEND_UPGRADE_TITLE:
		set_titles(v, (struct tend_text){row->title_en, row->title_zh}, now->title);
		break;
	case TEND_UPGRADE_STAGE:
		v->before = row->stage;
		v->after = now->stage_key;
		break;
	case TEND_UPGRADE_DUE:
		v->before = tend_date_format(row->due, v->ours);
		v->after = tend_date_format(ch->template_due, v->theirs);
		break;
	case TEND_UPGRADE_REQUIRED:
		set_bools(v, row->required, now->required);
		break;
	case TEND_UPGRADE_VISIBLE:
		set_bools(v, row->visible, now->visible);
		break;
	case TEND_UPGRADE_AFTER:
		v->before = row->after;
		v->after = u->pairs[ch->milestone].after_now;
		break;
	case TEND_UPGRADE_EFFORT:
		set_effort(v, row->effort, now->effort);
		break;
	case TEND_UPGRADE_KEY:
	case TEND_UPGRADE_ITEMS:
		break;
	}
}

static void add_values(struct tend_str *out, const struct tend_upgrade *u,
	const struct tend_upgrade_change *ch, enum tend_upgrade_field field, const char *name)
{
	struct values v = {.before = "", .after = ""};
	set_values(&v, u, ch, field);
	const char *before = v.before != NULL && v.before[0] != '\0' ? v.before : "-";
	const char *after = v.after != NULL && v.after[0] != '\0' ? v.after : "-";
	tend_str_add(out, out->len > 0 ? "; " : "");
	if (ch->action == TEND_UPGRADE_CHANGED) {
		tend_str_addf(out, _("%s: %s > %s"), name, before, after);
	} else {
		tend_str_addf(out, _("%s stays %s, the template says %s"), name, before, after);
	}
}

static void add_items(struct tend_str *out, const struct tend_upgrade_change *ch)
{
	const struct {
		size_t n;
		const char *one, *many;
	} counts[] = {
		{ch->items_added, N_("%zu item added"), N_("%zu items added")},
		{ch->items_removed, N_("%zu item gone"), N_("%zu items gone")},
		{ch->items_changed, N_("%zu item reworded"), N_("%zu items reworded")},
	};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		if (counts[i].n > 0) {
			tend_str_add(out, out->len > 0 ? "; " : "");
			tend_str_addf(out, _(counts[i].n == 1 ? counts[i].one : counts[i].many),
				counts[i].n);
		}
	}
}

static const struct {
	enum tend_upgrade_field field;
	const char *name;
} fields[] = {
	{TEND_UPGRADE_TITLE, N_("title")},
	{TEND_UPGRADE_STAGE, N_("stage")},
	{TEND_UPGRADE_DUE, N_("due")},
	{TEND_UPGRADE_REQUIRED, N_("required")},
	{TEND_UPGRADE_VISIBLE, N_("visible")},
	{TEND_UPGRADE_AFTER, N_("after")},
	{TEND_UPGRADE_EFFORT, N_("effort")},
	{TEND_UPGRADE_ITEMS, N_("items")},
};
enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

/* What the template changed, and what is done did not follow. */
static void add_names(struct tend_str *out, const struct tend_upgrade_change *ch)
{
	const char *gap = out->len > 0 ? "; " : "", *before = _("not followed: ");
	for (size_t i = 0; i < FIELDS; i++) {
		if ((ch->fields & fields[i].field) != 0) {
			tend_str_addf(out, "%s%s%s", gap, before, _(fields[i].name));
			gap = "";
			before = ", ";
		}
	}
}

void tend_upgrade_detail(
	const struct tend_upgrade *u, const struct tend_upgrade_change *ch, struct tend_str *out)
{
	if (ch->own) {
		tend_str_add(out, _("the customer has a milestone of its own with this key"));
	} else if (ch->milestone == UPGRADE_NONE) {
		tend_str_add(out, _("the template has it no more"));
	} else if (ch->fields == 0 && ch->row != NULL) {
		tend_str_add(out, _("its condition is not true"));
	}
	if (out->len > 0 || ch->action == TEND_UPGRADE_ADDED || ch->action == TEND_UPGRADE_MOVED) {
		return;
	}
	if ((ch->fields & TEND_UPGRADE_KEY) != 0) {
		tend_str_addf(out, _("%s: %s > %s"), _("key"), ch->row->key, ch->key);
	}
	if (ch->action == TEND_UPGRADE_KEPT_DONE) {
		add_names(out, ch);
		return;
	}
	for (size_t i = 0; i < FIELDS; i++) {
		if ((ch->fields & fields[i].field) != 0 && fields[i].field != TEND_UPGRADE_ITEMS) {
			add_values(out, u, ch, fields[i].field, _(fields[i].name));
		}
	}
	if ((ch->fields & TEND_UPGRADE_ITEMS) != 0) {
		add_items(out, ch);
	}
}

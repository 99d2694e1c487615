/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <tend/lang.h>

#include "internal.h"

static const struct {
	enum sql sql;
	const char *problem; /* with the number of rows that have it */
} rules[] = {
	{SQL_CHECK_STRAYS, N_("journal: %lld changes belong to no entry")},
	{SQL_CHECK_SPANS, N_("journal: %lld entries lack some of their changes")},
	{SQL_CHECK_STACK, N_("journal: %lld entries are undone out of order")},
	{SQL_CHECK_EVENTS, N_("journal: %lld undos belong to no entry")},
	{SQL_CHECK_ITEMS, N_("item: %lld belong to another customer than their milestone")},
	{SQL_CHECK_STATES, N_("customer: %lld derived states belong to no customer")},
};

static enum tend_status check_rules(
	struct tend_store *s, struct tend_findings *findings, struct tend_error *err)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct statement *st = statement_get(s, rules[i].sql, err);
		if (st == NULL) {
			return s->db->driver->fail(s->db, err);
		}
		int64_t count = 0;
		enum tend_status status = statement_run(s, st, &count, err);
		if (status != TEND_OK) {
			return status;
		}
		if (count > 0) {
			tend_findings_add(
				findings, TEND_ERROR, 0, 0, _(rules[i].problem), (long long)count);
		}
	}
	return TEND_OK;
}

static bool is_allowed(const char *value, const char *const *values)
{
	for (; *values != NULL; values++) {
		if (strcmp(*values, value) == 0) {
			return true;
		}
	}
	return false;
}

static void check_record(
	const struct tend_record_type *t, const void *record, struct tend_findings *findings)
{
	for (size_t i = 0; i < t->nfields; i++) {
		const struct tend_field *f = &t->fields[i];
		struct tend_value v = tend_field_get(f, record);
		if (f->type == TEND_TEXT && f->values != NULL && (f->flags & TEND_F_OPEN) == 0
			&& !v.null && !is_allowed(v.text, f->values)) {
			tend_findings_add(findings, TEND_ERROR, 0, 0,
				_("%s %lld: %s cannot be \"%s\""), t->name,
				(long long)tend_field_get(tend_field_find(t, "id"), record).integer,
				f->name, v.text);
		}
	}
}

/* Reads every record that has words of a fixed set, as lists do. */
static enum tend_status check_values(
	struct tend_store *s, struct tend_findings *findings, struct tend_error *err)
{
	static const struct {
		enum tend_read read;
		const struct tend_record_type *type;
	} kinds[] = {
		{TEND_READ_CUSTOMERS, &tend_customer_type},
		{TEND_READ_MILESTONES, &tend_milestone_type},
		{TEND_READ_ALERTS_ALL, &tend_alert_type},
		{TEND_READ_TEMPLATES, &tend_template_type},
	};
	enum tend_status status = TEND_OK;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && status == TEND_OK; i++) {
		struct tend_list list;
		tend_list_init(&list, kinds[i].type);
		status = tend_store_read(s, kinds[i].read, NULL, 0, &list, err);
		for (size_t k = 0; k < list.n; k++) {
			check_record(kinds[i].type, tend_list_at(&list, k), findings);
		}
		tend_list_finish(&list);
	}
	for (size_t i = 0; i < tend_kind_count && status == TEND_OK; i++) {
		struct tend_list list;
		tend_list_init(&list, tend_kinds[i]->type);
		status = tend_store_records(s, TEND_OF_ALL, (struct tend_value){0}, &list, err);
		for (size_t k = 0; k < list.n; k++) {
			check_record(list.type, tend_list_at(&list, k), findings);
		}
		tend_list_finish(&list);
	}
	return status;
}

enum tend_status tend_store_check(
	struct tend_store *s, struct tend_findings *findings, struct tend_error *err)
{
	size_t before = findings->errors;
	enum tend_status status = s->db->driver->check(s->db, findings, err);
	if (status != TEND_OK || findings->errors > before) {
		return status; /* what damaged pages say is worth nothing */
	}
	status = check_rules(s, findings, err);
	return status == TEND_OK ? check_values(s, findings, err) : status;
}

/* SPDX-License-Identifier: MIT */
#include "sql/kind.h"

#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/str.h>

#include "sql/sql.h"

/* NULL, which no record may have, where the customer is not there: found out at once, while the foreign
 * keys are looked at when the transaction ends. */
#define OF_CUSTOMER "(SELECT o.id FROM customer o WHERE o.id = $customer_id)"
#define OF_ANY "nullif($customer_id, 0)"

/* Calls `each` for the stored fields, apart by commas. */
static void add_fields(const struct tend_kind *k, struct tend_str *out,
	void (*each)(struct tend_str *out, const char *name))
{
	bool first = true;
	for (size_t i = 0; i < k->type->nfields; i++) {
		if (tend_field_is_stored(&k->type->fields[i])) {
			tend_str_add(out, first ? "" : ", ");
			each(out, k->type->fields[i].name);
			first = false;
		}
	}
}

static void add_column(struct tend_str *out, const char *name)
{
	tend_str_addf(out, "r.\"%s\" AS \"%s\"", name, name);
}

static void add_name(struct tend_str *out, const char *name)
{
	tend_str_addf(out, "\"%s\"", name);
}

static void add_parameter(struct tend_str *out, const char *name)
{
	tend_str_addf(out, "$%s", name);
}

static void add_assignment(struct tend_str *out, const char *name)
{
	tend_str_addf(out, "\"%s\" = $%s", name, name);
}

/* "-date,-id" as SQL has it, after what stands before it. */
static void add_order(const struct tend_kind *k, struct tend_str *out, const char *before)
{
	tend_str_addf(out, " ORDER BY %s", before);
	for (const char *at = k->order; *at != '\0'; at += *at == ',') {
		bool down = *at == '-';
		at += down;
		size_t n = strcspn(at, ",");
		tend_str_addf(out, "%sr.\"%.*s\"%s",
			at > k->order + down || *before != '\0' ? ", " : "", (int)n, at,
			down ? " DESC" : "");
		at += n;
	}
}

/* As tend_kind_is_open() judges. */
static void add_is_open(const struct tend_kind *k, struct tend_str *out)
{
	if (k->ended != NULL) {
		tend_str_addf(out, " AND r.\"%s\" IS NULL", k->ended);
	}
	if (k->open == NULL) {
		tend_str_add(out, k->ended == NULL ? " AND 0" : "");
		return;
	}
	for (size_t i = 0; k->open[i] != NULL; i++) {
		tend_str_add(out, i > 0 ? ", " : "");
		if (i == 0) {
			tend_str_addf(out, " AND r.\"%s\" IN (", k->state);
		}
		tend_str_addf(out, "'%s'", k->open[i]);
	}
	tend_str_add(out, ")");
}

static void add_select(const struct tend_kind *k, struct tend_str *out, enum kind_sql what)
{
	enum tend_belongs belongs = tend_kind_belongs(k);
	/* CROSS JOIN holds the order of the loops: customers by key, their rows by an index, no sorting. */
	bool walk = what == KIND_ALL && belongs == TEND_TO_CUSTOMER;
	tend_str_add(out, "SELECT r.id AS id, ");
	if (belongs != TEND_TO_NOBODY) {
		tend_str_add(out, "r.customer_id AS customer_id, c.key AS customer, ");
	}
	add_fields(k, out, add_column);
	if (walk) {
		tend_str_addf(
			out, " FROM customer c CROSS JOIN %s r ON r.customer_id = c.id", k->table);
	} else {
		tend_str_addf(out, " FROM %s r", k->table);
		if (belongs != TEND_TO_NOBODY) {
			tend_str_addf(out, "%s JOIN customer c ON c.id = r.customer_id",
				belongs == TEND_TO_ANY ? " LEFT" : "");
		}
	}
	if (what != KIND_ALL) {
		tend_str_addf(out, " WHERE r.%s = $1",
			what == KIND_OF || what == KIND_OPEN ? "customer_id"
				: what == KIND_ONE           ? "id"
							     : "key");
	}
	if (what == KIND_OPEN) {
		add_is_open(k, out);
	}
	add_order(k, out, walk ? "c.key" : "");
}

/* What a search looks in: by the number of the customer, as its index has them. */
static void add_words(const struct tend_kind *k, struct tend_str *out, bool shared)
{
	bool owned = tend_kind_belongs(k) != TEND_TO_NOBODY;
	tend_str_addf(out, "SELECT r.id AS id, %s", owned ? "r.customer_id AS customer_id, " : "");
	add_fields(k, out, add_column);
	tend_str_addf(out, " FROM %s r", k->table);
	if (owned) {
		tend_str_add(out,
			shared ? " WHERE r.customer_id IS NULL"
			       : " WHERE r.customer_id BETWEEN $1 AND $2");
	}
	add_order(k, out, owned && !shared ? "r.customer_id" : "");
}

static void add_insert(const struct tend_kind *k, struct tend_str *out)
{
	enum tend_belongs belongs = tend_kind_belongs(k);
	tend_str_addf(out, "INSERT INTO %s (", k->table);
	tend_str_add(out, belongs != TEND_TO_NOBODY ? "customer_id, " : "");
	add_fields(k, out, add_name);
	tend_str_addf(out, ") VALUES (%s",
		belongs == TEND_TO_CUSTOMER      ? OF_CUSTOMER ", "
			: belongs == TEND_TO_ANY ? OF_ANY ", "
						 : "");
	add_fields(k, out, add_parameter);
	tend_str_add(out, ") RETURNING id");
}

static void add_update(const struct tend_kind *k, struct tend_str *out)
{
	enum tend_belongs belongs = tend_kind_belongs(k);
	tend_str_addf(out, "UPDATE %s SET %s", k->table,
		belongs == TEND_TO_CUSTOMER      ? "customer_id = " OF_CUSTOMER ", "
			: belongs == TEND_TO_ANY ? "customer_id = " OF_ANY ", "
						 : "");
	add_fields(k, out, add_assignment);
	tend_str_add(out, " WHERE id = $id");
}

char *kind_sql(const struct tend_kind *k, enum kind_sql what)
{
	struct tend_str out = {0};
	switch (what) {
	case KIND_ALL:
	case KIND_OF:
	case KIND_OPEN:
	case KIND_ONE:
	case KIND_CALLED:
		add_select(k, &out, what);
		break;
	case KIND_WORDS:
	case KIND_WORDS_SHARED:
		add_words(k, &out, what == KIND_WORDS_SHARED);
		break;
	case KIND_INSERT:
		add_insert(k, &out);
		break;
	case KIND_UPDATE:
		add_update(k, &out);
		break;
	case KIND_DELETE:
	case KIND_SQL_COUNT:
		tend_str_addf(&out, "DELETE FROM %s WHERE id = $1", k->table);
		break;
	}
	return tend_str_steal(&out);
}

/* "WHEN 'gift' THEN (SELECT …)" for each kind. */
static char *names_of_kinds(void)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		tend_str_addf(&out,
			"WHEN '%s' THEN (SELECT x.\"%s\" FROM %s x WHERE x.id = r.row_id) ",
			k->table, k->label, k->table);
	}
	return tend_str_steal(&out);
}

/* One column a tab: "0 + (SELECT count(*) FROM contact r WHERE …) + …". */
static char *counts_of_tabs(void)
{
	struct tend_str out = {0};
	for (int tab = TEND_TAB_NONE; tab <= TEND_TAB_NOTES; tab++) {
		tend_str_add(&out, tab > TEND_TAB_NONE ? ", 0" : "0");
		for (size_t i = 0; i < tend_kind_count; i++) {
			const struct tend_kind *k = tend_kinds[i];
			bool counted = tab == TEND_TAB_NOTES || k->open != NULL || k->ended != NULL;
			if (k->tab != (enum tend_tab)tab || tab == TEND_TAB_NONE || !counted
				|| tend_kind_belongs(k) == TEND_TO_NOBODY) {
				continue;
			}
			tend_str_addf(&out,
				" + (SELECT count(*) FROM %s r WHERE r.customer_id = $1", k->table);
			if (tab != TEND_TAB_NOTES) {
				add_is_open(k, &out);
			}
			tend_str_add(&out, ")");
		}
	}
	return tend_str_steal(&out);
}

char *sql_whole(enum sql which)
{
	static const struct {
		const char *mark;
		char *(*text)(void);
	} parts[] = {{SQL_NAMES_OF_KINDS, names_of_kinds}, {SQL_COUNTS_OF_TABS, counts_of_tabs}};
	const char *text = sql_text[which];
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *at = strstr(text, parts[i].mark);
		if (at != NULL) {
			char *part = parts[i].text();
			char *whole = tend_format("%.*s%s%s", (int)(at - text), text, part,
				at + strlen(parts[i].mark));
			free(part);
			return whole;
		}
	}
	return tend_strdup(text);
}

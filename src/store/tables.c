/* SPDX-License-Identifier: MIT */
#include <tend/kind.h>
#include <tend/store.h>

#include "db.h"

/* Parents before children; the records of the kinds stand after what they belong to. */
static const struct db_table fixed[] = {
	{.name = "customer", .owner = "id"},
	{.name = "custom_value", .owner = "customer_id"},
	{.name = "journey_template"},
	{.name = "document"},
	{.name = "enrollment", .owner = "customer_id"},
	{.name = "playbook_run", .owner = "customer_id"},
	{.name = "milestone", .owner = "customer_id"},
	{.name = "item", .owner = "customer_id"},
	{.name = "alert", .owner = "customer_id", .evaluated = true},
	{.name = "setting"},
};
enum { FIXED = sizeof(fixed) / sizeof(fixed[0]) };

size_t db_table_count(void)
{
	return FIXED + tend_kind_count;
}

struct db_table db_table_at(size_t i)
{
	if (i < FIXED) {
		return fixed[i];
	}
	const struct tend_kind *k = tend_kinds[i - FIXED];
	return (struct db_table){.name = k->table,
		.owner = tend_kind_belongs(k) != TEND_TO_NOBODY ? "customer_id" : NULL,
		.label = k->label};
}

const char *const tend_store_naming[] = {"title_en", "title_zh", "name", "key", "rule", "metric",
	"text", "reason", "journey", "playbook", NULL};

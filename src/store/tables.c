/* SPDX-License-Identifier: MIT */
#include "db.h"

/* Parents before children. */
const struct db_table db_tables[] = {
	{.name = "customer", .owner = "id"},
	{.name = "custom_value", .owner = "customer_id"},
	{.name = "journey_template"},
	{.name = "document"},
	{.name = "enrollment", .owner = "customer_id"},
	{.name = "playbook_run", .owner = "customer_id"},
	{.name = "milestone", .owner = "customer_id"},
	{.name = "item", .owner = "customer_id"},
	{.name = "subscription", .owner = "customer_id"},
	{.name = "metric_point", .owner = "customer_id"},
	{.name = "activity", .owner = "customer_id"},
	{.name = "complaint", .owner = "customer_id"},
	{.name = "churn", .owner = "customer_id"},
	{.name = "alert", .owner = "customer_id", .evaluated = true},
	{.name = "setting"},
};
const size_t db_table_count = sizeof(db_tables) / sizeof(db_tables[0]);

/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "commands.h"

/* In the order of the help. */
const struct cli_command *const cli_tables[] = {
	cli_daily_commands,
	cli_search_commands,
	cli_history_commands,
	cli_customer_commands,
	cli_milestone_commands,
	cli_alert_commands,
	cli_explain_commands,
	cli_activity_commands,
	cli_service_commands,
	cli_kind_commands,
	cli_profile_commands,
	cli_stakeholder_commands,
	cli_outcome_commands,
	cli_content_commands,
	cli_journey_commands,
	cli_playbook_commands,
	cli_document_commands,
	cli_capacity_commands,
	cli_import_commands,
	cli_renewal_commands,
	cli_store_commands,
	cli_doctor_commands,
	cli_program_commands,
};
const size_t cli_table_count = sizeof(cli_tables) / sizeof(cli_tables[0]);

bool cli_find_command(const char *noun, const char *verb, struct cli_command *ret)
{
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL; row++) {
			if (strcmp(row->noun, noun) == 0
				&& (row->verb == NULL
					|| (verb != NULL && strcmp(row->verb, verb) == 0))) {
				*ret = *row;
				ret->help = _(row->help);
				return true;
			}
		}
	}
	const struct tend_kind *kind = verb != NULL ? tend_kind_called(noun) : NULL;
	for (size_t i = 0; kind != NULL && i < cli_kind_verbs(); i++) {
		if (cli_kind_command(kind, i, ret) && strcmp(ret->verb, verb) == 0) {
			return true;
		}
	}
	return false;
}

void cli_verbs(const char *noun, void (*each)(void *ctx, const struct cli_command *row), void *ctx)
{
	for (size_t t = 0; t < cli_table_count; t++) {
		for (const struct cli_command *row = cli_tables[t]; row->noun != NULL; row++) {
			struct cli_command translated = *row;
			translated.help = _(row->help);
			if (noun == NULL || strcmp(row->noun, noun) == 0) {
				each(ctx, &translated);
			}
		}
	}
	for (size_t k = 0; k < tend_kind_count; k++) {
		const struct tend_kind *kind = tend_kinds[k];
		struct cli_command row, other;
		for (size_t i = 0; i < cli_kind_verbs(); i++) {
			if ((noun == NULL || strcmp(kind->noun, noun) == 0)
				&& cli_kind_command(kind, i, &row)
				&& cli_find_command(row.noun, row.verb, &other)
				&& other.kind != NULL) {
				each(ctx, &row);
			}
		}
	}
}

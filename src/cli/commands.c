/* SPDX-License-Identifier: MIT */
#include "commands.h"

/* In the order of the help. */
const struct cli_command *const cli_tables[] = {
	cli_daily_commands,
	cli_history_commands,
	cli_customer_commands,
	cli_milestone_commands,
	cli_alert_commands,
	cli_explain_commands,
	cli_activity_commands,
	cli_record_commands,
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

/* SPDX-License-Identifier: MIT */
/* The commands by noun: one table in each cmd_*.c, ended by a row without a noun. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli.h"

extern const struct cli_command cli_daily_commands[], cli_history_commands[],
	cli_customer_commands[], cli_milestone_commands[], cli_alert_commands[],
	cli_activity_commands[], cli_kind_commands[], cli_profile_commands[],
	cli_capacity_commands[], cli_playbook_commands[], cli_journey_commands[],
	cli_document_commands[], cli_import_commands[], cli_renewal_commands[],
	cli_store_commands[], cli_program_commands[], cli_doctor_commands[], cli_explain_commands[],
	cli_search_commands[];
/* Of kinds with verbs of their own. */
extern const struct cli_command cli_stakeholder_commands[], cli_outcome_commands[],
	cli_content_commands[], cli_service_commands[];

#define CLI_END                                                                                    \
	{                                                                                          \
		NULL, NULL, CLI_NEEDS_NOTHING, NULL, NULL, 0, 0, NULL, NULL                        \
	}

#endif
